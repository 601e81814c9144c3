use kenin_asn1::{Element, Error, Tag};
use kenin_base::{Sha256, UtcTime};

use crate::certificate::serial_hex;
use crate::decode::{each, minimal, single, with_decoder};
use crate::{GeneralName, ParseError};

/// An attribute certificate, version 2 (RFC 5755 4.1) or 1 (X.509:1997): recognised and kept, not judged.
/// Time-stamp tokens and signed documents carry them among their certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeCertificate {
    /// SHA-256 of the octets.
    pub sha256: Sha256,
    /// The issuer's names; empty when the encoding gives none that can be read.
    pub issuer: Vec<GeneralName>,
    /// The serial number, without redundant leading octets.
    pub serial: Box<[u8]>,
    /// notBeforeTime
    pub not_before: UtcTime,
    /// notAfterTime
    pub not_after: UtcTime,
}

impl AttributeCertificate {
    /// Reads the octets of an AttributeCertificate, whatever tag a CHOICE gave it.
    ///
    /// # Errors
    /// [`ParseError`] when it cannot be decoded or octets follow it.
    pub fn parse(der: &[u8]) -> Result<Self, ParseError> {
        with_decoder(der, |decoder| {
            let mut outer = single(decoder, der)?.children()?;
            let mut fields = outer.expect(Tag::SEQUENCE)?.children()?;
            // AttributeCertificateInfo ::= SEQUENCE {
            //     version, holder (a SEQUENCE in v2, a tagged CHOICE in v1), issuer, signature, serialNumber,
            //     attrCertValidityPeriod SEQUENCE { GeneralizedTime, GeneralizedTime }, ... }
            fields.optional(Tag::INTEGER)?;
            fields.element()?;
            let issuer = issuer(fields.element()?).unwrap_or_default();
            fields.expect(Tag::SEQUENCE)?;
            let serial = minimal(fields.expect(Tag::INTEGER)?.integer()?).into();
            let mut validity = fields.expect(Tag::SEQUENCE)?.children()?;
            let not_before = validity.expect(Tag::GENERALIZED_TIME)?.time()?.time;
            let not_after = validity.expect(Tag::GENERALIZED_TIME)?.time()?.time;
            Ok(Self { sha256: kenin_crypto::sha256(der), issuer, serial, not_before, not_after })
        })
    }

    /// The serial number in lowercase hexadecimal.
    pub fn serial_hex(&self) -> String {
        serial_hex(&self.serial)
    }
}

/// `AttCertIssuer ::= CHOICE { v1Form GeneralNames, v2Form [0] V2Form }` with `V2Form ::= SEQUENCE { issuerName
/// GeneralNames OPTIONAL, ... }`
fn issuer(element: Element<'_, '_>) -> Result<Vec<GeneralName>, Error> {
    if element.tag == Tag::SEQUENCE {
        return GeneralName::sequence(element);
    }
    match element.children()?.optional(Tag::SEQUENCE)? {
        Some(names) => each(names, Tag::SEQUENCE, GeneralName::from_element),
        None => Ok(Vec::new()),
    }
}
