//! A budget that is reached says that something is not known: it may leave a sound document undecided, never invalid
//! (verdicts rule 12).

use std::sync::Arc;

use kenin::{Indication, Limits, Verdict};
use rayon::prelude::*;

use crate::subject::{Case, Subject, sound};

/// Budgets to try for each kind.
const AMOUNTS: &[u64] = &[0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 3_000, 10_000, 30_000, 100_000];

/// A field of the limits.
type Field = fn(&mut Limits) -> &mut u64;

const BUDGETS: &[(&str, Field)] = &[
    ("asn1_depth", |limits| &mut limits.asn1_depth),
    ("asn1_elements", |limits| &mut limits.asn1_elements),
    ("asn1_bytes", |limits| &mut limits.asn1_bytes),
    ("signatures", |limits| &mut limits.signatures),
    ("certificates", |limits| &mut limits.certificates),
    ("revocation_data", |limits| &mut limits.revocation_data),
    ("signature_checks", |limits| &mut limits.signature_checks),
    ("signature_cost", |limits| &mut limits.signature_cost),
    ("path_signature_checks", |limits| &mut limits.path_signature_checks),
    ("path_candidates", |limits| &mut limits.path_candidates),
    ("path_broken_links", |limits| &mut limits.path_broken_links),
    ("policy_nodes", |limits| &mut limits.policy_nodes),
    ("pdf_xref_sections", |limits| &mut limits.pdf_xref_sections),
    ("pdf_objects", |limits| &mut limits.pdf_objects),
    ("pdf_depth", |limits| &mut limits.pdf_depth),
    ("pdf_decoded_bytes", |limits| &mut limits.pdf_decoded_bytes),
    ("pdf_comparisons", |limits| &mut limits.pdf_comparisons),
    ("pdf_parsed_bytes", |limits| &mut limits.pdf_parsed_bytes),
    ("archive_hashed_bytes", |limits| &mut limits.archive_hashed_bytes),
    ("covered_objects", |limits| &mut limits.covered_objects),
    ("xml_bytes", |limits| &mut limits.xml_bytes),
    ("xml_nodes", |limits| &mut limits.xml_nodes),
    ("xml_depth", |limits| &mut limits.xml_depth),
    ("xml_canonical_bytes", |limits| &mut limits.xml_canonical_bytes),
];

#[test]
fn no_budget_makes_a_sound_document_invalid() {
    let refused: Vec<String> = sound().par_iter().flat_map_iter(refused_within).collect();
    assert!(refused.is_empty(), "invalid within a budget:\n{}", refused.join("\n"));
}

/// The budgets within which a case is invalid.
fn refused_within(case: &Case) -> Vec<String> {
    let mut subject = Subject::new(case);
    let mut refused = Vec::new();
    for (name, set) in BUDGETS {
        for budget in AMOUNTS {
            let mut limits = Limits::default();
            *set(&mut limits) = *budget;
            let verifier = Arc::into_inner(subject.verifier).unwrap().with_limits(limits);
            subject.verifier = Arc::new(verifier);
            let report = subject.judge(&subject.document, subject.content.as_deref());
            let failed = report.signatures.iter().any(|s| s.indication == Indication::Failed);
            if failed || report.verdict == Verdict::Invalid {
                let subs: Vec<_> = report.signatures.iter().filter_map(|s| s.sub_indication).collect();
                refused.push(format!("{}: {name} of {budget}: {subs:?}", case.id));
            }
        }
    }
    refused
}
