//! Whole-program tests: what a person or script at the command line meets.

mod exits;
mod output;
mod program;
mod schema;
