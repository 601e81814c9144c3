//! The interactive form and its fields (ISO 32000-1 12.7).

use std::rc::Rc;

use foldhash::HashSet;
use kenin_base::Resource;
use kenin_facts::ModificationRule as Rule;

use super::difference::{entries, key_text};
use super::graph::{Place, entry_role};
use super::page::{list, references};
use super::role::Role;
use super::step::Step;
use crate::chain::View;
use crate::error::ReadError;
use crate::object::{Dictionary, Object, Reference};
use crate::rect::rectangle;

/// Fields above a field that are asked for what it inherits.
const MAX_ANCESTORS: usize = 32;

/// What a signature field with its widget may consist of (tables 164, 188, 220, 230, 232). Anything else, an action
/// above all, is more than a field for a signature.
const SIGNATURE_FIELD_KEYS: [&[u8]; 28] = [
    b"Type",
    b"Subtype",
    b"FT",
    b"T",
    b"TU",
    b"TM",
    b"V",
    b"F",
    b"Ff",
    b"P",
    b"Rect",
    b"AP",
    b"AS",
    b"DA",
    b"DR",
    b"MK",
    b"BS",
    b"Border",
    b"Lock",
    b"SV",
    b"Parent",
    b"Kids",
    b"M",
    b"NM",
    b"H",
    b"Q",
    b"StructParent",
    b"Lang",
];

/// What filling in changes of a field: its value, and how it is shown (tables 164, 220, 222, 231).
const FILLING_KEYS: [&[u8]; 13] =
    [b"AS", b"F", b"DA", b"Q", b"Ff", b"RV", b"DS", b"I", b"TI", b"M", b"MK", b"NM", b"Type"];

/// Annotation flags (table 165).
const HIDDEN: i64 = 1 << 1;
const PRINT: i64 = 1 << 2;
const NO_VIEW: i64 = 1 << 5;
const TOGGLE_NO_VIEW: i64 = 1 << 8;

/// Field flags (table 221).
const READ_ONLY: i64 = 1;
const REQUIRED: i64 = 1 << 1;
const NO_EXPORT: i64 = 1 << 2;

/// How deep a dictionary stands among resources (7.8.3).
#[derive(Clone, Copy)]
enum Level {
    /// All resources, by their kinds.
    All,
    /// Those of one kind, by their names.
    Kind,
    /// A resource, or a part of one.
    Single,
}

/// A widget's own object, if it is one, and its dictionary.
type Widget = (Option<Reference>, Rc<Dictionary>);

/// How a field stands in one view.
struct FieldState {
    is_signature: bool,
    value: Object,
}

/// Whether field flags change beyond those that every field has, which signing locks fields with (table 221): the others say
/// what kind of field it is, and whether its value can be read (tables 226, 228, 230).
fn makes_another_field(old: &Object, new: &Object) -> bool {
    let flags = |value: &Object| if value.is_null() { Some(0) } else { value.as_integer() };
    let beyond = |(old, new): (i64, i64)| (old ^ new) & !(READ_ONLY | REQUIRED | NO_EXPORT) != 0;
    // Of another type than a number the entry belongs to something else that this dictionary is too.
    flags(old).zip(flags(new)).is_none_or(beyond)
}

impl Step<'_, '_> {
    pub(super) fn form(&mut self, old: &Object, new: &Object) -> Result<(), ReadError> {
        let empty = Object::Dictionary(Rc::default());
        let old = if old.is_null() { &empty } else { old };
        let (Object::Dictionary(old), Object::Dictionary(new)) = (old, new) else {
            self.change(Rule::FormChanged, "/AcroForm".into());
            return Ok(());
        };
        for (key, before, after) in entries(old, new) {
            let what = key_text(&key);
            let Some((before, after)) = self.views.pair(Some(&before), Some(&after))? else { continue };
            match &*key {
                b"Fields" => self.fields(&before, &after, &Place::default())?,
                b"DR" => self.resources(&before, &after, "/DR")?,
                // Says that there are signatures, and that updates must be appended (table 219).
                b"SigFlags" if after.as_integer().is_some() => {}
                b"DA" | b"Q" | b"NeedAppearances" => {
                    self.plain(Rule::FormDefaults, Some(&before), Some(&after), &what)?
                }
                _ => self.plain(Rule::FormChanged, Some(&before), Some(&after), &what)?,
            }
        }
        Ok(())
    }

    /// Resources that fields may use: new ones may come, those there are must stay.
    pub(super) fn resources(&mut self, old: &Object, new: &Object, what: &str) -> Result<(), ReadError> {
        let level = if what.is_empty() { self.resource_level()? } else { Level::All };
        self.resources_of(old, new, what, level)
    }

    fn resources_of(&mut self, old: &Object, new: &Object, what: &str, level: Level) -> Result<(), ReadError> {
        let plain_dictionary = |value: &Object| match value {
            Object::Dictionary(dictionary) if dictionary.get(b"Type").is_none() => Some(Rc::clone(dictionary)),
            Object::Null => Some(Rc::default()),
            _ => None,
        };
        let (Some(before), Some(after), false) = (plain_dictionary(old), plain_dictionary(new), new.is_null()) else {
            return self.plain(Rule::FormChanged, Some(old), Some(new), what);
        };
        // A resource without /Type, an encoding (table 114) or a graphics state, is not to gain entries.
        let below = match level {
            Level::All => Level::Kind,
            Level::Kind => Level::Single,
            Level::Single => return self.plain(Rule::FormChanged, Some(old), Some(new), what),
        };
        for (key, before, after) in entries(&before, &after) {
            let Some((before, after)) = self.views.pair(Some(&before), Some(&after))? else { continue };
            let what = format!("{what} {}", key_text(&key));
            // Only appearance streams name form XObjects, and each of them is compared itself.
            if before.is_null() || *key == *b"XObject" {
                self.change(Rule::FormResources, what.trim_start().to_owned());
            } else {
                self.resources_of(&before, &after, &what, below)?;
            }
        }
        Ok(())
    }

    /// What the object at hand is among the form's resources.
    fn resource_level(&self) -> Result<Level, ReadError> {
        let Step { views, at, .. } = *self;
        let entry = |above: &Object, key: &[u8]| match above {
            Object::Dictionary(dictionary) => {
                let value = dictionary.get(key).cloned().unwrap_or(Object::Null);
                Ok((value.as_reference(), views.reader.resolve(views.old, &value)?))
            }
            _ => Ok::<_, ReadError>((None, Object::Null)),
        };
        let root = views.old.root().map_or(Ok(Object::Null), |root| views.reader.resolve(views.old, root))?;
        let (own, resources) = entry(&entry(&root, b"AcroForm")?.1, b"DR")?;
        if own.is_some_and(|own| own.number == at.number) {
            return Ok(Level::All);
        }
        let Object::Dictionary(resources) = resources else { return Ok(Level::Single) };
        let kinds = u64::try_from(resources.entries.len()).unwrap_or(u64::MAX);
        views.reader.budget.spend(Resource::PdfComparisons, kinds)?;
        let is_here = |(_, kind): &(Rc<[u8]>, Object)| kind.as_reference().is_some_and(|kind| kind.number == at.number);
        Ok(if resources.entries.iter().any(is_here) { Level::Kind } else { Level::Single })
    }

    /// /Fields of the form or /Kids of a field.
    pub(super) fn fields(&mut self, old: &Object, new: &Object, above: &Place) -> Result<(), ReadError> {
        let (Some(old), Some(new)) = (list(old), list(new)) else {
            self.change(Rule::FormChanged, "/Fields".into());
            return Ok(());
        };
        let direct = |items: &[Object]| items.iter().any(|item| item.as_reference().is_none());
        if direct(&old) || direct(&new) {
            let (old, new) = (Object::Array(Rc::new(old)), Object::Array(Rc::new(new)));
            return self.plain(Rule::FormChanged, Some(&old), Some(&new), "/Fields");
        }
        let (before, after) = (references(&old), references(&new));
        let known: HashSet<Reference> = before.iter().copied().collect();
        let remaining: HashSet<Reference> = after.iter().copied().collect();
        for gone in before.iter().filter(|reference| !remaining.contains(reference)) {
            let field = self.views.reader.load(self.views.old, *gone)?.object;
            self.field_change(Rule::FormFieldRemoved, *gone, &field, None);
        }
        for came in after.iter().filter(|reference| !known.contains(reference)) {
            self.new_field(*came, above)?;
        }
        Ok(())
    }

    /// A field, or a widget of a field, that was not there.
    fn new_field(&mut self, reference: Reference, above: &Place) -> Result<(), ReadError> {
        let Step { views, document, .. } = *self;
        let object = views.reader.load(views.new, reference)?.object;
        let Object::Dictionary(field) = &object else {
            self.field_change(Rule::FormFieldAdded, reference, &object, None);
            return Ok(());
        };
        let partial = views.reader.entry(views.new, field, b"T")?;
        let partial = partial.as_string().and_then(|name| document.text(&name.bytes));
        let name: Rc<str> = match (&above.field, partial) {
            (Some(above), Some(partial)) => format!("{above}.{partial}").into(),
            (Some(above), None) => Rc::clone(above),
            (None, partial) => partial.unwrap_or_default().into(),
        };
        let state = self.state(views.new, field)?;
        let Some(widgets) = self.widgets(reference, field)? else {
            self.field_change(Rule::FormFieldAdded, reference, &object, Some(&name));
            return Ok(());
        };
        // It shows the signature that it inherits, in a place that nobody signed.
        let mut joins = self.was_signed(above.owner)?;
        // Fields of one name are one field with one value (12.7.3.2).
        joins = joins || (state.value.is_null() && self.signed.contains(&name));
        for (_, dictionary) in &widgets {
            joins = joins || self.inherits_signature(dictionary)?;
        }
        if joins {
            self.field_change(Rule::SignatureChanged, reference, &object, Some(&name));
            return Ok(());
        }
        let expected = |dictionary: &Dictionary| {
            let known = |(key, _): &(Rc<[u8]>, Object)| SIGNATURE_FIELD_KEYS.contains(&&**key);
            dictionary.entries.iter().all(|entry| known(entry) && dictionary.count(&entry.0) == 1)
        };
        let mut sound = state.is_signature && !self.is_recycled(field)?;
        for (widget, dictionary) in &widgets {
            sound &= expected(dictionary) && !self.existed(*widget)? && self.is_widget(dictionary)?;
        }
        if !sound {
            self.field_change(Rule::FormFieldAdded, reference, &object, Some(&name));
            return Ok(());
        }
        self.new_fields.extend(widgets.iter().filter_map(|(reference, _)| *reference).map(|found| found.number));
        let mut visible = Vec::new();
        for (widget, dictionary) in &widgets {
            if self.is_visible(dictionary)? {
                visible.push((widget.unwrap_or(reference), Object::Dictionary(Rc::clone(dictionary))));
            }
        }
        let is_timestamp = self.is_timestamp(&state.value)?;
        // A /V that leads to nothing is no value (7.3.10) and no field that waits for one: a signature was here.
        let is_severed = state.value.is_null() && field.get(b"V").is_some_and(|value| !value.is_null());
        let rule = match (&state.value, visible.is_empty()) {
            (Object::Null, _) if is_severed => Rule::FormFieldAdded,
            (Object::Null, true) => Rule::HiddenSignatureField,
            (Object::Null, false) => Rule::SignatureField,
            (_, true) if is_timestamp => Rule::DocumentTimestamp,
            (Object::Dictionary(_), _) => Rule::Signature,
            _ => Rule::FormFieldAdded,
        };
        if visible.is_empty() {
            self.field_change(rule, reference, &Object::Null, Some(&name));
        }
        for (widget, shown) in visible {
            self.field_change(rule, widget, &shown, Some(&name));
        }
        Ok(())
    }

    fn is_timestamp(&self, value: &Object) -> Result<bool, ReadError> {
        let Object::Dictionary(value) = value else { return Ok(false) };
        let filter = self.views.reader.entry(self.views.new, value, b"SubFilter")?;
        Ok(filter.as_name() == Some(b"ETSI.RFC3161"))
    }

    /// Whether a dictionary of a signature field is a widget or no annotation at all (12.5.6.19): annotations of other
    /// types show in their own ways, some of them without an area or an appearance.
    fn is_widget(&self, dictionary: &Dictionary) -> Result<bool, ReadError> {
        let subtype = self.views.reader.entry(self.views.new, dictionary, b"Subtype")?;
        let no_annotation = || dictionary.get(b"AP").is_none() && dictionary.get(b"Type").is_none();
        Ok(if subtype.is_null() { no_annotation() } else { subtype.as_name() == Some(b"Widget") })
    }

    /// Whether an object was a signature field with a value, or a part of one.
    fn was_signed(&self, number: Option<u32>) -> Result<bool, ReadError> {
        let Some(number) = number else { return Ok(false) };
        let old = self.views.old;
        let object = self.views.reader.load(old, old.reference(number))?.object;
        let Object::Dictionary(field) = self.views.reader.resolve(old, &object)? else { return Ok(false) };
        let state = self.state(old, &field)?;
        Ok(state.is_signature && !state.value.is_null())
    }

    /// Whether something above a new field was signed before, or has a value that was there before.
    fn inherits_signature(&self, field: &Dictionary) -> Result<bool, ReadError> {
        let mut above = field.get(b"Parent").cloned();
        for _ in 0..MAX_ANCESTORS {
            let Some(parent) = above else { break };
            if self.was_signed(parent.as_reference().map(|parent| parent.number))? {
                return Ok(true);
            }
            let Object::Dictionary(parent) = self.views.reader.resolve(self.views.new, &parent)? else { break };
            if self.is_recycled(&parent)? {
                return Ok(true);
            }
            above = parent.get(b"Parent").cloned();
        }
        Ok(false)
    }

    /// Whether an object was there before.
    fn existed(&self, reference: Option<Reference>) -> Result<bool, ReadError> {
        let Some(reference) = reference else { return Ok(false) };
        Ok(!self.views.reader.load(self.views.old, reference)?.object.is_null())
    }

    /// The widgets of a field with their references: itself, where it is merged with its only one, or its kids. `None`
    /// when something else is among them.
    fn widgets(&self, reference: Reference, field: &Rc<Dictionary>) -> Result<Option<Vec<Widget>>, ReadError> {
        let mut widgets = vec![(Some(reference), Rc::clone(field))];
        let mut seen: HashSet<Reference> = [reference].into_iter().collect();
        let mut next = 0;
        while let Some((_, parent)) = widgets.get(next).cloned() {
            next += 1;
            let kids = self.views.reader.entry(self.views.new, &parent, b"Kids")?;
            for kid in kids.as_array().iter().flat_map(|kids| kids.iter()) {
                self.views.reader.budget.spend(Resource::PdfComparisons, 1)?;
                let again = kid.as_reference().is_some_and(|kid| !seen.insert(kid));
                match self.views.reader.resolve(self.views.new, kid)? {
                    Object::Dictionary(_) if again => {}
                    Object::Dictionary(widget) => widgets.push((kid.as_reference(), widget)),
                    // A kid that is no dictionary is no widget, and may be anything.
                    _ => return Ok(None),
                }
            }
        }
        Ok(Some(widgets))
    }

    /// Whether the value of a field is an object that was there before: no signature that was made now.
    fn is_recycled(&self, field: &Dictionary) -> Result<bool, ReadError> {
        self.existed(field.get(b"V").and_then(Object::as_reference))
    }

    /// Whether a widget can show, on a screen or in print: a rectangle with an area, and neither hidden nor kept from
    /// both (table 165: Hidden, NoView, Print).
    fn is_visible(&self, widget: &Dictionary) -> Result<bool, ReadError> {
        let reader = self.views.reader;
        let flags = reader.entry(self.views.new, widget, b"F")?;
        // Readers differ about flags beyond those there are.
        let hidden = flags.as_integer().is_some_and(|flags| {
            // What may be toggled shows when it is pointed at (12.5.3).
            let shown = flags & (PRINT | TOGGLE_NO_VIEW) != 0;
            (0..1024).contains(&flags) && (flags & HIDDEN != 0 || flags & NO_VIEW != 0 && !shown)
        });
        // A rectangle that is none may be shown by some reader.
        let area = match rectangle(reader, self.views.new, widget)? {
            Some(rect) => !rect.is_flat(),
            None => widget.get(b"Rect").is_some(),
        };
        Ok(area && !hidden)
    }

    pub(super) fn field(&mut self, old: &Object, new: &Object, place: &Place) -> Result<(), ReadError> {
        let (Object::Dictionary(before), Object::Dictionary(after)) = (old, new) else {
            let rule = if old.is_null() { Rule::FormFieldAdded } else { Rule::FormFieldRemoved };
            self.field_change(rule, self.at, old, None);
            return Ok(());
        };
        let (was, is) = (self.state(self.views.old, before)?, self.state(self.views.new, after)?);
        if was.is_signature != is.is_signature {
            self.field_change(Rule::FormFieldChanged, self.at, new, None);
            return Ok(());
        }
        let newly_signed = is.is_signature && was.value.is_null() && is.value.as_dictionary().is_some();
        let newly_signed = newly_signed && !self.is_recycled(after)?;
        let mut signing = newly_signed && after.get(b"V").is_some();
        for (key, old_value, new_value) in entries(before, after) {
            let Some((old_value, new_value)) = self.views.pair(Some(&old_value), Some(&new_value))? else { continue };
            let role = entry_role(Role::Field, &key, &Place { signature: is.is_signature, ..place.clone() });
            let filling = matches!(role, Role::FieldValue | Role::FieldAppearance) || FILLING_KEYS.contains(&&*key);
            // Flags are numbers; of another type the entry belongs to something else that this dictionary is too.
            let otherwise = match &*key {
                b"F" | b"Q" => !new_value.is_null() && new_value.as_integer().is_none(),
                b"Ff" => makes_another_field(&old_value, &new_value),
                _ => false,
            };
            let filling = filling && !otherwise;
            let rule = match role {
                Role::Fields => {
                    self.fields(&old_value, &new_value, place)?;
                    continue;
                }
                _ if *key == *b"StructParent" && old_value.is_null() => Rule::StructureGrowth,
                Role::SignatureValue if newly_signed => Rule::Signature,
                Role::SignatureValue => Rule::SignatureChanged,
                // What shows of a signature is part of signing.
                _ if filling && newly_signed => {
                    signing |= role == Role::FieldAppearance;
                    continue;
                }
                _ if filling && is.is_signature && !was.value.is_null() => Rule::SignatureChanged,
                Role::FieldAppearance => Rule::FormFieldAppearance,
                _ if filling => Rule::FormFieldValue,
                role => role.rule(),
            };
            if rule != Rule::Signature && self.views.difference(&old_value, &new_value)?.is_some() {
                self.field_change(rule, self.at, new, None);
                if let Some(change) = self.changes.last_mut() {
                    change.what = key_text(&key);
                }
            }
        }
        if signing {
            let is_timestamp = self.is_timestamp(&is.value)?;
            let visible = self.is_visible(after)?;
            let rule = if is_timestamp && !visible { Rule::DocumentTimestamp } else { Rule::Signature };
            let shown = if visible { new.clone() } else { Object::Null };
            self.field_change(rule, self.at, &shown, None);
        }
        Ok(())
    }

    /// An object that a field's value or appearance consists of, changed in its place.
    pub(super) fn field_part(
        &mut self,
        role: Role,
        old: &Object,
        new: &Object,
        place: &Place,
    ) -> Result<(), ReadError> {
        // A field may have no name, or none that is a string.
        let named = place.field.as_ref().is_some_and(|field| self.signed.contains(field));
        let signed = named || self.was_signed(place.owner)?;
        let rule = match (signed, place.shared) {
            (true, _) => Rule::SignatureChanged,
            // Filling in one field must not change another one.
            (false, true) => Rule::FormFieldChanged,
            (false, false) => role.rule(),
        };
        let before = self.changes.len();
        self.plain(rule, Some(old), Some(new), "")?;
        // It shows where the widget does that it is a part of.
        if let (Some(change), Some(number)) = (self.changes.get_mut(before), place.owner) {
            let owner = self.views.reader.load(self.views.new, self.views.new.reference(number))?.object;
            change.page = self.graph.place(number).page.or(change.page);
            change.shown = Some(owner);
        }
        Ok(())
    }

    /// Type and value of a field, inherited from those above it where it has none (12.7.3.1).
    fn state(&self, view: &View, field: &Dictionary) -> Result<FieldState, ReadError> {
        let reader = self.views.reader;
        let (mut kind, mut value) = (Object::Null, Object::Null);
        let mut current = field.clone();
        for _ in 0..MAX_ANCESTORS {
            if kind.is_null() {
                kind = reader.entry(view, &current, b"FT")?;
            }
            if value.is_null() {
                value = reader.entry(view, &current, b"V")?;
            }
            let Object::Dictionary(parent) = reader.entry(view, &current, b"Parent")? else { break };
            current = Dictionary::clone(&parent);
        }
        Ok(FieldState { is_signature: kind.as_name() == Some(b"Sig"), value })
    }

    /// Notes a change of a field, which shows where its dictionary has a /Rect.
    fn field_change(&mut self, rule: Rule, reference: Reference, field: &Object, name: Option<&Rc<str>>) {
        let known = self.graph.place(reference.number);
        self.shown_change(rule, String::new(), field);
        if let Some(change) = self.changes.last_mut() {
            change.reference = reference;
            change.page = known.page.or(change.page);
            change.field = name.cloned().or(known.field).or(change.field.take());
        }
    }
}
