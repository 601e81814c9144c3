//! The document's verdict: the worse of the signature headline and the guideline headline.

use kenin_facts::{RecordPart, SignatureKind};
use kenin_validation::Indication;

use super::requirement::{Judged, REQUIREMENT_IDS};
use crate::report::{Conformity, RequirementStatus as Status, Verdict};

/// What the document's signatures come to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DocumentVerdict {
    pub verdict: Verdict,
    pub conformity: Conformity,
    pub requirements: Vec<Judged>,
}

/// One entry of the report, as the verdict sees it.
pub(crate) struct Entry<'a> {
    pub kind: SignatureKind,
    /// The part of a known kind of record that it signs, and the element that it stands in.
    pub part: Option<(RecordPart, &'a str)>,
    pub indication: Indication,
    pub requirements: &'a [Judged],
}

/// Combines the entries. `guideline`: whether requirements are assessed; `unsigned`: whether a part of a known kind of record has
/// no signature of its own.
pub(crate) fn judge_document(entries: &[Entry<'_>], guideline: bool, unsigned: bool) -> DocumentVerdict {
    let worst = entries.iter().map(|entry| entry.indication).max();
    let candidates: Vec<&[Judged]> =
        entries.iter().filter(|e| e.kind == SignatureKind::Signature).map(|e| e.requirements).collect();
    let has_timestamp_only =
        entries.iter().any(|e| matches!(e.kind, SignatureKind::Timestamp | SignatureKind::EvidenceRecord));
    let signature_headline = match worst {
        None => Verdict::NoSignature,
        Some(Indication::Failed) => Verdict::Invalid,
        // Whoever asks for a signature by the guideline is not to take a timestamp or an evidence record for one. Where it is
        // all that the file is for, that it is not decided is said.
        Some(worst) if guideline && candidates.is_empty() && !(has_timestamp_only && worst != Indication::Passed) => {
            Verdict::NoSignature
        }
        Some(Indication::Indeterminate) => Verdict::Indeterminate,
        Some(Indication::Passed) => Verdict::Valid,
    };
    if !guideline || candidates.is_empty() {
        let conformity = Conformity::NotAssessed;
        return DocumentVerdict { verdict: signature_headline, conformity, requirements: Vec::new() };
    }
    // One signature must satisfy everything by itself, so the best one speaks for the document; where signatures stand for
    // parts of a record, for what it stands by, and the one of these that is worst off for the document.
    let mut parts: Vec<Option<(RecordPart, &str)>> = entries.iter().map(|entry| entry.part).collect();
    parts.sort_unstable();
    parts.dedup();
    if parts.len() > 1 {
        parts.retain(Option::is_some);
    }
    let rank = |judged: &&[Judged]| (conformity_of(judged), missed(judged));
    let best_of = |part: &Option<(RecordPart, &str)>| {
        let of_part = entries.iter().filter(|e| e.kind == SignatureKind::Signature && e.part == *part);
        of_part.map(|entry| entry.requirements).min_by_key(rank)
    };
    let decisive = parts.iter().filter_map(best_of).max_by_key(rank);
    let mut requirements = decisive.map(<[Judged]>::to_vec).unwrap_or_default();
    if let Some(signature) = requirements.iter_mut().find(|judged| unsigned && judged.id == "14-1-1(1)") {
        (signature.status, signature.reason) = (Status::NotSatisfied, "part-not-signed");
    }
    let conformity = conformity_of(&requirements);
    let verdict = match (signature_headline, conformity) {
        (Verdict::Invalid, _) | (_, Rank::NonConforming) => Verdict::Invalid,
        (Verdict::Valid, Rank::Conforming) => Verdict::Valid,
        _ => Verdict::Indeterminate,
    };
    DocumentVerdict { verdict, conformity: conformity.into(), requirements }
}

/// Conformity from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Conforming,
    Undetermined,
    NonConforming,
}

impl From<Rank> for Conformity {
    fn from(rank: Rank) -> Self {
        match rank {
            Rank::Conforming => Self::Conforming,
            Rank::Undetermined => Self::Undetermined,
            Rank::NonConforming => Self::NonConforming,
        }
    }
}

fn conformity_of(judged: &[Judged]) -> Rank {
    let blocking = judged.iter().filter(|j| j.blocking);
    let rank = |status| match status {
        Status::Satisfied | Status::NotApplicable => Rank::Conforming,
        Status::Undetermined => Rank::Undetermined,
        Status::NotSatisfied => Rank::NonConforming,
    };
    // No requirement judged is no proof of conformity.
    blocking.map(|j| rank(j.status)).max().unwrap_or(Rank::Undetermined)
}

fn missed(judged: &[Judged]) -> usize {
    REQUIREMENT_IDS.len().saturating_sub(judged.iter().filter(|j| j.status == Status::Satisfied).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signature(statuses: [Status; 5]) -> Vec<Judged> {
        let blocking = REQUIREMENT_IDS.iter().filter(|(_, blocking)| *blocking);
        let judged = |(&(id, blocking), status)| Judged {
            id,
            blocking,
            status,
            reason: "signature-intact",
            route: None,
            looked_at: vec![],
        };
        blocking.zip(statuses).map(judged).collect()
    }

    fn verdict(signatures: &[(Indication, [Status; 5])], guideline: bool) -> (Verdict, Conformity) {
        let without: Vec<_> = signatures.iter().map(|(indication, statuses)| (None, *indication, *statuses)).collect();
        verdict_of_parts(&without, guideline)
    }

    fn verdict_of_parts(
        signatures: &[(Option<RecordPart>, Indication, [Status; 5])],
        guideline: bool,
    ) -> (Verdict, Conformity) {
        let judged: Vec<_> = signatures.iter().map(|(_, _, statuses)| signature(*statuses)).collect();
        let entries: Vec<_> = signatures
            .iter()
            .zip(&judged)
            .map(|((part, indication, _), requirements)| Entry {
                kind: SignatureKind::Signature,
                part: part.map(|part| (part, "/Document/Sign")),
                indication: *indication,
                requirements,
            })
            .collect();
        let outcome = judge_document(&entries, guideline, false);
        (outcome.verdict, outcome.conformity)
    }

    const ALL: [Status; 5] = [Status::Satisfied; 5];
    const NURSE: [Status; 5] =
        [Status::Satisfied, Status::NotSatisfied, Status::Satisfied, Status::Satisfied, Status::Satisfied];
    const LATE: [Status; 5] =
        [Status::Satisfied, Status::Satisfied, Status::NotSatisfied, Status::NotSatisfied, Status::Undetermined];

    #[test]
    fn a_cosignature_without_the_licence_does_not_fail_the_document() {
        let passed = Indication::Passed;
        assert_eq!(verdict(&[(passed, NURSE), (passed, ALL)], true), (Verdict::Valid, Conformity::Conforming));
        assert_eq!(verdict(&[(passed, NURSE)], true), (Verdict::Invalid, Conformity::NonConforming));
    }

    #[test]
    fn two_signatures_do_not_share_out_the_requirements() {
        let both = [(Indication::Passed, NURSE), (Indication::Passed, LATE)];
        assert_eq!(verdict(&both, true), (Verdict::Invalid, Conformity::NonConforming));
    }

    #[test]
    fn every_part_of_a_record_needs_a_signature_that_satisfies_everything() {
        let passed = Indication::Passed;
        let (prescription, dispensing) = (Some(RecordPart::Prescription), Some(RecordPart::Dispensing));
        let of = |signatures: &[_]| verdict_of_parts(signatures, true).1;
        assert_eq!(of(&[(prescription, passed, ALL), (dispensing, passed, ALL)]), Conformity::Conforming);
        assert_eq!(of(&[(prescription, passed, NURSE), (dispensing, passed, ALL)]), Conformity::NonConforming);
        assert_eq!(of(&[(prescription, passed, NURSE), (prescription, passed, ALL)]), Conformity::Conforming);
        // A signature over something else speaks for none of the parts.
        assert_eq!(of(&[(prescription, passed, NURSE), (None, passed, ALL)]), Conformity::NonConforming);
    }

    #[test]
    fn the_worse_headline_decides() {
        let broken = [(Indication::Passed, ALL), (Indication::Failed, NURSE)];
        assert_eq!(verdict(&broken, true), (Verdict::Invalid, Conformity::Conforming));
        let unsure = [(Indication::Passed, ALL), (Indication::Indeterminate, ALL)];
        assert_eq!(verdict(&unsure, true), (Verdict::Indeterminate, Conformity::Conforming));
    }

    #[test]
    fn without_a_guideline_the_worst_indication_maps_one_to_one() {
        let not_assessed = Conformity::NotAssessed;
        assert_eq!(verdict(&[(Indication::Passed, NURSE)], false), (Verdict::Valid, not_assessed));
        assert_eq!(verdict(&[(Indication::Indeterminate, ALL)], false), (Verdict::Indeterminate, not_assessed));
        assert_eq!(verdict(&[], false), (Verdict::NoSignature, not_assessed));
    }
}
