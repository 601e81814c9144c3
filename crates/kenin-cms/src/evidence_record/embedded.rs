//! Evidence records in a signature's unsigned attributes (RFC 4998 appendix A): over the ContentInfo as it was before the
//! record was added.

use std::collections::BTreeSet;

use kenin_asn1::{Element, Error, Tag};
use kenin_base::{DigestAlgorithm, Sha256};
use kenin_crypto::digest;
use kenin_facts::{Covered, EvidenceRecord as RecordFacts, EvidenceSource, ImprintStatus, Incorporation, Signature};

use super::EvidenceRecord;
use super::observe::{observe_evidence_record, unreadable};
use crate::attributes::Attribute;
use crate::signer_info::SignerInfo;
use crate::{Cms, Observer, oids};

/// Reads the evidence records of a signer, whose signature is `id`, into facts.
pub(crate) fn observe_embedded_records(
    observer: &mut Observer<'_>,
    cms: &Cms<'_, '_>,
    signer: usize,
    info: &SignerInfo<'_, '_>,
    id: &str,
) -> Vec<RecordFacts> {
    let attributes = info.unsigned_attributes.iter().flat_map(|set| &set.attributes);
    let holding = attributes.filter_map(|attribute| Some((attribute, incorporation(attribute)?)));
    let mut records: Vec<RecordFacts> = Vec::new();
    for (attribute, incorporation) in holding {
        for value in &attribute.values {
            let id = format!("{id}-er-{}", records.len().saturating_add(1));
            let record = match EvidenceRecord::from_element(*value) {
                Ok(record) => record,
                Err(error) => {
                    records.push(unreadable(&id, incorporation, &error));
                    continue;
                }
            };
            let before = objects(cms, signer, attribute);
            let data = |algorithm: DigestAlgorithm| {
                let hashes = before.iter().filter_map(|octets| digest(algorithm, octets).ok());
                Some(hashes.collect()).filter(|hashes: &Vec<_>| !hashes.is_empty())
            };
            records.push(observe_evidence_record(observer, &id, incorporation, &record, &data));
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

/// What a record in `holding` may be over: the ContentInfo without any record of the signer, or without this attribute
/// and those behind it, which were added later.
fn objects(cms: &Cms<'_, '_>, signer: usize, holding: &Attribute<'_, '_>) -> Vec<Vec<u8>> {
    let without_any = before(cms, signer, &|attribute| incorporation(attribute).is_none());
    let start = holding.element.span.start;
    let without_later =
        before(cms, signer, &|attribute| incorporation(attribute).is_none() || attribute.element.span.start < start);
    let mut objects: Vec<Vec<u8>> = [without_any, without_later].into_iter().flatten().flatten().collect();
    objects.dedup();
    objects
}

/// The ContentInfo with only those unsigned attributes of a signer that are `kept`: every element around them in the form
/// of length that it has, the set left out when nothing remains in it.
fn before(
    cms: &Cms<'_, '_>,
    signer: usize,
    kept: &dyn Fn(&Attribute<'_, '_>) -> bool,
) -> Result<Option<Vec<u8>>, Error> {
    let content_info = cms.element();
    let mut fields = content_info.children()?;
    fields.element()?;
    let explicit = fields.element()?;
    let signed_data = explicit.explicit()?;
    let Some(infos) = last_child(&signed_data)? else { return Ok(None) };
    let mut signers = infos.children()?;
    for _ in 0..signer {
        signers.element()?;
    }
    let info = signers.element()?;
    let Some(unsigned) = last_child(&info)?.filter(|last| last.tag == Tag::context(1)) else { return Ok(None) };
    let mut content = Vec::new();
    let mut attributes = unsigned.children()?;
    while !attributes.is_empty() {
        let attribute = Attribute::parse(attributes.element()?)?;
        if kept(&attribute) {
            content.extend_from_slice(attribute.element.bytes);
        }
    }
    let set = if content.is_empty() { Vec::new() } else { unsigned.with_content(&content) };
    let rebuilt = info.with_child(&unsigned, &set).and_then(|octets| {
        let octets = infos.with_child(&info, &octets)?;
        let octets = signed_data.with_child(&infos, &octets)?;
        let octets = explicit.with_child(&signed_data, &octets)?;
        content_info.with_child(&explicit, &octets)
    });
    Ok(rebuilt)
}

fn last_child<'d, 'a>(element: &Element<'d, 'a>) -> Result<Option<Element<'d, 'a>>, Error> {
    let mut children = element.children()?;
    let mut last = None;
    while !children.is_empty() {
        last = Some(children.element()?);
    }
    Ok(last)
}

/// Fills in what the records of a SignedData prove: every signature, timestamp and carried object in it that is not part
/// of the record itself.
pub(crate) fn cover(observer: &Observer<'_>, signatures: &mut [Signature]) {
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
    for record in signatures.iter_mut().flat_map(|signature| &mut signature.evidence_records) {
        if record.timestamps().next().is_some_and(|initial| initial.protects == ImprintStatus::Intact) {
            let (signatures, timestamps) = (ids.clone(), timestamps.clone());
            record.covers = Covered { signatures, timestamps, evidence: evidence.clone() };
        }
    }
}
