//! A report in the format that was asked for.

use kenin::{Report, render};

use crate::args::{Format, ReportArgs};
use crate::exit::Failure;
use crate::locale::Speech;
use crate::printer::Printer;

/// The report on one document by itself; what is for people comes in their language, what is for machines in the machines'.
pub fn report(report: &mut Report, format: Format, pretty: bool, speech: &Speech, colour: bool) -> String {
    let lang = speech.people.lang();
    match format {
        Format::Text => render::text(report, lang, &speech.layout(colour)),
        Format::Html => render::html(report, lang),
        Format::Json => {
            report.localise(&speech.machines);
            render::json(report, pretty)
        }
        Format::EtsiXml => {
            report.localise(&speech.machines);
            render::etsi_xml(report)
        }
    }
}

impl ReportArgs {
    /// Refuses what does not go together, before anything is read.
    pub fn check(&self) -> Result<(), Failure> {
        match self.pretty && self.format != Format::Json {
            true => Err(Failure::usage("usage-pretty-json", [])),
            false => Ok(()),
        }
    }

    /// Where the report goes.
    pub fn printer(&self) -> Result<Printer, Failure> {
        self.output.as_deref().map_or_else(|| Ok(Printer::stdout()), Printer::file)
    }

    /// Writes the report, the names of JPKI holders withheld unless they are asked for.
    pub fn write(&self, mut printer: Printer, report: &mut Report, speech: &Speech) -> Result<(), Failure> {
        if !self.show_personal {
            report.redact_personal();
        }
        let text = self::report(report, self.format, self.pretty, speech, printer.colour());
        printer.print(&text)?;
        printer.finish()
    }
}
