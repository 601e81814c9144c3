//! `kenin batch rejudge`: every document of the results, from what was observed of it.

use kenin::Verifier;
use kenin_archive::{Conditions, Rejudge, Results, rejudge};

use super::args::BatchRejudgeArgs;
use super::watched::stopped_by_control_c;
use super::{digest_of, judged_at, summary, unkept};
use crate::args::{DEFAULT_POLICY, DEFAULT_TRUST};
use crate::evidence;
use crate::exit::{Exit, Failure};
use crate::locale::Speech;
use crate::printer::{self, Printer};
use crate::resolve::{self, Judging};

/// Judges again what the results hold.
pub fn run(args: BatchRejudgeArgs, speech: &Speech) -> Result<Exit, Failure> {
    let path = || ("path", args.results.display().to_string());
    match std::fs::metadata(&args.results) {
        Err(error) => return Err(Failure::io("usage-file", [path(), ("reason", error.to_string())])),
        Ok(found) if !found.is_file() => return Err(Failure::usage("usage-batch-not-results", [path()])),
        Ok(_) => {}
    }
    let judging = judging(&args)?;
    let verifier = Verifier::new(judging.trust.clone(), judging.policy.clone());
    let how = Rejudge {
        conditions: Conditions {
            verifier: &verifier,
            time: judged_at(judging.time),
            evidence_sha256: digest_of(&judging.evidence),
        },
        evidence: &judging.evidence,
        limits: verifier.observe_options().limits,
        trusted: args.trust_facts,
        show_personal: args.show_personal,
    };
    let stop = stopped_by_control_c();
    let line = printer::Progress::of_batch();
    let progress = |done: u64| {
        if !args.quiet {
            line.show(&speech.shown(&speech.people.text("batch-rejudge-progress", &[("done", done.into())])));
        }
    };
    let rejudged = rejudge(&args.results, &how, &progress, &stop).map_err(|error| unkept(&args.results, &error))?;
    line.clear();
    let Some(rejudged) = rejudged else {
        Printer::complain(&speech.shown(&speech.people.text("batch-rejudge-interrupted", &[])));
        return Ok(Exit::Interrupted);
    };
    if !args.quiet {
        summary::print(&rejudged.counts, (0, 0), &[], speech)?;
        if rejudged.without_facts > 0 {
            let count = [("count", rejudged.without_facts.into())];
            printer::page(&(speech.shown(&speech.people.text("batch-without-facts", &count)) + "\n"))?;
        }
    }
    // Verdicts rule 13: what nobody compared with its document is never an answer of 0.
    match summary::exit(&rejudged.counts) {
        Exit::Valid if !args.trust_facts => {
            if !args.quiet {
                printer::page(&(speech.shown(&speech.people.text("batch-rejudge-unchecked", &[])) + "\n"))?;
            }
            Ok(Exit::Indeterminate)
        }
        exit => Ok(exit),
    }
}

/// What is not said is as it was at the last run: who asks for another time does not mean other anchors.
fn judging(args: &BatchRejudgeArgs) -> Result<Judging, Failure> {
    let last = || -> Result<Option<Verifier>, Failure> {
        let results = Results::open(&args.results).map_err(|error| unkept(&args.results, &error))?;
        let runs = results.runs().map_err(|error| unkept(&args.results, &error))?;
        let verifier = runs.last().map(|run| results.verifier(run)).transpose();
        verifier.map_err(|error| unkept(&args.results, &error))
    };
    let last = if args.trust.is_some() && args.policy.is_some() { None } else { last()? };
    let trust = match (&args.trust, &last) {
        (None, Some(last)) => last.trust().clone(),
        (given, _) => resolve::trust(given.as_deref().unwrap_or(DEFAULT_TRUST))?,
    };
    let policy = match (&args.policy, &last) {
        (None, Some(last)) => last.policy().clone(),
        (given, _) => resolve::policy(given.as_deref().unwrap_or(DEFAULT_POLICY))?,
    };
    let time = resolve::time(args.time.clone())?;
    Ok(Judging { trust, policy, time, evidence: evidence::read(&args.evidence)? })
}
