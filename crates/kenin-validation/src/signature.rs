//! 5.3 Validation of a basic signature and 5.5 validation with time.

use std::collections::BTreeSet;
use std::sync::Arc;

use kenin_base::{DigestAlgorithm, Finding, FindingCode, UtcTime};
use kenin_facts::{Signature, SignatureKind, Signer, TimestampKind};
use kenin_policy::{Needed, Severity};
use kenin_x509::Certificate;

use crate::algorithms::{Acceptance, AlgorithmUse};
use crate::check::{Check, CheckStatus, check_ids};
use crate::cryptographic::{Integrity, status_of, verify};
use crate::format_check::check_signature;
use crate::identification::identify;
use crate::indication::{Conclusion, SubIndication};
use crate::material::Context;
use crate::modifications::{self, Judgement};
use crate::outcome::{JudgedModification, SignatureValidation, StatusAtTime, TimestampValidation, Wanted};
use crate::path::{CheckedPath, Role, check_path};
use crate::report::{algorithm_check, path_report};
use crate::status::{Detail, PathStatus, Purpose, status_at};
use crate::usage::{extended_key_usage, usages};

/// What the blocks found about one signature before time comes in.
struct Basic {
    integrity: Integrity,
    format_ok: bool,
    contradicted: bool,
    certificate: Option<Arc<Certificate>>,
    path: Option<CheckedPath>,
    path_conclusion: Conclusion,
    /// The first failure that no proof of existence can mend.
    failure: Option<SubIndication>,
    modifications: Option<Vec<JudgedModification>>,
    checks: Vec<Check>,
    findings: Vec<Finding>,
}

/// Validates a signature with the timestamps over it.
pub(crate) fn validate_signature(
    context: &Context<'_>,
    signature: &Signature,
    mut timestamps: Vec<TimestampValidation>,
) -> SignatureValidation {
    // 5.5 (3): the earliest genTime among valid timestamps over the signature value.
    let proofs = timestamps
        .iter()
        .filter(|t| t.conclusion.passed() && matches!(t.kind, TimestampKind::Signature | TimestampKind::Document));
    let best_signature_time = proofs.filter_map(|t| t.gen_time).min().map_or(context.time, |t| t.min(context.time));

    let sound = |path: &CheckedPath| {
        let usable = path
            .certificates
            .first()
            .is_none_or(|certificate| extended_key_usage(certificate, path).status != CheckStatus::Failed);
        let now = status_at(context, path, context.time, Purpose::Signer, Detail::Outcome);
        let then = status_at(context, path, best_signature_time, Purpose::Signer, Detail::Outcome);
        usable
            && path.conclusion.passed()
            && with_time_conclusion(context, signature, &timestamps, &now, &then, best_signature_time).passed()
    };
    let mut basic = check_basic(context, signature, best_signature_time, &sound);
    let now = basic.path.as_ref().filter(|_| basic.path_conclusion.passed()).map(|path| {
        let status = status_at(context, path, context.time, Purpose::Signer, Detail::Outcome);
        basic.findings.extend(status.findings.iter().cloned());
        status
    });

    if let (Some(path), true) = (&basic.path, basic.path_conclusion.passed()) {
        for timestamp in timestamps.iter_mut().filter(|t| t.conclusion.passed()) {
            timestamp.signer_status = timestamp
                .gen_time
                .map(|time| status_at(context, path, time, Purpose::Signer, Detail::Outcome).summary(time));
        }
    }

    let mut with_time = Check::new(check_ids::BEST_SIGNATURE_TIME, CheckStatus::Info, "EN 319 102-1 5.5.4 (3)")
        .with("time", best_signature_time)
        .with("proven", best_signature_time != context.time);
    let basic_conclusion = basic.conclusion(now.as_ref());
    let mut wanted: Vec<Wanted> = timestamps.iter().flat_map(|t| t.wanted.iter().cloned()).collect();
    wanted.extend(basic.path.as_ref().and_then(|path| path.issuer_missing.clone()).map(Wanted::Issuer));
    let conclusion = match (basic.failure, &basic.path, &now) {
        (Some(failure), _, _) => failure.into(),
        (None, Some(path), Some(now)) => {
            let then = status_at(context, path, best_signature_time, Purpose::Signer, Detail::Checks);
            let outcome = with_time_conclusion(context, signature, &timestamps, now, &then, best_signature_time);
            wanted.extend(then.wanted(path));
            basic.findings.extend(later_revocation(path, &then, best_signature_time));
            with_time.children.push(
                Check::new(
                    check_ids::STATUS_AT_BEST_SIGNATURE_TIME,
                    status_of(then.conclusion),
                    "EN 319 102-1 5.5.4 (4)",
                )
                .with("time", best_signature_time)
                .of(then.checks),
            );
            let order = if coherent(&timestamps) { CheckStatus::Passed } else { CheckStatus::Indeterminate };
            with_time.children.push(Check::new(check_ids::TIMESTAMP_COHERENCE, order, "EN 319 102-1 5.5.4 (4) e"));
            outcome
        }
        _ => basic.path_conclusion,
    };
    with_time.status = if conclusion.passed() { CheckStatus::Passed } else { CheckStatus::Info };

    let mut checks = basic.checks;
    checks.extend(timestamps.iter().map(|t| t.check.clone()));
    checks.push(with_time);
    SignatureValidation {
        id: signature.id.clone(),
        conclusion,
        integrity: basic.integrity,
        format_ok: basic.format_ok,
        certificate: basic.certificate,
        certificate_contradicted: basic.contradicted,
        path: basic.path.as_ref().and_then(|p| path_report(context, p, best_signature_time, Purpose::Signer)),
        path_conclusion: basic.path_conclusion,
        basic: basic_conclusion,
        best_signature_time,
        timestamps,
        modifications: basic.modifications,
        wanted,
        findings: basic.findings,
        checks,
    }
}

/// 5.5 (4) to (11), after 5.3 has left nothing that only a proof of existence could not mend.
fn with_time_conclusion(
    context: &Context<'_>,
    signature: &Signature,
    timestamps: &[TimestampValidation],
    now: &PathStatus,
    then: &PathStatus,
    best_signature_time: UtcTime,
) -> Conclusion {
    // (4) and the gate of verdicts rule 5: whatever path led here, the certificates must have been good then.
    if then.revoked.is_some() {
        return SubIndication::RevokedNoPoe.into();
    }
    if then.ca_revoked {
        return SubIndication::RevokedCaNoPoe.into();
    }
    if then.not_yet_valid {
        return SubIndication::NotYetValid.into();
    }
    if let Some(bounds) = then.bounds {
        return bounds.into();
    }
    // The shell model asks for intermediates that are valid now; 5.6 can mend that, 5.5 cannot.
    if now.ca_out_of_bounds || then.ca_out_of_bounds {
        return SubIndication::OutOfBoundsNoPoe.into();
    }
    if then.unproven {
        return SubIndication::TryLater.into();
    }
    if now.ca_revoked {
        return SubIndication::RevokedCaNoPoe.into();
    }
    if !coherent(timestamps) {
        return SubIndication::TimestampOrderFailure.into();
    }
    // (9) the signature's own algorithms at best-signature-time, (10) the chain's at validation time.
    let acceptance = signature_acceptance(context, signature, best_signature_time);
    if !acceptance.refused.is_empty() || now.weak || then.weak_data {
        return SubIndication::CryptoConstraintsFailureNoPoe.into();
    }
    Conclusion::PASSED
}

/// 5.5 (4) e: no content timestamp is later than a signature timestamp by more than both accuracies together;
/// an absent accuracy counts as one second (verdicts rule 7).
fn coherent(timestamps: &[TimestampValidation]) -> bool {
    let of_kind = |content: bool| {
        let passed = timestamps.iter().filter(|t| t.conclusion.passed());
        passed.filter(move |t| (t.kind == TimestampKind::Content) == content)
    };
    of_kind(true).all(|content| {
        of_kind(false).all(|over_signature| match (content.gen_time, over_signature.gen_time) {
            (Some(before), Some(after)) => {
                before.nanos_since(after)
                    <= i128::from(content.accuracy_nanos) + i128::from(over_signature.accuracy_nanos)
            }
            _ => true,
        })
    })
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

impl Basic {
    /// The outcome of 5.3 at validation time.
    fn conclusion(&self, now: Option<&PathStatus>) -> Conclusion {
        match (self.failure, now) {
            (Some(failure), _) => failure.into(),
            (None, Some(now)) => now.conclusion,
            (None, None) => self.path_conclusion,
        }
    }
}

/// Format checking, identification, path, cryptographic verification and acceptance, in the standard's order.
/// A broken digest outranks everything that only lacks information.
fn check_basic(
    context: &Context<'_>,
    signature: &Signature,
    best_signature_time: UtcTime,
    sound: &dyn Fn(&CheckedPath) -> bool,
) -> Basic {
    let format = check_signature(signature);
    let format_ok = format.status == CheckStatus::Passed;
    let mut basic = Basic {
        integrity: Integrity::UNKNOWN,
        format_ok,
        contradicted: false,
        certificate: None,
        path: None,
        path_conclusion: SubIndication::NoSigningCertificateFound.into(),
        failure: (!format_ok).then_some(SubIndication::FormatFailure),
        modifications: None,
        checks: vec![format],
        findings: Vec::new(),
    };
    let mut later = modifications::judge(signature, &context.policy.modifications);
    if let Some(later) = &mut later {
        basic.modifications = later.modifications.take();
        basic.findings.append(&mut later.findings);
    }
    let Some(signer) = signature.signer() else { return basic };
    let identification = identify(signer);
    let (integrity, cryptographic) = verify(signer, identification.key_only);
    basic.integrity = integrity;
    basic.contradicted = identification.contradicted;
    basic.certificate = identification.candidate.and_then(|c| context.certificates.get(&c.certificate)).map(Arc::clone);
    basic.checks.extend([identification.check, cryptographic]);

    let mut fail = |sub: SubIndication| {
        basic.failure.get_or_insert(sub);
    };
    match integrity.conclusion().sub_indication {
        Some(SubIndication::HashFailure) => fail(SubIndication::HashFailure),
        // What a later revision does against the signer's will is proof, whoever the signer is.
        _ if later.as_ref().is_some_and(|later| later.severity == Severity::Fail) => fail(SubIndication::FormatFailure),
        _ if basic.certificate.is_none() => fail(SubIndication::NoSigningCertificateFound),
        Some(sub) => fail(sub),
        None => {}
    }
    let Some(certificate) = basic.certificate.clone() else { return basic };

    let mut path = check_path(context, &certificate, Role::Signer, best_signature_time, sound);
    let usages = usages(&certificate, &mut path);
    basic.path_conclusion = path.conclusion;
    let mut children = std::mem::take(&mut path.checks);
    children.extend(usages);
    let validation =
        Check::new(check_ids::X509_CERTIFICATE_VALIDATION, status_of(path.conclusion), "EN 319 102-1 5.2.6");
    basic.checks.push(validation.about(certificate.sha256()).of(children));
    if path.limited {
        basic.findings.push(Finding::new(FindingCode::LimitExceeded).about(&signature.id));
    }

    let acceptance = acceptance(context, signature, signer, later, &mut basic.findings);
    let mut fail = |sub: Option<SubIndication>| basic.failure = basic.failure.or(sub);
    let constraints = (acceptance.status == CheckStatus::Indeterminate).then_some(SubIndication::SigConstraintsFailure);
    // Attributes are checked before the chain's outcome is returned when they show how the signature was made;
    // a chain that was not found stays the first thing to say (5.3.4).
    fail(path.conclusion.sub_indication);
    fail(constraints);
    basic.checks.push(acceptance);
    basic.path = Some(path);
    basic
}

/// 5.2.8 Signature acceptance validation: the attributes the policy demands, and what follows the signed revision.
fn acceptance(
    context: &Context<'_>,
    signature: &Signature,
    signer: &Signer,
    later: Option<Judgement>,
    findings: &mut Vec<Finding>,
) -> Check {
    let policy = &context.policy.validation;
    let found = |code: FindingCode| signature.findings.iter().any(|finding| finding.code == code);
    // A signature whose content may be another one's signed attributes is never accepted, whatever the policy.
    let confused = found(FindingCode::SignedAttributesConfusion);
    let attributes_missing = signer.signed_attributes.is_none() && policy.signed_attributes == Needed::Required;
    let reference_missing = signer.signing_certificate.is_empty() && policy.signing_certificate == Needed::Required;
    let mut missing = Vec::new();
    missing.extend(attributes_missing.then_some("signed-attributes"));
    missing.extend((reference_missing && signature.kind == SignatureKind::Signature).then_some("signing-certificate"));
    let status = |failed: bool| if failed { CheckStatus::Indeterminate } else { CheckStatus::Passed };
    let attributes =
        Check::new(check_ids::SIGNED_ATTRIBUTES, status(confused || !missing.is_empty()), "EN 319 102-1 5.2.8")
            .with("missing", missing.join(", "))
            .with("confused", confused);

    let mut children = vec![attributes];
    children.extend(later.map(|later| later.check));
    let algorithms = signature_acceptance(context, signature, context.time);
    children.push(algorithm_check(check_ids::SIGNATURE_ALGORITHMS, &algorithms, context.time, &signature.id, findings));
    let is = |id, status: CheckStatus| children.iter().any(|check| check.id == id && check.status == status);
    let outcome = if is(check_ids::LATER_REVISIONS, CheckStatus::Failed) {
        CheckStatus::Failed
    } else {
        let open = [check_ids::SIGNED_ATTRIBUTES, check_ids::LATER_REVISIONS];
        status(open.into_iter().any(|id| is(id, CheckStatus::Indeterminate)))
    };
    Check::new(check_ids::SIGNATURE_ACCEPTANCE, outcome, "EN 319 102-1 5.2.8").of(children)
}

/// The signature's own digests at a time; its key is one of the chain's algorithms. A signature over a digest of the
/// document, as `adbe.pkcs7.sha1` is (ISO 32000-1 12.8.3.3.1), rests on that one too.
fn signature_acceptance(context: &Context<'_>, signature: &Signature, time: UtcTime) -> Acceptance {
    let digests =
        signature.signer().into_iter().flat_map(|s| [s.digest_algorithm.algorithm, s.signature_algorithm.digest]);
    let sub_filter = signature.pdf.as_ref().and_then(|pdf| pdf.sub_filter.as_deref());
    let inner = (sub_filter == Some("adbe.pkcs7.sha1")).then_some(DigestAlgorithm::Sha1);
    let uses: BTreeSet<AlgorithmUse> = digests.flatten().chain(inner).map(AlgorithmUse::digest).collect();
    Acceptance::at(&uses, &context.policy.algorithms, time)
}
