//! x509-limbo through `validate_certificate`: every case whose rule belongs to validating a signer's certificate.
//!
//! The suite is about TLS. What is not asked of a document's signer (host names, serverAuth, rules for CAs and browsers)
//! is listed in `skipped.toml` with a reason; an entry that no longer changes anything fails the run.
//!
//!     cargo test --release --test limbo
// A test program: a failed assumption about the corpus should stop it, and its table belongs on standard output.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::exit)]

mod case;
#[path = "../support/corpus.rs"]
mod corpus;
#[path = "../support/judge.rs"]
mod judge;
mod skipped;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use kenin_base::UtcTime;
use kenin_policy::Policy;
use libtest_mimic::{Arguments, Failed};
use rayon::prelude::*;

use case::{Limbo, Outcome};
use corpus::{Suite, none};

/// Every case of the corpus' `limbo.json`.
const CASES: usize = 208;

/// For the cases that name no time; their certificates are valid from 1970 until 2969.
const TIME: &str = "2026-11-22T00:00:00Z";

/// Algorithms are not restricted by time, and revocation data of any age is fresh while it is current.
const POLICY: &str = include_str!("policy.toml");

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let limbo = Suite::new("limbo", run);
    let trials = vec![
        limbo.trial("every-case-is-run", |outcomes| every_case_is_run(outcomes)),
        limbo.trial("every-case-of-the-profile-passes", |outcomes| every_case_passes(outcomes)),
        limbo.trial("no-skip-is-stale", |outcomes| no_skip_is_stale(outcomes)),
    ];
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Judges every case, the skipped ones too, and prints the counts and each case that comes out otherwise.
fn run(corpus: &Path) -> Vec<Outcome> {
    let limbo: Limbo = serde_json::from_str(&fs::read_to_string(corpus.join("limbo.json")).unwrap()).unwrap();
    let (policy, time) = (Policy::from_toml(POLICY).unwrap(), UtcTime::parse(TIME).unwrap());
    let outcomes: Vec<Outcome> =
        limbo.testcases.into_par_iter().map(|case| case.judge(&policy, time, skipped::group_of)).collect();
    let mut skipped: BTreeMap<&str, usize> = BTreeMap::new();
    for group in outcomes.iter().filter_map(|outcome| outcome.skipped) {
        *skipped.entry(&group.reason).or_default() += 1;
    }
    let asked: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.skipped.is_none()).collect();
    let passed = asked.iter().filter(|outcome| outcome.as_expected()).count();
    println!(
        "\nlimbo: {passed} of {} that are asked, {} of {} skipped",
        asked.len(),
        outcomes.len() - asked.len(),
        outcomes.len()
    );
    for (reason, count) in skipped {
        println!("  {count:3} skipped: {reason}");
    }
    for outcome in asked.iter().filter(|outcome| !outcome.as_expected()) {
        println!("  {outcome}");
    }
    outcomes
}

fn every_case_is_run(outcomes: &[Outcome]) -> Result<(), Failed> {
    let wrong = (outcomes.len() != CASES).then(|| format!("{} cases were run, the suite has {CASES}", outcomes.len()));
    none(wrong.into_iter())
}

fn every_case_passes(outcomes: &[Outcome]) -> Result<(), Failed> {
    none(outcomes.iter().filter(|o| o.skipped.is_none() && !o.as_expected()).map(ToString::to_string))
}

fn no_skip_is_stale(outcomes: &[Outcome]) -> Result<(), Failed> {
    none(skipped::stale(outcomes))
}
