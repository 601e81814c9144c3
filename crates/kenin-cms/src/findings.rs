use kenin_asn1::{EncodingNotes, Error};
use kenin_base::{Finding, FindingCode, LimitExceeded, Span};

/// What a decoding error says about the document: a budget that was reached, or damage at a place.
pub(crate) fn of_error(error: &Error, subject: &str) -> Finding {
    match error.limit() {
        Some(limit) => of_limit(limit, subject),
        None => Finding::new(FindingCode::Malformed)
            .about(subject)
            .at(Span::at(error.offset, 0))
            .with("problem", &error.kind),
    }
}

/// As [`of_error`], with the code that says what is damaged.
pub(crate) fn of_problem(code: FindingCode, error: &Error, subject: &str) -> Finding {
    match error.limit() {
        Some(limit) => of_limit(limit, subject),
        None => Finding::new(code).with("problem", error),
    }
}

/// The finding of a budget that was reached.
pub(crate) fn of_limit(limit: LimitExceeded, subject: &str) -> Finding {
    Finding::new(FindingCode::LimitExceeded)
        .about(subject)
        .with("limit", limit.limit)
        .with("resource", limit.resource.name())
}

/// What the encoding used beyond DER.
pub(crate) fn of_notes(notes: EncodingNotes, span: Span) -> Vec<Finding> {
    let mut findings = Vec::new();
    if notes.indefinite_length || notes.constructed_string {
        findings.push(Finding::new(FindingCode::BerEncoding).at(span));
    }
    if notes.non_minimal {
        findings.push(Finding::new(FindingCode::NonMinimalEncoding).at(span));
    }
    findings
}
