//! Certificates among which no path is found, or only after work without end.

use std::slice;

use kenin_base::Resource;
use kenin_testkit::SIGNING_POLICY;
use kenin_testkit::certificates::{CertificateSpec, Identity};
use kenin_testkit::chain_extensions::{policies, policy_mappings};
use kenin_testkit::cms::{SignedData, Signer, attribute, signing_time};
use kenin_testkit::crl::{CrlSpec, Revoked};
use kenin_testkit::encode::tlv;
use kenin_testkit::extensions::{Scope, certification_authority, issuing_distribution_point, key_usage};
use kenin_testkit::keys::Key;
use kenin_testkit::names::{authority as authority_name, name};
use x509_cert::der::Encode as _;
use x509_cert::ext::pkix::KeyUsages;
use x509_cert::name::Name;

use crate::cms::{variant, world};
use crate::{Document, Expected, Row};

const NOTE: &[u8] = b"DEMO note";
const VALIDITY: (&str, &str) = ("2020-03-31T15:00:00Z", "2050-03-31T14:59:59Z");
const CERTIFICATE_VALUES: &str = "1.2.840.113549.1.9.16.2.23";

pub const ROWS: &[Row] = &[
    Row { id: "cas-that-certify-each-other", expected: Expected::Limit(Resource::PathSignatureChecks), document: mesh },
    Row { id: "policies-that-multiply", expected: Expected::Limit(Resource::PolicyNodes), document: policy_graph },
    Row { id: "cas-of-one-name-9000", expected: Expected::Limit(Resource::PathCandidates), document: crowd },
    Row { id: "issuers-that-did-not-sign", expected: Expected::Limit(Resource::PathBrokenLinks), document: broken },
    Row {
        id: "certificate-issuer-of-20000-names",
        expected: Expected::SubIndication("REVOKED_NO_POE"),
        document: inherited,
    },
];

fn mesh() -> Document {
    Document::Committed("cms/g1-cross-certificates.p7m")
}

/// A CA whose hundred policies each map to each of a hundred: below an anchor, or nobody would look at them.
fn policy_graph() -> Document {
    let names: Vec<String> = (0..100).map(|number| format!("1.3.6.1.4.1.32473.2.{number}")).collect();
    let named: Vec<&str> = names.iter().map(String::as_str).collect();
    let pairs: Vec<(&str, &str)> = named.iter().flat_map(|from| named.iter().map(move |to| (*from, *to))).collect();
    let mut extensions = vec![certification_authority(), key_usage(&[KeyUsages::KeyCertSign])];
    extensions.extend([policies(&[named, vec![SIGNING_POLICY]].concat()), policy_mappings(&pairs)]);
    let (subject, key) = (name(&[("CN", "DEMO Policies")]), Key::derived("limits policies"));
    let spec = CertificateSpec { subject, key, serial: 1, validity: VALIDITY, extensions };
    let ca = spec.issue_by_key(Some(&case_root()));
    signed(&cards(&ca, 1), &[ca.der.clone(), case_anchor()])
}

/// What the anchor of the cases about certificates signs with.
fn case_root() -> Identity {
    Identity {
        subject: authority_name("DEMO Cases", "DEMO CA", "DEMO Case Root CA"),
        key: Key::derived("Root CA"),
        ..authority("limits", None)
    }
}

fn case_anchor() -> Vec<u8> {
    std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/pki/cases/root-ca.cer")).unwrap()
}

fn authority(label: &str, issuer: Option<&Identity>) -> Identity {
    let extensions = vec![certification_authority(), key_usage(&[KeyUsages::KeyCertSign])];
    let subject = name(&[("CN", "DEMO Crowd")]);
    CertificateSpec { subject, key: Key::derived(label), serial: 1, validity: VALIDITY, extensions }
        .issue_by_key(issuer)
}

fn cards(issuer: &Identity, count: u64) -> Vec<Identity> {
    let card = |serial| {
        let extensions = vec![key_usage(&[KeyUsages::NonRepudiation])];
        let subject = name(&[("CN", "DEMO Card")]);
        let key = Key::derived("limits card");
        CertificateSpec { subject, key, serial, validity: VALIDITY, extensions }.issue_by_key(Some(issuer))
    };
    // No serial number of an authority, which would be a candidate for the signer.
    (1_001..=1_000 + count).map(card).collect()
}

/// A note signed by each of `cards`, whose certificates lie beside it, with the others as validation data of the first.
fn signed(cards: &[Identity], authorities: &[Vec<u8>]) -> Document {
    signed_beside(cards, authorities, &[])
}

/// The same with lists beside it.
fn signed_beside(cards: &[Identity], authorities: &[Vec<u8>], lists: &[Vec<u8>]) -> Document {
    let mut infos: Vec<_> = cards
        .iter()
        .map(|card| {
            let signer = Signer::of_data(card);
            let mut attributes = signer.attributes(NOTE);
            attributes.push(signing_time("2024-05-20T01:30:00Z"));
            signer.sign(attributes)
        })
        .collect();
    infos[0].unsigned_attributes.push(attribute(CERTIFICATE_VALUES, &tlv(0x30, &authorities.concat())));
    let certificates: Vec<&[u8]> = cards.iter().map(|card| card.der.as_slice()).collect();
    let lists: Vec<&[u8]> = lists.iter().map(Vec::as_slice).collect();
    let mut data = SignedData::attached(infos[0].clone(), NOTE).carrying(&certificates, &lists);
    data.signers = infos;
    Document::Case(data.to_der())
}

/// CAs of one name, each certified by the next, in a crowd of their namesakes: each step of a path weighs them all.
fn crowd() -> Document {
    let mut chain = vec![authority("limits crowd 0", None)];
    for number in 1..20 {
        let issuer = chain.last().cloned();
        chain.push(authority(&format!("limits crowd {number}"), issuer.as_ref()));
    }
    let namesake = authority("limits namesake", None).der;
    let mut authorities: Vec<Vec<u8>> = chain.iter().map(|authority| authority.der.clone()).collect();
    authorities.extend((0..9_000).map(|number| variant(&namesake, number)));
    signed(&cards(&chain[19], 3), &authorities)
}

/// Cards that none of their issuer's namesakes signed.
fn broken() -> Document {
    let issuer = world().identity("signing-ca");
    let extensions = vec![certification_authority(), key_usage(&[KeyUsages::KeyCertSign])];
    let (subject, key) = (issuer.subject.clone(), Key::named("auth-ca"));
    let impostor = CertificateSpec { subject, key, serial: 1, validity: VALIDITY, extensions }.issue_by_key(None).der;
    let authorities: Vec<Vec<u8>> = (0..60).map(|number| variant(&impostor, number)).collect();
    signed(&cards(issuer, 45), &authorities)
}

/// An indirect list whose first entry names very many issuers, which all entries after it inherit (RFC 5280 5.3.3): the
/// card's, the last, among them.
fn inherited() -> Document {
    let policy = || policies(&[SIGNING_POLICY]);
    let issue = |subject, extensions, issuer: &Identity| {
        let key = Key::derived("limits inheritance");
        CertificateSpec { subject, key, serial: 1, validity: VALIDITY, extensions }.issue_by_key(Some(issuer))
    };
    let usages = [KeyUsages::KeyCertSign, KeyUsages::CRLSign];
    let of_ca = vec![certification_authority(), key_usage(&usages), policy()];
    let issuer = issue(name(&[("CN", "DEMO Inheritance")]), of_ca, &case_root());
    let of_card = vec![key_usage(&[KeyUsages::NonRepudiation]), policy()];
    let card = &issue(name(&[("CN", "DEMO Card")]), of_card, &issuer);
    let entry = |number: u64| Revoked {
        serial: number.to_der().unwrap(),
        reason: None,
        ..Revoked::new(card, "2024-05-10T02:03:18Z", 0)
    };
    let mut names: Vec<Name> = (0..20_000).map(|number: u32| name(&[("CN", &number.to_string())])).collect();
    names.push(issuer.subject.clone());
    let mut revoked: Vec<Revoked> = (1_000_000..1_060_000).map(entry).collect();
    revoked[0].issuer = names;
    revoked.push(Revoked::new(card, "2024-05-10T02:03:18Z", 0));
    let list = CrlSpec {
        this_update: "2024-05-20T00:00:00Z",
        next_update: Some("2024-05-27T00:00:00Z"),
        number: 1,
        revoked,
        extensions: vec![issuing_distribution_point(&Scope { indirect: true, ..Scope::default() })],
    };
    signed_beside(slice::from_ref(card), &[issuer.der.clone(), case_anchor()], &[list.issue(&issuer)])
}
