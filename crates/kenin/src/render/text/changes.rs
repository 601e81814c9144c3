use super::page::{Page, Shade, cut};
use crate::messages::Catalogue;
use crate::render::story;
use crate::report::{ModificationReport, Report, SignatureReport};

/// Columns of a field's name, which the document chooses.
const FIELD: usize = 40;

/// The list of one signature; nothing where no later revision changed anything but to preserve it.
pub(super) fn changes(report: &Report, signature: &SignatureReport, catalogue: &Catalogue, page: &mut Page) {
    let changes = story::changes(report, signature, catalogue);
    if let Some(same) = &changes.same {
        page.paragraph(2, Shade::Plain, same);
    }
    for group in &changes.groups {
        let (tone, heading) = group.heading;
        page.paragraph(2, tone.into(), &catalogue.label(heading));
        for change in &group.changes {
            page.labelled(4, &[(Shade::Plain, "-", 2)], Shade::Plain, &line(change, catalogue));
        }
    }
    if let Some(more) = &changes.more {
        page.paragraph(4, Shade::Plain, more);
    }
    if let Some(permitted) = &changes.permitted {
        page.paragraph(2, Shade::Plain, permitted);
    }
}

/// One change: what, where it shows, in which object.
fn line(change: &ModificationReport, catalogue: &Catalogue) -> String {
    let places = catalogue.join(story::places(change, catalogue, |name| cut(name, FIELD)));
    let rule = change.rule.as_str();
    catalogue.text("changes-line", &[("rule", rule.into()), ("places", (&places).into())])
}
