//! Steps 3 to 7 of certificate validation (5.2.6): validity, revocation, freshness and algorithms of a path at a
//! time, in the shell model.

use std::borrow::Cow;

use kenin_base::{Finding, FindingCode, UtcTime};
use kenin_policy::{TsaRevocation, ValidityModel};
use kenin_x509::revocation::{
    Instant, Revocation, RevocationEvidence, RevocationState, RevocationStatus, Statement, Status,
};
use kenin_x509::{Certificate, RevocationReason};

use crate::algorithms::{Acceptance, of_statement};
use crate::check::{Check, CheckStatus, check_ids};
use crate::indication::{Conclusion, SubIndication};
use crate::material::Context;
use crate::outcome::{StatusAtTime, Wanted};
use crate::path::CheckedPath;
use crate::proofs::Proofs;

/// Whose path is judged.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    Signer,
    /// A TSA whose token has this genTime.
    Tsa {
        gen_time: UtcTime,
    },
}

/// What a path is like at a time.
pub(crate) struct PathStatus {
    /// The first of the outcomes below, in the standard's order.
    pub conclusion: Conclusion,
    /// The signer's certificate is revoked then.
    pub revoked: Option<Revocation>,
    /// When a CA certificate that is revoked then was revoked; of several the earliest.
    pub ca_revoked_at: Option<UtcTime>,
    /// A CA certificate is outside its validity then.
    pub ca_out_of_bounds: bool,
    /// The signer's certificate is not yet valid then.
    pub not_yet_valid: bool,
    /// The signer's certificate is no longer valid then.
    pub expired: bool,
    /// OUT_OF_BOUNDS_NOT_REVOKED or OUT_OF_BOUNDS_NO_POE, for a signer outside validity.
    pub bounds: Option<SubIndication>,
    /// Some certificate lacks usable and fresh revocation data, or is on hold.
    pub unproven: bool,
    /// What is missing was there, by a signer whose certificate is outside its validity.
    pub signer_of_data_expired: bool,
    /// A revocation of the signer's certificate after that time.
    pub revoked_later: Option<Revocation>,
    /// Algorithms of certificates that are not accepted then.
    pub weak: bool,
    /// The status rests on revocation data whose algorithms were not accepted any more when it is first known to have
    /// existed (5.5.4 (10)).
    pub weak_data: bool,
    /// Positions in the path of certificates without usable and fresh data; a hold is answered by no other datum.
    pub unproven_links: Vec<usize>,
    pub findings: Vec<Finding>,
    pub checks: Vec<Check>,
    detail: Detail,
}

/// How much of a status is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// The outcome alone.
    Outcome,
    /// The outcome with what was noticed.
    Findings,
    /// The outcome with what was noticed and its checks.
    Checks,
}

impl PathStatus {
    /// The summary that 14①3 asks for.
    pub fn summary(&self, time: UtcTime) -> StatusAtTime {
        let invalidity = self.revoked_later.and_then(|r| r.invalidity_date);
        if self.revoked.is_some() || self.ca_revoked_at.is_some() {
            StatusAtTime::Revoked
        } else if self.not_yet_valid || self.expired {
            StatusAtTime::OutOfValidity
        } else if self.unproven || self.ca_out_of_bounds {
            StatusAtTime::Unknown
        } else if invalidity.is_some_and(|date| date <= time) {
            StatusAtTime::InvalidityDateBefore
        } else {
            StatusAtTime::Good
        }
    }
}

impl PathStatus {
    /// Revocation data that would have helped.
    pub fn wanted(&self, path: &CheckedPath) -> Vec<Wanted> {
        self.unproven_links.iter().filter_map(|i| path.certificates.get(*i)).cloned().map(Wanted::Revocation).collect()
    }
}

/// Judges a path at `time`, with what is known at validation time.
pub(crate) fn status_at(
    context: &Context<'_>,
    proofs: &Proofs,
    path: &CheckedPath,
    time: UtcTime,
    purpose: Purpose,
    detail: Detail,
) -> PathStatus {
    let mut status = PathStatus {
        conclusion: Conclusion::PASSED,
        revoked: None,
        ca_revoked_at: None,
        ca_out_of_bounds: false,
        not_yet_valid: false,
        expired: false,
        bounds: None,
        unproven: false,
        signer_of_data_expired: false,
        revoked_later: None,
        weak: false,
        weak_data: false,
        unproven_links: Vec::new(),
        findings: Vec::new(),
        checks: Vec::new(),
        detail,
    };
    // The anchor is trusted as it is (RFC 5280 6.1.1 (d)); a certificate that is itself the anchor needs nothing.
    for (index, (certificate, evidence)) in path.certificates.iter().zip(&*path.evidence).enumerate() {
        let at = instant(context, index, time, purpose);
        let data = reliable(proofs, path, evidence);
        let mut revocation = data.status_at(certificate, at);
        if data.statements.len() < evidence.statements.len() && !is_fresh(&revocation) {
            status.signer_of_data_expired |= is_fresh(&evidence.status_at(certificate, at));
        }
        if is_obtainable(context, path, index, &revocation) {
            revocation.state = RevocationState::Good { fresh: true, revoked_later: revocation.revoked_later() };
        } else {
            status.weak_data |= rests_on_weak_data(context, proofs, path, (certificate, &data), at, &revocation);
        }
        if index == 0 {
            accept_by_rfc3161(context, &mut revocation, purpose, &mut status.findings);
        }
        status.take_validity(certificate, index, valid_when(context, path, index, time, purpose));
        if index == 0 && status.bounds_needed() {
            // OUT_OF_BOUNDS_NOT_REVOKED needs a usable datum whose issuer is still valid (5.2.6.4).
            let issuer_valid = path.certificates.get(1).is_some_and(|issuer| issuer.is_valid_at(context.time));
            let not_revoked = matches!(revocation.state, RevocationState::Good { .. }) && issuer_valid;
            let sub = if not_revoked { SubIndication::OutOfBoundsNotRevoked } else { SubIndication::OutOfBoundsNoPoe };
            status.bounds = Some(sub);
        }
        status.take_revocation(certificate, index, time, &revocation);
    }
    if path.evidence.is_empty()
        && let Some(anchor) = path.certificates.first()
    {
        status.take_validity(anchor, 0, time);
        if status.bounds_needed() {
            status.bounds = Some(SubIndication::OutOfBoundsNoPoe);
        }
    }
    status.take_algorithms(context, path, time);
    status.conclusion = status.first_failure();
    status
}

/// What is asked of the revocation data of the certificate at a position of a path.
pub(crate) fn instant(context: &Context<'_>, index: usize, time: UtcTime, purpose: Purpose) -> Instant {
    let freshness = context.policy.freshness;
    let days = match purpose {
        Purpose::Tsa { .. } => freshness.tsa_days,
        Purpose::Signer if index == 0 => freshness.end_entity_days,
        Purpose::Signer => freshness.ca_days,
    };
    Instant { time, known_at: context.time, max_age_days: Some(days) }
}

/// When the certificate at a position of a path must be valid for the path to hold at `time` (5.2.6.4 (3)).
fn valid_when(context: &Context<'_>, path: &CheckedPath, index: usize, time: UtcTime, purpose: Purpose) -> UtcTime {
    let issued = index.checked_sub(1).and_then(|below| path.certificates.get(below)).map(|below| below.not_before());
    match (purpose, context.policy.validation.model) {
        (Purpose::Signer, ValidityModel::Chain | ValidityModel::Hybrid) => issued.unwrap_or(time),
        _ => time,
    }
}

/// The data that may be relied upon although time has passed: its signer is the trust anchor, or its certificate was
/// valid when the datum is first known to have existed (5.2.6.4 (6), 5.6.2.4 (1)). A revocation counts regardless.
fn reliable<'e>(proofs: &Proofs, path: &CheckedPath, evidence: &'e RevocationEvidence) -> Cow<'e, RevocationEvidence> {
    let stands = |statement: &Statement| statement.status != Status::Good || signer_stands(proofs, path, statement);
    if evidence.statements.iter().all(stands) {
        return Cow::Borrowed(evidence);
    }
    let statements = evidence.statements.iter().filter(|statement| stands(statement)).cloned().collect();
    Cow::Owned(RevocationEvidence { statements, rejected: evidence.rejected.clone() })
}

/// Whether the signer of a datum was valid when the datum is first known to have existed.
pub(crate) fn signer_stands(proofs: &Proofs, path: &CheckedPath, statement: &Statement) -> bool {
    let existed = existed(proofs, statement);
    path.certificates.last() == Some(&statement.signer) || statement.signer.is_valid_at(existed)
}

/// Since when a datum is known to have existed: for a delta CRL, with its base.
pub(crate) fn existed(proofs: &Proofs, statement: &Statement) -> UtcTime {
    let base = statement.base.as_ref().map(|base| proofs.evidence(base));
    base.into_iter().fold(proofs.evidence(&statement.datum), UtcTime::max)
}

fn is_fresh(revocation: &RevocationStatus) -> bool {
    matches!(revocation.state, RevocationState::Good { fresh: true, .. })
}

/// A forecast takes as had what can be had at its time: the status of a certificate that nothing speaks against, while it
/// and its issuer are valid.
pub(crate) fn is_obtainable(
    context: &Context<'_>,
    path: &CheckedPath,
    index: usize,
    revocation: &RevocationStatus,
) -> bool {
    let open = matches!(revocation.state, RevocationState::Good { .. } | RevocationState::Unknown);
    let valid = |at: usize| path.certificates.get(at).is_some_and(|certificate| certificate.is_valid_at(context.time));
    let issuer = index.saturating_add(1);
    let issuer_is_anchor = issuer.saturating_add(1) == path.certificates.len();
    context.is_forecast() && open && valid(index) && (issuer_is_anchor || valid(issuer))
}

/// Whether a certificate is good only by data under algorithms that were not accepted any more when it is first known
/// to have existed.
fn rests_on_weak_data(
    context: &Context<'_>,
    proofs: &Proofs,
    path: &CheckedPath,
    (certificate, evidence): (&Certificate, &RevocationEvidence),
    at: Instant,
    revocation: &RevocationStatus,
) -> bool {
    let RevocationState::Good { fresh, .. } = revocation.state else { return false };
    let accepted = |statement: &&Statement| {
        let uses = of_statement(statement, &path.certificates);
        Acceptance::at(&uses, &context.policy.algorithms, existed(proofs, statement)).refused.is_empty()
    };
    if evidence.statements.iter().all(|statement| accepted(&statement)) {
        return false;
    }
    let statements = evidence.statements.iter().filter(accepted).cloned().collect();
    let rest = RevocationEvidence { statements, rejected: Vec::new() }.status_at(certificate, at);
    !matches!(rest.state, RevocationState::Good { fresh: still, .. } if still || !fresh)
}

/// RFC 3161 4 (2): a token made before its TSA's own certificate was revoked stands when the reason, which must be
/// stated, is no compromise and the certificate was not invalid before (RFC 5280 5.3.2).
fn accept_by_rfc3161(
    context: &Context<'_>,
    revocation: &mut RevocationStatus,
    purpose: Purpose,
    findings: &mut Vec<Finding>,
) {
    let RevocationState::Revoked(revoked) = revocation.state else { return };
    if !is_accepted_by_rfc3161(context, revoked, purpose) {
        return;
    }
    findings.push(Finding::new(FindingCode::TsaRevokedAcceptedRfc3161).with("date", revoked.date));
    revocation.state = RevocationState::Good { fresh: true, revoked_later: Some(revoked) };
}

/// Whether a token stands although its TSA's own certificate was revoked later.
pub(crate) fn is_accepted_by_rfc3161(context: &Context<'_>, revoked: Revocation, purpose: Purpose) -> bool {
    let Purpose::Tsa { gen_time } = purpose else { return false };
    let harmless = matches!(
        revoked.reason,
        Some(
            RevocationReason::Unspecified
                | RevocationReason::AffiliationChanged
                | RevocationReason::Superseded
                | RevocationReason::CessationOfOperation
        )
    );
    let policy = context.policy.validation.tsa_revocation;
    policy == TsaRevocation::Rfc3161 && harmless && gen_time < revoked.since()
}

impl PathStatus {
    fn bounds_needed(&self) -> bool {
        self.not_yet_valid || self.expired
    }

    fn take_validity(&mut self, certificate: &Certificate, index: usize, time: UtcTime) {
        let (before, after) = (time < certificate.not_before(), time > certificate.not_after());
        if index == 0 {
            (self.not_yet_valid, self.expired) = (before, after);
        } else {
            self.ca_out_of_bounds |= before || after;
        }
        let status = if before || after { CheckStatus::Indeterminate } else { CheckStatus::Passed };
        self.note(|| {
            Check::new(check_ids::CERTIFICATE_VALIDITY, status, "RFC 5280 6.1.3 (a)(2)")
                .about(certificate.sha256())
                .with("subject", certificate.subject())
                .with("not_before", certificate.not_before())
                .with("not_after", certificate.not_after())
                .with("time", time)
        });
    }

    fn take_revocation(
        &mut self,
        certificate: &Certificate,
        index: usize,
        time: UtcTime,
        revocation: &RevocationStatus,
    ) {
        match revocation.state {
            RevocationState::Good { fresh, revoked_later } => {
                if index == 0 {
                    self.revoked_later = revoked_later;
                }
                if !fresh {
                    self.unproven = true;
                    self.unproven_links.push(index);
                }
            }
            RevocationState::Revoked(revoked) if index == 0 => self.revoked = Some(revoked),
            RevocationState::Revoked(revoked) => {
                self.ca_revoked_at = self.ca_revoked_at.into_iter().chain([revoked.since()]).min();
            }
            RevocationState::OnHold(_) => self.unproven = true,
            RevocationState::Unknown => {
                self.unproven = true;
                self.unproven_links.push(index);
            }
        }
        self.note(|| revocation_check(certificate, time, revocation));
    }

    /// Adds a check, which is only made where somebody reads it.
    fn note(&mut self, check: impl FnOnce() -> Check) {
        if self.detail == Detail::Checks {
            self.checks.push(check());
        }
    }

    fn take_algorithms(&mut self, context: &Context<'_>, path: &CheckedPath, time: UtcTime) {
        let acceptance = Acceptance::at(&path.algorithms, &context.policy.algorithms, time);
        self.weak = !acceptance.refused.is_empty();
        if self.detail == Detail::Outcome {
            return;
        }
        let subject = path.certificates.first().map(|c| c.subject().to_string()).unwrap_or_default();
        let check = crate::report::algorithm_check(
            check_ids::CHAIN_ALGORITHMS,
            &acceptance,
            time,
            &subject,
            &mut self.findings,
        );
        self.note(|| check);
    }

    /// Why usable and fresh revocation data is missing.
    pub fn missing_data(&self) -> Conclusion {
        match self.signer_of_data_expired {
            true => SubIndication::RevocationOutOfBoundsNoPoe.into(),
            false => SubIndication::TryLater.into(),
        }
    }

    /// The standard's order: revoked, intermediates out of validity, on hold or unproven, the signer out of bounds,
    /// algorithms.
    fn first_failure(&self) -> Conclusion {
        if self.revoked.is_some() {
            SubIndication::RevokedNoPoe.into()
        } else if self.ca_revoked_at.is_some() {
            SubIndication::RevokedCaNoPoe.into()
        } else if self.ca_out_of_bounds {
            SubIndication::OutOfBoundsNoPoe.into()
        } else if self.unproven {
            self.missing_data()
        } else if let Some(bounds) = self.bounds {
            bounds.into()
        } else if self.weak || self.weak_data {
            SubIndication::CryptoConstraintsFailureNoPoe.into()
        } else {
            Conclusion::PASSED
        }
    }
}

fn revocation_check(certificate: &Certificate, time: UtcTime, revocation: &RevocationStatus) -> Check {
    let check = |status| {
        let check = Check::new(check_ids::REVOCATION_STATUS, status, "EN 319 102-1 5.2.6").about(certificate.sha256());
        let check = revocation.basis.iter().fold(check, |check, datum| check.about(*datum));
        check.with("subject", certificate.subject()).with("time", time)
    };
    match revocation.state {
        RevocationState::Good { fresh, revoked_later } => {
            let status = if fresh { CheckStatus::Passed } else { CheckStatus::Indeterminate };
            let freshness =
                Check::new(check_ids::REVOCATION_FRESHNESS, status, "EN 319 102-1 5.2.5").with("time", time);
            let status = if revoked_later.is_some() { CheckStatus::Warning } else { CheckStatus::Passed };
            check(status).with("status", "good").of([freshness])
        }
        RevocationState::Revoked(revoked) => {
            let reason = revoked.reason.map(|reason| reason.name()).unwrap_or("none");
            check(CheckStatus::Failed).with("status", "revoked").with("date", revoked.date).with("reason", reason)
        }
        RevocationState::OnHold(since) => {
            check(CheckStatus::Indeterminate).with("status", "on-hold").with("date", since)
        }
        RevocationState::Unknown => check(CheckStatus::Indeterminate).with("status", "unknown"),
    }
}
