use std::rc::Rc;

use kenin_base::{Budget, Resource, Span};

use crate::error::ReadError;
use crate::lexer::{Lexer, hex_value, is_regular, is_white};
use crate::object::{Dictionary, Entry, Indirect, Object, PdfString, Reference, Span0, Stream};

/// What a value takes in memory, in bytes that are counted as parsed: a digit and a space are a value, so the bytes alone
/// would let a file take many times its size.
const VALUE: u64 = 64;

/// The same of a key with its place in the dictionary, and of what else a name, a string and a container take.
const KEY: u64 = 60;
const NAME: u64 = 40;
const STRING: u64 = 80;
const CONTAINER: u64 = 80;

/// Parses objects from a window of the file (or a decoded object stream).
pub(crate) struct Parser<'a> {
    pub lexer: Lexer<'a>,
    /// Offset of the window's first byte in the file.
    base: u64,
    /// Whether the window ends where the data ends, so that running out of it is final.
    complete: bool,
    budget: &'a Budget,
    /// Whether something was read that is not as 7.3 asks: readers may make something else of it.
    pub irregular: bool,
}

impl<'a> Parser<'a> {
    pub(crate) fn new(data: &'a [u8], base: u64, complete: bool, budget: &'a Budget) -> Self {
        Self { lexer: Lexer::new(data), base, complete, budget, irregular: false }
    }

    /// Offset in the file of the next byte.
    pub(crate) fn offset(&self) -> u64 {
        self.base.saturating_add(u64::try_from(self.lexer.position).unwrap_or(u64::MAX))
    }

    /// `12 0 obj value [stream]` (7.3.10).
    pub(crate) fn indirect(&mut self) -> Result<Indirect, ReadError> {
        self.budget.spend(Resource::PdfObjects, 1)?;
        let parsed = self.indirect_object();
        self.pay()?;
        parsed
    }

    /// A value that stands alone: a trailer dictionary, a member of an object stream.
    pub(crate) fn value(&mut self) -> Result<Object, ReadError> {
        let parsed = self.object(0);
        self.pay()?;
        parsed
    }

    /// Takes what has been read from the budget.
    fn pay(&self) -> Result<(), ReadError> {
        let bytes = u64::try_from(self.lexer.position).unwrap_or(u64::MAX);
        Ok(self.budget.spend(Resource::PdfParsedBytes, bytes)?)
    }

    /// Takes what a value holds from the budget, before it is there.
    fn charge(&self, bytes: u64) -> Result<(), ReadError> {
        Ok(self.budget.spend(Resource::PdfParsedBytes, bytes)?)
    }

    fn indirect_object(&mut self) -> Result<Indirect, ReadError> {
        self.lexer.skip_white();
        let start = self.offset();
        let reference = self.object_header()?;
        let object = self.object(0)?;
        let end = self.offset();
        let span = Span::new(start, end);
        self.lexer.skip_white();
        if let Object::Dictionary(dictionary) = &object
            && self.lexer.take(b"stream")
        {
            // The keyword is followed by CRLF or LF; a lone CR is seen in damaged files (7.3.8.1).
            match self.lexer.rest() {
                [b'\r', b'\n', ..] => self.lexer.advance(2),
                [b'\n' | b'\r', ..] => self.lexer.advance(1),
                [b' ', b'\r', b'\n', ..] => self.lexer.advance(3),
                [b' ', b'\n', ..] => self.lexer.advance(2),
                [] => return Err(self.out_of_data()),
                _ => {}
            }
            let stream = Stream { dictionary: Dictionary::clone(dictionary), data: self.offset(), reference };
            return Ok(Indirect {
                reference,
                object: Object::Stream(Rc::new(stream)),
                span,
                irregular: self.irregular,
            });
        }
        if !self.complete && self.lexer.rest().len() < 8 {
            // `stream` may begin beyond the window.
            return Err(ReadError::Truncated);
        }
        Ok(Indirect { reference, object, span, irregular: self.irregular })
    }

    /// `12 0 obj`.
    pub(crate) fn object_header(&mut self) -> Result<Reference, ReadError> {
        let number = self.lexer.unsigned().and_then(|n| u32::try_from(n).ok());
        let generation = self.lexer.unsigned().and_then(|n| u32::try_from(n).ok());
        self.lexer.skip_white();
        match (number, generation, self.lexer.take(b"obj")) {
            (Some(number), Some(generation), true) => Ok(Reference { number, generation }),
            _ => Err(self.malformed()),
        }
    }

    /// One object (7.3). `depth` counts the containers around it.
    pub(crate) fn object(&mut self, depth: u64) -> Result<Object, ReadError> {
        self.budget.check(Resource::PdfDepth, depth)?;
        self.charge(VALUE)?;
        self.lexer.skip_white();
        let start = self.offset();
        match self.lexer.rest() {
            [] => Err(self.out_of_data()),
            [b'/', ..] => {
                self.charge(NAME)?;
                self.lexer.advance(1);
                Ok(Object::Name(self.name()?))
            }
            [b'<', b'<', ..] => {
                self.charge(CONTAINER)?;
                self.lexer.advance(2);
                let entries = self.dictionary_entries(depth)?;
                let span = Span0(Span::new(start, self.offset()));
                Ok(Object::Dictionary(Rc::new(Dictionary { entries, span })))
            }
            [b'<', ..] => self.hexadecimal_string(start),
            [b'(', ..] => self.literal_string(start),
            [b'[', ..] => {
                self.charge(CONTAINER)?;
                self.lexer.advance(1);
                self.array(depth)
            }
            [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => self.number(),
            _ => self.constant(depth),
        }
    }

    fn name(&mut self) -> Result<Rc<[u8]>, ReadError> {
        let raw = self.lexer.regular();
        if self.lexer.peek().is_none() && !self.complete {
            return Err(ReadError::Truncated);
        }
        if !raw.contains(&b'#') {
            return Ok(raw.into());
        }
        let mut name = Vec::with_capacity(raw.len());
        let mut rest = raw;
        while let Some((first, after)) = rest.split_first() {
            let escaped = match rest {
                [b'#', high, low, ..] => hex_value(*high).zip(hex_value(*low)),
                _ => None,
            };
            match escaped {
                Some((high, low)) => {
                    name.push(high << 4 | low);
                    rest = rest.get(3..).unwrap_or_default();
                }
                None => {
                    name.push(*first);
                    rest = after;
                }
            }
        }
        Ok(name.into())
    }

    fn dictionary_entries(&mut self, depth: u64) -> Result<Vec<Entry>, ReadError> {
        let mut entries = Vec::new();
        loop {
            self.lexer.skip_white();
            if self.lexer.take(b">>") {
                entries.shrink_to_fit();
                return Ok(entries);
            }
            if !self.lexer.take(b"/") {
                return Err(if self.lexer.rest().len() < 2 { self.out_of_data() } else { self.malformed() });
            }
            self.charge(KEY)?;
            let key = self.name()?;
            self.lexer.skip_white();
            // A key without a value, as some writers leave before `>>`.
            if self.lexer.rest().starts_with(b">>") {
                self.irregular = true;
                entries.push((key, Object::Null));
                continue;
            }
            entries.push((key, self.object(depth + 1)?));
        }
    }

    fn array(&mut self, depth: u64) -> Result<Object, ReadError> {
        let mut items = Vec::new();
        loop {
            self.lexer.skip_white();
            if self.lexer.take(b"]") {
                items.shrink_to_fit();
                return Ok(Object::Array(Rc::new(items)));
            }
            items.push(self.object(depth + 1)?);
            // Room for one array is made twice over while it grows.
            let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
            self.budget.check(Resource::PdfObjects, count)?;
        }
    }

    fn hexadecimal_string(&mut self, start: u64) -> Result<Object, ReadError> {
        self.charge(STRING)?;
        self.lexer.advance(1);
        let rest = self.lexer.rest();
        let Some(len) = memchr::memchr(b'>', rest) else {
            self.lexer.advance(rest.len());
            return Err(self.out_of_data());
        };
        let digits = rest.get(..len).unwrap_or_default();
        self.lexer.advance(len + 1);
        let (bytes, malformed) = decode_hexadecimal(digits);
        Ok(Object::String(Rc::new(PdfString { bytes, span: Span::new(start, self.offset()), malformed })))
    }

    fn literal_string(&mut self, start: u64) -> Result<Object, ReadError> {
        self.charge(STRING)?;
        self.lexer.advance(1);
        let mut bytes = Vec::new();
        let mut nesting = 0u64;
        loop {
            // Most of a string stands for itself.
            let rest = self.lexer.rest();
            let special = |byte: &u8| matches!(byte, b'(' | b')' | b'\\' | b'\r');
            let plain = rest.iter().position(special).unwrap_or(rest.len());
            bytes.extend_from_slice(rest.get(..plain).unwrap_or_default());
            self.lexer.advance(plain);
            let Some(byte) = self.lexer.peek() else { return Err(self.out_of_data()) };
            self.lexer.advance(1);
            match byte {
                b')' if nesting == 0 => break,
                b')' => nesting -= 1,
                b'(' => nesting += 1,
                b'\r' => {
                    self.lexer.take(b"\n");
                    bytes.push(b'\n');
                    continue;
                }
                b'\\' => {
                    self.escape(&mut bytes)?;
                    continue;
                }
                _ => {}
            }
            bytes.push(byte);
        }
        let span = Span::new(start, self.offset());
        Ok(Object::String(Rc::new(PdfString { bytes, span, malformed: false })))
    }

    /// What follows a backslash (7.3.4.2, table 3).
    fn escape(&mut self, bytes: &mut Vec<u8>) -> Result<(), ReadError> {
        let Some(byte) = self.lexer.peek() else { return Err(self.out_of_data()) };
        self.lexer.advance(1);
        match byte {
            b'n' => bytes.push(b'\n'),
            b'r' => bytes.push(b'\r'),
            b't' => bytes.push(b'\t'),
            b'b' => bytes.push(8),
            b'f' => bytes.push(12),
            b'\r' => {
                self.lexer.take(b"\n");
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.lexer.peek() else { break };
                    value = value * 8 + u32::from(digit - b'0');
                    self.lexer.advance(1);
                }
                // High-order overflow is ignored (7.3.4.2).
                bytes.push(u8::try_from(value & 0xff).unwrap_or_default());
            }
            other => bytes.push(other),
        }
        Ok(())
    }

    /// A number, or a reference when `generation R` follows.
    fn number(&mut self) -> Result<Object, ReadError> {
        let token = self.lexer.regular();
        if self.lexer.peek().is_none() && !self.complete {
            return Err(ReadError::Truncated);
        }
        let (negative, digits) = match token {
            [b'-', digits @ ..] => (true, digits),
            [b'+', digits @ ..] => (false, digits),
            digits => (false, digits),
        };
        if let Some(value) = crate::lexer::decimal(digits) {
            if digits.len() == token.len()
                && let Ok(number) = u32::try_from(value)
                && let Some(generation) = self.reference_tail()?
            {
                return Ok(Object::Reference(Reference { number, generation }));
            }
            let value = i64::try_from(value).unwrap_or(i64::MAX);
            return Ok(Object::Integer(if negative { -value } else { value }));
        }
        let text = std::str::from_utf8(token).unwrap_or_default();
        // `--5`, `4.-2`, `6e1` stand for something else in every reader: no number, and equal to none.
        Ok(Object::Real(if is_real(token) { text.parse().unwrap_or(f64::NAN) } else { f64::NAN }))
    }

    /// `generation R` after an object number.
    fn reference_tail(&mut self) -> Result<Option<u32>, ReadError> {
        let mut ahead = self.lexer;
        ahead.skip_white();
        if !ahead.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            let undecided = ahead.peek().is_none() && !self.complete;
            return if undecided { Err(ReadError::Truncated) } else { Ok(None) };
        }
        let Some(generation) = ahead.unsigned().and_then(|g| u32::try_from(g).ok()) else { return Ok(None) };
        let spaced = ahead.peek().is_some_and(is_white);
        ahead.skip_white();
        if ahead.rest().len() < 2 && !self.complete {
            return Err(ReadError::Truncated);
        }
        if !spaced || !ahead.keyword(b"R") {
            return Ok(None);
        }
        self.lexer = ahead;
        Ok(Some(generation))
    }

    fn constant(&mut self, depth: u64) -> Result<Object, ReadError> {
        for (word, value) in
            [(&b"true"[..], Object::Boolean(true)), (b"false", Object::Boolean(false)), (b"null", Object::Null)]
        {
            if self.lexer.keyword(word) {
                return Ok(value);
            }
        }
        // An empty indirect object, `1 0 obj endobj`, is null. Inside a container nothing is: `[1 endobj` must end.
        if depth == 0 && self.lexer.rest().starts_with(b"endobj") {
            return Ok(Object::Null);
        }
        Err(if self.lexer.rest().len() < 6 { self.out_of_data() } else { self.malformed() })
    }

    fn out_of_data(&self) -> ReadError {
        if self.complete { self.malformed() } else { ReadError::Truncated }
    }

    fn malformed(&self) -> ReadError {
        if !self.complete && self.lexer.rest().len() < 32 {
            return ReadError::Truncated;
        }
        ReadError::Malformed(self.offset())
    }
}

/// Decodes hexadecimal digits; also whether anything but an even number of digits and white space is there.
///
/// /Contents is most of what is parsed of a signed file, so digits without white space have a path of their own.
fn decode_hexadecimal(digits: &[u8]) -> (Vec<u8>, bool) {
    if !digits.len().is_multiple_of(2) || digits.iter().fold(false, |other, digit| other | !digit.is_ascii_hexdigit()) {
        return decode_irregular(digits);
    }
    // Both digits of an octet at once, without a table: a signature's /Contents has tens of thousands.
    let octet = |pair: &[u8]| match *pair {
        [high, low] => {
            let digits = u16::from_be_bytes([high, low]);
            // A letter has bit 6, and its low bits count from 1.
            let values = (digits & 0x0f0f) + 9 * (digits >> 6 & 0x0101);
            let [high, low] = values.to_be_bytes();
            high << 4 | low
        }
        _ => 0,
    };
    (digits.chunks_exact(2).map(octet).collect(), false)
}

fn decode_irregular(digits: &[u8]) -> (Vec<u8>, bool) {
    let mut bytes = Vec::with_capacity(digits.len() / 2 + 1);
    let mut malformed = false;
    let mut high = None;
    for digit in digits {
        let Some(value) = hex_value(*digit) else {
            malformed |= !is_white(*digit);
            continue;
        };
        match high.take() {
            None => high = Some(value),
            Some(first) => bytes.push(first << 4 | value),
        }
    }
    if let Some(first) = high {
        bytes.push(first << 4);
        malformed = true;
    }
    (bytes, malformed)
}

/// Where the keyword `obj` at `at` begins its `12 0 obj`, looking back in `data`; `None` when no header is there.
pub(crate) fn header_before(data: &[u8], at: usize) -> Option<usize> {
    let mut position = at;
    let back_over = |position: &mut usize, class: fn(u8) -> bool| {
        let run = data.get(..*position)?.iter().rev().take_while(|byte| class(**byte)).count();
        *position -= run;
        (run > 0).then_some(run)
    };
    back_over(&mut position, is_white);
    back_over(&mut position, |byte| byte.is_ascii_digit()).filter(|run| *run <= 5)?;
    back_over(&mut position, is_white)?;
    back_over(&mut position, |byte| byte.is_ascii_digit()).filter(|run| *run <= 10)?;
    let before = position.checked_sub(1).and_then(|before| data.get(before));
    before.is_none_or(|byte| !is_regular(*byte)).then_some(position)
}

/// Whether a token is a real number as 7.3.3 writes it: a sign at most, digits, one decimal point.
fn is_real(token: &[u8]) -> bool {
    let digits = token.strip_prefix(b"-").or_else(|| token.strip_prefix(b"+")).unwrap_or(token);
    let points = digits.iter().filter(|byte| **byte == b'.').count();
    let only = digits.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
    only && points == 1 && digits.len() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_that_never_close_end_at_endobj() {
        assert!(parse(b"[1 endobj").is_err());
        assert!(parse(b"<< /A [ endobj").is_err());
        assert!(matches!(parse(b"endobj"), Ok(Object::Null)));
    }

    fn parse(data: &[u8]) -> Result<Object, ReadError> {
        Parser::new(data, 0, true, &Budget::default()).object(0)
    }

    #[test]
    fn objects_of_every_kind() {
        let Object::Array(items) = parse(b"[1 -2 +3 4.5 12 0 R true false null /A#42 (x\\)\\101(y)) <4 1 5>]").unwrap()
        else {
            panic!("not an array");
        };
        assert_eq!(items.len(), 11);
        assert_eq!(items[1].as_integer(), Some(-2));
        assert_eq!(items[4].as_reference(), Some(Reference { number: 12, generation: 0 }));
        assert_eq!(items[8].as_name(), Some(&b"AB"[..]));
        assert_eq!(items[9].as_string().unwrap().bytes, b"x)A(y)");
        let odd = items[10].as_string().unwrap();
        assert_eq!((odd.bytes.as_slice(), odd.malformed), (&b"AP"[..], true));
    }

    #[test]
    fn the_last_of_a_repeated_key_counts() {
        let object = parse(b"<</A 1/A 2/B>>").unwrap();
        let dictionary = object.as_dictionary().unwrap();
        assert_eq!(dictionary.get(b"A").and_then(Object::as_integer), Some(2));
        assert_eq!(dictionary.count(b"A"), 2);
        assert!(dictionary.get(b"B").unwrap().is_null());
    }

    #[test]
    fn nesting_is_bounded() {
        assert!(matches!(parse(&[b'['; 100_000]), Err(ReadError::Limit(_))));
    }

    #[test]
    fn a_window_that_ends_early_asks_for_more() {
        let whole = b"7 0 obj <</Length 3 /K [1 2 0 R (a)]>> stream\nabc\nendstream endobj";
        let complete = Parser::new(whole, 100, true, &Budget::default()).indirect().unwrap();
        assert_eq!(complete.span.start, 100);
        let Object::Stream(stream) = complete.object else { panic!("not a stream") };
        assert_eq!(stream.data, 146);
        for len in 0..46 {
            let cut = Parser::new(&whole[..len], 100, false, &Budget::default()).indirect();
            assert!(matches!(cut, Err(ReadError::Truncated)), "{len}: {cut:?}");
        }
    }

    #[test]
    fn headers_are_found_backwards() {
        assert_eq!(header_before(b"x\n12 0 obj", 7), Some(2));
        assert_eq!(header_before(b"x12 0 obj", 6), None);
        assert_eq!(header_before(b"endobj", 3), None);
    }
}
