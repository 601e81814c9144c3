use kenin_asn1::{AlgorithmIdentifier, Element, Error, Tag};
use kenin_base::{DigestAlgorithm, Oid};
use kenin_facts::{CertificateReference, DigestFact};

use crate::digest_identifier::digest_fact;
use crate::integer::serial_hex;

/// The references of one signing-certificate (`version` 1) or signing-certificate-v2 attribute value.
///
/// ```text
/// SigningCertificate   ::= SEQUENCE { certs SEQUENCE OF ESSCertID, policies … OPTIONAL }
/// SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF ESSCertIDv2, policies … OPTIONAL }
/// ```
/// (RFC 2634 5.4, RFC 5035 3)
pub(crate) fn parse(value: Element<'_, '_>, version: u8) -> Result<Vec<CertificateReference>, Error> {
    let mut fields = value.with_tag(Tag::SEQUENCE)?.children()?;
    let mut certs = fields.expect(Tag::SEQUENCE)?.children()?;
    let mut references = Vec::new();
    while !certs.is_empty() {
        references.push(reference(certs.expect(Tag::SEQUENCE)?, version)?);
    }
    fields.optional(Tag::SEQUENCE)?;
    fields.finish()?;
    Ok(references)
}

/// ```text
/// ESSCertIDv2 ::= SEQUENCE { hashAlgorithm AlgorithmIdentifier DEFAULT {algorithm id-sha256},
///     certHash OCTET STRING, issuerSerial IssuerSerial OPTIONAL }
/// ```
/// ESSCertID has no hashAlgorithm: its hash is SHA-1.
fn reference(element: Element<'_, '_>, version: u8) -> Result<CertificateReference, Error> {
    let mut fields = element.children()?;
    let default = if version == 1 { DigestAlgorithm::Sha1 } else { DigestAlgorithm::Sha256 };
    let mut digest_algorithm = DigestFact::from_oid(default.oid());
    if version > 1
        && let Some(named) = fields.optional(Tag::SEQUENCE)?
    {
        digest_algorithm = digest_fact(&AlgorithmIdentifier::parse(named)?);
    }
    let hash = fields.expect(Tag::OCTET_STRING)?.octet_string()?;
    let issuer_serial = fields.optional(Tag::SEQUENCE)?;
    fields.finish()?;
    let (issuer, serial) = issuer_serial.map(read_issuer_serial).transpose()?.unwrap_or_default();
    Ok(CertificateReference {
        version,
        digest_algorithm,
        hash: hash.into_owned().into(),
        serial,
        issuer: issuer.map(|name| name.to_vec().into()),
    })
}

type IssuerSerial<'a> = (Option<&'a [u8]>, Option<String>);

/// `IssuerSerial ::= SEQUENCE { issuer GeneralNames, serialNumber CertificateSerialNumber }` (RFC 5035 5)
fn read_issuer_serial<'a>(element: Element<'_, 'a>) -> Result<IssuerSerial<'a>, Error> {
    let mut fields = element.children()?;
    let mut names = fields.expect(Tag::SEQUENCE)?.children()?;
    let serial = serial_hex(fields.expect(Tag::INTEGER)?.integer()?);
    fields.finish()?;
    let mut issuer = None;
    while !names.is_empty() {
        let name = names.element()?;
        if name.tag == Tag::context(4) && issuer.is_none() {
            issuer = Some(name.explicit()?.bytes);
        }
    }
    Ok((issuer, Some(serial)))
}

/// cmsAlgorithmProtection (RFC 6211 2): the algorithms it protects.
///
/// ```text
/// CMSAlgorithmProtection ::= SEQUENCE { digestAlgorithm DigestAlgorithmIdentifier,
///     signatureAlgorithm [1] SignatureAlgorithmIdentifier OPTIONAL, macAlgorithm [2] … OPTIONAL }
/// ```
pub(crate) struct AlgorithmProtection<'d, 'a> {
    pub digest: AlgorithmIdentifier<'d, 'a>,
    pub signature: Option<AlgorithmIdentifier<'d, 'a>>,
}

impl<'d, 'a> AlgorithmProtection<'d, 'a> {
    pub fn parse(value: Element<'d, 'a>) -> Result<Self, Error> {
        let mut fields = value.with_tag(Tag::SEQUENCE)?.children()?;
        let digest = AlgorithmIdentifier::parse(fields.element()?)?;
        let signature = fields.optional(Tag::context(1))?;
        let signature = signature.map(|s| AlgorithmIdentifier::parse(s.implicit(Tag::SEQUENCE))).transpose()?;
        Ok(Self { digest, signature })
    }

    /// Whether both algorithms are the ones used. NULL and absent parameters mean the same.
    pub fn agrees(&self, digest: &AlgorithmIdentifier<'_, '_>, signature: &AlgorithmIdentifier<'_, '_>) -> bool {
        let parameters = |a: &AlgorithmIdentifier<'_, '_>| -> Option<Vec<u8>> {
            a.parameters.filter(|_| !a.has_no_parameters()).map(|p| p.bytes.to_vec())
        };
        let key = |a: &AlgorithmIdentifier<'_, '_>| -> (Oid, Option<Vec<u8>>) { (a.oid, parameters(a)) };
        key(&self.digest) == key(digest) && self.signature.is_some_and(|s| key(&s) == key(signature))
    }
}
