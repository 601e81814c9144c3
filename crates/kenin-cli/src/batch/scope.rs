//! What a run is over, in the words of its arguments: a run that was interrupted goes on with the same ones only.

use std::path::Path;

use kenin::render::sanitised;
use kenin::{Sha256, Source};
use kenin_archive::{Recheck, sha256_of};

use super::args::RunArgs;
use crate::exit::Failure;
use crate::resolve::instant;
use crate::shell;

/// Everything that decides which documents a run judges and what it keeps of them, to be given again as it stands here.
pub fn words(args: &RunArgs) -> Result<String, Failure> {
    let mut words: Vec<String> = args.roots.iter().map(|root| exact(root)).collect();
    words.sort();
    words.dedup();
    if let Some(manifest) = &args.manifest {
        words.push(format!("--manifest {}", exact(manifest)));
        // A pipe can be read once only, and that is when the run begins.
        if manifest.is_file() {
            words.push(format!("(SHA-256 {})", digest(manifest)?));
        }
    }
    if args.roots.iter().chain(&args.manifest).any(|path| path.is_relative()) {
        let here = std::env::current_dir().unwrap_or_default();
        words.push(format!("in {}", exact(&here)));
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

/// A name by which no other is meant: what is no text, or could steer a terminal, by its octets.
fn exact(path: &Path) -> String {
    match path.to_str() {
        Some(text) if sanitised(text) == text => shell::file(path),
        _ => {
            let octets = path.as_os_str().as_encoded_bytes();
            let escaped: String = octets.iter().map(|octet| format!("\\x{octet:02x}")).collect();
            format!("$'{escaped}'")
        }
    }
}

/// Of a list: one that has become another names other documents.
fn digest(list: &Path) -> Result<Sha256, Failure> {
    let unreadable = |error: &dyn std::fmt::Display| {
        Failure::io("usage-file", [("path", list.display().to_string()), ("reason", error.to_string())])
    };
    let source = Source::open(list).map_err(|error| unreadable(&error))?;
    sha256_of(&source).map_err(|error| unreadable(&error))
}

fn named(recheck: &Recheck) -> String {
    match recheck {
        Recheck::Invalid => "invalid".to_owned(),
        Recheck::Indeterminate => "indeterminate".to_owned(),
        Recheck::Expiring { days } => format!("expiring={days}d"),
    }
}
