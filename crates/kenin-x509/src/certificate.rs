use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use kenin_asn1::{AlgorithmIdentifier, Error, ErrorKind, Tag};
use kenin_base::{DigestAlgorithm, Oid, Sha256, UtcTime};
use kenin_crypto::{KeyError, PublicKey, SchemeError, SignatureScheme};
use x509_parser::certificate::X509CertificateParser;
use x509_parser::extensions::X509Extension;
use x509_parser::nom::Parser;

use crate::decode::{minimal, range, single, with_decoder};
use crate::extensions::RawExtension;
use crate::{Extensions, Name, ParseError};

/// An X.509 certificate (RFC 5280 4.1): its DER octets and what they say, decoded once.
///
/// Reading is tolerant where deployed certificates are irregular (negative or padded serial numbers, odd
/// times, extensions that cannot be decoded); path validation is not.
pub struct Certificate {
    der: Arc<[u8]>,
    sha256: Sha256,
    version: u32,
    tbs: Range<usize>,
    spki: Range<usize>,
    public_key_bits: Range<usize>,
    signature: Range<usize>,
    serial: Box<[u8]>,
    subject: Name,
    issuer: Name,
    not_before: UtcTime,
    not_after: UtcTime,
    signature_algorithm: Oid,
    scheme: Result<SignatureScheme, SchemeError>,
    algorithms_agree: bool,
    extensions: Extensions,
    public_key: OnceLock<Result<PublicKey, KeyError>>,
}

impl Certificate {
    /// Reads one certificate, which must be all of `der`.
    ///
    /// # Errors
    /// [`ParseError`] when the envelope cannot be decoded or octets follow it.
    pub fn parse<'a>(der: &'a [u8]) -> Result<Self, ParseError> {
        with_decoder(der, |decoder| {
            let mut parser = X509CertificateParser::new().with_deep_parse_extensions(false);
            let (rest, parsed) = parser
                .parse(der)
                .map_err(|error| ParseError::Certificate(error.to_string().chars().take(200).collect()))?;
            if !rest.is_empty() {
                return Err(ParseError::TrailingBytes { count: rest.len() });
            }
            // The exact octets of what is signed, of the algorithm and of the value.
            let mut fields = single(decoder, der)?.children()?;
            let tbs = fields.expect(Tag::SEQUENCE)?;
            let algorithm = AlgorithmIdentifier::parse(fields.expect(Tag::SEQUENCE)?)?;
            let signature = fields.expect(Tag::BIT_STRING)?;
            fields.finish()?;
            let signature_end = range(&signature).end;
            let signature_len = signature.bit_string()?.octets.len();

            let info = &parsed.tbs_certificate;
            let name = |raw: &[u8]| single(decoder, raw).and_then(Name::from_element);
            let time = |time: &x509_parser::time::ASN1Time| UtcTime::from_unix(time.timestamp());
            let raw = |extension: &X509Extension<'a>| {
                let oid = Oid::from_octets(extension.oid.as_bytes());
                let oid = oid.map_err(|error| Error::new(ErrorKind::Oid(error), tbs.span.start))?;
                Ok(RawExtension { oid, critical: extension.critical, value: extension.value })
            };
            let extensions = info.extensions().iter().map(raw).collect::<Result<Vec<_>, Error>>()?;
            Ok(Self {
                der: der.into(),
                sha256: kenin_crypto::sha256(der),
                version: info.version.0.saturating_add(1),
                tbs: range(&tbs),
                spki: subslice(der, info.subject_pki.raw),
                public_key_bits: subslice(der, &info.subject_pki.subject_public_key.data),
                signature: signature_end.saturating_sub(signature_len)..signature_end,
                serial: minimal(info.raw_serial()).into(),
                subject: name(info.subject.as_raw())?,
                issuer: name(info.issuer.as_raw())?,
                not_before: time(&info.validity.not_before),
                not_after: time(&info.validity.not_after),
                signature_algorithm: algorithm.oid,
                scheme: SignatureScheme::from_x509(&algorithm),
                algorithms_agree: info.signature == parsed.signature_algorithm,
                extensions: Extensions::decode(decoder, extensions.into_iter()),
                public_key: OnceLock::new(),
            })
        })
    }

    /// The DER octets.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// SHA-256 of the DER octets, the certificate's identity everywhere.
    pub fn sha256(&self) -> Sha256 {
        self.sha256
    }

    /// The octets the issuer signed (tbsCertificate).
    pub fn tbs(&self) -> &[u8] {
        self.slice(&self.tbs)
    }

    /// The issuer's signature value.
    pub fn signature(&self) -> &[u8] {
        self.slice(&self.signature)
    }

    /// The version number people use: 1, 2 or 3.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The serial number: two's complement octets without redundant leading ones.
    pub fn serial(&self) -> &[u8] {
        &self.serial
    }

    /// The serial number in lowercase hexadecimal, without a leading sign octet.
    pub fn serial_hex(&self) -> String {
        serial_hex(&self.serial)
    }

    /// The subject.
    pub fn subject(&self) -> &Name {
        &self.subject
    }

    /// The issuer.
    pub fn issuer(&self) -> &Name {
        &self.issuer
    }

    /// The first instant of the validity period.
    pub fn not_before(&self) -> UtcTime {
        self.not_before
    }

    /// The last instant of the validity period, inclusive.
    pub fn not_after(&self) -> UtcTime {
        self.not_after
    }

    /// Whether `time` lies within the validity period, both ends included (RFC 5280 4.1.2.5).
    pub fn is_valid_at(&self, time: UtcTime) -> bool {
        self.not_before <= time && time <= self.not_after
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

    /// Whether tbsCertificate.signature repeats signatureAlgorithm, as RFC 5280 4.1.1.2 demands.
    pub fn signature_algorithms_agree(&self) -> bool {
        self.algorithms_agree
    }

    /// The DER octets of subjectPublicKeyInfo.
    pub fn spki(&self) -> &[u8] {
        self.slice(&self.spki)
    }

    /// The octets of subjectPublicKey alone, without tag, length and unused bits: what OCSP hashes.
    pub fn public_key_bits(&self) -> &[u8] {
        self.slice(&self.public_key_bits)
    }

    /// SHA-1 of [`Self::public_key_bits`], by which OCSP names a responder (RFC 6960 4.2.1); `None` where OpenSSL has no SHA-1.
    pub fn key_hash(&self) -> Option<Vec<u8>> {
        kenin_crypto::digest(DigestAlgorithm::Sha1, self.public_key_bits()).ok()
    }

    /// The subject's public key, built on first use.
    ///
    /// # Errors
    /// [`KeyError`] when there is no usable key in the certificate.
    pub fn public_key(&self) -> Result<&PublicKey, &KeyError> {
        self.public_key.get_or_init(|| PublicKey::from_spki(self.spki())).as_ref()
    }

    /// The extensions.
    pub fn extensions(&self) -> &Extensions {
        &self.extensions
    }

    /// Whether subject and issuer are the same name (RFC 5280 3.2); says nothing about the signature.
    pub fn is_self_issued(&self) -> bool {
        self.subject == self.issuer
    }

    /// Whether both certificates are of one subject and key, so that they are the same party (RFC 4158 2.4.2).
    pub fn has_key_of(&self, other: &Self) -> bool {
        self.subject == other.subject && self.spki() == other.spki()
    }

    /// Whether basicConstraints says CA (RFC 5280 4.2.1.9).
    pub fn is_ca(&self) -> bool {
        self.extensions.basic_constraints.is_some_and(|constraints| constraints.ca)
    }

    fn slice(&self, range: &Range<usize>) -> &[u8] {
        self.der.get(range.clone()).unwrap_or_default()
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({}, {})", self.subject, self.sha256)
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.sha256 == other.sha256
    }
}

impl Eq for Certificate {}

/// A serial number as reports show it: lowercase hexadecimal without a leading sign octet.
pub(crate) fn serial_hex(serial: &[u8]) -> String {
    match serial {
        [0, rest @ ..] if !rest.is_empty() => hex::encode(rest),
        _ => hex::encode(serial),
    }
}

/// Where `part`, which borrows from `whole`, lies in it.
fn subslice(whole: &[u8], part: &[u8]) -> Range<usize> {
    let start = part.as_ptr().addr().saturating_sub(whole.as_ptr().addr());
    start..start.saturating_add(part.len())
}
