//! The document as a reader sees it that ignores the cross-reference data and looks for objects: the last definition
//! of a number counts. Where that shows something else, readers may show different documents.

use super::accounting::listed_offsets;
use super::difference::Views;
use crate::chain::View;
use crate::document::Document;
use crate::error::ReadError;
use crate::object::{Object, Reference};
use crate::reader::Place;
use foldhash::HashSet;

/// A definition that only such a reader sees, or takes for another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Differential {
    pub reference: Reference,
    pub offset: u64,
    /// Whether it defines a catalog: such a reader may take it for the document's.
    pub is_catalog: bool,
}

/// Every definition that a scan finds and the cross-reference data does not name, where it would count.
pub(super) fn differentials(
    document: &Document<'_>,
    view: &View,
    headers: &[(Reference, u64)],
) -> Result<Vec<Differential>, ReadError> {
    let reader = &document.reader;
    let listed: HashSet<u64> = view.sections().flat_map(|section| listed_offsets(reader, section)).collect();
    let mut sorted: Vec<u64> = Vec::new();
    let mut found = Vec::new();
    for (reference, offset) in headers.iter().filter(|(_, offset)| !listed.contains(offset)) {
        if sorted.is_empty() {
            sorted = listed.iter().copied().collect();
            sorted.sort_unstable();
        }
        let current = reader.load(view, *reference)?;
        // A definition further on takes its place in every reader.
        let superseded = match current.place {
            Place::File(later) | Place::Within(later, _) => later > *offset,
            Place::Nowhere => false,
        };
        if superseded || is_inside_object(document, view, &sorted, *offset)? {
            continue;
        }
        let Some(seen) = reader.object_at(*offset)? else { continue };
        let views = Views { reader, old: view, new: view };
        if views.difference(&current.object, &seen.object)?.is_some() {
            let is_catalog = seen.object.as_dictionary().is_some_and(|d| d.has_name(b"Type", b"Catalog"));
            found.push(Differential { reference: *reference, offset: *offset, is_catalog });
        }
    }
    Ok(found)
}

/// Whether an offset lies within an object that the cross-reference data names, as in a stream's data.
fn is_inside_object(document: &Document<'_>, view: &View, listed: &[u64], offset: u64) -> Result<bool, ReadError> {
    let before = listed.partition_point(|start| *start <= offset);
    let Some(start) = before.checked_sub(1).and_then(|at| listed.get(at)) else { return Ok(false) };
    let Some(object) = document.reader.object_at(*start)? else { return Ok(false) };
    let end = match &object.object {
        Object::Stream(stream) => document.reader.data_span(Some(view), stream)?.end,
        _ => object.span.end,
    };
    Ok(*start < offset && offset < end)
}
