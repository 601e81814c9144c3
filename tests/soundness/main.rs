//! No change to what a signature covers leaves it good, and no change anywhere makes a document claim what none of the
//! documents that it was made of claims.
//!
//! Every document of `tests/cases.toml` is changed bit by bit, element by element (of DER or of XML), and with parts of every other; without
//! `KENIN_SOUNDNESS=full`, a sample drawn from a seed is, or, with a number there, so many times as much. Corpus files with intact signatures are changed, too.
//!
//!     KENIN_SOUNDNESS=full cargo test --release --test soundness -- --nocapture
// A test program: a failed assumption should stop it, and its counts belong on standard output.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs
)]

mod claims;
#[path = "../support/corpus.rs"]
mod corpus;
mod coverage;
mod documents;
mod draw;
mod files;
mod markup;
mod mutants;
#[path = "../support/subject.rs"]
mod subject;
mod tally;
mod transplants;
mod xml;

use std::process::ExitCode;
use std::sync::Arc;

use corpus::Suite;
use documents::Documents;
use draw::Effort;
use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let effort = Effort::asked_for();
    let documents = Arc::new(std::sync::OnceLock::<Documents>::new());
    let trial = |name: &str, test: fn(&Documents, Effort) -> tally::Tally| {
        let documents = Arc::clone(&documents);
        Trial::test(name, move || test(documents.get_or_init(Documents::read), effort).verdict())
    };
    let corpus = Suite::new("corpus", |_| ());
    let trials = vec![
        trial("bits", mutants::bits),
        trial("elements", mutants::elements),
        trial("transplants", transplants::parts),
        trial("stores", transplants::stores),
        trial("markup", markup::changes),
        trial("markup-transplants", markup::transplants),
        corpus.folder_trial("bits", move |folder| files::bits(folder, effort).verdict()),
    ];
    libtest_mimic::run(&arguments, trials).exit_code()
}
