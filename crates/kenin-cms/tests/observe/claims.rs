//! What a signature states about its policy, its commitments and its signer's attributes.

use kenin_facts::{EvidenceKind, SignaturePolicy, SignerAttribute};
use kenin_testkit::algorithms::Hash;
use kenin_testkit::cms::{SignedData, Signer, attribute, attribute_of};
use kenin_testkit::encode::{explicit, integer, null, octets, oid, sequence, set_of, tlv, utf8};

use crate::describe::{Observed, codes, observe, signature};
use crate::signatures::world;

const NOTE: &[u8] = b"referral";
const POLICY_ID: &str = "1.2.840.113549.1.9.16.2.15";
const COMMITMENT: &str = "1.2.840.113549.1.9.16.2.16";
const SIGNER_ATTRIBUTES: &str = "1.2.840.113549.1.9.16.2.18";
const SIGNER_ATTRIBUTES_V2: &str = "0.4.0.19122.1.1";
const STORE: &str = "0.4.0.19122.1.3";
const DOCUMENT: &[u8] = b"a policy for people to read";

/// A signature with these signed and unsigned attributes more.
fn signed_with(signed: &[Vec<u8>], unsigned: &[Vec<u8>]) -> Observed {
    let signer = Signer::of_data(world().identity("doctor"));
    let mut attributes = signer.attributes(NOTE);
    attributes.extend_from_slice(signed);
    let mut info = signer.sign(attributes);
    info.unsigned_attributes = unsigned.to_vec();
    let data = SignedData::attached(info, NOTE).carrying(&[world().certificate("doctor")], &[]);
    observe(&data.to_der(), None)
}

fn policy(hash: &[u8], qualifiers: &[u8]) -> Vec<u8> {
    let hash = sequence(&[&Hash::Sha256.identifier(), &octets(hash)]);
    attribute(POLICY_ID, &sequence(&[&oid("1.2.3.4"), &hash, qualifiers]))
}

fn store(document: &[u8]) -> Vec<u8> {
    attribute(STORE, &sequence(&[&oid("1.2.3.5"), document]))
}

/// `<matches> [<codes>]` of an identified policy.
fn outcome(observed: &Observed) -> String {
    let only = observed.only();
    let matches = match &only.signer.as_ref().unwrap().signature_policy {
        Some(SignaturePolicy::Identified { store_matches, .. }) => format!("{store_matches:?}"),
        other => format!("{other:?}"),
    };
    format!("{matches} [{}]", codes(&only.findings))
}

#[test]
fn a_policy_is_implied_or_identified_with_its_address() {
    let observed = signed_with(&[attribute(POLICY_ID, &null())], &[]);
    assert_eq!(outcome(&observed), "Some(Implied) []");

    let notice = sequence(&[&oid("1.2.840.113549.1.9.16.5.2"), &sequence(&[])]);
    let uri = |text| sequence(&[&oid("1.2.840.113549.1.9.16.5.1"), &tlv(0x16, text)]);
    let qualifiers = sequence(&[&notice, &uri(b"https://policy.example/1"), &uri(b"https://policy.example/2")]);
    let hash = Hash::Sha256.digest(DOCUMENT);
    let observed = signed_with(&[policy(&hash, &qualifiers)], &[]);
    let Some(SignaturePolicy::Identified { id, digest_algorithm, hash: found, uri, store_matches }) =
        observed.only().signer.as_ref().unwrap().signature_policy.clone()
    else {
        panic!("not identified")
    };
    assert_eq!((id.to_string().as_str(), digest_algorithm.name().as_str()), ("1.2.3.4", "SHA-256"));
    assert_eq!((found.as_slice(), uri.as_deref()), (hash.as_slice(), Some("https://policy.example/1")));
    assert_eq!(store_matches, None);
}

/// Name, signed policy, stores, outcome.
type Case = (&'static str, Vec<u8>, Vec<Vec<u8>>, &'static str);

#[test]
fn a_stored_policy_is_compared_with_the_signed_hash() {
    let whole = Hash::Sha256.digest(DOCUMENT);
    // RFC 3125 3.2: SignaturePolicy; its own hash is left out, and so are tag and length.
    let fields = [Hash::Sha256.identifier(), sequence(&[&oid("1.2.3.4")])].concat();
    let asn1 = tlv(0x30, &[fields.clone(), octets(&[7; 32])].concat());
    let unknown = sequence(&[&sequence(&[&oid("1.2.3")]), &octets(&whole)]);
    let unknown = attribute(POLICY_ID, &sequence(&[&oid("1.2.3.4"), &unknown]));
    let cases: &[Case] = &[
        ("same", policy(&whole, &[]), vec![store(&octets(DOCUMENT))], "Some(true) []"),
        ("ASN.1", policy(&Hash::Sha256.digest(&fields), &[]), vec![store(&octets(&asn1))], "Some(true) []"),
        (
            "ASN.1 with the algorithm alone",
            policy(&Hash::Sha256.digest(&Hash::Sha256.identifier()), &[]),
            vec![store(&octets(&sequence(&[&Hash::Sha256.identifier()])))],
            "Some(false) [signature-policy-store-mismatch]",
        ),
        (
            "other",
            policy(&whole, &[]),
            vec![store(&octets(b"another"))],
            "Some(false) [signature-policy-store-mismatch]",
        ),
        (
            "one of two",
            policy(&whole, &[]),
            vec![store(&octets(b"another")), store(&octets(DOCUMENT))],
            "Some(false) [signature-policy-store-mismatch]",
        ),
        ("zero-hash", policy(&[0; 32], &[]), vec![store(&octets(DOCUMENT))], "None []"),
        ("empty zero-hash", policy(&[], &[]), vec![store(&octets(DOCUMENT))], "None []"),
        ("unknown algorithm", unknown, vec![store(&octets(DOCUMENT))], "None []"),
        ("elsewhere", policy(&whole, &[]), vec![store(&tlv(0x16, b"file:policy"))], "None []"),
        ("malformed", policy(&whole, &[]), vec![store(&integer(1))], "None [signature-policy-store-mismatch]"),
        (
            "implied",
            attribute(POLICY_ID, &null()),
            vec![store(&octets(DOCUMENT))],
            "Some(Implied) [signature-policy-store-mismatch]",
        ),
    ];
    for (name, policy, stores, expected) in cases {
        assert_eq!(outcome(&signed_with(std::slice::from_ref(policy), stores)), *expected, "{name}");
    }
    let alone = signed_with(&[], &[store(&octets(DOCUMENT))]);
    assert_eq!(outcome(&alone), "None [signature-policy-store-mismatch]");
}

#[test]
fn every_commitment_is_listed() {
    let commitment = |number: &str| sequence(&[&oid(&format!("1.2.840.113549.1.9.16.6.{number}"))]);
    let qualified = sequence(&[&oid("1.2.840.113549.1.9.16.6.6"), &sequence(&[&sequence(&[&oid("1.2.3")])])]);
    let values = attribute_of(COMMITMENT, &[commitment("1"), commitment("5"), qualified]);
    let observed = signed_with(&[values], &[]);
    let facts = observed.only().signer.as_ref().unwrap();
    let found: Vec<String> = facts.commitments.iter().map(ToString::to_string).collect();
    let expected = ["1", "5", "6"].map(|number| format!("1.2.840.113549.1.9.16.6.{number}"));
    assert_eq!(found, expected);
    assert_eq!(signature(observed.only()), "CAdES Intact as-received []");
}

/// The attribute `kind` with these values, as X.501 has it.
fn claim(kind: &str, values: &[Vec<u8>]) -> Vec<u8> {
    sequence(&[&oid(kind), &set_of(values)])
}

fn shown(observed: &Observed) -> Vec<String> {
    let attributes = &observed.only().signer.as_ref().unwrap().signer_attributes;
    let show = |attribute: &SignerAttribute| match attribute {
        SignerAttribute::Claimed { kind, text } => format!("claimed {kind} {}", text.join("|")),
        SignerAttribute::Certified { certificate } => {
            let item = observed.evidence.get(certificate).unwrap();
            assert_eq!(item.kind, EvidenceKind::AttributeCertificate);
            format!("certified {}", item.der.as_slice().len())
        }
        SignerAttribute::Other { kind } => format!("other {kind}"),
    };
    attributes.iter().map(show).collect()
}

#[test]
fn claimed_and_certified_attributes_of_both_versions_are_listed() {
    let role = sequence(&[&explicit(1, &tlv(0x86, b"urn:role:doctor"))]);
    let claims = sequence(&[&claim("2.5.4.12", &[utf8("院長")]), &claim("2.5.4.72", &[role, integer(3)])]);
    let certificate = sequence(&[&sequence(&[&integer(1)]), &octets(b"signature")]);
    let other = sequence(&[&oid("1.2.3.6"), &octets(b"in another syntax")]);
    let size = certificate.len();
    let expected = [
        "claimed 2.5.4.12 院長".to_owned(),
        "claimed 2.5.4.72 urn:role:doctor".to_owned(),
        format!("certified {size}"),
        "other 1.2.3.6".to_owned(),
        "other 0.4.0.19122.3.0".to_owned(),
    ];

    let v1 = sequence(&[&explicit(0, &claims), &explicit(1, &certificate)]);
    let observed = signed_with(&[attribute(SIGNER_ATTRIBUTES, &v1)], &[]);
    assert_eq!(shown(&observed), expected[..3]);

    let certified = sequence(&[&explicit(0, &certificate), &explicit(1, &other)]);
    let assertion = sequence(&[&oid("0.4.0.19122.3.0"), &octets(b"<Assertion/>")]);
    let v2 = sequence(&[&explicit(0, &claims), &explicit(1, &certified), &explicit(2, &sequence(&[&assertion]))]);
    let observed = signed_with(&[attribute(SIGNER_ATTRIBUTES_V2, &v2)], &[]);
    assert_eq!(shown(&observed), expected);
    assert_eq!(signature(observed.only()), "CAdES Intact as-received []");
}

#[test]
fn what_is_malformed_is_noted_and_the_rest_still_read() {
    let claim = "signer-claim-malformed";
    let kinds = [COMMITMENT, SIGNER_ATTRIBUTES, SIGNER_ATTRIBUTES_V2].map(|kind| (kind, claim));
    for (kind, code) in kinds.into_iter().chain([(POLICY_ID, "attribute-malformed")]) {
        let observed = signed_with(&[attribute(kind, &sequence(&[&integer(1)]))], &[]);
        assert_eq!(signature(observed.only()), format!("CAdES Intact as-received [{code}]"), "{kind}");
    }
    let good = sequence(&[&oid("1.2.3")]);
    let observed = signed_with(&[attribute_of(COMMITMENT, &[good, integer(1)])], &[]);
    assert_eq!(observed.only().signer.as_ref().unwrap().commitments.len(), 1);
    assert_eq!(codes(&observed.only().findings), claim);
}
