//! `kenin trust`: trust profiles shown.

mod list;

use crate::args::TrustCommand;
use crate::exit::{Exit, Failure};
use crate::locale::Speech;

/// Carries out a `kenin trust` command.
pub fn run(command: TrustCommand, speech: &Speech) -> Result<Exit, Failure> {
    match command {
        TrustCommand::List { trust } => list::run(&trust, speech),
    }
}
