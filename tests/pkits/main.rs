//! NIST PKITS through `validate_certificate`: every test of 4.1 to 4.16, with its own inputs of RFC 5280 6.1.1.
//!
//! The certificates and lists are those of the interop corpus; without it the tests are shown as *ignored*.
//!
//!     cargo test --release --test pkits
// A test program: a failed assumption about the corpus should stop it, and its table belongs on standard output.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::exit)]

#[path = "../support/corpus.rs"]
mod corpus;
#[path = "../support/judge.rs"]
mod judge;
mod reasons;
mod row;

use std::path::Path;
use std::process::ExitCode;

use kenin_base::UtcTime;
use kenin_policy::Policy;
use libtest_mimic::{Arguments, Failed};
use rayon::prelude::*;

use corpus::{Suite, none};
use row::Outcome;

/// Every row of the suite. Variants of one test with other inputs (4.8.1, 4.10.1, …) are rows of their own.
const ROWS: usize = 258;

/// After the last delta CRL (2011-01-01) and the last certificate that 4.2 has expired, before everything else ends
/// on 2030-12-31.
const TIME: &str = "2012-01-01T00:00:00Z";

/// Everything the suite was made with in 2010 is acceptable, and revocation data of any age is fresh while it is
/// current: what is tested is RFC 5280.
const POLICY: &str = include_str!("policy.toml");

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let pkits = Suite::new("pkits", run);
    let trials = vec![
        pkits.trial("every-row-is-run", |outcomes| every_row_is_run(outcomes)),
        pkits.trial("every-row-passes", |outcomes| every_row_passes(outcomes)),
        pkits.trial("failures-have-their-reason", |outcomes| failures_have_their_reason(outcomes)),
    ];
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Judges every row and prints the count, and each row that comes out otherwise.
fn run(corpus: &Path) -> Vec<Outcome> {
    let policy = Policy::from_toml(POLICY).unwrap();
    let time = UtcTime::parse(TIME).unwrap();
    let outcomes: Vec<Outcome> =
        row::rows(corpus).into_par_iter().map(|row| row.judge(&corpus.join("pkits"), &policy, time)).collect();
    let passed = outcomes.iter().filter(|outcome| outcome.as_expected()).count();
    println!("\nPKITS: {passed} of {}", outcomes.len());
    for outcome in outcomes.iter().filter(|outcome| !outcome.as_expected()) {
        println!("  {outcome}");
    }
    outcomes
}

fn every_row_is_run(outcomes: &[Outcome]) -> Result<(), Failed> {
    let wrong = (outcomes.len() != ROWS).then(|| format!("{} rows were run, the suite has {ROWS}", outcomes.len()));
    none(wrong.into_iter())
}

fn every_row_passes(outcomes: &[Outcome]) -> Result<(), Failed> {
    none(outcomes.iter().filter(|outcome| !outcome.as_expected()).map(ToString::to_string))
}

/// A row that must fail fails for what it tests, not for something else.
fn failures_have_their_reason(outcomes: &[Outcome]) -> Result<(), Failed> {
    let failures = outcomes.iter().filter(|outcome| !outcome.expected_to_pass() && outcome.as_expected());
    let wrong = failures.filter_map(|outcome| {
        let allowed = reasons::allowed(outcome.id());
        (!allowed.contains(&outcome.said.as_str())).then(|| format!("{outcome}: the reason must be one of {allowed:?}"))
    });
    none(wrong)
}
