//! `kenin batch`: an archive, its results kept in a file, and what can be done with them.

mod args;
mod export;
mod own;
mod part;
mod progress;
mod rejudge;
mod report;
mod scope;
mod show;
mod summary;
mod verify;
mod watched;

use std::path::{Path, PathBuf};

use kenin::{Sha256, SuppliedEvidence, TimeSource, UtcTime};
use kenin_archive::{Manifest, Root, Shard, StoreError};
use kenin_crypto::sha256;

pub use args::BatchArgs;

use crate::exit::{Exit, Failure};
use crate::locale::Speech;
use crate::resolve::Time;
use args::{BatchCommand, RunArgs};

/// Does what the arguments ask for.
pub fn run(args: BatchArgs, speech: &Speech) -> Result<Exit, Failure> {
    match args.command {
        Some(BatchCommand::Show(args)) => show::run(args, speech),
        Some(BatchCommand::Rejudge(args)) => rejudge::run(args, speech),
        Some(BatchCommand::Export(args)) => export::run(&args),
        Some(BatchCommand::Report(args)) => report::run(args, speech),
        None => verify::run(args.run, speech),
    }
}

/// Where the arguments say that documents are.
fn roots(args: &RunArgs) -> Result<Vec<Root>, Failure> {
    let named = |path: &Path, reason: String| [("path", path.display().to_string()), ("reason", reason)];
    let typed = |path: &PathBuf| {
        Root::typed(path).map_err(|error| Failure::usage("usage-root", named(path, error.to_string())))
    };
    let mut roots = args.roots.iter().map(typed).collect::<Result<Vec<_>, _>>()?;
    if let Some(path) = &args.manifest {
        let manifest = Manifest::open(path, args.null, args.shard.unwrap_or(Shard::ALL));
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
        StoreError::Unfinished { scope, policy, time } => {
            let said = [path, ("scope", scope.clone()), ("policy", policy.clone()), ("time", time.clone())];
            Failure::usage("usage-batch-unfinished", said)
        }
        StoreError::OtherScope { scope } => Failure::usage("usage-batch-other-scope", [path, ("scope", scope.clone())]),
        StoreError::InUse => Failure::io("usage-batch-in-use", [path]),
        StoreError::Other { what } => Failure::usage("usage-batch-other", [path, ("what", (*what).to_owned())]),
        StoreError::NotResults => Failure::usage("usage-batch-not-results", [path]),
        StoreError::Version { .. } => Failure::usage("usage-batch-version", [path]),
        other => Failure::io("usage-results", [path, ("reason", other.to_string())]),
    }
}
