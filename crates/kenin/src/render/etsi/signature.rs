//! The validation report about one signature, timestamp or evidence record.

use kenin_facts::{Coverage, SignatureKind};

use super::attributes::attributes;
use super::constraints;
use super::element::Element;
use super::names::{INDETERMINATE, POE_VALIDATION, PROCESS, own};
use super::objects::{at_hand, proof_of_existence};
use super::parts;
use super::plan::Plan;
use super::status;
use super::subject::Subject;
use crate::render::serde_name;
use crate::report::{Report, SignatureReport};

/// One of the document's own validation reports.
pub fn report(plan: &Plan<'_>, subject: &Subject<'_>) -> Element {
    body(plan, "SignatureValidationReport", subject)
}

/// The report about a subject under the name that its place asks for.
pub fn body(plan: &Plan<'_>, name: &'static str, subject: &Subject<'_>) -> Element {
    Element::new(name)
        .of([identifier(subject), constraints::evaluation(plan, subject)])
        .of(time_info(plan, subject))
        .of(signers_document(plan, subject))
        .of(attributes(plan, subject))
        .of(signer(plan, subject))
        .of((!subject.is_proof).then(|| process(plan.report)))
        .of([status::status(plan, subject)])
        .of(other(plan, subject))
}

/// What stands where the document has nothing that could be validated: the schema asks for one report at least.
pub fn without_signature(plan: &Plan<'_>) -> Element {
    let why = plan.report.error.as_ref().map_or("no-signature", |error| error.code.as_str());
    let status = Element::new("SignatureValidationStatus").of([
        Element::text("MainIndication", INDETERMINATE),
        Element::text("SubIndication", &own("subindication", why)),
    ]);
    let time = parts::time("ValidationTime", plan.report.validation_time).zip(at_hand(plan, "BestSignatureTime"));
    Element::new("SignatureValidationReport")
        .of(time.map(|(time, best)| Element::new("ValidationTimeInfo").of([time, best])))
        .of([process(plan.report), status])
        .of([Element::new("OtherInformation").of([document(plan.report)])])
}

fn identifier(subject: &Subject<'_>) -> Element {
    let details = subject.details;
    let digest = details.and_then(|details| details.signed_octets.as_ref());
    let value = details.and_then(|details| details.signature_value.as_ref());
    Element::new("SignatureIdentifier")
        .with("id", &subject.xml_id)
        .of(digest.map(|digest| parts::digest("DigestAlgAndValue", digest)))
        .of(value.map(|value| Element::text("ds:SignatureValue", &parts::base64(value.as_slice()))))
        .of([Element::text("HashOnly", "false"), Element::text("DocHashOnly", "false")])
}

fn time_info(plan: &Plan<'_>, subject: &Subject<'_>) -> Option<Element> {
    let time = parts::time("ValidationTime", plan.report.validation_time)?;
    let best = match subject.best_time {
        Some((time, by)) => proof_of_existence(plan, "BestSignatureTime", time, POE_VALIDATION, by),
        None => at_hand(plan, "BestSignatureTime"),
    };
    Some(Element::new("ValidationTimeInfo").of([time, best?]))
}

/// What was signed (time-stamped): its digest as computed, and where it is.
fn signers_document(plan: &Plan<'_>, subject: &Subject<'_>) -> Option<Element> {
    let digest = subject.details.and_then(|details| details.content.as_ref());
    let entry = subject.entry;
    let inside = entry.is_some_and(|entry| entry.integrity.coverage != Coverage::Detached && entry.parent.is_none());
    let file = plan.document.as_deref().filter(|_| inside);
    match digest {
        Some(digest) => {
            // In a timestamp's or counter-signature's case that is another signature, unless it has content of its own.
            let at = plan.content(digest).filter(|_| entry.is_some()).or(file);
            let found = parts::digest("DigestAlgAndValue", digest);
            Some(Element::new("SignersDocument").of([found]).of(parts::reference("SignersDocumentRef", at)))
        }
        None => {
            let representation = parts::reference("SignersDocumentRepresentation", file.filter(|_| !subject.is_proof));
            representation.map(|at| Element::new("SignersDocument").of([at]))
        }
    }
}

fn signer(plan: &Plan<'_>, subject: &Subject<'_>) -> Option<Element> {
    let certificate = subject.signer.and_then(|sha256| plan.ids.of_evidence(&sha256));
    let certificate = parts::reference("SignerCertificate", certificate)?;
    let roles = subject.entry.and_then(|entry| entry.signer.as_ref()).into_iter().flat_map(|signer| &signer.roles);
    let roles = roles.map(|role| {
        Element::text("kenin:Role", &role.name)
            .with("kind", serde_name(&role.kind))
            .with_some("name-ja", role.name_ja.as_ref())
    });
    let information = Element::new("SignerInformation").of([certificate]);
    let name = subject.signer_name.map(|name| Element::text("Signer", name));
    Some(information.of(name).of(Element::new("OtherInformation").of(roles).unless_empty()))
}

/// Every signature goes through the process for long-term material; whom it believed is named beside.
fn process(report: &Report) -> Element {
    let trust = Element::text("kenin:TrustProfile", &report.tool.trust).with("sha256", report.tool.trust_sha256);
    Element::new("SignatureValidationProcess")
        .of([Element::text("SignatureValidationProcessID", PROCESS), Element::new("OtherInformation").of([trust])])
}

fn other(plan: &Plan<'_>, subject: &Subject<'_>) -> Option<Element> {
    let entry = subject.entry.map(about);
    let document = subject.alone.then(|| document(plan.report));
    Element::new("OtherInformation").of(entry).of(document).unless_empty()
}

/// What the report calls an entry.
fn about(entry: &SignatureReport) -> Element {
    Element::new("kenin:Entry")
        .with("name", &entry.id)
        .with("kind", serde_name(&entry.kind))
        .with("format", serde_name(&entry.format))
        .with("level", serde_name(&entry.level))
        .with("reached-level", serde_name(&entry.reached_level))
        .with("coverage", serde_name(&entry.integrity.coverage))
        .with_some("field", entry.field.as_ref().filter(|_| entry.kind != SignatureKind::CounterSignature))
}

/// The document and the answers about it as a whole, which the schema has no place for.
fn document(report: &Report) -> Element {
    let document = &report.document;
    Element::text("kenin:Document", document.path.as_deref().unwrap_or_default())
        .with("verdict", serde_name(&report.verdict))
        .with("conformity", serde_name(&report.conformity))
        .with("format", serde_name(&document.format))
        .with_some("size", document.size)
        .with_some("sha256", document.sha256)
        .with_some("error", report.error.as_ref().map(|error| &error.code))
}
