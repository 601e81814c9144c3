use foldhash::{HashMap, HashSet};
use kenin_base::Resource;

use super::unreachable::references;
use crate::chain::View;
use crate::document::{Document, Revision};
use crate::error::ReadError;
use crate::object::Reference;
use crate::reader::Place;

/// The definitions that the revisions before a view's last one led to: content that was shown once and replaced, which
/// every filled-in form has. Revisions are not told apart, so that one walk answers for all.
pub(super) fn shown_before(document: &Document<'_>, view: &View) -> Result<HashSet<Place>, ReadError> {
    let reader = &document.reader;
    let earlier: Vec<&Revision> = document.revisions.iter().filter(|revision| revision.end < view.limit).collect();
    let mut definitions: HashMap<u32, Vec<&View>> = HashMap::default();
    let mut pending = Vec::new();
    let mut before: Option<&View> = None;
    for Revision { view, .. } in earlier {
        let added = before.and_then(|before| view.sections_since(before)).map(|sections| sections.to_vec());
        for section in added.unwrap_or_else(|| view.sections().cloned().collect()) {
            section.entries().for_each(|(number, _)| definitions.entry(number).or_default().push(view));
        }
        pending.extend(view.root().and_then(|root| root.as_reference()).map(|root| root.number));
        before = Some(view);
    }
    let mut shown = HashSet::default();
    while let Some(number) = pending.pop() {
        for view in definitions.remove(&number).unwrap_or_default() {
            reader.budget.spend(Resource::PdfObjects, 1)?;
            let loaded = reader.load(view, Reference { number, generation: 0 })?;
            if shown.insert(loaded.place) {
                references(&loaded.object, &mut pending);
            }
        }
    }
    Ok(shown)
}
