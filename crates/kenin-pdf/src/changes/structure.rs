//! The logical structure of a tagged document (ISO 32000-1 14.7): it grows with every field and annotation.

use kenin_base::Resource;
use kenin_facts::ModificationRule as Rule;

use super::difference::{entries, key_text};
use super::step::Step;
use crate::error::ReadError;
use crate::object::Object;

/// Lists of a structure element or of the number tree that leads to it (tables 322, 323, 37).
const LISTS: [&[u8]; 3] = [b"K", b"Nums", b"Kids"];

/// Entries that follow from what the lists hold.
const FOLLOWING: [&[u8]; 2] = [b"ParentTreeNextKey", b"Limits"];

impl Step<'_, '_> {
    /// Elements may come; those there are must stay as they are and in their order. A document that had no structure
    /// gains none by being filled in.
    pub(super) fn structure(&mut self, old: &Object, new: &Object) -> Result<(), ReadError> {
        let (Object::Dictionary(before), Object::Dictionary(after)) = (old, new) else {
            let rule = if !old.is_null() && self.grown(old, new, 1)? { Rule::StructureGrowth } else { Rule::Structure };
            return self.plain(rule, Some(old), Some(new), "");
        };
        for (key, before, after) in entries(before, after) {
            let Some((before, after)) = self.views.pair(Some(&before), Some(&after))? else { continue };
            let what = key_text(&key);
            let rule = match &*key {
                key if LISTS.contains(&key) && self.grown(&before, &after, 1)? => Rule::StructureGrowth,
                key if FOLLOWING.contains(&key) => Rule::StructureGrowth,
                b"ParentTree" | b"IDTree" if before.as_dictionary().is_some() => {
                    self.structure(&before, &after)?;
                    continue;
                }
                _ => Rule::Structure,
            };
            self.plain(rule, Some(&before), Some(&after), &what)?;
        }
        Ok(())
    }

    /// Whether a list has all the items it had, in their order, and perhaps more. A single item is a list of one; lists
    /// inside it, as a number tree has them, may grow too.
    fn grown(&self, old: &Object, new: &Object, depth: u8) -> Result<bool, ReadError> {
        let mut after = items(new).iter();
        for item in items(old) {
            loop {
                let Some(now) = after.next() else { return Ok(false) };
                // One list may be referred to from many places, and be gone through for each.
                self.views.reader.budget.spend(Resource::PdfComparisons, 1)?;
                if item.same_value(now) || depth > 0 && self.nested(item, now, depth - 1)? {
                    break;
                }
            }
        }
        Ok(true)
    }

    fn nested(&self, old: &Object, new: &Object, depth: u8) -> Result<bool, ReadError> {
        Ok(match self.views.pair(Some(old), Some(new))? {
            Some((old @ Object::Array(_), new @ Object::Array(_))) => self.grown(&old, &new, depth)?,
            _ => false,
        })
    }
}

/// What a list consists of: a single item is a list of one.
fn items(value: &Object) -> &[Object] {
    match value {
        Object::Null => &[],
        Object::Array(items) => items,
        single => std::slice::from_ref(single),
    }
}
