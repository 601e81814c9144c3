use std::collections::BTreeMap;

use kenin_validation::{CheckId, CheckStatus, SubIndication};

use super::{Catalogue, Value, check_key, finding_key, reason_key, requirement_key, status_name, sub_indication_key};
use crate::report::{CheckReport, FindingReport, Report, RequirementReport};

impl Catalogue {
    /// The sentence for a check's outcome, or its title where the outcome needs no sentence of its own.
    pub fn check(&self, id: CheckId, status: CheckStatus, params: &BTreeMap<&'static str, String>) -> String {
        let (key, status) = (check_key(id), status_name(status));
        let values = values(params);
        self.first_of(&[&format!("{key}.{status}-detail"), &format!("{key}.{status}"), &key], &values)
    }

    /// The sentence for a sub-indication.
    pub fn sub_indication(&self, sub_indication: SubIndication) -> String {
        self.text(&sub_indication_key(sub_indication), &[])
    }

    /// Indication and sub-indication, in the standard's words.
    pub(crate) fn outcome(&self, indication: &str, sub: SubIndication) -> String {
        self.text("text-outcome", &[("indication", indication.into()), ("sub", sub.as_str().into())])
    }

    /// Indication, sub-indication and the sentence for it.
    pub fn conclusion(&self, indication: &str, sub: SubIndication) -> String {
        let (outcome, text) = (self.outcome(indication, sub), self.sub_indication(sub));
        self.text("text-conclusion", &[("outcome", (&outcome).into()), ("text", (&text).into())])
    }
}

impl Report {
    /// Fills every title and message in the catalogue's language. Codes and parameters stay as they are, so a
    /// report can be localised again in another language.
    pub fn localise(&mut self, catalogue: &Catalogue) {
        for signature in &mut self.signatures {
            findings(&mut signature.findings, catalogue);
            checks(&mut signature.checks, catalogue);
            requirements(&mut signature.requirements, catalogue);
            for timestamp in &mut signature.timestamps {
                findings(&mut timestamp.findings, catalogue);
            }
        }
        findings(&mut self.findings, catalogue);
        requirements(&mut self.requirements, catalogue);
        if let Some(error) = &mut self.error {
            let reason = error.reason.as_deref().unwrap_or_default();
            error.message = catalogue.text(&format!("error-{}", error.code), &[("reason", reason.into())]);
        }
    }
}

fn findings(findings: &mut [FindingReport], catalogue: &Catalogue) {
    for finding in findings {
        let key = finding_key(finding.code);
        let values = values(&finding.params);
        finding.message = catalogue.first_of(&[&format!("{key}.detail"), &key], &values);
    }
}

fn checks(checks: &mut [CheckReport], catalogue: &Catalogue) {
    for check in checks {
        check.message = catalogue.check(check.id, check.status, &check.params);
        self::checks(&mut check.children, catalogue);
    }
}

fn requirements(requirements: &mut [RequirementReport], catalogue: &Catalogue) {
    for requirement in requirements {
        requirement.title = catalogue.text(&requirement_key(requirement.id), &[]);
        requirement.message = catalogue.text(&reason_key(requirement.reason), &[]);
        checks(&mut requirement.checks, catalogue);
    }
}

fn values<N: AsRef<str>>(params: &BTreeMap<N, String>) -> Vec<(&str, Value<'_>)> {
    params.iter().map(|(name, value)| (name.as_ref(), value.into())).collect()
}
