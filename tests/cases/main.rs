//! The case table: every file of `testdata/` through the program, held against `tests/cases.toml`.
//!
//! The expectations there are derived by hand from the rules each case names; this file only compares.
//! One test for each case, named by its id:
//!
//!     cargo test --test cases b5-unsorted
// A test program: a failed assumption about the table should stop it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod attacks;
mod table;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use kenin_crypto::sha256;
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::{Value, json};
use table::{Case, ExpectedModification, ExpectedSignature, ExpectedTimestamp};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cases = table::read(&root().join("tests/cases.toml"));
    let ids: Vec<String> = cases.iter().map(|case| case.id.clone()).collect();
    let mut trials = vec![Trial::test("attack-cases-table", move || attacks::check(&root(), &ids))];
    trials.extend(cases.into_iter().map(|case| Trial::test(case.id.clone(), move || check(&case))));
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn check(case: &Case) -> Result<(), Failed> {
    let (exit, report) = run(case)?;
    let mut differences = Differences::default();
    differences.compare("exit", case.exit, &exit);
    differences.text("verdict", case.verdict.as_deref(), &report["verdict"]);
    differences.text("conformity", case.conformity.as_deref(), &report["conformity"]);
    for (id, status) in &case.requirements {
        let judged = array(&report["requirements"]).iter().find(|judged| judged["id"] == id.as_str());
        let judged = judged.ok_or_else(|| format!("requirement {id} is not in the report"))?;
        differences.text(&format!("requirement {id}"), Some(status), &judged["status"]);
    }
    for code in &case.findings {
        if !every_code(&report).any(|found| found == code) {
            differences.0.push(format!("finding {code}: expected somewhere in the report, found nowhere"));
        }
    }
    for code in &case.reasons {
        if !gives_reason(&report, code) {
            differences.0.push(format!("reason {code}: expected somewhere in the report, found nowhere"));
        }
    }
    if let Some(expected) = &case.signatures {
        let actual = array(&report["signatures"]);
        differences.compare("number of signatures", Some(expected.len()), &actual.len());
        for (index, (expected, actual)) in expected.iter().zip(actual).enumerate() {
            signature(&format!("signatures[{index}]"), expected, actual, &mut differences);
        }
    }
    content(case, &report, &mut differences)?;
    if differences.0.is_empty() {
        return Ok(());
    }
    Err(format!("{}\n  rule: {}\n  why: {}", differences.0.join("\n"), case.rule, case.why).into())
}

/// Which content was given, for every case with one and for no other.
fn content(case: &Case, report: &Value, differences: &mut Differences) -> Result<(), Failed> {
    let octets = case.content.as_ref().map(|path| fs::read(root().join("testdata").join(path))).transpose()?;
    let expected = octets.map(|octets| json!({ "size": octets.len(), "sha256": sha256(&octets).to_string() }));
    let actual = report["document"].get("content");
    if actual != expected.as_ref() {
        differences.0.push(format!("document.content: expected {expected:?}, got {actual:?}"));
    }
    Ok(())
}

/// The program's exit code and JSON report for a case.
fn run(case: &Case) -> Result<(i32, Value), Failed> {
    let testdata = root().join("testdata");
    let mut command = Command::new(env!("CARGO_BIN_EXE_kenin"));
    command.arg("verify").arg(testdata.join(&case.file)).args(["--format", "json", "--time", &case.time]);
    command.arg("--trust").arg(testdata.join(&case.trust));
    match case.policy.ends_with(".toml") {
        true => command.arg("--policy").arg(testdata.join(&case.policy)),
        false => command.arg("--policy").arg(&case.policy),
    };
    if let Some(content) = &case.content {
        command.arg("--content").arg(testdata.join(content));
    }
    if let Some(password) = &case.password {
        command.arg("--password").arg(password);
    }
    for evidence in &case.evidence {
        command.arg("--evidence").arg(testdata.join(evidence));
    }
    let output = command.output().map_err(|error| error.to_string())?;
    let code = output.status.code().ok_or("the program was killed by a signal")?;
    let report = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("no JSON report ({error}): {}", String::from_utf8_lossy(&output.stderr)))?;
    Ok((code, report))
}

fn signature(place: &str, expected: &ExpectedSignature, actual: &Value, differences: &mut Differences) {
    let integrity = &actual["integrity"];
    for (name, expected, actual) in [
        ("kind", &expected.kind, &actual["kind"]),
        ("format", &expected.format, &actual["format"]),
        ("level", &expected.level, &actual["level"]),
        ("reached_level", &expected.reached_level, &actual["reached_level"]),
        ("best_signature_time", &expected.best_signature_time, &actual["best_signature_time"]),
        ("indication", &expected.indication, &actual["indication"]),
        ("sub_indication", &expected.sub_indication, &actual["sub_indication"]),
        ("imprint", &expected.imprint, &actual["imprint"]),
        ("algorithm", &expected.algorithm, &actual["signature_algorithm"]),
        ("signature_value", &expected.signature_value, &integrity["signature_value"]),
        ("signed_data", &expected.signed_data, &integrity["signed_data"]),
    ] {
        differences.text(&format!("{place}.{name}"), expected.as_deref(), actual);
    }
    for code in &expected.findings {
        if !codes_of_signature(actual).any(|found| found == code) {
            let found: Vec<&str> = codes_of_signature(actual).collect();
            differences.0.push(format!("{place}.findings: {code} is missing in {found:?}"));
        }
    }
    for expected in &expected.modifications {
        let listed = array(&integrity["modifications"]);
        if !listed.iter().any(|actual| is_modification(expected, actual)) {
            differences.0.push(format!("{place}.modifications: {expected:?} is missing in {listed:?}"));
        }
    }
    let timestamps = array(&actual["timestamps"]);
    for (index, expected) in expected.timestamps.iter().enumerate() {
        let place = format!("{place}.timestamps[{index}]");
        match timestamps.get(index) {
            Some(actual) => timestamp(&place, expected, actual, differences),
            None => differences.0.push(format!("{place}: missing")),
        }
    }
}

fn timestamp(place: &str, expected: &ExpectedTimestamp, actual: &Value, differences: &mut Differences) {
    for (name, expected) in [
        ("kind", &expected.kind),
        ("indication", &expected.indication),
        ("sub_indication", &expected.sub_indication),
        ("imprint", &expected.imprint),
        ("grade", &expected.grade),
    ] {
        differences.text(&format!("{place}.{name}"), expected.as_deref(), &actual[name]);
    }
}

/// Whether a listed change is the expected one; what the table does not name is not compared.
fn is_modification(expected: &ExpectedModification, actual: &Value) -> bool {
    let rect = || array(&actual["rect"]).iter().filter_map(Value::as_f64);
    actual["rule"] == expected.rule.as_str()
        && expected.page.is_none_or(|page| actual["page"] == page)
        && expected.rect.is_none_or(|sides| rect().eq(sides))
        && expected.over_text.is_none_or(|over| actual["over_text"].as_bool().unwrap_or(false) == over)
        && expected.field.as_ref().is_none_or(|field| actual["field"] == field.as_str())
}

/// Codes of the findings of a signature and of its timestamps.
fn codes_of_signature(signature: &Value) -> impl Iterator<Item = &str> {
    let timestamps = array(&signature["timestamps"]).iter();
    let places = std::iter::once(signature).chain(timestamps);
    places.flat_map(|place| array(&place["findings"])).filter_map(|finding| finding["code"].as_str())
}

/// Codes of every finding of a report.
fn every_code(report: &Value) -> impl Iterator<Item = &str> {
    let document = array(&report["findings"]).iter().filter_map(|finding| finding["code"].as_str());
    document.chain(array(&report["signatures"]).iter().flat_map(codes_of_signature))
}

/// Whether `code` stands somewhere as the reason why a revocation datum (`why`) or a path (`reason`) did not count.
fn gives_reason(value: &Value, code: &str) -> bool {
    match value {
        Value::Object(fields) => fields.iter().any(|(name, value)| {
            (matches!(name.as_str(), "why" | "reason") && value == code) || gives_reason(value, code)
        }),
        Value::Array(elements) => elements.iter().any(|element| gives_reason(element, code)),
        _ => false,
    }
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    /// `""` in the table means that the report has `null`.
    fn text(&mut self, place: &str, expected: Option<&str>, actual: &Value) {
        let actual = actual.as_str().unwrap_or_default().to_owned();
        self.compare(place, expected.map(str::to_owned), &actual);
    }

    fn compare<T: PartialEq + std::fmt::Debug>(&mut self, place: &str, expected: Option<T>, actual: &T) {
        if let Some(expected) = expected.filter(|expected| expected != actual) {
            self.0.push(format!("{place}: expected {expected:?}, got {actual:?}"));
        }
    }
}
