use kenin_base::{Finding, FindingCode, LimitExceeded};

/// The finding of a budget that was reached.
pub(crate) fn of_limit(limit: LimitExceeded, subject: &str) -> Finding {
    Finding::new(FindingCode::LimitExceeded)
        .about(subject)
        .with("limit", limit.limit)
        .with("resource", limit.resource.name())
}

/// An element that is missing, or that cannot be read.
pub(crate) fn malformed(subject: &str, problem: &str) -> Finding {
    Finding::new(FindingCode::Malformed).about(subject).with("problem", problem)
}
