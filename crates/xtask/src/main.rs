//! Developer tasks: `cargo xtask testdata` writes `testdata/`, `cargo xtask testdata --check` compares only.

use std::path::Path;
use std::process::ExitCode;

use kenin_testkit::{fixtures, folder};

const USAGE: &str = "usage: cargo xtask testdata [--check]\n\n  \
    testdata          regenerate testdata/ byte for byte\n  \
    testdata --check  fail if testdata/ is not what would be generated";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata");
    let outcome = match arguments.as_slice() {
        ["testdata"] => regenerate(&folder),
        ["testdata", "--check"] => check(&folder),
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

fn regenerate(folder: &Path) -> Result<ExitCode, folder::Error> {
    let files = fixtures::testdata();
    folder::write(folder, &files)?;
    folder::remove_strangers(folder, &files)?;
    Ok(ExitCode::SUCCESS)
}

fn check(folder: &Path) -> Result<ExitCode, folder::Error> {
    let differences = folder::differences(folder, &fixtures::testdata())?;
    for line in &differences {
        folder::complain(line);
    }
    Ok(if differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
