//! What was changed after signing: kenin beside pyHanko, EU DSS and the assertions of iText's own tests.
//!
//! The three differ in what they take for a change at all, so that agreement is asserted where two of them agree, and
//! every single difference from pyHanko and iText stands in `change_exceptions.toml` with its reason by the standard.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kenin::{FindingCode, ModificationStatus, SignatureReport};
use libtest_mimic::Failed;
use serde::Deserialize;
use serde_json::Value;

use crate::corpus::none;
use crate::expected::oracles;
use crate::run::Outcome;

/// Per cent of agreement, where pyHanko and EU DSS agree and with all that pyHanko and iText say.
const TWO_VERIFIERS: usize = 97;
const PYHANKO: usize = 87;
const ITEXT: usize = 85;

/// One answer about a signature, or about a file where the field is empty.
struct Compared {
    path: String,
    field: String,
    expected: &'static str,
    actual: &'static str,
}

impl Compared {
    fn agrees(&self) -> bool {
        self.expected == self.actual
    }

    fn place(&self) -> String {
        if self.field.is_empty() { self.path.clone() } else { format!("{} [{}]", self.path, self.field) }
    }
}

/// Differences with one reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    /// `pyhanko` or `itext`.
    verifier: String,
    #[allow(dead_code, reason = "required in the file, read by people")]
    reason: String,
    expected: String,
    actual: String,
    /// A path, and the field in brackets.
    places: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exceptions {
    group: Vec<Group>,
}

/// Where pyHanko and EU DSS agree whether something was changed that neither signing, filling in nor preserving is.
pub fn two_verifiers(folder: &Path, outcomes: &[Outcome]) -> Result<(), Failed> {
    let of_dss = undefined_changes(&oracles(folder));
    let both = |compared: &Compared| {
        let dss = of_dss.get(&(compared.path.clone(), compared.field.clone()));
        dss.is_some_and(|changed| name_of(*changed) == compared.expected)
    };
    let facts: Vec<Compared> = pyhanko(outcomes).into_iter().filter(both).collect();
    at_least("pyHanko and EU DSS where they agree", &facts, TWO_VERIFIERS)
}

/// All that pyHanko says, each difference explained.
pub fn pyhanko_explained(_: &Path, outcomes: &[Outcome]) -> Result<(), Failed> {
    let facts = pyhanko(outcomes);
    at_least("pyHanko", &facts, PYHANKO)?;
    explained("pyhanko", &facts)
}

/// What iText's tests assert of a whole document, each difference explained.
pub fn itext_explained(folder: &Path, outcomes: &[Outcome]) -> Result<(), Failed> {
    let facts = itext(&oracles(folder), outcomes);
    at_least("iText's assertions", &facts, ITEXT)?;
    explained("itext", &facts)
}

/// Attack files of the corpus: by name the field, the sub-indication, and the rule of what was changed or the finding
/// that says what is wrong.
const ATTACKS: &[(&str, &str, &str, &str)] = &[
    ("mkl-testarea/pades/isa_A.pdf", "Signature1", "FORMAT_FAILURE", "page-tree"),
    ("mkl-testarea/pades/isa_D.pdf", "Signature1", "FORMAT_FAILURE", "page-tree"),
    ("mkl-testarea/pades/isa_F.pdf", "Signature1", "FORMAT_FAILURE", "page-content"),
    ("mkl-testarea/pades/isa_G.pdf", "Signature2", "FORMAT_FAILURE", "page-tree"),
    ("mkl-testarea/pades/isa_H.pdf", "Signature1", "FORMAT_FAILURE", "parser-differential"),
    ("mkl-testarea/pades/siwa_B.pdf", "Signature1", "FORMAT_FAILURE", "byte-range-gap"),
    ("mkl-testarea/pades/siwa_C.pdf", "Signature1", "FORMAT_FAILURE", "byte-range-gap"),
    ("mkl-testarea/pades/siwa_D.pdf", "Signature1", "FORMAT_FAILURE", "byte-range-gap"),
    ("mkl-testarea/pades/siwa_E.pdf", "Signature1", "FORMAT_FAILURE", "byte-range-gap"),
    ("mkl-testarea/pades/usf_01_Empty_Contents.pdf", "Signature1", "FORMAT_FAILURE", "contents-malformed"),
    ("mkl-testarea/pades/usf_03_Null_Contents.pdf", "Signature1", "FORMAT_FAILURE", "contents-malformed"),
    ("mkl-testarea/pades/usf_04_No_Contents_Value.pdf", "Signature1", "FORMAT_FAILURE", "contents-malformed"),
    ("dss/pades/siwa.pdf", "Signature1", "FORMAT_FAILURE", "byte-range-gap"),
    ("dss/pades/pades-spoofing-replaced-reason.pdf", "Signature1", "FORMAT_FAILURE", "signature-changed"),
    ("dss/pades/pdf-byterange-overlap.pdf", "Signature2", "FORMAT_FAILURE", "byte-range-gap"),
    ("itext/pades/isaValidPdf.pdf", "Signature1", "FORMAT_FAILURE", "page-content"),
];

/// Every attack fails, for its own reason.
pub fn attacks_fail(_: &Path, outcomes: &[Outcome]) -> Result<(), Failed> {
    let wrong = ATTACKS.iter().filter_map(|(name, field, sub_indication, reason)| {
        let outcome = outcomes.iter().find(|outcome| outcome.row.path == format!("files/{name}"));
        let report = outcome.and_then(|outcome| outcome.report.as_ref().ok());
        let signature = report.and_then(|r| r.signatures.iter().find(|s| s.field.as_deref() == Some(field)));
        let Some(signature) = signature else { return Some(format!("{name}: no such signature")) };
        let found = signature.sub_indication.map(|sub| sub.to_string());
        let mut reasons: Vec<&str> = signature.findings.iter().map(|finding| finding.code.as_str()).collect();
        let changes = signature.integrity.modifications.iter().flatten();
        reasons.extend(changes.filter(|c| c.status == ModificationStatus::Suspicious).map(|c| c.rule.as_str()));
        let fails = signature.indication.total() == "TOTAL-FAILED" && found.as_deref() == Some(sub_indication);
        (!fails || !reasons.contains(reason)).then(|| format!("{name}: {found:?}, {reasons:?}"))
    });
    none(wrong)
}

fn name_of(changed: bool) -> &'static str {
    if changed { "suspicious" } else { "allowed" }
}

fn pyhanko(outcomes: &[Outcome]) -> Vec<Compared> {
    let mut facts = Vec::new();
    for outcome in outcomes {
        for (field, agreed) in &outcome.row.consensus.signatures {
            let Some(level) = agreed.pyhanko_mod.as_deref() else { continue };
            let report = outcome.report.as_ref().ok();
            let signature = report.and_then(|r| r.signatures.iter().find(|s| s.field.as_deref() == Some(field)));
            facts.push(Compared {
                path: outcome.row.path.clone(),
                field: field.clone(),
                expected: name_of(level == "OTHER"),
                actual: signature.map_or("no such field", |signature| name_of(is_suspicious(signature))),
            });
        }
    }
    facts
}

/// A change that is not permitted, or no telling what was changed.
fn is_suspicious(signature: &SignatureReport) -> bool {
    let modifications = signature.integrity.modifications.as_ref();
    modifications.is_none_or(|list| list.iter().any(|made| made.status == ModificationStatus::Suspicious))
}

fn itext(oracles: &BTreeMap<String, Value>, outcomes: &[Outcome]) -> Vec<Compared> {
    let mut facts = Vec::new();
    for outcome in outcomes {
        let Some(test) = oracles.get(&outcome.row.path).map(|oracle| &oracle["itext_test"]) else { continue };
        let methods = test["methods"].as_array().into_iter().flatten();
        let asserted: BTreeSet<&str> = methods
            .flat_map(|method| method["facts"].as_array().into_iter().flatten())
            .filter_map(Value::as_str)
            .filter_map(|fact| fact.strip_prefix("hasStatus(ValidationResult.")?.strip_suffix(')'))
            .collect();
        // A file that is asked several questions with different answers cannot be told from its name alone.
        let expected = match asserted.iter().copied().collect::<Vec<_>>().as_slice() {
            ["VALID"] => "valid",
            ["INVALID"] => "invalid",
            _ => continue,
        };
        let Ok(report) = &outcome.report else { continue };
        // Only what was changed is compared: iText's tests bring certificates and dates of their own.
        let broken = |signature: &SignatureReport| {
            let code = signature.sub_indication.map(|sub| sub.to_string());
            matches!(code.as_deref(), Some("FORMAT_FAILURE" | "HASH_FAILURE" | "SIG_CRYPTO_FAILURE"))
                || signature.findings.iter().any(|finding| finding.code == FindingCode::ModificationUnclear)
                    && expected == "invalid"
        };
        let actual = if report.signatures.iter().any(broken) { "invalid" } else { "valid" };
        facts.push(Compared { path: outcome.row.path.clone(), field: String::new(), expected, actual });
    }
    facts
}

/// Whether EU DSS found an object changed that it has no name for, by file and field.
fn undefined_changes(oracles: &BTreeMap<String, Value>) -> BTreeMap<(String, String), bool> {
    let mut found = BTreeMap::new();
    for (path, oracle) in oracles {
        let run = &oracle["dss_run"];
        let signatures = ["signatures", "timestamps"].into_iter().filter_map(|list| run[list].as_array()).flatten();
        for pdf in signatures.map(|signature| &signature["pdf"]) {
            let changed = pdf["n_undefined_changes"].as_u64().unwrap_or_default() > 0;
            for field in pdf["fields"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                found.insert((path.clone(), field.to_owned()), changed);
            }
        }
    }
    found
}

fn at_least(what: &str, facts: &[Compared], per_cent: usize) -> Result<(), Failed> {
    let agreed = facts.iter().filter(|fact| fact.agrees()).count();
    println!("changes after signing, {what}: {agreed} of {}", facts.len());
    if agreed * 100 >= facts.len() * per_cent && !facts.is_empty() {
        return Ok(());
    }
    Err(format!("{agreed} of {} agree with {what}, {per_cent} % are required", facts.len()).into())
}

/// Every difference stands in the exceptions, and every exception is still one.
fn explained(verifier: &str, facts: &[Compared]) -> Result<(), Failed> {
    let exceptions: Exceptions = toml::from_str(include_str!("change_exceptions.toml")).unwrap();
    let groups = exceptions.group.iter().filter(|group| group.verifier == verifier);
    let mut known: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for group in groups {
        known.extend(
            group.places.iter().map(|place| (place.as_str(), (group.expected.as_str(), group.actual.as_str()))),
        );
    }
    let mut complaints = Vec::new();
    for fact in facts {
        let place = fact.place();
        match (known.remove(place.as_str()), fact.agrees()) {
            (None, true) => {}
            (Some(answers), false) if answers == (fact.expected, fact.actual) => {}
            (None, false) => complaints.push(format!("{place}: {} and not {}", fact.actual, fact.expected)),
            (Some(_), _) => complaints.push(format!("{place}: the exception is stale")),
        }
    }
    complaints.extend(known.keys().map(|place| format!("{place}: an exception about nothing")));
    none(complaints.into_iter())
}
