//! What every kenin crate shares: [`Limits`] and the [`Budget`] drawn from them, [`UtcTime`], [`Span`],
//! byte [`Source`]s, object identifiers ([`Oid`]), [`DigestAlgorithm`] names, [`Sha256`] keys, and the
//! [`Finding`]s by which a reader says what it saw.
//!
//! This crate knows nothing of ASN.1, PDF or trust, and reads no clock. The only I/O is a [`Source`]
//! reading the file that its caller opened.

mod codes;
mod decimal;
mod digest_algorithm;
mod finding;
mod limits;
mod oid;
mod sha256;
mod source;
mod span;
mod stable_codes;
mod time;

pub use codes::FindingCode;
pub use digest_algorithm::DigestAlgorithm;
pub use finding::Finding;
pub use limits::{Budget, LimitExceeded, Limits, Resource};
pub use oid::{Oid, OidError};
pub use sha256::Sha256;
pub use source::{ReadAt, Source, SourceError};
pub use span::Span;
pub use time::{TimeError, UtcTime};
