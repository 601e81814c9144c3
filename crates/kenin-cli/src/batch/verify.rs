//! `kenin batch ROOT... --results PATH`: an archive is verified and the results kept.

use std::num::NonZeroUsize;
use std::path::Path;

use kenin::{ObserveOptions, Verifier};
use kenin_archive::{Begin, Conditions, Engine, Entry, Keeper, Selection, Store, StoreError, Want};

use super::args::RunArgs;
use super::own::Own;
use super::watched::Watched;
use super::{digest_of, judged_at, part, roots, scope, summary, unkept};
use crate::exit::{Exit, Failure};
use crate::locale::Speech;
use crate::printer::Printer;
use crate::resolve::{Judging, instant, passwords};

/// Verifies what the arguments name.
pub fn run(args: RunArgs, speech: &Speech) -> Result<Exit, Failure> {
    // The parser has seen to it that there is one.
    let Some(results) = args.results.clone() else { return Ok(Exit::Usage) };
    let (roots, scope) = (roots(&args)?, scope::words(&args)?);
    let since = args.since.as_deref().map(|text| instant("--since", text)).transpose()?;
    let judging = Judging::resolve(args.judging)?;
    let verifier = Verifier::new(judging.trust.clone(), judging.policy.clone());
    let conditions = Conditions {
        verifier: &verifier,
        time: judged_at(judging.time),
        evidence_sha256: digest_of(&judging.evidence),
    };
    let options = ObserveOptions {
        passwords: passwords(None, args.password_file.as_deref())?,
        evidence: judging.evidence,
        ..verifier.observe_options()
    };
    let jobs = args.jobs.map(usize::from).or_else(|| std::thread::available_parallelism().ok().map(NonZeroUsize::get));
    let watched = Watched {
        engine: Engine { verifier: &verifier, time: conditions.time, options, jobs: jobs.unwrap_or(1) },
        roots,
        quiet: args.quiet,
        speech,
    };
    if let Some((shard, manifest)) = args.shard.zip(args.manifest.as_deref()) {
        return part::run(&results, manifest, shard, args.show_personal, &conditions, watched);
    }
    let begin = match (args.resume, args.restart) {
        (true, _) => Begin::Resume,
        (false, true) => Begin::Restart,
        (false, false) => Begin::New,
    };
    let selection = Selection {
        recheck: args.recheck,
        only_changed: args.only_changed,
        since,
        compare_content: args.compare_content,
    };
    let store = Store::begin(&results, &conditions, &scope, begin).map_err(|error| unkept(&results, &error))?;
    keep(store, selection, &Keeper::new(args.show_personal), &results, watched)
}

fn keep(
    mut store: Store,
    selection: Selection,
    keeper: &Keeper,
    results: &Path,
    mut watched: Watched<'_>,
) -> Result<Exit, Failure> {
    let unkept = |error: StoreError| unkept(results, &error);
    let mut known = store.known(selection).map_err(unkept)?;
    let own = Own::of(results);
    let mut wants = |entry: &Entry| {
        if entry.item.path().is_some_and(|path| own.is(path)) { Want::Skip } else { known.wants(entry) }
    };
    // A run that goes on judges at the time at which it began.
    watched.engine.time = store.time();
    if watched.run(&mut wants, keeper, &mut store).map_err(unkept)?.is_break() {
        store.pause().map_err(unkept)?;
        Printer::complain(&watched.speech.shown(&watched.speech.people.text("batch-interrupted", &[])));
        return Ok(Exit::Interrupted);
    }
    store.finish(&known, &watched.roots).map_err(unkept)?;
    let counts = store.counts().map_err(unkept)?;
    if !watched.quiet {
        let troubles = store.troubles(summary::TROUBLES).map_err(unkept)?;
        let troubles: Vec<_> = troubles.into_iter().map(|(name, reason)| (name.to_string(), reason)).collect();
        let left = (known.unchanged() + store.compared(), known.older());
        summary::print(&counts, left, &troubles, watched.speech)?;
    }
    drop(known);
    store.close();
    Ok(summary::exit(&counts))
}
