//! One pass of the library over every file of the corpus.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use kenin::{Companions, Facts, ObserveOptions, Policy, Report, Source, TrustProfile, UtcTime, Verifier, observe};
use rayon::prelude::*;

use crate::expected::{Detached, Row};

/// A file that takes longer hangs. The slowest honest one takes well under a second, unoptimised.
pub const TIME_LIMIT: Duration = Duration::from_secs(20);

/// Fixed, so that two runs say the same.
pub const VALIDATION_TIME: &str = "2026-11-22T00:00:00Z";

/// What became of one file.
pub struct Outcome {
    /// The expectations.
    pub row: Row,
    /// The report, or why there is none: the message of a panic or of an [`observe`] error.
    pub report: Result<Report, String>,
    /// Wall time of observing and judging.
    pub time: Duration,
}

/// Observes and judges every file on all cores with one warm verifier.
pub fn run(corpus: &Path) -> Vec<Outcome> {
    let verifier = Verifier::new(TrustProfile::jp_hpki(), Policy::mhlw_6_0());
    let rows = crate::expected::rows(corpus);
    let judge = |row: Row| {
        let start = Instant::now();
        let report = catch_unwind(AssertUnwindSafe(|| judge(corpus, &row, &verifier).map(|(_, report)| report)));
        let report = report.unwrap_or_else(|panic| Err(format!("panic: {}", message(&*panic))));
        Outcome { row, report, time: start.elapsed() }
    };
    rows.into_par_iter().map(judge).collect()
}

/// What a caller of the library does with one file.
pub fn judge(corpus: &Path, row: &Row, verifier: &Verifier) -> Result<(Facts, Report), String> {
    let open = |path: &str| Source::open(corpus.join(path)).map_err(|error| format!("{path}: {error}"));
    let source = open(&row.path)?;
    let (content, companions) = match row.detached_content.as_slice() {
        [content] => (Some(open(&content.path)?), None),
        // Several detached parts otherwise belong to formats that are not judged yet.
        several if row.format == "xades" => (None, Some(Contents::of(corpus, several))),
        _ => (None, None),
    };
    let passwords = row.password.iter().map(|password| password.clone().into_bytes()).collect();
    let options = ObserveOptions { content, companions, passwords, ..verifier.observe_options() };
    let facts = observe(&source, &options).map_err(|error| format!("not observed: {error}"))?;
    let report = verifier.judge_at(&facts, UtcTime::parse(VALIDATION_TIME).unwrap());
    Ok((facts, report))
}

/// The contents of a signature by their names: what lies beside its document in a folder.
#[derive(Debug)]
struct Contents(BTreeMap<String, PathBuf>);

impl Contents {
    fn of(corpus: &Path, contents: &[Detached]) -> Arc<dyn Companions> {
        let named = contents.iter().map(|content| (content.name.clone(), corpus.join(&content.path)));
        Arc::new(Self(named.collect()))
    }
}

impl Companions for Contents {
    fn open(&self, path: &str) -> Option<Source> {
        self.0.get(path).and_then(|file| Source::open(file).ok())
    }
}

fn message(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a message")
}
