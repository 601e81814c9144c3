//! CMS SignedData (RFC 5652), CAdES attributes (EN 319 122-1) and timestamps (RFC 3161), read into facts.
//!
//! The work is divided so that content is read once, whoever holds it:
//!
//! 1. [`Cms::parse`] cuts the envelope into views on the octets received; BER is accepted and noted.
//! 2. [`Cms::required_digests`] (or [`TimestampToken::imprint_algorithm`]) says how the content must be hashed.
//! 3. The caller hashes it in one pass; attached content is hashed here, segment by segment.
//! 4. [`observe_signatures`] and [`observe_token`] verify every candidate certificate's key and write facts. What
//!    was carried along (certificates, revocation data, tokens) goes to the [`Observer`]'s evidence.
//!
//! Every value is read with kenin-asn1's cursor, so that octets, offsets and the budget are exact everywhere.
//! Whether a signature is *good* is judged elsewhere: what is odd here becomes a finding.

mod archive;
mod attributes;
mod candidates;
mod carried;
mod check;
mod content;
mod digest_identifier;
mod error;
mod ess;
mod evidence_record;
mod findings;
mod integer;
mod memo;
mod not_checked;
mod observer;
mod oids;
mod pool;
mod response;
mod signature;
mod signed_attributes;
mod signed_data;
mod signer;
mod signer_claims;
mod signer_info;
mod timestamp_token;
mod tst_info;
mod value;

pub use content::Content;
pub use error::CmsError;
pub use evidence_record::{ArchivedData, EvidenceRecord, observe_evidence_record};
pub use not_checked::NotChecked;
pub use observer::Observer;
pub use response::TimestampResponse;
pub use signature::observe_signatures;
pub use signed_data::{AttachedContent, Cms};
pub use timestamp_token::{Imprinted, TimestampToken, observe_embedded, observe_token, unreadable_token};
pub use value::{SignatureValue, observe_value};
