//! Verify an archive of signed documents.
//!
//! [`walk`] finds the documents below the roots, one [`Entry`] each, and joins detached signatures with what they sign.
//! [`Engine`] observes and judges them on every core and hands each [`Outcome`] to one receiver. Nothing that a document
//! does stops the run, and no result depends on order or on the number of cores. [`Store`] keeps the results in one SQLite
//! file, so that a run goes on where it was interrupted and unchanged documents are not judged again.

mod container;
mod engine;
mod entry;
pub mod export;
mod hash;
mod keep;
mod name;
#[cfg(feature = "object-storage")]
mod objects;
mod outcome;
mod pack;
mod page;
mod part;
mod record;
mod spool;
mod store;
mod summary;
mod walk;

pub use engine::{Engine, Progress, Receive, Stop, Task, Want};
pub use entry::{Entry, Item, Stamp};
pub use hash::sha256_of;
pub use keep::{Keeper, Kept};
pub use name::Name;
#[cfg(feature = "object-storage")]
pub use objects::{AddressProblem, Object, ObjectSettings, Objects, ObjectsError, is_object_url};
pub use outcome::{Judged, Outcome, Trouble};
pub use pack::{Packed, Packer};
pub use page::archive_page;
pub use part::{PART_SCHEMA, Part, PartMeta, PartWriter, Question};
pub use record::{Record, SignatureRecord};
pub use store::{
    Begin, Conditions, Counts, Known, RESULTS_SCHEMA, Recheck, Rejudge, Rejudged, Results, Row, RunRow, Selection,
    Store, StoreError, rejudge,
};
pub use summary::{Calendar, Cause, JudgedAlike, Licence, Listed, Month, Reason, Share, Stamps, Summary, Year};
pub use walk::{
    Found, Manifest, Pattern, PatternError, Root, RootError, Shard, asks_for_content, content_beside, leads_elsewhere,
    members, walk,
};
