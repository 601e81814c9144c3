//! The order of timestamps (5.5.4 (4) e).

use kenin_facts::TimestampKind;

use crate::outcome::TimestampValidation;

/// Whether no timestamp that stands is later than one that was made over it, or than those over the signature when it is
/// over the content, by more than both accuracies together. An absent accuracy counts as one second (verdicts rule 7).
pub(crate) fn coherent(timestamps: &[TimestampValidation]) -> bool {
    let passed = || timestamps.iter().filter(|timestamp| timestamp.stands());
    passed().all(|later| passed().filter(|earlier| precedes(earlier, later)).all(|earlier| in_order(earlier, later)))
}

/// Whether `earlier` must have been made before `later`.
fn precedes(earlier: &TimestampValidation, later: &TimestampValidation) -> bool {
    let over_content = |timestamp: &TimestampValidation| timestamp.kind == TimestampKind::Content;
    (over_content(earlier) && !over_content(later)) || later.covers.timestamps.contains(&earlier.id)
}

/// Whether the times of two timestamps allow that order.
pub(crate) fn in_order(earlier: &TimestampValidation, later: &TimestampValidation) -> bool {
    let (Some(before), Some(after)) = (earlier.gen_time, later.gen_time) else { return true };
    before.nanos_since(after) <= i128::from(earlier.accuracy_nanos) + i128::from(later.accuracy_nanos)
}
