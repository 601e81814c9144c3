//! Small projections that several blocks share.

use kenin_base::{Finding, FindingCode, UtcTime};

use crate::algorithms::Acceptance;
use crate::check::{Check, CheckId, CheckStatus};
use crate::material::Context;
use crate::outcome::{PathLink, PathReport};
use crate::path::CheckedPath;
use crate::status::{Purpose, instant};

/// A path as reports show it, with the revocation data as it counts at `time`; `None` when none was found.
pub(crate) fn path_report(
    context: &Context<'_>,
    path: &CheckedPath,
    time: UtcTime,
    purpose: Purpose,
) -> Option<PathReport> {
    let anchor = path.anchor.as_ref()?;
    let links = path.certificates.iter().enumerate().map(|(index, certificate)| {
        let at = instant(context, index, time, purpose);
        let revocation = path.evidence.get(index).map(|evidence| evidence.considered(certificate, at));
        PathLink { certificate: certificate.clone(), revocation: revocation.unwrap_or_default() }
    });
    Some(PathReport {
        links: links.collect(),
        anchor: anchor.sha256,
        anchor_name: anchor.name.clone(),
        purpose: anchor.purpose,
    })
}

/// A check of algorithms at a time; an announced end of use becomes a finding, and a warning once it has passed.
pub(crate) fn algorithm_check(
    id: CheckId,
    acceptance: &Acceptance,
    time: UtcTime,
    about: &str,
    findings: &mut Vec<Finding>,
) -> Check {
    let passed_horizon = acceptance.horizon.as_ref().filter(|(horizon, _)| *horizon <= time);
    if let Some((horizon, algorithm)) = passed_horizon {
        let finding = Finding::new(FindingCode::AlgorithmHorizon).about(about);
        findings.push(finding.with("algorithm", algorithm).with("horizon", horizon));
    }
    let status = match () {
        () if !acceptance.refused.is_empty() => CheckStatus::Indeterminate,
        () if passed_horizon.is_some() => CheckStatus::Warning,
        () => CheckStatus::Passed,
    };
    Check::new(id, status, "EN 319 102-1 5.2.8").with("time", time).with("refused", acceptance.refused.join(", "))
}
