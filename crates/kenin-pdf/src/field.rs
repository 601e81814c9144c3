use std::rc::Rc;

use foldhash::HashSet;
use kenin_base::{Resource, Span};

use crate::chain::View;
use crate::document::Document;
use crate::error::ReadError;
use crate::object::{Dictionary, Object, Reference};
use crate::reader::Place;
use crate::xref::Entry;

/// A signature field that has a value (ISO 32000-1 12.7.4.5).
#[derive(Clone, Debug)]
pub(crate) struct SignatureField {
    /// The partial names from the root down, joined by dots (12.7.3.2).
    pub name: String,
    /// The field's own object.
    pub holder: Option<Reference>,
    /// The signature dictionary's object, or the field's when the dictionary is inside it.
    pub reference: Option<Reference>,
    /// Where that object is defined.
    pub place: Place,
    pub dictionary: Dictionary,
    /// Where the dictionary stands, when it stands in the file itself and not in an object stream.
    pub span: Option<Span>,
}

/// How often the name of a signature's field is held: in the facts, the report and what is written of it.
const NAME_COPIES: usize = 16;

/// What a field inherits from those above it (12.7.3.1).
#[derive(Clone, Default)]
struct Inherited {
    name: String,
    is_signature: bool,
    value: Option<Object>,
}

/// The filled signature fields that a view reaches from /AcroForm, in the order of the tree.
pub(crate) fn signature_fields(document: &Document<'_>, view: &View) -> Result<Vec<SignatureField>, ReadError> {
    let mut walk = Walk { document, view, seen: HashSet::default(), found: Vec::new() };
    let reader = &document.reader;
    let root = view.root().map_or(Ok(Object::Null), |root| reader.resolve(view, root))?;
    let Some(root) = root.as_dictionary() else { return Ok(Vec::new()) };
    let form = reader.entry(view, root, b"AcroForm")?;
    let Some(form) = form.as_dictionary() else { return Ok(Vec::new()) };
    let fields = reader.entry(view, form, b"Fields")?;
    for field in fields.as_array().iter().flat_map(|fields| fields.iter()) {
        walk.field(field, &Inherited::default(), 0)?;
    }
    Ok(walk.found)
}

struct Walk<'w, 'r> {
    document: &'w Document<'r>,
    view: &'w View,
    /// Fields visited, against loops.
    seen: HashSet<Place>,
    found: Vec<SignatureField>,
}

impl Walk<'_, '_> {
    fn field(&mut self, field: &Object, inherited: &Inherited, depth: u64) -> Result<(), ReadError> {
        let reader = &self.document.reader;
        reader.budget.check(Resource::PdfDepth, depth)?;
        // The fields of many revisions may be asked for, and their objects are parsed once.
        reader.budget.spend(Resource::PdfObjects, 1)?;
        let mut holder = (None, Place::Nowhere);
        let object = match field.as_reference() {
            Some(reference) => {
                let loaded = reader.load(self.view, reference)?;
                if !self.seen.insert(loaded.place) {
                    return Ok(());
                }
                holder = (Some(reference), loaded.place);
                reader.resolve(self.view, &loaded.object)?
            }
            None => field.clone(),
        };
        let Some(dictionary) = object.as_dictionary() else { return Ok(()) };
        let mut own = inherited.clone();
        if let Some(name) = reader.entry(self.view, dictionary, b"T")?.as_string() {
            if !own.name.is_empty() {
                own.name.push('.');
            }
            own.name.push_str(&self.document.text(&name.bytes).unwrap_or_default());
        }
        // Each field has its whole name, whoever gave most of it.
        self.pay_for_name(own.name.len())?;
        if let Some(kind) = reader.entry(self.view, dictionary, b"FT")?.as_name() {
            own.is_signature = kind == b"Sig";
        }
        if let Some(value) = dictionary.get(b"V") {
            own.value = Some(value.clone());
        }
        if own.is_signature
            && let Some(value) = own.value.clone()
            && self.value(&value, &own.name, holder)?
        {
            // Kids show the value; they are not further signatures.
            own.value = None;
        }
        let kids = reader.entry(self.view, dictionary, b"Kids")?;
        for kid in kids.as_array().iter().flat_map(|kids| kids.iter()) {
            self.field(kid, &own, depth + 1)?;
        }
        Ok(())
    }

    /// Takes a field's value if it is a signature dictionary.
    fn value(&mut self, value: &Object, name: &str, holder: (Option<Reference>, Place)) -> Result<bool, ReadError> {
        let reader = &self.document.reader;
        let (field, mut place) = holder;
        let mut holder = field;
        let mut resolved = value.clone();
        if let Some(reference) = value.as_reference() {
            let loaded = reader.load(self.view, reference)?;
            (holder, place) = (Some(reference), loaded.place);
            resolved = reader.resolve(self.view, &loaded.object)?;
        }
        let unreadable = || Rc::new(Dictionary::default());
        let dictionary = match &resolved {
            Object::Dictionary(dictionary) => Rc::clone(dictionary),
            // The cross-reference data names an object and nothing can be read there: the field claims a signature.
            Object::Null if holder.is_some_and(|holder| self.is_in_use(holder)) && place == Place::Nowhere => {
                unreadable()
            }
            _ => return Ok(false),
        };
        self.pay_for_name(name.len().saturating_mul(NAME_COPIES))?;
        // Before they are looked into, each for itself.
        let count = u64::try_from(self.found.len()).unwrap_or(u64::MAX).saturating_add(1);
        reader.budget.check(Resource::Signatures, count)?;
        let span = matches!(place, Place::File(_)).then_some(dictionary.span.0);
        let dictionary = Dictionary::clone(&dictionary);
        let name = name.to_owned();
        self.found.push(SignatureField { name, holder: field, reference: holder, place, dictionary, span });
        Ok(true)
    }

    fn pay_for_name(&self, octets: usize) -> Result<(), ReadError> {
        let octets = u64::try_from(octets).unwrap_or(u64::MAX);
        Ok(self.document.reader.budget.spend(Resource::PdfDecodedBytes, octets)?)
    }

    fn is_in_use(&self, reference: Reference) -> bool {
        matches!(self.view.lookup(reference.number), Some(Entry::InUse { .. }))
    }
}
