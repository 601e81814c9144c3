use kenin_base::{Finding, FindingCode, LimitExceeded};

/// The finding of a budget that was reached.
pub(crate) fn of_limit(limit: LimitExceeded, subject: &str) -> Finding {
    Finding::new(FindingCode::LimitExceeded)
        .about(subject)
        .with("limit", limit.limit)
        .with("resource", limit.resource.name())
}

/// Findings of one kind that are compared with a new one.
const LAST: usize = 8;

/// Adds a finding unless it is among the last ones: a million that say the same say no more than one.
pub(crate) fn note(out: &mut Vec<Finding>, finding: Finding) {
    if !out.iter().rev().take(LAST).any(|known| *known == finding) {
        out.push(finding);
    }
}

/// An element that is missing, or that cannot be read.
pub(crate) fn malformed(subject: &str, problem: &str) -> Finding {
    Finding::new(FindingCode::Malformed).about(subject).with("problem", problem)
}
