//! What is kept of one document: the values of its row, the same in every form that results have.

use std::collections::BTreeMap;

use kenin::{CheckId, CheckReport, CheckStatus, Report, RequirementStatus, Sha256, SignatureReport, UtcTime};
use kenin_hpki::RoleKind;
use serde::Serialize;

use crate::{Judged, Name, Stamp};

/// One document. Codes are those of `kenin-report/1`.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// What it is called.
    pub name: Name,
    /// Size and time of change of the document.
    pub stamp: Stamp,
    /// Those of what it is beside by its name, whether or not it was judged with it.
    pub beside: Option<Stamp>,
    /// What a detached signature was judged with.
    pub content: Option<Name>,
    /// SHA-256 of the document; absent for one that could not be read.
    pub sha256: Option<Sha256>,
    /// `pdf`, `cms`, ….
    pub format: String,
    /// `valid`, `invalid`, `indeterminate`, `no-signature` or `error`.
    pub verdict: String,
    /// Whether the guideline is met.
    pub conformity: String,
    /// Why it could not be processed.
    pub error: Option<String>,
    /// What the system said about it.
    pub error_reason: Option<String>,
    /// The first blocking requirement that is not met or not decided.
    pub requirement: Option<String>,
    /// Why it is not.
    pub reason: Option<String>,
    /// Until when every signature can be verified, as things are.
    pub verifiable_until: Option<UtcTime>,
    /// Before when it should be stamped again.
    pub renew_before: Option<UtcTime>,
    /// By which a report is matched with this row.
    pub verification_id: String,
    /// Its signatures in document order.
    pub signatures: Vec<SignatureRecord>,
}

/// One signature or document timestamp.
#[derive(Clone, Debug, PartialEq)]
pub struct SignatureRecord {
    /// Its id in the report.
    pub id: String,
    /// `signature`, `document-timestamp`, ….
    pub kind: String,
    /// `pades`, `cades`, ….
    pub format: String,
    /// The level its structure claims.
    pub level: String,
    /// The level it reaches.
    pub reached_level: String,
    /// `TOTAL-PASSED`, `TOTAL-FAILED` or `INDETERMINATE` (EN 319 102-1).
    pub indication: String,
    /// The reason by EN 319 102-1.
    pub sub_indication: Option<String>,
    /// The signer's subject, as RFC 4514 writes it.
    pub signer: Option<String>,
    /// Its issuer.
    pub issuer: Option<String>,
    /// SHA-256 of its certificate.
    pub certificate_sha256: Option<Sha256>,
    /// National licences in the certificate, separated by `, `.
    pub licence: Option<String>,
    /// The earliest time at which the signature is proven to exist.
    pub best_signature_time: Option<UtcTime>,
    /// Who issued the timestamp with the highest grade.
    pub tsa: Option<String>,
    /// That grade.
    pub grade: Option<String>,
    /// The checks that failed, are undecided or warn, with those above them: `checks` of the report, as JSON. Absent when
    /// there are none.
    pub checks: Option<String>,
}

impl Record {
    /// What is kept of a document that was judged.
    pub fn of(judged: &Judged) -> Self {
        let Judged { entry, report, content, .. } = judged;
        let (stamp, beside) = entry.stamps();
        Self { beside, content: content.clone(), ..Self::of_report(entry.item.name.clone(), stamp, report) }
    }

    /// What is kept of a report.
    pub fn of_report(name: Name, stamp: Stamp, report: &Report) -> Self {
        let error = report.error.as_ref();
        let open = open_requirement(report);
        let until = |time: fn(&SignatureReport) -> Option<UtcTime>| {
            let undone = report.signatures.iter().filter(|signature| signature.preservation.because.is_some());
            undone.map(time).min().flatten()
        };
        Self {
            name,
            stamp,
            beside: None,
            content: None,
            sha256: report.document.sha256,
            format: code(&report.document.format),
            verdict: code(&report.verdict),
            conformity: code(&report.conformity),
            error: error.map(|error| error.code.clone()),
            error_reason: error.and_then(|error| error.reason.clone()),
            requirement: open.map(|(id, _)| id.to_owned()),
            reason: open.map(|(_, reason)| reason.to_owned()),
            verifiable_until: until(|signature| signature.preservation.verifiable_until),
            renew_before: until(|signature| signature.preservation.renew_before),
            verification_id: report.verification_id.clone(),
            signatures: report.signatures.iter().map(SignatureRecord::of).collect(),
        }
    }
}

impl SignatureRecord {
    fn of(signature: &SignatureReport) -> Self {
        let signer = signature.signer.as_ref();
        let roles = signer.iter().flat_map(|signer| &signer.roles);
        let licences = roles.filter(|role| role.kind == RoleKind::NationalLicence).map(|role| role.name.as_str());
        let licence = licences.collect::<Vec<_>>().join(", ");
        let stamp = signature.timestamps.iter().max_by_key(|stamp| stamp.grade);
        Self {
            id: signature.id.clone(),
            kind: code(&signature.kind),
            format: code(&signature.format),
            level: code(&signature.level),
            reached_level: code(&signature.reached_level),
            indication: signature.indication.total().to_owned(),
            sub_indication: signature.sub_indication.map(|sub| sub.as_str().to_owned()),
            signer: signer.map(|signer| signer.subject.clone()),
            issuer: signer.map(|signer| signer.issuer.clone()),
            certificate_sha256: signer.map(|signer| signer.certificate_sha256),
            licence: Some(licence).filter(|licence| !licence.is_empty()),
            best_signature_time: signature.best_signature_time,
            tsa: stamp.and_then(|stamp| stamp.tsa.clone()),
            grade: stamp.map(|stamp| code(&stamp.grade)),
            checks: not_passed(&signature.checks),
        }
    }
}

/// The first blocking requirement that is shown not to be met, else the first that is not decided, with the reason.
fn open_requirement(report: &Report) -> Option<(&'static str, &'static str)> {
    let with = |status| {
        let mut blocking = report.requirements.iter().filter(|requirement| requirement.blocking);
        blocking.find(|requirement| requirement.status == status)
    };
    let open = with(RequirementStatus::NotSatisfied).or_else(|| with(RequirementStatus::Undetermined));
    open.map(|requirement| (requirement.id, requirement.reason))
}

/// A check without what passed below it, and without messages, which every language has its own of.
#[derive(Serialize)]
struct Open<'a> {
    id: CheckId,
    status: CheckStatus,
    rule: &'static str,
    params: &'a BTreeMap<&'static str, String>,
    facts: &'a [String],
    children: Vec<Open<'a>>,
}

impl<'a> Open<'a> {
    /// `None` where everything passed.
    fn of(check: &'a CheckReport) -> Option<Self> {
        let CheckReport { id, status, rule, params, facts, .. } = check;
        let children: Vec<Self> = check.children.iter().filter_map(Self::of).collect();
        let open = matches!(status, CheckStatus::Failed | CheckStatus::Indeterminate | CheckStatus::Warning);
        (open || !children.is_empty()).then(|| Self { id: *id, status: *status, rule, params, facts, children })
    }
}

fn not_passed(checks: &[CheckReport]) -> Option<String> {
    let open: Vec<Open<'_>> = checks.iter().filter_map(Open::of).collect();
    if open.is_empty() { None } else { serde_json::to_string(&open).ok() }
}

/// A value of the report's vocabulary, as the JSON writes it.
pub(crate) fn code(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}
