//! Verify an archive of signed documents.
//!
//! [`walk`] finds the documents below the roots, one [`Entry`] each, and joins detached signatures with what they sign.
//! [`Engine`] observes and judges them on every core and hands each [`Outcome`] to one receiver. Nothing that a document
//! does stops the run, and no result depends on order or on the number of cores.

mod engine;
mod entry;
mod name;
mod outcome;
mod walk;

pub use engine::{Engine, Progress, Receive, Stop};
pub use entry::{Entry, Stamp};
pub use name::Name;
pub use outcome::{Outcome, Trouble};
pub use walk::{Found, Root, walk};
