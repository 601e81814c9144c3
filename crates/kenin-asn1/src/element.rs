use std::borrow::Cow;

use kenin_base::{Budget, Oid, Span};

use crate::{Asn1Time, Decoder, Error, ErrorKind, Reader, Tag};

/// One ASN.1 element as it was received: its octets, where they lie, and typed views on its content.
#[derive(Clone, Copy, Debug)]
pub struct Element<'d, 'a> {
    pub(crate) decoder: &'d Decoder<'d>,
    /// Class and number.
    pub tag: Tag,
    /// Whether the encoding is constructed.
    pub constructed: bool,
    /// The whole element: identifier, length, content and, for indefinite length, end-of-contents octets.
    pub bytes: &'a [u8],
    /// The content octets alone.
    pub content: &'a [u8],
    /// Where [`Self::bytes`] lies in the document.
    pub span: Span,
    /// Offset of the first content octet in the document.
    pub content_offset: u64,
    pub(crate) depth: u64,
}

/// Number of identifier octets (X.690 8.1.2).
fn identifier_len(bytes: &[u8]) -> usize {
    match bytes.first() {
        Some(first) if first & 0x1f == 0x1f => {
            let more = bytes.iter().skip(1).take_while(|octet| **octet & 0x80 != 0).count();
            more.saturating_add(2)
        }
        _ => 1,
    }
}

/// The definite form of a length in as few octets as it needs (X.690 10.1).
pub fn definite_length(length: usize) -> Vec<u8> {
    let octets = length.to_be_bytes();
    let significant: Vec<u8> = octets.iter().copied().skip_while(|octet| *octet == 0).collect();
    match significant.as_slice() {
        [] => vec![0],
        [short] if *short < 0x80 => vec![*short],
        long => {
            let count = u8::try_from(long.len()).unwrap_or(u8::MAX) | 0x80;
            [&[count], long].concat()
        }
    }
}

/// The value of a BIT STRING.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BitString<'a> {
    /// The bits, most significant first, padded with unused bits in the last octet.
    pub octets: Cow<'a, [u8]>,
    /// Number of unused bits in the last octet, 0 to 7.
    pub unused_bits: u8,
}

impl BitString<'_> {
    /// Whether named bit `number` is set (bit 0 is the most significant bit of the first octet).
    pub fn bit(&self, number: usize) -> bool {
        self.octets.get(number / 8).is_some_and(|octet| octet & (0x80 >> (number % 8)) != 0)
    }
}

impl<'d, 'a> Element<'d, 'a> {
    /// The budget that decoding spends from.
    pub fn budget(&self) -> &'d Budget {
        self.decoder.budget()
    }

    /// What stands before and behind the content when it is `length` octets long: the identifier octets, and the length in
    /// the form that it has, definite or indefinite.
    pub fn frame(&self, length: usize) -> (Vec<u8>, &'static [u8]) {
        let identifier = self.bytes.get(..identifier_len(self.bytes)).unwrap_or_default();
        if self.bytes.get(identifier.len()) == Some(&0x80) {
            return ([identifier, &[0x80]].concat(), &[0, 0]);
        }
        ([identifier, &definite_length(length)].concat(), &[])
    }

    /// The same element with other content, in its [`frame`](Self::frame). What was hashed before something was added to a
    /// structure is rebuilt with it.
    pub fn with_content(&self, content: &[u8]) -> Vec<u8> {
        let (before, behind) = self.frame(content.len());
        [&before, content, behind].concat()
    }

    /// The same element with `child`, which lies in its content, replaced by `octets`.
    pub fn with_child(&self, child: &Element<'_, '_>, octets: &[u8]) -> Option<Vec<u8>> {
        let start = usize::try_from(child.span.start.checked_sub(self.content_offset)?).ok()?;
        let end = start.checked_add(child.bytes.len())?;
        let (before, after) = (self.content.get(..start)?, self.content.get(end..)?);
        Some(self.with_content(&[before, octets, after].concat()))
    }

    /// A cursor over the elements inside.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidValue`] for a primitive encoding, [`ErrorKind::Limit`] when nested too deeply.
    pub fn children(&self) -> Result<Reader<'d, 'a>, Error> {
        if !self.constructed {
            return Err(self.invalid("constructed value"));
        }
        Reader::nested(self.decoder, self.content, self.content_offset, self.depth + 1)
    }

    /// The element inside an EXPLICIT tag.
    ///
    /// # Errors
    /// [`Error`] when there is not exactly one element inside.
    pub fn explicit(&self) -> Result<Element<'d, 'a>, Error> {
        let mut inner = self.children()?;
        let element = inner.element()?;
        inner.finish()?;
        Ok(element)
    }

    /// The same content read as another tag, for an IMPLICIT type.
    #[must_use]
    pub fn implicit(mut self, tag: Tag) -> Self {
        self.tag = tag;
        self
    }

    /// Asserts the tag.
    ///
    /// # Errors
    /// [`ErrorKind::UnexpectedTag`] for another one.
    pub fn with_tag(self, expected: Tag) -> Result<Self, Error> {
        if self.tag == expected {
            return Ok(self);
        }
        Err(Error::new(ErrorKind::UnexpectedTag { expected, found: self.tag }, self.span.start))
    }

    /// The value of a BOOLEAN; any non-zero octet is TRUE (X.690 8.2.2).
    ///
    /// # Errors
    /// [`Error`] for another tag or length.
    pub fn boolean(&self) -> Result<bool, Error> {
        self.with_tag(Tag::BOOLEAN)?;
        match self.content {
            [octet] => Ok(*octet != 0),
            _ => Err(self.invalid("BOOLEAN")),
        }
    }

    /// The two's complement octets of an INTEGER, as received.
    ///
    /// # Errors
    /// [`Error`] for another tag or empty content.
    pub fn integer(&self) -> Result<&'a [u8], Error> {
        self.with_tag(Tag::INTEGER)?;
        self.integer_content()
    }

    /// The value of an INTEGER that fits 64 bits.
    ///
    /// # Errors
    /// [`Error`] for another tag, empty content or a larger value.
    pub fn integer_i64(&self) -> Result<i64, Error> {
        self.small_integer(self.integer()?)
    }

    /// The value of an ENUMERATED that fits 64 bits.
    ///
    /// # Errors
    /// [`Error`] for another tag, empty content or a larger value.
    pub fn enumerated(&self) -> Result<i64, Error> {
        self.with_tag(Tag::ENUMERATED)?;
        self.small_integer(self.integer_content()?)
    }

    /// The value of an OBJECT IDENTIFIER.
    ///
    /// # Errors
    /// [`Error`] for another tag or malformed content.
    pub fn oid(&self) -> Result<Oid, Error> {
        self.with_tag(Tag::OID)?;
        Oid::from_octets(self.content).map_err(|error| Error::new(ErrorKind::Oid(error), self.span.start))
    }

    /// The octets of an OCTET STRING, joined from their segments when the encoding is constructed.
    ///
    /// # Errors
    /// [`Error`] for another tag or a segment of another type.
    pub fn octet_string(&self) -> Result<Cow<'a, [u8]>, Error> {
        self.with_tag(Tag::OCTET_STRING)?;
        if !self.constructed {
            return Ok(Cow::Borrowed(self.content));
        }
        self.decoder.note(|n| n.constructed_string = true);
        let mut joined = Vec::new();
        self.join_segments(&mut joined)?;
        Ok(Cow::Owned(joined))
    }

    /// Hands the octets of an OCTET STRING to `visit` in order, without joining segments.
    ///
    /// # Errors
    /// As [`Self::octet_string`].
    pub fn for_each_segment(&self, visit: &mut impl FnMut(&'a [u8])) -> Result<(), Error> {
        self.with_tag(Tag::OCTET_STRING)?;
        if !self.constructed {
            visit(self.content);
            return Ok(());
        }
        self.decoder.note(|n| n.constructed_string = true);
        let mut segments = self.children()?;
        while !segments.is_empty() {
            segments.element()?.for_each_segment(visit)?;
        }
        Ok(())
    }

    /// The value of a BIT STRING; constructed encodings are joined.
    ///
    /// # Errors
    /// [`Error`] for another tag, a missing or impossible count of unused bits.
    pub fn bit_string(&self) -> Result<BitString<'a>, Error> {
        self.with_tag(Tag::BIT_STRING)?;
        if !self.constructed {
            let (unused_bits, octets) = self.bit_segment()?;
            return Ok(BitString { octets: Cow::Borrowed(octets), unused_bits });
        }
        self.decoder.note(|n| n.constructed_string = true);
        let mut joined = Vec::new();
        let mut last_unused = 0;
        let mut segments = self.children()?;
        while !segments.is_empty() {
            let (unused, octets) = segments.expect(Tag::BIT_STRING)?.bit_segment()?;
            joined.extend_from_slice(octets);
            last_unused = unused;
        }
        Ok(BitString { octets: Cow::Owned(joined), unused_bits: last_unused })
    }

    /// A string type as Unicode text (UTF8String, PrintableString, NumericString, IA5String, VisibleString,
    /// TeletexString read as Latin-1, BMPString, UniversalString).
    ///
    /// # Errors
    /// [`Error`] for another tag or octets the type does not allow.
    pub fn text(&self) -> Result<String, Error> {
        let invalid = || self.invalid("character string");
        let units = |size: usize| -> Result<Vec<u32>, Error> {
            if !self.content.len().is_multiple_of(size) {
                return Err(invalid());
            }
            let join = |unit: &[u8]| unit.iter().fold(0u32, |value, octet| value << 8 | u32::from(*octet));
            Ok(self.content.chunks(size).map(join).collect())
        };
        match self.tag {
            Tag::UTF8_STRING | Tag::PRINTABLE_STRING | Tag::NUMERIC_STRING | Tag::IA5_STRING | Tag::VISIBLE_STRING => {
                std::str::from_utf8(self.content).map(str::to_owned).map_err(|_| invalid())
            }
            Tag::TELETEX_STRING => Ok(self.content.iter().copied().map(char::from).collect()),
            Tag::BMP_STRING => {
                let narrow = |unit| u16::try_from(unit).unwrap_or(u16::MAX);
                let units: Vec<u16> = units(2)?.into_iter().map(narrow).collect();
                String::from_utf16(&units).map_err(|_| invalid())
            }
            Tag::UNIVERSAL_STRING => {
                units(4)?.into_iter().map(char::from_u32).collect::<Option<_>>().ok_or_else(invalid)
            }
            _ => Err(invalid()),
        }
    }

    /// The value of a UTCTime or GeneralizedTime.
    ///
    /// # Errors
    /// [`Error`] for another tag or text that is no time (a 60th second included).
    pub fn time(&self) -> Result<Asn1Time, Error> {
        Asn1Time::parse(self.tag, self.content).ok_or_else(|| self.invalid("time"))
    }

    /// An error about this element's value.
    pub fn invalid(&self, what: &'static str) -> Error {
        Error::new(ErrorKind::InvalidValue(what), self.span.start)
    }

    fn integer_content(&self) -> Result<&'a [u8], Error> {
        match self.content {
            [] => return Err(self.invalid("INTEGER")),
            [0x00, next, ..] if next & 0x80 == 0 => self.decoder.note(|n| n.non_minimal = true),
            [0xff, next, ..] if next & 0x80 != 0 => self.decoder.note(|n| n.non_minimal = true),
            _ => {}
        }
        Ok(self.content)
    }

    fn small_integer(&self, octets: &[u8]) -> Result<i64, Error> {
        let negative = octets.first().is_some_and(|octet| octet & 0x80 != 0);
        let significant = octets.iter().skip_while(|octet| **octet == if negative { 0xff } else { 0 }).count();
        if significant > 8 {
            return Err(self.invalid("INTEGER of 64 bits"));
        }
        let start = if negative { -1i128 } else { 0 };
        let value = octets.iter().fold(start, |value, octet| value << 8 | i128::from(*octet));
        i64::try_from(value).map_err(|_| self.invalid("INTEGER of 64 bits"))
    }

    fn bit_segment(&self) -> Result<(u8, &'a [u8]), Error> {
        match self.content.split_first() {
            Some((unused, octets)) if *unused < 8 && (*unused == 0 || !octets.is_empty()) => Ok((*unused, octets)),
            _ => Err(self.invalid("BIT STRING")),
        }
    }

    fn join_segments(&self, joined: &mut Vec<u8>) -> Result<(), Error> {
        self.for_each_segment(&mut |segment| joined.extend_from_slice(segment))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value<T>(data: &[u8], f: impl FnOnce(Element<'_, '_>) -> T) -> T {
        let budget = Budget::default();
        let decoder = Decoder::new(&budget);
        f(decoder.reader(data, 0).element().unwrap())
    }

    #[test]
    fn integers_keep_sign_and_refuse_what_does_not_fit() {
        assert_eq!(value(&[0x02, 0x01, 0xff], |e| e.integer_i64()), Ok(-1));
        assert_eq!(value(&[0x02, 0x02, 0x00, 0x80], |e| e.integer_i64()), Ok(128));
        let maximum = [0x02, 0x08, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
        assert_eq!(value(&maximum, |e| e.integer_i64()), Ok(i64::MAX));
        assert!(value(&[0x02, 0x09, 1, 0, 0, 0, 0, 0, 0, 0, 0], |e| e.integer_i64()).is_err());
        assert!(value(&[0x02, 0x09, 0, 0x80, 0, 0, 0, 0, 0, 0, 0], |e| e.integer_i64()).is_err());
        assert!(value(&[0x02, 0x00], |e| e.integer().map(<[u8]>::len)).is_err());
    }

    #[test]
    fn bit_strings_number_bits_from_the_left() {
        value(&[0x03, 0x02, 0x06, 0x40], |e| {
            let bits = e.bit_string().unwrap();
            assert!(!bits.bit(0) && bits.bit(1) && !bits.bit(9));
        });
        assert!(value(&[0x03, 0x01, 0x01], |e| e.bit_string().map(|b| b.unused_bits)).is_err());
    }

    #[test]
    fn strings_become_unicode() {
        assert_eq!(value(&[0x1e, 0x04, 0x53, 0x3b, 0x5e, 0x2b], |e| e.text()).unwrap(), "医師");
        assert_eq!(value(&[0x14, 0x01, 0xe9], |e| e.text()).unwrap(), "é");
        assert!(value(&[0x1e, 0x01, 0x53], |e| e.text()).is_err());
        assert!(value(&[0x0c, 0x01, 0xff], |e| e.text()).is_err());
    }

    #[test]
    fn content_is_replaced_in_the_form_it_had() {
        let of = |data: &[u8], content: &[u8]| value(data, |e| e.with_content(content));
        assert_eq!(of(&[0x30, 0x02, 0x05, 0x00], &[1; 3]), [0x30, 0x03, 1, 1, 1]);
        assert_eq!(of(&[0x30, 0x80, 0x05, 0x00, 0x00, 0x00], &[]), [0x30, 0x80, 0x00, 0x00]);
        assert_eq!(of(&[0x30, 0x00], &[0; 0x80])[..3], [0x30, 0x81, 0x80]);
        assert_eq!(of(&[0x30, 0x00], &[0; 0x100])[..4], [0x30, 0x82, 0x01, 0x00]);
        assert_eq!(of(&[0xbf, 0x81, 0x01, 0x00], &[7]), [0xbf, 0x81, 0x01, 0x01, 7]);
        let replaced = value(&[0x30, 0x05, 0x05, 0x00, 0x02, 0x01, 0x09], |e| {
            let mut inside = e.children().unwrap();
            inside.element().unwrap();
            e.with_child(&inside.element().unwrap(), &[0x04, 0x00])
        });
        assert_eq!(replaced, Some(vec![0x30, 0x04, 0x05, 0x00, 0x04, 0x00]));
    }

    #[test]
    fn a_segment_of_another_type_is_refused() {
        assert!(value(&[0x24, 0x03, 0x02, 0x01, 0x05], |e| e.octet_string().map(|o| o.len())).is_err());
    }
}
