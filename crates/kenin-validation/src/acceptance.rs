//! 5.2.8 Signature acceptance validation.

use std::collections::BTreeSet;

use kenin_base::{DigestAlgorithm, Finding, FindingCode, UtcTime};
use kenin_facts::{Signature, SignatureKind, Signer};
use kenin_policy::Needed;

use crate::algorithms::{Acceptance, AlgorithmUse};
use crate::check::{Check, CheckStatus, check_ids};
use crate::material::Context;
use crate::modifications::Judgement;
use crate::report::algorithm_check;

/// The attributes the policy demands, and what follows the signed revision.
pub(crate) fn acceptance(
    context: &Context<'_>,
    signature: &Signature,
    signer: &Signer,
    later: Option<&Judgement>,
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
    children.extend(later.map(|later| later.check.clone()));
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
pub(crate) fn signature_acceptance(context: &Context<'_>, signature: &Signature, time: UtcTime) -> Acceptance {
    let digests =
        signature.signer().into_iter().flat_map(|s| [s.digest_algorithm.algorithm, s.signature_algorithm.digest]);
    let sub_filter = signature.pdf.as_ref().and_then(|pdf| pdf.sub_filter.as_deref());
    let inner = (sub_filter == Some("adbe.pkcs7.sha1")).then_some(DigestAlgorithm::Sha1);
    let uses: BTreeSet<AlgorithmUse> = digests.flatten().chain(inner).map(AlgorithmUse::digest).collect();
    Acceptance::at(&uses, &context.policy.algorithms, time)
}
