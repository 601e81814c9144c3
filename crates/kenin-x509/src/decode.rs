use kenin_asn1::{Decoder, Element, Error, Tag};
use kenin_base::{Budget, Limits};

use crate::ParseError;

/// Larger structures are refused before anything is read, so that offsets fit 32 bits.
const MAX_BYTES: usize = 256 << 20;

/// Runs `read` over a structure of its own. Reading is linear in the octets, which are bounded here, so the count
/// of elements needs no budget of its own; only the depth does.
pub(crate) fn with_decoder<T>(
    data: &[u8],
    read: impl FnOnce(&Decoder<'_>) -> Result<T, ParseError>,
) -> Result<T, ParseError> {
    if data.len() > MAX_BYTES {
        return Err(ParseError::TooLarge { len: data.len() });
    }
    let budget = Budget::new(&Limits { asn1_elements: u64::MAX, ..Limits::default() });
    read(&Decoder::new(&budget))
}

/// The one element that `data` consists of.
pub(crate) fn single<'d, 'a>(decoder: &'d Decoder<'d>, data: &'a [u8]) -> Result<Element<'d, 'a>, Error> {
    let mut reader = decoder.reader(data, 0);
    let element = reader.element()?;
    reader.finish()?;
    Ok(element)
}

/// Every element of a SEQUENCE OF or SET OF, each read by `read`.
pub(crate) fn each<'d, 'a, T>(
    element: Element<'d, 'a>,
    tag: Tag,
    mut read: impl FnMut(Element<'d, 'a>) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let mut fields = element.with_tag(tag)?.children()?;
    let mut values = Vec::new();
    while !fields.is_empty() {
        values.push(read(fields.element()?)?);
    }
    Ok(values)
}

/// Every element of a SEQUENCE SIZE (1..MAX) OF.
pub(crate) fn some<'d, 'a, T>(
    element: Element<'d, 'a>,
    read: impl FnMut(Element<'d, 'a>) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let values = each(element, Tag::SEQUENCE, read)?;
    if values.is_empty() { Err(element.invalid("SEQUENCE SIZE (1..MAX)")) } else { Ok(values) }
}

/// The offset of an element inside the structure it was read from.
pub(crate) fn range(element: &Element<'_, '_>) -> std::ops::Range<usize> {
    let index = |offset: u64| usize::try_from(offset).unwrap_or(usize::MAX);
    index(element.span.start)..index(element.span.end)
}

/// INTEGER content octets without redundant leading octets, so that serial numbers compare by value.
pub(crate) fn minimal(mut octets: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = octets {
        let redundant = match rest.first() {
            Some(next) => (*first == 0 && next & 0x80 == 0) || (*first == 0xff && next & 0x80 != 0),
            None => false,
        };
        if !redundant {
            break;
        }
        octets = rest;
    }
    octets
}
