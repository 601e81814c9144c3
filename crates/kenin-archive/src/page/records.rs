use kenin::UtcTime;
use kenin::render::parts::{Tone, error, requirement, why};

use super::shown::{ShownName, cut};
use super::words::Words;
use crate::{Cause, Listed, Summary};

/// A day in seconds.
const DAY: i64 = 86_400;

/// Records that are shown open and folded, and how many there are beside.
pub(super) struct Records {
    pub open: Vec<Record>,
    pub folded: Vec<Record>,
    /// What the folded ones are called.
    pub fold: String,
    pub more: Option<String>,
}

/// A document with a link to its report.
pub(super) struct Record {
    pub id: i64,
    pub name: ShownName,
    pub tone: Tone,
    pub verdict: String,
    /// The requirement's id as the guideline writes it.
    pub clause: Option<String>,
    pub why: String,
    /// The day before which it must be stamped again, in Japan, and how long that is.
    pub renew: Option<(String, String)>,
    pub overdue: bool,
}

impl Records {
    pub(super) fn new(listed: &[Listed], open: usize, total: u64, words: &Words) -> Self {
        Self::of(listed.iter().map(|listed| Record::new(listed, None, words)).collect(), open, total, words)
    }

    /// Those to be stamped again.
    pub(super) fn of_renewals(summary: &Summary, open: usize, words: &Words) -> Self {
        let record = |listed| Record::new(listed, Some(summary.time), words);
        Self::of(summary.renewals.iter().map(record).collect(), open, summary.calendar.total(), words)
    }

    fn of(mut open: Vec<Record>, most: usize, total: u64, words: &Words) -> Self {
        let count = |records: &[Record]| u64::try_from(records.len()).unwrap_or(u64::MAX);
        let more = total.saturating_sub(count(&open));
        let folded = open.split_off(most.min(open.len()));
        let fold = words.counted("archive-fold", count(&folded));
        Self { fold, more: (more > 0).then(|| words.counted("archive-more", more)), open, folded }
    }
}

impl Record {
    fn new(listed: &Listed, now: Option<UtcTime>, words: &Words) -> Self {
        let Listed { row, cause } = listed;
        let renew = now.zip(row.record.renew_before);
        let (clause, why, _) = told(cause, row.record.error_reason.as_deref(), words);
        Self {
            id: row.id,
            name: ShownName::new(&row.record.name, words),
            tone: tone(&row.record.verdict),
            verdict: words.text(&format!("archive-verdict-{}", row.record.verdict)),
            clause,
            why,
            renew: renew.map(|(now, renew)| (renew.to_jst_date_string(), left(now, renew, words))),
            overdue: renew.is_some_and(|(now, renew)| renew < now),
        }
    }
}

/// The tone of a verdict.
pub(super) fn tone(verdict: &str) -> Tone {
    match verdict {
        "valid" => Tone::Good,
        "indeterminate" => Tone::Unsure,
        "no-signature" => Tone::Plain,
        _ => Tone::Bad,
    }
}

/// The requirement's id as the guideline writes it, why it is not met, and what to do.
pub(super) fn told(cause: &Cause, reason: Option<&str>, words: &Words) -> (Option<String>, String, Option<String>) {
    let catalogue = &words.catalogue;
    if let Some(code) = &cause.error {
        let reason = reason.map(|reason| cut(reason, words));
        let (text, next) = error(code, reason.as_deref(), catalogue);
        return (None, text, next);
    }
    let clause = cause.requirement.as_ref().map(|id| requirement(id, catalogue).0);
    let (text, next) = cause.why.as_ref().map(|code| why(code, catalogue)).unwrap_or_default();
    (clause, text, next)
}

/// Whole days until a day or since it.
fn left(now: UtcTime, renew: UtcTime, words: &Words) -> String {
    let days = renew.unix_seconds().saturating_sub(now.unix_seconds()).div_euclid(DAY);
    match u64::try_from(days) {
        Ok(days) => words.counted("archive-days-left", days),
        Err(_) => words.counted("archive-days-over", days.unsigned_abs()),
    }
}
