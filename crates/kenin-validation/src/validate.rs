//! The whole document: every timestamp, then every signature with the timestamps over it.

use std::collections::BTreeMap;

use kenin_base::{Budget, Limits, UtcTime};
use kenin_facts::{Facts, Signature, SignatureKind, TimestampKind};
use kenin_policy::{Policy, Severity, TrustProfile};

use crate::indication::{Conclusion, Indication, SubIndication};
use crate::material::{Caches, Context};
use crate::modifications;
use crate::outcome::{SignatureValidation, TimestampValidation, Validation};
use crate::signature::validate_signature;
use crate::timestamp::{Subject, validate_timestamp};

/// Validates every signature of a document at `time`: a pure function of its arguments (the caches change nothing
/// but speed).
pub fn validate(
    facts: &Facts,
    trust: &TrustProfile,
    policy: &Policy,
    time: UtcTime,
    limits: &Limits,
    caches: &Caches,
) -> Validation {
    let budget = Budget::new(limits);
    let context = Context::new(&facts.evidence, trust, policy, time, &budget, caches);
    let own_tokens: BTreeMap<&str, TimestampValidation> =
        facts.signatures.iter().filter_map(|s| Some((s.id.as_str(), own_token(&context, s)?))).collect();
    let signatures = facts.signatures.iter().map(|signature| match own_tokens.get(signature.id.as_str()) {
        Some(token) => from_token(&context, signature, token),
        None => {
            let mut over: Vec<TimestampValidation> = signature
                .timestamps
                .iter()
                .map(|timestamp| {
                    let subject =
                        Subject { id: &timestamp.id, kind: timestamp.kind, token: &timestamp.token, outer: &[] };
                    validate_timestamp(&context, &subject)
                })
                .collect();
            // A document timestamp whose ByteRange covers the signature's Contents proves it like a signature
            // timestamp (verdicts rule 3).
            let covering = facts.signatures.iter().filter(|other| {
                let covered = other.token.iter().flat_map(|token| &token.covers.signatures);
                covered.into_iter().any(|id| *id == signature.id)
            });
            over.extend(covering.filter_map(|other| own_tokens.get(other.id.as_str())).cloned());
            validate_signature(&context, signature, over)
        }
    });
    let signatures: Vec<SignatureValidation> = signatures.collect();
    Validation { signatures, findings: context.findings }
}

/// The validation of the token that a document timestamp or stand-alone timestamp is.
fn own_token(context: &Context<'_>, signature: &Signature) -> Option<TimestampValidation> {
    let token = signature.token.as_ref()?;
    // A stand-alone token is made over content beside it.
    let stand_alone = signature.kind == SignatureKind::Timestamp;
    let kind = if stand_alone { TimestampKind::Content } else { TimestampKind::Document };
    let subject = Subject { id: &signature.id, kind, token, outer: &signature.findings };
    Some(validate_timestamp(context, &subject))
}

/// A document timestamp's or stand-alone timestamp's own entry.
fn from_token(context: &Context<'_>, signature: &Signature, token: &TimestampValidation) -> SignatureValidation {
    let mut conclusion = token.conclusion;
    let (mut findings, mut checks) = (token.findings.clone(), vec![token.check.clone()]);
    let mut judged = None;
    if let Some(later) = modifications::judge(signature, &context.policy.modifications) {
        match later.severity {
            Severity::Fail if conclusion.indication != Indication::Failed => {
                conclusion = SubIndication::FormatFailure.into();
            }
            Severity::Indeterminate if conclusion.passed() => conclusion = SubIndication::SigConstraintsFailure.into(),
            _ => {}
        }
        findings.extend(later.findings);
        checks.push(later.check);
        judged = later.modifications;
    }
    SignatureValidation {
        id: signature.id.clone(),
        conclusion,
        integrity: token.integrity,
        format_ok: !token.conclusion.is(SubIndication::FormatFailure),
        certificate: token.certificate.clone(),
        certificate_contradicted: false,
        path: token.path.clone(),
        path_conclusion: if token.path.is_some() {
            Conclusion::PASSED
        } else {
            SubIndication::NoCertificateChainFound.into()
        },
        basic: token.conclusion,
        best_signature_time: context.time,
        timestamps: vec![token.clone()],
        modifications: judged,
        wanted: token.wanted.clone(),
        findings,
        checks,
    }
}
