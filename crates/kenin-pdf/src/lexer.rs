/// White space (ISO 32000-1 7.2.2, table 1).
pub(crate) fn is_white(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

/// Delimiters (table 2).
pub(crate) fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

pub(crate) fn is_regular(byte: u8) -> bool {
    !is_white(byte) && !is_delimiter(byte)
}

/// The value of a hexadecimal digit.
pub(crate) fn hex_value(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// A cursor over PDF tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexer<'a> {
    pub data: &'a [u8],
    pub position: usize,
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(data: &'a [u8]) -> Self {
        Self { data, position: 0 }
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        self.data.get(self.position).copied()
    }

    pub(crate) fn rest(&self) -> &'a [u8] {
        self.data.get(self.position..).unwrap_or_default()
    }

    pub(crate) fn advance(&mut self, count: usize) {
        self.position = self.position.saturating_add(count).min(self.data.len());
    }

    /// Skips white space and comments.
    pub(crate) fn skip_white(&mut self) {
        loop {
            let rest = self.rest();
            let count = rest.iter().take_while(|byte| is_white(**byte)).count();
            self.advance(count);
            if self.peek() != Some(b'%') {
                return;
            }
            let line = self.rest().iter().take_while(|byte| !matches!(byte, b'\r' | b'\n')).count();
            self.advance(line);
        }
    }

    /// Takes `expected` if it comes next as it stands.
    pub(crate) fn take(&mut self, expected: &[u8]) -> bool {
        let found = self.rest().starts_with(expected);
        if found {
            self.advance(expected.len());
        }
        found
    }

    /// Takes a keyword: `expected` not followed by another regular character.
    pub(crate) fn keyword(&mut self, expected: &[u8]) -> bool {
        let rest = self.rest();
        let ends = rest.get(expected.len()).is_none_or(|byte| !is_regular(*byte));
        ends && self.take(expected)
    }

    /// Takes the run of regular characters that comes next.
    pub(crate) fn regular(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let count = rest.iter().take_while(|byte| is_regular(**byte)).count();
        self.advance(count);
        rest.get(..count).unwrap_or_default()
    }

    /// Takes white space, and an unsigned decimal integer if one comes next.
    pub(crate) fn unsigned(&mut self) -> Option<u64> {
        self.skip_white();
        let rest = self.rest();
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let value = decimal(rest.get(..count)?)?;
        self.advance(count);
        Some(value)
    }
}

/// The value of a run of decimal digits.
pub(crate) fn decimal(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0u64, |value, digit| {
        let digit = digit.is_ascii_digit().then(|| u64::from(digit - b'0'))?;
        value.checked_mul(10)?.checked_add(digit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_end_at_a_delimiter() {
        assert!(Lexer::new(b"obj<<").keyword(b"obj"));
        assert!(Lexer::new(b"obj").keyword(b"obj"));
        assert!(!Lexer::new(b"object").keyword(b"obj"));
    }

    #[test]
    fn comments_are_white_space() {
        let mut lexer = Lexer::new(b" % 1 2\r\n 34 5");
        assert_eq!((lexer.unsigned(), lexer.unsigned(), lexer.unsigned()), (Some(34), Some(5), None));
        assert_eq!(decimal(b"18446744073709551616"), None);
    }
}
