//! Archive timestamps (EN 319 122-1 5.5.3, TS 101 733 6.4.1): what they are made over, and what that holds.

mod hash_index;
mod hashes;
mod held;
mod references;
mod v2;
mod v3;

use std::collections::BTreeSet;

use kenin_asn1::Decoder;
use kenin_base::{Budget, DigestAlgorithm, Finding, FindingCode, LimitExceeded, Oid, Resource, Sha256, UtcTime};
use kenin_crypto::MultiDigest;
use kenin_facts::{Covered, Signature, TimestampKind};

use crate::attributes::Attribute;
use crate::carried::Carried;
use crate::findings::of_limit;
use crate::signer_info::SignerInfo;
use crate::timestamp_token::{TimestampToken, judge_imprint};
use crate::{Cms, Observer, oids};
use hashes::Hashes;
use held::{Held, Holdings};
use references::References;

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

/// The least that a hash counts for: beginning and ending one costs as much as so many octets.
const LEAST_HASHED: usize = 1024;

/// A signature whose archive timestamps are looked at. What several of them ask for is computed once.
struct Subject<'s, 'd, 'a, 'g> {
    base: &'s Base<'g>,
    info: &'s SignerInfo<'d, 'a>,
    placed: &'s [Placed<'s, 'd, 'a>],
    /// For each of `placed` that is an archive timestamp its genTime, where it can be read.
    archive_times: Vec<Option<Option<UtcTime>>>,
    held: Holdings,
    hashes: Hashes,
    referenced: References,
    /// Digest of the content.
    content: &'s dyn Fn(DigestAlgorithm) -> Option<Vec<u8>>,
    budget: &'s Budget,
}

/// What an archive timestamp was found to be over.
#[derive(Default)]
struct Over {
    computed: Option<Vec<u8>>,
    /// Whether the signed attributes are covered.
    signed: bool,
    /// Positions in `placed` of the attribute values that it covers.
    values: Vec<usize>,
    /// The covered elements of `certificates` and `crls`.
    carried: CarriedPart,
    findings: Vec<Finding>,
}

/// Elements of `certificates` and `crls`, by the keys of what they hold.
enum CarriedPart {
    All,
    These(Vec<Sha256>),
}

impl Default for CarriedPart {
    fn default() -> Self {
        Self::These(Vec::new())
    }
}

/// Computes the imprints of a signature's archive timestamps, and what every timestamp over references or more covers.
/// `counters` are its counter-signatures, which are observed already.
pub(crate) fn complete(
    observer: &mut Observer<'_>,
    base: &Base<'_>,
    info: &SignerInfo<'_, '_>,
    placed: &[Placed<'_, '_, '_>],
    content: &dyn Fn(DigestAlgorithm) -> Option<Vec<u8>>,
    (signature, counters): (&mut Signature, &[Signature]),
) {
    let covers_more =
        |kind: TimestampKind| is_archive_kind(kind) || matches!(kind, TimestampKind::CadesC | TimestampKind::CertsCrls);
    if !signature.timestamps.iter().any(|timestamp| covers_more(timestamp.kind)) {
        return;
    }
    let gen_time = |place: &Placed<'_, '_, '_>| {
        let timestamp = place.timestamp.and_then(|index| signature.timestamps.get(index));
        timestamp.and_then(|timestamp| timestamp.token.tst_info.as_ref()).map(|info| info.gen_time)
    };
    let archive_time = |place: &Placed<'_, '_, '_>| is_archive(&place.attribute.kind).then(|| gen_time(place));
    let subject = Subject {
        base,
        info,
        placed,
        archive_times: placed.iter().map(archive_time).collect(),
        held: Holdings::of(observer, info, placed, signature, counters),
        hashes: Hashes::default(),
        referenced: References::default(),
        content,
        budget: observer.budget(),
    };
    for place in placed {
        let Some(timestamp) = place.timestamp.and_then(|index| signature.timestamps.get_mut(index)) else { continue };
        let (kind, token) = (timestamp.kind, &mut timestamp.token);
        let Some(tst_info) = &token.tst_info else { continue };
        let mut over = match kind {
            TimestampKind::ArchiveV2 => subject.version_2(place, tst_info),
            TimestampKind::ArchiveV3 => subject.version_3(place, tst_info.imprint_algorithm.algorithm),
            TimestampKind::CadesC | TimestampKind::CertsCrls => subject.references(kind),
            _ => continue,
        };
        if is_archive_kind(kind) {
            token.imprint = judge_imprint(Some(tst_info), over.computed.take());
        }
        match subject.covers(&over) {
            Ok(covers) => token.covers = covers,
            Err(limit) => over.findings.push(of_limit(limit, "covers")),
        }
        let limits = over.findings.iter().filter(|finding| finding.code == FindingCode::LimitExceeded);
        limits.for_each(|limit| observer.report_limit(limit.clone()));
        token.findings.extend(over.findings);
    }
    note_uncovered(base, signature);
}

/// What no archive timestamp covers, of those that cover element by element, is said of the last of them. One without an
/// index covers nothing, which its own finding says.
fn note_uncovered(base: &Base<'_>, signature: &mut Signature) {
    let archive = signature.timestamps.iter().filter(|timestamp| is_archive_kind(timestamp.kind));
    let covered: BTreeSet<Sha256> = archive.flat_map(|timestamp| &timestamp.token.covers.evidence).copied().collect();
    let left_out = base.carried.keys().filter(|key| !covered.contains(key)).count();
    // One whose matching a budget stopped left nothing out.
    let unread = [FindingCode::AtsHashIndexMissing, FindingCode::AtsHashIndexMalformed, FindingCode::LimitExceeded];
    let mut indexed = signature.timestamps.iter_mut().filter(|timestamp| {
        let findings = &timestamp.token.findings;
        timestamp.kind == TimestampKind::ArchiveV3 && !findings.iter().any(|finding| unread.contains(&finding.code))
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

    /// The digest of parts in a row.
    fn hash(&self, algorithm: DigestAlgorithm, parts: &[&[u8]]) -> Result<Option<Vec<u8>>, LimitExceeded> {
        let octets = parts.iter().map(|part| part.len()).fold(0, usize::saturating_add);
        spend_hashed(self.budget, octets)?;
        let mut state = MultiDigest::new(&[algorithm].into());
        parts.iter().for_each(|part| state.update(part));
        Ok(state.finish().get(algorithm).map(<[u8]>::to_vec))
    }

    /// What lies in the covered elements and attribute values.
    fn covers(&self, over: &Over) -> Result<Covered, LimitExceeded> {
        let values = over.values.iter().filter_map(|position| self.held.values.get(*position));
        let parts: Vec<&Held> = values.chain(over.signed.then_some(&self.held.signed)).collect();
        let carried = match &over.carried {
            CarriedPart::All => self.base.carried.all().count(),
            CarriedPart::These(keys) => keys.len(),
        };
        let count = parts.iter().map(|part| part.len()).fold(carried, usize::saturating_add);
        self.budget.spend(Resource::CoveredObjects, u64::try_from(count).unwrap_or(u64::MAX))?;
        let mut covers = Covered::default();
        match &over.carried {
            CarriedPart::All => covers.evidence.extend(self.base.carried.keys()),
            CarriedPart::These(keys) => covers.evidence.extend(keys),
        }
        for part in parts {
            covers.signatures.extend(part.signatures.iter().cloned());
            covers.timestamps.extend(part.timestamps.iter().cloned());
            covers.evidence.extend(&part.evidence);
        }
        covers.evidence.sort_unstable();
        covers.evidence.dedup();
        Ok(covers)
    }
}

/// A budget stops what would hash a large structure again and again.
pub(crate) fn spend_hashed(budget: &Budget, octets: usize) -> Result<(), LimitExceeded> {
    budget.spend(Resource::ArchiveHashedBytes, u64::try_from(octets.max(LEAST_HASHED)).unwrap_or(u64::MAX))
}

/// The unsigned attributes of a token's only signer, handed to `read`.
fn with_token<T>(budget: &Budget, value: &[u8], read: impl FnOnce(&SignerInfo<'_, '_>) -> T) -> Option<T> {
    let decoder = Decoder::new(budget);
    let token = TimestampToken::parse(&decoder, value, 0).ok()?;
    token.signer().map(read)
}
