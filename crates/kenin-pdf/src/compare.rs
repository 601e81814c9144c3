use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::chain::View;
use crate::error::ReadError;
use crate::object::{Dictionary, Object, Reference};
use crate::reader::{Place, Reader};
use crate::xref::{Entry, Section};

/// Pairs of values compared in one step before giving up.
const MAX_PAIRS: usize = 1_000_000;

/// Keys of a cross-reference stream's dictionary and of a trailer that describe the section itself.
const SECTION_KEYS: [&[u8]; 8] = [b"Size", b"Prev", b"W", b"Index", b"Filter", b"DecodeParms", b"Length", b"Type"];

/// What a field with its widget may consist of, for a document timestamp that shows nothing.
const FIELD_KEYS: [&[u8]; 16] = [
    b"Type", b"Subtype", b"FT", b"T", b"TU", b"V", b"F", b"Ff", b"P", b"Rect", b"AP", b"DA", b"DR", b"MK", b"BS",
    b"Border",
];

/// What a document timestamp dictionary may consist of (EN 319 142-1 5.4.3).
const TIMESTAMP_KEYS: [&[u8]; 12] = [
    b"Type",
    b"Filter",
    b"SubFilter",
    b"ByteRange",
    b"Contents",
    b"V",
    b"M",
    b"Name",
    b"Reason",
    b"Location",
    b"ContactInfo",
    b"Prop_Build",
];

/// The part that a value plays, which says how it may differ between the revisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Role {
    /// Must be the same, and everything it refers to.
    Frozen,
    Catalog,
    /// /AcroForm: /SigFlags may change and /Fields grow.
    Form,
    /// An array that document timestamp fields may be appended to: /Fields, a page's /Annots.
    Fields,
    /// The information dictionary: its modification date and producer may change.
    Information,
}

/// Whether `new`, which is `old` and one more section, only adds a document security store, document timestamps and
/// what those need, so that every page and every earlier field is the same, object by object.
///
/// The two views are walked side by side from the trailer. An object that did not exist counts as null, so that a
/// dangling reference which the new revision fills is a change.
pub(crate) fn only_grows(reader: &Reader<'_>, old: &View, new: &View, section: &Section) -> Result<bool, ReadError> {
    let (Some(old_trailer), Some(new_trailer)) = (old.trailer(), new.newest().map(|section| &section.trailer)) else {
        return Ok(false);
    };
    let root = old_trailer.get(b"Root").and_then(Object::as_reference);
    let mut comparison =
        Comparison { reader, old, new, root, pending: Vec::new(), seen: HashSet::new(), growing: HashSet::new() };
    Ok(root.is_some()
        && comparison.trailer(old_trailer, new_trailer)?
        && comparison.run()?
        && comparison.older_objects_grow(section)?)
}

struct Comparison<'c, 'r> {
    reader: &'c Reader<'r>,
    old: &'c View,
    new: &'c View,
    root: Option<Reference>,
    pending: Vec<(Object, Object, Role)>,
    seen: HashSet<(Reference, Role)>,
    /// Older objects that may be defined anew because their own growth was compared: catalog, form, the arrays of
    /// fields, pages that gain a field, the information dictionary and the parts of the security store.
    growing: HashSet<u32>,
}

impl Comparison<'_, '_> {
    fn trailer(&mut self, old: &Dictionary, new: &Dictionary) -> Result<bool, ReadError> {
        let keys = |dictionary: &Dictionary| -> Vec<Rc<[u8]>> {
            let described = |key: &[u8]| SECTION_KEYS.contains(&key);
            dictionary.entries.iter().map(|(key, _)| Rc::clone(key)).filter(|key| !described(key)).collect()
        };
        let mut names: Vec<Rc<[u8]>> = keys(old);
        names.extend(keys(new));
        names.sort();
        names.dedup();
        for name in names {
            if old.count(&name) > 1 || new.count(&name) > 1 {
                return Ok(false);
            }
            let before = old.get(&name).cloned().unwrap_or(Object::Null);
            let after = new.get(&name).cloned().unwrap_or(Object::Null);
            match &*name {
                b"Root" if before.same_value(&after) => self.pending.push((before, after, Role::Catalog)),
                b"Root" => return Ok(false),
                // The second part changes with every revision; the first belongs to the encryption (14.4).
                b"ID" => {
                    let first = |value: &Object, view| -> Result<Option<Object>, ReadError> {
                        let value = self.reader.resolve(view, value)?;
                        Ok(value.as_array().and_then(|id| id.first()).cloned())
                    };
                    let same = match (first(&before, self.old)?, first(&after, self.new)?) {
                        (Some(before), Some(after)) => before.same_value(&after),
                        (before, after) => before.is_none() || after.is_none(),
                    };
                    if !same && old.get(b"Encrypt").is_some() {
                        return Ok(false);
                    }
                }
                b"Info" => self.pending.push((before, after, Role::Information)),
                // Offsets of the sections themselves.
                b"XRefStm" => {}
                _ => self.pending.push((before, after, Role::Frozen)),
            }
        }
        Ok(true)
    }

    /// Compares until nothing is left, or the first difference that is not allowed.
    fn run(&mut self) -> Result<bool, ReadError> {
        let mut pairs = 0usize;
        while let Some((old, new, role)) = self.pending.pop() {
            pairs += 1;
            if pairs > MAX_PAIRS || !self.pair(old, new, role)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn pair(&mut self, old: Object, new: Object, mut role: Role) -> Result<bool, ReadError> {
        let (from, to) = (old.as_reference(), new.as_reference());
        if role == Role::Frozen && from != to {
            return Ok(false);
        }
        if role == Role::Frozen && to.is_some() && to == self.root {
            role = Role::Catalog;
        }
        if let Some(reference) = to {
            if matches!(role, Role::Catalog | Role::Form | Role::Fields | Role::Information) {
                self.growing.insert(reference.number);
            }
            if from == to && !self.seen.insert((reference, role)) {
                return Ok(true);
            }
        }
        let (old, old_place) = self.load(self.old, &old)?;
        let (new, new_place) = self.load(self.new, &new)?;
        // A chain of references inside objects is not written by anyone.
        if old.as_reference().is_some() || new.as_reference().is_some() {
            return Ok(false);
        }
        let same_place = old_place == new_place && old_place.is_some();
        if let (Some(reference), Object::Dictionary(page)) = (to, &old)
            && page.has_name(b"Type", b"Page")
        {
            self.growing.insert(reference.number);
        }
        match role {
            Role::Frozen if same_place => self.same(&new),
            Role::Frozen => self.frozen(&old, &new),
            Role::Catalog => self.catalog(&old, &new),
            Role::Form => self.form(&old, &new),
            Role::Fields => self.fields(&old, &new),
            Role::Information => Ok(self.information(&old, &new)),
        }
    }

    fn load(&self, view: &View, value: &Object) -> Result<(Object, Option<Place>), ReadError> {
        match value.as_reference() {
            Some(reference) => {
                let loaded = self.reader.load(view, reference)?;
                Ok((loaded.object, Some(loaded.place)))
            }
            None => Ok((value.clone(), None)),
        }
    }

    /// An object with one definition in both views: what it refers to may still differ.
    fn same(&mut self, object: &Object) -> Result<bool, ReadError> {
        // Data that runs on behind the older revision was cut off in it.
        if let Object::Stream(stream) = object
            && self.reader.data_span(Some(self.old), stream)?.end > self.old.limit
        {
            return Ok(false);
        }
        if let Object::Dictionary(page) = object
            && page.has_name(b"Type", b"Page")
        {
            for (key, value) in &page.entries {
                match &**key {
                    b"Annots" => self.pending.push((value.clone(), value.clone(), Role::Fields)),
                    _ => self.references(value),
                }
            }
        } else {
            self.references(object);
        }
        Ok(true)
    }

    /// Queues every reference in a value; its nesting is bounded by the parser.
    fn references(&mut self, value: &Object) {
        match value {
            Object::Reference(_) => self.pending.push((value.clone(), value.clone(), Role::Frozen)),
            Object::Array(items) => items.iter().for_each(|item| self.references(item)),
            Object::Dictionary(dictionary) => dictionary.entries.iter().for_each(|(_, value)| self.references(value)),
            Object::Stream(stream) => stream.dictionary.entries.iter().for_each(|(_, value)| self.references(value)),
            _ => {}
        }
    }

    fn frozen(&mut self, old: &Object, new: &Object) -> Result<bool, ReadError> {
        match (old, new) {
            (Object::Array(old), Object::Array(new)) => {
                let pairs = old.iter().zip(new.iter()).map(|(old, new)| (old.clone(), new.clone(), Role::Frozen));
                self.pending.extend(pairs);
                Ok(old.len() == new.len())
            }
            (Object::Dictionary(old), Object::Dictionary(new)) => {
                let is_page = old.has_name(b"Type", b"Page") && new.has_name(b"Type", b"Page");
                let role = |key: &[u8]| if is_page && key == b"Annots" { Role::Fields } else { Role::Frozen };
                let may_appear: &[&[u8]] = if is_page { &[b"Annots"] } else { &[] };
                Ok(self.dictionaries(old, new, role, may_appear))
            }
            (Object::Stream(old), Object::Stream(new)) => {
                let same_data =
                    *self.reader.raw_data(Some(self.old), old)? == *self.reader.raw_data(Some(self.new), new)?;
                Ok(same_data && self.dictionaries(&old.dictionary, &new.dictionary, |_| Role::Frozen, &[]))
            }
            (old, new) => Ok(old.same_value(new)),
        }
    }

    /// Queues the values of equal keys. Keys must be the same on both sides, except those that count as null when
    /// they are missing before.
    fn dictionaries(
        &mut self,
        old: &Dictionary,
        new: &Dictionary,
        role: impl Fn(&[u8]) -> Role,
        may_appear: &[&[u8]],
    ) -> bool {
        let new_values: HashMap<&[u8], &Object> = new.entries.iter().map(|(key, value)| (&**key, value)).collect();
        let old_keys: HashSet<&[u8]> = old.entries.iter().map(|(key, _)| &**key).collect();
        if new_values.len() != new.entries.len() || old_keys.len() != old.entries.len() {
            return false;
        }
        let appeared = new_values.keys().filter(|key| !old_keys.contains(*key));
        let appeared: Vec<&[u8]> = appeared.copied().collect();
        if appeared.iter().any(|key| !may_appear.contains(key)) {
            return false;
        }
        for (key, value) in &old.entries {
            let Some(after) = new_values.get(&**key) else { return false };
            self.pending.push((value.clone(), (*after).clone(), role(key)));
        }
        for key in appeared {
            if let Some(after) = new_values.get(key) {
                self.pending.push((Object::Null, (*after).clone(), role(key)));
            }
        }
        true
    }

    /// The catalog may gain or change /DSS, /Extensions and /Version; /AcroForm has rules of its own.
    fn catalog(&mut self, old: &Object, new: &Object) -> Result<bool, ReadError> {
        let (Object::Dictionary(old), Object::Dictionary(new)) = (old, new) else { return Ok(false) };
        const GROWING: [&[u8]; 3] = [b"DSS", b"Extensions", b"Version"];
        if new.get(b"Version").is_some_and(|version| version.as_name().is_none()) {
            return Ok(false);
        }
        let without = |dictionary: &Dictionary| {
            let kept = dictionary.entries.iter().filter(|(key, _)| !GROWING.contains(&&**key)).cloned();
            Dictionary { entries: kept.collect(), span: dictionary.span }
        };
        for key in GROWING {
            if new.count(key) > 1 || old.get(key).is_some() && new.get(key).is_none() {
                return Ok(false);
            }
        }
        if let (Some(before), Some(after)) = (old.get(b"DSS"), new.get(b"DSS"))
            && !self.store_grows(before, after)?
        {
            return Ok(false);
        }
        let role = |key: &[u8]| if key == b"AcroForm" { Role::Form } else { Role::Frozen };
        Ok(self.dictionaries(&without(old), &without(new), role, &[]))
    }

    /// Whether a security store keeps its /VRI keys and has no fewer entries than before. Which objects hold them
    /// may change: some tools write everything anew.
    fn store_grows(&self, old: &Object, new: &Object) -> Result<bool, ReadError> {
        let (old, new) = (self.reader.resolve(self.old, old)?, self.reader.resolve(self.new, new)?);
        let (Some(old), Some(new)) = (old.as_dictionary(), new.as_dictionary()) else { return Ok(old.is_null()) };
        for key in [&b"Certs"[..], b"CRLs", b"OCSPs"] {
            let before = self.reader.entry(self.old, old, key)?.as_array().map_or(0, |list| list.len());
            let after = self.reader.entry(self.new, new, key)?.as_array().map_or(0, |list| list.len());
            if after < before {
                return Ok(false);
            }
        }
        let before = self.reader.entry(self.old, old, b"VRI")?;
        let after = self.reader.entry(self.new, new, b"VRI")?;
        let kept = |key: &[u8]| after.as_dictionary().is_some_and(|after| after.get(key).is_some());
        Ok(before.as_dictionary().is_none_or(|before| before.entries.iter().all(|(key, _)| kept(key))))
    }

    fn form(&mut self, old: &Object, new: &Object) -> Result<bool, ReadError> {
        let (Object::Dictionary(old), Object::Dictionary(new)) = (old, new) else { return Ok(false) };
        let flags = new.get(b"SigFlags");
        if flags.is_some_and(|flags| flags.as_integer().is_none()) || new.count(b"SigFlags") > 1 {
            return Ok(false);
        }
        let without = |dictionary: &Dictionary| {
            let kept = dictionary.entries.iter().filter(|(key, _)| **key != *b"SigFlags").cloned();
            Dictionary { entries: kept.collect(), span: dictionary.span }
        };
        let role = |key: &[u8]| if key == b"Fields" { Role::Fields } else { Role::Frozen };
        Ok(self.dictionaries(&without(old), &without(new), role, &[]))
    }

    /// The old elements in their order, then nothing but fields of document timestamps.
    fn fields(&mut self, old: &Object, new: &Object) -> Result<bool, ReadError> {
        let empty = Rc::new(Vec::new());
        let old = match old {
            Object::Null => &empty,
            Object::Array(old) => old,
            _ => return Ok(false),
        };
        let new = match new {
            Object::Null => &empty,
            Object::Array(new) => new,
            _ => return Ok(false),
        };
        let Some((kept, added)) = new.split_at_checked(old.len()) else { return Ok(false) };
        self.pending.extend(old.iter().zip(kept).map(|(old, new)| (old.clone(), new.clone(), Role::Frozen)));
        for field in added {
            let Some(reference) = field.as_reference() else { return Ok(false) };
            let existed =
                matches!(self.old.lookup(reference.number), Some(Entry::InUse { .. } | Entry::Compressed { .. }));
            if existed || !self.is_timestamp_field(reference)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A signature field merged with a widget that shows nothing, holding a document timestamp.
    fn is_timestamp_field(&self, reference: Reference) -> Result<bool, ReadError> {
        let field = self.reader.load(self.new, reference)?.object;
        let Object::Dictionary(field) = &field else { return Ok(false) };
        let entry = |key: &[u8]| self.reader.entry(self.new, field, key);
        let only = |dictionary: &Dictionary, keys: &[&[u8]]| {
            dictionary.entries.iter().all(|(key, _)| keys.contains(&&**key) && dictionary.count(key) == 1)
        };
        if !only(field, &FIELD_KEYS) || !field.has_name(b"FT", b"Sig") || !field.has_name(b"Subtype", b"Widget") {
            return Ok(false);
        }
        let rectangle = entry(b"Rect")?;
        let number = |item: &Object| item.as_number().filter(|number| number.is_finite());
        let corners: Option<Vec<f64>> = rectangle.as_array().and_then(|items| items.iter().map(number).collect());
        let flat = match corners.as_deref() {
            Some([left, bottom, right, top]) => left.total_cmp(right).is_eq() || bottom.total_cmp(top).is_eq(),
            _ => return Ok(false),
        };
        // Annotation flag 2: hidden (table 165). Readers differ about flags beyond those there are.
        let flags = entry(b"F")?;
        let hidden = match flags.as_integer() {
            Some(flags) if (0..1024).contains(&flags) => flags & 2 != 0,
            None if flags.is_null() => false,
            _ => return Ok(false),
        };
        let value = entry(b"V")?;
        let Object::Dictionary(value) = &value else { return Ok(false) };
        let is_timestamp = value.has_name(b"SubFilter", b"ETSI.RFC3161") && only(value, &TIMESTAMP_KEYS);
        Ok((flat || hidden) && is_timestamp)
    }

    /// The information dictionary is shown on no page; a new date and producer come with every update.
    fn information(&mut self, old: &Object, new: &Object) -> bool {
        const CHANGING: [&[u8]; 2] = [b"ModDate", b"Producer"];
        let (old, new) = match (old, new) {
            (Object::Null, Object::Null) => return true,
            (Object::Null, Object::Dictionary(new)) => (&Dictionary::default(), new),
            (Object::Dictionary(old), Object::Dictionary(new)) => (&**old, new),
            _ => return false,
        };
        let strings = CHANGING.iter().all(|key| new.get(key).is_none_or(|value| value.as_string().is_some()));
        let without = |dictionary: &Dictionary| {
            let kept = dictionary.entries.iter().filter(|(key, _)| !CHANGING.contains(&&**key)).cloned();
            Dictionary { entries: kept.collect(), span: dictionary.span }
        };
        strings && self.dictionaries(&without(old), &without(new), |_| Role::Frozen, &[])
    }

    /// Whether every older object that the section defines anew is one that may grow. A new object may be anything:
    /// nothing older refers to it, or the comparison would have met it.
    fn older_objects_grow(&mut self, section: &Section) -> Result<bool, ReadError> {
        let store = self.store_parts()?;
        let mut entries = section.entries().filter(|(number, entry)| {
            *entry != Entry::Free
                && matches!(self.old.lookup(*number), Some(Entry::InUse { .. } | Entry::Compressed { .. }))
        });
        Ok(entries.all(|(number, _)| self.growing.contains(&number) || store.contains(&number)))
    }

    /// Numbers of the older objects that nothing but the security store consists of.
    fn store_parts(&self) -> Result<HashSet<u32>, ReadError> {
        let mut parts = HashSet::new();
        let catalog = match self.root {
            Some(root) => self.reader.load(self.old, root)?.object,
            None => Object::Null,
        };
        let mut pending: Vec<Object> =
            catalog.as_dictionary().and_then(|c| c.get(b"DSS")).cloned().into_iter().collect();
        while let Some(value) = pending.pop() {
            match &value {
                Object::Reference(reference) if parts.insert(reference.number) => {
                    pending.push(self.reader.load(self.old, *reference)?.object);
                }
                Object::Array(items) => pending.extend(items.iter().filter(|item| may_refer(item)).cloned()),
                Object::Dictionary(dictionary) => {
                    pending.extend(dictionary.entries.iter().map(|(_, value)| value.clone()).filter(may_refer));
                }
                // A stream's dictionary leads nowhere that belongs to the store.
                _ => {}
            }
        }
        // What the rest of the document refers to as well is no part of the store alone.
        parts.retain(|number| !self.seen.iter().any(|(reference, _)| reference.number == *number));
        Ok(parts)
    }
}

/// Whether a value is or may contain a reference.
fn may_refer(value: &Object) -> bool {
    matches!(value, Object::Reference(_) | Object::Array(_) | Object::Dictionary(_) | Object::Stream(_))
}
