//! `kenin batch export`: the results for other programs.

use std::io::{self, Write};

use kenin_archive::Results;
use kenin_archive::export::{ExportError, export};

use super::args::ExportArgs;
use super::own::Own;
use super::unkept;
use crate::exit::{Exit, Failure};
use crate::files;
use crate::printer::Printer;

/// Writes the results as they are asked for.
pub fn run(args: &ExportArgs) -> Result<Exit, Failure> {
    let results = Results::open(&args.results).map_err(|error| unkept(&args.results, &error))?;
    let write = |target: &mut (dyn Write + Send)| export(&results, args.format.form(), target).map_err(unwritten);
    match &args.output {
        Some(output) => {
            Own::of(&args.results).read_files().keep(output)?;
            files::fill(output, true, |file| write(file))?;
        }
        None => {
            let mut printer = Printer::stdout();
            printer.by(write)?;
            printer.finish()?;
        }
    }
    Ok(Exit::Valid)
}

fn unwritten(error: ExportError) -> io::Error {
    match error {
        ExportError::Write(error) => error,
        other => io::Error::other(other),
    }
}
