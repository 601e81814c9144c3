//! Which timestamps and evidence records are over a signature, sorted out once for a document: looking through every
//! entry for every other takes seconds where there are thousands.

use std::collections::{BTreeMap, BTreeSet};

use kenin_facts::{EvidenceRecord, Facts, Signature};

use crate::signature::Over;
use crate::walk::Walk;

/// By the id of what is covered.
pub(crate) struct Covering<'f> {
    documents: BTreeMap<&'f str, Vec<&'f String>>,
    /// With the entry that carries each, if it is not the document itself.
    records: BTreeMap<&'f str, Vec<(Option<&'f str>, &'f EvidenceRecord)>>,
}

/// What is over one signature, by the ids under which it is judged.
pub(crate) struct Covers<'f> {
    timestamps: Vec<&'f String>,
    records: Vec<&'f EvidenceRecord>,
}

impl<'f> Covering<'f> {
    /// Reads off the facts what each token and record covers.
    pub fn of(facts: &'f Facts) -> Self {
        let mut this = Self { documents: BTreeMap::new(), records: BTreeMap::new() };
        for other in &facts.signatures {
            let covered = other.token.iter().flat_map(|token| each(&token.covers.signatures));
            covered.filter(|id| *id != other.id).for_each(|id| push(&mut this.documents, id, &other.id));
            other.evidence_records.iter().for_each(|record| this.add(Some(&other.id), record));
        }
        facts.evidence_records.iter().for_each(|record| this.add(None, record));
        this
    }

    fn add(&mut self, carrier: Option<&'f str>, record: &'f EvidenceRecord) {
        each(&record.covers.signatures).into_iter().for_each(|id| push(&mut self.records, id, (carrier, record)));
    }

    /// The timestamps over a signature: those in its attributes, the document timestamps whose byte range covers its
    /// /Contents (verdicts rule 3), and the evidence records over it.
    pub fn over(&self, signature: &'f Signature) -> Covers<'f> {
        let id = signature.id.as_str();
        let elsewhere = self.records.get(id).into_iter().flatten().filter(|(carrier, _)| *carrier != Some(id));
        let records = signature.evidence_records.iter().chain(elsewhere.map(|(_, record)| *record));
        let records: Vec<&EvidenceRecord> = records.collect();
        let own = signature.timestamps.iter().map(|timestamp| &timestamp.id);
        let documents = self.documents.get(id).into_iter().flatten().copied();
        let of_records = records.iter().flat_map(|record| record.timestamps()).map(|timestamp| &timestamp.id);
        Covers { timestamps: own.chain(documents).chain(of_records).collect(), records }
    }
}

impl Covers<'_> {
    /// Each as it was judged.
    pub fn judged(&self, walk: &Walk) -> Over {
        Over {
            timestamps: self.timestamps.iter().filter_map(|id| walk.timestamps.get(*id).cloned()).collect(),
            records: self.records.iter().filter_map(|record| walk.records.get(&record.id).cloned()).collect(),
        }
    }
}

/// A record names a signature once for each member of it that it covers.
fn each(ids: &[String]) -> BTreeSet<&str> {
    ids.iter().map(String::as_str).collect()
}

fn push<'f, T>(by_id: &mut BTreeMap<&'f str, Vec<T>>, id: &'f str, item: T) {
    by_id.entry(id).or_default().push(item);
}
