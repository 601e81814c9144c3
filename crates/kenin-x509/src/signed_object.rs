use kenin_base::Sha256;
use kenin_crypto::{SchemeError, SignatureScheme};

use crate::{Certificate, Crl, OcspResponse};

/// The signature on a certificate, CRL or OCSP response: what was signed, how, and the value.
#[derive(Clone, Copy, Debug)]
pub struct SignedObject<'a> {
    /// SHA-256 of the whole object, which covers the signed octets, the algorithm and the value.
    pub sha256: Sha256,
    /// How it was signed.
    pub scheme: SignatureScheme,
    /// The octets that were signed (tbsCertificate, tbsCertList, tbsResponseData).
    pub tbs: &'a [u8],
    /// The signature value.
    pub signature: &'a [u8],
}

impl<'a> SignedObject<'a> {
    /// The issuer's signature on a certificate (RFC 5280 4.1.1).
    ///
    /// # Errors
    /// [`SchemeError`] when the algorithm or its parameters are not supported; so for the others.
    pub fn certificate(object: &'a Certificate) -> Result<Self, SchemeError> {
        let (tbs, signature) = (object.tbs(), object.signature());
        Ok(Self { sha256: object.sha256(), scheme: object.scheme()?, tbs, signature })
    }

    /// The CRL issuer's signature on a CRL (RFC 5280 5.1.1).
    ///
    /// # Errors
    /// As [`Self::certificate`].
    pub fn crl(object: &'a Crl) -> Result<Self, SchemeError> {
        let (tbs, signature) = (object.tbs(), object.signature());
        Ok(Self { sha256: object.sha256(), scheme: object.scheme()?, tbs, signature })
    }

    /// The responder's signature on an OCSP response (RFC 6960 4.2.1).
    ///
    /// # Errors
    /// As [`Self::certificate`].
    pub fn ocsp(object: &'a OcspResponse) -> Result<Self, SchemeError> {
        let (tbs, signature) = (object.tbs(), object.signature());
        Ok(Self { sha256: object.sha256(), scheme: object.scheme()?, tbs, signature })
    }
}
