//! Developer tasks: `cargo xtask testdata` writes `testdata/`, `cargo xtask codes` writes `docs/codes.md`; with `--check`
//! they only compare. `cargo xtask pictures DIR` draws reports, to be looked at.

mod codes;
mod pictures;

use std::path::Path;
use std::process::ExitCode;

use kenin_testkit::{fixtures, folder};

const USAGE: &str = "usage: cargo xtask testdata|codes [--check]\n       cargo xtask pictures DIR\n\n  \
    testdata          regenerate testdata/ byte for byte\n  \
    testdata --check  fail if testdata/ is not what would be generated\n  \
    codes             regenerate docs/codes.md from the explanations\n  \
    codes --check     fail if docs/codes.md is not what would be generated\n  \
    pictures DIR      draw the reports of the verdict table in headless Chromium";

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
        _ => {
            folder::complain(&USAGE);
            return ExitCode::from(4);
        }
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            folder::complain(&error);
            ExitCode::FAILURE
        }
    }
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

fn check_codes() -> Result<ExitCode, Box<dyn std::error::Error>> {
    if codes::is_current()? {
        return Ok(ExitCode::SUCCESS);
    }
    folder::complain(&"docs/codes.md is not what the explanations say: run cargo xtask codes");
    Ok(ExitCode::FAILURE)
}
