//! The status of a subject and what it rests on.

use kenin_validation::{CheckStatus, check_ids};

use super::element::Element;
use super::names::{of_block, of_signature, own, signature_algorithm, sub_indication};
use super::parts;
use super::plan::Plan;
use super::subject::Subject;
use crate::render::serde_name;
use crate::report::{
    CertificateReport, FindingReport, ModificationReport, RequirementReport, RevocationReport, SignatureReport,
};

/// Main indication, sub-indication, and the data behind them.
pub fn status(plan: &Plan<'_>, subject: &Subject<'_>) -> Element {
    let indication = match subject.alone {
        true => of_signature(subject.indication),
        false => of_block(subject.indication),
    };
    Element::new("SignatureValidationStatus")
        .of([Element::text("MainIndication", indication)])
        .of(subject.sub_indication.map(|sub| Element::text("SubIndication", &sub_indication(sub))))
        .of(associated(plan, subject))
}

/// The schema has room for one revocation in each.
fn associated(plan: &Plan<'_>, subject: &Subject<'_>) -> Vec<Element> {
    let mut revocations = subject.chain.iter().filter_map(|certificate| revocation(plan, certificate));
    let name = "AssociatedValidationReportData";
    let first = Element::new(name)
        .of(parts::reference("TrustAnchor", anchor(plan, subject)))
        .of(chain(plan, subject))
        .of(related(plan, subject))
        .of(revocations.next())
        .of(crypto(subject))
        .of(additional(subject))
        .unless_empty();
    first.into_iter().chain(revocations.map(|further| Element::new(name).of([further]))).collect()
}

fn anchor<'p>(plan: &'p Plan<'_>, subject: &Subject<'_>) -> Option<&'p str> {
    plan.ids.of_evidence(&subject.anchor?)
}

/// The path from the signing certificate to the anchor; the signing certificate alone when there is none.
fn chain(plan: &Plan<'_>, subject: &Subject<'_>) -> Option<Element> {
    let of = |certificate: &CertificateReport| plan.ids.of_evidence(&certificate.certificate_sha256);
    let signer = subject.signer.and_then(|sha256| plan.ids.of_evidence(&sha256));
    let signer = parts::reference("SigningCertificate", signer)?;
    let between = subject.chain.iter().skip(1).filter(|link| Some(link.certificate_sha256) != subject.anchor);
    let between = between.filter_map(of).flat_map(|id| parts::reference("IntermediateCertificate", [id]));
    let anchor = parts::reference("TrustAnchor", anchor(plan, subject));
    Some(Element::new("CertificateChain").of([signer]).of(between).of(anchor))
}

/// The revocation data that counted.
fn related(plan: &Plan<'_>, subject: &Subject<'_>) -> Vec<Element> {
    let mut ids: Vec<&str> = Vec::new();
    for datum in subject.chain.iter().flat_map(|link| &link.revocation).filter(|datum| datum.usable) {
        if let Some(id) = plan.ids.of_evidence(&datum.datum_sha256).filter(|id| !ids.contains(id)) {
            ids.push(id);
        }
    }
    ids.into_iter().flat_map(|id| parts::reference("RelatedValidationObject", [id])).collect()
}

/// A revocation of a certificate that data which counts shows. Why a CA revoked is not in the report.
fn revocation(plan: &Plan<'_>, certificate: &CertificateReport) -> Option<Element> {
    let revoked = |datum: &&RevocationReport| datum.usable && datum.revocation_date.is_some();
    let datum = certificate.revocation.iter().find(revoked)?;
    let object = parts::reference("ValidationObjectId", plan.ids.of_evidence(&certificate.certificate_sha256))?;
    let time = parts::time("RevocationTime", datum.revocation_date?)?;
    let by = parts::reference("RevocationObject", plan.ids.of_evidence(&datum.datum_sha256));
    Some(Element::new("RevocationStatusInformation").of([object, time]).of(by))
}

/// The signature algorithm and what the policy's table says of it, where that was asked.
fn crypto(subject: &Subject<'_>) -> Option<Element> {
    let algorithm = subject.details?.signature_algorithm.as_ref()?;
    let checks = subject.flat_checks();
    let (check, _) = checks.iter().find(|(check, _)| check.id == check_ids::SIGNATURE_ALGORITHMS)?;
    let secure = matches!(check.status, CheckStatus::Passed | CheckStatus::Warning);
    let name = own("parameter", "algorithm");
    Some(Element::new("CryptoInformation").of(parts::reference("ValidationObjectId", [subject.xml_id.as_str()])).of([
        Element::text("Algorithm", &signature_algorithm(algorithm)),
        parts::typed("AlgorithmParameters", &name, Element::text("Value", &algorithm.name)),
        Element::text("SecureAlgorithm", if secure { "true" } else { "false" }),
    ]))
}

/// What the report says beyond the standard's places.
fn additional(subject: &Subject<'_>) -> Option<Element> {
    let mut data: Vec<Element> = Vec::new();
    if let Some(entry) = subject.entry {
        data.push(axes(entry));
        data.push(integrity(entry));
        data.extend(entry.integrity.modifications.iter().flatten().map(modification));
        data.extend(entry.requirements.iter().map(requirement));
        data.extend(preservation(entry));
    }
    data.extend(subject.findings.iter().map(finding));
    Element::new("AdditionalValidationReportData").of(data).unless_empty()
}

fn datum(kind: &str, value: Element) -> Element {
    parts::typed("ReportData", &own("data", kind), Element::new("Value").of([value]))
}

fn axes(entry: &SignatureReport) -> Element {
    let axes = &entry.axes;
    let element = Element::new("kenin:Axes")
        .with("integrity", serde_name(&axes.integrity))
        .with("identity", serde_name(&axes.identity))
        .with("profile", serde_name(&axes.profile))
        .with("licence", serde_name(&axes.licence));
    datum("axes", element)
}

fn integrity(entry: &SignatureReport) -> Element {
    let element = Element::new("kenin:Integrity")
        .with("signature-value", serde_name(&entry.integrity.signature_value))
        .with("signed-data", serde_name(&entry.integrity.signed_data))
        .with_some("imprint", entry.imprint.as_ref().map(serde_name));
    datum("integrity", element)
}

fn modification(change: &ModificationReport) -> Element {
    let element = Element::text("kenin:Modification", &change.what)
        .with("rule", serde_name(&change.rule))
        .with("status", serde_name(&change.status))
        .with("severity", serde_name(&change.severity))
        .with("revision", change.revision)
        .with("object", &change.object)
        .with_some("page", change.page)
        .with_some("field", change.field.as_ref());
    datum("modification", element)
}

fn requirement(requirement: &RequirementReport) -> Element {
    let element = Element::text("kenin:Requirement", &requirement.message)
        .with("id", requirement.id)
        .with("status", serde_name(&requirement.status))
        .with("reason", requirement.reason)
        .with_some("route", requirement.route.as_ref().map(serde_name));
    datum("requirement", element)
}

fn preservation(entry: &SignatureReport) -> Option<Element> {
    let preservation = &entry.preservation;
    preservation.because?;
    let element = Element::text("kenin:Preservation", preservation.subject.as_deref().unwrap_or_default())
        .with_some("verifiable-until", preservation.verifiable_until)
        .with_some("renew-before", preservation.renew_before)
        .with_some("because", preservation.because);
    Some(datum("preservation", element))
}

fn finding(finding: &FindingReport) -> Element {
    let parameters =
        finding.params.iter().map(|(name, value)| Element::text("kenin:Parameter", value).with("name", name));
    let message = Element::text("kenin:Message", &finding.message).unless_empty();
    let element = Element::new("kenin:Finding")
        .with("code", serde_name(&finding.code))
        .of(finding.subject.as_ref().map(|subject| Element::text("kenin:Subject", subject)))
        .of(parameters)
        .of(message);
    datum("finding", element)
}
