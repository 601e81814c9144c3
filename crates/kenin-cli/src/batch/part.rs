//! `kenin batch --manifest M --shard I/N`: one part of the results, for runs on many machines.

use std::path::Path;

use kenin_archive::export::ExportError;
use kenin_archive::{Conditions, Keeper, Part, Shard, Want};

use super::summary;
use super::watched::Watched;
use crate::exit::{Exit, Failure};
use crate::printer::{self, Printer};

/// Verifies a shard of a list, unless its part is there.
pub fn run(
    folder: &Path,
    manifest: &Path,
    shard: Shard,
    show_personal: bool,
    conditions: &Conditions<'_>,
    watched: Watched<'_>,
) -> Result<Exit, Failure> {
    let unkept = |error: ExportError| {
        Failure::io("usage-part", [("path", folder.display().to_string()), ("reason", error.to_string())])
    };
    let speech = watched.speech;
    let mut part = match Part::begin(folder, manifest, shard, conditions).map_err(unkept)? {
        Part::There(there) => {
            if !watched.quiet {
                let file = folder.join(&there.file).display().to_string();
                let said = speech.people.text("batch-part-there", &[("file", (&file).into())]);
                printer::page(&(speech.shown(&said) + "\n"))?;
            }
            return Ok(summary::exit(&there.counts));
        }
        Part::New(part) => *part,
    };
    let keeper = Keeper::of_rows(show_personal);
    if watched.run(&mut |_| Want::Judge, &keeper, &mut part).map_err(unkept)?.is_break() {
        Printer::complain(&speech.shown(&speech.people.text("batch-part-interrupted", &[])));
        return Ok(Exit::Interrupted);
    }
    let made = part.finish().map_err(unkept)?;
    if !watched.quiet {
        summary::print(&made.counts, (0, 0), &made.troubles, speech)?;
    }
    Ok(summary::exit(&made.counts))
}
