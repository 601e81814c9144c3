//! A BER/DER cursor that keeps the exact byte span of every element.
//!
//! Signatures, timestamps and archive timestamps are computed over the octets that were received, so a
//! [`Reader`] never decodes into values of its own: it cuts [`Element`]s, which borrow the input and know
//! their offsets. BER that deployed files have (indefinite length, constructed strings, lengths in more octets
//! than needed) is accepted and remembered in [`EncodingNotes`]; the caller turns that into a finding or, where
//! the standard asks for DER, into a refusal.
//!
//! ```
//! use kenin_asn1::{Decoder, Tag};
//! use kenin_base::Budget;
//!
//! let budget = Budget::default();
//! let decoder = Decoder::new(&budget);
//! let mut reader = decoder.reader(&[0x30, 0x03, 0x02, 0x01, 0x05], 0);
//! let mut fields = reader.expect(Tag::SEQUENCE)?.children()?;
//! assert_eq!(fields.expect(Tag::INTEGER)?.integer_i64()?, 5);
//! fields.finish()?;
//! # Ok::<(), kenin_asn1::Error>(())
//! ```

mod algorithm;
mod element;
mod error;
mod reader;
mod tag;
mod time;

pub use algorithm::AlgorithmIdentifier;
pub use element::{BitString, Element, definite_length};
pub use error::{Error, ErrorKind};
pub use reader::{Decoder, EncodingNotes, Reader};
pub use tag::{Class, Tag};
pub use time::Asn1Time;
