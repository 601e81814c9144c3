//! `kenin batch show`: the full report on one document, from what was observed of it.

use kenin::render;
use kenin::{Finding, FindingCode, Report};
use kenin_archive::{Name, Results};

use super::args::ShowArgs;
use super::unkept;
use crate::args::Format;
use crate::exit::{Exit, Failure};
use crate::locale::Speech;
use crate::printer::Printer;

/// Prints the report on a document.
pub fn run(args: ShowArgs, speech: &Speech) -> Result<Exit, Failure> {
    if args.pretty && args.format != Format::Json {
        return Err(Failure::usage("usage-pretty-json", []));
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
    if !args.show_personal {
        report.redact_personal();
    }
    let mut printer = match &args.output {
        Some(path) => Printer::file(path)?,
        None => Printer::stdout(),
    };
    let exit = exit_of(&report);
    let options = speech.layout(printer.colour());
    let text = match args.format {
        Format::Text => render::text(&report, speech.people.lang(), &options),
        Format::Html => render::html(&report, speech.people.lang()),
        Format::Json => {
            report.localise(&speech.machines);
            render::json(&report, args.pretty)
        }
        Format::EtsiXml => {
            report.localise(&speech.machines);
            render::etsi_xml(&report)
        }
    };
    printer.print(&text)?;
    printer.finish()?;
    Ok(exit)
}

/// Verdicts rule 13: the document was not read, so that the answer is never 0.
fn exit_of(report: &Report) -> Exit {
    match Exit::of(report) {
        Exit::Valid => Exit::Indeterminate,
        exit => exit,
    }
}
