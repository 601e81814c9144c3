use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use kenin_asn1::{AlgorithmIdentifier, Decoder, Element, Error, Reader, Tag};
use kenin_base::{Oid, Sha256, UtcTime};
use kenin_crypto::{SchemeError, SignatureScheme};
use serde::{Deserialize, Serialize};

use crate::decode::{minimal, range, single, with_decoder};
use crate::extensions::{AUTHORITY_KEY_IDENTIFIER, RawExtension};
use crate::{AuthorityKeyIdentifier, GeneralName, IssuingDistributionPoint, Name, ParseError};

const CRL_NUMBER: Oid = Oid::new(&[2, 5, 29, 20]);
const REASON_CODE: Oid = Oid::new(&[2, 5, 29, 21]);
const INVALIDITY_DATE: Oid = Oid::new(&[2, 5, 29, 24]);
const DELTA_CRL_INDICATOR: Oid = Oid::new(&[2, 5, 29, 27]);
const ISSUING_DISTRIBUTION_POINT: Oid = Oid::new(&[2, 5, 29, 28]);
const CERTIFICATE_ISSUER: Oid = Oid::new(&[2, 5, 29, 29]);
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

/// A certificate revocation list (RFC 5280 5), version 1 or 2: its DER octets, its fields, and a sorted index of
/// its entries, so that a serial number is found without decoding the others.
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
    /// Entries sorted by serial number, then by position.
    entries: Vec<EntryIndex>,
}

/// Where an entry of revokedCertificates lies. Offsets fit 32 bits because larger structures are refused.
#[derive(Clone, Copy)]
struct EntryIndex {
    serial_start: u32,
    serial_len: u32,
    start: u32,
    /// Start of the latest entry at or before this one that names a certificateIssuer; `u32::MAX` for none.
    issuer_entry: u32,
}

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
    /// Known extensions that cannot be decoded or occur twice: the CRL must not be used
    pub malformed: Vec<Oid>,
}

/// An entry of a CRL (RFC 5280 5.1.2.6, 5.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevokedEntry {
    /// revocationDate
    pub revocation_date: UtcTime,
    /// reasonCode
    pub reason: Option<RevocationReason>,
    /// invalidityDate
    pub invalidity_date: Option<UtcTime>,
    /// The certificate's issuer on an indirect CRL, inherited from earlier entries; `None`: the CRL's issuer.
    pub certificate_issuer: Option<Vec<GeneralName>>,
}

/// CRLReason (RFC 5280 5.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum RevocationReason {
    /// unspecified (0)
    Unspecified,
    /// keyCompromise (1)
    KeyCompromise,
    /// cACompromise (2)
    #[serde(rename = "cACompromise")]
    CaCompromise,
    /// affiliationChanged (3)
    AffiliationChanged,
    /// superseded (4)
    Superseded,
    /// cessationOfOperation (5)
    CessationOfOperation,
    /// certificateHold (6)
    CertificateHold,
    /// removeFromCRL (8)
    #[serde(rename = "removeFromCRL")]
    RemoveFromCrl,
    /// privilegeWithdrawn (9)
    PrivilegeWithdrawn,
    /// aACompromise (10)
    #[serde(rename = "aACompromise")]
    AaCompromise,
    /// A number RFC 5280 does not define.
    Undefined,
}

impl RevocationReason {
    /// The reason with this number.
    pub fn from_code(code: i64) -> Self {
        match code {
            0 => Self::Unspecified,
            1 => Self::KeyCompromise,
            2 => Self::CaCompromise,
            3 => Self::AffiliationChanged,
            4 => Self::Superseded,
            5 => Self::CessationOfOperation,
            6 => Self::CertificateHold,
            8 => Self::RemoveFromCrl,
            9 => Self::PrivilegeWithdrawn,
            10 => Self::AaCompromise,
            _ => Self::Undefined,
        }
    }

    /// The standard's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unspecified => "unspecified",
            Self::KeyCompromise => "keyCompromise",
            Self::CaCompromise => "cACompromise",
            Self::AffiliationChanged => "affiliationChanged",
            Self::Superseded => "superseded",
            Self::CessationOfOperation => "cessationOfOperation",
            Self::CertificateHold => "certificateHold",
            Self::RemoveFromCrl => "removeFromCRL",
            Self::PrivilegeWithdrawn => "privilegeWithdrawn",
            Self::AaCompromise => "aACompromise",
            Self::Undefined => "undefined",
        }
    }
}

impl fmt::Display for RevocationReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Crl {
    /// Reads one CertificateList, which must be all of `der`.
    ///
    /// # Errors
    /// [`ParseError`] when it cannot be decoded or octets follow it.
    pub fn parse(der: &[u8]) -> Result<Self, ParseError> {
        with_decoder(der, |decoder| {
            let mut outer = single(decoder, der)?.with_tag(Tag::SEQUENCE)?.children()?;
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
                Some(list) => index_entries(list, &mut extensions)?,
                None => Vec::new(),
            };
            let mut crl = Self {
                der: der.into(),
                sha256: kenin_crypto::sha256(der),
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
            };
            if let Some(list) = fields.optional(Tag::context(0))? {
                crl.extensions.decode(decoder, list.explicit()?.children()?)?;
            }
            fields.finish()?;
            let order = |entry: &EntryIndex| (slice(&crl.der, entry.serial_start, entry.serial_len), entry.start);
            crl.entries.sort_unstable_by(|a, b| order(a).cmp(&order(b)));
            Ok(crl)
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
        self.entries.is_empty()
    }

    /// The last entry for a serial number of the CRL issuer's own certificates.
    pub fn lookup(&self, serial: &[u8]) -> Option<RevokedEntry> {
        self.lookup_all(serial).into_iter().rfind(|entry| entry.certificate_issuer.is_none())
    }

    /// Every entry for a serial number, in the order of the list; on an indirect CRL they differ in
    /// `certificate_issuer`.
    pub fn lookup_all(&self, serial: &[u8]) -> Vec<RevokedEntry> {
        let serial = minimal(serial);
        let key = |entry: &EntryIndex| slice(&self.der, entry.serial_start, entry.serial_len);
        let from = self.entries.partition_point(|entry| key(entry) < serial);
        let found = self.entries.iter().skip(from).take_while(|entry| key(entry) == serial);
        found.filter_map(|entry| self.entry(entry).ok()).collect()
    }

    fn entry(&self, index: &EntryIndex) -> Result<RevokedEntry, ParseError> {
        let mut entry = self.decode_entry(index.start)?;
        if index.issuer_entry != u32::MAX && index.issuer_entry != index.start {
            entry.certificate_issuer = self.decode_entry(index.issuer_entry)?.certificate_issuer;
        }
        Ok(entry)
    }

    fn decode_entry(&self, start: u32) -> Result<RevokedEntry, ParseError> {
        let data = usize::try_from(start).ok().and_then(|start| self.der.get(start..)).unwrap_or_default();
        with_decoder(data, |decoder| {
            let mut fields = decoder.reader(data, u64::from(start)).expect(Tag::SEQUENCE)?.children()?;
            fields.expect(Tag::INTEGER)?;
            let mut entry = RevokedEntry {
                revocation_date: fields.element()?.time()?.time,
                reason: None,
                invalidity_date: None,
                certificate_issuer: None,
            };
            if let Some(list) = fields.optional(Tag::SEQUENCE)? {
                for extension in raw_extensions(list.children()?)? {
                    let value = single(decoder, extension.value)?;
                    match extension.oid {
                        REASON_CODE => entry.reason = Some(RevocationReason::from_code(value.enumerated()?)),
                        INVALIDITY_DATE => entry.invalidity_date = Some(value.time()?.time),
                        CERTIFICATE_ISSUER => entry.certificate_issuer = Some(GeneralName::sequence(value)?),
                        _ => {}
                    }
                }
            }
            Ok(entry)
        })
    }
}

impl fmt::Debug for Crl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Crl({}, {}, {} entries)", self.issuer, self.this_update, self.entries.len())
    }
}

impl CrlExtensions {
    fn decode(&mut self, decoder: &Decoder<'_>, list: Reader<'_, '_>) -> Result<(), Error> {
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

/// ```text
/// revokedCertificates SEQUENCE OF SEQUENCE {
///     userCertificate    CertificateSerialNumber,
///     revocationDate     Time,
///     crlEntryExtensions Extensions OPTIONAL } OPTIONAL
/// ```
fn index_entries(list: Element<'_, '_>, extensions: &mut CrlExtensions) -> Result<Vec<EntryIndex>, Error> {
    let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    let mut rest = list.children()?;
    let mut entries = Vec::new();
    let mut issuer_entry = u32::MAX;
    while !rest.is_empty() {
        let entry = rest.expect(Tag::SEQUENCE)?;
        let mut fields = entry.children()?;
        let serial = fields.expect(Tag::INTEGER)?;
        let value = minimal(serial.integer()?);
        let serial_end = range(&serial).end;
        let start = offset(range(&entry).start);
        fields.element()?.time()?;
        if let Some(list) = fields.optional(Tag::SEQUENCE)? {
            for extension in raw_extensions(list.children()?)? {
                match extension.oid {
                    CERTIFICATE_ISSUER => issuer_entry = start,
                    REASON_CODE | INVALIDITY_DATE => {}
                    // One is enough to refuse the CRL.
                    unknown if extension.critical && extensions.unknown_critical.is_empty() => {
                        extensions.unknown_critical.push(unknown);
                    }
                    _ => {}
                }
            }
        }
        fields.finish()?;
        entries.push(EntryIndex {
            serial_start: offset(serial_end.saturating_sub(value.len())),
            serial_len: offset(value.len()),
            start,
            issuer_entry,
        });
    }
    Ok(entries)
}

/// `Extensions ::= SEQUENCE OF SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }`
pub(crate) fn raw_extensions<'a>(mut list: Reader<'_, 'a>) -> Result<Vec<RawExtension<'a>>, Error> {
    let mut extensions = Vec::new();
    while !list.is_empty() {
        let mut fields = list.expect(Tag::SEQUENCE)?.children()?;
        let oid = fields.expect(Tag::OID)?.oid()?;
        let critical = fields.optional(Tag::BOOLEAN)?.map_or(Ok(false), |critical| critical.boolean())?;
        let value = fields.expect(Tag::OCTET_STRING)?;
        fields.finish()?;
        if value.constructed {
            return Err(value.invalid("extnValue in DER"));
        }
        extensions.push(RawExtension { oid, critical, value: value.content });
    }
    Ok(extensions)
}

fn slice(data: &[u8], start: u32, len: u32) -> &[u8] {
    let bounds = usize::try_from(start).ok().zip(usize::try_from(len).ok());
    bounds.and_then(|(start, len)| data.get(start..start.checked_add(len)?)).unwrap_or_default()
}
