use std::collections::BTreeMap;

use super::{Catalogue, Value, check_key, finding_key, requirement_key, status_name};
use crate::report::{CheckReport, FindingReport, Report, RequirementReport};

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
        check.message = check_message(check, catalogue);
        self::checks(&mut check.children, catalogue);
    }
}

/// The sentence for the check's outcome, or its title where the outcome needs no sentence of its own.
fn check_message(check: &CheckReport, catalogue: &Catalogue) -> String {
    let key = check_key(check.id);
    let status = status_name(check.status);
    let values = values(&check.params);
    catalogue.first_of(&[&format!("{key}.{status}-detail"), &format!("{key}.{status}"), &key], &values)
}

fn requirements(requirements: &mut [RequirementReport], catalogue: &Catalogue) {
    for requirement in requirements {
        requirement.title = catalogue.text(&requirement_key(requirement.id), &[]);
        requirement.message = catalogue.text(&format!("reason-{}", requirement.reason), &[]);
        checks(&mut requirement.checks, catalogue);
    }
}

fn values(params: &BTreeMap<String, String>) -> Vec<(&str, Value<'_>)> {
    params.iter().map(|(name, value)| (name.as_str(), value.into())).collect()
}
