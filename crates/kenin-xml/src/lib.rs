//! Canonical XML (1.0, 1.1, exclusive), XML signatures (XMLDSig) and XAdES (EN 319 132-1), read into facts.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing))]

mod canonical;
mod declaration;
mod document;
mod encoding;
mod error;
mod node_set;
mod scan;
mod tag;

pub use canonical::{Canonicalization, canonicalize};
pub use document::XmlDocument;
pub use encoding::decode;
pub use error::XmlError;
pub use node_set::NodeSet;
