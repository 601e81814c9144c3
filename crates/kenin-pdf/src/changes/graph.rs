//! Which part every object plays, found by walking the document from its trailer (ISO 32000-1 7.7).

use std::rc::Rc;

use foldhash::HashMap;
use kenin_base::Resource;

use super::role::{Part, Role};
use crate::chain::View;
use crate::document::Document;
use crate::error::ReadError;
use crate::object::{Dictionary, Object, Reference};
use crate::xref::Entry;

/// The parts that objects play, by object number. A number that is referred to and not defined plays a part too:
/// a later revision may fill it.
#[derive(Debug, Default)]
pub(super) struct Graph {
    parts: HashMap<u32, Part>,
    /// The object numbers of the pages, in their order.
    pages: Vec<u32>,
    /// Whether the data of some stream runs on behind the end of the revision it is defined in.
    pub open_ended: bool,
}

/// Which of these objects nothing in a view leads to. Cross-reference and object streams, which readers go to by
/// themselves, and the parameters of a linearized file (annex F) are not among them.
pub(crate) fn unreached(document: &Document<'_>, view: &View, numbers: &[u32]) -> Result<Vec<u32>, ReadError> {
    let graph = Graph::of(document, view)?;
    let mut unreached = Vec::new();
    for number in numbers.iter().filter(|number| graph.part(**number).is_none()) {
        let generation = match view.lookup(*number) {
            Some(Entry::InUse { generation, .. }) => generation,
            _ => 0,
        };
        let object = document.reader.load(view, Reference { number: *number, generation })?.object;
        let of_file = |dictionary: &Dictionary| {
            dictionary.has_name(b"Type", b"XRef")
                || dictionary.has_name(b"Type", b"ObjStm")
                || dictionary.get(b"Linearized").is_some()
        };
        if !object.as_dictionary().is_some_and(of_file) {
            unreached.push(*number);
        }
    }
    Ok(unreached)
}

/// The place that a value is reached from.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    pub page: Option<u32>,
    pub field: Option<Rc<str>>,
    /// Whether the field above is a signature field, for kids that inherit /FT (12.7.3.1).
    pub signature: bool,
    /// The field or widget object above.
    pub owner: Option<u32>,
    /// Whether several fields lead there.
    pub shared: bool,
}

impl Part {
    /// Whether another field than the one known leads here, to something that only one field should have.
    fn becomes_shared(&self, role: Role, place: &Place) -> bool {
        let of_field = matches!(role, Role::FieldValue | Role::FieldAppearance | Role::FieldPart);
        of_field && !self.shared && (place.shared || self.field != place.field)
    }
}

fn part_shared(graph: &mut Graph, number: u32) {
    graph.parts.entry(number).or_default().shared = true;
}

/// Whether a dictionary is a structure element (14.7.2, table 323) and no action, whose type is /S too.
fn is_element(object: &Object) -> bool {
    let Object::Dictionary(element) = object else { return false };
    let has = |key: &[u8]| element.get(key).is_some();
    has(b"S") && has(b"P") && ![&b"JS"[..], b"D", b"F", b"URI", b"Next"].into_iter().any(has)
}

impl Graph {
    /// Walks a view from its trailer.
    pub(super) fn of(document: &Document<'_>, view: &View) -> Result<Self, ReadError> {
        let mut graph = Self::default();
        let Some(trailer) = view.trailer() else { return Ok(graph) };
        let mut walk = Walk::new(document, view, &mut graph);
        for (key, value) in &trailer.entries {
            let role = match &**key {
                b"Root" => Role::Catalog,
                b"Info" => Role::Information,
                b"Encrypt" => Role::Encryption,
                _ => Role::CatalogPart,
            };
            walk.push(value, role, Place::default());
        }
        walk.run()?;
        Ok(graph)
    }

    /// Takes in what a value now leads to.
    pub(super) fn extend(
        &mut self,
        document: &Document<'_>,
        view: &View,
        value: &Object,
        role: Role,
        place: Place,
    ) -> Result<(), ReadError> {
        let mut walk = Walk::new(document, view, self);
        walk.descend(value, role, &place)?;
        walk.run()
    }

    pub(super) fn part(&self, number: u32) -> Option<&Part> {
        self.parts.get(&number).filter(|part| !part.roles.is_empty())
    }

    pub(super) fn has(&self, number: u32, role: Role) -> bool {
        self.part(number).is_some_and(|part| part.roles.has(role))
    }

    /// The object of a page, counted from 1.
    pub(super) fn page_object(&self, page: u32) -> Option<u32> {
        self.pages.get(usize::try_from(page.checked_sub(1)?).ok()?).copied()
    }

    /// What a change of the object would show in: a page, a signature, or the document at least; `None` when nothing
    /// leads to it, or nothing but the preservation of the document.
    pub(super) fn reach(&self, number: u32) -> Option<&'static str> {
        let roles = self.part(number)?.roles;
        let keeps = |role: Role| matches!(role, Role::Store | Role::Metadata | Role::Information | Role::Extensions);
        let of_signature = |role: Role| matches!(role, Role::SignatureValue | Role::Field | Role::Fields | Role::Form);
        if roles.iter().all(keeps) {
            None
        } else if self.part(number)?.page.is_some() || roles.has(Role::PageTree) {
            Some("page")
        } else if roles.iter().any(of_signature) {
            Some("signature")
        } else {
            Some("document")
        }
    }

    pub(super) fn place(&self, number: u32) -> Place {
        let part = self.part(number);
        Place {
            page: part.and_then(|part| part.page),
            field: part.and_then(|part| part.field.clone()),
            signature: false,
            owner: part.and_then(|part| part.owner),
            shared: part.is_some_and(|part| part.shared),
        }
    }
}

/// A value to look at, and as what.
type Visit = (Object, Role, Place);

struct Walk<'w, 'r> {
    document: &'w Document<'r>,
    view: &'w View,
    graph: &'w mut Graph,
    /// By precedence: the skeleton (catalog, page tree, fields), annotations and the logical structure come before the
    /// rest, so that what merely points there can be told.
    pending: [Vec<Visit>; 4],
}

impl<'w, 'r> Walk<'w, 'r> {
    fn new(document: &'w Document<'r>, view: &'w View, graph: &'w mut Graph) -> Self {
        Self { document, view, graph, pending: Default::default() }
    }

    fn push(&mut self, value: &Object, role: Role, place: Place) {
        let [skeleton, annotations, structure, rest] = &mut self.pending;
        let list = match role {
            Role::Annotations | Role::Annotation => annotations,
            Role::Structure => structure,
            role if role < Role::Annotations => skeleton,
            _ => rest,
        };
        list.push((value.clone(), role, place));
    }

    fn run(&mut self) -> Result<(), ReadError> {
        while let Some((value, role, place)) = self.pending.iter_mut().find_map(Vec::pop) {
            let Object::Reference(reference) = value else {
                self.descend(&value, role, &place)?;
                continue;
            };
            let part = self.graph.parts.entry(reference.number).or_default();
            // A bookmark or a link may lead to a structure element (12.3.3 /SE, 14.7.4.2).
            let points_to_element = part.element && matches!(role, Role::Outline | Role::Actions);
            if part.keeps_out(role) || points_to_element {
                continue;
            }
            let known = part.roles.has(role);
            if known && !part.becomes_shared(role, &place) {
                continue;
            }
            self.document.reader.budget.spend(Resource::PdfComparisons, 1)?;
            let object = self.document.reader.load(self.view, reference)?.object;
            if known {
                part_shared(self.graph, reference.number);
                self.descend(&object, role, &Place { shared: true, ..place })?;
            } else {
                self.take(reference, &object, role, place)?;
            }
        }
        Ok(())
    }

    /// Notes the role of an object and looks into it.
    fn take(&mut self, reference: Reference, object: &Object, role: Role, mut place: Place) -> Result<(), ReadError> {
        if let Object::Stream(stream) = object {
            let end = self.document.reader.data_span(Some(self.view), stream)?.end;
            self.graph.open_ended |= end > self.view.limit;
        }
        // What stands there may be something else, and is then no object with rules of its own.
        let role = if role.fits(object) { role } else { role.of_stray() };
        let known_field = self.graph.has(reference.number, Role::Field);
        if role == Role::Page && !self.graph.has(reference.number, Role::Page) {
            self.graph.pages.push(reference.number);
            place.page = u32::try_from(self.graph.pages.len()).ok();
        }
        if role == Role::Field
            && let Object::Dictionary(field) = object
        {
            place = self.field_place(field, &place)?;
            place.owner = Some(reference.number);
        }
        let part = self.graph.parts.entry(reference.number).or_default();
        part.roles.add(role);
        part.page = part.page.or(place.page);
        if part.field.is_none() {
            part.field.clone_from(&place.field);
        }
        part.owner = part.owner.or(place.owner);
        part.shared |= place.shared;
        part.element |= role == Role::Structure && is_element(object);
        part.defined |= !object.is_null();
        part.action |= object.as_dictionary().is_some_and(|dictionary| dictionary.get(b"S").is_some());
        // A widget that is a field is judged as one; the page only adds where it shows.
        if role == Role::Annotation && known_field {
            return Ok(());
        }
        self.descend(object, role, &place)
    }

    /// The name and kind that a field has below `place` (12.7.3.2).
    fn field_place(&self, field: &Dictionary, place: &Place) -> Result<Place, ReadError> {
        let mut own = place.clone();
        if let Some(partial) = self.document.reader.entry(self.view, field, b"T")?.as_string() {
            let partial = self.document.text(&partial.bytes).unwrap_or_default();
            own.field = Some(match &place.field {
                Some(above) if !above.is_empty() => format!("{above}.{partial}").into(),
                _ => partial.into(),
            });
        }
        if let Some(kind) = self.document.reader.entry(self.view, field, b"FT")?.as_name() {
            own.signature = kind == b"Sig";
        }
        Ok(own)
    }

    /// Queues what a value consists of, each entry with the role it has there.
    fn descend(&mut self, value: &Object, role: Role, place: &Place) -> Result<(), ReadError> {
        match value {
            // An object that is itself a reference stands for what it leads to.
            Object::Reference(_) => self.push(value, role, place.clone()),
            Object::Array(items) => {
                let role = match role {
                    Role::Fields => Role::Field,
                    Role::Annotations => Role::Annotation,
                    other => other,
                };
                // The last pushed comes first: pages are numbered in their order.
                for item in items.iter().rev().filter(|item| may_lead_on(item)) {
                    self.push(item, role, place.clone());
                }
            }
            Object::Dictionary(dictionary) => self.entries(dictionary, role, place)?,
            Object::Stream(stream) => self.entries(&stream.dictionary, role.of_stray(), place)?,
            _ => {}
        }
        Ok(())
    }

    fn entries(&mut self, dictionary: &Dictionary, role: Role, place: &Place) -> Result<(), ReadError> {
        for (key, value) in dictionary.entries.iter().rev().filter(|(_, value)| may_lead_on(value)) {
            let role = match role {
                Role::PageTree if **key == *b"Kids" => {
                    self.kids(value, place)?;
                    continue;
                }
                _ => entry_role(role, key, place),
            };
            self.push(value, role, place.clone());
        }
        Ok(())
    }

    /// /Kids of a page tree node: nodes and pages (7.7.3).
    fn kids(&mut self, kids: &Object, place: &Place) -> Result<(), ReadError> {
        if let Some(reference) = kids.as_reference() {
            self.graph.parts.entry(reference.number).or_default().roles.add(Role::PageTree);
        }
        let kids = self.document.reader.resolve(self.view, kids)?;
        for kid in kids.as_array().iter().flat_map(|kids| kids.iter()).rev() {
            let node = self.document.reader.resolve(self.view, kid)?;
            let is_node = node.as_dictionary().is_some_and(|node| node.get(b"Kids").is_some());
            self.push(kid, if is_node { Role::PageTree } else { Role::Page }, place.clone());
        }
        Ok(())
    }
}

/// The role of a dictionary's entry, by the dictionary's own.
pub(super) fn entry_role(role: Role, key: &[u8], place: &Place) -> Role {
    match role {
        Role::Catalog => match key {
            b"Pages" => Role::PageTree,
            b"AcroForm" => Role::Form,
            b"DSS" => Role::Store,
            b"Metadata" => Role::Metadata,
            b"Extensions" | b"Version" | b"MarkInfo" => Role::Extensions,
            b"Names" | b"Dests" => Role::Names,
            b"Outlines" => Role::Outline,
            b"OpenAction" | b"AA" => Role::Actions,
            b"StructTreeRoot" => Role::Structure,
            b"OCProperties" => Role::OptionalContent,
            _ => Role::CatalogPart,
        },
        Role::PageTree => match key {
            b"Parent" => Role::PageTree,
            b"Resources" => Role::PageResource,
            _ => Role::PagePart,
        },
        Role::Page => match key {
            b"Contents" => Role::PageContent,
            b"Resources" | b"Group" => Role::PageResource,
            b"Annots" => Role::Annotations,
            b"Parent" => Role::PageTree,
            b"AA" => Role::Actions,
            b"Metadata" => Role::Metadata,
            _ => Role::PagePart,
        },
        Role::Form => match key {
            b"Fields" => Role::Fields,
            b"DR" => Role::FormResource,
            _ => Role::FormPart,
        },
        Role::Field => match key {
            b"Kids" => Role::Fields,
            b"V" if place.signature => Role::SignatureValue,
            b"V" | b"RV" => Role::FieldValue,
            b"AP" => Role::FieldAppearance,
            b"DR" => Role::FormResource,
            b"A" | b"AA" => Role::Actions,
            _ => Role::FieldPart,
        },
        Role::Annotation => match key {
            b"Popup" | b"IRT" => Role::Annotation,
            b"A" | b"AA" => Role::Actions,
            _ => Role::AnnotationPart,
        },
        // Arrays were expected here.
        Role::Fields => Role::FieldPart,
        Role::Annotations => Role::AnnotationPart,
        other => other,
    }
}

/// Whether a value is or may contain a reference.
fn may_lead_on(value: &Object) -> bool {
    matches!(value, Object::Reference(_) | Object::Array(_) | Object::Dictionary(_) | Object::Stream(_))
}
