//! Evidence records given beside a document (RFC 4998), which are over the whole of it.

use kenin_asn1::Decoder;
use kenin_base::{Budget, Finding, FindingCode, Source};
use kenin_cms::{ArchivedData, EvidenceRecord, Observer, observe_evidence_record};
use kenin_crypto::Digests;
use kenin_facts::{Covered, EvidenceSource, Facts, ImprintStatus, Incorporation, Signature};

use crate::evidence::SuppliedEvidence;
use crate::observe::{ObserveError, ObserveOptions, digests_of, of_limit};

/// A record with what it is over.
pub(crate) fn observe_record(
    observer: &mut Observer<'_>,
    id: &str,
    record: &EvidenceRecord<'_, '_>,
    digests: Option<&Digests>,
) -> kenin_facts::EvidenceRecord {
    let data = |algorithm| digests.and_then(|digests| digests.get(algorithm)).map(|hash| vec![hash.to_vec()]);
    let data = ArchivedData { object: &data, beside: None };
    observe_evidence_record(observer, id, Incorporation::Detached, record, &data)
}

/// Reads the evidence records given beside a document, which are over the whole of it, into its facts.
pub(crate) fn add_supplied_records(
    facts: &mut Facts,
    source: &Source,
    options: &ObserveOptions,
    budget: &Budget,
) -> Result<(), ObserveError> {
    let mut records = options.evidence.iter().filter_map(SuppliedEvidence::record).peekable();
    if records.peek().is_none() {
        return Ok(());
    }
    // A token's certificate may lie beside it.
    let mut observer = Observer::new(budget, &options.certificates);
    options.evidence.iter().for_each(|supplied| supplied.add_to(&mut observer));
    for supplied in records {
        let id = format!("er-{}", facts.evidence_records.len().saturating_add(1));
        let decoder = Decoder::new(budget);
        match EvidenceRecord::parse(&decoder, supplied, 0) {
            Ok(record) => {
                let digests = digests_of(source, &record.required_digests()).map_err(ObserveError::document)?;
                let mut observed = observe_record(&mut observer, &id, &record, Some(&digests));
                let initial = observed.timestamps().next().map(|initial| initial.protects);
                match initial {
                    Some(ImprintStatus::Intact) => observed.covers = whole(facts),
                    _ => facts.findings.push(Finding::new(FindingCode::EvidenceRecordUnmatched).about(&id)),
                }
                facts.evidence_records.push(observed);
            }
            Err(error) => match error.limit() {
                Some(limit) => facts.findings.push(of_limit(limit)),
                None => facts.findings.push(Finding::new(FindingCode::Malformed).about(id).with("problem", error)),
            },
        }
    }
    let (evidence, findings) = observer.finish();
    facts.evidence.merge(evidence);
    // What is odd about supplied evidence was noticed once already.
    let new: Vec<Finding> = findings.into_iter().filter(|finding| !facts.findings.contains(finding)).collect();
    facts.findings.extend(new);
    Ok(())
}

/// Everything that lies in a document.
fn whole(facts: &Facts) -> Covered {
    let of_signature = |signature: &Signature| {
        let own = signature.token.as_ref().map(|_| signature.id.clone());
        let of_records = signature.evidence_records.iter().flat_map(|record| record.timestamps()).map(|t| t.id.clone());
        let attributes = signature.timestamps.iter().map(|timestamp| timestamp.id.clone());
        own.into_iter().chain(attributes).chain(of_records).collect::<Vec<_>>()
    };
    let inside =
        |source: &EvidenceSource| !matches!(source, EvidenceSource::Supplied { .. } | EvidenceSource::TrustProfile);
    let items = facts.evidence.iter().filter(|(_, item)| item.sources.iter().any(inside));
    Covered {
        signatures: facts.signatures.iter().map(|signature| signature.id.clone()).collect(),
        timestamps: facts.signatures.iter().flat_map(of_signature).collect(),
        evidence: items.map(|(key, _)| *key).collect(),
    }
}
