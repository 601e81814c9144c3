use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use kenin_asn1::{AlgorithmIdentifier, Decoder, Element, Error, Tag};
use kenin_base::{DigestAlgorithm, Oid, Sha256, UtcTime};
use kenin_crypto::{SchemeError, SignatureScheme};

use crate::crl::raw_extensions;
use crate::decode::{each, minimal, range, single, with_decoder};
use crate::{Certificate, Name, ParseError, RevocationReason};

const PKIX_OCSP_BASIC: Oid = Oid::new(&[1, 3, 6, 1, 5, 5, 7, 48, 1, 1]);
const ARCHIVE_CUTOFF: Oid = Oid::new(&[1, 3, 6, 1, 5, 5, 7, 48, 1, 6]);
const REASON_CODE: Oid = Oid::new(&[2, 5, 29, 21]);
const INVALIDITY_DATE: Oid = Oid::new(&[2, 5, 29, 24]);
const NONCE: Oid = Oid::new(&[1, 3, 6, 1, 5, 5, 7, 48, 1, 2]);
const EXTENDED_REVOKE: Oid = Oid::new(&[1, 3, 6, 1, 5, 5, 7, 48, 1, 9]);
/// id-isismtt-at-certHash (Common PKI 2.0, part 4), the positive proof that the responder knows the certificate.
const CERT_HASH: Oid = Oid::new(&[1, 3, 36, 8, 3, 13]);

/// A BasicOCSPResponse (RFC 6960 4.2.1), read from an OCSPResponse or on its own as CMS and PDF embed it.
pub struct OcspResponse {
    der: Arc<[u8]>,
    sha256: Sha256,
    tbs: Range<usize>,
    signature: Range<usize>,
    scheme: Result<SignatureScheme, SchemeError>,
    signature_algorithm: Oid,
    responder: ResponderId,
    produced_at: UtcTime,
    singles: Vec<SingleResponse>,
    certificates: Vec<Range<usize>>,
    unknown_critical: Vec<Oid>,
}

/// ResponderID (RFC 6960 4.2.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponderId {
    /// The responder's subject name.
    ByName(Name),
    /// SHA-1 of the responder's public key (the BIT STRING's content).
    ByKey(Box<[u8]>),
}

impl ResponderId {
    /// Whether this certificate is one that is meant.
    pub fn names(&self, certificate: &Certificate) -> bool {
        match self {
            Self::ByName(name) => certificate.subject() == name,
            Self::ByKey(hash) => certificate.key_hash().as_deref() == Some(&**hash),
        }
    }
}

/// CertID (RFC 6960 4.1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertId {
    /// The digest algorithm; `None` for one this library does not know.
    pub digest_algorithm: Option<DigestAlgorithm>,
    /// Digest of the issuer's name in DER.
    pub issuer_name_hash: Box<[u8]>,
    /// Digest of the issuer's public key (the BIT STRING's content).
    pub issuer_key_hash: Box<[u8]>,
    /// The certificate's serial number, without redundant leading octets.
    pub serial: Box<[u8]>,
}

/// CertStatus (RFC 6960 4.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OcspCertStatus {
    /// good
    Good,
    /// revoked
    Revoked {
        /// revocationTime
        revocation_date: UtcTime,
        /// revocationReason
        reason: Option<RevocationReason>,
    },
    /// unknown: the responder does not know the certificate.
    Unknown,
}

/// SingleResponse (RFC 6960 4.2.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SingleResponse {
    /// Which certificate.
    pub cert_id: CertId,
    /// Its status.
    pub status: OcspCertStatus,
    /// reasonCode, which may stand in a single response as in an entry of a CRL (RFC 6960 4.4.5).
    pub reason_code: Option<RevocationReason>,
    /// invalidityDate, likewise.
    pub invalidity_date: Option<UtcTime>,
    /// When the status is known to have been correct.
    pub this_update: UtcTime,
    /// When newer information will be available.
    pub next_update: Option<UtcTime>,
    /// archiveCutoff (RFC 6960 4.4.4): the responder answers for certificates that expired after this time.
    pub archive_cutoff: Option<UtcTime>,
    /// certHash, where its algorithm is known.
    pub cert_hash: Option<CertHash>,
    /// Critical extensions this library does not process.
    pub unknown_critical: Vec<Oid>,
}

/// CertHash (Common PKI 2.0, part 4): the digest of the certificate the responder knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertHash {
    /// The digest algorithm.
    pub algorithm: DigestAlgorithm,
    /// The digest of the certificate's DER octets.
    pub value: Box<[u8]>,
}

impl OcspResponse {
    /// Reads an OCSPResponse with a basic response, or a BasicOCSPResponse; it must be all of `der`.
    ///
    /// # Errors
    /// [`ParseError::OcspStatus`] for a responder's error, else [`ParseError`] when it cannot be decoded.
    pub fn parse(der: &[u8]) -> Result<Self, ParseError> {
        with_decoder(der, |decoder| {
            let outer = single(decoder, der)?.with_tag(Tag::SEQUENCE)?;
            let mut fields = outer.children()?;
            if fields.peek() == Some(Tag::SEQUENCE) {
                return Self::basic(decoder, outer, der);
            }
            // OCSPResponse ::= SEQUENCE { responseStatus ENUMERATED, responseBytes [0] EXPLICIT OPTIONAL }
            let status = fields.expect(Tag::ENUMERATED)?.enumerated()?;
            if status != 0 {
                return Err(ParseError::OcspStatus(status));
            }
            let mut bytes = fields.expect(Tag::context(0))?.explicit()?.with_tag(Tag::SEQUENCE)?.children()?;
            fields.finish()?;
            let response_type = bytes.expect(Tag::OID)?.oid()?;
            if response_type != PKIX_OCSP_BASIC {
                return Err(ParseError::OcspResponseType(response_type));
            }
            let response = bytes.expect(Tag::OCTET_STRING)?;
            bytes.finish()?;
            if response.constructed {
                return Err(response.invalid("response in DER").into());
            }
            let mut inner = decoder.reader(response.content, response.content_offset);
            let basic = inner.expect(Tag::SEQUENCE)?;
            inner.finish()?;
            Self::basic(decoder, basic, der)
        })
    }

    /// `BasicOCSPResponse ::= SEQUENCE { tbsResponseData, signatureAlgorithm, signature, certs [0] OPTIONAL }`
    fn basic(decoder: &Decoder<'_>, basic: Element<'_, '_>, whole: &[u8]) -> Result<Self, ParseError> {
        let mut outer = basic.children()?;
        let tbs = outer.expect(Tag::SEQUENCE)?;
        let algorithm = AlgorithmIdentifier::parse(outer.expect(Tag::SEQUENCE)?)?;
        let signature = outer.expect(Tag::BIT_STRING)?;
        let signature_end = range(&signature).end;
        let signature_len = signature.bit_string()?.octets.len();
        let certificates = match outer.optional(Tag::context(0))? {
            Some(list) => each(list.explicit()?, Tag::SEQUENCE, |certificate| Ok(range(&certificate)))?,
            None => Vec::new(),
        };
        outer.finish()?;

        // ResponseData ::= SEQUENCE { version [0] DEFAULT v1, responderID, producedAt, responses, extensions [1] }
        let mut fields = tbs.children()?;
        fields.optional(Tag::context(0))?;
        let responder = fields.element()?;
        let responder = match responder.tag {
            tag if tag == Tag::context(1) => ResponderId::ByName(Name::from_element(responder.explicit()?)?),
            tag if tag == Tag::context(2) => ResponderId::ByKey(responder.explicit()?.octet_string()?.into()),
            _ => return Err(responder.invalid("ResponderID").into()),
        };
        let produced_at = fields.expect(Tag::GENERALIZED_TIME)?.time()?.time;
        let singles = each(fields.expect(Tag::SEQUENCE)?, Tag::SEQUENCE, |one| single_response(decoder, one))?;
        let mut unknown_critical = Vec::new();
        if let Some(list) = fields.optional(Tag::context(1))? {
            for extension in raw_extensions(list.explicit()?.children()?)? {
                if extension.critical && ![NONCE, EXTENDED_REVOKE].contains(&extension.oid) {
                    unknown_critical.push(extension.oid);
                }
            }
        }
        fields.finish()?;
        Ok(Self {
            der: whole.into(),
            sha256: kenin_crypto::sha256(whole),
            tbs: range(&tbs),
            signature: signature_end.saturating_sub(signature_len)..signature_end,
            scheme: SignatureScheme::from_x509(&algorithm),
            signature_algorithm: algorithm.oid,
            responder,
            produced_at,
            singles,
            certificates,
            unknown_critical,
        })
    }

    /// The octets as received.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// SHA-256 of the octets as received.
    pub fn sha256(&self) -> Sha256 {
        self.sha256
    }

    /// The octets the responder signed (tbsResponseData).
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

    /// How the responder signed.
    ///
    /// # Errors
    /// [`SchemeError`] when the algorithm or its parameters are not supported.
    pub fn scheme(&self) -> Result<SignatureScheme, SchemeError> {
        self.scheme
    }

    /// Who answered.
    pub fn responder(&self) -> &ResponderId {
        &self.responder
    }

    /// When the response was signed.
    pub fn produced_at(&self) -> UtcTime {
        self.produced_at
    }

    /// The answers.
    pub fn singles(&self) -> &[SingleResponse] {
        &self.singles
    }

    /// The DER octets of the certificates in the response.
    pub fn certificates(&self) -> impl Iterator<Item = &[u8]> {
        self.certificates.iter().map(|range| self.der.get(range.clone()).unwrap_or_default())
    }

    /// Critical response extensions this library does not process: the response must not be used.
    pub fn unknown_critical(&self) -> &[Oid] {
        &self.unknown_critical
    }
}

impl fmt::Debug for OcspResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OcspResponse({:?}, {}, {} answers)", self.responder, self.produced_at, self.singles.len())
    }
}

/// ```text
/// SingleResponse ::= SEQUENCE {
///     certID, certStatus, thisUpdate GeneralizedTime,
///     nextUpdate [0] EXPLICIT GeneralizedTime OPTIONAL, singleExtensions [1] EXPLICIT Extensions OPTIONAL }
/// ```
fn single_response(decoder: &Decoder<'_>, element: Element<'_, '_>) -> Result<SingleResponse, Error> {
    let mut fields = element.with_tag(Tag::SEQUENCE)?.children()?;
    let cert_id = cert_id(fields.expect(Tag::SEQUENCE)?)?;
    let status = cert_status(fields.element()?)?;
    let this_update = fields.expect(Tag::GENERALIZED_TIME)?.time()?.time;
    let next_update = fields.optional(Tag::context(0))?.map(|time| time.explicit()?.time()).transpose()?;
    let mut response = SingleResponse {
        cert_id,
        status,
        reason_code: None,
        invalidity_date: None,
        this_update,
        next_update: next_update.map(|time| time.time),
        archive_cutoff: None,
        cert_hash: None,
        unknown_critical: Vec::new(),
    };
    if let Some(list) = fields.optional(Tag::context(1))? {
        for extension in raw_extensions(list.explicit()?.children()?)? {
            match extension.oid {
                REASON_CODE => {
                    let code = single(decoder, extension.value)?.enumerated()?;
                    response.reason_code = Some(RevocationReason::from_code(code));
                }
                INVALIDITY_DATE => response.invalidity_date = Some(single(decoder, extension.value)?.time()?.time),
                ARCHIVE_CUTOFF => response.archive_cutoff = Some(single(decoder, extension.value)?.time()?.time),
                CERT_HASH => response.cert_hash = cert_hash(single(decoder, extension.value)?)?,
                unknown if extension.critical => response.unknown_critical.push(unknown),
                _ => {}
            }
        }
    }
    fields.finish()?;
    Ok(response)
}

fn cert_id(element: Element<'_, '_>) -> Result<CertId, Error> {
    let mut fields = element.children()?;
    let algorithm = AlgorithmIdentifier::parse(fields.expect(Tag::SEQUENCE)?)?;
    let result = CertId {
        digest_algorithm: DigestAlgorithm::from_oid(&algorithm.oid),
        issuer_name_hash: fields.expect(Tag::OCTET_STRING)?.octet_string()?.into(),
        issuer_key_hash: fields.expect(Tag::OCTET_STRING)?.octet_string()?.into(),
        serial: minimal(fields.expect(Tag::INTEGER)?.integer()?).into(),
    };
    fields.finish()?;
    Ok(result)
}

/// `CertStatus ::= CHOICE { good [0] NULL, revoked [1] RevokedInfo, unknown [2] NULL }`, all implicit
fn cert_status(element: Element<'_, '_>) -> Result<OcspCertStatus, Error> {
    match element.tag {
        tag if tag == Tag::context(0) => Ok(OcspCertStatus::Good),
        tag if tag == Tag::context(1) => {
            let mut fields = element.children()?;
            let revocation_date = fields.expect(Tag::GENERALIZED_TIME)?.time()?.time;
            let reason = fields.optional(Tag::context(0))?.map(|reason| reason.explicit()?.enumerated()).transpose()?;
            fields.finish()?;
            Ok(OcspCertStatus::Revoked { revocation_date, reason: reason.map(RevocationReason::from_code) })
        }
        tag if tag == Tag::context(2) => Ok(OcspCertStatus::Unknown),
        _ => Err(element.invalid("CertStatus")),
    }
}

/// `CertHash ::= SEQUENCE { hashAlgorithm AlgorithmIdentifier, certificateHash OCTET STRING }`
fn cert_hash(element: Element<'_, '_>) -> Result<Option<CertHash>, Error> {
    let mut fields = element.with_tag(Tag::SEQUENCE)?.children()?;
    let algorithm = AlgorithmIdentifier::parse(fields.expect(Tag::SEQUENCE)?)?;
    let value = fields.expect(Tag::OCTET_STRING)?.octet_string()?;
    fields.finish()?;
    Ok(DigestAlgorithm::from_oid(&algorithm.oid).map(|algorithm| CertHash { algorithm, value: value.into() }))
}
