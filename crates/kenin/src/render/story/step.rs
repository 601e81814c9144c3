//! The one next step that belongs to an answer.

use kenin_base::FindingCode;

use super::answers::{Question, innermost, is_stamp, own_checks, wrong_card};
use super::next::{of_conclusion, wanted_step};
use super::superseded::Superseded;
use super::tone::Tone;
use crate::messages::{Catalogue, check_key, finding_key, sub_indication_key};
use crate::report::{
    ImprintReport, Report, RequirementReport, RequirementStatus, SignatureReport, SignedDataReport, ValueReport,
    WantedEvidence,
};

/// Findings about what lies beyond the signed bytes, the gravest first.
const BEYOND: [FindingCode; 7] = [
    FindingCode::ContentMissing,
    FindingCode::ParserDifferential,
    FindingCode::ModificationUnclear,
    FindingCode::LaterRevisionsNotAnalysed,
    FindingCode::LaterRevisionsDoubtful,
    FindingCode::AppearanceDiffers,
    FindingCode::ModificationNoticed,
];

/// What to do about an answer; `None` where it asks for nothing.
pub(super) fn step_for(
    question: Question,
    tone: Tone,
    report: &Report,
    signature: &SignatureReport,
    catalogue: &Catalogue,
) -> Option<String> {
    let settled = matches!(tone, Tone::Plain | Tone::Good);
    let keys = match question {
        Question::Claims => return None,
        Question::Guideline if settled => return preserving(report, signature, catalogue),
        _ if settled => return None,
        Question::Guideline => reasons(signature, &[]),
        // What names no signer says nothing of whom to trust.
        Question::Who if signature.signer.is_none() => of_conclusion(signature),
        Question::Who => [certificate(signature), reasons(signature, &["14-1-1(2)"])].concat(),
        Question::When => proof(signature),
        Question::Tampering => [beyond(signature), content(signature)].concat(),
        Question::Certificate => certificate(signature),
    };
    // Evidence whose place is known decides what is open about the certificate, and with it who signed.
    let about_certificate = matches!(question, Question::Who | Question::Certificate);
    let wanted = || wanted(report, signature, catalogue);
    let first = if about_certificate { wanted() } else { None };
    let found = |keys: &[String]| keys.iter().find_map(|key| catalogue.find(key, &[]));
    let step = first.or_else(|| found(&keys)).or_else(wanted).or_else(|| found(&of_conclusion(signature)));
    // A requirement may be open for no other reason than what came after signing.
    step.or_else(|| if question == Question::Guideline { found(&beyond(signature)) } else { None })
}

/// The first of the signature's blocking requirements among `ids` that is not met; all ids when none is given.
pub(super) fn open_requirement<'a>(signature: &'a SignatureReport, ids: &[&str]) -> Option<&'a RequirementReport> {
    open_requirements(signature, ids).next()
}

/// Those shown not to be met first.
fn open_requirements<'a>(signature: &'a SignatureReport, ids: &[&str]) -> impl Iterator<Item = &'a RequirementReport> {
    let asked =
        |requirement: &&RequirementReport| requirement.blocking && (ids.is_empty() || ids.contains(&requirement.id));
    let with = move |status| signature.requirements.iter().filter(move |requirement| requirement.status == status);
    let open: Vec<_> =
        with(RequirementStatus::NotSatisfied).chain(with(RequirementStatus::Undetermined)).filter(asked).collect();
    open.into_iter()
}

fn reasons(signature: &SignatureReport, ids: &[&str]) -> Vec<String> {
    open_requirements(signature, ids).map(|requirement| format!("reason-{}.next", requirement.reason)).collect()
}

/// Evidence whose place is known, about a certificate of this signature.
fn wanted(report: &Report, signature: &SignatureReport, catalogue: &Catalogue) -> Option<String> {
    let own = |wanted: &&WantedEvidence| {
        let (WantedEvidence::Revocation { certificate, .. } | WantedEvidence::Issuer { certificate, .. }) = wanted;
        let signer = signature.signer.iter().map(|signer| signer.certificate_sha256);
        signature.chain.iter().map(|link| link.certificate_sha256).chain(signer).any(|sha256| sha256 == *certificate)
    };
    let open = signature.indication != kenin_validation::Indication::Passed;
    report.wanted_evidence().iter().filter(|_| open).filter(own).find_map(|wanted| wanted_step(wanted, catalogue))
}

/// What the certificate's own trouble asks for. That it was not good when it had to be tells more than why it is not now.
fn certificate(signature: &SignatureReport) -> Vec<String> {
    let card = wrong_card(signature).map(|finding| finding_key(finding.code) + ".next");
    let open = open_requirement(signature, &["14-1-3"]);
    let shown = open.filter(|open| open.reason.starts_with("certificate-") || open.reason.starts_with("invalidity-"));
    let shown = shown.map(|open| format!("reason-{}.next", open.reason));
    let checks = own_checks(signature).map(innermost).map(|check| check_key(check.id) + ".next");
    card.into_iter().chain(shown).chain(checks).collect()
}

/// What the lack of a proof of time asks for.
fn proof(signature: &SignatureReport) -> Vec<String> {
    if is_stamp(signature) {
        return signature.sub_indication.map(|sub| sub_indication_key(sub) + ".stamp-next").into_iter().collect();
    }
    if signature.axes.integrity == crate::report::AxisStatus::Failed {
        return Vec::new();
    }
    let early = signature.timestamps.iter().flat_map(|stamp| &stamp.findings);
    let early = early.filter(|finding| finding.code == FindingCode::TimestampInFuture);
    // The clock that says so may be wrong.
    let clock = early.map(|finding| finding_key(finding.code) + ".next");
    let stamps = signature.timestamps.iter().filter_map(|stamp| stamp.sub_indication);
    let stamps = stamps.map(|sub| sub_indication_key(sub) + ".stamp-next");
    let general = match signature.timestamps.is_empty() {
        true => "reason-timestamp-missing.next",
        false => "reason-timestamp-not-decided.next",
    };
    let asked = reasons(signature, &["14-1-2", "14-1-2(1)"]).into_iter();
    clock.chain(asked).chain(stamps).chain([general.to_owned()]).collect()
}

/// What happened beside or after the signed bytes.
fn beyond(signature: &SignatureReport) -> Vec<String> {
    let cause = Superseded::of(signature).map(|then| then.cause);
    let found = BEYOND.into_iter().filter(|code| signature.findings.iter().any(|finding| finding.code == *code));
    cause.into_iter().chain(found).map(|code| finding_key(code) + ".next").collect()
}

/// What happened to the signed bytes.
fn content(signature: &SignatureReport) -> Vec<String> {
    let integrity = &signature.integrity;
    let keys: &[&str] = match (signature.imprint, integrity.signed_data, integrity.signature_value) {
        (Some(ImprintReport::Broken), ..) => &["sub-hash-failure.stamp-next"],
        (Some(ImprintReport::NotChecked), ..) | (_, SignedDataReport::NotFound, _) => &["finding-content-missing.next"],
        (_, SignedDataReport::Broken, _) if integrity.coverage == kenin_facts::Coverage::Detached => {
            &["tampering-changed-detached.next"]
        }
        (_, SignedDataReport::Broken, _) => &["sub-hash-failure.next"],
        (_, _, ValueReport::Broken) => &["sub-sig-crypto-failure.next"],
        _ if integrity.coverage == kenin_facts::Coverage::Partial => &["reason-not-whole-document.next"],
        _ if integrity.coverage == kenin_facts::Coverage::Unclear => &["sub-format-failure.next"],
        _ => &[],
    };
    keys.iter().map(|key| (*key).to_owned()).collect()
}

/// What keeps what holds now: to protect the evidence, or when to add a timestamp.
fn preserving(report: &Report, signature: &SignatureReport, catalogue: &Catalogue) -> Option<String> {
    let unprotected = signature.findings.iter().find(|finding| finding.code == FindingCode::EvidenceNotCovered);
    if let Some(finding) = unprotected {
        return catalogue.find(&(finding_key(finding.code) + ".next"), &[]);
    }
    let renew = signature.preservation.renew_before?;
    let key = if renew < report.validation_time { "next-renew-overdue" } else { "next-renew" };
    Some(catalogue.text(key, &[("renew", (&renew.to_jst_date_string()).into())]))
}
