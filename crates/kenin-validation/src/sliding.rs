//! 5.6.2.2 Validation time sliding: the latest time at which a path can be relied upon, found from the anchor downwards.

use std::collections::BTreeSet;

use kenin_base::UtcTime;
use kenin_policy::{Slide, ValidityModel};
use kenin_x509::revocation::{Instant, Revocation, RevocationEvidence, RevocationState, Statement, Status};
use kenin_x509::{Certificate, RevocationReason};

use crate::algorithms::{AlgorithmUse, end_of_acceptance, of_certificate, of_statement};
use crate::material::Context;
use crate::path::CheckedPath;
use crate::proofs::Proofs;
use crate::status::{Purpose, existed, instant, is_accepted_by_rfc3161, is_obtainable};

/// Control-time of a path; `None` (NO_POE) when some certificate has no revocation data that is proven to be as old as
/// the control-time of its issuer.
pub(crate) fn control_time(
    context: &Context<'_>,
    proofs: &Proofs,
    path: &CheckedPath,
    purpose: Purpose,
) -> Option<UtcTime> {
    let sunset = path.anchor.as_ref().and_then(|anchor| anchor.not_after);
    let start = sunset.map_or(context.time, |sunset| sunset.min(context.time));
    (0..path.evidence.len())
        .rev()
        .try_fold(start, |control, index| slide(context, proofs, path, index, control, purpose))
}

/// Steps a to d for one certificate.
fn slide(
    context: &Context<'_>,
    proofs: &Proofs,
    path: &CheckedPath,
    index: usize,
    control: UtcTime,
    purpose: Purpose,
) -> Option<UtcTime> {
    let (certificate, evidence) = (path.certificates.get(index)?, path.evidence.get(index)?);
    if proofs.evidence(&certificate.sha256()) > control {
        return None;
    }
    // What says revoked counts whenever it was issued (verdicts rule 6).
    let usable =
        |s: &&Statement| s.status != Status::Good || (s.this_update < control && existed(proofs, s) <= control);
    let usable = RevocationEvidence {
        statements: evidence.statements.iter().filter(usable).cloned().collect(),
        rejected: evidence.rejected.clone(),
    };
    let at = Instant { known_at: control, ..instant(context, index, control, purpose) };
    let status = usable.status_at(certificate, at);
    let relied = |statement: &&Statement| status.basis.contains(&statement.datum) && statement.status == Status::Good;
    let basis: Vec<&Statement> = usable.statements.iter().filter(relied).collect();
    let slid = match status.state {
        _ if is_obtainable(context, path, index, &status) => control,
        RevocationState::Unknown => return None,
        RevocationState::OnHold(since) => control.min(since),
        RevocationState::Revoked(revoked) if is_accepted_by_rfc3161(context, revoked, purpose) && index == 0 => control,
        RevocationState::Revoked(revoked) if reaches_back(context, revoked, index, purpose) => {
            // What a thief could have made is no proof, though the CA came to know of it later: an authority's key counts
            // up to its invalidity date. For the signer's own that is for the requirements to say (verdicts).
            let own = index == 0 && matches!(purpose, Purpose::Signer);
            control.min(if own { revoked.date } else { revoked.since() })
        }
        RevocationState::Revoked(_) | RevocationState::Good { fresh: true, .. } => control,
        RevocationState::Good { fresh: false, .. } => {
            let until = |statement: &&&Statement| relied_until(context, statement, at);
            // Data about some reasons only holds together, and no longer than the first of it.
            let whole = basis.iter().filter(|statement| statement.reasons.covers_all()).map(|s| until(&s)).max();
            control.min(whole.or_else(|| basis.iter().map(|s| until(&s)).min())?)
        }
    };
    let mut uses = BTreeSet::new();
    of_certificate(certificate, &mut uses);
    let of_data = basis.iter().flat_map(|statement| of_statement(statement, &path.certificates));
    reliable_at(context, uses.into_iter().chain(of_data).collect(), slid)
}

/// The model says whether a revocation moves control-time: by the chain model, and by the hybrid one for the signer,
/// only one whose reason lets doubt what was signed before.
fn reaches_back(context: &Context<'_>, revoked: Revocation, index: usize, purpose: Purpose) -> bool {
    use RevocationReason::{AffiliationChanged, CessationOfOperation, Superseded};
    let harmless = matches!(revoked.reason, Some(AffiliationChanged | Superseded | CessationOfOperation));
    let chain = match (purpose, context.policy.validation.model) {
        (Purpose::Signer, ValidityModel::Chain) => true,
        (Purpose::Signer, ValidityModel::Hybrid) => index == 0,
        _ => false,
    };
    !(chain && harmless)
}

/// Until when a datum that is no longer fresh was relied upon (verdicts rule 8): the end of its freshness, or thisUpdate.
fn relied_until(context: &Context<'_>, statement: &Statement, at: Instant) -> UtcTime {
    let issued = statement.this_update;
    let oldest = at.max_age_days.map(|days| issued.plus_seconds(i64::from(days).saturating_mul(86_400)));
    match (context.policy.validation.slide, statement.next_update) {
        (Slide::FreshUntil, Some(next)) => oldest.map_or(next, |oldest| oldest.min(next)).max(issued),
        _ => issued,
    }
}

/// Step d: where an algorithm is not accepted any more, its last second; `None` for one that never was.
fn reliable_at(context: &Context<'_>, uses: BTreeSet<AlgorithmUse>, control: UtcTime) -> Option<UtcTime> {
    uses.iter().try_fold(control, |control, item| {
        let end = end_of_acceptance(item, &context.policy.algorithms, control)?;
        Some(end.map_or(control, |end| control.min(end.plus_seconds(-1))))
    })
}

/// Whether the validity intervals of a path have a time in common, as path validation by the shell model asks
/// (5.6.2.1 (1)); by the other models the signer's own interval suffices.
pub(crate) fn have_common_time(context: &Context<'_>, path: &CheckedPath, purpose: Purpose) -> bool {
    let shell = matches!(purpose, Purpose::Tsa { .. }) || context.policy.validation.model == ValidityModel::Shell;
    let below: &[std::sync::Arc<Certificate>] = match path.certificates.split_last() {
        Some((_anchor, below)) if shell => below,
        _ => &[],
    };
    let latest = below.iter().map(|certificate| certificate.not_before()).max();
    let earliest = below.iter().map(|certificate| certificate.not_after()).min();
    latest.zip(earliest).is_none_or(|(latest, earliest)| latest <= earliest)
}
