use std::borrow::Cow;
use std::collections::BTreeSet;

use kenin_asn1::{AlgorithmIdentifier, Decoder, Element, Error, Tag};
use kenin_base::{DigestAlgorithm, Oid, Resource, Span};
use kenin_crypto::{Digests, MultiDigest};

use crate::attributes::keep;
use crate::digest_identifier::digest_fact;
use crate::evidence_record::EvidenceRecord;
use crate::signer_info::SignerInfo;
use crate::{CmsError, oids, timestamp_token};

/// A ContentInfo with SignedData, cut into views on the octets received (RFC 5652 3, 5.1).
///
/// ```text
/// SignedData ::= SEQUENCE { version CMSVersion, digestAlgorithms DigestAlgorithmIdentifiers,
///     encapContentInfo EncapsulatedContentInfo, certificates [0] IMPLICIT CertificateSet OPTIONAL,
///     crls [1] IMPLICIT RevocationInfoChoices OPTIONAL, signerInfos SignerInfos }
/// ```
#[derive(Clone, Debug)]
pub struct Cms<'d, 'a> {
    decoder: &'d Decoder<'d>,
    element: Element<'d, 'a>,
    trailing: &'a [u8],
    pub(crate) digest_algorithms: Vec<Oid>,
    encapsulated: Element<'d, 'a>,
    content_type_element: Element<'d, 'a>,
    content_type: Oid,
    content: Option<Element<'d, 'a>>,
    pub(crate) certificates: Option<Element<'d, 'a>>,
    pub(crate) crls: Option<Element<'d, 'a>>,
    pub(crate) signers: Vec<Result<SignerInfo<'d, 'a>, Error>>,
}

impl<'d, 'a> Cms<'d, 'a> {
    /// Cuts the envelope out of `bytes`, which lie at `offset` of the document. Use one decoder per structure:
    /// what BER it used becomes a finding.
    ///
    /// A SignerInfo that cannot be read does not fail the others.
    ///
    /// # Errors
    /// [`CmsError`] when this is no ContentInfo with SignedData, or a budget is reached.
    pub fn parse(decoder: &'d Decoder<'d>, bytes: &'a [u8], offset: u64) -> Result<Self, CmsError> {
        let mut reader = decoder.reader(bytes, offset);
        let element = reader.expect(Tag::SEQUENCE)?;
        let size = u64::try_from(element.bytes.len()).unwrap_or(u64::MAX);
        let limit = |l| CmsError::Malformed(Error::new(kenin_asn1::ErrorKind::Limit(l), offset));
        decoder.budget().check(Resource::Asn1Bytes, size).map_err(limit)?;
        let mut content_info = element.children()?;
        let info_type = content_info.expect(Tag::OID)?.oid()?;
        if info_type != oids::ID_SIGNED_DATA {
            return Err(CmsError::NotSignedData { content_type: info_type });
        }
        let signed_data = content_info.expect(Tag::context(0))?.explicit()?;
        content_info.finish()?;

        let mut fields = signed_data.with_tag(Tag::SEQUENCE)?.children()?;
        fields.expect(Tag::INTEGER)?.integer_i64()?;
        let mut digest_algorithms = Vec::new();
        let mut algorithms = fields.expect(Tag::SET)?.children()?;
        while !algorithms.is_empty() {
            let algorithm = algorithms.element()?;
            keep(&algorithm)?;
            digest_algorithms.push(AlgorithmIdentifier::parse(algorithm)?.oid);
        }
        let encapsulated = fields.expect(Tag::SEQUENCE)?;
        let mut parts = encapsulated.children()?;
        let content_type_element = parts.expect(Tag::OID)?;
        let content_type = content_type_element.oid()?;
        let content = parts.optional(Tag::context(0))?.map(|c| c.explicit()).transpose()?;
        parts.finish()?;
        let certificates = fields.optional(Tag::context(0))?;
        let crls = fields.optional(Tag::context(1))?;
        let mut signers = Vec::new();
        let mut infos = fields.expect(Tag::SET)?.children()?;
        while !infos.is_empty() {
            let info = infos.element()?;
            decoder.budget().spend(Resource::Signatures, 1).map_err(limit)?;
            signers.push(SignerInfo::parse(info));
        }
        fields.finish()?;
        let trailing = reader.remaining();
        Ok(Self {
            decoder,
            element,
            trailing,
            digest_algorithms,
            encapsulated,
            content_type_element,
            content_type,
            content,
            certificates,
            crls,
            signers,
        })
    }

    /// The whole ContentInfo.
    pub fn bytes(&self) -> &'a [u8] {
        self.element.bytes
    }

    /// Where the ContentInfo lies in the document.
    pub fn span(&self) -> Span {
        self.element.span
    }

    /// The octets after the ContentInfo; the caller judges them (padding in PDF, junk elsewhere).
    pub fn trailing(&self) -> &'a [u8] {
        self.trailing
    }

    /// encapContentInfo.eContentType.
    pub fn content_type(&self) -> Oid {
        self.content_type
    }

    /// Whether the content is a TSTInfo, so that this is a TimeStampToken (RFC 3161 2.4.2).
    pub fn is_timestamp_token(&self) -> bool {
        self.content_type == oids::ID_CT_TST_INFO
    }

    /// Number of SignerInfos, readable or not.
    pub fn signer_count(&self) -> usize {
        self.signers.len()
    }

    /// The content inside the structure; `None` when it is detached.
    pub fn attached_content(&self) -> Option<AttachedContent<'d, 'a>> {
        self.content.map(|element| AttachedContent { element })
    }

    /// Every digest over the *content* that [`observe_signatures`](crate::observe_signatures) compares: the
    /// signers' digest algorithms and those of content timestamps.
    pub fn required_digests(&self) -> BTreeSet<DigestAlgorithm> {
        let mut algorithms = BTreeSet::new();
        for signer in self.signers.iter().flatten() {
            algorithms.extend(digest_fact(&signer.digest_algorithm).algorithm);
            let timestamps = signer.signed_attributes.iter().flat_map(|set| set.of(&oids::CONTENT_TIME_STAMP));
            for token in timestamps.flat_map(|attribute| &attribute.values) {
                algorithms.extend(timestamp_token::imprint_algorithm_of(self.decoder.budget(), token.bytes));
            }
            let indexed = signer.unsigned_attributes.iter().flat_map(|set| set.of(&oids::ARCHIVE_TIME_STAMP_V3));
            for token in indexed.flat_map(|attribute| &attribute.values) {
                algorithms.extend(timestamp_token::imprint_algorithm_of(self.decoder.budget(), token.bytes));
            }
            let external = signer.unsigned_attributes.iter().flat_map(|set| set.of(&oids::EXTERNAL_EVIDENCE_RECORDS));
            for record in external.flat_map(|attribute| &attribute.values) {
                algorithms
                    .extend(EvidenceRecord::from_element(*record).iter().flat_map(EvidenceRecord::required_digests));
            }
        }
        algorithms
    }

    /// Whether the content octets are needed beside their digests. Without signed attributes they themselves are signed:
    /// EdDSA needs them then, and they are examined for being another signature's signed attributes. An archive timestamp
    /// of the second version hashes them in the midst of other octets.
    pub fn needs_content_octets(&self) -> bool {
        let archived = |signer: &SignerInfo<'_, '_>| {
            let set = signer.unsigned_attributes.iter().flat_map(|set| &set.attributes);
            let is_v2 = |kind: Oid| matches!(kind, oids::ARCHIVE_TIME_STAMP_V1 | oids::ARCHIVE_TIME_STAMP_V2);
            set.into_iter().any(|attribute| is_v2(attribute.kind))
        };
        self.signers.iter().flatten().any(|signer| signer.signed_attributes.is_none() || archived(signer))
    }

    /// encapContentInfo.
    pub(crate) fn encapsulated(&self) -> &Element<'d, 'a> {
        &self.encapsulated
    }

    /// eContentType.
    pub(crate) fn content_type_element(&self) -> &Element<'d, 'a> {
        &self.content_type_element
    }

    /// The ContentInfo.
    pub(crate) fn element(&self) -> &Element<'d, 'a> {
        &self.element
    }

    pub(crate) fn decoder(&self) -> &'d Decoder<'d> {
        self.decoder
    }
}

/// eContent as received.
#[derive(Clone, Copy, Debug)]
pub struct AttachedContent<'d, 'a> {
    element: Element<'d, 'a>,
}

impl<'a> AttachedContent<'_, 'a> {
    /// Hands over the content octets in order: the segments of an OCTET STRING without joining them. PKCS #7
    /// (RFC 2315 9.1) lets the content be any type; then it is the value without identifier and length.
    ///
    /// # Errors
    /// [`Error`] when a segment is no OCTET STRING or a budget is reached.
    pub fn for_each_segment(&self, visit: &mut impl FnMut(&'a [u8])) -> Result<(), Error> {
        if self.element.tag == Tag::OCTET_STRING {
            return self.element.for_each_segment(visit);
        }
        visit(self.element.content);
        Ok(())
    }

    /// Where the content lies in the document.
    pub fn span(&self) -> Span {
        self.element.span
    }

    /// Whether the content is an OCTET STRING, as RFC 5652 5.2 has it.
    pub(crate) fn is_octet_string(&self) -> bool {
        self.element.tag == Tag::OCTET_STRING
    }

    /// Whether the octets come in several pieces.
    pub fn is_segmented(&self) -> bool {
        self.element.tag == Tag::OCTET_STRING && self.element.constructed
    }

    /// The content octets, copied only when they come in segments.
    ///
    /// # Errors
    /// As [`Self::for_each_segment`].
    pub fn octets(&self) -> Result<Cow<'a, [u8]>, Error> {
        if self.element.tag == Tag::OCTET_STRING {
            return self.element.octet_string();
        }
        Ok(Cow::Borrowed(self.element.content))
    }

    /// The digests of the content octets.
    ///
    /// # Errors
    /// As [`Self::for_each_segment`].
    pub fn digests(&self, algorithms: &BTreeSet<DigestAlgorithm>) -> Result<Digests, Error> {
        let mut state = MultiDigest::new(algorithms);
        self.for_each_segment(&mut |segment| state.update(segment))?;
        Ok(state.finish())
    }
}
