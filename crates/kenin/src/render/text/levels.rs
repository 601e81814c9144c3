//! What standards call a signature's level, and what the document lacks for the next one.

use kenin_validation::Indication;

use super::page::{Page, Shade};
use crate::messages::Catalogue;
use crate::render::{serde_name, story};
use crate::report::SignatureReport;

pub(super) fn levels(signature: &SignatureReport, catalogue: &Catalogue, page: &mut Page) {
    if !signature.level_names.is_empty() {
        let label = catalogue.label("text-level-names");
        let names = catalogue.join(&signature.level_names);
        page.labelled(2, &[(Shade::Plain, &label, 0)], Shade::Plain, &names);
    }
    // What does not hold is not worth keeping.
    let worth = signature.indication != Indication::Failed;
    if let Some(next) = signature.next_level.as_ref().filter(|_| worth) {
        let level = serde_name(&next.level);
        page.paragraph(2, Shade::Plain, &catalogue.text("text-next-level", &[("level", (&level).into())]));
        for missing in &next.missing {
            page.labelled(4, &[(Shade::Plain, "-", 2)], Shade::Plain, &story::missing_text(missing, catalogue));
        }
    }
}
