//! Developer tasks: `cargo xtask testdata` writes `testdata/`, `cargo xtask codes` writes `docs/codes.md`; with `--check`
//! they only compare. `cargo xtask pictures DIR` draws reports, to be looked at. `cargo xtask throughput` and
//! `cargo xtask archive` measure `kenin batch`.

mod archive;
mod codes;
mod pictures;

use std::path::Path;
use std::process::{Command, ExitCode};

use kenin_testkit::{fixtures, folder};

const USAGE: &str = "usage: cargo xtask testdata|codes [--check]\n       cargo xtask pictures DIR\n       \
    cargo xtask throughput [--documents N]\n       cargo xtask archive [--documents N] [DIR]\n\n  \
    testdata          regenerate testdata/ byte for byte\n  \
    testdata --check  fail if testdata/ is not what would be generated\n  \
    codes             regenerate docs/codes.md from the explanations\n  \
    codes --check     fail if docs/codes.md is not what would be generated\n  \
    pictures DIR      draw the reports of the verdict table in headless Chromium\n  \
    throughput        the time of kenin batch beside what no verifier could save, and pyHanko's\n  \
    archive           a generated archive of 100000 documents: verdicts, memory, two cores and one";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata");
    let outcome = match arguments.as_slice() {
        ["testdata"] => regenerate(&folder),
        ["testdata", "--check"] => check(&folder),
        ["codes"] => codes::write().map(|()| ExitCode::SUCCESS).map_err(Into::into),
        ["codes", "--check"] => check_codes(),
        ["pictures", folder] => pictures::write(Path::new(folder)).map(|()| ExitCode::SUCCESS),
        ["throughput", rest @ ..] => throughput(rest),
        ["archive", rest @ ..] => match archive_arguments(rest) {
            Some((documents, folder)) => archive::run(documents, folder).map(|()| ExitCode::SUCCESS),
            None => return usage(),
        },
        _ => return usage(),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            folder::complain(&error);
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    folder::complain(&USAGE);
    ExitCode::from(4)
}

fn regenerate(folder: &Path) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let files = fixtures::testdata();
    folder::write(folder, &files)?;
    folder::remove_strangers(folder, &files)?;
    Ok(ExitCode::SUCCESS)
}

fn check(folder: &Path) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let differences = folder::differences(folder, &fixtures::testdata())?;
    for line in &differences {
        folder::complain(line);
    }
    Ok(if differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A bench, so that it is built for release.
fn throughput(arguments: &[&str]) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["bench", "--quiet", "-p", "kenin-cli", "--bench", "throughput", "--"]).args(arguments);
    Ok(if cargo.status()?.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The number of documents and the folder.
fn archive_arguments<'a>(arguments: &[&'a str]) -> Option<(u64, Option<&'a Path>)> {
    match arguments {
        ["--documents", number, rest @ ..] => Some((number.parse().ok()?, archive_arguments(rest)?.1)),
        [] => Some((archive::DOCUMENTS, None)),
        [folder] if !folder.starts_with('-') => Some((archive::DOCUMENTS, Some(Path::new(*folder)))),
        _ => None,
    }
}

fn check_codes() -> Result<ExitCode, Box<dyn std::error::Error>> {
    if codes::is_current()? {
        return Ok(ExitCode::SUCCESS);
    }
    folder::complain(&"docs/codes.md is not what the explanations say: run cargo xtask codes");
    Ok(ExitCode::FAILURE)
}
