//! Validation objects: what each is, since when it is proven to exist, what it proves itself, and its own report.

use std::collections::BTreeSet;

use kenin_facts::Covered;

use super::element::Element;
use super::names::{POE_PROVIDED, POE_VALIDATION};
use super::parts;
use super::plan::{Object, Plan, Shown};
use super::signature;
use crate::report::{ProofReport, TimeSource, TimestampReport};

/// One validation object.
pub fn object(plan: &Plan<'_>, object: &Object<'_>) -> Element {
    let shown = match &object.shown {
        Shown::Sha256(sha256) => parts::sha256("DigestAlgAndValue", sha256),
        Shown::Digest(digest) => parts::digest("DigestAlgAndValue", digest),
        Shown::Record(record) => {
            let timestamps = record.timestamps.iter().filter_map(|id| plan.ids.of_name(id));
            let timestamps = parts::reference("kenin:ArchiveTimestamps", timestamps);
            Element::new("direct").of([Element::new("kenin:EvidenceRecord").with("name", &record.id).of(timestamps)])
        }
        Shown::Name(name) => Element::new("direct").of([Element::new("kenin:Unread").with("name", name)]),
    };
    Element::new("ValidationObject")
        .with("id", &object.id)
        .of([Element::text("ObjectType", object.kind), Element::new("ValidationObjectRepresentation").of([shown])])
        .of(existence(plan, object.proven))
        .of(object.timestamp.and_then(|timestamp| provisioning(plan, timestamp)))
        .of(object.validated.as_ref().map(|subject| signature::body(plan, "ValidationReport", subject)))
}

/// Since when something is known to exist. Without a proof that is validation time: then it was at hand, or, when that time
/// was given, the caller vouches for it.
fn existence(plan: &Plan<'_>, proven: Option<&ProofReport>) -> Option<Element> {
    match proven {
        Some(proof) => proof_of_existence(plan, "POE", proof.time, POE_VALIDATION, Some(&proof.by)),
        None => at_hand(plan, "POE"),
    }
}

/// The proof that something exists at validation time.
pub fn at_hand(plan: &Plan<'_>, name: &'static str) -> Option<Element> {
    let kind = match plan.report.time_source {
        TimeSource::Now => POE_VALIDATION,
        TimeSource::Given => POE_PROVIDED,
    };
    proof_of_existence(plan, name, plan.report.validation_time, kind, None)
}

/// An element of type POEType.
pub fn proof_of_existence(
    plan: &Plan<'_>,
    name: &'static str,
    time: kenin_base::UtcTime,
    kind: &str,
    by: Option<&str>,
) -> Option<Element> {
    let by = by.and_then(|by| plan.ids.of_name(by));
    let time = parts::time("POETime", time)?;
    Some(Element::new(name).of([time, Element::text("TypeOfProof", kind)]).of(parts::reference("POEObject", by)))
}

/// What a timestamp that passed proves to have existed at its time.
fn provisioning(plan: &Plan<'_>, timestamp: &TimestampReport) -> Option<Element> {
    let Covered { signatures, timestamps, evidence } = timestamp.proves.as_deref()?;
    let time = parts::time("POETime", timestamp.gen_time?)?;
    let tokens = timestamps.iter().filter_map(|id| plan.ids.of_name(id));
    let objects = evidence.iter().filter_map(|sha256| plan.ids.of_evidence(sha256)).chain(tokens);
    // A token may be named twice, as evidence and as a timestamp, and never proves itself.
    let itself = plan.ids.of_name(&timestamp.id);
    let objects: BTreeSet<&str> = objects.filter(|id| Some(*id) != itself).collect();
    let objects = objects.into_iter().flat_map(|id| parts::reference("ValidationObject", [id]));
    let signatures = signatures.iter().filter_map(|id| signature_reference(plan, id));
    Some(Element::new("POEProvisioning").of([time]).of(objects).of(signatures))
}

/// A signature by its PDF field; in other formats the schema's own references need octets that the report does not have.
fn signature_reference(plan: &Plan<'_>, id: &str) -> Option<Element> {
    let (entry, xml_id) = plan.named(id)?;
    let reference = match &entry.field {
        Some(field) => Element::text("PAdESFieldName", field),
        None => own_reference(xml_id),
    };
    Some(Element::new("SignatureReference").of([reference]))
}

/// A reference to a SignatureIdentifier by its id.
pub fn own_reference(xml_id: &str) -> Element {
    Element::new("OtherInformation").of([Element::new("kenin:Signature").with("ref", xml_id)])
}
