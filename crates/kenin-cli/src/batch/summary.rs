//! What a run says at its end, and how the program ends.

use kenin::render::sanitised;
use kenin_archive::Counts;

use crate::exit::{Exit, Failure};
use crate::locale::Speech;
use crate::printer;

/// Places that could not be entered of which more than their number is said.
pub const TROUBLES: u32 = 5;

/// How everything stands, how many documents were left alone as unchanged or too old, and the first of the places that could
/// not be entered.
pub fn print(
    counts: &Counts,
    (unchanged, older): (u64, u64),
    troubles: &[(String, String)],
    speech: &Speech,
) -> Result<(), Failure> {
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
        ("batch-skipped", unchanged),
        ("batch-older", older),
        ("batch-gone", counts.gone),
        ("batch-troubles", counts.troubles),
    ];
    for (key, count) in counted.into_iter().filter(|(_, count)| *count > 0) {
        lines.push(speech.people.text(key, &[("count", count.into())]));
    }
    let troubles = troubles.iter().take(usize::try_from(TROUBLES).unwrap_or(usize::MAX));
    for (name, reason) in troubles {
        let (path, reason) = (sanitised(name), sanitised(reason));
        let values = [("path", (&path).into()), ("reason", (&reason).into())];
        lines.push(format!("  {}", speech.people.text("batch-trouble", &values)));
    }
    let text: String = lines.iter().map(|line| speech.shown(line) + "\n").collect();
    printer::page(&text)
}

/// The worst of all documents in the results. Documents that have gone count once, at the run that misses them.
pub fn exit(counts: &Counts) -> Exit {
    // Where nothing is left at all the place is wrong, whenever that began.
    let lost = if counts.total() == 0 { counts.gone } else { counts.missed };
    let present = [
        (counts.internal, Exit::Internal),
        (counts.invalid, Exit::Invalid),
        (counts.errors + counts.troubles + lost, Exit::Io),
        (counts.indeterminate, Exit::Indeterminate),
    ];
    present.into_iter().find(|(count, _)| *count > 0).map_or(Exit::Valid, |(_, exit)| exit)
}
