//! A world that ages, as facts: certificates and CRLs are real, what the readers would find is written by hand.
//!
//! The signing CA lives from 2011 to June 2021, the doctor's card from 2016 to 2021, three time-stamping units one after
//! the other. Every object is named by who made it and when.

use std::collections::BTreeMap;

use kenin_base::{Limits, Sha256, UtcTime};
use kenin_facts::{
    AttributeForm, Candidate, CertificateReference, Coverage, Covered, DigestFact, Document, DocumentFormat, Evidence,
    EvidenceKind, EvidenceSource, Facts, Imprint, ImprintStatus, Octets, Signature, SignatureAlgorithm, SignatureCheck,
    SignatureFormat, SignatureKind, SignedAttributes, SignedData, SignedDataStatus, Signer, SignerIdentifier,
    Timestamp, TimestampKind, Token, TstInfo,
};
use kenin_policy::{Policy, TrustProfile};
use kenin_testkit::certificates::{CertificateSpec, Identity};
use kenin_testkit::crl::{CrlSpec, Revoked};
use kenin_testkit::extensions as ext;
use kenin_testkit::keys::Key;
use kenin_testkit::names::authority;
use kenin_validation::{Caches, SignatureValidation, validate};
use kenin_x509::Certificate;
use x509_cert::ext::pkix::KeyUsages;

const TSA_POLICY: &str = "1.3.6.1.4.1.32473.1.1";
const SHA256: &str = "2.16.840.1.101.3.4.2.1";

pub fn at(text: &str) -> UtcTime {
    UtcTime::parse(&format!("{text}T00:00:00Z")).unwrap()
}

/// Every certificate, and the CRLs that the tests ask for.
pub struct World {
    identities: BTreeMap<&'static str, Identity>,
}

impl World {
    pub fn new() -> Self {
        let mut world = Self { identities: BTreeMap::new() };
        let ca = || vec![ext::certification_authority(), ext::key_usage(&[KeyUsages::KeyCertSign, KeyUsages::CRLSign])];
        let unit = || {
            vec![ext::key_usage(&[KeyUsages::DigitalSignature]), ext::extended_key_usage(&["1.3.6.1.5.5.7.3.8"], true)]
        };
        let long = ("2010-01-01T00:00:00Z", "2045-01-01T00:00:00Z");
        world.issue("root", 1, long, ca(), None);
        world.issue("ca", 2, ("2011-01-01T00:00:00Z", "2021-06-01T00:00:00Z"), ca(), Some("root"));
        let card = vec![ext::key_usage(&[KeyUsages::NonRepudiation])];
        world.issue("doctor", 3, ("2016-01-01T00:00:00Z", "2021-01-01T00:00:00Z"), card, Some("ca"));
        world.issue("tsa", 1, long, ca(), None);
        world.issue("tsu-1", 11, ("2015-01-01T00:00:00Z", "2022-01-01T00:00:00Z"), unit(), Some("tsa"));
        world.issue("tsu-2", 12, ("2020-01-01T00:00:00Z", "2032-01-01T00:00:00Z"), unit(), Some("tsa"));
        world.issue("tsu-3", 13, ("2025-01-01T00:00:00Z", "2037-01-01T00:00:00Z"), unit(), Some("tsa"));
        world
    }

    fn issue(
        &mut self,
        name: &'static str,
        serial: u64,
        validity: (&'static str, &'static str),
        extensions: Vec<x509_cert::ext::Extension>,
        issuer: Option<&str>,
    ) {
        let subject = authority("DEMO past", "DEMO", name);
        let spec = CertificateSpec { subject, key: Key::derived(name), serial, validity, extensions };
        let issuer = issuer.map(|issuer| self.identities[issuer].clone());
        self.identities.insert(name, spec.issue(issuer.as_ref()));
    }

    pub fn identity(&self, name: &str) -> &Identity {
        &self.identities[name]
    }

    /// A CRL of `issuer` from one date to another.
    pub fn crl(&self, issuer: &str, from: &'static str, to: &'static str, revoked: Vec<Revoked>) -> Vec<u8> {
        let spec = CrlSpec { this_update: from, next_update: Some(to), number: 1, revoked, extensions: vec![] };
        spec.issue(self.identity(issuer))
    }

    pub fn revoked(&self, name: &str, date: &'static str, reason: u8) -> Vec<Revoked> {
        vec![Revoked::new(self.identity(name), date, reason)]
    }

    fn profile(&self) -> TrustProfile {
        let pin = |name: &str| self.identity(name).fingerprint();
        TrustProfile::from_toml(&format!(
            "name = \"past\"\n[[signer]]\nname = \"root\"\npurpose = \"other\"\nsha256 = \"{}\"\n\
             [[tsa]]\nname = \"tsa\"\nsha256 = \"{}\"\n",
            pin("root"),
            pin("tsa")
        ))
        .unwrap()
    }
}

/// A document under construction: one signature of 2016-05-10, its timestamps and what lies beside it.
pub struct Made<'w> {
    world: &'w World,
    evidence: Evidence,
    names: BTreeMap<String, Sha256>,
    tokens: Vec<Timestamp>,
    pub policy: Policy,
}

impl<'w> Made<'w> {
    pub fn new(world: &'w World) -> Self {
        let (evidence, names, tokens) = (Evidence::default(), BTreeMap::new(), Vec::new());
        let mut made = Self { world, evidence, names, tokens, policy: Policy::signature() };
        for name in ["root", "ca", "doctor", "tsa", "tsu-1", "tsu-2", "tsu-3"] {
            let der = world.identity(name).der.clone();
            made.add(
                name,
                EvidenceKind::Certificate,
                der,
                EvidenceSource::SignedData { signature: "sig-1".to_owned() },
            );
        }
        made
    }

    fn add(&mut self, name: &str, kind: EvidenceKind, der: Vec<u8>, source: EvidenceSource) {
        let key = kenin_crypto::sha256(&der);
        self.names.insert(name.to_owned(), key);
        self.evidence.add(kind, key, der, source);
    }

    /// A CRL in the document.
    pub fn crl(mut self, name: &str, der: Vec<u8>) -> Self {
        self.add(name, EvidenceKind::Crl, der, EvidenceSource::SignedData { signature: "sig-1".to_owned() });
        self
    }

    /// A CRL beside the document.
    pub fn supplied(mut self, name: &str, der: Vec<u8>) -> Self {
        let source = EvidenceSource::Supplied { from: name.to_owned(), fetched_at: None };
        self.add(name, EvidenceKind::Crl, der, source);
        self
    }

    /// A signature timestamp.
    pub fn signature_timestamp(self, id: &str, unit: &str, gen_time: &str) -> Self {
        self.token(id, TimestampKind::Signature, unit, gen_time, Covered::default())
    }

    /// An archive timestamp over the signature, these timestamps, every certificate and these CRLs.
    pub fn archive_timestamp(self, id: &str, unit: &str, gen_time: &str, over: &[&str], crls: &[&str]) -> Self {
        let certificates = ["root", "ca", "doctor", "tsa", "tsu-1", "tsu-2"];
        let evidence = certificates.iter().chain(crls).map(|name| self.names[*name]).collect();
        let timestamps = over.iter().map(|id| (*id).to_owned()).collect();
        let covers = Covered { signatures: vec!["sig-1".to_owned()], timestamps, evidence };
        self.token(id, TimestampKind::ArchiveV3, unit, gen_time, covers)
    }

    pub fn content_timestamp(self, id: &str, unit: &str, gen_time: &str) -> Self {
        self.token(id, TimestampKind::Content, unit, gen_time, Covered::default())
    }

    fn token(mut self, id: &str, kind: TimestampKind, unit: &str, gen_time: &str, covers: Covered) -> Self {
        let token = self.make_token(unit, gen_time, covers);
        self.tokens.push(Timestamp { id: id.to_owned(), kind, token });
        self
    }

    /// A token whose digests and signature value hold.
    pub fn make_token(&self, unit: &str, gen_time: &str, covers: Covered) -> Token {
        let tst_info = TstInfo {
            version: 1,
            policy: TSA_POLICY.parse().unwrap(),
            imprint_algorithm: DigestFact::from_oid(SHA256.parse().unwrap()),
            imprint: Octets::from(vec![0; 32]),
            serial: "01".to_owned(),
            gen_time: at(gen_time),
            accuracy_nanos: None,
            ordering: false,
            nonce: None,
            tsa: None,
        };
        Token {
            sha256: Sha256([8; 32]),
            signer: Some(signer(self.world.identity(unit), "1.2.840.113549.1.9.16.1.4")),
            tst_info: Some(tst_info),
            imprint: Imprint { status: ImprintStatus::Intact, computed: None },
            covers,
            findings: vec![],
        }
    }

    pub fn facts(&self) -> Facts {
        let (kind, format) = (SignatureKind::Signature, SignatureFormat::CAdES);
        let mut signature = Signature::new("sig-1".to_owned(), kind, format, Coverage::Attached);
        signature.signer = Some(signer(self.world.identity("doctor"), "1.2.840.113549.1.7.1"));
        signature.timestamps.clone_from(&self.tokens);
        Facts {
            document: Document { size: 0, sha256: Sha256([7; 32]), format: DocumentFormat::Cms, content: None },
            signatures: vec![signature],
            evidence: self.evidence.clone(),
            evidence_records: vec![],
            findings: vec![],
            problem: None,
        }
    }

    /// The signature's validation at a date.
    pub fn judged(&self, date: &str) -> SignatureValidation {
        self.judged_at(at(date))
    }

    pub fn judged_at(&self, time: UtcTime) -> SignatureValidation {
        judge(&self.facts(), self.world, &self.policy, time)
    }

    /// Sub-indication and best-signature-time at a date.
    pub fn outcome(&self, date: &str) -> (String, String) {
        let judged = self.judged(date);
        let sub = judged.conclusion.sub_indication.map_or_else(|| "PASSED".to_owned(), |sub| sub.to_string());
        (sub, judged.best_signature_time.to_string()[..10].to_owned())
    }
}

pub fn judge(facts: &Facts, world: &World, policy: &Policy, time: UtcTime) -> SignatureValidation {
    let (limits, caches) = (Limits::default(), Caches::default());
    let mut judged = validate(facts, &world.profile(), policy, time, &limits, &caches);
    judged.signatures.remove(0)
}

/// A SignerInfo by `identity` whose digests and value hold.
fn signer(identity: &Identity, content_type: &str) -> Signer {
    let certificate = Certificate::parse(&identity.der).unwrap();
    let octets = |bytes: &[u8]| Octets::from(bytes.to_vec());
    let sha256 = DigestFact::from_oid(SHA256.parse().unwrap());
    Signer {
        version: 1,
        sid: SignerIdentifier::IssuerAndSerialNumber {
            issuer: octets(certificate.issuer().der()),
            serial: certificate.serial_hex(),
        },
        digest_algorithm: sha256,
        signature_algorithm: SignatureAlgorithm {
            oid: "1.2.840.10045.4.3.2".parse().unwrap(),
            name: "ECDSA with SHA-256".to_owned(),
            digest: sha256.algorithm,
        },
        signature_value: octets(&[1]),
        content_type: content_type.parse().unwrap(),
        signed_data: SignedData { status: SignedDataStatus::Intact, claimed: Some(octets(&[1])), computed: None },
        signed_attributes: Some(SignedAttributes { octets: octets(&[0x31, 0]), der_sorted: true, types: vec![] }),
        signing_certificate: vec![CertificateReference {
            version: 2,
            digest_algorithm: sha256,
            hash: octets(&certificate.sha256().0),
            serial: None,
            issuer: None,
        }],
        candidates: vec![Candidate {
            certificate: certificate.sha256(),
            matches_sid: true,
            reference: Some(0),
            contradicted: false,
            issuer_serial_matches: None,
            signature: SignatureCheck::Intact(AttributeForm::AsReceived),
        }],
        certificates: vec![certificate.sha256()],
        claimed_signing_time: None,
        unsigned_attributes: vec![],
        signature_policy: None,
        commitments: vec![],
        signer_attributes: vec![],
    }
}
