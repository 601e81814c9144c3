//! `kenin batch show`: the full report on one document, from what was observed of it.

use kenin::{Finding, FindingCode, Report};
use kenin_archive::{Name, Results};

use super::args::ShowArgs;
use super::own::Own;
use super::unkept;
use crate::exit::{Exit, Failure};
use crate::locale::Speech;

/// Prints the report on a document.
pub fn run(args: ShowArgs, speech: &Speech) -> Result<Exit, Failure> {
    args.report.check()?;
    if let Some(output) = &args.report.output {
        Own::of(&args.results).read_files().and([args.name.as_path()]).keep(output)?;
    }
    let unkept = |error| unkept(&args.results, &error);
    let results = Results::open(&args.results).map_err(unkept)?;
    let path = || ("path", args.name.display().to_string());
    let row = results.find(&Name::of_path(&args.name)).map_err(unkept)?;
    let row = row.ok_or_else(|| Failure::usage("usage-results-name", [path()]))?;
    let report = results.report(&row, &[Finding::new(FindingCode::StoredFactsUnchecked)]).map_err(unkept)?;
    let mut report = report.ok_or_else(|| {
        Failure::io("usage-results-no-facts", [path(), ("reason", row.record.error_reason.unwrap_or_default())])
    })?;
    let exit = exit_of(&report);
    args.report.write(args.report.printer()?, &mut report, speech)?;
    Ok(exit)
}

/// Verdicts rule 13: the document was not read, so that the answer is never 0.
fn exit_of(report: &Report) -> Exit {
    match Exit::of(report) {
        Exit::Valid => Exit::Indeterminate,
        exit => exit,
    }
}
