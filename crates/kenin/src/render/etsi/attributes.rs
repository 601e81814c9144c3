//! What a signature's attributes, or its PDF dictionary, say. Claims are shown, never believed.

use kenin_facts::{EvidenceKind, SignatureKind, TimestampKind};

use super::element::Element;
use super::names::{digest_algorithm, object_identifier, policy_identifier};
use super::objects::own_reference;
use super::parts;
use super::plan::Plan;
use super::subject::Subject;
use crate::report::{SignatureDetails, SignaturePolicyReport, SignatureReport, TimestampReport};

/// Everything the schema has a place for; none without any of it.
pub fn attributes(plan: &Plan<'_>, subject: &Subject<'_>) -> Option<Element> {
    let details = subject.details?;
    let mut found: Vec<Element> = Vec::new();
    found.extend(subject.entry.and_then(|entry| signing_time(entry, details)));
    found.extend(signing_certificate(plan, subject, details));
    if let Some(entry) = subject.entry.filter(|_| !subject.is_proof) {
        found.extend(commitments(entry));
        found.extend(policy(entry));
        found.extend(place(entry));
        found.extend(roles(details));
        found.extend(counter_signatures(plan, entry));
    }
    found.extend(subject.timestamps.iter().filter_map(|timestamp| self::timestamp(plan, timestamp)));
    let digest = details.message_digest.as_ref();
    found.extend(digest.map(|digest| {
        Element::new("MessageDigest")
            .with("Signed", true)
            .of([Element::text("Digest", &parts::base64(digest.as_slice()))])
    }));
    found.extend(subject.entry.into_iter().flat_map(|entry| pdf(plan, entry, details)));
    Element::new("SignatureAttributes").of(found).unless_empty()
}

/// The signing-time attribute, or /M of a PDF, of which nothing but the byte range says that it is signed.
fn signing_time(entry: &SignatureReport, details: &SignatureDetails) -> Option<Element> {
    let time = parts::time("Time", entry.claimed_signing_time?)?;
    Some(Element::new("SigningTime").with_some("Signed", details.signing_time_attribute.then_some(true)).of([time]))
}

fn signing_certificate(plan: &Plan<'_>, subject: &Subject<'_>, details: &SignatureDetails) -> Option<Element> {
    let ids: Vec<Element> = details
        .certificate_references
        .iter()
        .map(|reference| {
            let algorithm = digest_algorithm(&reference.algorithm);
            Element::new("CertID").of(parts::digest_parts(&algorithm, reference.value.as_slice()))
        })
        .collect();
    let certificate = subject.signer.and_then(|sha256| plan.ids.of_evidence(&sha256)).filter(|_| !ids.is_empty());
    let attribute = Element::new("SigningCertificate").with("Signed", true);
    attribute.of(parts::reference("AttributeObject", certificate)).of(ids).unless_empty()
}

fn commitments(entry: &SignatureReport) -> impl Iterator<Item = Element> {
    entry.commitments.iter().map(|oid| {
        let identifier = Element::text("CommitmentTypeIdentifier", &object_identifier(oid));
        Element::new("CommitmentTypeIndication").with("Signed", true).of([identifier])
    })
}

/// The policy that the signature names; one that the context implies has no identifier.
fn policy(entry: &SignatureReport) -> Option<Element> {
    match entry.signature_policy.as_ref()? {
        SignaturePolicyReport::Implied => None,
        SignaturePolicyReport::Identified { id, .. } => {
            let id = Element::text("SigPolicyId", &policy_identifier(id));
            Some(Element::new("SigPolicyIdentifier").with("Signed", true).of([id]))
        }
    }
}

fn place(entry: &SignatureReport) -> Option<Element> {
    let location = entry.claimed_location.as_ref()?;
    Some(Element::new("SignatureProductionPlace").of([Element::text("AddressString", location)]))
}

fn roles(details: &SignatureDetails) -> Option<Element> {
    let role = |text: &String| {
        Element::new("RoleDetails").of([Element::text("Role", text), Element::text("EndorsementType", "claimed")])
    };
    Element::new("SignerRole").with("Signed", true).of(details.claimed_attributes.iter().map(role)).unless_empty()
}

fn counter_signatures(plan: &Plan<'_>, parent: &SignatureReport) -> Vec<Element> {
    let entries = plan.report.signatures.iter().zip(&plan.entry_ids);
    let counter = entries.filter(|(entry, _)| {
        entry.kind == SignatureKind::CounterSignature && entry.parent.as_deref() == Some(&parent.id)
    });
    let element = |id: &String| {
        let reference = Element::new("CounterSignature").of([own_reference(id)]);
        Element::new("CounterSignature").with("Signed", false).of([reference])
    };
    counter.map(|(_, id)| element(id)).collect()
}

/// A timestamp under the name of its attribute. An evidence record's is no attribute.
fn timestamp(plan: &Plan<'_>, timestamp: &TimestampReport) -> Option<Element> {
    let name = match timestamp.kind {
        TimestampKind::Content => "AllDataObjectsTimeStamp",
        TimestampKind::Signature => "SignatureTimeStamp",
        TimestampKind::CadesC => "SigAndRefsTimeStamp",
        TimestampKind::CertsCrls => "RefsOnlyTimeStamp",
        TimestampKind::ArchiveV2 | TimestampKind::ArchiveV3 | TimestampKind::XadesArchive => "ArchiveTimeStamp",
        TimestampKind::Document => "DocTimeStamp",
        _ => return None,
    };
    let signed = timestamp.kind == TimestampKind::Content;
    let time = parts::time("TimeStampValue", timestamp.gen_time?)?;
    let object = parts::reference("AttributeObject", plan.ids.of_name(&timestamp.id));
    Some(Element::new(name).with("Signed", signed).of(object).of([time]))
}

/// The entries of a PDF signature dictionary, and the document security store.
fn pdf(plan: &Plan<'_>, entry: &SignatureReport, details: &SignatureDetails) -> Vec<Element> {
    let Some(pdf) = &details.pdf else { return Vec::new() };
    let wrapped = |name, inner, text: &String| Element::new(name).of([Element::text(inner, text)]);
    // It is the document's: said once, with the first that is in a PDF field, since it may be large.
    let first = plan.report.signatures.first().is_some_and(|first| std::ptr::eq(first, entry));
    let mut found: Vec<Element> = first.then(|| dss(plan)).flatten().into_iter().collect();
    found.extend(entry.claimed_reason.as_ref().map(|text| wrapped("Reason", "ReasonElement", text)));
    found.extend(pdf.name.as_ref().map(|text| wrapped("Name", "NameElement", text)));
    found.extend(pdf.sub_filter.as_ref().map(|text| wrapped("SubFilter", "SubFilterElement", text)));
    let range: Vec<String> = pdf.byte_range.iter().map(ToString::to_string).collect();
    found.extend(Element::text("ByteRange", &range.join(" ")).unless_empty());
    found
}

fn dss(plan: &Plan<'_>) -> Option<Element> {
    let of_kind = |kind: EvidenceKind| {
        let stored = plan
            .report
            .evidence
            .iter()
            .filter(move |item| item.kind == kind && item.source.iter().any(|source| source.starts_with("dss:")));
        stored.filter_map(|item| plan.ids.of_evidence(&item.sha256))
    };
    Element::new("DSS")
        .of(parts::reference("Certs", of_kind(EvidenceKind::Certificate)))
        .of(parts::reference("CRLs", of_kind(EvidenceKind::Crl)))
        .of(parts::reference("OCSPs", of_kind(EvidenceKind::Ocsp)))
        .unless_empty()
}
