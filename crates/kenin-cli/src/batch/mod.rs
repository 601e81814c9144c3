//! `kenin batch`: an archive, its results kept in a file, and what can be done with them.

mod args;
mod own;
mod progress;
mod rejudge;
mod show;
mod summary;

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use kenin::{ObserveOptions, Sha256, SuppliedEvidence, TimeSource, UtcTime, Verifier};
use kenin_archive::{
    Begin, Conditions, Engine, Entry, Keeper, Manifest, Progress, Root, Selection, Shard, Stop, Store, StoreError,
    Task, Want,
};
use kenin_crypto::sha256;

pub use args::BatchArgs;

use crate::exit::{Exit, Failure};
use crate::locale::Speech;
use crate::printer::Printer;
use crate::resolve::{Judging, Time, passwords, time};
use args::{BatchCommand, RunArgs};
use own::Own;

/// Does what the arguments ask for.
pub fn run(args: BatchArgs, speech: &Speech) -> Result<Exit, Failure> {
    match args.command {
        Some(BatchCommand::Show(args)) => show::run(args, speech),
        Some(BatchCommand::Rejudge(args)) => rejudge::run(args, speech),
        None => verify(args.run, speech),
    }
}

/// Verifies what the arguments name and keeps the results.
fn verify(args: RunArgs, speech: &Speech) -> Result<Exit, Failure> {
    // The parser has seen to it.
    let Some(results) = &args.results else { return Ok(Exit::Usage) };
    let roots = roots(&args)?;
    let since = args.since.clone().map(|text| time(Some(text))).transpose()?.map(Time::time);
    let judging = Judging::resolve(args.judging)?;
    let verifier = Verifier::new(judging.trust.clone(), judging.policy.clone());
    let conditions = Conditions {
        verifier: &verifier,
        time: judged_at(judging.time),
        evidence_sha256: digest_of(&judging.evidence),
    };
    let begin = if args.resume { Begin::Resume } else { Begin::New };
    let unkept = |error| unkept(results, &error);
    let mut store = Store::begin(results, &conditions, begin).map_err(unkept)?;
    let options = ObserveOptions {
        passwords: passwords(None, args.password_file.as_deref())?,
        evidence: judging.evidence.clone(),
        ..verifier.observe_options()
    };
    let jobs = args.jobs.map(usize::from).or_else(|| std::thread::available_parallelism().ok().map(NonZeroUsize::get));
    let engine = Engine { verifier: &verifier, time: store.time(), options, jobs: jobs.unwrap_or(1) };
    let stop = stopped_by_control_c();
    let selection = Selection {
        recheck: args.recheck,
        only_changed: args.only_changed,
        since,
        compare_content: args.compare_content,
    };
    let mut known = store.known(selection).map_err(unkept)?;
    let own = Own::of(results);
    let mut wants = |entry: &Entry| if own.is(entry.item.path()) { Want::Skip } else { known.wants(entry) };
    let keeper = Keeper::new(args.show_personal);
    let progress = Progress::default();
    let over = AtomicBool::new(false);
    let done = std::thread::scope(|scope| {
        let shown = (!args.quiet).then(|| scope.spawn(|| progress::show(&progress, &over, speech)));
        let keep = &|outcome| keeper.keep(outcome);
        let task = Task { roots: &roots, wants: &mut wants, keep, progress: &progress, stop: &stop };
        let done = engine.run(task, &mut store);
        over.store(true, Ordering::Relaxed);
        shown.iter().for_each(|shown| shown.thread().unpark());
        done
    });
    done.map_err(unkept)?;
    if stop.is_asked() {
        store.pause().map_err(unkept)?;
        Printer::complain(&speech.shown(&speech.people.text("batch-interrupted", &[])));
        return Ok(Exit::Interrupted);
    }
    store.finish(&known, &roots).map_err(unkept)?;
    let counts = store.counts().map_err(unkept)?;
    if !args.quiet {
        summary::print(&counts, Some(&known), speech)?;
    }
    Ok(summary::exit(&counts))
}

/// Where the arguments say that documents are.
fn roots(args: &RunArgs) -> Result<Vec<Root>, Failure> {
    let named = |path: &Path, reason: String| [("path", path.display().to_string()), ("reason", reason)];
    let typed = |path: &std::path::PathBuf| {
        Root::typed(path).map_err(|error| Failure::usage("usage-pattern", named(path, error.to_string())))
    };
    let mut roots = args.roots.iter().map(typed).collect::<Result<Vec<_>, _>>()?;
    if let Some(path) = &args.manifest {
        let manifest = Manifest::open(path, args.null, Shard::ALL);
        let manifest = manifest.map_err(|error| Failure::io("usage-file", named(path, error.to_string())))?;
        roots.push(Root::Manifest(manifest));
    }
    Ok(roots)
}

/// The time to judge at and where it came from.
fn judged_at(time: Time) -> (UtcTime, TimeSource) {
    match time {
        Time::Now(time) => (time, TimeSource::Now),
        Time::Given(time) => (time, TimeSource::Given),
    }
}

/// Asked to stop when the user does. Without a handler Ctrl-C ends the process at once, which loses little.
fn stopped_by_control_c() -> Arc<Stop> {
    let stop = Arc::new(Stop::default());
    let asked = Arc::clone(&stop);
    let _ = ctrlc::set_handler(move || asked.ask());
    stop
}

/// Over the digests of all evidence, sorted: the order of arguments changes nothing.
fn digest_of(evidence: &[SuppliedEvidence]) -> Sha256 {
    let mut digests: Vec<Sha256> = evidence.iter().map(|object| sha256(object.der())).collect();
    digests.sort();
    digests.dedup();
    sha256(&digests.iter().flat_map(|digest| digest.0).collect::<Vec<_>>())
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
        other => Failure::io("usage-results", [path, ("reason", other.to_string())]),
    }
}
