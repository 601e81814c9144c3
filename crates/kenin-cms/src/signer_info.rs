use std::borrow::Cow;

use kenin_asn1::{AlgorithmIdentifier, Element, Error, Tag};

use crate::attributes::AttributeSet;

/// ```text
/// SignerInfo ::= SEQUENCE { version CMSVersion, sid SignerIdentifier,
///     digestAlgorithm DigestAlgorithmIdentifier, signedAttrs [0] IMPLICIT SignedAttributes OPTIONAL,
///     signatureAlgorithm SignatureAlgorithmIdentifier, signature SignatureValue,
///     unsignedAttrs [1] IMPLICIT UnsignedAttributes OPTIONAL }
/// ```
/// (RFC 5652 5.3)
#[derive(Clone, Debug)]
pub(crate) struct SignerInfo<'d, 'a> {
    pub element: Element<'d, 'a>,
    pub version: i64,
    pub sid: Sid<'d, 'a>,
    pub digest_algorithm: AlgorithmIdentifier<'d, 'a>,
    pub signed_attributes: Option<AttributeSet<'d, 'a>>,
    pub signature_algorithm: AlgorithmIdentifier<'d, 'a>,
    pub signature: Cow<'a, [u8]>,
    pub unsigned_attributes: Option<AttributeSet<'d, 'a>>,
}

/// SignerIdentifier (RFC 5652 5.3).
#[derive(Clone, Debug)]
pub(crate) enum Sid<'d, 'a> {
    IssuerAndSerialNumber { issuer: Element<'d, 'a>, serial: &'a [u8] },
    SubjectKeyIdentifier(Cow<'a, [u8]>),
}

impl<'d, 'a> SignerInfo<'d, 'a> {
    pub fn parse(element: Element<'d, 'a>) -> Result<Self, Error> {
        let mut fields = element.with_tag(Tag::SEQUENCE)?.children()?;
        let version = fields.expect(Tag::INTEGER)?.integer_i64()?;
        let sid = match fields.optional(Tag::context(0))? {
            Some(key_id) => Sid::SubjectKeyIdentifier(key_id.implicit(Tag::OCTET_STRING).octet_string()?),
            None => {
                let mut parts = fields.expect(Tag::SEQUENCE)?.children()?;
                let issuer = parts.expect(Tag::SEQUENCE)?;
                let serial = parts.expect(Tag::INTEGER)?.integer()?;
                parts.finish()?;
                Sid::IssuerAndSerialNumber { issuer, serial }
            }
        };
        let digest_algorithm = AlgorithmIdentifier::parse(fields.element()?)?;
        let signed_attributes = fields.optional(Tag::context(0))?.map(AttributeSet::parse);
        let signature_algorithm = AlgorithmIdentifier::parse(fields.element()?)?;
        let signature = fields.expect(Tag::OCTET_STRING)?.octet_string()?;
        let unsigned_attributes = fields.optional(Tag::context(1))?.map(AttributeSet::parse);
        fields.finish()?;
        Ok(Self {
            element,
            version,
            sid,
            digest_algorithm,
            signed_attributes,
            signature_algorithm,
            signature,
            unsigned_attributes,
        })
    }
}
