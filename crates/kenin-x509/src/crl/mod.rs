mod entries;
mod extensions;
mod reason;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use kenin_asn1::{AlgorithmIdentifier, Tag};
use kenin_base::{Oid, Sha256, UtcTime};
use kenin_crypto::{SchemeError, SignatureScheme};

pub use entries::RevokedEntry;
pub use extensions::CrlExtensions;
pub(crate) use extensions::raw_extensions;
pub use reason::RevocationReason;

use crate::decode::{range, single, with_decoder};
use crate::{Name, ParseError};
use entries::{CERTIFICATE_ISSUER, EntryIndex};

/// A certificate revocation list (RFC 5280 5), version 1 or 2: its DER octets, its fields, and an index of its entries,
/// so that a serial number is found in constant time without decoding the others.
///
/// Beside the DER it takes 8 octets for each entry.
pub struct Crl {
    der: Arc<[u8]>,
    sha256: Sha256,
    tbs: Range<usize>,
    signature: Range<usize>,
    scheme: Result<SignatureScheme, SchemeError>,
    signature_algorithm: Oid,
    algorithms_agree: bool,
    issuer: Name,
    this_update: UtcTime,
    next_update: Option<UtcTime>,
    extensions: CrlExtensions,
    entries: EntryIndex,
}

impl Crl {
    /// Reads one CertificateList, which must be all of `der`, and keeps a copy of the octets.
    ///
    /// # Errors
    /// [`ParseError`] when it cannot be decoded or octets follow it.
    pub fn parse(der: &[u8]) -> Result<Self, ParseError> {
        Self::parse_shared(der.into())
    }

    /// As [`Self::parse`], without a copy of octets that are shared already.
    ///
    /// # Errors
    /// [`ParseError`] when it cannot be decoded or octets follow it.
    pub fn parse_shared(der: Arc<[u8]>) -> Result<Self, ParseError> {
        with_decoder(&der, |decoder| {
            let mut outer = single(decoder, &der)?.with_tag(Tag::SEQUENCE)?.children()?;
            let tbs = outer.expect(Tag::SEQUENCE)?;
            let algorithm = AlgorithmIdentifier::parse(outer.expect(Tag::SEQUENCE)?)?;
            let signature = outer.expect(Tag::BIT_STRING)?;
            outer.finish()?;
            let signature_end = range(&signature).end;
            let signature_len = signature.bit_string()?.octets.len();

            let mut fields = tbs.children()?;
            fields.optional(Tag::INTEGER)?;
            let inner_algorithm = fields.expect(Tag::SEQUENCE)?;
            let issuer = Name::from_element(fields.expect(Tag::SEQUENCE)?)?;
            let this_update = fields.element()?.time()?.time;
            let next_update = match fields.peek() {
                Some(Tag::UTC_TIME | Tag::GENERALIZED_TIME) => Some(fields.element()?.time()?.time),
                _ => None,
            };
            let mut extensions = CrlExtensions::default();
            let entries = match fields.optional(Tag::SEQUENCE)? {
                Some(list) => EntryIndex::build(decoder, list, &mut extensions)?,
                None => EntryIndex::default(),
            };
            if let Some(list) = fields.optional(Tag::context(0))? {
                extensions.decode(decoder, list.explicit()?.children()?)?;
            }
            fields.finish()?;
            // Only an indirect CRL has entries of other issuers (RFC 5280 5.3.3).
            let indirect = extensions.issuing_distribution_point.as_ref().is_some_and(|point| point.indirect_crl);
            if entries.has_issuers() && !indirect {
                extensions.malformed.push(CERTIFICATE_ISSUER);
            }
            Ok(Self {
                der: Arc::clone(&der),
                sha256: kenin_crypto::sha256(&der),
                tbs: range(&tbs),
                signature: signature_end.saturating_sub(signature_len)..signature_end,
                scheme: SignatureScheme::from_x509(&algorithm),
                signature_algorithm: algorithm.oid,
                algorithms_agree: inner_algorithm.bytes == algorithm.element.bytes,
                issuer,
                this_update,
                next_update,
                extensions,
                entries,
            })
        })
    }

    /// The DER octets.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// SHA-256 of the DER octets.
    pub fn sha256(&self) -> Sha256 {
        self.sha256
    }

    /// The octets the issuer signed (tbsCertList).
    pub fn tbs(&self) -> &[u8] {
        self.der.get(self.tbs.clone()).unwrap_or_default()
    }

    /// The signature value.
    pub fn signature(&self) -> &[u8] {
        self.der.get(self.signature.clone()).unwrap_or_default()
    }

    /// The identifier of signatureAlgorithm.
    pub fn signature_algorithm(&self) -> Oid {
        self.signature_algorithm
    }

    /// How the issuer signed.
    ///
    /// # Errors
    /// [`SchemeError`] when the algorithm or its parameters are not supported.
    pub fn scheme(&self) -> Result<SignatureScheme, SchemeError> {
        self.scheme
    }

    /// Whether tbsCertList.signature repeats signatureAlgorithm, as RFC 5280 5.1.1.2 demands.
    pub fn signature_algorithms_agree(&self) -> bool {
        self.algorithms_agree
    }

    /// The CRL issuer.
    pub fn issuer(&self) -> &Name {
        &self.issuer
    }

    /// When this CRL was issued.
    pub fn this_update(&self) -> UtcTime {
        self.this_update
    }

    /// When the next CRL will have been issued.
    pub fn next_update(&self) -> Option<UtcTime> {
        self.next_update
    }

    /// The extensions.
    pub fn extensions(&self) -> &CrlExtensions {
        &self.extensions
    }

    /// Whether this is a delta CRL (RFC 5280 5.2.4).
    pub fn is_delta(&self) -> bool {
        self.extensions.delta_crl_indicator.is_some()
    }

    /// How many certificates are listed.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether no certificate is listed.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The last entry for a serial number of the CRL issuer's own certificates.
    pub fn lookup(&self, serial: &[u8]) -> Option<RevokedEntry> {
        self.lookup_all(serial).into_iter().rfind(|entry| entry.certificate_issuer.is_none())
    }

    /// Every entry for a serial number, in the order of the list; on an indirect CRL they differ in
    /// `certificate_issuer`.
    pub fn lookup_all(&self, serial: &[u8]) -> Vec<RevokedEntry> {
        self.entries.find(&self.der, serial)
    }
}

impl fmt::Debug for Crl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Crl({}, {}, {} entries)", self.issuer, self.this_update, self.entries.len())
    }
}
