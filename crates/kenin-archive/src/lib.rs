//! Verify an archive of signed documents.
//!
//! [`walk`] finds the documents below the roots, one [`Entry`] each, and joins detached signatures with what they sign.
//! [`Engine`] observes and judges them on every core and hands each [`Outcome`] to one receiver. Nothing that a document
//! does stops the run, and no result depends on order or on the number of cores. [`Store`] keeps the results in one SQLite
//! file, so that a run goes on where it was interrupted and unchanged documents are not judged again.

mod engine;
mod entry;
mod name;
mod outcome;
mod store;
mod walk;

pub use engine::{Engine, Progress, Receive, Stop};
pub use entry::{Beside, Entry, Stamp};
pub use name::Name;
pub use outcome::{Outcome, Trouble};
pub use store::{Begin, Conditions, Counts, Known, RESULTS_SCHEMA, Store, StoreError};
pub use walk::{Found, Root, walk};
