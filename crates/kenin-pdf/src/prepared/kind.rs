use crate::chain::View;
use crate::error::ReadError;
use crate::object::{Dictionary, Object, Stream};
use crate::page_text::{MAX_CONTENT, Operations, decoded, is_operator, is_painting, paints};
use crate::reader::Reader;

/// Keys of streams that are something else than content: embedded files, fonts, colour profiles, functions, metadata.
const OTHER_STREAMS: [&[u8]; 9] = [
    b"Type",
    b"Subtype",
    b"Length1",
    b"N",
    b"FunctionType",
    b"PatternType",
    b"ShadingType",
    b"HalftoneType",
    b"Params",
];

/// What kind of content an object is; the larger parts of a document first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Catalog,
    PageTree,
    Page,
    Form,
    Content,
    Image,
    Font,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Catalog => "catalog",
            Self::PageTree => "page-tree",
            Self::Page => "page",
            Self::Form => "form",
            Self::Content => "content",
            Self::Image => "image",
            Self::Font => "font",
        }
    }

    /// What kind of content an object may be, by its dictionary.
    pub(super) fn of(reader: &Reader<'_>, view: &View, object: &Object) -> Result<Option<Self>, ReadError> {
        Ok(match object {
            Object::Dictionary(dictionary) => match dictionary.get(b"Type").and_then(Object::as_name) {
                Some(b"Catalog") if shows_other_pages(reader, view, dictionary)? => Some(Self::Catalog),
                Some(b"Pages") => Some(Self::PageTree),
                Some(b"Page") => Some(Self::Page),
                Some(b"Font") if is_embedded(reader, view, dictionary)? => Some(Self::Font),
                _ => None,
            },
            Object::Stream(stream) => match stream.dictionary.get(b"Subtype").and_then(Object::as_name) {
                Some(b"Form") => Some(Self::Form),
                Some(b"Image") => Some(Self::Image),
                _ => {
                    let is_other = OTHER_STREAMS.iter().any(|key| stream.dictionary.get(key).is_some());
                    (!is_other).then_some(Self::Content)
                }
            },
            _ => None,
        })
    }

    /// Whether a stream of this kind paints: empty appearances are written for fields that show nothing, and a stream
    /// without a type may be anything.
    pub(super) fn shows_something(self, reader: &Reader<'_>, view: &View, object: &Object) -> Result<bool, ReadError> {
        match (self, object) {
            (Self::Form, Object::Stream(stream)) => paints(reader, view, stream),
            (Self::Content, Object::Stream(stream)) => is_content(reader, view, stream),
            _ => Ok(true),
        }
    }
}

/// Whether a catalog leads to another page tree than the current one. Some editors leave the one they replaced.
fn shows_other_pages(reader: &Reader<'_>, view: &View, catalog: &Dictionary) -> Result<bool, ReadError> {
    let current = view.root().map_or(Ok(Object::Null), |root| reader.resolve(view, root))?;
    let current = current.as_dictionary().and_then(|current| current.get(b"Pages")).and_then(Object::as_reference);
    Ok(catalog.get(b"Pages").is_some_and(|pages| pages.as_reference() != current || current.is_none()))
}

/// Whether a font brings its glyphs along: one that does not shows the characters that it is asked for.
fn is_embedded(reader: &Reader<'_>, view: &View, font: &Dictionary) -> Result<bool, ReadError> {
    if font.has_name(b"Subtype", b"Type3") {
        return Ok(true);
    }
    let descendants = reader.entry(view, font, b"DescendantFonts")?;
    let descendant = descendants.as_array().and_then(|fonts| fonts.first()).cloned().unwrap_or(Object::Null);
    let descendant = reader.resolve(view, &descendant)?;
    let descriptor = reader.entry(view, descendant.as_dictionary().unwrap_or(font), b"FontDescriptor")?;
    let has = |key: &[u8]| descriptor.as_dictionary().is_some_and(|descriptor| descriptor.get(key).is_some());
    Ok([&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|key| has(key)))
}

/// Whether a stream reads as the content of a page: operators of content paint or show text, and other words, which
/// readers pass over, are the fewer.
fn is_content(reader: &Reader<'_>, view: &View, stream: &Stream) -> Result<bool, ReadError> {
    // Revocation lists of many megabytes stand in such streams, and pages do not.
    let size = reader.data_span(Some(view), stream)?.len();
    if usize::try_from(size).is_ok_and(|size| size > MAX_CONTENT) {
        return Ok(false);
    }
    let Some(data) = decoded(reader, view, stream)? else { return Ok(false) };
    let mut operations = Operations::new(&data, reader.budget);
    let (mut known, mut unknown, mut paints) = (0usize, 0usize, false);
    while let Some(operator) = operations.next()? {
        if is_operator(operator) {
            known += 1;
            paints |= is_painting(operator);
        } else {
            unknown += 1;
        }
    }
    Ok(paints && unknown < known)
}
