//! 5.2.6 X.509 certificate validation of one certificate by itself, without a signature.

use std::sync::Arc;

use kenin_base::{Budget, Finding, Limits, UtcTime};
use kenin_facts::Evidence;
use kenin_policy::{Policy, TrustProfile};
use kenin_x509::Certificate;

use crate::check::{Check, check_ids};
use crate::cryptographic::status_of;
use crate::indication::Conclusion;
use crate::material::{Caches, Context, Material};
use crate::outcome::{PathReport, Wanted};
use crate::path::{CheckedPath, Role, check_path, of_limit};
use crate::proofs::Proofs;
use crate::report::path_report;
use crate::status::{Detail, Purpose, status_at};
use crate::usage::usages;

/// The validation of one signer's certificate at a time.
#[derive(Clone, Debug)]
pub struct CertificateValidation {
    /// The outcome of the block.
    pub conclusion: Conclusion,
    /// The outcome of building and validating the path, times and revocation aside.
    pub path_conclusion: Conclusion,
    /// The path, when one reaches an anchor.
    pub path: Option<PathReport>,
    /// Evidence that would have helped.
    pub wanted: Vec<Wanted>,
    /// What was noticed.
    pub findings: Vec<Finding>,
    /// The check tree.
    pub check: Check,
}

/// Validates a signer's certificate with the certificates and revocation data in `evidence`, at `time`: a pure
/// function of its arguments (the caches change nothing but speed).
pub fn validate_certificate(
    certificate: &Arc<Certificate>,
    evidence: &Evidence,
    trust: &TrustProfile,
    policy: &Policy,
    time: UtcTime,
    limits: &Limits,
    caches: &Caches,
) -> CertificateValidation {
    let budget = Budget::new(limits);
    let material = Material::new(evidence, caches, |_| true);
    let context = Context { trust, policy, time, now: time, budget: &budget, caches, material: &material };
    let proofs = Proofs::at_hand(time);
    let sound = |path: &CheckedPath| {
        path.conclusion.passed()
            && status_at(&context, &proofs, path, time, Purpose::Signer, Detail::Outcome).conclusion.passed()
    };
    let mut path = check_path(&context, certificate, Role::Signer, time, &sound);
    let mut findings = material.findings.clone();
    findings.extend(path.limit.map(|limit| of_limit(limit, &certificate.subject().to_string())));
    let mut children = std::mem::take(&mut path.checks);
    // A CA certificate is asked about as an issuer.
    if !certificate.is_ca() {
        children.extend(usages(certificate, &mut path));
    }
    let mut conclusion = path.conclusion;
    let mut wanted: Vec<Wanted> = path.issuer_missing.clone().map(Wanted::Issuer).into_iter().collect();
    // A path that fails by policy alone is shown with its revocation status all the same.
    if !path.certificates.is_empty() {
        let status = status_at(&context, &proofs, &path, time, Purpose::Signer, Detail::Checks);
        wanted.extend(status.wanted(&path));
        findings.extend(status.findings);
        children.extend(status.checks);
        if conclusion.passed() {
            conclusion = status.conclusion;
        }
    }
    let check = Check::new(check_ids::X509_CERTIFICATE_VALIDATION, status_of(conclusion), "EN 319 102-1 5.2.6")
        .about(certificate.sha256())
        .of(children);
    let path_conclusion = path.conclusion;
    let report = path_report(&context, &path, time, Purpose::Signer);
    CertificateValidation { conclusion, path_conclusion, path: report, wanted, findings, check }
}
