//! One certificate through the product's own entry, `validate_certificate`, with everything it needs given as DER.

#![allow(dead_code)] // every test program uses its own part

use std::fmt::Write as _;
use std::sync::Arc;

use kenin_base::{Limits, UtcTime};
use kenin_facts::{Evidence, EvidenceKind, EvidenceSource};
use kenin_policy::{Policy, TrustProfile};
use kenin_validation::{Caches, CertificateValidation, Check, CheckId, CheckStatus, check_ids, validate_certificate};
use kenin_x509::{Certificate, ParseError};

/// What one question to the validator is made of.
pub struct Question<'a> {
    /// The certificate asked about.
    pub certificate: &'a [u8],
    /// Other certificates, the anchors' too.
    pub certificates: &'a [Vec<u8>],
    /// Revocation lists.
    pub crls: &'a [Vec<u8>],
    /// The anchors and their constraints.
    pub trust: &'a TrustProfile,
    /// The policy.
    pub policy: &'a Policy,
    /// The time of validation.
    pub time: UtcTime,
}

/// The validator's answer.
///
/// # Errors
/// [`ParseError`] when the certificate itself cannot be read. Evidence that cannot be read is passed on: leaving it
/// aside is the validator's own task.
pub fn judge(question: &Question<'_>) -> Result<CertificateValidation, ParseError> {
    let mut evidence = Evidence::default();
    let mut add = |kind, list: &[Vec<u8>]| {
        for der in list {
            let source = EvidenceSource::Supplied { from: "test".to_owned(), fetched_at: None };
            evidence.add(kind, kenin_crypto::sha256(der), der.clone(), source);
        }
    };
    add(EvidenceKind::Certificate, question.certificates);
    add(EvidenceKind::Crl, question.crls);
    let certificate = Arc::new(Certificate::parse(question.certificate)?);
    let Question { trust, policy, time, .. } = question;
    let (limits, caches) = (Limits::default(), Caches::default());
    Ok(validate_certificate(&certificate, &evidence, trust, policy, *time, &limits, &caches))
}

/// A trust profile with one signer anchor. `constraints` are further TOML lines of its entry.
pub fn anchor(der: &[u8], constraints: &str) -> String {
    let pin = kenin_crypto::sha256(der);
    format!("[[signer]]\nname = \"{pin}\"\npurpose = \"other\"\nsha256 = \"{pin}\"\n{constraints}")
}

/// `PASSED`, or the sub-indication, then the reason where the path decided (`NO_CERTIFICATE_CHAIN_FOUND not-signed-by`),
/// then whether a certificate of the path is outside its validity.
pub fn outcome(answer: &CertificateValidation) -> String {
    let Some(sub) = answer.conclusion.sub_indication else { return answer.conclusion.indication.block().to_owned() };
    let mut text = sub.to_string();
    let of_path = [check_ids::CERTIFICATION_PATH, check_ids::PATH_VALIDATION];
    let decided = answer.check.children.iter().filter(|check| of_path.contains(&check.id));
    for reason in decided.filter_map(|check| check.params.get("reason")) {
        write!(text, " {reason}").unwrap();
    }
    if !holds(answer, check_ids::CERTIFICATE_VALIDITY) {
        text.push_str(" outside-validity");
    }
    text
}

/// Whether a check holds wherever it was made: for every certificate of the path, or for the chain.
pub fn holds(answer: &CertificateValidation, id: CheckId) -> bool {
    answer.check.children.iter().filter(|check| check.id == id).all(|check| check.status == CheckStatus::Passed)
}

/// The checks that did not pass, for a message: each with its id and parameters.
pub fn failed_checks(answer: &CertificateValidation) -> String {
    let mut failed = Vec::new();
    answer.check.walk(&mut |check: &Check| {
        if check.children.is_empty() && !matches!(check.status, CheckStatus::Passed | CheckStatus::Info) {
            failed.push(format!("{}{:?}", check.id.0, check.params));
        }
    });
    failed.join("; ")
}
