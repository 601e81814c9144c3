//! 5.2.8 Signature acceptance validation.

use std::collections::BTreeSet;

use kenin_base::{DigestAlgorithm, Finding, FindingCode, UtcTime};
use kenin_facts::{Signature, Signer};
use kenin_policy::Needed;

use crate::algorithms::{Acceptance, AlgorithmUse, of_reference};
use crate::check::{Check, CheckStatus, check_ids};
use crate::material::Context;
use crate::modifications::Judgement;
use crate::report::algorithm_check;

/// What the policy misses in a signature's attributes.
struct Attributes {
    missing: Vec<&'static str>,
    /// The content may be another signature's signed attributes, which is never accepted, whatever the policy.
    confused: bool,
}

impl Attributes {
    fn of(context: &Context<'_>, signature: &Signature, signer: &Signer) -> Self {
        let policy = &context.policy.validation;
        let confusion = |finding: &Finding| finding.code == FindingCode::SignedAttributesConfusion;
        let no_attributes = signer.signed_attributes.is_none() && policy.signed_attributes == Needed::Required;
        let no_reference = signer.signing_certificate.is_empty() && policy.signing_certificate == Needed::Required;
        let missing = [no_attributes.then_some("signed-attributes"), no_reference.then_some("signing-certificate")];
        Self { missing: missing.into_iter().flatten().collect(), confused: signature.findings.iter().any(confusion) }
    }

    fn are_open(&self) -> bool {
        self.confused || !self.missing.is_empty()
    }
}

/// Whether the attributes or what follows the signed revision leave the signature open.
pub(crate) fn is_open(
    context: &Context<'_>,
    signature: &Signature,
    signer: &Signer,
    later: Option<&Judgement>,
) -> bool {
    let later = later.map(|later| later.check.status);
    let open = Attributes::of(context, signature, signer).are_open() || later == Some(CheckStatus::Indeterminate);
    open && later != Some(CheckStatus::Failed)
}

/// The attributes the policy demands, the signature's own algorithms, and what follows the signed revision.
pub(crate) fn acceptance(
    context: &Context<'_>,
    signature: &Signature,
    signer: &Signer,
    later: Option<&Judgement>,
    findings: &mut Vec<Finding>,
) -> Check {
    let status = |failed: bool| if failed { CheckStatus::Indeterminate } else { CheckStatus::Passed };
    let attributes = Attributes::of(context, signature, signer);
    let of_attributes = Check::new(check_ids::SIGNED_ATTRIBUTES, status(attributes.are_open()), "EN 319 102-1 5.2.8")
        .with("missing", attributes.missing.join(", "))
        .with("confused", attributes.confused);
    let acceptance = signature_acceptance(context, signature, context.time);
    let algorithms =
        algorithm_check(check_ids::SIGNATURE_ALGORITHMS, &acceptance, context.time, &signature.id, findings);
    let outcome = match later.map(|later| later.check.status) {
        Some(CheckStatus::Failed) => CheckStatus::Failed,
        _ => status(is_open(context, signature, signer, later)),
    };
    Check::new(check_ids::SIGNATURE_ACCEPTANCE, outcome, "EN 319 102-1 5.2.8")
        .of([of_attributes])
        .of(later.map(|later| later.check.clone()))
        .of([algorithms])
}

/// The signature's own digests at a time; its key is one of the chain's algorithms. A signature over a digest of the
/// document, as `adbe.pkcs7.sha1` is (ISO 32000-1 12.8.3.3.1), rests on that one too.
pub(crate) fn signature_acceptance(context: &Context<'_>, signature: &Signature, time: UtcTime) -> Acceptance {
    let digests =
        signature.signer().into_iter().flat_map(|s| [s.digest_algorithm.algorithm, s.signature_algorithm.digest]);
    let sub_filter = signature.pdf.as_ref().and_then(|pdf| pdf.sub_filter.as_deref());
    let inner = (sub_filter == Some("adbe.pkcs7.sha1")).then_some(DigestAlgorithm::Sha1);
    // Of an XML signature every reference's digest counts.
    let references = signature.xml.iter().flat_map(|xml| &xml.references).filter_map(|r| r.digest_algorithm);
    let all = digests.flatten().chain(inner).chain(references);
    let reference = signature.signer().and_then(of_reference);
    let uses: BTreeSet<AlgorithmUse> = all.map(AlgorithmUse::digest).chain(reference).collect();
    Acceptance::at(&uses, &context.policy.algorithms, time)
}
