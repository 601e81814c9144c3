//! 5.4 Validation of a timestamp token, with the checks of RFC 3161 and RFC 5816, and its past validation (5.6.3 (5)).

use std::collections::BTreeSet;
use std::sync::Arc;

use kenin_base::{Finding, FindingCode, UtcTime};
use kenin_facts::{Covered, ImprintStatus, SignatureFormat, TimestampKind, Token, TstInfo};
use kenin_policy::AccreditationStatus;
use kenin_x509::{Certificate, GeneralName, KP_TIME_STAMPING};

use crate::algorithms::{Acceptance, AlgorithmUse, of_reference};
use crate::check::{Check, CheckStatus, check_ids};
use crate::cryptographic::{Integrity, status_of, verify};
use crate::format_check::{check_token, format_failure};
use crate::identification::identify;
use crate::indication::{Conclusion, SubIndication};
use crate::material::Context;
use crate::outcome::{TimestampValidation, Wanted};
use crate::past::{Past, is_recoverable, validate_past};
use crate::path::{CheckedPath, Role, check_path, of_limit};
use crate::proofs::Proofs;
use crate::report::{algorithm_check, path_report};
use crate::status::{Detail, PathStatus, Purpose, status_at};

/// Accuracy that counts where a token states none (verdicts rule 7).
const ABSENT_ACCURACY_NANOS: u64 = 1_000_000_000;

/// What a token is beside its own content.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'f> {
    pub id: &'f str,
    pub kind: TimestampKind,
    pub token: &'f Token,
    /// Findings about the structure around the token, such as its byte range or response status.
    pub outer: &'f [Finding],
}

/// A token with everything about it that does not depend on time.
pub(crate) struct Prepared<'f> {
    pub subject: Subject<'f>,
    integrity: Integrity,
    certificate: Option<Arc<Certificate>>,
    /// In the order in which they were made.
    checks: Vec<Check>,
    findings: Vec<Finding>,
    failures: Vec<SubIndication>,
}

impl<'f> Prepared<'f> {
    /// Checks format, imprint, identification, signature value and key purposes. Checks run in the standard's order and
    /// all of them are shown; the first that fails gives the conclusion.
    pub fn new(context: &Context<'_>, subject: Subject<'f>) -> Self {
        let Subject { id, token, outer, .. } = subject;
        let (mut findings, mut failures) = (Vec::new(), Vec::new());
        let format = check_token(token, outer);
        failures.extend(format_failure(&format));
        let mut checks = vec![format];
        checks.push(imprint(token));
        if token.imprint.status == ImprintStatus::Broken {
            failures.push(SubIndication::HashFailure);
        }
        let identification = token.signer.as_ref().map(identify);
        let (integrity, certificate) = match (&token.signer, identification) {
            (Some(signer), Some(mut identification)) => {
                let (integrity, check) = verify(signer, identification.key_only, SignatureFormat::Rfc3161);
                checks.push(check);
                // RFC 5816 2.2.1: the token must name its certificate by ESSCertID or ESSCertIDv2.
                let referenced = !signer.signing_certificate.is_empty();
                let candidate = identification.candidate.filter(|_| referenced);
                if candidate.is_none() {
                    identification.check.status = CheckStatus::Indeterminate;
                }
                checks.push(identification.check);
                let certificate = candidate.and_then(|c| context.material.certificates.get(&c.certificate)).cloned();
                // Without the certificate a digest that differs proves something; of the value nothing is known, and one that
                // fails under some other certificate's key proves nothing.
                let of_value = integrity.conclusion().sub_indication;
                failures.extend(of_value.filter(|sub| *sub == SubIndication::HashFailure || candidate.is_some()));
                if certificate.is_none() {
                    failures.push(SubIndication::NoSigningCertificateFound);
                }
                (integrity, certificate)
            }
            _ => (Integrity::UNKNOWN, None),
        };
        if token.imprint.status == ImprintStatus::NotChecked {
            failures.push(SubIndication::SignedDataNotFound);
        }
        if let (Some(certificate), Some(tst_info)) = (&certificate, &token.tst_info) {
            checks.push(extended_key_usage(certificate, id, &mut findings, &mut failures));
            if !names_certificate(tst_info, certificate) {
                findings.push(Finding::new(FindingCode::TsaNameMismatch).about(id));
            }
        }
        Self { subject, integrity, certificate, checks, findings, failures }
    }

    /// genTime, where TSTInfo can be read.
    pub fn gen_time(&self) -> Option<UtcTime> {
        self.subject.token.tst_info.as_ref().map(|tst_info| tst_info.gen_time)
    }

    /// Judges the token at validation time (5.4) and, where that fails for lack of a proof of existence, at the time
    /// since when it is known to have existed (5.6.2.4).
    pub fn judge(
        &self,
        context: &Context<'_>,
        proofs: &Proofs,
        covers: &Arc<Covered>,
        detail: Detail,
    ) -> TimestampValidation {
        let Subject { id, kind, token, .. } = self.subject;
        let told = detail == Detail::Checks;
        let mut failures = self.failures.clone();
        let (mut findings, mut checks) = match told {
            true => (self.findings.clone(), self.checks.clone()),
            false => (Vec::new(), Vec::new()),
        };
        let (mut path, mut wanted, mut past) = (None, Vec::new(), None);
        if let (Some(certificate), Some(tst_info)) = (&self.certificate, &token.tst_info) {
            let impossible = gen_time(context, tst_info, certificate);
            if impossible == Some(SubIndication::TimestampOrderFailure) {
                let finding = Finding::new(FindingCode::TimestampInFuture).about(id);
                findings.push(finding.with("gen_time", tst_info.gen_time));
            }
            if told {
                checks.push(gen_time_check(tst_info, certificate, impossible));
            }
            failures.extend(impossible);
            let judged = Judged { token, tst_info, id, existed: proofs.timestamp(id) };
            let sound = |path: &CheckedPath| {
                path.conclusion.passed() && judged.now(context, proofs, path, Detail::Outcome).conclusion.passed()
                    || judged.past(context, proofs, path).is_some_and(|(conclusion, _)| conclusion.passed())
            };
            let mut checked = check_path(context, certificate, Role::Tsa(&tst_info.policy), context.now, &sound);
            findings.extend(checked.limit.map(|limit| of_limit(limit, id)));
            wanted.extend(checked.issuer_missing.clone().map(Wanted::Issuer));
            failures.extend(checked.conclusion.sub_indication);
            let status = checked.conclusion.passed().then(|| judged.now(context, proofs, &checked, detail));
            failures.extend(status.as_ref().and_then(|status| status.conclusion.sub_indication));
            let acceptance = judged.acceptance(context, context.time);
            if !acceptance.refused.is_empty() {
                failures.push(SubIndication::CryptoConstraintsFailureNoPoe);
            }
            if told {
                let conclusion = status.as_ref().map_or(checked.conclusion, |status| status.conclusion);
                let trust =
                    Check::new(check_ids::X509_CERTIFICATE_VALIDATION, status_of(conclusion), "EN 319 102-1 5.2.6")
                        .of(std::mem::take(&mut checked.checks));
                wanted.extend(status.iter().flat_map(|status| status.wanted(&checked)));
                findings.extend(status.iter().flat_map(|status| status.findings.iter().cloned()));
                checks.push(trust.of(status.into_iter().flat_map(|status| status.checks)));
                let id = check_ids::SIGNATURE_ALGORITHMS;
                checks.push(algorithm_check(id, &acceptance, context.time, self.subject.id, &mut findings));
            }
            if !failures.is_empty() && failures.iter().all(|sub| is_recoverable(*sub)) {
                past = judged.past(context, proofs, &checked);
            }
            path = Some(checked);
        }
        let basic = failures.first().map_or(Conclusion::PASSED, |sub| (*sub).into());
        let mut conclusion = basic;
        let mut proven_at = None;
        if let Some((outcome, check)) = past {
            if outcome.passed() {
                (conclusion, proven_at) = (outcome, Some(proofs.timestamp(id)));
                checks = checks.into_iter().map(Check::decided_elsewhere).collect();
            }
            checks.push(check);
        }
        let mut check = Check::new(check_ids::TIMESTAMP_VALIDATION, status_of(conclusion), "EN 319 102-1 5.4");
        if told {
            let sub_indication = conclusion.sub_indication.map(SubIndication::as_str).unwrap_or_default();
            check = check.about(id).with("sub_indication", sub_indication).of(checks);
        }
        let accreditation = match (&path, &token.tst_info) {
            (Some(path), Some(tst_info)) => accreditation(context, path, tst_info),
            _ => AccreditationStatus::Unknown,
        };
        let report = |path: &CheckedPath| {
            let gen_time = self.gen_time()?;
            let time = proven_at.unwrap_or(context.time);
            path_report(context, path, time, Purpose::Tsa { gen_time })
        };
        TimestampValidation {
            id: id.to_owned(),
            kind,
            conclusion,
            basic,
            proven_at,
            integrity: self.integrity,
            imprint: token.imprint.status,
            gen_time: self.gen_time(),
            accuracy_nanos: token.tst_info.as_ref().and_then(|t| t.accuracy_nanos).unwrap_or(ABSENT_ACCURACY_NANOS),
            certificate: self.certificate.clone(),
            path: path.as_ref().filter(|_| told).and_then(report),
            accreditation,
            signer_status: None,
            is_void: false,
            covers: Arc::clone(covers),
            wanted,
            findings,
            check: Arc::new(check),
        }
    }
}

/// A token whose certificate is identified, under one path after another.
struct Judged<'a> {
    token: &'a Token,
    tst_info: &'a TstInfo,
    id: &'a str,
    /// Since when the token is known to have existed.
    existed: UtcTime,
}

impl Judged<'_> {
    fn purpose(&self) -> Purpose {
        Purpose::Tsa { gen_time: self.tst_info.gen_time }
    }

    fn now(&self, context: &Context<'_>, proofs: &Proofs, path: &CheckedPath, detail: Detail) -> PathStatus {
        status_at(context, proofs, path, context.time, self.purpose(), detail)
    }

    /// The token's own digests at a time.
    fn acceptance(&self, context: &Context<'_>, time: UtcTime) -> Acceptance {
        Acceptance::at(&uses_of(self.token, self.tst_info), &context.policy.algorithms, time)
    }

    /// Past signature validation of the token, where something proves that it existed before validation time.
    fn past(&self, context: &Context<'_>, proofs: &Proofs, path: &CheckedPath) -> Option<(Conclusion, Check)> {
        let sunset = path.conclusion.is(SubIndication::NoCertificateChainFoundNoPoe);
        if self.existed >= context.time || !(path.conclusion.passed() || sunset) {
            return None;
        }
        let now = self.now(context, proofs, path, Detail::Outcome);
        // A token whose own algorithms alone are out of use now has a path that stands.
        let current = path.conclusion.sub_indication.or(now.conclusion.sub_indication);
        let current = current.unwrap_or(SubIndication::CryptoConstraintsFailureNoPoe);
        let past = Past { path, purpose: self.purpose(), now: &now, current, existed: self.existed };
        let (conclusion, check) = validate_past(context, proofs, &past);
        let conclusion = match self.acceptance(context, self.existed).refused.is_empty() {
            true => conclusion,
            false => SubIndication::CryptoConstraintsFailureNoPoe.into(),
        };
        Some((conclusion, Check { status: status_of(conclusion), ..check }.about(self.id)))
    }
}

fn imprint(token: &Token) -> Check {
    let status = match token.imprint.status {
        ImprintStatus::Intact => CheckStatus::Passed,
        ImprintStatus::Broken => CheckStatus::Failed,
        ImprintStatus::NotChecked => CheckStatus::Indeterminate,
    };
    let algorithm = token.tst_info.as_ref().map(|t| t.imprint_algorithm.name()).unwrap_or_default();
    Check::new(check_ids::MESSAGE_IMPRINT, status, "RFC 3161 2.4.2").with("algorithm", algorithm)
}

/// genTime must be possible: not in the future beyond the policy's tolerance, and within the validity of
/// the TSA certificate.
fn gen_time(context: &Context<'_>, tst_info: &TstInfo, certificate: &Certificate) -> Option<SubIndication> {
    let gen_time = tst_info.gen_time;
    let tolerance = i64::from(context.policy.validation.future_tolerance_seconds);
    // A forecast counts on nothing that is not there yet.
    if gen_time > context.now.plus_seconds(tolerance) {
        Some(SubIndication::TimestampOrderFailure)
    } else if gen_time < certificate.not_before() {
        Some(SubIndication::NotYetValid)
    } else if gen_time > certificate.not_after() {
        Some(SubIndication::Expired)
    } else {
        None
    }
}

fn gen_time_check(tst_info: &TstInfo, certificate: &Certificate, failure: Option<SubIndication>) -> Check {
    let status = failure.map_or(CheckStatus::Passed, |sub| status_of(sub.into()));
    Check::new(check_ids::TIMESTAMP_GEN_TIME, status, "RFC 3161 2.4.2")
        .with("gen_time", tst_info.gen_time)
        .with("not_before", certificate.not_before())
        .with("not_after", certificate.not_after())
}

/// RFC 3161 2.3: extendedKeyUsage is id-kp-timeStamping alone, and critical. An uncritical one is reported and
/// accepted, as deployed authorities have it; a missing or additional purpose is not.
fn extended_key_usage(
    certificate: &Certificate,
    id: &str,
    findings: &mut Vec<Finding>,
    failures: &mut Vec<SubIndication>,
) -> Check {
    let extensions = certificate.extensions();
    let usage = extensions.extended_key_usage.as_ref();
    let alone = usage.is_some_and(|usage| usage.purposes == [KP_TIME_STAMPING]);
    let signs = extensions.key_usage.is_none_or(|usage| usage.digital_signature() || usage.non_repudiation());
    let status = if !alone || !signs {
        failures.push(SubIndication::ChainConstraintsFailure);
        CheckStatus::Failed
    } else if usage.is_some_and(|usage| !usage.critical) {
        findings.push(Finding::new(FindingCode::EkuNotCritical).about(id));
        CheckStatus::Warning
    } else {
        CheckStatus::Passed
    };
    let purposes: Vec<String> = usage.iter().flat_map(|usage| &usage.purposes).map(ToString::to_string).collect();
    Check::new(check_ids::TSA_EXTENDED_KEY_USAGE, status, "RFC 3161 2.3").with("purposes", purposes.join(", "))
}

/// TSTInfo.tsa, if present, is a name of the certificate (RFC 3161 2.4.2).
fn names_certificate(tst_info: &TstInfo, certificate: &Certificate) -> bool {
    let Some(tsa) = &tst_info.tsa else { return true };
    let Ok(name) = GeneralName::parse(tsa.as_slice()) else { return false };
    match &name {
        GeneralName::DirectoryName(directory) if directory == certificate.subject() => true,
        _ => certificate.extensions().subject_alt_names.contains(&name),
    }
}

/// The digests that a token rests on; its key is one of the chain's algorithms.
pub(crate) fn uses_of(token: &Token, tst_info: &TstInfo) -> BTreeSet<AlgorithmUse> {
    let signer = token.signer.iter();
    let digests = signer.flat_map(|s| [s.digest_algorithm.algorithm, s.signature_algorithm.digest]).flatten();
    let reference = token.signer.as_ref().and_then(of_reference);
    digests.chain(tst_info.imprint_algorithm.algorithm).map(AlgorithmUse::digest).chain(reference).collect()
}

/// What the trust profile says about the service: any entry that pins the TSA certificate or a CA of its path,
/// and allows the token's policy, may speak. One that says outright that the service is not accredited outranks the others:
/// an entry about a CA includes units that lost theirs. Else a positive answer outranks an interval that ended.
fn accreditation(context: &Context<'_>, path: &CheckedPath, tst_info: &TstInfo) -> AccreditationStatus {
    let pins = |sha256| path.certificates.iter().any(|certificate| certificate.sha256() == sha256);
    let entries = context.trust.tsa.iter().filter(|anchor| anchor.sha256.is_some_and(pins));
    let fitting = entries.filter(|anchor| anchor.policies.is_empty() || anchor.policies.contains(&tst_info.policy));
    let fitting: Vec<_> = fitting.collect();
    if fitting.iter().any(|anchor| anchor.accredited == Some(false)) {
        return AccreditationStatus::NotAccredited;
    }
    let said: Vec<_> = fitting.iter().map(|anchor| anchor.accreditation_at(tst_info.gen_time)).collect();
    [AccreditationStatus::Accredited, AccreditationStatus::NotAccredited]
        .into_iter()
        .find(|status| said.contains(status))
        .unwrap_or(AccreditationStatus::Unknown)
}
