use kenin_base::{LimitExceeded, OidError};

use crate::Tag;

/// A structure could not be decoded: what is wrong and at which byte offset of the document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind} at byte {offset}")]
pub struct Error {
    /// What is wrong.
    pub kind: ErrorKind,
    /// Offset of the element in the document (or in the structure cut from it).
    pub offset: u64,
}

impl Error {
    /// An error of `kind` at `offset`.
    pub fn new(kind: ErrorKind, offset: u64) -> Self {
        Self { kind, offset }
    }

    /// The budget that was reached, if that is the cause.
    pub fn limit(&self) -> Option<LimitExceeded> {
        match self.kind {
            ErrorKind::Limit(limit) => Some(limit),
            _ => None,
        }
    }
}

/// What is wrong with an encoding.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The data ends inside an element.
    #[error("the data ends inside an ASN.1 element")]
    Truncated,
    /// An element of this tag was expected.
    #[error("expected ASN.1 {expected}, found {found}")]
    UnexpectedTag {
        /// The tag the structure asks for.
        expected: Tag,
        /// The tag that is there.
        found: Tag,
    },
    /// An element of this tag was expected and nothing is left.
    #[error("expected ASN.1 {expected}, found the end")]
    Missing {
        /// The tag the structure asks for.
        expected: Tag,
    },
    /// Identifier or length octets are not valid BER (X.690 8.1).
    #[error("invalid ASN.1 header")]
    InvalidHeader,
    /// The content octets are not a value of the type.
    #[error("invalid ASN.1 {0}")]
    InvalidValue(&'static str),
    /// Elements are left over after a complete structure.
    #[error("unexpected data after the structure")]
    TrailingData,
    /// A budget was reached.
    #[error(transparent)]
    Limit(#[from] LimitExceeded),
    /// An object identifier is malformed or too long.
    #[error(transparent)]
    Oid(#[from] OidError),
}
