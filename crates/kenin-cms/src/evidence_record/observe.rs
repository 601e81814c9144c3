use kenin_base::{Budget, DigestAlgorithm, Finding, FindingCode, LimitExceeded};
use kenin_crypto::digest;
use kenin_facts::{
    ArchiveTimestamp, ArchiveTimestampChain, Covered, EvidenceRecord as RecordFacts, EvidenceSource, Imprint,
    ImprintStatus, Incorporation, Token, TstInfo,
};

use super::{Chain, EvidenceRecord, Stamp, hash_tree};
use crate::archive::spend_hashed;
use crate::attributes::definite;
use crate::findings::{of_error, of_limit};
use crate::timestamp_token::{judge_imprint, observe_embedded};
use crate::{Observer, carried};

/// A digest by an algorithm; `None` when it is not at hand.
pub(crate) type Digest<'c> = &'c dyn Fn(DigestAlgorithm) -> Option<Vec<u8>>;

/// What a record is over.
#[derive(Clone, Copy)]
pub struct ArchivedData<'c> {
    /// The digests of the data object by an algorithm, any of which may be meant; `None` when it is not at hand.
    pub object: &'c dyn Fn(DigestAlgorithm) -> Option<Vec<Vec<u8>>>,
    /// The digest of a second object that the record must be over too.
    pub beside: Option<Digest<'c>>,
}

/// What an archive timestamp must be over.
struct Expected {
    /// Any of these, in the order in which they are tried; `None` when the data is not at hand.
    hashes: Option<Vec<Vec<u8>>>,
    /// How many of them are by the text of the standard; those behind are readings of an erratum.
    by_the_text: usize,
    /// What it must be over beside.
    beside: Option<Box<Expected>>,
}

/// Reads an evidence record into facts. `id` is the record's own; what it covers the caller adds.
pub fn observe_evidence_record(
    observer: &mut Observer<'_>,
    id: &str,
    incorporation: Incorporation,
    record: &EvidenceRecord<'_, '_>,
    data: &ArchivedData<'_>,
) -> RecordFacts {
    let mut findings = Vec::new();
    if record.version != 1 {
        findings.push(Finding::new(FindingCode::Malformed).about("version").with("problem", record.version));
    }
    if let Some(infos) = &record.crypto_infos {
        let source = EvidenceSource::SignedData { signature: id.to_owned() };
        carried::take_values(observer, infos, &source, &mut findings);
    }
    if !record.trailing.is_empty() {
        findings.push(Finding::new(FindingCode::TrailingBytes).with("bytes", record.trailing.len()));
    }
    let budget = observer.budget();
    let mut number = 0usize;
    let mut before: Vec<&Chain<'_, '_>> = Vec::new();
    let mut chains = Vec::new();
    for chain in &record.chains {
        let digest_algorithm = chain.algorithm();
        let mut timestamps = Vec::new();
        let mut previous: Option<&Stamp<'_, '_>> = None;
        for stamp in &chain.timestamps {
            number = number.saturating_add(1);
            let expected = match (digest_algorithm.algorithm, previous) {
                (None, _) => Ok(Expected::unknown()),
                (Some(algorithm), Some(previous)) => Ok(Expected::renewal(previous, algorithm)),
                (Some(algorithm), None) => Expected::data(data, &before, algorithm, budget),
            };
            let expected = match expected {
                Ok(expected) => expected,
                Err(limit) => return beyond(observer, id, incorporation, limit),
            };
            let id = format!("{id}-tst-{number}");
            let (timestamp, erratum) = observe_stamp(observer, id, stamp, digest_algorithm.algorithm, &expected);
            // RFC 4998 5.1: the algorithm is the same within a chain; 5.3: and that of the timestamp's imprint.
            let of_imprint = timestamp.token.tst_info.as_ref().map(|info| info.imprint_algorithm);
            let mut used = [Some(stamp.algorithm()), of_imprint].into_iter().flatten();
            if let Some(other) = used.rfind(|used| used.algorithm != digest_algorithm.algorithm) {
                let finding = Finding::new(FindingCode::EvidenceRecordAlgorithm).about(number.to_string());
                findings.push(finding.with("algorithm", other.name()));
            }
            if erratum {
                findings.push(Finding::new(FindingCode::EvidenceRecordSortedRenewal).about(&timestamp.id));
            }
            timestamps.push(timestamp);
            previous = Some(stamp);
        }
        before.push(chain);
        chains.push(ArchiveTimestampChain { digest_algorithm, timestamps });
    }
    RecordFacts {
        id: id.to_owned(),
        incorporation,
        version: record.version,
        chains,
        covers: Covered::default(),
        findings,
    }
}

impl Expected {
    fn unknown() -> Self {
        Self { hashes: None, by_the_text: 0, beside: None }
    }

    /// Timestamp renewal: the timeStamp of the archive timestamp before (RFC 4998 5.2, timestamp renewal).
    fn renewal(previous: &Stamp<'_, '_>, algorithm: DigestAlgorithm) -> Self {
        let hashes = digest(algorithm, previous.token.bytes).ok().map(|hash| vec![hash]);
        Self { hashes, by_the_text: 1, beside: None }
    }

    /// The data, and what must be covered beside it.
    fn data(
        data: &ArchivedData<'_>,
        before: &[&Chain<'_, '_>],
        algorithm: DigestAlgorithm,
        budget: &Budget,
    ) -> Result<Self, LimitExceeded> {
        let of_chains = if before.is_empty() { None } else { Some(hash_of(before, algorithm, budget)?) };
        let object = |hashes| match &of_chains {
            None => Self::first(hashes),
            Some(of_chains) => Self::renewed(hashes, of_chains.as_deref(), algorithm),
        };
        let beside = data.beside.map(|beside| Box::new(object(beside(algorithm).map(|hash| vec![hash]))));
        Ok(Self { beside, ..object((data.object)(algorithm)) })
    }

    /// One object, for the first chain: its hash.
    fn first(objects: Option<Vec<Vec<u8>>>) -> Self {
        let by_the_text = objects.as_ref().map_or(0, Vec::len);
        Self { hashes: objects, by_the_text, beside: None }
    }

    /// One object, for a later chain: its hash followed by that of all chains before, hashed (RFC 4998 5.2, hash-tree
    /// renewal step 4). An erratum reads the two as sorted.
    fn renewed(objects: Option<Vec<Vec<u8>>>, of_chains: Option<&[u8]>, algorithm: DigestAlgorithm) -> Self {
        let Some((objects, of_chains)) = objects.zip(of_chains) else { return Self::unknown() };
        let joined = |first: &[u8], second: &[u8]| digest(algorithm, &[first, second].concat()).ok();
        let in_order: Vec<Vec<u8>> = objects.iter().filter_map(|object| joined(object, of_chains)).collect();
        let sorted = objects.iter().filter(|object| object.as_slice() > of_chains);
        let sorted = sorted.filter_map(|object| joined(of_chains, object));
        let by_the_text = in_order.len();
        Self { by_the_text, hashes: Some(in_order.iter().cloned().chain(sorted).collect()), beside: None }
    }

    /// Whether one of the hashes satisfies, and whether only an erratum's reading does.
    fn check(&self, fits: &dyn Fn(&[u8]) -> bool) -> (ImprintStatus, bool) {
        let own = match &self.hashes {
            None => (ImprintStatus::NotChecked, false),
            Some(hashes) => match hashes.iter().position(|hash| fits(hash)) {
                Some(position) => (ImprintStatus::Intact, position >= self.by_the_text),
                None => (ImprintStatus::Broken, false),
            },
        };
        match (own, self.beside.as_ref().map(|beside| beside.check(fits))) {
            ((ImprintStatus::Intact, erratum), Some((status, other))) => (status, erratum || other),
            (own, _) => own,
        }
    }
}

/// The hash of an ArchiveTimeStampSequence of these chains; `None` when the algorithm cannot be computed here.
fn hash_of(
    chains: &[&Chain<'_, '_>],
    algorithm: DigestAlgorithm,
    budget: &Budget,
) -> Result<Option<Vec<u8>>, LimitExceeded> {
    let octets = chains.iter().map(|chain| chain.element.bytes.len()).fold(0, usize::saturating_add);
    spend_hashed(budget, octets)?;
    let chains: Vec<&[u8]> = chains.iter().map(|chain| chain.element.bytes).collect();
    Ok(digest(algorithm, &definite(0x30, &chains.concat())).ok())
}

/// The facts of a record that a budget kept from being read to its end: half a record shows nothing.
fn beyond(observer: &mut Observer<'_>, id: &str, incorporation: Incorporation, limit: LimitExceeded) -> RecordFacts {
    let finding = of_limit(limit, "EvidenceRecord");
    observer.report_limit(finding.clone());
    RecordFacts { findings: vec![finding], ..empty(id, incorporation) }
}

fn empty(id: &str, incorporation: Incorporation) -> RecordFacts {
    RecordFacts {
        id: id.to_owned(),
        incorporation,
        version: 0,
        chains: Vec::new(),
        covers: Covered::default(),
        findings: Vec::new(),
    }
}

/// One archive timestamp, and whether it fits only by an erratum's reading.
fn observe_stamp(
    observer: &mut Observer<'_>,
    id: String,
    stamp: &Stamp<'_, '_>,
    algorithm: Option<DigestAlgorithm>,
    expected: &Expected,
) -> (ArchiveTimestamp, bool) {
    let source = EvidenceSource::SignedData { signature: id.clone() };
    let place = (stamp.token.bytes, stamp.token.span.start);
    let mut token: Token = observe_embedded(observer, &id, source, place, |_| None);
    let claimed = token.tst_info.as_ref().map(|info: &TstInfo| info.imprint.as_slice().to_vec());
    let fits = |hash: &[u8]| claimed.as_deref() == Some(hash);
    let (protects, erratum) = match &stamp.tree {
        Some(tree) => {
            let root = algorithm.and_then(|algorithm| hash_tree::root(tree, algorithm));
            token.imprint = judge_imprint(token.tst_info.as_ref(), root);
            expected.check(&|hash| hash_tree::holds(tree, hash))
        }
        // 4.1: without a tree the timestamp is over the one hash itself.
        None => {
            let (status, erratum) = match claimed {
                Some(_) => expected.check(&fits),
                None => (ImprintStatus::NotChecked, false),
            };
            let computed = expected.hashes.as_ref().and_then(|hashes| hashes.first()).cloned();
            token.imprint = Imprint { status, computed: computed.map(Into::into) };
            (status, erratum)
        }
    };
    (ArchiveTimestamp { id, token, protects }, erratum)
}

/// The facts of octets that stand where a record belongs and cannot be read as one.
pub(crate) fn unreadable(
    observer: &mut Observer<'_>,
    id: &str,
    incorporation: Incorporation,
    error: &kenin_asn1::Error,
) -> RecordFacts {
    if let Some(limit) = error.limit() {
        return beyond(observer, id, incorporation, limit);
    }
    RecordFacts { findings: vec![of_error(error, "EvidenceRecord")], ..empty(id, incorporation) }
}
