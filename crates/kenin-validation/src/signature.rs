//! 5.3 Validation of a basic signature, 5.5 validation with time and 5.6 with archival material.

use std::sync::Arc;

use kenin_base::{Finding, FindingCode, UtcTime};
use kenin_facts::{Signature, TimestampKind};
use kenin_policy::Severity;
use kenin_x509::Certificate;

use crate::acceptance::{acceptance, is_open, signature_acceptance};
use crate::check::{Check, CheckStatus, check_ids};
use crate::coherence::coherent;
use crate::cryptographic::{Integrity, status_of, verify};
use crate::format_check::{check_signature, format_failure};
use crate::identification::identify;
use crate::indication::{Conclusion, SubIndication};
use crate::material::Context;
use crate::modifications::{self, Judgement};
use crate::outcome::{
    EvidenceRecordValidation, JudgedModification, SignatureValidation, StatusAtTime, TimestampValidation, Wanted,
};
use crate::past::{Past, is_recoverable, validate_past};
use crate::path::{CheckedPath, Role, check_path, of_limit};
use crate::proofs::Proofs;
use crate::report::path_report;
use crate::status::{Detail, PathStatus, Purpose, status_at};
use crate::usage::{extended_key_usage, usages};

/// A signature with everything about it that does not depend on time.
pub(crate) struct PreparedSignature<'f> {
    pub signature: &'f Signature,
    integrity: Integrity,
    format_ok: bool,
    contradicted: bool,
    certificate: Option<Arc<Certificate>>,
    /// The first failure that no proof of existence can mend.
    failure: Option<SubIndication>,
    /// What the attributes and later revisions leave open.
    constraints: Option<SubIndication>,
    later: Option<Judgement>,
    modifications: Option<Vec<JudgedModification>>,
    checks: Vec<Check>,
    findings: Vec<Finding>,
}

/// The timestamps that say something about a signature, as they were judged.
pub(crate) struct Over {
    pub timestamps: Vec<TimestampValidation>,
    pub records: Vec<EvidenceRecordValidation>,
}

impl<'f> PreparedSignature<'f> {
    /// Format checking, identification and cryptographic verification. A broken digest outranks everything that only
    /// lacks information.
    pub fn new(context: &Context<'_>, signature: &'f Signature) -> Self {
        let format = check_signature(signature);
        let mut prepared = Self {
            signature,
            integrity: Integrity::UNKNOWN,
            format_ok: format.status != CheckStatus::Failed,
            contradicted: false,
            certificate: None,
            failure: format_failure(&format),
            constraints: None,
            later: modifications::judge(signature, &context.policy.modifications),
            modifications: None,
            checks: vec![format],
            findings: Vec::new(),
        };
        if let Some(later) = &mut prepared.later {
            prepared.modifications = later.modifications.take();
            prepared.findings.append(&mut later.findings);
        }
        let Some(signer) = signature.signer() else { return prepared };
        let open = is_open(context, signature, signer, prepared.later.as_ref());
        prepared.constraints = open.then_some(SubIndication::SigConstraintsFailure);
        let identification = identify(signer);
        let (integrity, cryptographic) = verify(signer, identification.key_only, signature.format);
        prepared.integrity = integrity;
        prepared.contradicted = identification.contradicted;
        let certificate = identification.candidate.and_then(|c| context.material.certificates.get(&c.certificate));
        prepared.certificate = certificate.map(Arc::clone);
        prepared.checks.extend([identification.check, cryptographic]);
        let failure = match integrity.conclusion().sub_indication {
            Some(SubIndication::HashFailure) => Some(SubIndication::HashFailure),
            // What a later revision does against the signer's will is proof, whoever the signer is.
            _ if prepared.later.as_ref().is_some_and(|later| later.severity == Severity::Fail) => {
                Some(SubIndication::FormatFailure)
            }
            _ if prepared.certificate.is_none() => Some(SubIndication::NoSigningCertificateFound),
            sub => sub,
        };
        prepared.failure = prepared.failure.or(failure);
        prepared
    }

    /// Judges the signature at validation time with what its timestamps prove.
    pub fn judge(&self, context: &Context<'_>, proofs: &Proofs, over: Over, detail: Detail) -> SignatureValidation {
        let Over { mut timestamps, records } = over;
        // 5.6.3 (6): the lowest time at which the signature value is proven to have existed.
        let best_signature_time = proofs.signature(&self.signature.id);
        let timed = Timed { context, proofs, signature: self.signature, best_signature_time };
        let told = detail == Detail::Checks;
        let (mut findings, mut checks) = match told {
            true => (self.findings.clone(), self.checks.clone()),
            false => (Vec::new(), Vec::new()),
        };
        let mut failure = self.failure;
        let mut path = None;
        let mut path_conclusion = SubIndication::NoSigningCertificateFound.into();
        if let (Some(certificate), Some(signer)) = (&self.certificate, self.signature.signer()) {
            let mut found = timed.choose_path(certificate, &timestamps);
            let usages = usages(certificate, &mut found);
            path_conclusion = found.conclusion;
            if told {
                let children = std::mem::take(&mut found.checks).into_iter().chain(usages);
                let status = status_of(found.conclusion);
                let check = Check::new(check_ids::X509_CERTIFICATE_VALIDATION, status, "EN 319 102-1 5.2.6");
                checks.push(check.about(certificate.sha256()).of(children));
            }
            findings.extend(found.limit.map(|limit| of_limit(limit, &self.signature.id)));
            // Attributes are checked before the chain's outcome is returned when they show how the signature was made;
            // a chain that was not found stays the first thing to say (5.3.4). A sunset date may be mended.
            let found_nothing = found.conclusion.sub_indication.filter(|sub| !is_recoverable(*sub));
            failure = failure.or(found_nothing);
            failure = failure.or(self.constraints);
            if told {
                checks.push(acceptance(context, self.signature, signer, self.later.as_ref(), &mut findings));
            }
            path = Some(found);
        }
        let stands = |path: &&CheckedPath| path.conclusion.sub_indication.is_none_or(is_recoverable);
        let usable = path.as_ref().filter(stands);
        let noticed = if told { Detail::Findings } else { Detail::Outcome };
        let now = usable.map(|path| timed.status(path, context.time, noticed));
        findings.extend(now.iter().flat_map(|now| now.findings.iter().cloned()));
        if let Some(path) = usable.filter(|_| told) {
            for timestamp in timestamps.iter_mut().filter(|t| t.stands()) {
                let at = |time| timed.status(path, time, Detail::Outcome).summary(time);
                timestamp.signer_status = timestamp.gen_time.map(at);
            }
        }

        let mut wanted: Vec<Wanted> = timestamps.iter().flat_map(|t| t.wanted.iter().cloned()).collect();
        wanted.extend(path.as_ref().and_then(|path| path.issuer_missing.clone()).map(Wanted::Issuer));
        let (mut past, mut children) = (false, Vec::new());
        let conclusion = match (failure, usable, &now) {
            (Some(failure), _, _) => failure.into(),
            (None, Some(path), Some(now)) => {
                let then = timed.status(path, best_signature_time, detail);
                if told {
                    wanted.extend(then.wanted(path));
                    findings.extend(later_revocation(path, &then, best_signature_time));
                }
                let at_time = timed.conclusion(path, now, &then, &timestamps);
                let (outcome, check) = match at_time.sub_indication.and_then(|sub| timed.past(path, now, sub)) {
                    Some((outcome, check)) => (outcome, Some(check)),
                    None => (at_time, None),
                };
                past = outcome.passed() && !at_time.passed();
                if told {
                    children.extend(timed.checks(then, &timestamps));
                    children.extend(check);
                }
                outcome
            }
            _ => path_conclusion,
        };
        if conclusion.is(SubIndication::RevokedCaNoPoe) {
            // Whoever holds the CA's key can date lists at will (D41): what they say of the past is open.
            for timestamp in timestamps.iter_mut().filter(|t| t.signer_status == Some(StatusAtTime::Good)) {
                timestamp.signer_status = Some(StatusAtTime::Unknown);
            }
        }
        if told {
            let tokens = timestamps.iter().filter(|t| t.kind != TimestampKind::EvidenceRecord);
            checks.extend(tokens.map(|timestamp| Check::clone(&timestamp.check)));
            checks.extend(records.iter().map(|record| record.check.clone()));
            let status = if conclusion.passed() { CheckStatus::Passed } else { CheckStatus::Info };
            let with_time = Check::new(check_ids::BEST_SIGNATURE_TIME, status, "EN 319 102-1 5.5.4 (3)")
                .with("time", best_signature_time)
                .with("proven", best_signature_time != context.time);
            checks.push(with_time.of(children));
        }
        let basic = match (failure, &now) {
            (Some(failure), _) => failure.into(),
            (None, Some(now)) => now.conclusion,
            (None, None) => path_conclusion,
        };
        let report = |path: &CheckedPath| path_report(context, path, best_signature_time, Purpose::Signer);
        SignatureValidation {
            id: self.signature.id.clone(),
            conclusion,
            integrity: self.integrity,
            format_ok: self.format_ok,
            certificate: self.certificate.clone(),
            certificate_contradicted: self.contradicted,
            path: path.as_ref().filter(|_| told).and_then(report),
            path_conclusion: if conclusion.passed() { Conclusion::PASSED } else { path_conclusion },
            basic,
            past,
            best_signature_time,
            timestamps,
            evidence_records: records,
            forecast: None,
            modifications: self.modifications.as_ref().filter(|_| told).cloned(),
            wanted,
            findings,
            checks,
        }
    }
}

/// A signature at its best-signature-time.
struct Timed<'a> {
    context: &'a Context<'a>,
    proofs: &'a Proofs,
    signature: &'a Signature,
    best_signature_time: UtcTime,
}

impl Timed<'_> {
    fn status(&self, path: &CheckedPath, time: UtcTime, detail: Detail) -> PathStatus {
        status_at(self.context, self.proofs, path, time, Purpose::Signer, detail)
    }

    fn checks(&self, then: PathStatus, timestamps: &[TimestampValidation]) -> [Check; 2] {
        let status = status_of(then.conclusion);
        let state = Check::new(check_ids::STATUS_AT_BEST_SIGNATURE_TIME, status, "EN 319 102-1 5.5.4 (4)");
        let order = if coherent(timestamps) { CheckStatus::Passed } else { CheckStatus::Indeterminate };
        [
            state.with("time", self.best_signature_time).of(then.checks),
            Check::new(check_ids::TIMESTAMP_COHERENCE, order, "EN 319 102-1 5.5.4 (4) e"),
        ]
    }

    /// The path that makes the signature pass, or else the first.
    fn choose_path(&self, certificate: &Arc<Certificate>, timestamps: &[TimestampValidation]) -> CheckedPath {
        let sound = |path: &CheckedPath| {
            let usable = path
                .certificates
                .first()
                .is_none_or(|certificate| extended_key_usage(certificate, path).status != CheckStatus::Failed);
            if !usable || path.conclusion.sub_indication.is_some_and(|sub| !is_recoverable(sub)) {
                return false;
            }
            let now = self.status(path, self.context.time, Detail::Outcome);
            let then = self.status(path, self.best_signature_time, Detail::Outcome);
            let conclusion = self.conclusion(path, &now, &then, timestamps);
            let mended = || conclusion.sub_indication.and_then(|sub| self.past(path, &now, sub));
            conclusion.passed() || mended().is_some_and(|(outcome, _)| outcome.passed())
        };
        check_path(self.context, certificate, Role::Signer, self.best_signature_time, &sound)
    }

    /// 5.6.3 (7): past signature validation, where a proof of existence is there and can mend the outcome.
    fn past(&self, path: &CheckedPath, now: &PathStatus, current: SubIndication) -> Option<(Conclusion, Check)> {
        let accepted = signature_acceptance(self.context, self.signature, self.best_signature_time).refused.is_empty();
        if self.best_signature_time >= self.context.time || !is_recoverable(current) || !accepted {
            return None;
        }
        let (purpose, existed) = (Purpose::Signer, self.best_signature_time);
        Some(validate_past(self.context, self.proofs, &Past { path, purpose, now, current, existed }))
    }

    /// 5.5 (4) to (11), after 5.3 has left nothing that only a proof of existence could not mend.
    fn conclusion(
        &self,
        path: &CheckedPath,
        now: &PathStatus,
        then: &PathStatus,
        timestamps: &[TimestampValidation],
    ) -> Conclusion {
        if let Some(late) = proven_too_late(path, now, timestamps) {
            return late.into();
        }
        // (4) and the gate of verdicts rule 5: whatever path led here, the certificates must have been good then.
        if then.revoked.is_some() {
            return SubIndication::RevokedNoPoe.into();
        }
        if then.ca_revoked_at.is_some() {
            return SubIndication::RevokedCaNoPoe.into();
        }
        if then.not_yet_valid {
            return SubIndication::NotYetValid.into();
        }
        if let Some(bounds) = then.bounds {
            return bounds.into();
        }
        if !coherent(timestamps) {
            return SubIndication::TimestampOrderFailure.into();
        }
        if let Some(sunset) = path.conclusion.sub_indication {
            return sunset.into();
        }
        // The shell model asks for intermediates that are valid now; past validation can mend that.
        if now.ca_out_of_bounds || then.ca_out_of_bounds {
            return SubIndication::OutOfBoundsNoPoe.into();
        }
        if then.unproven {
            return then.missing_data();
        }
        if now.ca_revoked_at.is_some() {
            return SubIndication::RevokedCaNoPoe.into();
        }
        // (9) the signature's own algorithms at best-signature-time, (10) the chain's at validation time.
        let acceptance = signature_acceptance(self.context, self.signature, self.best_signature_time);
        if !acceptance.refused.is_empty() || now.weak || then.weak_data {
            return SubIndication::CryptoConstraintsFailureNoPoe.into();
        }
        Conclusion::PASSED
    }
}

/// 5.3.4 (4): a content timestamp proves that the signature was made after its certificate was revoked or expired.
fn proven_too_late(path: &CheckedPath, now: &PathStatus, timestamps: &[TimestampValidation]) -> Option<SubIndication> {
    let content = timestamps.iter().filter(|t| t.kind == TimestampKind::Content && t.conclusion.passed());
    let after = content.filter_map(|timestamp| timestamp.gen_time).max()?;
    let expired = path.certificates.first().is_some_and(|certificate| after > certificate.not_after());
    match now.revoked {
        Some(revoked) if after > revoked.date => Some(SubIndication::Revoked),
        _ if expired => Some(SubIndication::Expired),
        _ => None,
    }
}

/// What to say of a revocation after best-signature-time.
fn later_revocation(path: &CheckedPath, then: &PathStatus, best_signature_time: UtcTime) -> Vec<Finding> {
    let Some(revoked) = then.revoked_later else { return Vec::new() };
    let subject = path.certificates.first().map(|c| c.subject().to_string()).unwrap_or_default();
    let mut findings = vec![Finding::new(FindingCode::RevokedAfterSigning).about(&subject).with("date", revoked.date)];
    if let Some(date) =
        revoked.invalidity_date.filter(|_| then.summary(best_signature_time) == StatusAtTime::InvalidityDateBefore)
    {
        let finding = Finding::new(FindingCode::InvalidityDateBeforeSigning).about(subject);
        findings.push(finding.with("invalidity_date", date));
    }
    findings
}
