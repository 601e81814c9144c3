//! A small PDF writer (ISO 32000-1): uncompressed objects, incremental updates in three layouts, forms, annotations,
//! signatures and what they permit, document timestamps and the document security store.

mod encryption;
mod forms;
mod page;
mod permissions;
mod signing;
mod summary;
mod writer;
mod xref;

pub use encryption::{Cipher, Encryption};
pub use forms::{Field, Rectangle, text};
pub use page::{Document, helvetica, line};
pub use permissions::{doc_mdp, field_mdp, lock};
pub use signing::{Shape, SignatureField, SubFilter};
pub use summary::discharge_summary;
pub use writer::{Layout, Pdf};
pub use xref::Spelling;
