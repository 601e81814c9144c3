//! Evidence records in a signature's unsigned attributes (RFC 4998 appendix A): over the ContentInfo as it was before the
//! record was added.

use std::cell::RefCell;
use std::collections::BTreeSet;

use kenin_base::{DigestAlgorithm, Resource, Sha256};
use kenin_facts::{Covered, EvidenceRecord as RecordFacts, EvidenceSource, ImprintStatus, Incorporation, Signature};

use super::EvidenceRecord;
use super::before::{HashesByAlgorithm, Surroundings};
use super::observe::{ArchivedData, Digest, observe_evidence_record, unreadable};
use crate::attributes::Attribute;
use crate::findings::of_limit;
use crate::signer_info::SignerInfo;
use crate::{Cms, Observer, oids};

/// Reads the evidence records of a signer, whose signature is `id`, into facts. `beside` is the digest of detached content,
/// which an external record is over too.
pub(crate) fn observe_embedded_records(
    observer: &mut Observer<'_>,
    cms: &Cms<'_, '_>,
    signer: usize,
    info: &SignerInfo<'_, '_>,
    beside: Option<Digest<'_>>,
    id: &str,
) -> Vec<RecordFacts> {
    let attributes = info.unsigned_attributes.iter().flat_map(|set| &set.attributes);
    let holding: Vec<_> = attributes.filter_map(|attribute| Some((attribute, incorporation(attribute)?))).collect();
    let mut records: Vec<RecordFacts> = Vec::new();
    if holding.is_empty() {
        return records;
    }
    let budget = observer.budget();
    let around = Surroundings::of(cms, signer, info);
    for (attribute, incorporation) in holding {
        let known: RefCell<HashesByAlgorithm> = RefCell::default();
        let hashes = |algorithm: DigestAlgorithm| {
            let mut known = known.borrow_mut();
            let compute =
                || around.as_ref().map_or(Ok(Vec::new()), |around| around.hashes(attribute, algorithm, budget));
            known.entry(algorithm).or_insert_with(compute).clone()
        };
        // What cannot be rebuilt is not at hand.
        let object = |algorithm| hashes(algorithm).ok().filter(|hashes| !hashes.is_empty());
        for value in &attribute.values {
            let id = format!("{id}-er-{}", records.len().saturating_add(1));
            let record = match EvidenceRecord::from_element(*value) {
                Ok(record) => record,
                Err(error) => {
                    records.push(unreadable(observer, &id, incorporation, &error));
                    continue;
                }
            };
            let beside = beside.filter(|_| incorporation == Incorporation::External);
            let data = ArchivedData { object: &object, beside };
            let mut facts = observe_evidence_record(observer, &id, incorporation, &record, &data);
            let limits = known.borrow().values().find_map(|hashes| hashes.as_ref().err().copied());
            if let Some(finding) = limits.map(|limit| of_limit(limit, "EvidenceRecord")) {
                observer.report_limit(finding.clone());
                facts.findings.push(finding);
            }
            records.push(facts);
        }
    }
    records
}

fn incorporation(attribute: &Attribute<'_, '_>) -> Option<Incorporation> {
    match attribute.kind {
        oids::INTERNAL_EVIDENCE_RECORDS => Some(Incorporation::Internal),
        oids::EXTERNAL_EVIDENCE_RECORDS => Some(Incorporation::External),
        _ => None,
    }
}

/// Whether an attribute holds evidence records.
pub(super) fn is_record(attribute: &Attribute<'_, '_>) -> bool {
    incorporation(attribute).is_some()
}

/// Fills in what the records of a SignedData prove: every signature, timestamp and carried object in it that is not part
/// of the record itself.
pub(crate) fn cover(observer: &mut Observer<'_>, signatures: &mut [Signature]) {
    if signatures.iter().all(|signature| signature.evidence_records.is_empty()) {
        return;
    }
    let ids: Vec<String> = signatures.iter().map(|signature| signature.id.clone()).collect();
    let timestamps: Vec<String> =
        signatures.iter().flat_map(|signature| &signature.timestamps).map(|timestamp| timestamp.id.clone()).collect();
    let carriers: BTreeSet<&str> = ids.iter().chain(&timestamps).map(String::as_str).collect();
    let carried = |source: &EvidenceSource| match source {
        EvidenceSource::SignedData { signature } | EvidenceSource::UnsignedAttribute { signature } => {
            carriers.contains(signature.as_str())
        }
        _ => false,
    };
    let items = observer.evidence().iter().filter(|(_, item)| item.sources.iter().any(carried));
    let evidence: Vec<Sha256> = items.map(|(key, _)| *key).collect();
    let count = ids.len().saturating_add(timestamps.len()).saturating_add(evidence.len());
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    for record in signatures.iter_mut().flat_map(|signature| &mut signature.evidence_records) {
        if record.timestamps().next().is_some_and(|initial| initial.protects == ImprintStatus::Intact) {
            if let Err(limit) = observer.budget().spend(Resource::CoveredObjects, count) {
                let finding = of_limit(limit, "covers");
                observer.report_limit(finding.clone());
                record.findings.push(finding);
                continue;
            }
            let (signatures, timestamps) = (ids.clone(), timestamps.clone());
            record.covers = Covered { signatures, timestamps, evidence: evidence.clone() };
        }
    }
}
