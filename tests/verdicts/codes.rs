//! Every code that the report of any case holds can be explained. Every string of a report is known here, as a code of a
//! kind or as free text, so that a new field cannot bring codes that nobody explains.

use std::collections::BTreeSet;

use kenin::CodeKind;
use serde_json::{Map, Value};

use super::reports;

/// What a string of a report is.
#[derive(Clone, Copy)]
enum Text {
    /// A code of this kind.
    Code(CodeKind),
    /// The code before the colon.
    Prefix(CodeKind),
    /// Codes, separated by commas; possibly none.
    Codes(CodeKind),
    /// Names, times, digests, messages, identifiers.
    Free,
}

/// What the string `field` of an object is that stands in `parent`, the nearest field above it.
fn text_of(parent: &str, field: &str) -> Option<Text> {
    use CodeKind as Kind;
    Some(match (parent, field) {
        ("", "verdict") => Text::Code(Kind::Verdict),
        ("", "conformity") => Text::Code(Kind::Conformity),
        ("", "time_source") => Text::Code(Kind::TimeSource),
        ("document", "format") => Text::Code(Kind::DocumentFormat),
        ("error", "code") => Text::Code(Kind::Error),
        ("findings", "code") | ("profile", "findings") => Text::Code(Kind::Finding),
        ("signatures" | "timestamps", "indication") => Text::Code(Kind::Indication),
        ("signatures" | "timestamps", "sub_indication") => Text::Code(Kind::SubIndication),
        ("signatures", "kind") => Text::Code(Kind::SignatureKind),
        ("signatures", "format") => Text::Code(Kind::SignatureFormat),
        ("signatures", "level" | "reached_level") | ("next_level", "level") => Text::Code(Kind::Level),
        ("signatures" | "timestamps", "imprint") => Text::Code(Kind::Imprint),
        ("timestamps", "kind") => Text::Code(Kind::TimestampKind),
        ("timestamps", "grade") => Text::Code(Kind::Grade),
        ("missing", "what") => Text::Code(Kind::Missing),
        ("axes", _) => Text::Code(Kind::Axis),
        ("integrity", "signature_value") => Text::Code(Kind::SignatureValue),
        ("integrity", "signed_data") => Text::Code(Kind::SignedData),
        ("integrity", "coverage") => Text::Code(Kind::Coverage),
        ("xml", "part") => Text::Code(Kind::RecordPart),
        ("references", "kind") => Text::Code(Kind::ReferenceKind),
        ("references", "status") => Text::Code(Kind::SignedData),
        ("modifications", "rule") => Text::Code(Kind::Modification),
        ("modifications", "status") => Text::Code(Kind::ModificationStatus),
        ("modifications", "severity") => Text::Code(Kind::Severity),
        ("roles", "kind") => Text::Code(Kind::RoleKind),
        ("signature_policy", "form") => Text::Code(Kind::PolicyForm),
        ("revocation", "status") => Text::Code(Kind::RevocationStatus),
        ("revocation", "why") => Text::Code(Kind::Datum),
        ("preservation", "because") => Text::Code(Kind::Preservation),
        ("requirements", "id") => Text::Code(Kind::Requirement),
        ("requirements", "status") => Text::Code(Kind::RequirementStatus),
        ("requirements", "reason") => Text::Code(Kind::Reason),
        ("requirements", "route") => Text::Code(Kind::Route),
        ("checks" | "children", "id") => Text::Code(Kind::Check),
        ("checks" | "children", "status") => Text::Code(Kind::CheckStatus),
        ("evidence", "type") => Text::Code(Kind::EvidenceType),
        ("evidence" | "chain", "source") => Text::Prefix(Kind::EvidenceSource),
        ("xml", "path") | ("references", "uri" | "element" | "media_type" | "digest_algorithm") => Text::Free,
        ("", "schema" | "validation_time" | "verification_id") | ("tool", _) => Text::Free,
        ("document", "path" | "content_path" | "sha256") | ("error", "message" | "reason") => Text::Free,
        ("findings", "message" | "subject") | ("requirements", "message" | "title" | "signatures") => Text::Free,
        ("checks" | "children", "message" | "rule" | "facts") => Text::Free,
        ("missing", "certificate" | "subject") | ("evidence" | "content", "sha256") | ("roles", "name" | "name_ja") => {
            Text::Free
        }
        ("modifications", "object" | "field" | "what") | ("signature_policy", "id" | "uri") => Text::Free,
        ("signer", "subject" | "issuer" | "serial" | "certificate_sha256" | "policies") => Text::Free,
        ("signer", "not_before" | "not_after") => Text::Free,
        ("chain", "certificate_sha256" | "subject" | "not_before" | "not_after") => Text::Free,
        ("revocation", "datum_sha256" | "this_update" | "next_update" | "revocation_date") => Text::Free,
        ("timestamps", "id" | "gen_time" | "tsa" | "policy" | "anchor") => Text::Free,
        ("preservation", "verifiable_until" | "renew_before" | "subject") => Text::Free,
        ("signatures", "id" | "parent" | "field" | "level_names" | "anchor" | "commitments") => Text::Free,
        ("signatures", "digest_algorithm" | "signature_algorithm") => Text::Free,
        ("signatures", "claimed_signing_time" | "claimed_reason" | "claimed_location" | "best_signature_time") => {
            Text::Free
        }
        _ => return None,
    })
}

/// What the parameter `name` of a check or finding is. Not codes of their own are `kind` of `prepared-content` and `reaches`
/// of `parser-differential`: the message of the finding says in words what they say.
fn param_of(owner: &str, name: &str) -> Text {
    match (owner, name) {
        ("certification-path" | "alternative-path" | "path-validation", "reason") => Text::Code(CodeKind::PathReason),
        ("signature-value", "reason") => Text::Code(CodeKind::NotChecked),
        ("revocation-status", "status") => Text::Code(CodeKind::RevocationStatus),
        ("revocation-status", "reason") => Text::Codes(CodeKind::RevocationReason),
        ("limit-exceeded", "resource") => Text::Code(CodeKind::Limit),
        ("format-checking", "findings") => Text::Codes(CodeKind::Finding),
        (_, "sub_indication") => Text::Codes(CodeKind::SubIndication),
        (_, "rule") => Text::Code(CodeKind::Modification),
        _ => Text::Free,
    }
}

/// Everything in the reports that nobody explains, and every code seen, with its kind.
#[derive(Default)]
struct Seen {
    unknown: BTreeSet<String>,
    codes: BTreeSet<(CodeKind, String)>,
}

impl Seen {
    fn walk(&mut self, parent: &str, object: &Map<String, Value>) {
        for (field, value) in object {
            match value {
                Value::Object(inner) if field == "params" => {
                    let owner = object.get("id").or(object.get("code")).and_then(Value::as_str).unwrap_or_default();
                    for (name, value) in inner {
                        self.take(param_of(owner, name), value.as_str().expect("parameters are text"));
                    }
                }
                Value::Object(inner) => self.walk(field, inner),
                Value::Array(items) => items.iter().for_each(|item| match item {
                    Value::Object(inner) => self.walk(field, inner),
                    other => self.string(parent, field, other),
                }),
                other => self.string(parent, field, other),
            }
        }
    }

    fn string(&mut self, parent: &str, field: &str, value: &Value) {
        let Some(text) = value.as_str() else { return };
        match text_of(parent, field) {
            Some(known) => self.take(known, text),
            None => drop(self.unknown.insert(format!("field {parent}.{field}"))),
        }
    }

    fn take(&mut self, what: Text, text: &str) {
        match what {
            Text::Free => {}
            Text::Code(kind) => self.code(kind, text),
            Text::Prefix(kind) => self.code(kind, text.split(':').next().unwrap_or_default()),
            // An empty list, or `none`, stands where there is no code.
            Text::Codes(kind) => {
                text.split(", ").filter(|code| !matches!(*code, "" | "none")).for_each(|code| self.code(kind, code));
            }
        }
    }

    fn code(&mut self, kind: CodeKind, code: &str) {
        self.codes.insert((kind, code.to_owned()));
    }
}

#[test]
fn every_code_of_every_report_can_be_explained() {
    let mut seen = Seen::default();
    for (_, _, report) in reports() {
        seen.walk("", report.as_object().expect("a report is an object"));
    }
    let known: BTreeSet<(CodeKind, String)> =
        CodeKind::ALL.iter().flat_map(|kind| kind.codes().into_iter().map(|code| (*kind, code))).collect();
    let unexplained: Vec<_> = seen.codes.difference(&known).collect();
    assert!(unexplained.is_empty(), "no explanation: {unexplained:?}");
    assert_eq!(seen.unknown, BTreeSet::new(), "say in this file whether these are codes");
    assert!(seen.codes.len() > 200, "{}", seen.codes.len());
}
