//! A hospital's archive of any size: PAdES and CAdES of scanned records and letters, four fifths sound, the others with one
//! defect each, and a ledger of what is to be said of every file.
//!
//! No two records share content, signature value or timestamp, so that no cache saves a verifier their public-key
//! operations. What is written depends on number and seed alone, not on the number of threads.

mod kinds;
mod ledger;
mod record;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rayon::prelude::*;

use crate::World;
use crate::fixtures::trust;
use crate::folder::Error;
use crate::pdf::Layout;
use kinds::kind_of;
pub use ledger::{Line, Summary, Verdict};
use record::{Level, Record, SOUND};

/// The time to judge an archive at: the day after its signatures.
pub const TIME: &str = "2024-05-21T00:00:00Z";

/// Writes an archive of `documents` records: `documents/`, `ledger.jsonl`, `trust.toml` and, last of all, `archive.toml`.
///
/// # Errors
/// When a file or folder cannot be written.
pub fn write(folder: &Path, documents: u64, seed: u64) -> Result<Summary, Error> {
    let world = World::build();
    let below = folder.join("documents");
    let lines: Result<Vec<Vec<Line>>, Error> =
        (0..documents).into_par_iter().map(|number| write_record(&world, &below, seed, number)).collect();
    let lines = lines?.concat();
    let mut verdicts = BTreeMap::new();
    lines.iter().for_each(|line| *verdicts.entry(line.verdict).or_default() += 1);
    let summary = Summary {
        documents,
        seed,
        files: lines.len() as u64,
        time: TIME.to_owned(),
        policy: "mhlw-6.0".to_owned(),
        trust: "trust.toml".to_owned(),
        verdicts,
    };
    let ledger: String = lines.iter().map(|line| serde_json::to_string(line).unwrap() + "\n").collect();
    put(&folder.join("ledger.jsonl"), ledger.as_bytes())?;
    put(&folder.join("trust.toml"), trust::profile(&world).as_bytes())?;
    put(&folder.join("archive.toml"), toml::to_string(&summary).unwrap().as_bytes())?;
    Ok(summary)
}

/// Writes `number` PAdES-T files of about `size` octets, one signature with one timestamp each, and `trust.toml`.
///
/// # Errors
/// When a file or folder cannot be written.
pub fn write_pades_t(folder: &Path, number: u64, size: usize) -> Result<(), Error> {
    let world = World::build();
    // Signature, certificates and the two lists.
    let scan = size.saturating_sub(22_000);
    (0..number).into_par_iter().try_for_each(|number| {
        let record = Record::new(&world, 0, number, Some(scan));
        let document = record.pdf(Level::T, Layout::Classic, SOUND);
        put(&folder.join("documents").join(record.path()).with_extension("pdf"), &document.into_bytes())
    })?;
    put(&folder.join("trust.toml"), trust::profile(&world).as_bytes())
}

fn write_record(world: &World, folder: &Path, seed: u64, number: u64) -> Result<Vec<Line>, Error> {
    let kind = kind_of(seed, number);
    let record = Record::new(world, seed, number, None);
    let files = (kind.make)(&record);
    let lines: Vec<Line> = files
        .iter()
        .enumerate()
        .map(|(index, (ending, _))| {
            let path = format!("{}{ending}", record.path());
            if index + 1 < files.len() { content(path) } else { kind.line(path) }
        })
        .collect();
    for (line, (_, bytes)) in lines.iter().zip(&files) {
        put(&folder.join(&line.path), bytes)?;
    }
    Ok(lines)
}

/// What a detached signature is beside.
fn content(path: String) -> Line {
    let (kind, format) = ("content".to_owned(), "other".to_owned());
    Line { path, kind, format, verdict: Verdict::NoSignature, sub_indication: None, requirement: None }
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let failed = |source| Error { path: path.to_owned(), source };
    fs::create_dir_all(path.parent().unwrap()).map_err(failed)?;
    fs::write(path, bytes).map_err(failed)
}
