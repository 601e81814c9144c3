use kenin_asn1::Error as Asn1Error;
use kenin_base::{LimitExceeded, Oid};

/// Octets could not be read as a CMS SignedData, a TimeStampToken or a TimeStampResp.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CmsError {
    /// The ContentInfo holds another content type than id-signedData (RFC 5652 4).
    #[error("the CMS content type is {content_type}, not SignedData")]
    NotSignedData {
        /// The type it names.
        content_type: Oid,
    },
    /// The structure cannot be decoded.
    #[error("CMS: {0}")]
    Malformed(#[from] Asn1Error),
}

impl CmsError {
    /// The budget that was reached, if that is the cause.
    pub fn limit(&self) -> Option<LimitExceeded> {
        match self {
            Self::Malformed(error) => error.limit(),
            Self::NotSignedData { .. } => None,
        }
    }
}
