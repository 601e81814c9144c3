//! RFC 4998 5.3: whether an evidence record stands, once its archive timestamps are judged.

use std::collections::BTreeMap;

use kenin_facts::{EvidenceRecord, ImprintStatus};

use crate::check::{Check, CheckStatus, check_ids};
use crate::coherence::in_order;
use crate::cryptographic::status_of;
use crate::format_check::check_record;
use crate::indication::{Conclusion, Indication, SubIndication};
use crate::outcome::{EvidenceRecordValidation, TimestampValidation};

/// Judges a record by its archive timestamps, each of which was judged at validation time or, before that, at the time of
/// the one that renews it.
pub(crate) fn judge_record(
    record: &EvidenceRecord,
    judged: &BTreeMap<String, TimestampValidation>,
) -> EvidenceRecordValidation {
    let timestamps: Vec<&TimestampValidation> =
        record.timestamps().filter_map(|timestamp| judged.get(&timestamp.id)).collect();
    let format = check_record(record);
    // One that is not judged yet is not newer than the initial one.
    let all_judged = timestamps.len() == record.timestamps().count();
    let ordered = all_judged
        && timestamps.windows(2).all(|pair| match pair {
            [earlier, later] => in_order(earlier, later),
            _ => true,
        });
    let any =
        |status: ImprintStatus| record.timestamps().any(|t| t.protects == status || t.token.imprint.status == status);
    let of_tokens = |wanted: Indication| {
        let conclusions = timestamps.iter().map(|timestamp| timestamp.conclusion);
        conclusions.filter(|conclusion| conclusion.indication == wanted).find_map(|c| c.sub_indication)
    };
    let failure = if format.status == CheckStatus::Failed {
        Some(SubIndication::FormatFailure)
    } else if any(ImprintStatus::Broken) {
        Some(SubIndication::HashFailure)
    } else if let Some(failed) = of_tokens(Indication::Failed) {
        Some(failed)
    } else if !ordered {
        Some(SubIndication::TimestampOrderFailure)
    } else if format.status == CheckStatus::Indeterminate || any(ImprintStatus::NotChecked) {
        Some(SubIndication::SignedDataNotFound)
    } else {
        of_tokens(Indication::Indeterminate)
    };
    let conclusion = failure.map_or(Conclusion::PASSED, Conclusion::from);
    let order = if ordered { CheckStatus::Passed } else { CheckStatus::Indeterminate };
    let order = Check::new(check_ids::EVIDENCE_RECORD_ORDER, order, "RFC 4998 5.3");
    let tokens = timestamps.iter().map(|timestamp| Check::clone(&timestamp.check));
    let check = Check::new(check_ids::EVIDENCE_RECORD_VALIDATION, status_of(conclusion), "RFC 4998 5.3")
        .about(&record.id)
        .with("timestamps", timestamps.len())
        .with("sub_indication", conclusion.sub_indication.map(SubIndication::as_str).unwrap_or_default())
        .of([format, order].into_iter().chain(tokens));
    EvidenceRecordValidation { id: record.id.clone(), conclusion, check }
}
