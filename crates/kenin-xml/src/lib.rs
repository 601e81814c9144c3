//! Canonical XML (1.0, 1.1, exclusive), XML signatures (XMLDSig) and XAdES (EN 319 132-1), read into facts.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing))]

mod algorithms;
mod canonical;
mod declaration;
mod document;
mod encoding;
mod error;
mod evidence;
mod findings;
mod ids;
mod key_info;
mod names;
mod node_set;
mod observe;
mod others;
mod parts;
mod paths;
mod record;
mod reference;
mod scan;
mod signature;
mod signed_properties;
mod tag;
mod timestamps;
mod transform;
mod unsigned_properties;
mod xpath;

pub use canonical::{Canonicalization, canonicalize};
pub use document::XmlDocument;
pub use encoding::decode;
pub use error::XmlError;
pub use node_set::NodeSet;
pub use observe::{Companions, XmlOptions, finding_of, observe_xml};
