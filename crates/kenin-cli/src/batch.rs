//! `kenin batch`: an archive, its results kept in a file.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use kenin::{ObserveOptions, Sha256, SuppliedEvidence, TimeSource, Verifier};
use kenin_archive::{
    Begin, Conditions, Counts, Engine, Entry, Outcome, Progress, Receive, Root, Stop, Store, StoreError, Trouble,
};
use kenin_crypto::sha256;

use crate::args::BatchArgs;
use crate::exit::{Exit, Failure};
use crate::locale::Speech;
use crate::printer::{self, Printer};
use crate::resolve::{Judging, Time, passwords};

/// How often progress is shown.
const EVERY: Duration = Duration::from_millis(500);

/// Verifies what the arguments name and keeps the results.
pub fn run(args: BatchArgs, speech: &Speech) -> Result<Exit, Failure> {
    let judging = Judging::resolve(args.judging)?;
    let verifier = Verifier::new(judging.trust.clone(), judging.policy.clone());
    let time = match judging.time {
        Time::Now(time) => (time, TimeSource::Now),
        Time::Given(time) => (time, TimeSource::Given),
    };
    let conditions = Conditions { verifier: &verifier, time, evidence_sha256: digest_of(&judging.evidence) };
    let begin = if args.resume { Begin::Resume } else { Begin::New };
    let unkept = |error| unkept(&args.results, &error);
    let mut store = Store::begin(&args.results, &conditions, begin).map_err(unkept)?;
    let options = ObserveOptions {
        passwords: passwords(None, args.password_file.as_deref())?,
        evidence: judging.evidence.clone(),
        ..verifier.observe_options()
    };
    let jobs = args.jobs.map(usize::from).or_else(|| std::thread::available_parallelism().ok().map(NonZeroUsize::get));
    let engine = Engine { verifier: &verifier, time: store.time(), options, jobs: jobs.unwrap_or(1) };
    let stop = Arc::new(Stop::default());
    let asked = Arc::clone(&stop);
    // Without a handler Ctrl-C ends the process at once, which loses little and can be resumed.
    let _ = ctrlc::set_handler(move || asked.ask());
    let known = store.take_known();
    let skipped = AtomicU64::new(0);
    let own = Own::of(&args.results);
    let wants = |entry: &Entry| {
        if own.is(entry.path()) {
            return false;
        }
        let known = known.has(entry);
        skipped.fetch_add(u64::from(known), Ordering::Relaxed);
        !known
    };
    let roots: Vec<Root> = args.roots.iter().cloned().map(Root::Path).collect();
    let progress = Progress::default();
    let over = AtomicBool::new(false);
    let mut keeper = Keeper { store: &mut store, show_personal: args.show_personal };
    let done = std::thread::scope(|scope| {
        if !args.quiet {
            scope.spawn(|| show(&progress, &over, speech));
        }
        let done = engine.run(&roots, &wants, &progress, &stop, &mut keeper);
        over.store(true, Ordering::Relaxed);
        done
    });
    done.map_err(unkept)?;
    if stop.is_asked() {
        store.pause().map_err(unkept)?;
        Printer::complain(&speech.shown(&speech.people.text("batch-interrupted", &[])));
        return Ok(Exit::Interrupted);
    }
    store.finish().map_err(unkept)?;
    let counts = store.counts().map_err(unkept)?;
    if !args.quiet {
        summary(&counts, skipped.into_inner(), speech)?;
    }
    Ok(exit(&counts))
}

/// The results file and what SQLite keeps beside it, which are no documents wherever they lie.
struct Own(Vec<PathBuf>);

impl Own {
    fn of(results: &Path) -> Self {
        let Ok(results) = std::fs::canonicalize(results) else { return Self(Vec::new()) };
        let beside = |ending: &str| {
            let mut path = results.clone().into_os_string();
            path.push(ending);
            PathBuf::from(path)
        };
        Self(["", "-wal", "-shm", "-journal"].map(beside).to_vec())
    }

    fn is(&self, path: &Path) -> bool {
        let named = self.0.iter().any(|own| own.file_name() == path.file_name());
        named && std::fs::canonicalize(path).is_ok_and(|path| self.0.contains(&path))
    }
}

/// Keeps outcomes, the names of JPKI holders withheld unless they are asked for.
struct Keeper<'s> {
    store: &'s mut Store,
    show_personal: bool,
}

impl Receive for Keeper<'_> {
    type Error = StoreError;

    fn outcome(&mut self, mut outcome: Outcome) -> Result<(), StoreError> {
        if !self.show_personal {
            outcome.report.redact_personal();
        }
        self.store.outcome(outcome)
    }

    fn trouble(&mut self, trouble: Trouble) -> Result<(), StoreError> {
        self.store.trouble(trouble)
    }
}

/// Over the digests of all evidence, sorted: the order of arguments changes nothing.
fn digest_of(evidence: &[SuppliedEvidence]) -> Sha256 {
    let mut digests: Vec<Sha256> = evidence.iter().map(|object| sha256(object.der())).collect();
    digests.sort();
    digests.dedup();
    sha256(&digests.iter().flat_map(|digest| digest.0).collect::<Vec<_>>())
}

/// A line on the terminal until the run is over.
fn show(progress: &Progress, over: &AtomicBool, speech: &Speech) {
    let line = printer::Progress::of_batch();
    let began = Instant::now();
    while !over.load(Ordering::Relaxed) {
        std::thread::sleep(EVERY);
        let (done, found) = (progress.done(), progress.found());
        let rate = done / began.elapsed().as_secs().max(1);
        let left = found.saturating_sub(done).checked_div(rate).filter(|_| progress.is_walked());
        let left = left.map(|seconds| format!("{}:{:02}", seconds / 60, seconds % 60));
        let values = [("done", done.into()), ("found", found.into()), ("rate", rate.into())];
        let text = match &left {
            Some(left) => speech.people.text("batch-progress-left", &[&values[..], &[("left", left.into())]].concat()),
            None => speech.people.text("batch-progress", &values),
        };
        line.show(&speech.shown(&text));
    }
    line.clear();
}

fn summary(counts: &Counts, skipped: u64, speech: &Speech) -> Result<(), Failure> {
    let Counts { valid, invalid, indeterminate, unsigned, errors, .. } = *counts;
    let parts = [
        ("valid", valid),
        ("invalid", invalid),
        ("indeterminate", indeterminate),
        ("unsigned", unsigned),
        ("errors", errors),
        ("total", valid + invalid + indeterminate + unsigned + errors),
    ];
    let mut lines = vec![speech.people.text("summary-line", &parts.map(|(name, count)| (name, count.into())))];
    if skipped > 0 {
        lines.push(speech.people.text("batch-skipped", &[("count", skipped.into())]));
    }
    if counts.troubles > 0 {
        lines.push(speech.people.text("batch-troubles", &[("count", counts.troubles.into())]));
    }
    let text: String = lines.iter().map(|line| speech.shown(line) + "\n").collect();
    printer::page(&text)
}

/// The worst of all documents in the results.
fn exit(counts: &Counts) -> Exit {
    let present = [
        (counts.internal, Exit::Internal),
        (counts.invalid, Exit::Invalid),
        (counts.errors + counts.troubles, Exit::Io),
        (counts.indeterminate, Exit::Indeterminate),
    ];
    present.into_iter().find(|(count, _)| *count > 0).map_or(Exit::Valid, |(_, exit)| exit)
}

fn unkept(path: &Path, error: &StoreError) -> Failure {
    let path = ("path", path.display().to_string());
    match error {
        StoreError::Unfinished { policy, time } => {
            Failure::usage("usage-batch-unfinished", [path, ("policy", policy.clone()), ("time", time.clone())])
        }
        StoreError::Other { what } => Failure::usage("usage-batch-other", [path, ("what", (*what).to_owned())]),
        StoreError::NotResults => Failure::usage("usage-batch-not-results", [path]),
        StoreError::Version { .. } => Failure::usage("usage-batch-version", [path]),
        other => Failure::io("usage-output", [path, ("reason", other.to_string())]),
    }
}
