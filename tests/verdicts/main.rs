//! What people and programs read for every row of the verdict table (`docs/decisions.md`, "Verdicts"): the text in
//! both languages and the decisive fields of the JSON, and what a screen reader says of the HTML page, as snapshots.
//! One more snapshot has a line for every case of `tests/cases.toml`.
// A test program: a failed assumption should stop it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod codes;
#[path = "../support/outline.rs"]
mod outline;
#[path = "../support/page.rs"]
mod page;
#[path = "../support/rows.rs"]
mod rows;
#[path = "../cases/table.rs"]
#[allow(dead_code, reason = "the case table compares more of a row than is shown here")]
mod table;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::OnceLock;

use rows::{Case, ROWS};
use serde_json::{Value, json};

/// The program's exit code and output for a case.
fn run(case: &Case, more: &[&str]) -> (i32, String) {
    let mut command = rows::verify(Path::new(env!("CARGO_BIN_EXE_kenin")), case);
    let output = command.args(more).output().expect("the program runs");
    (output.status.code().unwrap_or(-1), String::from_utf8(output.stdout).expect("output is UTF-8"))
}

fn cases() -> Vec<Case> {
    rows::cases().expect("the case table is there and valid")
}

#[test]
fn every_row_of_the_verdict_table() {
    let cases = cases();
    for (row, ids) in ROWS {
        for id in *ids {
            let case = rows::case(&cases, id).unwrap();
            let (exit, japanese) = run(case, &["--lang", "ja"]);
            let (_, english) = run(case, &["--lang", "en"]);
            let (_, report) = run(case, &["--format", "json"]);
            let report: Value = serde_json::from_str(&report).expect("a JSON report");
            let decisive = serde_json::to_string_pretty(&decisive(&report)).unwrap();
            let shown = format!("exit {exit}\n\n{japanese}\n{english}\n{decisive}\n");
            insta::assert_snapshot!(format!("{row}@{id}"), shown);
        }
    }
}

/// The outline of the HTML report: the first screen, requirements, times and revisions; what is folded is counted.
#[test]
fn every_row_of_the_verdict_table_as_a_page() {
    let cases = cases();
    for (row, ids) in ROWS {
        for id in *ids {
            let case = rows::case(&cases, id).unwrap();
            let said = ["ja", "en"].map(|lang| {
                let (_, html) = run(case, &["--format", "html", "--lang", lang]);
                outline::outline(&page::Page::parse(&html))
            });
            insta::assert_snapshot!(format!("{row}@{id}-page"), said.join("\n\n"));
        }
    }
}

/// Exit code and JSON report of every case, made once.
fn reports() -> &'static [(Case, i32, Value)] {
    static REPORTS: OnceLock<Vec<(Case, i32, Value)>> = OnceLock::new();
    REPORTS.get_or_init(|| {
        let judged = cases().into_iter().map(|case| {
            let (exit, report) = run(&case, &["--format", "json"]);
            (case, exit, serde_json::from_str(&report).expect("a JSON report"))
        });
        judged.collect()
    })
}

#[test]
fn every_case_in_a_line() {
    let mut lines = String::new();
    for (case, exit, report) in reports() {
        let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        write!(lines, "{}: exit {exit} {} {}", case.id, text(&report["verdict"]), text(&report["conformity"])).unwrap();
        for signature in report["signatures"].as_array().unwrap() {
            let sub = text(&signature["sub_indication"]);
            write!(lines, " | {} {sub}", text(&signature["indication"])).unwrap();
        }
        for requirement in report["requirements"].as_array().unwrap() {
            if requirement["blocking"] == true && requirement["status"] != "satisfied" {
                write!(lines, " | {} {}", text(&requirement["id"]), text(&requirement["status"])).unwrap();
            }
        }
        lines.push('\n');
    }
    insta::assert_snapshot!("every-case", lines);
}

/// The fields of a report that decide what is done with a document.
fn decisive(report: &Value) -> Value {
    let signatures = report["signatures"].as_array().unwrap().iter().map(|signature| {
        let timestamps = signature["timestamps"].as_array().unwrap().iter();
        let timestamps = timestamps.map(|t| pick(t, &["kind", "gen_time", "indication", "sub_indication", "grade"]));
        let names = ["kind", "format", "level", "reached_level", "indication", "sub_indication", "axes", "integrity"];
        let mut picked = pick(signature, &names);
        picked["best_signature_time"] = signature["best_signature_time"].clone();
        picked["roles"] = signature["signer"]["roles"].clone();
        picked["timestamps"] = timestamps.collect();
        picked["findings"] = codes(&signature["findings"]);
        picked
    });
    let requirements = report["requirements"].as_array().unwrap().iter();
    json!({
        "verdict": report["verdict"],
        "conformity": report["conformity"],
        "signatures": signatures.collect::<Vec<_>>(),
        "requirements": requirements.map(|r| pick(r, &["id", "status", "route", "reason"])).collect::<Vec<_>>(),
    })
}

fn pick(value: &Value, names: &[&str]) -> Value {
    names.iter().map(|name| ((*name).to_owned(), value[*name].clone())).collect()
}

fn codes(findings: &Value) -> Value {
    findings.as_array().unwrap().iter().map(|finding| finding["code"].clone()).collect()
}
