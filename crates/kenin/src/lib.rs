//! Verify electronic signatures and timestamps on Japanese medical records.
mod report;
pub use report::*;
