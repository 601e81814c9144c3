//! Steps 1 and 2 of certificate validation (5.2.6): the path to an anchor and RFC 5280 6.1, times and revocation
//! aside; then what every revocation datum at hand says about each certificate of the path.

use std::collections::BTreeSet;
use std::sync::Arc;

use kenin_base::{Oid, Sha256};
use kenin_policy::{ExplicitPolicy, TsaAnchor};
use kenin_x509::Certificate;
use kenin_x509::path::{PathFailure, PathInputs, PathSearch, PolicySet, RejectedPath, SearchResult, TrustAnchors};

use crate::check::{Check, CheckStatus, check_ids};
use crate::cryptographic::status_of;
use crate::indication::{Conclusion, SubIndication};
use crate::material::Context;
use crate::revocation::{LinkEvidence, gather};

/// What a certificate is validated for.
#[derive(Clone, Copy)]
pub(crate) enum Role<'a> {
    /// Signing documents.
    Signer,
    /// Time-stamping; the token's TSA policy chooses among the anchors.
    Tsa(&'a Oid),
}

/// A path with everything about it that does not depend on time.
pub(crate) struct CheckedPath {
    /// From the certificate up to and with the anchor; empty when no path was found.
    pub certificates: Vec<Arc<Certificate>>,
    /// One for each certificate below the anchor.
    pub evidence: Vec<LinkEvidence>,
    /// The anchor's pin and name.
    pub anchor: Option<(Sha256, String)>,
    /// PASSED, NO_CERTIFICATE_CHAIN_FOUND, CERTIFICATE_CHAIN_GENERAL_FAILURE or CHAIN_CONSTRAINTS_FAILURE.
    pub conclusion: Conclusion,
    pub checks: Vec<Check>,
    /// The certificate whose issuer is not at hand.
    pub issuer_missing: Option<Arc<Certificate>>,
    /// Whether the search hit a budget.
    pub limited: bool,
}

/// Anchors that share one set of RFC 5280 6.1.1 inputs.
struct AnchorGroup {
    policies: BTreeSet<Oid>,
    pins: TrustAnchors,
}

/// Finds and checks the path of a certificate.
pub(crate) fn check_path(context: &Context<'_>, certificate: &Arc<Certificate>, role: Role<'_>) -> CheckedPath {
    let mut failed: Option<(SubIndication, RejectedPath)> = None;
    let mut limited = false;
    let mut missing = None;
    for group in anchor_groups(context, role) {
        let result = search(context, certificate, &group);
        limited |= result.limit.is_some();
        if let Some(path) = result.best() {
            let mut checked = describe(context, &path.certificates, role, Conclusion::PASSED, None);
            checked.limited = limited;
            return checked;
        }
        let policy = result.failed_by_policy().map(|p| (SubIndication::ChainConstraintsFailure, p));
        let general = || result.failed_in_validation().map(|p| (SubIndication::CertificateChainGeneralFailure, p));
        if let Some((sub, path)) = policy.or_else(general) {
            failed.get_or_insert((sub, path.clone()));
        }
        missing = missing.or_else(|| unfinished(&result));
    }
    let mut checked = match failed {
        Some((sub, path)) => {
            describe(context, &path.certificates, role, sub.into(), Some(path.reason.code().to_owned()))
        }
        None => not_found(certificate, missing.as_ref()),
    };
    checked.limited = limited;
    checked
}

fn search(context: &Context<'_>, certificate: &Arc<Certificate>, group: &AnchorGroup) -> SearchResult {
    // RFC 5280 6.1.1 (c) and (f): the anchor's policies are demanded, which is what keeps TEST cards out.
    let demanded =
        context.policy.validation.explicit_policy == ExplicitPolicy::TrustProfile && !group.policies.is_empty();
    let inputs = PathInputs {
        initial_policies: if demanded { PolicySet::Only(group.policies.clone()) } else { PolicySet::Any },
        require_explicit_policy: demanded,
        preferred_time: Some(context.time),
        ..PathInputs::default()
    };
    let search = PathSearch {
        pool: &context.pool,
        anchors: &group.pins,
        inputs: &inputs,
        signatures: &context.caches.signatures,
        budget: context.budget,
    };
    search.find(certificate)
}

/// Signer and TSA anchors never mix; a TSA anchor counts only for tokens under one of its policies.
fn anchor_groups(context: &Context<'_>, role: Role<'_>) -> Vec<AnchorGroup> {
    let mut groups: Vec<AnchorGroup> = Vec::new();
    match role {
        Role::Signer => {
            for anchor in &context.trust.signer {
                let policies: BTreeSet<Oid> = anchor.policies.iter().copied().collect();
                match groups.iter_mut().find(|group| group.policies == policies) {
                    Some(group) => group.pins.pin(anchor.sha256),
                    None => groups.push(AnchorGroup { policies, pins: [anchor.sha256].into_iter().collect() }),
                }
            }
        }
        Role::Tsa(policy) => {
            let fits = |anchor: &&TsaAnchor| anchor.policies.is_empty() || anchor.policies.contains(policy);
            let pins = context.trust.tsa.iter().filter(fits).filter_map(|anchor| anchor.sha256).collect();
            groups.push(AnchorGroup { policies: BTreeSet::new(), pins });
        }
    }
    groups
}

/// The certificate at which a search stopped, and how: its issuer is not at hand or not trusted, or does not
/// verify it.
fn unfinished(result: &SearchResult) -> Option<(Arc<Certificate>, String)> {
    let stopped = |path: &&RejectedPath| {
        use PathFailure::{IssuerNotFound, NotSignedBy, UntrustedRoot};
        matches!(path.reason, IssuerNotFound { .. } | UntrustedRoot { .. } | NotSignedBy { .. })
    };
    // The longest attempt says most; a key that does not verify says something only when nothing got further.
    let telling =
        |path: &&RejectedPath| (path.certificates.len(), !matches!(path.reason, PathFailure::NotSignedBy { .. }));
    let path = result.rejected.iter().filter(stopped).max_by_key(telling)?;
    Some((Arc::clone(path.certificates.last()?), path.reason.code().to_owned()))
}

fn describe(
    context: &Context<'_>,
    certificates: &[Arc<Certificate>],
    role: Role<'_>,
    conclusion: Conclusion,
    reason: Option<String>,
) -> CheckedPath {
    let anchor = certificates.last().map(|anchor| {
        let sha256 = anchor.sha256();
        let name = match role {
            Role::Signer => context.trust.signer.iter().find(|a| a.sha256 == sha256).map(|a| &a.name),
            Role::Tsa(_) => context.trust.tsa.iter().find(|a| a.sha256 == Some(sha256)).map(|a| &a.name),
        };
        (sha256, name.cloned().unwrap_or_else(|| anchor.subject().to_string()))
    });
    let evidence = certificates.windows(2).map(|pair| match pair {
        [certificate, issuer] => gather(context, certificate, issuer),
        _ => LinkEvidence::default(),
    });
    let found = Check::new(check_ids::CERTIFICATION_PATH, CheckStatus::Passed, "EN 319 102-1 5.2.6.4 (1)")
        .with("anchor", anchor.as_ref().map(|(_, name)| name.as_str()).unwrap_or_default())
        .with("length", certificates.len());
    let mut validated = Check::new(check_ids::PATH_VALIDATION, status_of(conclusion), "RFC 5280 6.1");
    if let Some(reason) = reason {
        validated = validated.with("reason", reason);
    }
    CheckedPath {
        evidence: evidence.collect(),
        certificates: certificates.to_vec(),
        anchor,
        conclusion,
        checks: vec![found, validated],
        issuer_missing: None,
        limited: false,
    }
}

fn not_found(certificate: &Arc<Certificate>, missing: Option<&(Arc<Certificate>, String)>) -> CheckedPath {
    let status = CheckStatus::Indeterminate;
    let mut check =
        Check::new(check_ids::CERTIFICATION_PATH, status, "EN 319 102-1 5.2.6.4 (1)").about(certificate.sha256());
    if let Some((last, reason)) = missing {
        check = check.with("reason", reason).with("issuer", last.issuer());
    }
    CheckedPath {
        certificates: Vec::new(),
        evidence: Vec::new(),
        anchor: None,
        conclusion: SubIndication::NoCertificateChainFound.into(),
        checks: vec![check],
        issuer_missing: missing.filter(|(_, reason)| reason == "issuer-not-found").map(|(last, _)| Arc::clone(last)),
        limited: false,
    }
}
