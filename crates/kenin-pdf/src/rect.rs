use kenin_facts::Rect;

use crate::chain::View;
use crate::error::ReadError;
use crate::object::{Dictionary, Object};
use crate::reader::Reader;

/// /Rect of an annotation (ISO 32000-1 7.9.5, 12.5.2); `None` when it is not four numbers.
pub(crate) fn rectangle(reader: &Reader<'_>, view: &View, annotation: &Dictionary) -> Result<Option<Rect>, ReadError> {
    rectangle_of(reader, view, &reader.entry(view, annotation, b"Rect")?)
}

/// The rectangle that an array of four numbers is (7.9.5).
pub(crate) fn rectangle_of(reader: &Reader<'_>, view: &View, value: &Object) -> Result<Option<Rect>, ReadError> {
    let Object::Array(corners) = value else { return Ok(None) };
    let mut numbers = Vec::with_capacity(4);
    for corner in corners.iter().take(5) {
        let number = reader.resolve(view, corner)?.as_number().filter(|number| number.is_finite());
        numbers.extend(number);
    }
    Ok(match (corners.len(), numbers.as_slice()) {
        (4, [left, bottom, right, top]) => Some(Rect::between((*left, *bottom), (*right, *top))),
        _ => None,
    })
}
