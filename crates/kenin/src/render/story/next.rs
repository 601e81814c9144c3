use std::collections::BTreeSet;

use kenin_base::FindingCode;
use kenin_facts::DocumentFormat;
use kenin_validation::Indication;

use super::answers::{innermost, is_stamp, open, wrong_card};
use super::changes::is_change;
use super::superseded::Superseded;
use crate::messages::{Catalogue, check_key, finding_key, sub_indication_key};
use crate::report::{Report, RequirementStatus, SignatureReport, Verdict, WantedEvidence};

/// What the reader should do, each thing once: evidence to get first, since its place is known, then what else the
/// conclusions ask for, most important first.
pub(crate) fn steps(report: &Report, catalogue: &Catalogue) -> Vec<String> {
    let keys = match &report.error {
        // Until this is put right the rest cannot be judged properly.
        Some(error) => vec![format!("error-{}.next", error.code)],
        None if report.verdict == Verdict::NoSignature => no_signature(report),
        None => signed(report),
    };
    let mut seen = BTreeSet::new();
    let wanted = report.wanted_evidence().iter().filter_map(|wanted| wanted_step(wanted, catalogue));
    let known = keys.iter().filter_map(|key| catalogue.find(key, &[]));
    wanted.chain(known).filter(|step| seen.insert(step.clone())).collect()
}

fn no_signature(report: &Report) -> Vec<String> {
    if !report.signatures.is_empty() {
        return [vec!["error-timestamp-alone.next".to_owned()], signed(report)].concat();
    }
    let findings = report.findings.iter().map(|finding| finding_key(finding.code) + ".next");
    let own = match report.document.format {
        DocumentFormat::Container => "error-container.next",
        _ => "error-not-signed.next",
    };
    findings.chain([own.to_owned()]).collect()
}

/// Why signatures did not pass, then what the guideline misses, then what was noticed.
fn signed(report: &Report) -> Vec<String> {
    let mut keys = Vec::new();
    for signature in report.signatures.iter().filter(|signature| signature.indication != Indication::Passed) {
        keys.extend(of_conclusion(signature));
    }
    for status in [RequirementStatus::NotSatisfied, RequirementStatus::Undetermined] {
        let requirements = report.requirements.iter().filter(|r| r.status == status && r.blocking);
        keys.extend(requirements.map(|requirement| format!("reason-{}.next", requirement.reason)));
    }
    let of_signatures = report.signatures.iter().flat_map(|signature| {
        // Beside a forbidden change the others do not matter.
        let forbidden = has(signature, FindingCode::ModificationForbidden);
        signature.findings.iter().filter(move |finding| !(forbidden && is_change(finding.code)))
    });
    keys.extend(of_signatures.chain(&report.findings).map(|finding| finding_key(finding.code) + ".next"));
    // Of what was noticed about timestamps, that this computer's clock may be wrong comes before everything that follows from it.
    let stamps = report.signatures.iter().flat_map(|signature| &signature.timestamps);
    let mut of_stamps = stamps.flat_map(|stamp| &stamp.findings);
    if of_stamps.any(|finding| finding.code == FindingCode::TimestampInFuture) {
        keys.insert(0, finding_key(FindingCode::TimestampInFuture) + ".next");
    }
    keys
}

/// What the conclusion about a signature that did not pass asks for.
pub(super) fn of_conclusion(signature: &SignatureReport) -> Vec<String> {
    let next = if is_stamp(signature) { ".stamp-next" } else { ".next" };
    let conclusion = signature.sub_indication.map(|sub| sub_indication_key(sub) + next);
    match signature.indication {
        Indication::Passed => Vec::new(),
        // For good: the conclusion comes first. The document as signed may be sound: what to do about the change tells
        // more than what to do about damage.
        Indication::Failed => match Superseded::of(signature) {
            Some(then) => vec![finding_key(then.cause) + ".next"],
            None => conclusion.into_iter().collect(),
        },
        // Another card, and nothing about this one.
        Indication::Indeterminate if wrong_card(signature).is_some() => Vec::new(),
        // What is open tells more exactly what would decide it.
        Indication::Indeterminate => {
            let checks = signature.checks.iter().filter(|check| open(check.status)).map(innermost);
            checks.map(|check| check_key(check.id) + ".next").chain(conclusion).collect()
        }
    }
}

fn has(signature: &SignatureReport, code: FindingCode) -> bool {
    signature.findings.iter().any(|finding| finding.code == code)
}

pub(super) fn wanted_step(wanted: &WantedEvidence, catalogue: &Catalogue) -> Option<String> {
    let (key, subject, uri) = match wanted {
        WantedEvidence::Revocation { subject, crl_uris, ocsp_uris, .. } => {
            ("next-revocation", subject, crl_uris.first().or(ocsp_uris.first())?)
        }
        WantedEvidence::Issuer { issuer, uris, .. } => ("next-issuer", issuer, uris.first()?),
    };
    Some(catalogue.text(key, &[("uri", uri.into()), ("subject", subject.into())]))
}
