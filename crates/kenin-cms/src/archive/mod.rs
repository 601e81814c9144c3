//! Archive timestamps (EN 319 122-1 5.5.3, TS 101 733 6.4.1): what they are made over, and what that holds.

mod hash_index;
mod references;
mod v2;
mod v3;

use kenin_asn1::Decoder;
use kenin_base::{Budget, DigestAlgorithm, Finding, FindingCode, Oid, Resource, Sha256, UtcTime};
use kenin_crypto::{MultiDigest, sha256};
use kenin_facts::{Covered, EvidenceSource, Imprint, Signature, TimestampKind};

use crate::attributes::Attribute;
use crate::carried::{self, Carried};
use crate::findings::of_limit;
use crate::signer_info::SignerInfo;
use crate::timestamp_token::{TimestampToken, judge_imprint};
use crate::{Cms, Observer, oids};

/// What of a SignedData its archive timestamps are made over, beside the SignerInfo.
pub(crate) struct Base<'g> {
    /// encapContentInfo.
    pub encapsulated: &'g [u8],
    /// eContentType.
    pub content_type: &'g [u8],
    /// The content, where it is not inside encapContentInfo.
    pub detached: Detached<'g>,
    /// What `certificates` and `crls` hold, element by element.
    pub carried: &'g Carried<'g>,
    /// `certificates [0]` and `crls [1]` as they are.
    pub sets: [Option<&'g [u8]>; 2],
}

/// Content outside the structure.
#[derive(Clone, Copy)]
pub(crate) enum Detached<'g> {
    /// It is inside.
    No,
    Octets(&'g [u8]),
    NotFound,
}

impl<'g> Base<'g> {
    pub fn new(cms: &'g Cms<'_, 'g>, carried: &'g Carried<'g>, detached: Option<&'g [u8]>) -> Self {
        Self {
            encapsulated: cms.encapsulated().bytes,
            content_type: cms.content_type_element().bytes,
            detached: match (cms.attached_content(), detached) {
                (Some(_), _) => Detached::No,
                (None, Some(octets)) => Detached::Octets(octets),
                (None, None) => Detached::NotFound,
            },
            carried,
            sets: [cms.certificates.map(|set| set.bytes), cms.crls.map(|set| set.bytes)],
        }
    }
}

/// One value of an unsigned attribute, with what was observed in it.
pub(crate) struct Placed<'s, 'd, 'a> {
    pub attribute: &'s Attribute<'d, 'a>,
    /// Position in the attribute's values.
    pub value: usize,
    /// Position in the signature's timestamps, for one that is a timestamp.
    pub timestamp: Option<usize>,
    /// Id of the counter-signature, for one that is one.
    pub counter: Option<String>,
}

/// A signature whose archive timestamps are looked at.
struct Subject<'s, 'd, 'a, 'g> {
    base: &'s Base<'g>,
    info: &'s SignerInfo<'d, 'a>,
    placed: &'s [Placed<'s, 'd, 'a>],
    /// Digest of the content.
    content: &'s dyn Fn(DigestAlgorithm) -> Option<Vec<u8>>,
    budget: &'s Budget,
}

/// What an archive timestamp was found to be over.
struct Over {
    computed: Option<Vec<u8>>,
    /// Positions in `placed` of the attribute values that it covers.
    values: Vec<usize>,
    /// Keys of the covered elements of `certificates` and `crls`.
    carried: Vec<Sha256>,
    findings: Vec<Finding>,
}

/// Computes the imprints of a signature's archive timestamps, and what every timestamp over references or more covers.
pub(crate) fn complete(
    observer: &mut Observer<'_>,
    base: &Base<'_>,
    info: &SignerInfo<'_, '_>,
    placed: &[Placed<'_, '_, '_>],
    content: &dyn Fn(DigestAlgorithm) -> Option<Vec<u8>>,
    signature: &mut Signature,
) {
    let subject = Subject { base, info, placed, content, budget: observer.budget() };
    let times: Vec<(usize, Option<UtcTime>)> = placed
        .iter()
        .enumerate()
        .filter(|(_, placed)| is_archive(&placed.attribute.kind))
        .map(|(position, placed)| {
            let timestamp = placed.timestamp.and_then(|index| signature.timestamps.get(index));
            (position, timestamp.and_then(|t| t.token.tst_info.as_ref()).map(|info| info.gen_time))
        })
        .collect();
    for place in placed {
        let Some(index) = place.timestamp else { continue };
        let Some(timestamp) = signature.timestamps.get(index) else { continue };
        let kind = timestamp.kind;
        let Some(tst_info) = timestamp.token.tst_info.clone() else { continue };
        let over = match kind {
            TimestampKind::ArchiveV2 => {
                let algorithm = tst_info.imprint_algorithm.algorithm;
                subject.version_2(algorithm, tst_info.gen_time, &times, tst_info.imprint.as_slice())
            }
            TimestampKind::ArchiveV3 => subject.version_3(place, tst_info.imprint_algorithm.algorithm),
            TimestampKind::CadesC | TimestampKind::CertsCrls => subject.references(kind),
            _ => continue,
        };
        let covers = subject.covers(observer, &over, signature);
        let Some(timestamp) = signature.timestamps.get_mut(index) else { continue };
        if is_archive_kind(kind) {
            let imprint: Imprint = judge_imprint(Some(&tst_info), over.computed);
            timestamp.token.imprint = imprint;
        }
        timestamp.token.findings.extend(over.findings);
        timestamp.token.covers = covers;
    }
    note_uncovered(base, signature);
}

/// What no archive timestamp covers, of those that cover element by element, is said of the last of them. One without an
/// index covers nothing, which its own finding says.
fn note_uncovered(base: &Base<'_>, signature: &mut Signature) {
    let archive = || signature.timestamps.iter().filter(|timestamp| is_archive_kind(timestamp.kind));
    let covered = |key: &Sha256| archive().any(|timestamp| timestamp.token.covers.evidence.contains(key));
    let left_out = base.carried.keys().filter(|key| !covered(key)).count();
    let no_index = [FindingCode::AtsHashIndexMissing, FindingCode::AtsHashIndexMalformed];
    let mut indexed = signature.timestamps.iter_mut().filter(|timestamp| {
        let findings = &timestamp.token.findings;
        timestamp.kind == TimestampKind::ArchiveV3 && !findings.iter().any(|finding| no_index.contains(&finding.code))
    });
    if let Some(last) = indexed.next_back().filter(|_| left_out > 0) {
        let finding = Finding::new(FindingCode::AtsHashIndexPartial).with("elements", left_out);
        last.token.findings.push(finding);
    }
}

pub(crate) fn is_archive(kind: &Oid) -> bool {
    matches!(*kind, oids::ARCHIVE_TIME_STAMP_V1 | oids::ARCHIVE_TIME_STAMP_V2 | oids::ARCHIVE_TIME_STAMP_V3)
}

fn is_archive_kind(kind: TimestampKind) -> bool {
    matches!(kind, TimestampKind::ArchiveV2 | TimestampKind::ArchiveV3)
}

impl<'a> Subject<'_, '_, 'a, '_> {
    /// The fields of the SignerInfo before its unsigned attributes.
    fn signer_fields(&self) -> &'a [u8] {
        let content = self.info.element.content;
        let unsigned = self.info.unsigned_attributes.as_ref().map_or(0, |set| set.element.bytes.len());
        content.get(..content.len().saturating_sub(unsigned)).unwrap_or_default()
    }

    /// The digest of parts in a row; a budget stops what would hash a large structure again and again.
    fn hash(&self, algorithm: DigestAlgorithm, parts: &[&[u8]], findings: &mut Vec<Finding>) -> Option<Vec<u8>> {
        let octets: usize = parts.iter().map(|part| part.len()).sum();
        let amount = u64::try_from(octets).unwrap_or(u64::MAX);
        if let Err(limit) = self.budget.spend(Resource::ArchiveHashedBytes, amount) {
            findings.push(of_limit(limit, "archive-time-stamp"));
            return None;
        }
        let mut state = MultiDigest::new(&[algorithm].into());
        parts.iter().for_each(|part| state.update(part));
        state.finish().get(algorithm).map(<[u8]>::to_vec)
    }

    /// What lies in the covered elements and attribute values.
    fn covers(&self, observer: &Observer<'_>, over: &Over, signature: &Signature) -> Covered {
        let mut covers = Covered { evidence: over.carried.clone(), ..Covered::default() };
        for placed in over.values.iter().filter_map(|position| self.placed.get(*position)) {
            let timestamp = placed.timestamp.and_then(|index| signature.timestamps.get(index));
            covers.timestamps.extend(timestamp.map(|timestamp| timestamp.id.clone()));
            covers.signatures.extend(placed.counter.clone());
            if let Some(value) = placed.attribute.values.get(placed.value) {
                let values = carried::values_of(&placed.attribute.kind, *value);
                covers.evidence.extend(values.into_iter().map(sha256));
            }
        }
        let inside = |source: &EvidenceSource| match source {
            EvidenceSource::SignedData { signature } | EvidenceSource::UnsignedAttribute { signature } => {
                covers.timestamps.contains(signature) || covers.signatures.contains(signature)
            }
            _ => false,
        };
        let items = observer.evidence().iter().filter(|(_, item)| item.sources.iter().any(inside));
        let in_tokens: Vec<Sha256> = items.map(|(key, _)| *key).collect();
        covers.evidence.extend(in_tokens);
        covers.evidence.sort_unstable();
        covers.evidence.dedup();
        covers
    }
}

/// The unsigned attributes of a token's only signer, handed to `read`.
fn with_token<T>(budget: &Budget, value: &[u8], read: impl FnOnce(&SignerInfo<'_, '_>) -> T) -> Option<T> {
    let decoder = Decoder::new(budget);
    let token = TimestampToken::parse(&decoder, value, 0).ok()?;
    token.signer().map(read)
}
