//! What must hold of every case of `tests/cases.toml` that is valid, judged as the case says.
// Tests: what cannot be read should stop them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod budgets;
#[path = "../support/subject.rs"]
mod subject;
