//! The search for paths, made once for each certificate and purpose whatever the times asked about.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use kenin_base::{LimitExceeded, Oid, Sha256, UtcTime};
use kenin_x509::Certificate;
use kenin_x509::path::{PathFailure, PathInputs, PathSearch, RejectedPath, SearchResult, TrustAnchors};
use kenin_x509::revocation::{RejectedDatum, RevocationEvidence, Statement};

use super::anchors::{AnchorGroup, Pinned, anchor_groups};
use super::{CheckedPath, Role, alternative};
use crate::algorithms::of_path;
use crate::check::{Check, CheckStatus, check_ids};
use crate::cryptographic::status_of;
use crate::indication::{Conclusion, SubIndication};
use crate::material::Context;

/// The paths found so far.
#[derive(Default)]
pub(crate) struct Paths {
    known: RefCell<BTreeMap<Asked, Rc<Found>>>,
}

/// The certificate, the TSA policy of a token, and the time at which validity is preferred; `None` where it chose nothing.
type Asked = (Sha256, Option<Oid>, Option<UtcTime>);

/// Every path of one certificate for one purpose.
pub(crate) struct Found {
    groups: Vec<AnchorGroup>,
    pins: TrustAnchors,
    /// The certificates of each path that validates, with the position of its anchor's group.
    paths: Vec<(Vec<Arc<Certificate>>, usize)>,
    /// Those that were looked at, the first ones; collecting revocation data costs, so that none is asked for in vain.
    described: RefCell<Vec<CheckedPath>>,
    rejected: Vec<RejectedPath>,
    /// The budget that the search hit first.
    pub limit: Option<LimitExceeded>,
    /// There was never a choice between two attempts, which is all that the preferred time decides.
    is_in_any_order: bool,
}

impl Paths {
    /// The paths of `certificate`; `at` is the time at which its certificates are preferred to be valid.
    pub fn of(&self, context: &Context<'_>, certificate: &Arc<Certificate>, role: Role<'_>, at: UtcTime) -> Rc<Found> {
        let policy = match role {
            Role::Signer => None,
            Role::Tsa(policy) => Some(*policy),
        };
        let key = |at| (certificate.sha256(), policy, at);
        let known = [None, Some(at)].into_iter().find_map(|at| self.known.borrow().get(&key(at)).cloned());
        known.unwrap_or_else(|| {
            let found = Rc::new(Found::search(context, certificate, role, at));
            let at = if found.is_in_any_order { None } else { Some(at) };
            self.known.borrow_mut().insert(key(at), Rc::clone(&found));
            found
        })
    }
}

impl Found {
    fn search(context: &Context<'_>, certificate: &Arc<Certificate>, role: Role<'_>, at: UtcTime) -> Self {
        let groups = anchor_groups(context, role, at);
        let mut found = Self {
            pins: groups.iter().flat_map(AnchorGroup::pins).collect(),
            groups,
            paths: Vec::new(),
            described: RefCell::default(),
            rejected: Vec::new(),
            limit: None,
            is_in_any_order: true,
        };
        for (index, group) in found.groups.iter().enumerate() {
            let result = search(context, certificate, &group.inputs, &group.pins().collect());
            found.limit = found.limit.or(result.limit);
            let attempts = result.paths.len().saturating_add(result.rejected.len());
            found.is_in_any_order &= attempts <= 1 && result.limit.is_none();
            found.paths.extend(result.paths.into_iter().map(|path| (path.certificates, index)));
            found.rejected.extend(result.rejected);
        }
        found
    }

    /// Number of paths that validate.
    pub fn len(&self) -> usize {
        self.paths.len()
    }

    /// The path at a position.
    pub fn path(&self, context: &Context<'_>, index: usize) -> Option<CheckedPath> {
        let mut described = self.described.borrow_mut();
        while described.len() <= index {
            let (certificates, group) = self.paths.get(described.len())?;
            let entries = self.groups.get(*group).map(|group| group.entries.as_slice()).unwrap_or_default();
            described.push(describe(context, certificates, &self.pins, entries, Conclusion::PASSED, None));
        }
        described.get(index).cloned()
    }

    /// Attempts other than `shown`, or than the one it is about when nothing was found.
    pub fn rejected_beside(&self, shown: &CheckedPath) -> Vec<Check> {
        let shown = match shown.certificates.as_slice() {
            [] => unfinished(&self.rejected).map(|path| path.certificates.clone()).unwrap_or_default(),
            shown => shown.to_vec(),
        };
        let told = self.rejected.iter().filter(|path| path.certificates != shown);
        told.map(|path| alternative(&path.certificates, path.reason.code())).collect()
    }

    /// The outcome when no path validates: the attempt that says most about why.
    pub fn failed(&self, context: &Context<'_>, certificate: &Arc<Certificate>) -> CheckedPath {
        let invalid = |by_policy: bool| {
            self.rejected.iter().find(
            |path| matches!(&path.reason, PathFailure::Invalid(error) if error.kind.is_policy_failure() == by_policy),
        )
        };
        let by_policy = invalid(true).map(|path| (SubIndication::ChainConstraintsFailure, path));
        let general = || invalid(false).map(|path| (SubIndication::CertificateChainGeneralFailure, path));
        match by_policy.or_else(general) {
            Some((sub, path)) => {
                let entries: Vec<Pinned> = self.groups.iter().flat_map(|group| &group.entries).cloned().collect();
                describe(
                    context,
                    &path.certificates,
                    &self.pins,
                    &entries,
                    sub.into(),
                    Some(path.reason.code().to_owned()),
                )
            }
            None => not_found(certificate, unfinished(&self.rejected)),
        }
    }
}

fn search(
    context: &Context<'_>,
    certificate: &Arc<Certificate>,
    inputs: &PathInputs,
    anchors: &TrustAnchors,
) -> SearchResult {
    let search = PathSearch {
        pool: &context.material.pool,
        anchors,
        inputs,
        signatures: &context.caches.signatures,
        budget: context.budget,
    };
    search.find(certificate)
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
    let evidence = (0..certificates.len().saturating_sub(1)).map(|index| {
        let path = certificates.get(index..).unwrap_or_default();
        let mut evidence = context.revocation().collect(path);
        evidence.statements.retain(|statement| context.material.counts(statement));
        if let Some(certificate) = path.first() {
            add_compromises(context, certificate, pins, &mut evidence);
        }
        evidence
    });
    let found = Check::new(check_ids::CERTIFICATION_PATH, CheckStatus::Passed, "EN 319 102-1 5.2.6.4 (1)")
        .with("anchor", anchor.as_ref().map(|anchor| anchor.name.as_str()).unwrap_or_default())
        .with("length", certificates.len());
    let mut validated = Check::new(check_ids::PATH_VALIDATION, status_of(conclusion), "RFC 5280 6.1");
    if let Some(reason) = reason {
        validated = validated.with("reason", reason);
    }
    CheckedPath {
        evidence: evidence.collect(),
        algorithms: Rc::new(of_path(certificates)),
        certificates: certificates.to_vec(),
        anchor,
        conclusion,
        checks: vec![found, validated],
        issuer_missing: None,
        limit: None,
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
    for twin in context.material.pool.with_subject(certificate.subject()).iter().filter(is_twin) {
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
        algorithms: Rc::default(),
        certificates: Vec::new(),
        evidence: Rc::new([]),
        anchor: None,
        conclusion: SubIndication::NoCertificateChainFound.into(),
        checks: vec![check],
        issuer_missing: missing.map(|(last, _)| Arc::clone(last)),
        limit: None,
    }
}
