use kenin::render::parts::Tone;

use super::words::Words;
use crate::Summary;

/// Months that "this year" is.
const YEAR: usize = 12;

/// What the first screen says: how the archive stands, and what is to be done.
pub(super) struct First {
    pub tone: Tone,
    pub headline: String,
    pub steps: Vec<Step>,
}

/// Something to be done, and where the page says more.
pub(super) struct Step {
    pub text: String,
    pub target: &'static str,
}

impl First {
    pub(super) fn new(summary: &Summary, words: &Words) -> Self {
        let counts = &summary.counts;
        let calendar = &summary.calendar;
        let unfinished = u64::from(summary.last.as_ref().is_some_and(|run| !run.finished));
        let year = calendar.within(YEAR);
        let later = if calendar.overdue + year == 0 { calendar.total() } else { 0 };
        let steps = [
            ("archive-step-red", summary.red_total(), "red"),
            ("archive-step-overdue", calendar.overdue, "first"),
            ("archive-step-year", year, if calendar.overdue > 0 { "calendar" } else { "first" }),
            ("archive-step-later", later, "first"),
            ("archive-step-indeterminate", counts.indeterminate, "reasons"),
            ("archive-step-unfinished", unfinished, "about"),
            ("archive-step-troubles", counts.troubles, "about"),
            ("archive-step-gone", counts.gone, "about"),
        ];
        let open = steps.iter().filter(|(_, count, _)| *count > 0);
        let (tone, headline) = match (summary.red_total(), counts.total()) {
            (_, 0) if counts.gone > 0 => (Tone::Bad, words.counted("archive-headline-vanished", counts.gone)),
            (_, 0) => (Tone::Unsure, words.text("archive-headline-none")),
            (0, _) if counts.indeterminate > 0 => {
                (Tone::Unsure, words.counted("archive-headline-indeterminate", counts.indeterminate))
            }
            (0, _) if unfinished + counts.troubles > 0 => (Tone::Unsure, words.text("archive-headline-incomplete")),
            (0, _) if counts.gone > 0 => (Tone::Unsure, words.counted("archive-headline-gone", counts.gone)),
            (0, _) if counts.valid == 0 => (Tone::Unsure, words.text("archive-headline-unsigned")),
            (0, _) => (Tone::Good, words.text("archive-headline-good")),
            (red, _) => (Tone::Bad, words.counted("archive-headline-red", red)),
        };
        Self {
            tone,
            headline,
            steps: open.map(|(key, count, target)| Step { text: words.counted(key, *count), target }).collect(),
        }
    }
}
