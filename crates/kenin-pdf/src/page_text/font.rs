use foldhash::HashMap;
use kenin_base::Resource;

use super::characters::Characters;
use crate::chain::View;
use crate::error::ReadError;
use crate::object::{Dictionary, Object};
use crate::reader::Reader;

/// The width of a glyph of which none is given, in units of the font size.
const USUAL_WIDTH: f64 = 0.5;

/// The same in the standard font whose glyphs are all of one width.
const COURIER_WIDTH: f64 = 0.6;

/// How far text reaches below and above its baseline, in units of the font size.
const EXTENT: (f64, f64) = (-0.25, 0.85);

/// Codes of a simple font (ISO 32000-1 9.6.1).
const SIMPLE_CODES: usize = 256;

/// Entries of /W that are read; there are at most 65,536 CIDs (9.7.4.3).
const MAX_WIDTH_ENTRIES: usize = 1 << 17;

/// A font as far as the place and the meaning of its glyphs need it (9.6, 9.7).
#[derive(Debug)]
pub(crate) struct Font {
    widths: Widths,
    /// Below and above the baseline, in units of the font size.
    pub extent: (f64, f64),
    /// Whether its strings run downwards (9.7.5.2).
    pub vertical: bool,
    /// What the codes of a simple font stand for; `None` when that is not known.
    characters: Option<Characters>,
}

#[derive(Debug)]
enum Widths {
    /// One byte a code, widths from a first code on, in units of the font size.
    Simple { first: usize, widths: Vec<f64>, missing: f64 },
    /// Two bytes a code, which is the CID.
    Identity { widths: HashMap<u16, f64>, default: f64 },
    /// Another coding, of one or two bytes: a byte is half as wide as high, in the widespread fonts.
    Bytes,
}

/// A glyph to show.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    /// In units of the font size.
    pub width: f64,
    /// Whether word spacing applies (9.3.3).
    pub is_space: bool,
    /// Whether it hides nothing when it is covered: a space, or what leads to a place to fill in.
    pub is_blank: bool,
}

impl Font {
    pub(super) fn read(reader: &Reader<'_>, view: &View, font: &Dictionary) -> Result<Self, ReadError> {
        let subtype = reader.entry(view, font, b"Subtype")?;
        if subtype.as_name() == Some(b"Type0") {
            let encoding = reader.entry(view, font, b"Encoding")?;
            let name = encoding.as_name().unwrap_or_default();
            let widths =
                if name.starts_with(b"Identity-") { identity_widths(reader, view, font)? } else { Widths::Bytes };
            return Ok(Self { widths, extent: EXTENT, vertical: name.ends_with(b"-V"), characters: None });
        }
        let is_type3 = subtype.as_name() == Some(b"Type3");
        let (unit, extent) = if is_type3 { type3_units(reader, view, font)? } else { (0.001, EXTENT) };
        let name = reader.entry(view, font, b"BaseFont")?;
        let is_courier = name.as_name().is_some_and(|name| memchr::memmem::find(name, b"Courier").is_some());
        let missing = if is_courier { COURIER_WIDTH } else { USUAL_WIDTH };
        let first = reader.entry(view, font, b"FirstChar")?.as_integer().unwrap_or_default();
        let first = usize::try_from(first).unwrap_or(SIMPLE_CODES);
        let listed = reader.entry(view, font, b"Widths")?;
        let mut widths = Vec::new();
        for width in listed.as_array().iter().flat_map(|widths| widths.iter()).take(SIMPLE_CODES) {
            reader.budget.spend(Resource::PdfObjects, 1)?;
            let width = reader.resolve(view, width)?.as_number();
            widths.push(width.map_or(missing, |width| width * unit));
        }
        let characters = if is_type3 { None } else { Characters::of(reader, view, font)? };
        Ok(Self { widths: Widths::Simple { first, widths, missing }, extent, vertical: false, characters })
    }

    /// What a string stands for; `None` when that is not known for one of its codes.
    pub(crate) fn text(&self, bytes: &[u8]) -> Option<String> {
        let characters = self.characters.as_ref()?;
        bytes.iter().map(|byte| characters.get(*byte)).collect()
    }

    /// The glyphs of a string.
    pub(super) fn glyphs<'f>(&'f self, bytes: &'f [u8]) -> impl Iterator<Item = Glyph> + use<'f> {
        let step = if matches!(self.widths, Widths::Identity { .. }) { 2 } else { 1 };
        bytes.chunks(step).map(|code| self.glyph(code))
    }

    fn glyph(&self, code: &[u8]) -> Glyph {
        match (&self.widths, code) {
            (Widths::Simple { first, widths, missing }, [code]) => {
                let at = usize::from(*code).checked_sub(*first);
                let width = at.and_then(|at| widths.get(at)).copied().unwrap_or(*missing);
                let is_blank = matches!(code, b' ' | b'_' | b'.');
                Glyph { width, is_space: *code == b' ', is_blank }
            }
            (Widths::Identity { widths, default }, [high, low]) => {
                let width = widths.get(&u16::from_be_bytes([*high, *low])).copied().unwrap_or(*default);
                Glyph { width, is_space: false, is_blank: false }
            }
            _ => Glyph { width: USUAL_WIDTH, is_space: code == b" ", is_blank: code == b" " },
        }
    }
}

/// How wide a unit of a Type 3 font's glyphs is, and how far they reach: each has a coordinate system of its own (9.6.5).
fn type3_units(reader: &Reader<'_>, view: &View, font: &Dictionary) -> Result<(f64, (f64, f64)), ReadError> {
    let numbers = |key| -> Result<Vec<f64>, ReadError> {
        let value = reader.entry(view, font, key)?;
        let items = value.as_array().into_iter().flat_map(|items| items.iter()).take(6);
        Ok(items.filter_map(Object::as_number).filter(|number| number.is_finite()).collect())
    };
    let (unit, height) = match numbers(b"FontMatrix")?.as_slice() {
        [a, _, _, d, ..] => (*a, *d),
        _ => (0.001, 0.001),
    };
    Ok(match numbers(b"FontBBox")?.as_slice() {
        [_, bottom, _, top, ..] if bottom != top => (unit, (bottom * height, top * height)),
        _ => (unit, EXTENT),
    })
}

/// /DW and /W of the descendant font (9.7.4.3): `c [w1 w2 …]` and `first last w`.
fn identity_widths(reader: &Reader<'_>, view: &View, font: &Dictionary) -> Result<Widths, ReadError> {
    let descendants = reader.entry(view, font, b"DescendantFonts")?;
    let descendant = descendants.as_array().and_then(|fonts| fonts.first()).cloned().unwrap_or(Object::Null);
    let descendant = reader.resolve(view, &descendant)?;
    let mut widths = HashMap::default();
    let Some(descendant) = descendant.as_dictionary() else { return Ok(Widths::Identity { widths, default: 1.0 }) };
    let default = reader.entry(view, descendant, b"DW")?.as_number().map_or(1.0, |width| width / 1000.0);
    let listed = reader.entry(view, descendant, b"W")?;
    let mut items = listed.as_array().map(|items| items.iter()).unwrap_or_default().take(MAX_WIDTH_ENTRIES);
    while let Some(first) = items.next() {
        let Some(first) = reader.resolve(view, first)?.as_integer().and_then(|cid| u16::try_from(cid).ok()) else {
            break;
        };
        match items.next().map(|item| reader.resolve(view, item)).transpose()? {
            Some(Object::Array(run)) => {
                for (cid, width) in (first..=u16::MAX).zip(run.iter()) {
                    reader.budget.spend(Resource::PdfObjects, 1)?;
                    widths.extend(reader.resolve(view, width)?.as_number().map(|width| (cid, width / 1000.0)));
                }
            }
            Some(Object::Integer(last)) => {
                let last = u16::try_from(last).unwrap_or(u16::MAX);
                let Some(width) = items.next().map(|item| reader.resolve(view, item)).transpose()? else { break };
                let Some(width) = width.as_number() else { break };
                for cid in first..=last {
                    reader.budget.spend(Resource::PdfObjects, 1)?;
                    widths.insert(cid, width / 1000.0);
                }
            }
            _ => break,
        }
    }
    Ok(Widths::Identity { widths, default })
}
