//! `kenin batch report`: a folder with a page about the whole archive and the report of each document that it names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use kenin::{Finding, FindingCode, Lang, Report, Verifier, render};
use kenin_archive::{Results, Row, RunRow, StoreError, Summary, archive_page};

use super::args::{BatchReportArgs, ReportFormat};
use super::unkept;
use crate::exit::{Exit, Failure};
use crate::files;
use crate::locale::Speech;
use crate::printer;
use crate::resolve::time;

/// Every page of kenin has this near its beginning.
const MARK: &[u8] = br#"<meta name="generator" content="kenin">"#;

/// How far that is at most.
const BEGINNING: u64 = 1 << 10;

/// Writes the report.
pub fn run(args: BatchReportArgs, speech: &Speech) -> Result<Exit, Failure> {
    let ReportFormat::Html = args.format;
    let now = time(args.time)?.time();
    let unkept = |error| unkept(&args.results, &error);
    let results = Results::open(&args.results).map_err(unkept)?;
    let folder = Folder::open(&args.output)?;
    let summary = results.summary(now, args.records).map_err(unkept)?;
    let lang = speech.people.lang();
    let pages =
        Pages { results: &results, runs: judges(&results).map_err(unkept)?, lang, personal: args.show_personal };
    let mut written = BTreeSet::new();
    for listed in summary.red.iter().chain(&summary.renewals) {
        if written.insert(listed.row.id) {
            let page = pages.page(&listed.row).map_err(unkept)?;
            Folder::write(&folder.record(listed.row.id), &page)?;
        }
    }
    // Last, so that it never leads to a page that is not there.
    Folder::write(&folder.index(), &index(&summary, &args.results, lang))?;
    folder.remove_others(&written)?;
    let path = render::sanitised(&folder.index().display().to_string());
    let said = speech.people.text("batch-report-written", &[("path", (&path).into())]);
    printer::page(&(speech.shown(&said) + "\n"))?;
    Ok(Exit::Valid)
}

fn index(summary: &Summary, results: &Path, lang: Lang) -> String {
    archive_page(summary, &results.display().to_string(), lang)
}

/// Every run with its judge.
fn judges(results: &Results) -> Result<BTreeMap<i64, (RunRow, Verifier)>, StoreError> {
    let runs = results.runs()?.into_iter();
    runs.map(|run| Ok((run.id, (run.clone(), results.verifier(&run)?)))).collect()
}

/// Makes the page of a document.
struct Pages<'a> {
    results: &'a Results,
    runs: BTreeMap<i64, (RunRow, Verifier)>,
    lang: Lang,
    personal: bool,
}

impl Pages<'_> {
    fn page(&self, row: &Row) -> Result<String, StoreError> {
        let Some((run, verifier)) = self.runs.get(&row.run) else {
            return Err(StoreError::Damaged { id: row.id, what: "run".to_owned() });
        };
        let findings = [Finding::new(FindingCode::StoredFactsUnchecked)];
        let report = self.results.report_by(verifier, run, row, &findings)?;
        let mut report = report.unwrap_or_else(|| unread(row, run, verifier));
        if !self.personal {
            report.redact_personal();
        }
        Ok(render::html(&report, self.lang))
    }
}

/// The report on a document that could not be read, as it was then.
fn unread(row: &Row, run: &RunRow, verifier: &Verifier) -> Report {
    let code = row.record.error.as_deref().unwrap_or("internal");
    let mut report = Report::error(verifier.trust(), verifier.policy(), run.time, run.time_source, code);
    if let Some(error) = &mut report.error {
        error.reason.clone_from(&row.record.error_reason);
    }
    row.record.name.put_on(&mut report);
    report
}

/// Where the report goes.
struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Makes what is not there. Nothing is made where the page could not be written.
    fn open(path: &Path) -> Result<Self, Failure> {
        if path.exists() && !path.is_dir() {
            return Err(Failure::usage("usage-report-no-folder", [("path", path.display().to_string())]));
        }
        let folder = Self { path: path.to_owned() };
        check(&folder.index())?;
        let records = path.join("records");
        fs::create_dir_all(&records).map_err(|error| cannot_write(&records, &error))?;
        Ok(folder)
    }

    fn index(&self) -> PathBuf {
        self.path.join("index.html")
    }

    fn record(&self, id: i64) -> PathBuf {
        self.path.join("records").join(format!("{id}.html"))
    }

    /// Writes a page, over an earlier one of kenin's and nothing else: whoever reads meanwhile sees all of one.
    fn write(path: &Path, page: &str) -> Result<(), Failure> {
        check(path)?;
        files::replace(path, page)
    }

    /// Takes away pages of an earlier report that this one does not lead to.
    fn remove_others(&self, written: &BTreeSet<i64>) -> Result<(), Failure> {
        let folder = self.path.join("records");
        let entries = fs::read_dir(&folder).map_err(|error| cannot_write(&folder, &error))?;
        for entry in entries {
            let path = entry.map_err(|error| cannot_write(&folder, &error))?.path();
            let name = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".html"));
            let Some(id) = name.and_then(|name| name.parse::<i64>().ok()) else { continue };
            if self.record(id) == path && !written.contains(&id) && is_ours(&path).unwrap_or(false) {
                fs::remove_file(&path).map_err(|error| cannot_write(&path, &error))?;
            }
        }
        Ok(())
    }
}

/// Refuses a file that kenin did not write.
fn check(path: &Path) -> Result<(), Failure> {
    match is_ours(path) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Failure::usage("usage-report-foreign", [("path", path.display().to_string())])),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(cannot_write(path, &error)),
    }
}

/// Whether kenin wrote a page.
fn is_ours(path: &Path) -> io::Result<bool> {
    let mut beginning = Vec::new();
    fs::File::open(path)?.take(BEGINNING).read_to_end(&mut beginning)?;
    Ok(beginning.windows(MARK.len()).any(|part| part == MARK))
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    Failure::io("usage-output", [("path", path.display().to_string()), ("reason", error.to_string())])
}
