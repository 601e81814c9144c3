//! The values that signatures rest on (catalog, form, signature dictionaries, document security store) against lopdf's.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write as _;
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use kenin::Source;
use kenin_base::Budget;
use kenin_crypto::sha256;
use kenin_pdf::{PdfOptions, signature_values};
use libtest_mimic::Failed;
use lopdf::{Dictionary, Document, LoadOptions, Object};
use rayon::prelude::*;

use crate::corpus::none;
use crate::exceptions::{self, Divergence};
use crate::expected::Row;

/// Fewer files than this compared mean that the comparison is broken.
const FILES_COMPARED: usize = 600;

/// As in `kenin_pdf::signature_values`, from its documentation.
const FOLLOWED: [&[u8]; 4] = [b"AcroForm", b"DSS", b"Extensions", b"Perms"];
const LEFT_ALONE: [&[u8]; 6] = [b"AP", b"DR", b"Data", b"MK", b"P", b"Parent"];

/// Values by the path that leads to them.
type Values = BTreeMap<String, String>;

/// What both say about every file that lopdf reads.
pub struct PdfValues {
    files: Vec<File>,
    /// Files that lopdf does not read, with the reason it gives.
    refused: Vec<String>,
}

struct File {
    path: String,
    values: usize,
    differences: Vec<Difference>,
}

struct Difference {
    fact: String,
    lopdf: String,
    kenin: String,
}

impl PdfValues {
    /// Asks both about every PDF.
    pub fn over(corpus: &Path) -> Self {
        let rows = crate::expected::rows(corpus);
        let rows: Vec<Row> = rows.into_iter().filter(|row| matches!(row.format.as_str(), "pades" | "pdf")).collect();
        let compared: Vec<Result<File, String>> = rows.par_iter().map(|row| compare(corpus, row)).collect();
        let mut values = Self { files: Vec::new(), refused: Vec::new() };
        for file in compared {
            match file {
                Ok(file) => values.files.push(file),
                Err(why) => values.refused.push(why),
            }
        }
        println!("{}", values.summary());
        values
    }

    fn summary(&self) -> String {
        let mut text = String::new();
        let all: usize = self.files.iter().map(|file| file.values).sum();
        let differ: usize = self.files.iter().map(|file| file.differences.len()).sum();
        writeln!(
            text,
            "\nvalues that signatures rest on in {} PDFs: {differ} of {all} differ from lopdf's",
            self.files.len()
        )
        .unwrap();
        for why in &self.refused {
            writeln!(text, "  not read by lopdf: {why}").unwrap();
        }
        for file in &self.files {
            for Difference { fact, lopdf, kenin } in &file.differences {
                writeln!(text, "  {}: {fact}: lopdf {lopdf}, kenin {kenin}", file.path).unwrap();
            }
        }
        text
    }

    fn divergences(&self) -> impl Iterator<Item = Divergence<'_>> {
        self.files.iter().flat_map(|File { path, differences, .. }| {
            differences.iter().map(|Difference { fact, lopdf, kenin }| Divergence {
                path,
                field: "",
                fact: fact.clone(),
                expected: lopdf,
                actual: kenin,
            })
        })
    }
}

/// lopdf reads nearly every file, or the comparison says nothing.
pub fn lopdf_reads_the_files(values: &PdfValues) -> Result<(), Failed> {
    if values.files.len() >= FILES_COMPARED {
        Ok(())
    } else {
        Err(format!("lopdf read {} files: {}", values.files.len(), values.refused.join("\n")).into())
    }
}

/// Differences that `value_exceptions.toml` does not explain.
pub fn every_difference_is_explained(values: &PdfValues) -> Result<(), Failed> {
    let exceptions = exceptions::of_values();
    let new = values.divergences().filter(|found| !exceptions.iter().any(|exception| exception.explains(found)));
    none(new.map(|Divergence { path, fact, expected, actual, .. }| {
        format!("{path}: {fact}: lopdf {expected}, kenin {actual}")
    }))
}

/// Entries of `value_exceptions.toml` that no longer hold.
pub fn no_exception_is_stale(values: &PdfValues) -> Result<(), Failed> {
    let exceptions = exceptions::of_values();
    let stale = exceptions.iter().filter(|exception| !values.divergences().any(|found| exception.explains(&found)));
    none(stale.map(|exception| format!("{}: {}", exception.path, exception.fact)))
}

fn compare(corpus: &Path, row: &Row) -> Result<File, String> {
    let bytes = fs::read(corpus.join(&row.path)).unwrap();
    let lopdf = of_lopdf(&bytes, row.password.as_deref()).map_err(|why| format!("{}: {why}", row.path))?;
    let passwords = row.password.iter().map(|password| password.clone().into_bytes()).collect();
    let kenin = signature_values(&Source::bytes(bytes), &PdfOptions { passwords }, &Budget::default()).unwrap();
    let paths: BTreeSet<&String> = lopdf.keys().chain(kenin.keys()).collect();
    let said = |values: &Values, path: &String| values.get(path).map_or_else(|| "none".to_owned(), |text| brief(text));
    let differ = paths.iter().filter(|path| !same(lopdf.get(**path), kenin.get(**path))).map(|path| Difference {
        fact: (*path).clone(),
        lopdf: said(&lopdf, path),
        kenin: said(&kenin, path),
    });
    Ok(File { path: row.path.clone(), values: paths.len(), differences: differ.collect() })
}

/// Whether two values are one; lopdf keeps real numbers in single precision.
fn same(lopdf: Option<&String>, kenin: Option<&String>) -> bool {
    let number = |text: Option<&String>| text?.parse::<f64>().ok().filter(|number| number.fract() != 0.0);
    let close = number(lopdf).zip(number(kenin)).is_some_and(|(a, b)| (a - b).abs() <= b.abs() * 1e-6);
    close || lopdf == kenin
}

/// A value, of a long one its beginning and its SHA-256.
fn brief(text: &str) -> String {
    match text.get(..64) {
        Some(start) if text.len() > 150 => format!("{start}... {}", sha256(text.as_bytes())),
        _ => text.to_owned(),
    }
}

fn of_lopdf(bytes: &[u8], password: Option<&str>) -> Result<Values, String> {
    let with = |password| Document::load_mem_with_options(bytes, LoadOptions::with_password(password));
    let read = || with("").or_else(|_| with(password.unwrap_or_default()));
    let document = catch_unwind(read).map_err(|_| "panic".to_owned())?.map_err(|error| error.to_string())?;
    let root = document.catalog().map_err(|error| error.to_string())?;
    let mut walk = Walk { document: &document, seen: HashSet::new(), values: Values::new() };
    let sorted: BTreeMap<&Vec<u8>, &Object> = root.iter().collect();
    for (key, value) in sorted {
        walk.value(&name(key), value, FOLLOWED.contains(&&**key));
    }
    Ok(walk.values)
}

struct Walk<'w> {
    document: &'w Document,
    seen: HashSet<u32>,
    values: Values,
}

impl Walk<'_> {
    fn value(&mut self, path: &str, value: &Object, follow: bool) {
        let text = match value {
            Object::Null => return,
            Object::Boolean(value) => value.to_string(),
            Object::Integer(value) => value.to_string(),
            Object::Real(value) => value.to_string(),
            Object::Name(value) => name(value),
            Object::String(bytes, _) => format!("<{}>", hexadecimal(bytes)),
            Object::Array(items) => {
                for (position, item) in items.iter().enumerate() {
                    self.value(&format!("{path}[{position}]"), item, follow);
                }
                format!("array of {}", items.len())
            }
            Object::Dictionary(dictionary) => return self.entries(path, dictionary, follow),
            Object::Stream(stream) => {
                let mut dictionary = stream.dict.clone();
                dictionary.remove(b"Length");
                self.entries(path, &dictionary, follow);
                let encoded = stream.dict.has(b"Filter");
                let data = if encoded { stream.decompressed_content().ok() } else { Some(stream.content.clone()) };
                format!("stream {}", data.map_or_else(|| "unread".to_owned(), |data| sha256(&data).to_string()))
            }
            Object::Reference(id) if follow && self.seen.insert(id.0) => {
                let object = self.document.get_object(*id).cloned().unwrap_or(Object::Null);
                return self.value(path, &object, follow);
            }
            Object::Reference((number, generation)) => format!("{number} {generation} R"),
        };
        self.values.insert(path.to_owned(), text);
    }

    /// In the order of the keys, so that a reference met twice is followed at the same place.
    fn entries(&mut self, path: &str, dictionary: &Dictionary, follow: bool) {
        let sorted: BTreeMap<&Vec<u8>, &Object> = dictionary.iter().collect();
        for (key, value) in sorted {
            self.value(&format!("{path}{}", name(key)), value, follow && !LEFT_ALONE.contains(&&**key));
        }
    }
}

fn name(bytes: &[u8]) -> String {
    format!("/{}", String::from_utf8_lossy(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
