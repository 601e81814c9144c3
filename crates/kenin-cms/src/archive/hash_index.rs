use std::collections::BTreeSet;

use kenin_asn1::{AlgorithmIdentifier, Element, Error, Tag};
use kenin_base::{DigestAlgorithm, Oid};

use crate::attributes::Attribute;
use crate::digest_identifier::digest_fact;
use crate::oids;
use crate::signer_info::SignerInfo;

/// The attribute types of ats-hash-index, the newest version first.
const INDEX_TYPES: [Oid; 3] = [oids::ATS_HASH_INDEX_V3, oids::ATS_HASH_INDEX_V2, oids::ATS_HASH_INDEX_V1];

/// ```text
/// ATSHashIndex ::= SEQUENCE { hashIndAlgorithm AlgorithmIdentifier DEFAULT {algorithm id-sha256},
///     certificatesHashIndex SEQUENCE OF OCTET STRING, crlsHashIndex SEQUENCE OF OCTET STRING,
///     unsignedAttrsHashIndex SEQUENCE OF OCTET STRING }
/// ```
/// (TS 101 733 6.4.2; EN 319 122-1 5.5.2, where the algorithm is always there)
pub(super) struct HashIndex {
    pub algorithm: Option<DigestAlgorithm>,
    pub certificates: BTreeSet<Vec<u8>>,
    pub crls: BTreeSet<Vec<u8>>,
    pub unsigned: BTreeSet<Vec<u8>>,
    /// Version 3 hashes attribute values one by one.
    pub by_value: bool,
}

impl HashIndex {
    /// The index among a token's unsigned attributes, if there is one.
    pub fn find(signer: &SignerInfo<'_, '_>) -> Option<Result<Self, Error>> {
        let (kind, value) = value_of(signer)?;
        Some(Self::parse(value, kind == oids::ATS_HASH_INDEX_V3))
    }

    /// Its octets, which the imprint is over.
    pub fn octets(signer: &SignerInfo<'_, '_>) -> Option<Vec<u8>> {
        value_of(signer).map(|(_, value)| value.bytes.to_vec())
    }

    fn parse(value: Element<'_, '_>, by_value: bool) -> Result<Self, Error> {
        let mut fields = value.with_tag(Tag::SEQUENCE)?.children()?;
        let mut first = fields.expect(Tag::SEQUENCE)?;
        let is_algorithm = first.children()?.peek() == Some(Tag::OID);
        let algorithm = if is_algorithm {
            let algorithm = digest_fact(&AlgorithmIdentifier::parse(first)?).algorithm;
            first = fields.expect(Tag::SEQUENCE)?;
            algorithm
        } else {
            Some(DigestAlgorithm::Sha256)
        };
        let index = Self {
            algorithm,
            certificates: hashes(first)?,
            crls: hashes(fields.expect(Tag::SEQUENCE)?)?,
            unsigned: hashes(fields.expect(Tag::SEQUENCE)?)?,
            by_value,
        };
        fields.finish()?;
        Ok(index)
    }
}

/// What is hashed for a value of an attribute: by version 3 its type and itself, by older ones the whole attribute.
pub(super) fn parts_of<'a>(attribute: &Attribute<'_, 'a>, value: usize, by_value: bool) -> Vec<&'a [u8]> {
    let kind = attribute.element.children().and_then(|mut fields| fields.element());
    match (kind, attribute.values.get(value)) {
        (Ok(kind), Some(value)) if by_value => vec![kind.bytes, value.bytes],
        _ => vec![attribute.element.bytes],
    }
}

fn value_of<'d, 'a>(signer: &SignerInfo<'d, 'a>) -> Option<(Oid, Element<'d, 'a>)> {
    let set = signer.unsigned_attributes.as_ref()?;
    INDEX_TYPES.iter().find_map(|kind| Some((*kind, *set.of(kind).next()?.values.first()?)))
}

fn hashes(list: Element<'_, '_>) -> Result<BTreeSet<Vec<u8>>, Error> {
    let mut values = list.children()?;
    let mut hashes = BTreeSet::new();
    while !values.is_empty() {
        hashes.insert(values.element()?.octet_string()?.into_owned());
    }
    Ok(hashes)
}
