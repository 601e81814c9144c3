//! What one revision changes: every object it defines anew, held against the parts that the object plays.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use foldhash::HashSet;
use kenin_base::Resource;
use kenin_facts::ModificationRule as Rule;

use super::difference::Views;
use super::graph::{Graph, Place};
use super::role::{Role, RoleSet};
use crate::chain::View;
use crate::document::Document;
use crate::error::ReadError;
use crate::object::{Object, Reference};
use crate::reader::Place as Definition;
use crate::xref::{Entry, Section};

/// A change as the rules see it.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub rule: Rule,
    pub reference: Reference,
    pub what: String,
    pub page: Option<u32>,
    pub field: Option<Rc<str>>,
    /// The dictionary with the /Rect that shows where it is.
    pub shown: Option<Object>,
}

/// The object streams that sections have objects in.
pub(super) fn containers(sections: &[Rc<Section>]) -> impl Iterator<Item = u32> {
    sections.iter().flat_map(|section| section.entries()).filter_map(|(_, entry)| match entry {
        Entry::Compressed { stream, .. } => Some(stream),
        _ => None,
    })
}

/// The comparison of two neighbouring revisions.
pub(super) struct Step<'s, 'r> {
    pub document: &'s Document<'r>,
    pub views: Views<'s, 'r>,
    /// The parts as of the older revision; what the newer one adds is taken in.
    pub graph: &'s mut Graph,
    /// Names of the fields that are signed in the older revision.
    pub signed: &'s HashSet<Rc<str>>,
    /// Object streams that the older revision has objects in.
    pub containers: &'s HashSet<u32>,
    /// Field and widget objects that came in as signature fields.
    pub new_fields: HashSet<u32>,
    /// The object that is being compared.
    pub at: Reference,
    pub changes: Vec<Change>,
}

impl<'s, 'r> Step<'s, 'r> {
    pub(super) fn new(
        document: &'s Document<'r>,
        old: &'s View,
        new: &'s View,
        graph: &'s mut Graph,
        signed: &'s HashSet<Rc<str>>,
        containers: &'s HashSet<u32>,
    ) -> Self {
        let views = Views { reader: &document.reader, old, new };
        let at = Reference { number: 0, generation: 0 };
        let (new_fields, changes) = (HashSet::default(), Vec::new());
        Self { document, views, graph, signed, containers, new_fields, at, changes }
    }

    /// Compares what the sections define with what stood there before.
    pub(super) fn run(mut self, sections: &[Rc<Section>]) -> Result<Vec<Change>, ReadError> {
        self.trailer()?;
        let redefined = self.redefined(sections)?;
        // By role, so that fields come before the pages that show them. What this revision newly leads to is part of
        // the change that leads there.
        let part = |number: &u32| self.graph.part(*number).map_or(RoleSet::default(), |part| part.roles);
        let by_role: BTreeSet<(Role, u32)> =
            redefined.keys().flat_map(|number| part(number).iter().map(|role| (role, *number))).collect();
        let known: HashSet<u32> = by_role.iter().map(|(_, number)| *number).collect();
        for (role, number) in by_role {
            let Some(reference) = redefined.get(&number) else { continue };
            self.object(*reference, role)?;
        }
        for (number, reference) in redefined {
            if !known.contains(&number) && self.graph.part(number).is_none() && !self.is_container(reference)? {
                self.at = reference;
                self.change(Rule::UnusedObject, String::new());
            }
        }
        Ok(self.changes)
    }

    /// The objects whose definition is another one than before, by number.
    fn redefined(&self, sections: &[Rc<Section>]) -> Result<BTreeMap<u32, Reference>, ReadError> {
        let Views { reader, old, new } = self.views;
        let mut numbers: BTreeSet<u32> =
            sections.iter().flat_map(|section| section.entries()).map(|(number, _)| number).collect();
        // An object stream that is written anew defines every object in it anew, whatever the section says of them.
        let rewritten: HashSet<u32> =
            numbers.iter().copied().filter(|number| self.containers.contains(number)).collect();
        if !rewritten.is_empty() {
            for (number, entry) in old.sections().chain(new.sections()).flat_map(|section| section.entries()) {
                reader.budget.spend(Resource::PdfComparisons, 1)?;
                if matches!(entry, Entry::Compressed { stream, .. } if rewritten.contains(&stream)) {
                    numbers.insert(number);
                }
            }
        }
        let mut redefined = BTreeMap::new();
        for number in numbers {
            reader.budget.spend(Resource::PdfComparisons, 1)?;
            let generation =
                match new.lookup(number).filter(|entry| *entry != Entry::Free).or_else(|| old.lookup(number)) {
                    Some(Entry::InUse { generation, .. }) => generation,
                    _ => 0,
                };
            redefined.insert(number, Reference { number, generation });
        }
        let mut moved = BTreeMap::new();
        for (number, reference) in redefined {
            let before = reader.load(old, old.reference(number))?.place;
            let after = reader.load(new, new.reference(number))?.place;
            if before != after {
                moved.insert(number, reference);
            }
        }
        Ok(moved)
    }

    /// Whether an object is a container of the file format itself.
    fn is_container(&self, reference: Reference) -> Result<bool, ReadError> {
        let loaded = self.views.reader.load(self.views.new, reference)?;
        let Object::Stream(stream) = &loaded.object else { return Ok(false) };
        let named = |name: &[u8]| stream.dictionary.has_name(b"Type", name);
        Ok(matches!(loaded.place, Definition::File(_)) && (named(b"ObjStm") || named(b"XRef")))
    }

    /// Compares the two definitions of an object in one of its roles.
    fn object(&mut self, reference: Reference, role: Role) -> Result<(), ReadError> {
        let Views { reader, old: older, new: newer } = self.views;
        self.at = reference;
        let old = reader.load(older, older.reference(reference.number))?.object;
        let new = reader.load(newer, newer.reference(reference.number))?.object;
        let place = self.graph.place(reference.number);
        match role {
            Role::Catalog => self.catalog(&old, &new)?,
            Role::Form => self.form(&old, &new)?,
            Role::Fields => self.fields(&old, &new, &place)?,
            Role::Field => self.field(&old, &new, &place)?,
            Role::Page => self.page(&old, &new, &place)?,
            Role::Annotations => self.annotations(&old, &new, &place)?,
            // A widget that is a field is judged as one.
            Role::Annotation if self.graph.has(reference.number, Role::Field) => {}
            Role::Annotation => self.annotation(&old, &new, &place)?,
            Role::Metadata => self.metadata(&old, &new, "")?,
            Role::Structure => self.structure(&old, &new)?,
            Role::FormResource => self.resources(&old, &new, "")?,
            Role::FieldAppearance | Role::FieldValue => self.field_part(role, &old, &new, &place)?,
            _ => self.plain(role.rule(), Some(&old), Some(&new), "")?,
        }
        self.graph.extend(self.document, newer, &new, role, place)
    }

    /// A value that must mean the same; a difference is a change of one kind.
    pub(super) fn plain(
        &mut self,
        rule: Rule,
        old: Option<&Object>,
        new: Option<&Object>,
        what: &str,
    ) -> Result<(), ReadError> {
        let Some((old, new)) = self.views.pair(old, new)? else { return Ok(()) };
        if let Some(path) = self.views.difference(&old, &new)? {
            let between = if what.is_empty() || path.is_empty() { "" } else { " " };
            self.change(rule, format!("{what}{between}{path}"));
        }
        Ok(())
    }

    /// Notes a change of the object at hand.
    pub(super) fn change(&mut self, rule: Rule, what: String) {
        let Place { page, field, .. } = self.graph.place(self.at.number);
        self.changes.push(Change { rule, reference: self.at, what, page, field, shown: None });
    }

    /// Notes a change that shows in the /Rect of a dictionary.
    pub(super) fn shown_change(&mut self, rule: Rule, what: String, shown: &Object) {
        self.change(rule, what);
        if let Some(change) = self.changes.last_mut() {
            change.shown = Some(shown.clone());
        }
    }
}
