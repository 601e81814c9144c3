//! A small PDF writer (ISO 32000-1): uncompressed objects, incremental updates in three layouts, signatures,
//! document timestamps and the document security store.

mod encryption;
mod page;
mod signing;
mod summary;
mod writer;

pub use encryption::Encryption;
pub use page::Document;
pub use signing::{SignatureField, SubFilter};
pub use summary::discharge_summary;
pub use writer::{Layout, Pdf};
