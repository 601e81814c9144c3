//! Pages and their annotations (ISO 32000-1 7.7.3.3, 12.5).

use foldhash::{HashMap, HashSet};
use kenin_facts::ModificationRule as Rule;

use super::difference::{entries, key_text};
use super::graph::{Place, entry_role};
use super::role::Role;
use super::step::Step;
use crate::error::ReadError;
use crate::object::{Object, Reference};

impl Step<'_, '_> {
    pub(super) fn page(&mut self, old: &Object, new: &Object, place: &Place) -> Result<(), ReadError> {
        let (Object::Dictionary(old), Object::Dictionary(new)) = (old, new) else {
            self.change(Rule::PageTree, String::new());
            return Ok(());
        };
        for (key, before, after) in entries(old, new) {
            let Some((before, after)) = self.views.pair(Some(&before), Some(&after))? else { continue };
            match entry_role(Role::Page, &key, place) {
                Role::Annotations => self.annotations(&before, &after, place)?,
                Role::Metadata => self.metadata(&before, &after, &key_text(&key))?,
                // What a field or an annotation of a tagged document brings along (14.7.4.4, table 30).
                Role::PagePart if before.is_null() && matches!(&*key, b"StructParents" | b"Tabs") => {
                    self.change(Rule::StructureGrowth, key_text(&key));
                }
                role => self.plain(role.rule(), Some(&before), Some(&after), &key_text(&key))?,
            }
        }
        Ok(())
    }

    /// /Annots of a page: what came, went or changed places.
    pub(super) fn annotations(&mut self, old: &Object, new: &Object, place: &Place) -> Result<(), ReadError> {
        let (Some(old), Some(new)) = (list(old), list(new)) else {
            self.change(Rule::AnnotationChanged, "/Annots".into());
            return Ok(());
        };
        let (before, after) = (references(&old), references(&new));
        let remaining: HashSet<Reference> = after.iter().copied().collect();
        let known: HashMap<Reference, usize> =
            before.iter().enumerate().map(|(at, reference)| (*reference, at)).collect();
        for gone in before.iter().filter(|reference| !remaining.contains(reference)) {
            let annotation = self.views.reader.load(self.views.old, *gone)?.object;
            let is_field = self.graph.has(gone.number, Role::Field);
            let rule = if is_field { Rule::FormFieldRemoved } else { Rule::AnnotationRemoved };
            self.annotation_change(rule, *gone, &annotation, place);
        }
        for came in after.iter().filter(|reference| !known.contains_key(reference)) {
            // A signature field's widget is part of that field's change, on the first page that lists it.
            if !self.new_fields.remove(&came.number) {
                let annotation = self.views.reader.load(self.views.new, *came)?.object;
                self.annotation_change(Rule::AnnotationAdded, *came, &annotation, place);
            }
        }
        // Later annotations lie over earlier ones (12.5.2).
        let order: Vec<usize> = after.iter().filter_map(|reference| known.get(reference).copied()).collect();
        if !order.is_sorted() {
            self.annotation_change(Rule::AnnotationChanged, self.at, &Object::Null, place);
        }
        self.direct_annotations(&old, &new, place);
        Ok(())
    }

    /// Annotations that are written into the array itself.
    fn direct_annotations(&mut self, old: &[Object], new: &[Object], place: &Place) {
        let direct = |items: &[Object]| -> Vec<Object> {
            items.iter().filter(|item| item.as_reference().is_none() && !item.is_null()).cloned().collect()
        };
        let (old, new) = (direct(old), direct(new));
        let kept = old.iter().zip(&new).take_while(|(old, new)| old.same_value(new)).count();
        for gone in old.iter().skip(kept) {
            self.annotation_change(Rule::AnnotationRemoved, self.at, gone, place);
        }
        for came in new.iter().skip(kept) {
            self.annotation_change(Rule::AnnotationAdded, self.at, came, place);
        }
    }

    pub(super) fn annotation(&mut self, old: &Object, new: &Object, place: &Place) -> Result<(), ReadError> {
        let Some(path) = self.views.difference(old, new)? else { return Ok(()) };
        let rule = if new.is_null() { Rule::AnnotationRemoved } else { Rule::AnnotationChanged };
        let shown = if new.is_null() { old } else { new };
        self.annotation_change(rule, self.at, shown, place);
        if let Some(change) = self.changes.last_mut() {
            change.what = path;
        }
        Ok(())
    }

    fn annotation_change(&mut self, rule: Rule, reference: Reference, annotation: &Object, place: &Place) {
        let kind = annotation.as_dictionary().and_then(|dictionary| dictionary.get(b"Subtype"));
        let what = kind.and_then(Object::as_name).map(key_text).unwrap_or_default();
        self.shown_change(rule, what, annotation);
        if let Some(change) = self.changes.last_mut() {
            change.reference = reference;
            change.page = change.page.or(place.page);
        }
    }
}

/// The items of an array; none for null.
pub(super) fn list(value: &Object) -> Option<Vec<Object>> {
    match value {
        Object::Null => Some(Vec::new()),
        Object::Array(items) => Some(items.to_vec()),
        _ => None,
    }
}

pub(super) fn references(items: &[Object]) -> Vec<Reference> {
    items.iter().filter_map(Object::as_reference).collect()
}
