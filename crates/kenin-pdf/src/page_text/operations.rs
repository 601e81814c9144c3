use kenin_base::{Budget, LimitExceeded, Resource};

use crate::error::ReadError;
use crate::lexer::is_white;
use crate::object::Object;
use crate::parser::Parser;

/// Operands kept for one operator: the most that one has is 33 (ISO 32000-1 annex C.2).
const MAX_OPERANDS: usize = 40;

/// Content beyond this many bytes is not looked at.
pub(crate) const MAX_CONTENT: usize = 16 << 20;

/// What is looked at behind `EI` to tell it from image data.
const BEHIND_IMAGE: usize = 12;

/// The operators of a content stream with their operands, in order (7.8.2).
pub(crate) struct Operations<'a> {
    parser: Parser<'a>,
    /// Of the operator last returned.
    pub operands: Vec<Object>,
}

impl<'a> Operations<'a> {
    pub(crate) fn new(content: &'a [u8], budget: &'a Budget) -> Self {
        let content = content.get(..content.len().min(MAX_CONTENT)).unwrap_or_default();
        Self { parser: Parser::new(content, 0, true, budget), operands: Vec::new() }
    }

    /// The next operator; `None` at the end, or where the content is malformed. An inline image is returned as `EI`.
    pub(crate) fn next(&mut self) -> Result<Option<&'a [u8]>, ReadError> {
        self.operands.clear();
        loop {
            let lexer = &mut self.parser.lexer;
            lexer.skip_white();
            let operand = match lexer.peek() {
                None => return Ok(None),
                Some(b'/' | b'(' | b'<' | b'[' | b'0'..=b'9' | b'+' | b'-' | b'.') => self.parser.object(0),
                Some(_) => match lexer.regular() {
                    // A delimiter that closes nothing: readers pass over it.
                    b"" => {
                        lexer.advance(1);
                        continue;
                    }
                    b"true" => Ok(Object::Boolean(true)),
                    b"false" => Ok(Object::Boolean(false)),
                    b"null" => Ok(Object::Null),
                    b"ID" => {
                        self.skip_image();
                        continue;
                    }
                    operator => return Ok(Some(operator)),
                },
            };
            match operand {
                Ok(operand) if self.operands.len() < MAX_OPERANDS => self.operands.push(operand),
                Ok(_) | Err(ReadError::Limit(LimitExceeded { resource: Resource::PdfDepth, .. })) => {}
                Err(ReadError::Truncated | ReadError::Malformed(_)) => return Ok(None),
                Err(error) => return Err(error),
            }
        }
    }

    /// The operand at `index` from the first, as a number; what is none counts as zero.
    pub(crate) fn number(&self, index: usize) -> f64 {
        self.operands.get(index).and_then(Object::as_number).filter(|number| number.is_finite()).unwrap_or_default()
    }

    /// Goes to the `EI` that ends an inline image (8.9.7). The data may hold these letters too: they end it where
    /// white space stands around them and text follows.
    fn skip_image(&mut self) {
        let lexer = &mut self.parser.lexer;
        let rest = lexer.rest();
        let ends = |at: &usize| {
            let before = at.checked_sub(1).and_then(|before| rest.get(before));
            let behind = rest.get(at + 2..).unwrap_or_default();
            let spaced =
                before.is_some_and(|byte| is_white(*byte)) && behind.first().is_none_or(|byte| is_white(*byte));
            let is_text = |byte: &u8| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r');
            spaced && behind.iter().take(BEHIND_IMAGE).all(is_text)
        };
        let end = memchr::memmem::find_iter(rest, b"EI").find(ends).unwrap_or(rest.len());
        lexer.advance(end);
    }
}

/// Operators that leave something on the page: paths, shadings, images, forms and text (annex A).
const PAINTING: [&[u8]; 16] =
    [b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh", b"Do", b"EI", b"Tj", b"TJ", b"'", b"\""];

/// The operators that only prepare for those.
const OTHER: [&[u8]; 57] = [
    b"BDC", b"BI", b"BMC", b"BT", b"BX", b"c", b"cm", b"CS", b"cs", b"d", b"d0", b"d1", b"DP", b"EMC", b"ET", b"EX",
    b"G", b"g", b"gs", b"h", b"i", b"ID", b"j", b"J", b"K", b"k", b"l", b"M", b"m", b"MP", b"n", b"q", b"Q", b"re",
    b"RG", b"rg", b"ri", b"SC", b"sc", b"SCN", b"scn", b"T*", b"Tc", b"Td", b"TD", b"Tf", b"TL", b"Tm", b"Tr", b"Ts",
    b"Tw", b"Tz", b"v", b"w", b"W", b"W*", b"y",
];

/// Whether an operator leaves something on the page.
pub(crate) fn is_painting(operator: &[u8]) -> bool {
    PAINTING.contains(&operator)
}

/// Whether it is an operator of content streams at all.
pub(crate) fn is_operator(operator: &[u8]) -> bool {
    is_painting(operator) || OTHER.contains(&operator)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(content: &[u8]) -> String {
        let budget = Budget::default();
        let mut operations = Operations::new(content, &budget);
        let mut read = Vec::new();
        while let Some(operator) = operations.next().unwrap() {
            read.push(format!("{}{}", operations.operands.len(), String::from_utf8_lossy(operator)));
        }
        read.join(" ")
    }

    #[test]
    fn operators_and_the_number_of_their_operands() {
        for (content, expected) in [
            (&b"BT/F1 12 Tf(a)Tj[(b)-3(c)]TJ T*(d)' 1 2(e)\" ET"[..], "0BT 2Tf 1Tj 1TJ 0T* 1' 3\" 0ET"),
            (b"/S <</ActualText (x)>> BDC % note\nEMC", "2BDC 0EMC"),
            (b"q BI /W 2 /H 1 ID \x00 EI\x01 EI\nQ", "0q 0BI 4EI 0Q"),
            (b"BI /W 9 ID ab EI", "0BI 2EI"),
            (b"BI /W 9 ID ab", "0BI"),
            (b"1 ) > ] 2 m true f", "2m 1f"),
            (b"1 w (never closed S", "1w"),
            (b"S [1 foo] S", "0S"),
            (b"1 .- --2 c", "3c"),
        ] {
            assert_eq!(read(content), expected, "{}", String::from_utf8_lossy(content));
        }
    }

    #[test]
    fn operands_and_nesting_have_an_end() {
        assert_eq!(read(&b"1 ".repeat(100_000)), "");
        assert_eq!(read(&[b"1 ".repeat(100).as_slice(), b"w S"].concat()), "40w 0S");
        assert_eq!(read(&[&[b'['; 200][..], b" S"].concat()), "");
    }
}
