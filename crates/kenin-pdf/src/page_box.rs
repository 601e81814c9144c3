//! What of a page a viewer shows, and how it is turned.

use kenin_base::Resource;
use kenin_facts::{PageRotation, Rect};

use crate::chain::View;
use crate::error::ReadError;
use crate::object::Object;
use crate::reader::Reader;
use crate::rect::rectangle_of;

/// Nodes of the page tree that are asked for what a page inherits, the page itself included.
const MAX_NODES: usize = 64;

/// What a page inherits where it does not say it itself (ISO 32000-2 table 31).
const INHERITED: [&[u8]; 3] = [b"MediaBox", b"CropBox", b"Rotate"];

/// The visible box of a page and how it is turned: /CropBox as far as it lies in /MediaBox, else /MediaBox (ISO 32000-2
/// 14.11.2), and /Rotate, each from the nearest node that has it (7.7.3.4).
///
/// A /CropBox that is no rectangle, or lies outside of the medium, counts as none, and a /Rotate that is not in quarters
/// as 0, as in the widespread viewers. Without a /MediaBox, which is required, with one that has no area, and in a tree
/// deeper than [`MAX_NODES`] there is no box: each viewer chooses its own.
///
/// The place is for people to look at. What is noticed while it is read must not decide anything, and is not kept.
pub(crate) fn page_box(
    reader: &Reader<'_>,
    view: &View,
    page: &Object,
) -> Result<Option<(Rect, PageRotation)>, ReadError> {
    let noticed = (reader.repaired.get(), reader.doubtful.get());
    let found = read(reader, view, page);
    reader.repaired.set(noticed.0);
    reader.doubtful.set(noticed.1);
    found
}

fn read(reader: &Reader<'_>, view: &View, page: &Object) -> Result<Option<(Rect, PageRotation)>, ReadError> {
    let Some([medium, crop, rotate]) = inherited(reader, view, page)? else { return Ok(None) };
    let is_area = |rect: &Rect| !rect.is_flat() && (rect.right - rect.left + rect.top - rect.bottom).is_finite();
    let Some(medium) = rectangle_of(reader, view, &medium)?.filter(is_area) else { return Ok(None) };
    let crop = rectangle_of(reader, view, &crop)?.and_then(|crop| crop.intersection(&medium));
    let rotation = whole(&rotate).and_then(PageRotation::of_degrees).unwrap_or_default();
    Ok(Some((crop.unwrap_or(medium), rotation)))
}

/// The values of [`INHERITED`], null where no node has one; `None` where the root of the tree was not reached.
fn inherited(reader: &Reader<'_>, view: &View, page: &Object) -> Result<Option<[Object; 3]>, ReadError> {
    let mut values = [Object::Null, Object::Null, Object::Null];
    let mut parents = Vec::new();
    let mut node = page.clone();
    for _ in 0..MAX_NODES {
        let Object::Dictionary(dictionary) = &node else { return Ok(Some(values)) };
        reader.budget.spend(Resource::PdfComparisons, 1)?;
        for (value, key) in values.iter_mut().zip(INHERITED) {
            if value.is_null() {
                *value = reader.entry(view, dictionary, key)?;
            }
        }
        let parent = dictionary.get(b"Parent").cloned().unwrap_or(Object::Null);
        // What leads back to where it came from has nothing more to give.
        if !values.iter().any(Object::is_null) || parent.as_reference().is_some_and(|above| parents.contains(&above)) {
            return Ok(Some(values));
        }
        parents.extend(parent.as_reference());
        node = reader.resolve(view, &parent)?;
    }
    Ok(None)
}

/// A number without a fraction.
fn whole(value: &Object) -> Option<i64> {
    match value {
        // Exact: rotations are small.
        #[allow(clippy::as_conversions, clippy::cast_possible_truncation)]
        Object::Real(value) if value.fract() == 0.0 && value.abs() < 1e9 => Some(*value as i64),
        other => other.as_integer(),
    }
}
