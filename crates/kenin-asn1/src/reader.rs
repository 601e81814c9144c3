use std::cell::Cell;

use kenin_base::{Budget, Resource, Span};

use crate::{Class, Element, Error, ErrorKind, Tag};

/// What BER the decoded structures used beyond DER.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EncodingNotes {
    /// An element had indefinite length (X.690 8.1.3.6).
    pub indefinite_length: bool,
    /// A string was constructed from segments (X.690 8.6.4, 8.7.3).
    pub constructed_string: bool,
    /// A length or INTEGER had more octets than needed.
    pub non_minimal: bool,
}

impl EncodingNotes {
    /// Whether anything DER forbids was met.
    pub fn any(self) -> bool {
        self.indefinite_length || self.constructed_string || self.non_minimal
    }
}

/// The shared state of one decoding: the budget, and notes on the encoding met.
#[derive(Debug)]
pub struct Decoder<'b> {
    budget: &'b Budget,
    notes: Cell<EncodingNotes>,
}

impl<'b> Decoder<'b> {
    /// A decoder that spends from `budget`.
    pub fn new(budget: &'b Budget) -> Self {
        Self { budget, notes: Cell::default() }
    }

    /// The budget this decoder spends from.
    pub fn budget(&self) -> &'b Budget {
        self.budget
    }

    /// A cursor over `data`, whose first byte lies at `offset` of the document.
    pub fn reader<'d, 'a>(&'d self, data: &'a [u8], offset: u64) -> Reader<'d, 'a> {
        Reader { decoder: self, data, offset, depth: 0 }
    }

    /// What the elements read so far used beyond DER.
    pub fn notes(&self) -> EncodingNotes {
        self.notes.get()
    }

    pub(crate) fn note(&self, change: impl FnOnce(&mut EncodingNotes)) {
        let mut notes = self.notes.get();
        change(&mut notes);
        self.notes.set(notes);
    }
}

/// A cursor over a run of sibling elements.
#[derive(Clone, Debug)]
pub struct Reader<'d, 'a> {
    decoder: &'d Decoder<'d>,
    data: &'a [u8],
    offset: u64,
    depth: u64,
}

impl<'d, 'a> Reader<'d, 'a> {
    pub(crate) fn nested(decoder: &'d Decoder<'d>, data: &'a [u8], offset: u64, depth: u64) -> Result<Self, Error> {
        let limit = |limit| Error::new(ErrorKind::Limit(limit), offset);
        decoder.budget().check(Resource::Asn1Depth, depth).map_err(limit)?;
        Ok(Self { decoder, data, offset, depth })
    }

    /// Whether no byte is left.
    pub fn is_empty(&self) -> bool {
        self.data.is_empty()
    }

    /// Offset of the next byte in the document.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The bytes not read yet.
    pub fn remaining(&self) -> &'a [u8] {
        self.data
    }

    /// The tag of the next element without reading it; `None` at the end or on an invalid header.
    pub fn peek(&self) -> Option<Tag> {
        parse_header(self.data).ok().map(|header| header.tag)
    }

    /// Reads the next element, whatever its tag.
    ///
    /// # Errors
    /// [`Error`] when the header is invalid, the data ends inside the element, or a budget is reached.
    #[inline]
    pub fn element(&mut self) -> Result<Element<'d, 'a>, Error> {
        let header = parse_header(self.data).map_err(|kind| Error::new(kind, self.offset))?;
        self.cut(&header)
    }

    /// Reads the next element, whose header was parsed.
    #[inline]
    fn cut(&mut self, header: &Header) -> Result<Element<'d, 'a>, Error> {
        let offset = self.offset;
        let failed = |kind| Error::new(kind, offset);
        self.decoder.budget().spend(Resource::Asn1Elements, 1).map_err(|l| failed(ErrorKind::Limit(l)))?;
        let after_header = self.data.get(header.len..).ok_or_else(|| failed(ErrorKind::Truncated))?;
        let (content_len, total_len) = match header.content_len {
            Some(len) => (len, header.len.saturating_add(len)),
            None => {
                self.decoder.note(|n| n.indefinite_length = true);
                let start = offset.saturating_add(to_u64(header.len));
                let inner = Reader::nested(self.decoder, after_header, start, self.depth + 1)?;
                let len = inner.length_to_end_of_contents()?;
                (len, header.len.saturating_add(len).saturating_add(2))
            }
        };
        if header.non_minimal {
            self.decoder.note(|n| n.non_minimal = true);
        }
        let content = after_header.get(..content_len).ok_or_else(|| failed(ErrorKind::Truncated))?;
        let bytes = self.data.get(..total_len).ok_or_else(|| failed(ErrorKind::Truncated))?;
        self.data = self.data.get(total_len..).unwrap_or_default();
        self.offset = offset.saturating_add(to_u64(total_len));
        Ok(Element {
            decoder: self.decoder,
            tag: header.tag,
            constructed: header.constructed,
            bytes,
            content,
            span: Span::at(offset, to_u64(total_len)),
            content_offset: offset.saturating_add(to_u64(header.len)),
            depth: self.depth,
        })
    }

    /// Reads the next element, which must have this tag.
    ///
    /// # Errors
    /// [`ErrorKind::Missing`] at the end, [`ErrorKind::UnexpectedTag`] for another tag, else as [`Self::element`].
    #[inline]
    pub fn expect(&mut self, tag: Tag) -> Result<Element<'d, 'a>, Error> {
        let header = match parse_header(self.data) {
            Ok(header) => header,
            Err(_) if self.is_empty() => return Err(Error::new(ErrorKind::Missing { expected: tag }, self.offset)),
            Err(kind) => return Err(Error::new(kind, self.offset)),
        };
        if header.tag != tag {
            return Err(Error::new(ErrorKind::UnexpectedTag { expected: tag, found: header.tag }, self.offset));
        }
        self.cut(&header)
    }

    /// Reads the next element if it has this tag (OPTIONAL and DEFAULT fields).
    ///
    /// # Errors
    /// As [`Self::element`], when the element is there and cannot be cut.
    #[inline]
    pub fn optional(&mut self, tag: Tag) -> Result<Option<Element<'d, 'a>>, Error> {
        match parse_header(self.data) {
            Ok(header) if header.tag == tag => self.cut(&header).map(Some),
            _ => Ok(None),
        }
    }

    /// Asserts that nothing is left.
    ///
    /// # Errors
    /// [`ErrorKind::TrailingData`] when an element or stray bytes follow.
    pub fn finish(&self) -> Result<(), Error> {
        if self.is_empty() { Ok(()) } else { Err(Error::new(ErrorKind::TrailingData, self.offset)) }
    }

    /// Length up to the end-of-contents octets of the enclosing indefinite-length element.
    fn length_to_end_of_contents(mut self) -> Result<usize, Error> {
        let whole = self.data.len();
        loop {
            if self.data.starts_with(&[0, 0]) {
                return Ok(whole - self.data.len());
            }
            if self.data.is_empty() {
                return Err(Error::new(ErrorKind::Truncated, self.offset));
            }
            self.element()?;
        }
    }
}

struct Header {
    tag: Tag,
    constructed: bool,
    len: usize,
    /// `None`: indefinite.
    content_len: Option<usize>,
    non_minimal: bool,
}

/// Identifier and length octets (X.690 8.1.2, 8.1.3).
#[inline]
fn parse_header(data: &[u8]) -> Result<Header, ErrorKind> {
    // Nearly every header: a tag number below 31 and a length below 128, one octet each.
    if let [identifier, length @ 0..=0x7f, ..] = data
        && !matches!(identifier & 0x1f, 0 | 0x1f)
    {
        let tag = Tag { class: class(*identifier), number: u32::from(identifier & 0x1f) };
        let (constructed, content_len) = (identifier & 0x20 != 0, Some(usize::from(*length)));
        return Ok(Header { tag, constructed, len: 2, content_len, non_minimal: false });
    }
    parse_long_header(data)
}

fn class(identifier: u8) -> Class {
    match identifier >> 6 {
        0 => Class::Universal,
        1 => Class::Application,
        2 => Class::Context,
        _ => Class::Private,
    }
}

fn parse_long_header(data: &[u8]) -> Result<Header, ErrorKind> {
    let mut rest = data.iter().copied();
    let mut next = || rest.next().ok_or(ErrorKind::Truncated);
    let identifier = next()?;
    let constructed = identifier & 0x20 != 0;
    let mut len = 2;
    let mut number = u32::from(identifier & 0x1f);
    if number == 0x1f {
        number = 0;
        loop {
            let octet = next()?;
            len += 1;
            if number == 0 && octet == 0x80 || number > u32::MAX >> 7 {
                return Err(ErrorKind::InvalidHeader);
            }
            number = number << 7 | u32::from(octet & 0x7f);
            if octet & 0x80 == 0 {
                break;
            }
        }
    }
    let tag = Tag { class: class(identifier), number };
    // End-of-contents is a delimiter, never an element of its own (X.690 8.1.5).
    if tag == Tag::universal(0) {
        return Err(ErrorKind::InvalidHeader);
    }
    let first = next()?;
    let mut non_minimal = false;
    let content_len = match first {
        0..=0x7f => Some(usize::from(first)),
        0x80 if constructed => None,
        0x80 | 0xff => return Err(ErrorKind::InvalidHeader),
        _ => {
            let mut value = 0usize;
            for index in 0..first & 0x7f {
                let octet = next()?;
                len += 1;
                non_minimal |= index == 0 && octet == 0;
                value = value.checked_mul(256).ok_or(ErrorKind::InvalidHeader)?.saturating_add(usize::from(octet));
            }
            non_minimal |= value < 0x80;
            Some(value)
        }
    };
    Ok(Header { tag, constructed, len, content_len, non_minimal })
}

pub(crate) fn to_u64(value: usize) -> u64 {
    u64::try_from(value).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use kenin_base::Limits;

    use super::*;

    fn with_reader<T>(data: &[u8], f: impl FnOnce(Reader<'_, '_>, &Decoder<'_>) -> T) -> T {
        let budget = Budget::default();
        let decoder = Decoder::new(&budget);
        f(decoder.reader(data, 100), &decoder)
    }

    #[test]
    fn spans_are_absolute_and_exact() {
        with_reader(&[0x30, 0x05, 0x02, 0x01, 0x05, 0x05, 0x00, 0xff], |mut reader, decoder| {
            let sequence = reader.element().unwrap();
            assert_eq!((sequence.span, sequence.content_offset), (Span::new(100, 107), 102));
            let mut fields = sequence.children().unwrap();
            assert_eq!(fields.element().unwrap().span, Span::new(102, 105));
            assert_eq!(fields.element().unwrap().span, Span::new(105, 107));
            fields.finish().unwrap();
            assert_eq!(reader.remaining(), [0xff]);
            assert!(!decoder.notes().any());
        });
    }

    #[test]
    fn indefinite_length_is_cut_with_its_end_of_contents() {
        let data = [0x30, 0x80, 0x24, 0x80, 0x04, 0x01, 0xaa, 0x04, 0x01, 0xbb, 0, 0, 0, 0, 0x05, 0x00];
        with_reader(&data, |mut reader, decoder| {
            let sequence = reader.expect(Tag::SEQUENCE).unwrap();
            assert_eq!((sequence.bytes.len(), sequence.content.len()), (14, 10));
            let string = sequence.children().unwrap().expect(Tag::OCTET_STRING).unwrap();
            assert_eq!(&*string.octet_string().unwrap(), [0xaa, 0xbb]);
            assert_eq!(reader.expect(Tag::NULL).unwrap().span.start, 114);
            let notes = decoder.notes();
            assert!(notes.indefinite_length && notes.constructed_string && !notes.non_minimal);
        });
    }

    #[test]
    fn damaged_headers_are_errors_with_their_offset() {
        for (data, kind) in [
            (&[0x30][..], ErrorKind::Truncated),
            (&[0x30, 0x03, 0x02], ErrorKind::Truncated),
            (&[0x04, 0x80, 0x00, 0x00], ErrorKind::InvalidHeader),
            (&[0x30, 0xff], ErrorKind::InvalidHeader),
            (&[0x1f, 0x80, 0x01, 0x00], ErrorKind::InvalidHeader),
            (&[0x00, 0x00], ErrorKind::InvalidHeader),
            (&[0x30, 0x80, 0x05, 0x00], ErrorKind::Truncated),
            (&[0x30, 0x89, 1, 0, 0, 0, 0, 0, 0, 0, 0], ErrorKind::InvalidHeader),
        ] {
            with_reader(data, |mut reader, _| {
                let error = reader.element().unwrap_err();
                assert_eq!(error.kind, kind, "{data:02x?}");
                assert!(error.offset >= 100);
            });
        }
    }

    #[test]
    fn non_minimal_lengths_are_accepted_and_noted() {
        with_reader(&[0x04, 0x82, 0x00, 0x01, 0xaa], |mut reader, decoder| {
            assert_eq!(reader.element().unwrap().content, [0xaa]);
            assert!(decoder.notes().non_minimal);
        });
    }

    #[test]
    fn nesting_and_element_counts_are_bounded() {
        let bomb = [0x30, 0x80].repeat(100_000);
        let error = with_reader(&bomb, |mut reader, _| reader.element().unwrap_err());
        assert_eq!(error.limit().map(|l| l.resource), Some(Resource::Asn1Depth));

        let budget = Budget::new(&Limits { asn1_elements: 3, ..Limits::default() });
        let decoder = Decoder::new(&budget);
        let nulls = [0x05, 0x00].repeat(4);
        let mut reader = decoder.reader(&nulls, 0);
        assert!((0..3).all(|_| reader.element().is_ok()));
        assert_eq!(reader.element().unwrap_err().limit().map(|l| l.limit), Some(3));
    }

    #[test]
    fn optional_and_expect_tell_absence_from_damage() {
        with_reader(&[0x02, 0x01, 0x00], |mut reader, _| {
            assert!(reader.optional(Tag::context(0)).unwrap().is_none());
            let error = reader.expect(Tag::SEQUENCE).unwrap_err();
            assert_eq!(error.kind, ErrorKind::UnexpectedTag { expected: Tag::SEQUENCE, found: Tag::INTEGER });
            reader.expect(Tag::INTEGER).unwrap();
            assert_eq!(reader.expect(Tag::NULL).unwrap_err().kind, ErrorKind::Missing { expected: Tag::NULL });
        });
    }
}
