//! Whole-program tests: what a person or script at the command line meets.

// A helper that cannot go on fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod ascii;
mod catalogue;
mod changes;
mod etsi_xml;
mod evidence;
mod exits;
mod horizons;
mod inspect;
mod levels;
mod offline;
mod output;
mod overwriting;
mod places;
mod policy;
mod program;
mod rejudge;
mod schema;
#[cfg(unix)]
mod sparse;
#[cfg(unix)]
mod terminal;
mod texts;
mod trust_doctor;
mod trust_import;
