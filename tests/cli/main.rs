//! Whole-program tests: what a person or script at the command line meets.

// A helper that cannot go on fails its test.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod exits;
mod output;
mod program;
mod schema;
