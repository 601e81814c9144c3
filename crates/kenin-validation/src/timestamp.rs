//! 5.4 Validation of a timestamp token, with the checks of RFC 3161 and RFC 5816.

use std::collections::BTreeSet;

use kenin_base::{Finding, FindingCode};
use kenin_facts::{ImprintStatus, TimestampKind, Token, TstInfo};
use kenin_policy::AccreditationStatus;
use kenin_x509::{Certificate, GeneralName, KP_TIME_STAMPING};

use crate::algorithms::{Acceptance, AlgorithmUse};
use crate::check::{Check, CheckStatus, check_ids};
use crate::cryptographic::{Integrity, status_of, verify};
use crate::format_check::check_token;
use crate::identification::identify;
use crate::indication::{Conclusion, SubIndication};
use crate::material::Context;
use crate::outcome::{TimestampValidation, Wanted};
use crate::path::{CheckedPath, Role, check_path};
use crate::report::{algorithm_check, path_report};
use crate::status::{Detail, Purpose, status_at};

/// Accuracy that counts where a token states none (verdicts rule 7).
const ABSENT_ACCURACY_NANOS: u64 = 1_000_000_000;

/// What a token is beside its own content.
pub(crate) struct Subject<'f> {
    pub id: &'f str,
    pub kind: TimestampKind,
    pub token: &'f Token,
    /// Findings about the structure around the token, such as its byte range or response status.
    pub outer: &'f [Finding],
}

/// Validates a token at validation time. Checks run in the standard's order and all of them are shown; the first
/// that fails gives the conclusion.
pub(crate) fn validate_timestamp(context: &Context<'_>, subject: &Subject<'_>) -> TimestampValidation {
    let Subject { id, kind, token, outer } = *subject;
    let mut findings = Vec::new();
    let mut checks = vec![check_token(token, outer)];
    let mut failures: Vec<SubIndication> = Vec::new();
    if checks.iter().any(|check| check.status == CheckStatus::Failed) {
        failures.push(SubIndication::FormatFailure);
    }
    checks.push(imprint(token));
    if token.imprint.status == ImprintStatus::Broken {
        failures.push(SubIndication::HashFailure);
    }

    let identification = token.signer.as_ref().map(identify);
    let (integrity, certificate) = match (&token.signer, identification) {
        (Some(signer), Some(mut identification)) => {
            let (integrity, check) = verify(signer, identification.key_only);
            checks.push(check);
            // RFC 5816 2.2.1: the token must name its certificate by ESSCertID or ESSCertIDv2.
            let referenced = !signer.signing_certificate.is_empty();
            let candidate = identification.candidate.filter(|_| referenced);
            if candidate.is_none() {
                identification.check.status = CheckStatus::Indeterminate;
            }
            checks.push(identification.check);
            let certificate = candidate.and_then(|c| context.certificates.get(&c.certificate)).cloned();
            failures.extend(integrity.conclusion().sub_indication.filter(|sub| {
                // A value that fails under some other certificate's key proves nothing.
                *sub != SubIndication::SigCryptoFailure || candidate.is_some()
            }));
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

    let (mut path, mut report) = (None, None);
    let mut wanted = Vec::new();
    if let (Some(certificate), Some(tst_info)) = (&certificate, &token.tst_info) {
        let (gen_time_check, impossible) = gen_time(context, tst_info, certificate);
        if impossible == Some(SubIndication::TimestampOrderFailure) {
            findings.push(Finding::new(FindingCode::TimestampInFuture).about(id).with("gen_time", tst_info.gen_time));
        }
        checks.push(gen_time_check);
        failures.extend(impossible);
        checks.push(extended_key_usage(certificate, id, &mut findings, &mut failures));
        if !names_certificate(tst_info, certificate) {
            findings.push(Finding::new(FindingCode::TsaNameMismatch).about(id));
        }
        let purpose = Purpose::Tsa { gen_time: tst_info.gen_time };
        let sound = |path: &CheckedPath| {
            path.conclusion.passed()
                && status_at(context, path, context.time, purpose, Detail::Outcome).conclusion.passed()
        };
        let checked = check_path(context, certificate, Role::Tsa(&tst_info.policy), context.time, &sound);
        failures.extend(checked.conclusion.sub_indication);
        if checked.limited {
            findings.push(Finding::new(FindingCode::LimitExceeded).about(id));
        }
        wanted.extend(checked.issuer_missing.clone().map(Wanted::Issuer));
        let mut trust =
            Check::new(check_ids::X509_CERTIFICATE_VALIDATION, status_of(checked.conclusion), "EN 319 102-1 5.2.6")
                .of(checked.checks.clone());
        if checked.conclusion.passed() {
            let status = status_at(context, &checked, context.time, purpose, Detail::Checks);
            failures.extend(status.conclusion.sub_indication);
            wanted.extend(status.wanted(&checked));
            findings.extend(status.findings.iter().cloned());
            trust.status = status_of(status.conclusion);
            trust.children.extend(status.checks);
        }
        checks.push(trust);
        checks.push(algorithms(context, token, tst_info, id, &mut findings, &mut failures));
        report = path_report(context, &checked, context.time, purpose);
        path = Some(checked);
    }

    let conclusion = failures.first().map_or(Conclusion::PASSED, |sub| (*sub).into());
    let check = Check::new(check_ids::TIMESTAMP_VALIDATION, status_of(conclusion), "EN 319 102-1 5.4")
        .about(id)
        .with("sub_indication", conclusion.sub_indication.map(SubIndication::as_str).unwrap_or_default())
        .of(checks);
    let gen_time = token.tst_info.as_ref().map(|tst_info| tst_info.gen_time);
    let accreditation = match (&path, &token.tst_info) {
        (Some(path), Some(tst_info)) => accreditation(context, path, tst_info),
        _ => AccreditationStatus::Unknown,
    };
    let mut covers = token.covers.evidence.clone();
    covers.sort_unstable();
    TimestampValidation {
        id: id.to_owned(),
        kind,
        conclusion,
        integrity,
        imprint: token.imprint.status,
        gen_time,
        accuracy_nanos: token.tst_info.as_ref().and_then(|t| t.accuracy_nanos).unwrap_or(ABSENT_ACCURACY_NANOS),
        certificate,
        path: report,
        accreditation,
        signer_status: None,
        covers,
        wanted,
        findings,
        check,
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
fn gen_time(context: &Context<'_>, tst_info: &TstInfo, certificate: &Certificate) -> (Check, Option<SubIndication>) {
    let gen_time = tst_info.gen_time;
    let tolerance = i64::from(context.policy.validation.future_tolerance_seconds);
    let failure = if gen_time > context.time.plus_seconds(tolerance) {
        Some(SubIndication::TimestampOrderFailure)
    } else if gen_time < certificate.not_before() {
        Some(SubIndication::NotYetValid)
    } else if gen_time > certificate.not_after() {
        Some(SubIndication::Expired)
    } else {
        None
    };
    let status = failure.map_or(CheckStatus::Passed, |sub| status_of(sub.into()));
    let check = Check::new(check_ids::TIMESTAMP_GEN_TIME, status, "RFC 3161 2.4.2")
        .with("gen_time", gen_time)
        .with("not_before", certificate.not_before())
        .with("not_after", certificate.not_after());
    (check, failure)
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

fn algorithms(
    context: &Context<'_>,
    token: &Token,
    tst_info: &TstInfo,
    id: &str,
    findings: &mut Vec<Finding>,
    failures: &mut Vec<SubIndication>,
) -> Check {
    let signer = token.signer.iter();
    let digests = signer.flat_map(|s| [s.digest_algorithm.algorithm, s.signature_algorithm.digest]).flatten();
    let uses: BTreeSet<AlgorithmUse> =
        digests.chain(tst_info.imprint_algorithm.algorithm).map(AlgorithmUse::digest).collect();
    let acceptance = Acceptance::at(&uses, &context.policy.algorithms, context.time);
    if !acceptance.refused.is_empty() {
        failures.push(SubIndication::CryptoConstraintsFailureNoPoe);
    }
    algorithm_check(check_ids::SIGNATURE_ALGORITHMS, &acceptance, context.time, id, findings)
}

/// What the trust profile says about the service: any entry that pins the TSA certificate or a CA of its path,
/// and allows the token's policy, may speak. A positive answer outranks an exclusion of another entry.
fn accreditation(context: &Context<'_>, path: &CheckedPath, tst_info: &TstInfo) -> AccreditationStatus {
    let pins = |sha256| path.certificates.iter().any(|certificate| certificate.sha256() == sha256);
    let entries = context.trust.tsa.iter().filter(|anchor| anchor.sha256.is_some_and(pins));
    let fitting = entries.filter(|anchor| anchor.policies.is_empty() || anchor.policies.contains(&tst_info.policy));
    let said: Vec<_> = fitting.map(|anchor| anchor.accreditation_at(tst_info.gen_time)).collect();
    [AccreditationStatus::Accredited, AccreditationStatus::NotAccredited]
        .into_iter()
        .find(|status| said.contains(status))
        .unwrap_or(AccreditationStatus::Unknown)
}
