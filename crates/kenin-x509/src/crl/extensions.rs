use std::collections::BTreeSet;

use kenin_asn1::{Decoder, Element, Error, Reader, Tag};
use kenin_base::{Oid, UtcTime};

use crate::decode::{minimal, single};
use crate::extensions::{AUTHORITY_KEY_IDENTIFIER, RawExtension};
use crate::{AuthorityKeyIdentifier, IssuingDistributionPoint};

const CRL_NUMBER: Oid = Oid::new(&[2, 5, 29, 20]);
const DELTA_CRL_INDICATOR: Oid = Oid::new(&[2, 5, 29, 27]);
const ISSUING_DISTRIBUTION_POINT: Oid = Oid::new(&[2, 5, 29, 28]);
const FRESHEST_CRL: Oid = Oid::new(&[2, 5, 29, 46]);
/// X.509 (2005) 8.6.2.5
const EXPIRED_CERTS_ON_CRL: Oid = Oid::new(&[2, 5, 29, 60]);

/// The CRL extensions that are processed.
const KNOWN: &[Oid] = &[
    AUTHORITY_KEY_IDENTIFIER,
    CRL_NUMBER,
    DELTA_CRL_INDICATOR,
    ISSUING_DISTRIBUTION_POINT,
    FRESHEST_CRL,
    EXPIRED_CERTS_ON_CRL,
];

/// The extensions of a CRL (RFC 5280 5.2), decoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CrlExtensions {
    /// authorityKeyIdentifier
    pub authority_key_identifier: Option<AuthorityKeyIdentifier>,
    /// cRLNumber, big-endian octets without redundant leading ones
    pub crl_number: Option<Box<[u8]>>,
    /// deltaCRLIndicator: the base CRL's number
    pub delta_crl_indicator: Option<Box<[u8]>>,
    /// issuingDistributionPoint
    pub issuing_distribution_point: Option<IssuingDistributionPoint>,
    /// expiredCertsOnCRL (X.509 8.6.2.5): entries of certificates that expired after this time are kept
    pub expired_certs_on_crl: Option<UtcTime>,
    /// Critical extensions this library does not process, in the CRL or in any of its entries: the CRL must not
    /// be used (RFC 5280 5.2, 5.3)
    pub unknown_critical: Vec<Oid>,
    /// Known extensions that cannot be decoded or occur twice, in the CRL or in any of its entries: the CRL must not
    /// be used
    pub malformed: Vec<Oid>,
}

impl CrlExtensions {
    pub(super) fn decode(&mut self, decoder: &Decoder<'_>, list: Reader<'_, '_>) -> Result<(), Error> {
        let mut seen = BTreeSet::new();
        for extension in raw_extensions(list)? {
            let repeated = !seen.insert(extension.oid);
            if !KNOWN.contains(&extension.oid) {
                if extension.critical {
                    self.unknown_critical.push(extension.oid);
                }
            } else if repeated
                || single(decoder, extension.value).and_then(|value| self.set(extension.oid, value)).is_err()
            {
                self.malformed.push(extension.oid);
            }
        }
        Ok(())
    }

    /// Stores one of the [`KNOWN`] extensions.
    fn set(&mut self, oid: Oid, value: Element<'_, '_>) -> Result<(), Error> {
        match oid {
            AUTHORITY_KEY_IDENTIFIER => {
                self.authority_key_identifier = Some(AuthorityKeyIdentifier::from_element(value)?);
            }
            CRL_NUMBER => self.crl_number = Some(minimal(value.integer()?).into()),
            DELTA_CRL_INDICATOR => self.delta_crl_indicator = Some(minimal(value.integer()?).into()),
            ISSUING_DISTRIBUTION_POINT => {
                self.issuing_distribution_point = Some(IssuingDistributionPoint::from_element(value)?);
            }
            EXPIRED_CERTS_ON_CRL => self.expired_certs_on_crl = Some(value.time()?.time),
            // FRESHEST_CRL says where a delta CRL is; the complete CRL means the same without it.
            _ => {}
        }
        Ok(())
    }
}

/// `Extensions ::= SEQUENCE OF Extension`
pub(crate) fn raw_extensions<'a>(mut list: Reader<'_, 'a>) -> Result<Vec<RawExtension<'a>>, Error> {
    let mut extensions = Vec::new();
    while !list.is_empty() {
        extensions.push(raw_extension(&mut list)?);
    }
    Ok(extensions)
}

/// `Extension ::= SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }`
pub(super) fn raw_extension<'a>(list: &mut Reader<'_, 'a>) -> Result<RawExtension<'a>, Error> {
    let mut fields = list.expect(Tag::SEQUENCE)?.children()?;
    let oid = fields.expect(Tag::OID)?.oid()?;
    let critical = fields.optional(Tag::BOOLEAN)?.map_or(Ok(false), |critical| critical.boolean())?;
    let value = fields.expect(Tag::OCTET_STRING)?;
    fields.finish()?;
    if value.constructed {
        return Err(value.invalid("extnValue in DER"));
    }
    Ok(RawExtension { oid, critical, value: value.content })
}
