//! Records that were kept for decades, made in memory by the testkit and judged by the program.
//!
//! Every expectation follows from the rules that its case names (EN 319 102-1 5.5 and 5.6, `docs/decisions.md`), never from
//! what the program prints. `forecast-…` holds what a report says about the future against judgements made in that future.
// Helpers of a test fail the test by panicking.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod case;
mod documents;
mod evidence;
mod forecast;
mod guards;
mod program;
mod renewals;
mod status;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cases = [status::cases(), renewals::cases(), evidence::cases(), guards::cases()].concat();
    let verdicts = cases.iter().cloned().map(|case| Trial::test(case.id, move || case.check()));
    let forecasts =
        forecast::cases().into_iter().map(|case| Trial::test(format!("forecast-{}", case.id), move || case.check()));
    libtest_mimic::run(&arguments, verdicts.chain(forecasts).collect()).exit_code()
}
