//! `kenin-testkit`: writes the demo PKI with a signed sample, or the whole of `testdata/`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use kenin_testkit::{World, fixtures, folder};

/// Makes a deterministic demo PKI, signed medical documents and their tampered twins.
///
/// Every name in what it writes says DEMO, and the private keys are public: nothing it makes deserves trust.
#[derive(Parser)]
#[command(
    version,
    after_help = "Examples:\n  kenin-testkit demo --out demo\n  \
    kenin verify demo/discharge-summary.pdf --trust demo/demo-trust.toml\n  \
    kenin-testkit testdata --out testdata"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The demo PKI (pki/), its trust profile and a signed discharge summary.
    #[command(after_help = "Example:\n  kenin-testkit demo --out demo")]
    Demo {
        /// Folder to write into; made if missing.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Every file of the project's testdata/: the demo, good signatures of every kind and their twins.
    #[command(after_help = "Example:\n  kenin-testkit testdata --out testdata")]
    Testdata {
        /// Folder to write into; made if missing.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

fn main() -> ExitCode {
    let (files, out) = match Arguments::parse().command {
        Command::Demo { out } => (fixtures::demo(&World::build()), out),
        Command::Testdata { out } => (fixtures::testdata(), out),
    };
    match folder::write(&out, &files) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            folder::complain(&error);
            ExitCode::FAILURE
        }
    }
}
