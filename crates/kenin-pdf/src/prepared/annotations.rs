use std::rc::Rc;

use kenin_base::Resource;
use kenin_facts::Rect;

use super::pages::Page;
use crate::chain::View;
use crate::document::Document;
use crate::error::ReadError;
use crate::object::{Dictionary, Object, Reference, Stream};
use crate::reader::Reader;
use crate::rect::rectangle;

/// Ancestors of a widget that are asked for what a field inherits (ISO 32000-1 12.7.3.1).
const MAX_ANCESTORS: usize = 64;

/// Annotation flags (table 165).
const HIDDEN: i64 = 1 << 1;
const NO_VIEW: i64 = 1 << 5;

/// An annotation that shows on a page, with the field whose widget it is.
pub(super) struct Annotation {
    pub reference: Option<Reference>,
    pub dictionary: Rc<Dictionary>,
    pub page: u32,
    pub subtype: String,
    pub rect: Option<Rect>,
    pub field: Option<Field>,
}

/// A form field as its widget inherits it.
#[derive(Debug)]
pub(super) struct Field {
    /// The partial names from the root down, joined by dots (12.7.3.2).
    pub name: String,
    /// /FT
    pub kind: Vec<u8>,
    /// /Ff
    pub flags: i64,
    /// /V
    pub value: Object,
    /// /Opt, resolved.
    pub options: Object,
    /// Whether an action computes what is shown (12.6.3, table 196).
    pub is_formatted: bool,
}

/// The annotations of a page that are shown.
pub(super) fn of_page(document: &Document<'_>, view: &View, page: &Page) -> Result<Vec<Annotation>, ReadError> {
    let reader = &document.reader;
    let listed = reader.entry(view, &page.dictionary, b"Annots")?;
    let mut found = Vec::new();
    for item in listed.as_array().iter().flat_map(|items| items.iter()) {
        reader.budget.spend(Resource::PdfObjects, 1)?;
        let Object::Dictionary(dictionary) = reader.resolve(view, item)? else { continue };
        let flags = reader.entry(view, &dictionary, b"F")?.as_integer().unwrap_or_default();
        if flags & (HIDDEN | NO_VIEW) != 0 {
            continue;
        }
        let subtype = reader.entry(view, &dictionary, b"Subtype")?;
        let subtype = subtype.as_name().unwrap_or_default();
        let field = if subtype == b"Widget" { Some(field(document, view, &dictionary)?) } else { None };
        let rect = rectangle(reader, view, &dictionary)?;
        let subtype = String::from_utf8_lossy(subtype).into_owned();
        let (reference, page) = (item.as_reference(), page.number);
        found.push(Annotation { reference, dictionary, page, subtype, rect, field });
    }
    Ok(found)
}

/// The stream that an annotation shows: /N of /AP, of several that of its state /AS (12.5.5).
pub(super) fn normal_appearance(
    reader: &Reader<'_>,
    view: &View,
    annotation: &Dictionary,
) -> Result<Option<Rc<Stream>>, ReadError> {
    let shown = match normal(reader, view, annotation)? {
        Object::Dictionary(states) => {
            let state = reader.entry(view, annotation, b"AS")?;
            state.as_name().map_or(Ok(Object::Null), |state| reader.entry(view, &states, state))?
        }
        other => other,
    };
    Ok(match shown {
        Object::Stream(stream) => Some(stream),
        _ => None,
    })
}

/// /N of /AP: a stream, or a dictionary of states.
pub(super) fn normal(reader: &Reader<'_>, view: &View, annotation: &Dictionary) -> Result<Object, ReadError> {
    let appearances = reader.entry(view, annotation, b"AP")?;
    appearances.as_dictionary().map_or(Ok(Object::Null), |appearances| reader.entry(view, appearances, b"N"))
}

fn field(document: &Document<'_>, view: &View, widget: &Dictionary) -> Result<Field, ReadError> {
    let reader = &document.reader;
    let (mut names, mut flags, mut kind) = (Vec::new(), None, None);
    let (mut value, mut options, mut is_formatted) = (Object::Null, Object::Null, false);
    let mut node = Object::Dictionary(Rc::new(widget.clone()));
    for _ in 0..MAX_ANCESTORS {
        let Some(dictionary) = node.as_dictionary() else { break };
        reader.budget.spend(Resource::PdfObjects, 1)?;
        if let Some(name) = reader.entry(view, dictionary, b"T")?.as_string() {
            names.push(document.text(&name.bytes).unwrap_or_default());
        }
        kind = kind.or(reader.entry(view, dictionary, b"FT")?.as_name().map(<[u8]>::to_vec));
        flags = flags.or(reader.entry(view, dictionary, b"Ff")?.as_integer());
        if value.is_null() {
            value = reader.entry(view, dictionary, b"V")?;
        }
        if options.is_null() {
            options = reader.entry(view, dictionary, b"Opt")?;
        }
        let actions = reader.entry(view, dictionary, b"AA")?;
        is_formatted |= actions.as_dictionary().is_some_and(|actions| actions.get(b"F").is_some());
        node = reader.entry(view, dictionary, b"Parent")?;
    }
    names.reverse();
    let (name, kind, flags) = (names.join("."), kind.unwrap_or_default(), flags.unwrap_or_default());
    Ok(Field { name, kind, flags, value, options, is_formatted })
}
