//! Judgements that a hostile document or an odd trust profile must not bend: keys whose compromise is stated beside the
//! path, anchors pinned twice, revocation data under algorithms that are not accepted, CAs of time-stamping services.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail by panicking

#[path = "../../kenin-x509/tests/common/mod.rs"]
mod common;

use common::*;
use kenin_base::{FindingCode, Limits, Oid, Sha256, UtcTime};
use kenin_facts::{
    AttributeForm, Candidate, CertificateReference, Coverage, DigestFact, Document, DocumentFormat, Evidence,
    EvidenceKind, EvidenceSource, Facts, Imprint, ImprintStatus, Octets, Signature, SignatureAlgorithm, SignatureCheck,
    SignatureFormat, SignatureKind, SignedData, SignedDataStatus, Signer, SignerIdentifier, Token, TstInfo,
};
use kenin_policy::{Policy, TrustProfile};
use kenin_validation::{Caches, CertificateValidation, SignatureValidation, validate, validate_certificate};
use kenin_x509::{Certificate, Crl, OcspResponse};

const TIME_STAMPING: &str = "1.3.6.1.5.5.7.3.8";
const OCSP_SIGNING: &str = "1.3.6.1.5.5.7.3.9";
const TSA_POLICY: &str = "1.3.6.1.4.1.32473.1.1";

fn date(text: &str) -> UtcTime {
    UtcTime::parse(&format!("{text}T00:00:00Z")).unwrap()
}

/// Certificates, CRLs and responses at hand.
#[derive(Default)]
struct Given(Evidence);

impl Given {
    fn add(&mut self, kind: EvidenceKind, sha256: Sha256, der: &[u8]) {
        let source = EvidenceSource::Supplied { from: "test".to_owned(), fetched_at: None };
        self.0.add(kind, sha256, der.to_vec(), source);
    }

    fn parties(mut self, parties: &[&Party]) -> Self {
        parties.iter().for_each(|p| self.add(EvidenceKind::Certificate, p.certificate.sha256(), p.certificate.der()));
        self
    }

    fn crls(mut self, crls: &[&Crl]) -> Self {
        crls.iter().for_each(|crl| self.add(EvidenceKind::Crl, crl.sha256(), crl.der()));
        self
    }

    fn ocsp(mut self, response: &OcspResponse) -> Self {
        self.add(EvidenceKind::Ocsp, response.sha256(), response.der());
        self
    }

    fn signer(&self, signer: &Party, profile: &str, policy: &Policy) -> CertificateValidation {
        self.signer_within(signer, profile, policy, &Limits::default())
    }

    /// The signer's certificate on 2026-01-02.
    fn signer_within(&self, signer: &Party, profile: &str, policy: &Policy, limits: &Limits) -> CertificateValidation {
        let trust = TrustProfile::from_toml(&format!("name = \"test\"\n{profile}")).unwrap();
        let (time, caches) = (date("2026-01-02"), Caches::default());
        validate_certificate(&signer.certificate, &self.0, &trust, policy, time, limits, &caches)
    }

    /// A token of `tsu` with this genTime on 2026-01-02.
    fn token(self, tsu: &Party, gen_time: &str, profile: &str) -> SignatureValidation {
        let trust = TrustProfile::from_toml(&format!("name = \"test\"\n{profile}")).unwrap();
        let kind = (SignatureKind::Timestamp, SignatureFormat::Rfc3161);
        let mut signature = Signature::new("token".to_owned(), kind.0, kind.1, Coverage::Detached);
        signature.token = Some(token(&tsu.certificate, gen_time));
        let sha256 = Sha256([7; 32]);
        let facts = Facts {
            document: Document { size: 0, sha256, format: DocumentFormat::TimestampToken, content: None },
            signatures: vec![signature],
            evidence: self.0,
            evidence_records: vec![],
            findings: vec![],
            problem: None,
        };
        let (limits, caches) = (Limits::default(), Caches::default());
        let mut judged = validate(&facts, &trust, &Policy::signature(), date("2026-01-02"), &limits, &caches);
        judged.signatures.pop().unwrap()
    }
}

/// A token whose digests and signature value hold.
fn token(tsu: &Certificate, gen_time: &str) -> Token {
    let sha256: DigestFact = DigestFact::from_oid("2.16.840.1.101.3.4.2.1".parse().unwrap());
    let octets = |bytes: &[u8]| Octets::from(bytes.to_vec());
    let reference = CertificateReference {
        version: 2,
        digest_algorithm: sha256,
        hash: octets(&tsu.sha256().0),
        serial: None,
        issuer: None,
    };
    let candidate = Candidate {
        certificate: tsu.sha256(),
        matches_sid: true,
        reference: Some(0),
        contradicted: false,
        issuer_serial_matches: None,
        signature: SignatureCheck::Intact(AttributeForm::AsReceived),
    };
    let ecdsa: Oid = "1.2.840.10045.4.3.2".parse().unwrap();
    let signer = Signer {
        version: 1,
        sid: SignerIdentifier::IssuerAndSerialNumber { issuer: octets(tsu.issuer().der()), serial: tsu.serial_hex() },
        digest_algorithm: sha256,
        signature_algorithm: SignatureAlgorithm {
            oid: ecdsa,
            name: "ECDSA with SHA-256".to_owned(),
            digest: sha256.algorithm,
        },
        signature_value: octets(&[1]),
        content_type: "1.2.840.113549.1.9.16.1.4".parse().unwrap(),
        signed_data: SignedData { status: SignedDataStatus::Intact, claimed: Some(octets(&[1])), computed: None },
        signed_attributes: None,
        signing_certificate: vec![reference],
        candidates: vec![candidate],
        certificates: vec![tsu.sha256()],
        claimed_signing_time: None,
        unsigned_attributes: Vec::new(),
        signature_policy: None,
        commitments: Vec::new(),
        signer_attributes: Vec::new(),
    };
    let tst_info = TstInfo {
        version: 1,
        policy: TSA_POLICY.parse().unwrap(),
        imprint_algorithm: sha256,
        imprint: octets(&[0; 32]),
        serial: "01".to_owned(),
        gen_time: date(gen_time),
        accuracy_nanos: None,
        ordering: false,
        nonce: None,
        tsa: None,
    };
    Token {
        sha256: Sha256([8; 32]),
        signer: Some(signer),
        tst_info: Some(tst_info),
        imprint: Imprint { status: ImprintStatus::Intact, computed: None },
        covers: kenin_facts::Covered::default(),
        findings: vec![],
    }
}

fn signer_anchor(anchor: &Party, more: &str) -> String {
    let pin = anchor.certificate.sha256();
    format!("[[signer]]\nname = \"{pin}\"\npurpose = \"other\"\nsha256 = \"{pin}\"\n{more}\n")
}

fn tsa_anchor(anchor: &Party, more: &str) -> String {
    format!("[[tsa]]\nname = \"TSA\"\nsha256 = \"{}\"\n{more}\n", anchor.certificate.sha256())
}

fn sub(conclusion: kenin_validation::Conclusion) -> &'static str {
    conclusion.sub_indication.map_or("PASSED", |sub| sub.as_str())
}

fn signer_outcome(answer: &CertificateValidation) -> &'static str {
    sub(answer.conclusion)
}

/// D9b: a second certificate of a CA's key makes another path, and does not undo that the key is compromised.
#[test]
fn a_cross_certificate_does_not_hide_the_compromise_of_a_key() {
    let root = Party::root("Root", 1);
    let authority = root.intermediate("CA", 2, vec![]);
    let extensions = vec![ca_constraints(), key_usage(0x06)];
    let template =
        Template { serial: 3, issuer: &root.name, subject: &authority.name, key: &authority.key, extensions };
    let cross = Party { certificate: issue(&root.key, &template), ..authority.clone() };
    let user = authority.issue("User", 10, vec![]);
    let outcome = |entries: &[Vec<u8>]| {
        let (of_root, of_ca) = (root.crl(entries, &[]), authority.crl(&[], &[]));
        let given = Given::default().parties(&[&root, &authority, &cross, &user]).crls(&[&of_root, &of_ca]);
        signer_outcome(&given.signer(&user, &signer_anchor(&root, ""), &Policy::signature()))
    };
    assert_eq!(outcome(&[]), "PASSED");
    assert_eq!(outcome(&[entry(2, &[reason(1)])]), "REVOKED_CA_NO_POE");
    assert_eq!(outcome(&[entry(3, &[reason(2)])]), "REVOKED_CA_NO_POE");
    // Other reasons are about the certificate, not about the key (RFC 5280 5.3.1).
    assert_eq!(outcome(&[entry(2, &[reason(4)])]), "PASSED");
    assert_eq!(outcome(&[entry(2, &[reason(4)]), entry(3, &[reason(5)])]), "REVOKED_CA_NO_POE");
}

/// The same for the signer's own key under another serial number.
#[test]
fn a_second_certificate_of_the_signer_does_not_hide_the_compromise_of_its_key() {
    let root = Party::root("Root", 1);
    let user = root.issue("User", 10, vec![]);
    let template = Template { serial: 11, issuer: &root.name, subject: &user.name, key: &user.key, extensions: vec![] };
    let again = Party { certificate: issue(&root.key, &template), ..user.clone() };
    let crl = root.crl(&[entry(11, &[reason(1)])], &[]);
    let given = Given::default().parties(&[&root, &user, &again]).crls(&[&crl]);
    let answer = given.signer(&user, &signer_anchor(&root, ""), &Policy::signature());
    assert_eq!(signer_outcome(&answer), "REVOKED_NO_POE");
}

/// 5.5.4 (10): what revocation data rests on is accepted too, and data that nothing rests on mend nothing.
#[test]
fn revocation_data_must_stand_on_accepted_algorithms() {
    let ended = "name = \"SHA-224\"\nuntil = \"2020-01-01T00:00:00Z\"\n";
    let policy = Policy::from_toml(&Policy::signature().text.replace("name = \"SHA-224\"\n", ended)).unwrap();
    let root = Party::root("Root", 1);
    let user = root.issue("User", 10, vec![]);
    let strong = root.crl(&[], &[]);
    let weak = Crl::parse(&root.key.sign_sha224(strong.tbs())).unwrap();
    let stale = root.crl_dated("20251201", &[], &[]);
    let outcome = |crls: &[&Crl]| {
        let given = Given::default().parties(&[&root, &user]).crls(crls);
        signer_outcome(&given.signer(&user, &signer_anchor(&root, ""), &policy))
    };
    assert_eq!(outcome(&[&strong]), "PASSED");
    assert_eq!(outcome(&[&strong, &weak]), "PASSED");
    assert_eq!(outcome(&[&weak]), "CRYPTO_CONSTRAINTS_FAILURE_NO_POE");
    assert_eq!(outcome(&[&stale]), "TRY_LATER");
    assert_eq!(outcome(&[&stale, &weak]), "CRYPTO_CONSTRAINTS_FAILURE_NO_POE");

    // The certificate of a responder counts as one of the chain.
    let nocheck = extension("1.3.6.1.5.5.7.48.1.5", false, &[5, 0]);
    let responder = root.issue("Responder", 30, vec![extended_key_usage(OCSP_SIGNING), nocheck]);
    let answered_by = |certificate: &Certificate| {
        let singles = [single(&cert_id(&root.name, &root.key.point(), 10), GOOD, &[])];
        let response = ocsp(&responder.key, &by_key(&responder.key), "20260101", &singles, &[certificate]);
        let given = Given::default().parties(&[&root, &user]).ocsp(&response);
        signer_outcome(&given.signer(&user, &signer_anchor(&root, ""), &policy))
    };
    assert_eq!(answered_by(&responder.certificate), "PASSED");
    let weakly = Certificate::parse(&root.key.sign_sha224(responder.certificate.tbs())).unwrap();
    assert_eq!(answered_by(&weakly), "CRYPTO_CONSTRAINTS_FAILURE_NO_POE");
}

/// Verdicts rule 12
#[test]
fn a_budget_that_cuts_revocation_data_short_is_told_and_nothing_passes() {
    let root = Party::root("Root", 1);
    let user = root.issue("User", 10, vec![]);
    let (clean, revoking) = (root.crl(&[], &[]), root.crl(&[entry(10, &[])], &[]));
    let given = Given::default().parties(&[&root, &user]).crls(&[&clean, &revoking]);
    // One check for the path, one for the first of the lists.
    let limits = Limits { signature_checks: 2, ..Limits::default() };
    let answer = given.signer_within(&user, &signer_anchor(&root, ""), &Policy::signature(), &limits);
    assert_ne!(signer_outcome(&answer), "PASSED");
    assert!(answer.findings.iter().any(|finding| finding.code == FindingCode::LimitExceeded));
}

/// An entry of the trust profile counts with its own policies and its own sunset date.
/// verdicts rule 12: what is `limit-exceeded` is not passed. A search that found what it was for was not cut short by
/// certificates that would have been tried after it.
#[test]
fn a_crowd_of_namesakes_takes_nothing_from_a_sound_path() {
    let authority = Party::root("CA", 1);
    let user = authority.issue("User", 10, vec![]);
    let crowd: Vec<Party> = (0..150).map(|n| Party::root("CA", 100 + n)).collect();
    let crowd: Vec<&Party> = crowd.iter().collect();
    let judge = |crl: &Crl| {
        let given = Given::default().parties(&[&authority]).parties(&crowd).crls(&[crl]);
        given.signer(&user, &signer_anchor(&authority, ""), &Policy::signature())
    };
    let limited = |answer: &CertificateValidation| answer.findings.iter().any(|f| f.code == FindingCode::LimitExceeded);
    let sound = judge(&authority.crl(&[], &[]));
    assert_eq!((signer_outcome(&sound), limited(&sound)), ("PASSED", false));
    let revoked = judge(&authority.crl(&[entry(10, &[])], &[]));
    assert_eq!((signer_outcome(&revoked), limited(&revoked)), ("REVOKED_NO_POE", true));
}

#[test]
fn an_anchor_pinned_twice_counts_by_the_entry_that_fits() {
    let root = Party::root("Root", 1);
    let user = root.issue("User", 10, vec![policies(&["1.2.3.4"])]);
    let crl = root.crl(&[], &[]);
    let given = Given::default().parties(&[&root, &user]).crls(&[&crl]);
    let past = "not_after = \"2025-01-01T00:00:00Z\"";
    let outcome = |first: &str, second: &str| {
        let profile = [signer_anchor(&root, first), signer_anchor(&root, second)].concat();
        signer_outcome(&given.signer(&user, &profile, &Policy::signature()))
    };
    let ended = |policy: &str| format!("policies = [\"{policy}\"]\n{past}");
    let current = |policy: &str| format!("policies = [\"{policy}\"]");
    assert_eq!(outcome(&ended("1.2.3.4"), &current("1.2.3.5")), "NO_CERTIFICATE_CHAIN_FOUND_NO_POE");
    assert_eq!(outcome(&current("1.2.3.5"), &ended("1.2.3.4")), "NO_CERTIFICATE_CHAIN_FOUND_NO_POE");
    assert_eq!(outcome(&ended("1.2.3.5"), &current("1.2.3.4")), "PASSED");
    assert_eq!(outcome(&ended("1.2.3.4"), &current("1.2.3.4")), "PASSED");
}

#[test]
fn a_tsa_anchor_pinned_twice_counts_by_the_entry_of_the_tokens_policy() {
    let past = "not_after = \"2025-01-01T00:00:00Z\"";
    let outcome = |first: &str, second: &str| {
        let (world, given) = tsa_world(&[], &[]);
        let profile = [tsa_anchor(&world.0, first), tsa_anchor(&world.0, second)].concat();
        sub(given.token(&world.1, "2025-12-01", &profile).conclusion)
    };
    let this = format!("policies = [\"{TSA_POLICY}\"]");
    let other = "policies = [\"1.2.3.4\"]";
    assert_eq!(outcome(&this, &format!("{other}\n{past}")), "PASSED");
    assert_eq!(outcome(&format!("{other}\n{past}"), &this), "PASSED");
    assert_eq!(outcome(&format!("{this}\n{past}"), other), "NO_CERTIFICATE_CHAIN_FOUND_NO_POE");
    assert_eq!(outcome(other, &format!("{this}\n{past}")), "NO_CERTIFICATE_CHAIN_FOUND_NO_POE");
}

/// An entry that says outright that a service is not accredited counts wherever it stands: about the same certificate, or
/// about a unit whose CA has an entry too.
#[test]
fn a_tsa_that_is_known_not_to_be_accredited_is_not_whatever_another_entry_says() {
    use kenin_policy::AccreditationStatus::{Accredited, NotAccredited};
    let outcome = |entries: &[(bool, &str)]| {
        let ((root, tsu), given) = tsa_world(&[], &[]);
        let entry = |(unit, more): &(bool, &str)| tsa_anchor(if *unit { &tsu } else { &root }, more);
        let profile: String = entries.iter().map(entry).collect();
        given.token(&tsu, "2025-12-01", &profile).timestamps[0].accreditation
    };
    let since = "accreditation = [{ from = \"2020-01-01T00:00:00Z\", scheme = \"mic-146\" }]";
    let never = "accredited = false";
    let elsewhere = "policies = [\"1.2.3.4\"]\naccredited = false";
    for unit in [false, true] {
        assert_eq!(outcome(&[(false, since), (unit, never)]), NotAccredited);
        assert_eq!(outcome(&[(unit, never), (false, since)]), NotAccredited);
        assert_eq!(outcome(&[(false, since), (unit, elsewhere)]), Accredited);
    }
}

/// Root and TSU of a service with a CA between them, and CRLs of both CAs.
fn tsa_world(of_root: &[Vec<u8>], of_authority: &[Vec<u8>]) -> ((Party, Party), Given) {
    let root = Party::root("Root", 1);
    let authority = root.intermediate("TSA CA", 2, vec![]);
    let tsu = authority.issue("TSU", 3, vec![extended_key_usage(TIME_STAMPING), key_usage(0x80)]);
    let crls = [root.crl(of_root, &[]), authority.crl(of_authority, &[])];
    let given = Given::default().parties(&[&root, &authority, &tsu]).crls(&[&crls[0], &crls[1]]);
    ((root, tsu), given)
}

/// RFC 3161 4 (2) is about the TSA's own certificate, and about times before anything was wrong with it.
#[test]
fn rfc_3161_accepts_a_harmless_revocation_of_the_tsu_alone() {
    let outcome = |of_root: &[Vec<u8>], of_authority: &[Vec<u8>]| {
        let ((root, tsu), given) = tsa_world(of_root, of_authority);
        sub(given.token(&tsu, "2025-12-01", &tsa_anchor(&root, "")).conclusion)
    };
    assert_eq!(outcome(&[], &[]), "PASSED");
    assert_eq!(outcome(&[], &[entry(3, &[reason(4)])]), "PASSED");
    assert_eq!(outcome(&[], &[entry(3, &[reason(1)])]), "REVOKED_NO_POE");
    assert_eq!(outcome(&[entry(2, &[reason(4)])], &[]), "REVOKED_CA_NO_POE");
    // RFC 5280 5.3.2: invalid since before the token was made.
    let invalid_since = |date: &str| extension("2.5.29.24", false, &time(date));
    assert_eq!(outcome(&[], &[entry(3, &[reason(4), invalid_since("20251130")])]), "REVOKED_NO_POE");
    assert_eq!(outcome(&[], &[entry(3, &[reason(4), invalid_since("20251202")])]), "PASSED");
}
