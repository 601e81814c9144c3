//! The whole document: every timestamp, then every signature with the timestamps over it.

use std::collections::BTreeSet;

use kenin_base::{Budget, Limits, UtcTime};
use kenin_facts::{EvidenceRecord, Facts, ImprintStatus, Signature, SignatureKind, SignedDataStatus};
use kenin_policy::{Policy, Severity, TrustProfile};

use crate::algorithms::AlgorithmUse;
use crate::check::Check;
use crate::covering::{Covering, Covers};
use crate::cryptographic::{Integrity, ValueStatus};
use crate::forecast::forecast;
use crate::indication::{Conclusion, SubIndication};
use crate::material::{Caches, Context, Material};
use crate::modifications;
use crate::outcome::{SignatureValidation, TimestampValidation, Validation};
use crate::proofs::Proofs;
use crate::record::judge_record;
use crate::signature::PreparedSignature;
use crate::status::Detail;
use crate::walk::{Step, Walk, prepare, walk};

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
    let material = Material::new(&facts.evidence, caches, |_| true);
    let context = Context { trust, policy, time, now: time, budget: &budget, caches, material: &material };
    let document = Document::new(&context, facts);
    let (mut signatures, proofs) = document.judge(&context, Detail::Checks);
    forecast(&context, facts, &document, &mut signatures);
    let Material { findings, crls, ocsps, .. } = material;
    Validation { signatures, proofs, findings, crls, ocsps }
}

/// A document with everything about it that does not depend on time.
pub(crate) struct Document<'f> {
    facts: &'f Facts,
    steps: Vec<Step<'f>>,
    signatures: Vec<Entry<'f>>,
}

/// One entry of the facts.
enum Entry<'f> {
    Signature(Box<PreparedSignature<'f>>, Covers<'f>),
    /// A document timestamp or stand-alone token.
    Token(&'f Signature),
    /// An evidence record on its own.
    Record(&'f Signature, &'f EvidenceRecord),
}

impl<'f> Document<'f> {
    /// Prepares every token and signature.
    pub fn new(context: &Context<'_>, facts: &'f Facts) -> Self {
        let covering = Covering::of(facts);
        let entry = |signature: &'f Signature| match (signature.kind, signature.evidence_records.first()) {
            (SignatureKind::EvidenceRecord, Some(record)) => Entry::Record(signature, record),
            _ if signature.token.is_some() => Entry::Token(signature),
            _ => {
                let prepared = Box::new(PreparedSignature::new(context, signature));
                Entry::Signature(prepared, covering.over(signature))
            }
        };
        let signatures = facts.signatures.iter().map(entry).collect();
        Self { facts, steps: prepare(context, facts), signatures }
    }

    /// The digests that an entry and every token of the document rest on.
    pub fn digests(&self, index: usize) -> BTreeSet<AlgorithmUse> {
        let own = self.facts.signatures.get(index).and_then(Signature::signer).into_iter();
        let own = own.flat_map(|signer| [signer.digest_algorithm.algorithm, signer.signature_algorithm.digest]);
        let mut uses: BTreeSet<AlgorithmUse> = own.flatten().map(AlgorithmUse::digest).collect();
        self.steps.iter().for_each(|step| uses.extend(step.digests()));
        uses
    }

    /// Judges every entry at the context's time, and says what is proven to have existed since when.
    pub fn judge(&self, context: &Context<'_>, detail: Detail) -> (Vec<SignatureValidation>, Proofs) {
        let walk = walk(context, &self.steps, detail);
        let judge = |entry: &Entry<'f>| match entry {
            Entry::Token(signature) => {
                walk.timestamps.get(&signature.id).map(|token| from_token(context, signature, token))
            }
            Entry::Record(signature, record) => Some(from_record(context, signature, record, &walk)),
            Entry::Signature(prepared, covers) => {
                Some(prepared.judge(context, &walk.proofs, covers.judged(&walk), detail))
            }
        };
        let signatures = self.signatures.iter().filter_map(judge).collect();
        (signatures, walk.proofs)
    }
}

/// A document timestamp's or stand-alone timestamp's own entry.
fn from_token(context: &Context<'_>, signature: &Signature, token: &TimestampValidation) -> SignatureValidation {
    let mut conclusion = token.conclusion;
    let (mut findings, mut checks) = (token.findings.clone(), vec![Check::clone(&token.check)]);
    let mut judged = None;
    if let Some(later) = modifications::judge(signature, &context.policy.modifications) {
        match later.severity {
            Severity::Fail if conclusion.indication != crate::Indication::Failed => {
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
        basic: token.basic,
        past: token.proven_at.is_some(),
        best_signature_time: context.time,
        timestamps: vec![token.clone()],
        evidence_records: Vec::new(),
        forecast: None,
        modifications: judged,
        wanted: token.wanted.clone(),
        findings,
        checks,
    }
}

/// The entry of an evidence record on its own: its archive timestamps, and whether the data beside it is what they cover.
fn from_record(
    context: &Context<'_>,
    signature: &Signature,
    record: &EvidenceRecord,
    walk: &Walk,
) -> SignatureValidation {
    let timestamps: Vec<TimestampValidation> =
        record.timestamps().filter_map(|timestamp| walk.timestamps.get(&timestamp.id)).cloned().collect();
    // The walk comes by a record at its archive timestamps, of which one that could not be read has none.
    let judged = walk.records.get(&record.id).cloned().unwrap_or_else(|| judge_record(record, &walk.timestamps));
    let conclusion = judged.conclusion;
    let any = |status: ImprintStatus| {
        record.timestamps().any(|timestamp| timestamp.protects == status || timestamp.token.imprint.status == status)
    };
    let values = || timestamps.iter().map(|timestamp| timestamp.integrity.signature_value);
    let integrity = Integrity {
        signature_value: match () {
            () if values().any(|value| value == ValueStatus::Broken) => ValueStatus::Broken,
            () if values().all(|value| value == ValueStatus::Intact) && !timestamps.is_empty() => ValueStatus::Intact,
            () => ValueStatus::Unknown,
        },
        signed_data: match () {
            () if any(ImprintStatus::Broken) => SignedDataStatus::Broken,
            () if any(ImprintStatus::NotChecked) || timestamps.is_empty() => SignedDataStatus::NotFound,
            () => SignedDataStatus::Intact,
        },
        digest_stated: true,
    };
    let newest = timestamps.last();
    let initial = timestamps.first().and_then(|timestamp| timestamp.gen_time).filter(|_| conclusion.passed());
    let mut findings: Vec<_> = timestamps.iter().flat_map(|timestamp| &timestamp.findings).cloned().collect();
    findings.dedup();
    SignatureValidation {
        id: signature.id.clone(),
        conclusion,
        integrity,
        format_ok: !conclusion.is(SubIndication::FormatFailure),
        certificate: None,
        certificate_contradicted: false,
        path: None,
        path_conclusion: match newest.is_some_and(|timestamp| timestamp.path.is_some()) {
            true => Conclusion::PASSED,
            false => SubIndication::NoCertificateChainFound.into(),
        },
        basic: conclusion,
        past: timestamps.iter().any(|timestamp| timestamp.proven_at.is_some()),
        best_signature_time: initial.unwrap_or(context.time),
        wanted: timestamps.iter().flat_map(|timestamp| timestamp.wanted.iter().cloned()).collect(),
        timestamps,
        checks: vec![judged.check.clone()],
        evidence_records: vec![judged],
        forecast: None,
        modifications: None,
        findings,
    }
}
