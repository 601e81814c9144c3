//! What a run is over, in the words of its arguments: a run that was interrupted goes on with the same ones only.

use kenin_archive::Recheck;

use super::args::RunArgs;
use crate::exit::Failure;
use crate::resolve::instant;
use crate::shell;

/// Everything that decides which documents a run judges and what it keeps of them, to be given again as it stands here.
pub fn words(args: &RunArgs) -> Result<String, Failure> {
    let mut words: Vec<String> = args.roots.iter().map(|root| shell::file(root)).collect();
    words.sort();
    words.dedup();
    if let Some(manifest) = &args.manifest {
        words.push(format!("--manifest {}", shell::file(manifest)));
    }
    if let Some(since) = &args.since {
        words.push(format!("--since {}", instant("--since", since)?));
    }
    let mut recheck: Vec<String> = args.recheck.iter().map(named).collect();
    recheck.sort();
    recheck.dedup();
    if !recheck.is_empty() {
        words.push(format!("--recheck {}", recheck.join(",")));
    }
    let flags = [
        (args.null, "--null"),
        (args.only_changed, "--only-changed"),
        (args.compare_content, "--compare-content"),
        (args.show_personal, "--show-personal"),
    ];
    words.extend(flags.into_iter().filter(|(given, _)| *given).map(|(_, flag)| flag.to_owned()));
    Ok(words.join(" "))
}

fn named(recheck: &Recheck) -> String {
    match recheck {
        Recheck::Invalid => "invalid".to_owned(),
        Recheck::Indeterminate => "indeterminate".to_owned(),
        Recheck::Expiring { days } => format!("expiring={days}d"),
    }
}
