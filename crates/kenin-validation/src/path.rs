//! Steps 1 and 2 of certificate validation (5.2.6): the path to an anchor and RFC 5280 6.1, times and revocation
//! aside; then what every revocation datum at hand says about each certificate of the path.

use std::sync::Arc;

use kenin_base::{Oid, Sha256, UtcTime};
use kenin_policy::{ExplicitPolicy, SignerAnchor, TsaAnchor};
use kenin_x509::Certificate;
use kenin_x509::path::{PathFailure, PathInputs, PathSearch, PolicySet, RejectedPath, SearchResult, TrustAnchors};
use kenin_x509::revocation::RevocationEvidence;

use crate::check::{Check, CheckStatus, check_ids};
use crate::cryptographic::status_of;
use crate::indication::{Conclusion, SubIndication};
use crate::material::Context;

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
    pub evidence: Vec<RevocationEvidence>,
    /// The anchor's pin and name.
    pub anchor: Option<(Sha256, String)>,
    /// PASSED, NO_CERTIFICATE_CHAIN_FOUND(_NO_POE), CERTIFICATE_CHAIN_GENERAL_FAILURE or CHAIN_CONSTRAINTS_FAILURE.
    pub conclusion: Conclusion,
    pub checks: Vec<Check>,
    /// The certificate whose issuer is not at hand.
    pub issuer_missing: Option<Arc<Certificate>>,
    /// Whether the search hit a budget.
    pub limited: bool,
}

/// Anchors that share one set of RFC 5280 6.1.1 inputs.
struct AnchorGroup {
    inputs: PathInputs,
    pins: TrustAnchors,
}

/// Paths other than the chosen one that are reported.
const MAX_ALTERNATIVES: usize = 8;

/// Finds and checks the path of a certificate. Of several paths that validate, the first that is `sound` in every
/// other respect is chosen, else the first; `at` is the time at which its certificates are preferred to be valid.
pub(crate) fn check_path(
    context: &Context<'_>,
    certificate: &Arc<Certificate>,
    role: Role<'_>,
    at: UtcTime,
    sound: &dyn Fn(&CheckedPath) -> bool,
) -> CheckedPath {
    let mut found = Vec::new();
    let mut rejected = Vec::new();
    let mut limited = false;
    for group in anchor_groups(context, role, at) {
        let result = search(context, certificate, &group);
        limited |= result.limit.is_some();
        found.extend(result.paths.into_iter().map(|path| path.certificates));
        rejected.extend(result.rejected);
    }
    let mut paths = found.iter().map(|certificates| describe(context, certificates, role, Conclusion::PASSED, None));
    let mut checked = match paths.next() {
        None => failed(context, certificate, role, &rejected),
        Some(first) if found.len() == 1 => first,
        Some(first) => {
            let mut others = Vec::new();
            let chosen = std::iter::once(first).chain(paths).find_map(|path| {
                if sound(&path) {
                    return Some(path);
                }
                others.push(path);
                None
            });
            let mut others = others.into_iter();
            let chosen = chosen.or_else(|| others.next());
            let mut checked = chosen.unwrap_or_else(|| failed(context, certificate, role, &rejected));
            checked.note_alternatives(others.map(|path| alternative(&path.certificates, "not-chosen")));
            checked
        }
    };
    let shown = match &checked.certificates {
        none if none.is_empty() => unfinished(&rejected).map(|path| path.certificates.clone()).unwrap_or_default(),
        shown => shown.clone(),
    };
    let told = rejected.iter().filter(|path| path.certificates != shown);
    checked.note_alternatives(told.map(|path| alternative(&path.certificates, path.reason.code())));
    checked.limited = limited;
    checked
}

/// The outcome when no path validates: the attempt that says most about why.
fn failed(
    context: &Context<'_>,
    certificate: &Arc<Certificate>,
    role: Role<'_>,
    rejected: &[RejectedPath],
) -> CheckedPath {
    let invalid = |by_policy: bool| {
        rejected.iter().find(
            |path| matches!(&path.reason, PathFailure::Invalid(error) if error.kind.is_policy_failure() == by_policy),
        )
    };
    let by_policy = invalid(true).map(|path| (SubIndication::ChainConstraintsFailure, path));
    let general = || invalid(false).map(|path| (SubIndication::CertificateChainGeneralFailure, path));
    match by_policy.or_else(general) {
        Some((sub, path)) => {
            describe(context, &path.certificates, role, sub.into(), Some(path.reason.code().to_owned()))
        }
        None => not_found(certificate, unfinished(rejected)),
    }
}

impl CheckedPath {
    /// Adds paths that were not taken to the first check, which is about finding one.
    fn note_alternatives(&mut self, alternatives: impl Iterator<Item = Check>) {
        if let Some(found) = self.checks.first_mut() {
            let room = MAX_ALTERNATIVES.saturating_sub(found.children.len());
            found.children.extend(alternatives.take(room));
        }
    }
}

fn alternative(certificates: &[Arc<Certificate>], reason: &str) -> Check {
    let last = certificates.last();
    let check = Check::new(check_ids::ALTERNATIVE_PATH, CheckStatus::Info, "EN 319 102-1 5.2.6.4 (1)")
        .with("reason", reason)
        .with("length", certificates.len())
        .with("last", last.map(|last| last.subject().to_string()).unwrap_or_default());
    certificates.iter().fold(check, |check, certificate| check.about(certificate.sha256()))
}

fn search(context: &Context<'_>, certificate: &Arc<Certificate>, group: &AnchorGroup) -> SearchResult {
    let search = PathSearch {
        pool: &context.pool,
        anchors: &group.pins,
        inputs: &group.inputs,
        signatures: &context.caches.signatures,
        budget: context.budget,
    };
    search.find(certificate)
}

/// Signer and TSA anchors never mix; a TSA anchor counts only for tokens under one of its policies.
fn anchor_groups(context: &Context<'_>, role: Role<'_>, at: UtcTime) -> Vec<AnchorGroup> {
    let mut groups: Vec<AnchorGroup> = Vec::new();
    match role {
        Role::Signer => {
            for anchor in &context.trust.signer {
                let inputs = signer_inputs(context, anchor, at);
                match groups.iter_mut().find(|group| group.inputs == inputs) {
                    Some(group) => group.pins.pin(anchor.sha256),
                    None => groups.push(AnchorGroup { inputs, pins: [anchor.sha256].into_iter().collect() }),
                }
            }
        }
        Role::Tsa(policy) => {
            let fits = |anchor: &&TsaAnchor| anchor.policies.is_empty() || anchor.policies.contains(policy);
            let pins = context.trust.tsa.iter().filter(fits).filter_map(|anchor| anchor.sha256).collect();
            let inputs = PathInputs { preferred_time: Some(at), ..PathInputs::default() };
            groups.push(AnchorGroup { inputs, pins });
        }
    }
    groups
}

/// RFC 5280 6.1.1 (c) and (e) to (g): the anchor's policies are demanded, which is what keeps TEST cards out.
fn signer_inputs(context: &Context<'_>, anchor: &SignerAnchor, at: UtcTime) -> PathInputs {
    let demanded = context.policy.validation.explicit_policy == ExplicitPolicy::TrustProfile;
    let policies = || PolicySet::Only(anchor.policies.iter().copied().collect());
    PathInputs {
        initial_policies: if demanded && !anchor.policies.is_empty() { policies() } else { PolicySet::Any },
        require_explicit_policy: demanded && anchor.requires_explicit_policy(),
        inhibit_policy_mapping: anchor.inhibit_policy_mapping,
        inhibit_any_policy: anchor.inhibit_any_policy,
        preferred_time: Some(at),
    }
}

/// The certificate at which a search stopped, and how: its issuer is not at hand or not trusted, or does not
/// verify it.
fn unfinished(rejected: &[RejectedPath]) -> Option<&RejectedPath> {
    let stopped = |path: &&RejectedPath| {
        use PathFailure::{IssuerNotFound, NotSignedBy, UntrustedRoot};
        matches!(path.reason, IssuerNotFound { .. } | UntrustedRoot { .. } | NotSignedBy { .. })
    };
    // The longest attempt says most; a key that does not verify says something only when nothing got further.
    let telling =
        |path: &&RejectedPath| (path.certificates.len(), !matches!(path.reason, PathFailure::NotSignedBy { .. }));
    rejected.iter().filter(stopped).max_by_key(telling)
}

fn describe(
    context: &Context<'_>,
    certificates: &[Arc<Certificate>],
    role: Role<'_>,
    conclusion: Conclusion,
    reason: Option<String>,
) -> CheckedPath {
    let pinned = certificates.last().map(|anchor| Pinned::of(context, anchor, role));
    let sunset = pinned.as_ref().and_then(|pinned| pinned.not_after).filter(|sunset| *sunset <= context.time);
    // 5.2.6.4 (1): beyond its sunset date an anchor is none, unless a proof of existence reaches back before it.
    let conclusion = match sunset {
        Some(_) if conclusion.passed() => SubIndication::NoCertificateChainFoundNoPoe.into(),
        _ => conclusion,
    };
    let anchor = pinned.map(|pinned| (pinned.sha256, pinned.name));
    let evidence = (0..certificates.len().saturating_sub(1))
        .map(|index| context.revocation().collect(certificates.get(index..).unwrap_or_default()));
    let status = if sunset.is_some() { CheckStatus::Indeterminate } else { CheckStatus::Passed };
    let mut found = Check::new(check_ids::CERTIFICATION_PATH, status, "EN 319 102-1 5.2.6.4 (1)")
        .with("anchor", anchor.as_ref().map(|(_, name)| name.as_str()).unwrap_or_default())
        .with("length", certificates.len());
    if let Some(sunset) = sunset {
        let issuer = anchor.as_ref().map(|(_, name)| name.as_str()).unwrap_or_default();
        found = found.with("reason", "anchor-sunset").with("issuer", issuer).with("not_after", sunset);
    }
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

/// The entry of the trust profile that a path ends at.
struct Pinned {
    sha256: Sha256,
    name: String,
    not_after: Option<UtcTime>,
}

impl Pinned {
    fn of(context: &Context<'_>, anchor: &Certificate, role: Role<'_>) -> Self {
        let sha256 = anchor.sha256();
        let entry = match role {
            Role::Signer => {
                context.trust.signer.iter().find(|a| a.sha256 == sha256).map(|a| (a.name.clone(), a.not_after))
            }
            Role::Tsa(_) => {
                context.trust.tsa.iter().find(|a| a.sha256 == Some(sha256)).map(|a| (a.name.clone(), a.not_after))
            }
        };
        let (name, not_after) = entry.unwrap_or_else(|| (anchor.subject().to_string(), None));
        Self { sha256, name, not_after }
    }
}

fn not_found(certificate: &Arc<Certificate>, stopped: Option<&RejectedPath>) -> CheckedPath {
    let status = CheckStatus::Indeterminate;
    let mut check =
        Check::new(check_ids::CERTIFICATION_PATH, status, "EN 319 102-1 5.2.6.4 (1)").about(certificate.sha256());
    let last = stopped.and_then(|path| path.certificates.last().zip(Some(&path.reason)));
    if let Some((last, reason)) = last {
        check = check.with("reason", reason.code()).with("issuer", last.issuer());
    }
    let missing = last.filter(|(_, reason)| matches!(reason, PathFailure::IssuerNotFound { .. }));
    CheckedPath {
        certificates: Vec::new(),
        evidence: Vec::new(),
        anchor: None,
        conclusion: SubIndication::NoCertificateChainFound.into(),
        checks: vec![check],
        issuer_missing: missing.map(|(last, _)| Arc::clone(last)),
        limited: false,
    }
}
