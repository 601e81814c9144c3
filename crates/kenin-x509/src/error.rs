use kenin_asn1::Error;

/// A certificate, CRL, OCSP response or attribute certificate could not be decoded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseError {
    /// The encoding is wrong; the offset counts from the first octet of the structure.
    #[error(transparent)]
    Asn1(#[from] Error),
    /// The certificate's envelope (RFC 5280 4.1) is wrong.
    #[error("the certificate cannot be decoded: {0}")]
    Certificate(String),
    /// Octets follow the end of the structure.
    #[error("{count} octets follow the structure")]
    TrailingBytes {
        /// How many.
        count: usize,
    },
    /// A structure is larger than this library reads.
    #[error("{len} octets are more than this library reads as one structure")]
    TooLarge {
        /// Its length in octets.
        len: usize,
    },
    /// The OCSP responder answered without a response (RFC 6960 4.2.1), for example `tryLater`.
    #[error("the OCSP responder answered with status {0}")]
    OcspStatus(i64),
    /// The OCSP response is of another type than id-pkix-ocsp-basic.
    #[error("unsupported OCSP response type {0}")]
    OcspResponseType(kenin_base::Oid),
}
