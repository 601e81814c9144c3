//! The object table of every PDF against qpdf's: number, generation and place of each object.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use kenin::Source;
use kenin_base::Budget;
use kenin_pdf::{ObjectEntry, ObjectLocation, PdfOptions, object_table};
use libtest_mimic::Failed;
use rayon::prelude::*;

use crate::corpus::none;
use crate::exceptions::{self, Divergence};
use crate::expected::Row;

/// Fewer files than this compared mean that the comparison is broken.
const FILES_COMPARED: usize = 600;

/// Places by object number and generation.
type Table = BTreeMap<(u32, u32), String>;

/// Both tables of every file that qpdf reads.
pub struct Objects {
    files: Vec<File>,
    /// Files that qpdf does not read, with the reason it gives.
    refused: Vec<String>,
}

struct File {
    path: String,
    objects: usize,
    differences: Vec<Difference>,
}

/// An object of which the two say different things; `none` stands for no such object.
struct Difference {
    fact: String,
    qpdf: String,
    kenin: String,
}

impl Objects {
    /// Asks both about every PDF.
    pub fn over(corpus: &Path) -> Self {
        let rows = crate::expected::rows(corpus);
        let rows: Vec<Row> = rows.into_iter().filter(|row| matches!(row.format.as_str(), "pades" | "pdf")).collect();
        let compared: Vec<Result<File, String>> = rows.par_iter().map(|row| compare(corpus, row)).collect();
        let mut objects = Self { files: Vec::new(), refused: Vec::new() };
        for file in compared {
            match file {
                Ok(file) => objects.files.push(file),
                Err(why) => objects.refused.push(why),
            }
        }
        println!("{}", objects.summary());
        objects
    }

    fn summary(&self) -> String {
        let mut text = String::new();
        let all: usize = self.files.iter().map(|file| file.objects).sum();
        let differ: usize = self.files.iter().map(|file| file.differences.len()).sum();
        writeln!(text, "\nobject tables of {} PDFs: {differ} of {all} objects differ from qpdf's", self.files.len())
            .unwrap();
        for why in &self.refused {
            writeln!(text, "  not read by qpdf: {why}").unwrap();
        }
        for file in &self.files {
            for Difference { fact, qpdf, kenin } in &file.differences {
                writeln!(text, "  {}: {fact}: qpdf {qpdf}, kenin {kenin}", file.path).unwrap();
            }
        }
        text
    }

    fn divergences(&self) -> impl Iterator<Item = Divergence<'_>> {
        self.files.iter().flat_map(|File { path, differences, .. }| {
            differences.iter().map(|Difference { fact, qpdf, kenin }| Divergence {
                path,
                field: "",
                fact: fact.clone(),
                expected: qpdf,
                actual: kenin,
            })
        })
    }
}

/// qpdf reads nearly every file, or the comparison says nothing.
pub fn qpdf_reads_the_files(objects: &Objects) -> Result<(), Failed> {
    if objects.files.len() >= FILES_COMPARED {
        Ok(())
    } else {
        Err(format!("qpdf read {} files: {}", objects.files.len(), objects.refused.join("\n")).into())
    }
}

/// Differences that `object_exceptions.toml` does not explain.
pub fn every_difference_is_explained(objects: &Objects) -> Result<(), Failed> {
    let exceptions = exceptions::of_objects();
    let new = objects.divergences().filter(|found| !exceptions.iter().any(|exception| exception.explains(found)));
    none(new.map(|Divergence { path, fact, expected, actual, .. }| {
        format!("{path}: object {fact}: qpdf {expected}, kenin {actual}")
    }))
}

/// Entries of `object_exceptions.toml` that no longer hold.
pub fn no_exception_is_stale(objects: &Objects) -> Result<(), Failed> {
    let exceptions = exceptions::of_objects();
    let stale = exceptions.iter().filter(|exception| !objects.divergences().any(|found| exception.explains(&found)));
    none(stale.map(|exception| format!("{}: object {}", exception.path, exception.fact)))
}

fn compare(corpus: &Path, row: &Row) -> Result<File, String> {
    let path = corpus.join(&row.path);
    // Some passwords are for what the corpus' other readers do not open without, qpdf and kenin do.
    let qpdf = of_qpdf(&path, None).or_else(|_| of_qpdf(&path, row.password.as_deref()));
    let qpdf = qpdf.map_err(|why| format!("{}: {why}", row.path))?;
    let passwords = row.password.iter().map(|password| password.clone().into_bytes()).collect();
    let source = Source::bytes(fs::read(&path).unwrap());
    let table = object_table(&source, &PdfOptions { passwords }, &Budget::default()).unwrap();
    let kenin: Table = table.iter().map(described).collect();
    let mut differences = Vec::new();
    let missing = || "none".to_owned();
    let names: std::collections::BTreeSet<&(u32, u32)> = qpdf.keys().chain(kenin.keys()).collect();
    for name in &names {
        let (number, generation) = name;
        let (theirs, ours) = (qpdf.get(name), kenin.get(name));
        if theirs != ours {
            let (qpdf, kenin) = (theirs.cloned().unwrap_or_else(missing), ours.cloned().unwrap_or_else(missing));
            differences.push(Difference { fact: format!("{number} {generation}"), qpdf, kenin });
        }
    }
    Ok(File { path: row.path.clone(), objects: names.len(), differences })
}

fn described(entry: &ObjectEntry) -> ((u32, u32), String) {
    let place = match entry.location {
        ObjectLocation::File { offset } => format!("uncompressed; offset = {offset}"),
        ObjectLocation::InStream { stream, index } => format!("compressed; stream = {stream}, index = {index}"),
    };
    ((entry.number, entry.generation), place)
}

/// What `qpdf --show-xref` prints: `7/0: uncompressed; offset = 1234`, `8/0: compressed; stream = 5, index = 3`.
fn of_qpdf(path: &Path, password: Option<&str>) -> Result<Table, String> {
    let mut qpdf = Command::new("qpdf");
    qpdf.args(password.map(|password| format!("--password={password}")));
    let output = qpdf.arg("--show-xref").arg(path).output().unwrap();
    // 3 is success with warnings.
    if !matches!(output.status.code(), Some(0 | 3)) {
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(complaint.rsplit(": ").next().unwrap_or_default().trim().to_owned());
    }
    let line = |line: &str| {
        let (object, place) = line.split_once(": ")?;
        let (number, generation) = object.split_once('/')?;
        Some(((number.parse().ok()?, generation.parse().ok()?), place.to_owned()))
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().map(|text| line(text).ok_or_else(|| format!("not understood: {text}"))).collect()
}
