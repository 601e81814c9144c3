//! What a run says at its end, and how the program ends.

use kenin_archive::{Counts, Known};

use crate::exit::{Exit, Failure};
use crate::locale::Speech;
use crate::printer;

/// How everything stands, and what was left alone.
pub fn print(counts: &Counts, known: Option<&Known>, speech: &Speech) -> Result<(), Failure> {
    let Counts { valid, invalid, indeterminate, unsigned, errors, .. } = *counts;
    let parts = [
        ("valid", valid),
        ("invalid", invalid),
        ("indeterminate", indeterminate),
        ("unsigned", unsigned),
        ("errors", errors),
        ("total", counts.total()),
    ];
    let mut lines = vec![speech.people.text("summary-line", &parts.map(|(name, count)| (name, count.into())))];
    let counted = [
        ("batch-skipped", known.map_or(0, Known::unchanged)),
        ("batch-older", known.map_or(0, Known::older)),
        ("batch-gone", counts.gone),
        ("batch-troubles", counts.troubles),
    ];
    for (key, count) in counted.into_iter().filter(|(_, count)| *count > 0) {
        lines.push(speech.people.text(key, &[("count", count.into())]));
    }
    let text: String = lines.iter().map(|line| speech.shown(line) + "\n").collect();
    printer::page(&text)
}

/// The worst of all documents in the results.
pub fn exit(counts: &Counts) -> Exit {
    let present = [
        (counts.internal, Exit::Internal),
        (counts.invalid, Exit::Invalid),
        (counts.errors + counts.troubles, Exit::Io),
        (counts.indeterminate, Exit::Indeterminate),
    ];
    present.into_iter().find(|(count, _)| *count > 0).map_or(Exit::Valid, |(_, exit)| exit)
}
