//! Steps 1 and 2 of certificate validation (5.2.6): the path to an anchor and RFC 5280 6.1, times and revocation
//! aside; then what every revocation datum at hand says about each certificate of the path.

mod anchors;
mod search;

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use kenin_base::{Finding, FindingCode, LimitExceeded, Oid, UtcTime};
use kenin_x509::Certificate;
use kenin_x509::path::{PathErrorKind, PathFailure};
use kenin_x509::revocation::RevocationEvidence;

use crate::algorithms::AlgorithmUse;
use crate::check::{Check, CheckStatus, check_ids};
use crate::indication::{Conclusion, SubIndication};
use crate::material::Context;

pub(crate) use anchors::Pinned;
pub(crate) use search::Paths;

/// What a certificate is validated for.
#[derive(Clone, Copy)]
pub(crate) enum Role<'a> {
    /// Signing documents.
    Signer,
    /// Time-stamping; the token's TSA policy chooses among the anchors.
    Tsa(&'a Oid),
}

/// A path with everything about it that does not depend on time, the sunset of its anchor aside.
#[derive(Clone)]
pub(crate) struct CheckedPath {
    /// From the certificate up to and with the anchor; empty when no path was found.
    pub certificates: Vec<Arc<Certificate>>,
    /// One for each certificate below the anchor.
    pub evidence: Rc<[RevocationEvidence]>,
    /// The entry of the trust profile that the path ends at.
    pub anchor: Option<Pinned>,
    /// PASSED, NO_CERTIFICATE_CHAIN_FOUND(_NO_POE), CERTIFICATE_CHAIN_GENERAL_FAILURE or CHAIN_CONSTRAINTS_FAILURE.
    pub conclusion: Conclusion,
    pub checks: Vec<Check>,
    /// What the path rests on.
    pub algorithms: Rc<BTreeSet<AlgorithmUse>>,
    /// The certificate whose issuer is not at hand.
    pub issuer_missing: Option<Arc<Certificate>>,
    /// The budget that cut short what is known of paths.
    pub limit: Option<LimitExceeded>,
}

/// Paths other than the chosen one that are reported.
const MAX_ALTERNATIVES: usize = 8;

/// `reason` of a path that was good enough and not the best.
const NOT_CHOSEN: &str = "not-chosen";

/// `reason` of a path to an anchor that the trust profile no longer believes.
const ANCHOR_SUNSET: &str = "anchor-sunset";

/// Every `reason` that a check about certification paths can have.
pub fn path_reasons() -> impl Iterator<Item = &'static str> {
    let of_search = PathFailure::CODES.iter().chain(PathErrorKind::CODES).copied();
    [NOT_CHOSEN, ANCHOR_SUNSET].into_iter().chain(of_search)
}

/// Finds and checks the path of a certificate. Of several paths that validate, the first that is `sound` in every
/// other respect is chosen, else the first; `at` is the time at which its certificates are preferred to be valid.
pub(crate) fn check_path(
    context: &Context<'_>,
    certificate: &Arc<Certificate>,
    role: Role<'_>,
    at: UtcTime,
    sound: &dyn Fn(&CheckedPath) -> bool,
) -> CheckedPath {
    let found = context.material.paths.of(context, certificate, role, at);
    let mut others = Vec::new();
    let chosen = (0..found.len()).find_map(|index| {
        let path = found.path(context, index)?.at(context.time);
        if found.len() == 1 || sound(&path) {
            return Some(path);
        }
        others.push(path);
        None
    });
    let mut others = others.into_iter();
    let mut checked = match chosen.or_else(|| others.next()) {
        Some(checked) => checked,
        None => found.failed(context, certificate).at(context.time),
    };
    checked.note_alternatives(others.map(|path| alternative(&path.certificates, NOT_CHOSEN)));
    let rejected: Vec<Check> = found.rejected_beside(&checked);
    checked.note_alternatives(rejected.into_iter());
    // A budget that ended the search after a sound path was found took nothing away; one that cut short what is known of
    // that path keeps it from being sound.
    let search = found.limit.filter(|_| !(checked.conclusion.passed() && sound(&checked)));
    checked.limit = search.or_else(|| checked.evidence.iter().find_map(|evidence| evidence.limit()));
    checked
}

/// The finding of a budget that was reached.
pub(crate) fn of_limit(limit: LimitExceeded, subject: &str) -> Finding {
    let finding = Finding::new(FindingCode::LimitExceeded).about(subject);
    finding.with("resource", limit.resource.name()).with("limit", limit.limit)
}

impl CheckedPath {
    /// 5.2.6.4 (1): beyond its sunset date an anchor is none, unless a proof of existence reaches back before it.
    fn at(mut self, time: UtcTime) -> Self {
        let sunset = self.anchor.as_ref().and_then(|anchor| Some((anchor, anchor.not_after.filter(|s| *s <= time)?)));
        let Some((anchor, sunset)) = sunset else { return self };
        if let Some(found) = self.checks.first_mut() {
            found.status = CheckStatus::Indeterminate;
            *found = found.clone().with("reason", ANCHOR_SUNSET).with("issuer", &anchor.name).with("not_after", sunset);
        }
        if self.conclusion.passed() {
            self.conclusion = SubIndication::NoCertificateChainFoundNoPoe.into();
            if let Some(validated) = self.checks.get_mut(1) {
                validated.status = CheckStatus::Indeterminate;
            }
        }
        self
    }

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
