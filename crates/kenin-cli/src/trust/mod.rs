//! `kenin trust`: trust profiles shown, added to, and examined for what is missing.

mod archive;
mod doctor;
mod entry;
mod import;
mod list;
mod profile_file;
mod self_check;

use crate::args::TrustCommand;
use crate::exit::{Exit, Failure};
use crate::locale::Speech;

/// Carries out a `kenin trust` command.
pub fn run(command: TrustCommand, speech: &Speech) -> Result<Exit, Failure> {
    match command {
        TrustCommand::List { trust } => list::run(&trust, speech),
        TrustCommand::Import(args) => import::run(args, speech),
        TrustCommand::Doctor(args) => doctor::run(args, speech),
    }
}
