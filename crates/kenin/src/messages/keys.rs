use kenin_base::FindingCode;
#[cfg(test)]
use kenin_facts::ModificationRule;
use kenin_validation::{CheckId, CheckStatus, SubIndication};

/// The catalogue's key of a finding.
pub(crate) fn finding_key(code: FindingCode) -> String {
    format!("finding-{code}")
}

/// The catalogue's key of a check.
pub(crate) fn check_key(id: CheckId) -> String {
    format!("check-{}", id.0)
}

/// The catalogue's key of a sub-indication: `HASH_FAILURE` is `sub-hash-failure`.
pub(crate) fn sub_indication_key(sub_indication: SubIndication) -> String {
    format!("sub-{}", sub_indication.as_str().to_ascii_lowercase().replace('_', "-"))
}

/// The catalogue's key of a kind of change after signing.
pub(crate) fn modification_key(rule: &str) -> String {
    format!("modification-{rule}")
}

/// The catalogue's key of a requirement: `14-1-1(1)` is `requirement-14-1-1-1`.
pub(crate) fn requirement_key(id: &str) -> String {
    format!("requirement-{}", id.replace('(', "-").replace(')', ""))
}

/// The catalogue's key of a reason why a requirement was judged as it was.
pub(crate) fn reason_key(reason: &str) -> String {
    format!("reason-{reason}")
}

/// The catalogue's key of a reason of revocation, by its name in RFC 5280.
pub(crate) fn revocation_reason_key(name: &str) -> String {
    format!("revocation-reason-{name}")
}

/// The text of a check's status in keys and JSON.
pub(crate) fn status_name(status: CheckStatus) -> &'static str {
    match status {
        CheckStatus::Passed => "passed",
        CheckStatus::Failed => "failed",
        CheckStatus::Indeterminate => "indeterminate",
        CheckStatus::Warning => "warning",
        CheckStatus::Info => "info",
        CheckStatus::Skipped => "skipped",
    }
}

/// Every key that a report can ask for.
#[cfg(test)]
pub(super) fn required() -> impl Iterator<Item = String> {
    let findings = FindingCode::ALL.iter().map(|code| finding_key(*code));
    let checks = kenin_validation::check_ids::ALL.iter().flat_map(|id| {
        let key = check_key(*id);
        ["", ".passed", ".failed", ".indeterminate", ".about"].map(|part| format!("{key}{part}"))
    });
    let sub_indications = SubIndication::ALL.iter().flat_map(|sub| {
        let key = sub_indication_key(*sub);
        [key]
    });
    let requirements = crate::REQUIREMENT_IDS.iter().flat_map(|(id, _)| {
        let key = requirement_key(id);
        [format!("{key}.about"), key]
    });
    let reasons = crate::requirement_reasons().iter().map(|reason| reason_key(reason));
    let modifications = ModificationRule::ALL.iter().flat_map(|rule| {
        let key = modification_key(rule.as_str());
        [format!("{key}.about"), key]
    });
    let missing = crate::What::ALL.iter().map(|what| format!("missing-{}", crate::render::serde_name(what)));
    findings.chain(modifications).chain(missing).chain(checks).chain(sub_indications).chain(requirements).chain(reasons)
}
