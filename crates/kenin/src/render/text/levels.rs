//! What standards call a signature's level, and what the document lacks for the next one.

use kenin_validation::Indication;

use super::page::{Page, Tone};
use super::{separator, serde_name};
use crate::messages::Catalogue;
use crate::report::{MissingReport, SignatureReport};

pub(super) fn levels(signature: &SignatureReport, catalogue: &Catalogue, page: &mut Page) {
    if !signature.level_names.is_empty() {
        let label = catalogue.text("text-level-names", &[]) + ":";
        let names = signature.level_names.join(separator(catalogue.lang()));
        page.labelled(2, &[(Tone::Plain, &label, 0)], Tone::Plain, &names);
    }
    // What does not hold is not worth keeping.
    let worth = signature.indication != Indication::Failed;
    if let Some(next) = signature.next_level.as_ref().filter(|_| worth) {
        let level = serde_name(&next.level);
        page.paragraph(2, Tone::Plain, &catalogue.text("text-next-level", &[("level", (&level).into())]));
        for missing in &next.missing {
            page.labelled(4, &[(Tone::Plain, "-", 2)], Tone::Plain, &missing_text(missing, catalogue));
        }
    }
}

fn missing_text(missing: &MissingReport, catalogue: &Catalogue) -> String {
    let key = format!("missing-{}", serde_name(&missing.what));
    let detail = missing
        .subject
        .as_ref()
        .and_then(|subject| catalogue.find(&format!("{key}.detail"), &[("subject", subject.into())]));
    detail.unwrap_or_else(|| catalogue.text(&key, &[]))
}
