//! Evidence records in a signature's unsigned attributes (RFC 4998 appendix A): over the ContentInfo as it was before the
//! record was added.

use std::collections::BTreeSet;

use kenin_asn1::{Element, Error, Tag};
use kenin_base::{DigestAlgorithm, Sha256};
use kenin_crypto::digest;
use kenin_facts::{Covered, EvidenceRecord as RecordFacts, EvidenceSource, ImprintStatus, Incorporation, Signature};

use super::EvidenceRecord;
use super::observe::{ArchivedData, Digest, observe_evidence_record, unreadable};
use crate::attributes::Attribute;
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
            let data =
                ArchivedData { object: &data, beside: beside.filter(|_| incorporation == Incorporation::External) };
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

/// What a record in `holding` may be over: the ContentInfo without any record of the signer, without this attribute and
/// those behind it, or without this attribute alone; a DER encoder sorts what was added first behind what came later.
fn objects(cms: &Cms<'_, '_>, signer: usize, holding: &Attribute<'_, '_>) -> Vec<Vec<u8>> {
    let start = holding.element.span.start;
    let is_record = |attribute: &Attribute<'_, '_>| incorporation(attribute).is_some();
    let is_later = |attribute: &Attribute<'_, '_>| attribute.element.span.start >= start;
    let is_this = |attribute: &Attribute<'_, '_>| attribute.element.span.start == start;
    let dropped: [&dyn Fn(&Attribute<'_, '_>) -> bool; 3] =
        [&is_record, &|attribute| is_record(attribute) && is_later(attribute), &is_this];
    let mut objects: Vec<Vec<u8>> = Vec::new();
    for dropped in dropped {
        // What cannot be rebuilt is over nothing.
        for object in before(cms, signer, dropped).unwrap_or_default() {
            if !objects.contains(&object) {
                objects.push(object);
            }
        }
    }
    objects
}

/// The ContentInfo without the unsigned attributes of a signer that are `dropped`: every element around them in the form
/// of length that it has, the set left out when nothing remains in it; with the SignerInfos in the order that they have,
/// and in DER order, which the attribute may have changed.
fn before(
    cms: &Cms<'_, '_>,
    signer: usize,
    dropped: &dyn Fn(&Attribute<'_, '_>) -> bool,
) -> Result<Vec<Vec<u8>>, Error> {
    let content_info = cms.element();
    let mut fields = content_info.children()?;
    fields.element()?;
    let explicit = fields.element()?;
    let signed_data = explicit.explicit()?;
    let Some(infos) = last_child(&signed_data)? else { return Ok(Vec::new()) };
    let mut elements = infos.children()?;
    let mut signers = Vec::new();
    while !elements.is_empty() {
        let info = elements.element()?;
        let own = signers.len() == signer;
        signers.push(if own { without(&info, dropped)? } else { info.bytes.to_vec() });
    }
    let whole = |signers: &[Vec<u8>]| {
        let octets = signed_data.with_child(&infos, &infos.with_content(&signers.concat()))?;
        content_info.with_child(&explicit, &explicit.with_child(&signed_data, &octets)?)
    };
    let in_place = whole(&signers);
    signers.sort_unstable();
    Ok(in_place.into_iter().chain(whole(&signers)).collect())
}

/// A SignerInfo without the unsigned attributes that are `dropped`.
fn without(info: &Element<'_, '_>, dropped: &dyn Fn(&Attribute<'_, '_>) -> bool) -> Result<Vec<u8>, Error> {
    let Some(unsigned) = last_child(info)?.filter(|last| last.tag == Tag::context(1)) else {
        return Ok(info.bytes.to_vec());
    };
    let mut content = Vec::new();
    let mut attributes = unsigned.children()?;
    while !attributes.is_empty() {
        let attribute = Attribute::parse(attributes.element()?)?;
        if !dropped(&attribute) {
            content.extend_from_slice(attribute.element.bytes);
        }
    }
    let set = if content.is_empty() { Vec::new() } else { unsigned.with_content(&content) };
    info.with_child(&unsigned, &set).ok_or_else(|| info.invalid("SignerInfo"))
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
