//! `kenin-testkit`: writes the demo PKI with a signed sample, the whole of `testdata/`, or an archive of any size.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use kenin_testkit::{World, fixtures, folder, hospital};

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
    /// An archive of distinct documents, sound and defective, with a ledger of the verdicts that they deserve.
    #[command(after_help = "Example:\n  kenin-testkit archive archive --documents 10000\n  \
        kenin batch archive/documents --results results.db --trust archive/trust.toml --time 2024-05-21T00:00:00Z")]
    Archive {
        /// Folder to write into; made if missing.
        #[arg(value_name = "DIR")]
        out: PathBuf,
        /// Number of documents; what a detached signature signs is one more file.
        #[arg(long, value_name = "N")]
        documents: u64,
        /// Another seed makes other documents.
        #[arg(long, value_name = "S", default_value_t = 0)]
        seed: u64,
    },
}

fn main() -> ExitCode {
    let written = match Arguments::parse().command {
        Command::Demo { out } => folder::write(&out, &fixtures::demo(&World::build())),
        Command::Testdata { out } => folder::write(&out, &fixtures::testdata()),
        Command::Archive { out, documents, seed } => hospital::write(&out, documents, seed).map(drop),
    };
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            folder::complain(&error);
            ExitCode::FAILURE
        }
    }
}
