//! Steps 1 and 2 of certificate validation (5.2.6): the path to an anchor and RFC 5280 6.1, times and revocation
//! aside; then what every revocation datum at hand says about each certificate of the path.

use std::cmp::Reverse;
use std::sync::Arc;

use kenin_base::{Oid, Sha256, UtcTime};
use kenin_policy::{ExplicitPolicy, SignerAnchor, TsaAnchor};
use kenin_x509::Certificate;
use kenin_x509::path::{PathFailure, PathInputs, PathSearch, PolicySet, RejectedPath, SearchResult, TrustAnchors};
use kenin_x509::revocation::{RejectedDatum, RevocationEvidence, Statement};

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
    /// The entry of the trust profile that the path ends at.
    pub anchor: Option<Pinned>,
    /// PASSED, NO_CERTIFICATE_CHAIN_FOUND(_NO_POE), CERTIFICATE_CHAIN_GENERAL_FAILURE or CHAIN_CONSTRAINTS_FAILURE.
    pub conclusion: Conclusion,
    pub checks: Vec<Check>,
    /// The certificate whose issuer is not at hand.
    pub issuer_missing: Option<Arc<Certificate>>,
    /// Whether the search hit a budget.
    pub limited: bool,
}

/// An anchor of the trust profile.
#[derive(Clone)]
pub(crate) struct Pinned {
    pub sha256: Sha256,
    pub name: String,
    /// Its sunset date.
    pub not_after: Option<UtcTime>,
    /// What signers' certificates must be for.
    pub purposes: Vec<Oid>,
}

/// Anchors that share one set of RFC 5280 6.1.1 inputs.
struct AnchorGroup {
    inputs: PathInputs,
    entries: Vec<Pinned>,
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
    let groups = anchor_groups(context, role, at);
    let pins: TrustAnchors = groups.iter().flat_map(AnchorGroup::pins).collect();
    for group in &groups {
        let result = search(context, certificate, &group.inputs, &group.pins().collect());
        limited |= result.limit.is_some();
        found.extend(result.paths.into_iter().map(|path| (path.certificates, group.entries.as_slice())));
        rejected.extend(result.rejected);
    }
    let entries: Vec<Pinned> = groups.iter().flat_map(|group| &group.entries).cloned().collect();
    let failed = || failed(context, certificate, &pins, &entries, &rejected);
    let describe = |(certificates, entries): &(Vec<Arc<Certificate>>, &[Pinned])| {
        describe(context, certificates, &pins, entries, Conclusion::PASSED, None)
    };
    let mut paths = found.iter().map(describe);
    let mut checked = match paths.next() {
        None => failed(),
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
            let mut checked = chosen.unwrap_or_else(failed);
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
    // A budget that ended the search after a sound path was found took nothing away; one that cut short what is known of
    // that path keeps it from being sound.
    checked.limited = (limited && !(checked.conclusion.passed() && sound(&checked)))
        || checked.evidence.iter().any(|evidence| evidence.limit().is_some());
    checked
}

/// The outcome when no path validates: the attempt that says most about why.
fn failed(
    context: &Context<'_>,
    certificate: &Arc<Certificate>,
    pins: &TrustAnchors,
    entries: &[Pinned],
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
            describe(context, &path.certificates, pins, entries, sub.into(), Some(path.reason.code().to_owned()))
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

fn search(
    context: &Context<'_>,
    certificate: &Arc<Certificate>,
    inputs: &PathInputs,
    anchors: &TrustAnchors,
) -> SearchResult {
    let search = PathSearch {
        pool: &context.pool,
        anchors,
        inputs,
        signatures: &context.caches.signatures,
        budget: context.budget,
    };
    search.find(certificate)
}

impl AnchorGroup {
    fn pins(&self) -> impl Iterator<Item = Sha256> {
        self.entries.iter().map(|entry| entry.sha256)
    }
}

/// Signer and TSA anchors never mix; a TSA anchor counts only for tokens under one of its policies.
fn anchor_groups(context: &Context<'_>, role: Role<'_>, at: UtcTime) -> Vec<AnchorGroup> {
    let mut groups: Vec<AnchorGroup> = Vec::new();
    match role {
        Role::Signer => {
            for anchor in &context.trust.signer {
                let inputs = signer_inputs(context, anchor, at);
                let SignerAnchor { sha256, ref name, not_after, ref purposes, .. } = *anchor;
                let entry = Pinned { sha256, name: name.clone(), not_after, purposes: purposes.clone() };
                match groups.iter_mut().find(|group| group.inputs == inputs) {
                    Some(group) => group.entries.push(entry),
                    None => groups.push(AnchorGroup { inputs, entries: vec![entry] }),
                }
            }
        }
        Role::Tsa(policy) => {
            let fits = |anchor: &&TsaAnchor| anchor.policies.is_empty() || anchor.policies.contains(policy);
            let entries = context.trust.tsa.iter().filter(fits).filter_map(|anchor| {
                let TsaAnchor { name, not_after, .. } = anchor.clone();
                Some(Pinned { sha256: anchor.sha256?, name, not_after, purposes: Vec::new() })
            });
            let inputs = PathInputs { preferred_time: Some(at), ..PathInputs::default() };
            groups.push(AnchorGroup { inputs, entries: entries.collect() });
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
    pins: &TrustAnchors,
    entries: &[Pinned],
    conclusion: Conclusion,
    reason: Option<String>,
) -> CheckedPath {
    let anchor = certificates.last().map(|anchor| Pinned::of(entries, anchor));
    let sunset = anchor.as_ref().and_then(|anchor| anchor.not_after).filter(|sunset| *sunset <= context.time);
    // 5.2.6.4 (1): beyond its sunset date an anchor is none, unless a proof of existence reaches back before it.
    let conclusion = match sunset {
        Some(_) if conclusion.passed() => SubIndication::NoCertificateChainFoundNoPoe.into(),
        _ => conclusion,
    };
    let evidence = (0..certificates.len().saturating_sub(1)).map(|index| {
        let path = certificates.get(index..).unwrap_or_default();
        let mut evidence = context.revocation().collect(path);
        if let Some(certificate) = path.first() {
            add_compromises(context, certificate, pins, &mut evidence);
        }
        evidence
    });
    let status = if sunset.is_some() { CheckStatus::Indeterminate } else { CheckStatus::Passed };
    let mut found = Check::new(check_ids::CERTIFICATION_PATH, status, "EN 319 102-1 5.2.6.4 (1)")
        .with("anchor", anchor.as_ref().map(|anchor| anchor.name.as_str()).unwrap_or_default())
        .with("length", certificates.len());
    if let Some(sunset) = sunset {
        let issuer = anchor.as_ref().map(|anchor| anchor.name.as_str()).unwrap_or_default();
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

/// Adds what is known of the certificate's key by its other certificates: a compromise that one of them was revoked for
/// is one of the key (RFC 5280 5.3.1), so that no second certificate over it makes a path that is sound.
fn add_compromises(
    context: &Context<'_>,
    certificate: &Arc<Certificate>,
    pins: &TrustAnchors,
    evidence: &mut RevocationEvidence,
) {
    let is_twin = |other: &&Arc<Certificate>| *other != certificate && other.has_key_of(certificate);
    for twin in context.pool.with_subject(certificate.subject()).iter().filter(is_twin) {
        let result = search(context, twin, &PathInputs::default(), pins);
        let mut limit = result.limit;
        for path in &result.paths {
            let of_twin = context.revocation().collect(&path.certificates);
            limit = limit.or(of_twin.limit());
            for statement in of_twin.statements.into_iter().filter(Statement::states_compromise) {
                if !evidence.statements.iter().any(|known| known.datum == statement.datum && known.states_compromise())
                {
                    evidence.statements.push(statement);
                }
            }
        }
        if let Some(limit) = limit {
            evidence.rejected.push((twin.sha256(), RejectedDatum::Limit(limit)));
            return;
        }
    }
}

impl Pinned {
    /// The entry for an anchor; of several the one that is trusted longest.
    fn of(entries: &[Self], anchor: &Certificate) -> Self {
        let sha256 = anchor.sha256();
        let of_anchor = entries.iter().filter(|entry| entry.sha256 == sha256);
        let longest = of_anchor.min_by_key(|entry| Reverse((entry.not_after.is_none(), entry.not_after)));
        let unlisted = || Self { sha256, name: anchor.subject().to_string(), not_after: None, purposes: Vec::new() };
        longest.cloned().unwrap_or_else(unlisted)
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
