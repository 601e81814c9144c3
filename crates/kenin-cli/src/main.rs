//! The `kenin` program: arguments as typed ([`args`]), resolved into a plan before any document is read
//! ([`resolve`]), carried out over one or many documents, and shown by the one [`printer`].

mod args;
mod batch;
mod evidence;
mod exit;
mod explain;
mod files;
mod folder;
mod input;
mod inspect;
mod locale;
mod observed;
mod policy;
mod printer;
mod read_files;
mod rejudge;
mod resolve;
mod shell;
mod trust;
mod verify;
mod written;

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

use args::{Cli, Command};
use locale::Speech;
use printer::Printer;

/// Judging is many small objects, and those of a worker end in the thread that keeps results: the system's allocator takes
/// a quarter of the time for it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return printer::clap_message(&error),
    };
    printer::quiet_panics();
    let speech = Speech::new(cli.lang, cli.ascii);
    let done = match cli.command {
        Command::Verify(args) => verify::run(args, &speech),
        Command::Batch(args) => batch::run(args, &speech),
        Command::Rejudge(args) => rejudge::run(args, &speech),
        Command::Inspect(args) => inspect::run(args, &speech),
        Command::Explain { code } => explain::run(code.as_deref(), &speech),
        Command::Trust { command } => trust::run(command, &speech),
        Command::Policy { command } => policy::run(command, &speech),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(failure) => {
            Printer::complain(&speech.shown(&failure.message(&speech)));
            failure.exit().into()
        }
    }
}
