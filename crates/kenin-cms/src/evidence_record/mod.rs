//! Evidence records (RFC 4998).

mod before;
mod embedded;
mod hash_tree;
mod observe;

use std::borrow::Cow;
use std::collections::BTreeSet;

use kenin_asn1::{AlgorithmIdentifier, Decoder, Element, Error, ErrorKind, Tag};
use kenin_base::{DigestAlgorithm, Resource};
use kenin_facts::DigestFact;

use crate::attributes::AttributeSet;
use crate::digest_identifier::digest_fact;
use crate::timestamp_token;
use hash_tree::PartialHashtree;

pub(crate) use embedded::{cover, observe_embedded_records};
pub use observe::{ArchivedData, observe_evidence_record};

/// An EvidenceRecord cut into views on the octets received.
///
/// ```text
/// EvidenceRecord ::= SEQUENCE { version INTEGER { v1(1) }, digestAlgorithms SEQUENCE OF AlgorithmIdentifier,
///     cryptoInfos [0] CryptoInfos OPTIONAL, encryptionInfo [1] EncryptionInfo OPTIONAL,
///     archiveTimeStampSequence ArchiveTimeStampSequence }
/// ArchiveTimeStampSequence ::= SEQUENCE OF ArchiveTimeStampChain
/// ArchiveTimeStampChain ::= SEQUENCE OF ArchiveTimeStamp
/// ```
/// (RFC 4998 3.1, 5.1; implicit tags)
#[derive(Clone, Debug)]
pub struct EvidenceRecord<'d, 'a> {
    version: i64,
    crypto_infos: Option<AttributeSet<'d, 'a>>,
    chains: Vec<Chain<'d, 'a>>,
    trailing: &'a [u8],
}

/// An ArchiveTimeStampChain.
#[derive(Clone, Debug)]
struct Chain<'d, 'a> {
    element: Element<'d, 'a>,
    timestamps: Vec<Stamp<'d, 'a>>,
}

/// ```text
/// ArchiveTimeStamp ::= SEQUENCE { digestAlgorithm [0] AlgorithmIdentifier OPTIONAL, attributes [1] Attributes OPTIONAL,
///     reducedHashtree [2] SEQUENCE OF PartialHashtree OPTIONAL, timeStamp ContentInfo }
/// PartialHashtree ::= SEQUENCE OF OCTET STRING
/// ```
/// (RFC 4998 4.1)
#[derive(Clone, Debug)]
struct Stamp<'d, 'a> {
    /// digestAlgorithm; without it, that of the timestamp's imprint.
    digest_algorithm: Option<DigestFact>,
    /// reducedHashtree.
    tree: Option<Vec<PartialHashtree<'a>>>,
    /// timeStamp.
    token: Element<'d, 'a>,
}

impl<'d, 'a> EvidenceRecord<'d, 'a> {
    /// Cuts a record out of `bytes`, which lie at `offset` of the document.
    ///
    /// # Errors
    /// [`Error`] when this is no EvidenceRecord, or a budget is reached.
    pub fn parse(decoder: &'d Decoder<'d>, bytes: &'a [u8], offset: u64) -> Result<Self, Error> {
        let mut reader = decoder.reader(bytes, offset);
        let element = reader.expect(Tag::SEQUENCE)?;
        let mut record = Self::from_element(element)?;
        record.trailing = reader.remaining();
        Ok(record)
    }

    pub(crate) fn from_element(element: Element<'d, 'a>) -> Result<Self, Error> {
        let mut fields = element.with_tag(Tag::SEQUENCE)?.children()?;
        let version = fields.expect(Tag::INTEGER)?.integer_i64()?;
        fields.expect(Tag::SEQUENCE)?;
        let crypto_infos = fields.optional(Tag::context(0))?.map(AttributeSet::parse);
        fields.optional(Tag::context(1))?;
        let mut sequence = fields.expect(Tag::SEQUENCE)?.children()?;
        fields.finish()?;
        let mut chains = Vec::new();
        while !sequence.is_empty() {
            chains.push(Chain::parse(sequence.expect(Tag::SEQUENCE)?)?);
        }
        if chains.is_empty() {
            return Err(element.invalid("ArchiveTimeStampSequence without a chain"));
        }
        Ok(Self { version, crypto_infos, chains, trailing: &[] })
    }

    /// The octets after the record; the caller judges them.
    pub fn trailing(&self) -> &'a [u8] {
        self.trailing
    }

    /// The digests of the data that [`observe_evidence_record`] compares: one for each chain.
    pub fn required_digests(&self) -> BTreeSet<DigestAlgorithm> {
        self.chains.iter().filter_map(|chain| chain.algorithm().algorithm).collect()
    }
}

impl<'d, 'a> Chain<'d, 'a> {
    fn parse(element: Element<'d, 'a>) -> Result<Self, Error> {
        let mut stamps = element.children()?;
        let mut timestamps = Vec::new();
        while !stamps.is_empty() {
            let stamp = stamps.expect(Tag::SEQUENCE)?;
            let limit = |limit| Error::new(ErrorKind::Limit(limit), stamp.span.start);
            stamp.budget().spend(Resource::Signatures, 1).map_err(limit)?;
            timestamps.push(Stamp::parse(stamp)?);
        }
        if timestamps.is_empty() {
            return Err(element.invalid("ArchiveTimeStampChain without an ArchiveTimeStamp"));
        }
        Ok(Self { element, timestamps })
    }

    /// The hash algorithm of the chain: that of its first archive timestamp (5.1: all have the same).
    fn algorithm(&self) -> DigestFact {
        self.timestamps.first().map_or_else(unknown, Stamp::algorithm)
    }
}

impl<'d, 'a> Stamp<'d, 'a> {
    fn parse(element: Element<'d, 'a>) -> Result<Self, Error> {
        let mut fields = element.children()?;
        let algorithm = fields.optional(Tag::context(0))?;
        let algorithm = algorithm.map(|field| AlgorithmIdentifier::parse(field.implicit(Tag::SEQUENCE))).transpose()?;
        fields.optional(Tag::context(1))?;
        let tree = fields.optional(Tag::context(2))?.map(read_tree).transpose()?;
        let token = fields.expect(Tag::SEQUENCE)?;
        fields.finish()?;
        Ok(Self { digest_algorithm: algorithm.as_ref().map(digest_fact), tree, token })
    }

    fn algorithm(&self) -> DigestFact {
        let of_token = || {
            let budget = self.token.budget();
            timestamp_token::imprint_algorithm_of(budget, self.token.bytes)
        };
        self.digest_algorithm
            .or_else(|| of_token().map(|algorithm| DigestFact::from_oid(algorithm.oid())))
            .unwrap_or_else(unknown)
    }
}

fn unknown() -> DigestFact {
    DigestFact { oid: crate::oids::ID_DATA, algorithm: None }
}

fn read_tree<'a>(field: Element<'_, 'a>) -> Result<Vec<PartialHashtree<'a>>, Error> {
    let mut lists = field.children()?;
    let mut tree = Vec::new();
    while !lists.is_empty() {
        let list = lists.expect(Tag::SEQUENCE)?;
        let mut values = list.children()?;
        let mut hashes: Vec<Cow<'a, [u8]>> = Vec::new();
        while !values.is_empty() {
            hashes.push(values.element()?.octet_string()?);
        }
        if hashes.is_empty() {
            return Err(list.invalid("PartialHashtree without a hash"));
        }
        tree.push(PartialHashtree(hashes));
    }
    if tree.is_empty() {
        return Err(field.invalid("reducedHashtree without a list"));
    }
    Ok(tree)
}
