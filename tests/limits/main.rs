//! Every budget of `kenin_base::Limits`, reached by a hostile document under the default limits: the built program says
//! which one it was, decides nothing, and takes neither long nor much memory. `docs/testing.md` has what was measured.
//!
//!     cargo test --test limits                    prints seconds and MB of each row with `-- --nocapture`
// A test: what cannot be made or read should stop it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]

mod chains;
mod cms;
mod pdf;
mod run;
mod xml;

use std::process::ExitCode;

use kenin_base::Resource;
use libtest_mimic::{Arguments, Failed, Trial};
use run::{Measured, verify};
use serde_json::Value;

/// What no document may take: the aim is a second with a release build, and a busy machine is no failure.
const SECONDS: f64 = 30.0;
const MEGABYTES: u64 = 512;

/// A hostile document and what is said of it.
pub struct Row {
    pub id: &'static str,
    pub expected: Expected,
    pub document: fn() -> Document,
}

pub enum Expected {
    /// Indeterminate, with `limit-exceeded` naming this budget.
    Limit(Resource),
    /// Decided before any limit: verdict, exit code and a finding.
    Finding(&'static str, i32, &'static str),
    /// Indeterminate before any limit, with this sub-indication of the first signature.
    SubIndication(&'static str),
}

/// What is judged.
pub enum Document {
    /// Octets, and how long the file is with the zeros after them.
    Sparse(Vec<u8>, u64),
    Octets(Vec<u8>),
    /// Octets, with the trust profile and policy of the cases about certificates.
    Case(Vec<u8>),
    /// A file of testdata/, likewise.
    Committed(&'static str),
}

fn main() -> ExitCode {
    let rows = || cms::ROWS.iter().chain(chains::ROWS).chain(pdf::ROWS).chain(xml::ROWS);
    let mut trials = vec![Trial::test("every-budget-has-a-row", move || {
        let reached = |resource| rows().any(|row| matches!(row.expected, Expected::Limit(limit) if limit == resource));
        let missing: Vec<&str> =
            Resource::ALL.into_iter().filter(|resource| !reached(*resource)).map(Resource::name).collect();
        if missing.is_empty() { Ok(()) } else { Err(format!("no document reaches {missing:?}").into()) }
    })];
    trials.extend(rows().map(|row| Trial::test(row.id, || check(row))));
    // One at a time: what is measured is one document.
    let arguments = Arguments { test_threads: Some(1), ..Arguments::from_args() };
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn check(row: &Row) -> Result<(), Failed> {
    let Measured { code, report, seconds, megabytes } = verify(row.id, &(row.document)())?;
    let memory = megabytes.map_or("memory not measured".to_owned(), |megabytes| format!("{megabytes} MB"));
    println!("{}: {seconds:.2} s, {memory}", row.id);
    let (verdict, exit, finding) = match row.expected {
        Expected::Limit(_) => ("indeterminate", 2, "limit-exceeded"),
        Expected::Finding(verdict, exit, finding) => (verdict, exit, finding),
        Expected::SubIndication(sub_indication) => ("indeterminate", 2, sub_indication),
    };
    let mut found = Vec::new();
    findings(&report, &mut found);
    let is_expected = |found: &&Value| match row.expected {
        Expected::Limit(resource) => found["params"]["resource"] == resource.name(),
        Expected::Finding(..) | Expected::SubIndication(_) => true,
    };
    let said = match row.expected {
        Expected::SubIndication(sub_indication) => report["signatures"][0]["sub_indication"] == sub_indication,
        _ => found.iter().filter(|found| found["code"] == finding).any(is_expected),
    };
    let mut wrong = Vec::new();
    if code != Some(exit) || report["verdict"] != verdict {
        wrong.push(format!("{} with exit code {code:?} in place of {verdict} with {exit}", report["verdict"]));
    }
    if !said {
        let mut codes: Vec<String> =
            found.iter().map(|f| format!("{} {}", f["code"], f["params"]["resource"])).collect();
        codes.sort();
        codes.dedup();
        wrong.push(format!("{finding} is missing in {codes:?}"));
    }
    if seconds > SECONDS {
        wrong.push(format!("took {seconds:.2} s"));
    }
    if megabytes.is_some_and(|megabytes| megabytes > MEGABYTES) {
        wrong.push(format!("took {memory}"));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// Every finding of a report, wherever it stands.
fn findings<'r>(value: &'r Value, found: &mut Vec<&'r Value>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("findings").and_then(Value::as_array).into_iter().flatten());
            fields.values().for_each(|field| findings(field, found));
        }
        Value::Array(elements) => elements.iter().for_each(|element| findings(element, found)),
        _ => {}
    }
}
