//! 5.6.3 (4) to (6): every timestamp of the document, newest first, each proving what it covers.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use kenin_base::Sha256;
use kenin_facts::{
    Covered, Evidence, EvidenceRecord, EvidenceSource, Facts, ImprintStatus, Signature, SignatureKind, TimestampKind,
};

use crate::algorithms::AlgorithmUse;
use crate::material::Context;
use crate::outcome::{EvidenceRecordValidation, TimestampValidation};
use crate::proofs::Proofs;
use crate::record::judge_record;
use crate::status::Detail;
use crate::timestamp::{Prepared, Subject, uses_of};

/// What the timestamps of a document come to.
pub(crate) struct Walk {
    pub proofs: Proofs,
    /// By id: a timestamp's own, or the document timestamp's signature id.
    pub timestamps: BTreeMap<String, TimestampValidation>,
    pub records: BTreeMap<String, EvidenceRecordValidation>,
}

/// A token and what it proves to have existed when it passes.
pub(crate) struct Step<'f> {
    token: Prepared<'f>,
    covers: Arc<Covered>,
    /// The record whose initial archive timestamp this is.
    completes: Option<&'f EvidenceRecord>,
}

impl<'f> Step<'f> {
    fn new(
        context: &Context<'_>,
        subject: Subject<'f>,
        mut covers: Covered,
        completes: Option<&'f EvidenceRecord>,
    ) -> Self {
        covers.evidence.sort_unstable();
        covers.evidence.dedup();
        Self { token: Prepared::new(context, subject), covers: Arc::new(covers), completes }
    }

    /// The digests that the token rests on.
    pub fn digests(&self) -> BTreeSet<AlgorithmUse> {
        let token = self.token.subject.token;
        token.tst_info.as_ref().map(|tst_info| uses_of(token, tst_info)).unwrap_or_default()
    }
}

/// Every token of a document, newest first.
pub(crate) fn prepare<'f>(context: &Context<'_>, facts: &'f Facts) -> Vec<Step<'f>> {
    let mut steps = Vec::new();
    let carried = by_carrier(&facts.evidence);
    for signature in &facts.signatures {
        steps.extend(own_token(context, signature));
        for timestamp in &signature.timestamps {
            let subject = Subject { id: &timestamp.id, kind: timestamp.kind, token: &timestamp.token, outer: &[] };
            let mut covers = timestamp.token.covers.clone();
            // Whatever else these are made over, the signature value is the first of it.
            if over_signature_value(timestamp.kind) && !covers.signatures.contains(&signature.id) {
                covers.signatures.push(signature.id.clone());
            }
            steps.push(Step::new(context, subject, covers, None));
        }
        for record in &signature.evidence_records {
            steps.extend(of_record(context, &carried, record));
        }
    }
    for record in &facts.evidence_records {
        steps.extend(of_record(context, &carried, record));
    }
    // One that covers another comes before it, though their times be the same.
    steps.reverse();
    steps.sort_by_key(|step| {
        Reverse((step.token.gen_time(), rank(step.token.subject.kind), step.covers.timestamps.len()))
    });
    steps
}

/// Judges them in turn.
pub(crate) fn walk(context: &Context<'_>, steps: &[Step<'_>], detail: Detail) -> Walk {
    let mut walk =
        Walk { proofs: Proofs::at_hand(context.time), timestamps: BTreeMap::new(), records: BTreeMap::new() };
    for step in steps {
        let judged = step.token.judge(context, &walk.proofs, &step.covers, detail);
        if let Some(gen_time) = judged.gen_time.filter(|_| judged.conclusion.passed()) {
            walk.proofs.add(&step.covers, gen_time, &judged.id);
        }
        let gen_time = judged.gen_time;
        walk.timestamps.insert(judged.id.clone(), judged);
        if let Some(record) = step.completes {
            let judged = judge_record(record, &walk.timestamps);
            if let Some(gen_time) = gen_time.filter(|_| judged.conclusion.passed()) {
                walk.proofs.add(&record.covers, gen_time, step.token.subject.id);
                // From here on it is shown what the record proves at the time of its initial archive timestamp.
                if let Some(initial) = walk.timestamps.get_mut(step.token.subject.id) {
                    let mut covers = record.covers.clone();
                    covers.evidence.sort_unstable();
                    initial.covers = Arc::new(covers);
                }
            }
            walk.records.insert(record.id.clone(), judged);
        }
    }
    walk.void_what_does_not_stand(steps);
    walk
}

impl Walk {
    /// Marks the tokens of records that failed, which may have been judged before and after their record was.
    fn void_what_does_not_stand(&mut self, steps: &[Step<'_>]) {
        let Self { timestamps, records, .. } = self;
        let failed =
            |record: &&EvidenceRecord| records.get(&record.id).is_some_and(|judged| !judged.conclusion.passed());
        let tokens = steps.iter().filter_map(|step| step.completes).filter(failed).flat_map(EvidenceRecord::timestamps);
        for id in tokens.map(|timestamp| &timestamp.id) {
            timestamps.entry(id.clone()).and_modify(|token| token.is_void = true);
        }
    }
}

/// The token that a document timestamp or stand-alone timestamp is.
fn own_token<'f>(context: &Context<'_>, signature: &'f Signature) -> Option<Step<'f>> {
    let token = signature.token.as_ref()?;
    // A stand-alone token is made over content beside it.
    let stand_alone = signature.kind == SignatureKind::Timestamp;
    let kind = if stand_alone { TimestampKind::Content } else { TimestampKind::Document };
    let subject = Subject { id: &signature.id, kind, token, outer: &signature.findings };
    Some(Step::new(context, subject, token.covers.clone(), None))
}

/// The archive timestamps of a record. Each covers the token before it in its chain, the first of a chain the chain before
/// it; the data is covered by the record as a whole. RFC 4998 5.2 has all chains before in the latter, but unless the
/// tokens of the nearest one stand by it, and prove those before them at an earlier time, the record proves nothing.
fn of_record<'f>(
    context: &Context<'_>,
    carried: &BTreeMap<&str, Vec<Sha256>>,
    record: &'f EvidenceRecord,
) -> Vec<Step<'f>> {
    let mut steps: Vec<Step<'f>> = Vec::new();
    let mut before: Vec<String> = Vec::new();
    for chain in &record.chains {
        for (position, timestamp) in chain.timestamps.iter().enumerate() {
            let renewed = match position {
                0 => before.clone(),
                _ => steps.last().map(|step| step.token.subject.id.to_owned()).into_iter().collect(),
            };
            let mut covers = Covered::default();
            if timestamp.protects == ImprintStatus::Intact {
                let inside = renewed.iter().filter_map(|id| carried.get(id.as_str())).flatten();
                covers.evidence = inside.copied().collect();
                covers.timestamps = renewed;
            }
            let (id, kind) = (timestamp.id.as_str(), TimestampKind::EvidenceRecord);
            let subject = Subject { id, kind, token: &timestamp.token, outer: &[] };
            let completes = steps.is_empty().then_some(record);
            steps.push(Step::new(context, subject, covers, completes));
        }
        before = chain.timestamps.iter().map(|timestamp| timestamp.id.clone()).collect();
    }
    steps
}

/// The evidence by the signature or timestamp that carries it.
fn by_carrier(evidence: &Evidence) -> BTreeMap<&str, Vec<Sha256>> {
    let mut carried: BTreeMap<&str, Vec<Sha256>> = BTreeMap::new();
    for (key, item) in evidence.iter() {
        for source in &item.sources {
            if let EvidenceSource::SignedData { signature }
            | EvidenceSource::KeyInfo { signature }
            | EvidenceSource::UnsignedAttribute { signature } = source
            {
                carried.entry(signature).or_default().push(*key);
            }
        }
    }
    carried
}

/// Whether timestamps of this kind in a signature's attributes are made over its value.
pub(crate) fn over_signature_value(kind: TimestampKind) -> bool {
    matches!(
        kind,
        TimestampKind::Signature
            | TimestampKind::CadesC
            | TimestampKind::ArchiveV2
            | TimestampKind::ArchiveV3
            | TimestampKind::XadesArchive
    )
}

/// How late a timestamp of this kind can be added.
fn rank(kind: TimestampKind) -> u8 {
    match kind {
        TimestampKind::Content => 0,
        TimestampKind::Signature => 1,
        TimestampKind::CadesC | TimestampKind::CertsCrls => 2,
        _ => 3,
    }
}
