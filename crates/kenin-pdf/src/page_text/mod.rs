//! Where the text of a page stands, estimated: enough to tell whether something lies over it.
//!
//! The content streams are run as far as text depends on them (ISO 32000-1 8.4, 9.3, 9.4, 8.10): the glyphs
//! themselves are not looked at, so a box is as wide as the font's widths say and as high as fonts usually are.
//! Malformed content ends the run with what was found before it.

mod characters;
mod font;
mod interpreter;
mod line;
mod matrix;
mod operations;
mod resources;

#[cfg(test)]
pub(crate) mod tests;

use std::rc::Rc;

use kenin_base::Resource;
use kenin_facts::Rect;

pub(crate) use self::characters::BEYOND_ASCII;
pub(crate) use self::interpreter::Shown;
use self::interpreter::{Interpreter, State};
pub(crate) use self::operations::{MAX_CONTENT, Operations, is_operator, is_painting};
use self::resources::Resources;
use crate::chain::View;
use crate::error::ReadError;
use crate::object::{Dictionary, Object, Stream};
use crate::reader::Reader;

/// Streams that the content of one page is made of (7.7.3.3).
const MAX_STREAMS: usize = 10_000;

/// The share of a text box that must be covered to count.
const COVERED: f64 = 0.1;

/// Boxes around the text that a page shows, in default user space; invisible text has none.
pub(crate) fn text_boxes(reader: &Reader<'_>, view: &View, page: &Dictionary) -> Result<Vec<Rect>, ReadError> {
    let content = page_content(reader, view, page)?;
    let resources = Rc::new(Resources::of_page(reader, view, page)?);
    let mut interpreter = Interpreter::new(reader, view);
    interpreter.run(&content, resources, State::new(), 0)?;
    Ok(interpreter.boxes)
}

/// The strings that a form shows when it is run by itself, in order.
pub(crate) fn form_strings(reader: &Reader<'_>, view: &View, form: &Stream) -> Result<Vec<Shown>, ReadError> {
    let mut interpreter = Interpreter::new(reader, view);
    interpreter.run_form(form)?;
    Ok(interpreter.strings)
}

/// Whether a content stream leaves anything on the page.
pub(crate) fn paints(reader: &Reader<'_>, view: &View, stream: &Stream) -> Result<bool, ReadError> {
    let content = decoded(reader, view, stream)?.unwrap_or_default();
    let mut operations = Operations::new(&content, reader.budget);
    while let Some(operator) = operations.next()? {
        if is_painting(operator) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a rectangle lies over text: it shares more than a tenth of some text box.
pub(crate) fn over_text(boxes: &[Rect], rect: &Rect) -> bool {
    boxes.iter().filter(|text| text.overlaps(rect)).any(|text| {
        let width = text.right.min(rect.right) - text.left.max(rect.left);
        let height = text.top.min(rect.top) - text.bottom.max(rect.bottom);
        width * height > COVERED * (text.right - text.left) * (text.top - text.bottom)
    })
}

/// The streams of /Contents as one; what divides them counts as white space (7.7.3.3).
fn page_content(reader: &Reader<'_>, view: &View, page: &Dictionary) -> Result<Vec<u8>, ReadError> {
    let contents = reader.entry(view, page, b"Contents")?;
    let parts = match &contents {
        Object::Array(parts) => parts.as_slice(),
        single => std::slice::from_ref(single),
    };
    let mut content = Vec::new();
    for part in parts.iter().take(MAX_STREAMS) {
        let Object::Stream(stream) = reader.resolve(view, part)? else { continue };
        content.extend(decoded(reader, view, &stream)?.unwrap_or_default());
        content.push(b'\n');
        if content.len() > MAX_CONTENT {
            break;
        }
    }
    Ok(content)
}

/// The data of a content stream. One stream may be asked for from many places, so what is read counts as well as what
/// comes of it.
pub(crate) fn decoded(reader: &Reader<'_>, view: &View, stream: &Stream) -> Result<Option<Vec<u8>>, ReadError> {
    reader.budget.spend(Resource::PdfDecodedBytes, reader.data_span(Some(view), stream)?.len())?;
    reader.stream_data(view, stream)
}
