//! PDF revisions, signature fields and the document security store, read into facts.
//!
//! The reader is lazy: it follows the cross-reference chain and parses the objects it reaches, each once, by its
//! offset. A large file is never held. Every signature is resolved through *its own revision*, the document as it
//! stood where its /ByteRange ends, so that nothing appended later changes what was signed; what the later revisions
//! do is a fact of its own. Occurrences of /ByteRange in the raw bytes are compared with the signatures that the
//! object view reaches, because the two disagree in forged files.
//!
//! [`observe`] is the way in; [`looks_like_pdf`] recognises the format, [`structure`](fn@structure) shows the revisions.
//! Clause numbers are those of ISO 32000-1 unless another document is named.

mod byte_range;
mod chain;
mod changes;
mod crypt;
mod document;
mod dss;
mod error;
mod field;
mod file;
mod filter;
mod gap;
mod hashing;
mod lexer;
mod notices;
mod object;
mod object_table;
mod observe;
mod page_box;
mod page_text;
mod parser;
mod permissions;
mod prepared;
mod reader;
mod rect;
mod rsa_sha1;
mod seed_values;
mod site;
mod structure;
mod text;
mod values;
mod xref;

pub use error::PdfError;
pub use object_table::{ObjectEntry, ObjectLocation, object_table};
pub use observe::{PdfOptions, looks_like_pdf, observe, overrides_pdf};
pub use structure::{EncryptionState, RevisionStructure, Structure, XrefKind, structure};
pub use values::signature_values;
