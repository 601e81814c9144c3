use std::collections::BTreeSet;

use kenin_validation::Indication;

use crate::messages::{Catalogue, finding_key, sub_indication_key};
use crate::report::{Report, RequirementStatus, Verdict, WantedEvidence};

/// What the reader should do, most important first, each thing once.
pub(super) fn steps(report: &Report, catalogue: &Catalogue) -> Vec<String> {
    let mut keys = Vec::new();
    if let Some(error) = &report.error {
        keys.push(format!("error-{}.next", error.code));
    } else if report.verdict == Verdict::NoSignature {
        keys.push("error-not-signed.next".to_owned());
    }
    for signature in &report.signatures {
        let sub = signature.sub_indication.filter(|_| signature.indication != Indication::Passed);
        keys.extend(sub.map(|sub| sub_indication_key(sub) + ".next"));
    }
    let open = [RequirementStatus::NotSatisfied, RequirementStatus::Undetermined];
    for status in open {
        let requirements = report.requirements.iter().filter(|r| r.status == status && r.blocking);
        keys.extend(requirements.map(|requirement| format!("reason-{}.next", requirement.reason)));
    }
    let findings = report.signatures.iter().flat_map(|s| &s.findings).chain(&report.findings);
    keys.extend(findings.map(|finding| finding_key(finding.code) + ".next"));

    let mut seen = BTreeSet::new();
    let wanted = report.wanted_evidence().iter().filter_map(|wanted| wanted_step(wanted, catalogue));
    let known = keys.iter().filter_map(|key| catalogue.find(key, &[]));
    known.chain(wanted).filter(|step| seen.insert(step.clone())).collect()
}

fn wanted_step(wanted: &WantedEvidence, catalogue: &Catalogue) -> Option<String> {
    let (key, subject, uri) = match wanted {
        WantedEvidence::Revocation { subject, crl_uris, ocsp_uris, .. } => {
            ("next-revocation", subject, crl_uris.first().or(ocsp_uris.first())?)
        }
        WantedEvidence::Issuer { issuer, uris, .. } => ("next-issuer", issuer, uris.first()?),
    };
    Some(catalogue.text(key, &[("uri", uri.into()), ("subject", (&super::name::common_name(subject)).into())]))
}
