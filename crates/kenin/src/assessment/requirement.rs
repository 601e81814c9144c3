//! The requirements of 企画管理編 14, judged for one signature (`mhlw-6.0`).

use kenin_base::FindingCode;
use kenin_facts::{Coverage, RecordPart, Signature};
use kenin_policy::{AccreditationStatus, Needed, Policy, Purpose};
use kenin_validation::{SignatureValidation, StatusAtTime, SubIndication, TimestampValidation, ValueStatus};

use super::licence::{SignerRoles, judge_licence};
use super::timestamps::{counting, decidably_bad, earliest, is_bad_record, may_be_accredited, may_pass};
use crate::report::{PreservationReport, RequirementStatus as Status, Route};

/// The requirements in their order, and whether each decides conformity.
pub const REQUIREMENT_IDS: &[(&str, bool)] = &[
    ("14-1-1(1)", true),
    ("14-1-1(2)", true),
    ("14-1-2", true),
    ("14-1-2(1)", true),
    ("14-1-2(2)", false),
    ("14-1-2(3)", false),
    ("14-1-3", true),
    ("14-2", false),
];

/// Every reason code a requirement can have, for the message catalogue.
pub fn requirement_reasons() -> &'static [&'static str] {
    &[
        "signature-intact",
        "signature-broken",
        "changed-after-signing",
        "signature-not-decided",
        "signer-not-identified",
        "not-whole-document",
        "elements-signed",
        "part-not-signed",
        "path-not-found",
        "licence-shown",
        "licence-missing",
        "licence-other",
        "licence-unrecognised",
        "manager-role-only",
        "test-certificate",
        "authentication-certificate",
        "licence-route-needs-external-proof",
        "licence-not-required",
        "timestamp-shown",
        "timestamp-missing",
        "timestamp-bad",
        "timestamp-not-decided",
        "timestamp-not-required",
        "tsa-accredited",
        "tsa-not-accredited",
        "tsa-accreditation-unknown",
        "retention-covered",
        "retention-not-covered",
        "retention-unknown",
        "algorithms-acceptable",
        "algorithms-not-acceptable",
        "certificate-good-at-timestamp",
        "certificate-expired-at-timestamp",
        "certificate-revoked-at-timestamp",
        "certificate-status-unknown",
        "invalidity-date-before-timestamp",
        "organisational",
        "not-read-completely",
    ]
}

/// One requirement judged for one signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Judged {
    pub id: &'static str,
    pub blocking: bool,
    pub status: Status,
    pub reason: &'static str,
    pub route: Option<Route>,
    /// Ids of the signature and timestamps that were looked at.
    pub looked_at: Vec<String>,
}

impl Judged {
    /// The same for a document of which only a part was read: what would satisfy it may be in the rest.
    pub fn of_a_part(self) -> Self {
        match self.status {
            Status::NotSatisfied => Self { status: Status::Undetermined, reason: "not-read-completely", ..self },
            _ => self,
        }
    }
}

/// What the requirements are judged from.
pub(crate) struct Inputs<'a> {
    pub signature: &'a Signature,
    pub validation: &'a SignatureValidation,
    pub purpose: Option<Purpose>,
    pub roles: &'a SignerRoles,
    pub preservation: &'a PreservationReport,
    pub policy: &'a Policy,
}

/// Judges every requirement for one signature.
pub(crate) fn judge_requirements(
    signature: &Signature,
    validation: &SignatureValidation,
    purpose: Option<Purpose>,
    roles: &SignerRoles,
    preservation: &PreservationReport,
    policy: &Policy,
) -> Vec<Judged> {
    let inputs = Inputs { signature, validation, purpose, roles, preservation, policy };
    REQUIREMENT_IDS.iter().map(|(id, blocking)| inputs.judge(id, *blocking)).collect()
}

impl Inputs<'_> {
    fn judge(&self, id: &'static str, blocking: bool) -> Judged {
        let mut route = None;
        let (status, reason) = match id {
            "14-1-1(1)" => self.signature(),
            "14-1-1(2)" => {
                let requirements = &self.policy.requirements;
                let (status, reason, taken) =
                    judge_licence(self.validation, self.purpose, self.roles, requirements, self.part());
                route = taken;
                (status, reason)
            }
            "14-1-2" => self.timestamp(),
            "14-1-2(1)" => self.accreditation(),
            "14-1-2(2)" => self.retention(),
            "14-1-2(3)" => self.algorithms(),
            "14-1-3" => self.certificate_at_timestamp(),
            // 14②: how keys are kept is the CA's and the holder's matter; a document cannot show it.
            _ => (Status::Undetermined, "organisational"),
        };
        let mut looked_at = vec![self.validation.id.clone()];
        if id.starts_with("14-1-2") || id == "14-1-3" {
            looked_at.extend(self.validation.timestamps.iter().map(|t| t.id.clone()));
        }
        Judged { id, blocking, status, reason, route, looked_at }
    }

    /// The part of a known kind of record that the signature stands for.
    fn part(&self) -> Option<RecordPart> {
        self.signature.xml.as_ref()?.part
    }

    /// 14①1(1): intact, over the whole document, signer identified.
    fn signature(&self) -> (Status, &'static str) {
        let v = self.validation;
        let broken = v.integrity.conclusion().indication == kenin_validation::Indication::Failed;
        if !v.format_ok || broken {
            (Status::NotSatisfied, "signature-broken")
        } else if v.conclusion.is(SubIndication::FormatFailure) {
            // Intact in its own revision, and changed afterwards against what it permits.
            (Status::NotSatisfied, "changed-after-signing")
        } else if self.signature.coverage == Coverage::Partial {
            (Status::NotSatisfied, "not-whole-document")
        } else if v.certificate_contradicted {
            (Status::NotSatisfied, "signer-not-identified")
        } else if v.certificate.is_none() {
            (Status::Undetermined, "signer-not-identified")
        } else if !v.integrity.intact() || v.conclusion.is(SubIndication::SigConstraintsFailure) {
            (Status::Undetermined, "signature-not-decided")
        } else if !v.path_conclusion.passed() {
            (Status::Undetermined, "path-not-found")
        } else if self.signature.xml.is_some() && self.signature.coverage == Coverage::Unclear {
            // No reference is to data at all, but to what is the signature's own.
            (Status::Undetermined, "elements-signed")
        } else if self.signature.coverage == Coverage::Elements && self.part().is_none() {
            // Which of its elements are the record, only the application knows (XMLDSig 1.1 8.1.3).
            (Status::Undetermined, "elements-signed")
        } else {
            (Status::Satisfied, "signature-intact")
        }
    }

    /// The timestamps that 14①2 speaks of.
    fn all(&self) -> impl Iterator<Item = &TimestampValidation> {
        counting(self.validation, self.policy.requirements.timestamp_basis)
    }

    /// 14①2: a timestamp over the whole document including the signature.
    fn timestamp(&self) -> (Status, &'static str) {
        let requirements = &self.policy.requirements;
        let all = || self.all();
        // An evidence record that does not stand is no timestamp yet; whether it can be one is for the same reasons open.
        let records = || self.validation.evidence_records.iter().filter(|record| !record.conclusion.passed());
        if all().any(TimestampValidation::stands) {
            (Status::Satisfied, "timestamp-shown")
        } else if requirements.timestamp == Needed::NotRequired {
            (Status::NotApplicable, "timestamp-not-required")
        } else if self.signature.findings.iter().any(|found| found.code == FindingCode::TimestampFormatUnsupported) {
            // An XMLTimeStamp (EN 319 132-1 5.1.4.3) may be what is asked for.
            (Status::Undetermined, "timestamp-not-decided")
        } else if all().next().is_none() && records().next().is_none() {
            (Status::NotSatisfied, "timestamp-missing")
        } else if all().all(decidably_bad) && records().all(is_bad_record) {
            (Status::NotSatisfied, "timestamp-bad")
        } else {
            (Status::Undetermined, "timestamp-not-decided")
        }
    }

    /// 14①2(1): by an accredited operator.
    fn accreditation(&self) -> (Status, &'static str) {
        let passed = |wanted: AccreditationStatus| self.all().any(|t| t.stands() && t.accreditation == wanted);
        match self.timestamp() {
            (Status::Satisfied, _) if passed(AccreditationStatus::Accredited) => (Status::Satisfied, "tsa-accredited"),
            // Where none is asked for, neither is what one must be like.
            (Status::Satisfied, _) if self.policy.requirements.timestamp == Needed::NotRequired => {
                (Status::NotApplicable, "timestamp-not-required")
            }
            (Status::Satisfied, _) if passed(AccreditationStatus::Unknown) => {
                (Status::Undetermined, "tsa-accreditation-unknown")
            }
            (Status::Satisfied, _) if self.all().any(|t| may_pass(t) && may_be_accredited(t)) => {
                (Status::Undetermined, "timestamp-not-decided")
            }
            (Status::Satisfied, _) => (Status::NotSatisfied, "tsa-not-accredited"),
            without => without,
        }
    }

    /// 14①2(2): the timestamp's validity lasts for the retention period.
    fn retention(&self) -> (Status, &'static str) {
        if let Some(open) = self.without_timestamp() {
            return open;
        }
        let end = self.validation.best_signature_time.plus_years(self.policy.requirements.retention_years);
        match (self.preservation.verifiable_until, self.preservation.because) {
            (Some(until), _) if until >= end => (Status::Satisfied, "retention-covered"),
            (Some(_), _) | (None, Some(_)) => (Status::Undetermined, "retention-not-covered"),
            (None, None) => (Status::Undetermined, "retention-unknown"),
        }
    }

    /// 14①2(3): notices and standards, as far as algorithms go.
    fn algorithms(&self) -> (Status, &'static str) {
        let weak = |sub: Option<SubIndication>| {
            matches!(sub, Some(SubIndication::CryptoConstraintsFailure | SubIndication::CryptoConstraintsFailureNoPoe))
        };
        let timestamps = self.validation.timestamps.iter().map(|t| t.conclusion.sub_indication);
        if weak(self.validation.conclusion.sub_indication) || timestamps.into_iter().any(weak) {
            (Status::Undetermined, "algorithms-not-acceptable")
        } else if self.validation.integrity.signature_value == ValueStatus::Unknown {
            (Status::Undetermined, "signature-not-decided")
        } else {
            self.without_timestamp().unwrap_or((Status::Satisfied, "algorithms-acceptable"))
        }
    }

    /// What is open about timestamps where none stands: nothing can be said of one, and nothing against it.
    fn without_timestamp(&self) -> Option<(Status, &'static str)> {
        match self.timestamp() {
            (Status::Satisfied, _) => None,
            (Status::NotApplicable, reason) => Some((Status::NotApplicable, reason)),
            (_, reason) => Some((Status::Undetermined, reason)),
        }
    }

    /// 14①3 (i): the certificate was valid when the earliest accredited timestamp was applied.
    fn certificate_at_timestamp(&self) -> (Status, &'static str) {
        let Some(timestamp) = earliest(self.validation, self.policy.requirements.timestamp_basis) else {
            return self.without_timestamp().unwrap_or((Status::Undetermined, "certificate-status-unknown"));
        };
        let not_satisfied = |reason| match self.earlier_one_that_may_count(timestamp) {
            Some(open) => (Status::Undetermined, open),
            None => (Status::NotSatisfied, reason),
        };
        match timestamp.signer_status {
            Some(StatusAtTime::Good) => (Status::Satisfied, "certificate-good-at-timestamp"),
            Some(StatusAtTime::OutOfValidity) => not_satisfied("certificate-expired-at-timestamp"),
            Some(StatusAtTime::Revoked) => not_satisfied("certificate-revoked-at-timestamp"),
            Some(StatusAtTime::InvalidityDateBefore) => (Status::Undetermined, "invalidity-date-before-timestamp"),
            Some(StatusAtTime::Unknown) | None => (Status::Undetermined, "certificate-status-unknown"),
        }
    }

    /// Why a timestamp from before `timestamp` may be the earliest accredited one all the same: it is not decided, or its
    /// accreditation is not known. `not-satisfied` needs proof.
    fn earlier_one_that_may_count(&self, timestamp: &TimestampValidation) -> Option<&'static str> {
        let decided = [Some(StatusAtTime::OutOfValidity), Some(StatusAtTime::Revoked)];
        let mut earlier = self
            .all()
            .filter(|t| t.gen_time < timestamp.gen_time && may_be_accredited(t) && !decided.contains(&t.signer_status));
        earlier.find_map(|t| match t.stands() {
            true => Some("tsa-accreditation-unknown"),
            false => may_pass(t).then_some("timestamp-not-decided"),
        })
    }
}
