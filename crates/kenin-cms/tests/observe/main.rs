//! What kenin-cms observes in the committed signatures of `testdata/` and in structures bent for one rule each.
// A failure of a helper is a failure of the test that called it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod archive;
mod budgets;
mod claims;
mod describe;
mod evidence_records;
mod signatures;
mod structure;
mod testdata;
mod tokens;
