use kenin_base::LimitExceeded;

/// Why an XML document could not be processed. Offsets count bytes: of the octets in [`decode`](crate::decode), of the
/// decoded text everywhere else.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum XmlError {
    /// The XML declaration names an encoding that is not read, or one that contradicts the byte order mark.
    #[error("encoding {name:?} is not supported")]
    Encoding {
        /// The name, as written.
        name: String,
    },
    /// Octets that are no character in the document's encoding.
    #[error("octets at {offset} are no {encoding}")]
    Malformed {
        /// The encoding's usual name.
        encoding: &'static str,
        /// Where the first malformed sequence begins.
        offset: u64,
    },
    /// A document type declaration. It could define entities and default attribute values, which kenin does not read.
    #[error("document type declaration at {offset}")]
    Dtd {
        /// Where `<!DOCTYPE` stands.
        offset: u64,
    },
    /// Not well-formed, or not namespace-well-formed.
    #[error("malformed XML at {offset}: {reason}")]
    Syntax {
        /// Where it was noticed.
        offset: u64,
        /// What is wrong, for developers.
        reason: String,
    },
    /// A namespace declaration with a relative URI: canonicalization has to fail (C14N 1.0, 1.3).
    #[error("relative namespace URI {uri:?} at {offset}")]
    RelativeNamespace {
        /// Where it is declared.
        offset: u64,
        /// The URI.
        uri: String,
    },
    /// A budget was reached.
    #[error(transparent)]
    Limit(#[from] LimitExceeded),
}

impl XmlError {
    pub(crate) fn syntax(offset: usize, reason: impl Into<String>) -> Self {
        Self::Syntax { offset: as_offset(offset), reason: reason.into() }
    }
}

pub(crate) fn as_offset(offset: usize) -> u64 {
    u64::try_from(offset).unwrap_or(u64::MAX)
}
