//! Mutations that leave what is around a change well-formed: lengths of DER that fit, cross-reference data that leads to the
//! changed objects, elements of XML as wholes. Bytes changed at random mostly end in the first parser; half of the mutations are still those.

use kenin_testkit::mutate::der::{self, Edit};
use kenin_testkit::mutate::{pdf, xml};
use libfuzzer_sys::fuzzer_mutate;

use crate::targets::Shape;

/// How much a mutated part may grow, in bytes.
const GROWTH: usize = 64;

/// Mutates the first `size` octets of `data` and gives the new size.
pub fn mutate(shape: Shape, data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut draw = Draw(u64::from(seed));
    let input = data.get(..size).unwrap_or_default().to_vec();
    let changed = match (draw.below(2), shape) {
        (0, Shape::Der) => element(&input, &mut draw),
        (0, Shape::Pdf) if draw.below(3) == 0 => contents(&input, &mut draw),
        (0, Shape::Pdf) => object(&input, &mut draw),
        (0, Shape::Xml) => markup(&input, &mut draw),
        _ => None,
    };
    match changed.filter(|changed| changed.len() <= max_size && *changed != input) {
        Some(changed) => {
            data[..changed.len()].copy_from_slice(&changed);
            changed.len()
        }
        None => fuzzer_mutate(data, size, max_size),
    }
}

/// DER with one element edited, replaced by another or with other contents.
fn element(der: &[u8], draw: &mut Draw) -> Option<Vec<u8>> {
    let elements = der::elements(der);
    let position = draw.below(elements.len());
    let element = elements.get(position)?;
    match draw.below(8) {
        edit @ 0..4 => der::edited(der, &elements, position, *Edit::ALL.get(edit)?),
        4 => {
            let other = elements.get(draw.below(elements.len()))?;
            Some(der::splice(der, &elements, &element.range, der.get(other.range.clone())?))
        }
        _ => {
            let contents = element.contents..element.range.end;
            Some(der::splice(der, &elements, &contents, &mutated(der.get(contents.clone())?)))
        }
    }
}

/// A PDF with an element of a CMS in it changed.
fn contents(file: &[u8], draw: &mut Draw) -> Option<Vec<u8>> {
    let ranges = pdf::byte_ranges(file);
    let digits = pdf::contents_digits(file, *ranges.get(draw.below(ranges.len()))?)?;
    let octets = pdf::octets_of(file.get(digits.clone())?)?;
    let end = der::elements(&octets).first()?.range.end;
    pdf::with_contents(file, &digits, &element(octets.get(..end)?, draw)?)
}

/// A PDF with an increment in which one of its objects is another.
fn object(file: &[u8], draw: &mut Draw) -> Option<Vec<u8>> {
    let objects = pdf::objects(file);
    let (number, body) = objects.get(draw.below(objects.len()))?;
    let other = objects.get(draw.below(objects.len()))?;
    let number = if draw.below(4) == 0 { other.0 } else { *number };
    pdf::appended(file, &[(number, mutated(file.get(body.clone())?))])
}

/// Attributes by which elements are named and referred to.
const NAMED: &[&str] = &["Id", "ID", "id", "xml:id", "URI", "Target", "Type", "Algorithm", "Filter", "PrefixList"];

/// What may stand between elements.
const BETWEEN: &[&[u8]] = &[b"<!--c-->", b"<?p q?>", b"<![CDATA[ ]]>", b"&#13;", b"\r\n", b"<a xmlns=''/>"];

/// XML with elements dropped, doubled, swapped or moved, ids and URIs exchanged, other prefixes, or in another encoding.
fn markup(text: &[u8], draw: &mut Draw) -> Option<Vec<u8>> {
    let elements = xml::elements(text);
    let position = draw.below(elements.len());
    let element = elements.get(position)?;
    let other = elements.get(draw.below(elements.len()))?;
    match draw.below(14) {
        edit @ 0..4 => xml::edited(text, &elements, position, *Edit::ALL.get(edit)?),
        4 => xml::moved(text, element, other),
        5 => Some(xml::spliced(text, &element.range, text.get(other.range.clone())?)),
        6 => {
            let values = xml::values(text, NAMED);
            let (one, two) = (values.get(draw.below(values.len()))?, values.get(draw.below(values.len()))?);
            xml::exchanged(text, one, two)
        }
        7 => {
            let values = xml::values(text, NAMED);
            let (one, two) = (values.get(draw.below(values.len()))?, values.get(draw.below(values.len()))?);
            Some(xml::spliced(text, one, text.get(two.clone())?))
        }
        8 => {
            let values = xml::values(text, NAMED);
            let value = values.get(draw.below(values.len()))?;
            Some(xml::spliced(text, value, &mutated(text.get(value.clone())?)))
        }
        9 => prefixed(text, draw),
        10 => {
            let place = if draw.below(2) == 0 { element.contents.start } else { element.range.start };
            Some(xml::spliced(text, &(place..place), BETWEEN.get(draw.below(BETWEEN.len()))?))
        }
        11 => xml::encoded(text, ["UTF-16", "Shift_JIS", "EUC-JP", "UTF-8"].get(draw.below(4))?),
        _ => Some(xml::spliced(text, &element.contents, &mutated(text.get(element.contents.clone())?))),
    }
}

/// Two declared prefixes in each other's place, in their declarations alone.
fn prefixed(text: &[u8], draw: &mut Draw) -> Option<Vec<u8>> {
    let key = b"xmlns:";
    let places = text.windows(key.len()).enumerate().filter(|(_, window)| window == key).map(|(at, _)| at + key.len());
    let prefix = |start: usize| Some(start..start + text.get(start..)?.iter().position(|octet| *octet == b'=')?);
    let declared: Vec<_> = places.filter_map(prefix).collect();
    xml::exchanged(text, declared.get(draw.below(declared.len()))?, declared.get(draw.below(declared.len()))?)
}

/// Some octets as libFuzzer mutates them, with its dictionary and what it compared before.
fn mutated(octets: &[u8]) -> Vec<u8> {
    let mut changed = octets.to_vec();
    let most = octets.len() + GROWTH;
    changed.resize(most, 0);
    let size = fuzzer_mutate(&mut changed, octets.len(), most);
    changed.truncate(size);
    changed
}

/// Numbers that follow from libFuzzer's seed.
struct Draw(u64);

impl Draw {
    /// A number below this one; zero where there is none.
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default().checked_rem(end).unwrap_or_default()
    }
}
