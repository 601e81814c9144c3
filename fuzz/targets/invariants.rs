//! What holds of every result, whatever the input was.

use std::sync::OnceLock;

use kenin::{Facts, Report, UtcTime, Verifier};
use serde_json::Value;

/// Judges facts and holds the report against what every report is: the same again (what the caches hold changes nothing), of the
/// published schema, and about places that are in the document.
pub fn judged(verifier: &Verifier, facts: &Facts, time: UtcTime) -> Report {
    let report = verifier.judge_at(facts, time);
    let json = serde_json::to_value(&report).expect("every report can be written");
    let again = serde_json::to_value(verifier.judge_at(facts, time)).expect("every report can be written");
    assert_eq!(json, again, "a verdict is a function of facts, trust, policy and time");
    let broken: Vec<String> =
        schema().iter_errors(&json).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(broken, [""; 0], "a report is as its schema says");
    report
}

fn schema() -> &'static jsonschema::Validator {
    static SCHEMA: OnceLock<jsonschema::Validator> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let schema = serde_json::from_str(include_str!("../../docs/report.schema.json")).expect("the schema is JSON");
        jsonschema::validator_for(&schema).expect("the schema is one")
    })
}

/// Every span of the facts lies within the document.
pub fn spans_lie_within(facts: &Facts, length: usize) {
    let length = u64::try_from(length).unwrap_or(u64::MAX);
    walk(&serde_json::to_value(facts).expect("all facts can be written"), &mut |start, end| {
        assert!(start <= end && end <= length, "{start}..{end} of {length} bytes");
    });
}

fn walk(value: &Value, span: &mut impl FnMut(u64, u64)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(item, span)),
        Value::Object(fields) => {
            if let (Some(start), Some(end), 2) =
                (fields.get("start").and_then(Value::as_u64), fields.get("end").and_then(Value::as_u64), fields.len())
            {
                span(start, end);
            }
            fields.values().for_each(|field| walk(field, span));
        }
        _ => {}
    }
}
