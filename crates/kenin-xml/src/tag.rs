//! Start tags and character data as they stand in the text. `roxmltree` keeps neither the prefixes nor the namespace
//! declarations of an element apart, and is lenient where canonical octets depend on strictness.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3};

use crate::XmlError;

/// An attribute or a namespace declaration, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attribute<'t> {
    /// Without its colon; empty where there is none.
    pub(crate) prefix: &'t str,
    pub(crate) local: &'t str,
    /// Both, with their colon.
    pub(crate) name: &'t str,
    /// Between the quotes, references not resolved.
    pub(crate) value: &'t str,
    /// Of the name.
    pub(crate) offset: usize,
    value_offset: usize,
}

impl<'t> Attribute<'t> {
    /// The prefix that this declares, if it is a namespace declaration; the default namespace's is empty.
    pub(crate) fn declared_prefix(&self) -> Option<&'t str> {
        match self.prefix {
            "xmlns" => Some(self.local),
            "" if self.local == "xmlns" => Some(""),
            _ => None,
        }
    }

    /// The value after normalization (XML 1.0, 3.3.3; every attribute is CDATA as there is no DTD).
    pub(crate) fn normalized(&self) -> Result<Cow<'t, str>, XmlError> {
        resolve(self.value, self.value_offset, Characters::Attribute)
    }
}

/// Reads a start tag (`STag`, `EmptyElemTag`: XML 1.0, 3.1), attribute by attribute.
pub(crate) struct Tag<'t> {
    text: &'t str,
    at: usize,
    /// The element's name with its prefix.
    pub(crate) name: &'t str,
    /// After the end of the tag, and whether the element ends with it.
    end: Option<(usize, bool)>,
}

impl<'t> Tag<'t> {
    /// `start` is the offset of `<`.
    pub(crate) fn at(text: &'t str, start: usize) -> Result<Self, XmlError> {
        let name = name_at(text, start + 1)?;
        Ok(Self { text, at: start + 1 + name.len(), name, end: None })
    }

    /// The element's prefix; empty where there is none.
    pub(crate) fn prefix(&self) -> &'t str {
        split(self.name).0
    }

    /// Or nothing at the end of the tag.
    pub(crate) fn next_attribute(&mut self) -> Result<Option<Attribute<'t>>, XmlError> {
        let offset = skip_space(self.text, self.at);
        let spaced = offset > self.at;
        let rest = self.text.get(offset..).unwrap_or_default();
        let end = if rest.starts_with('>') {
            Some((offset + 1, false))
        } else if rest.starts_with("/>") {
            Some((offset + 2, true))
        } else {
            None
        };
        if end.is_some() {
            self.end = end;
            return Ok(None);
        }
        if !spaced {
            return Err(XmlError::syntax(offset, "no space before an attribute"));
        }
        let name = name_at(self.text, offset)?;
        let equals = skip_space(self.text, offset + name.len());
        if self.text.as_bytes().get(equals) != Some(&b'=') {
            return Err(XmlError::syntax(equals, "no equals sign after an attribute's name"));
        }
        let open = skip_space(self.text, equals + 1);
        let quote = match self.text.as_bytes().get(open) {
            Some(quote @ (b'"' | b'\'')) => *quote,
            _ => return Err(XmlError::syntax(open, "no quote before an attribute's value")),
        };
        let rest = self.text.get(open + 1..).unwrap_or_default();
        let value = memchr2(quote, b'<', rest.as_bytes()).and_then(|length| rest.get(..length)).unwrap_or(rest);
        self.at = open + 1 + value.len();
        if self.text.as_bytes().get(self.at) != Some(&quote) {
            return Err(XmlError::syntax(self.at, "an attribute's value does not end"));
        }
        self.at += 1;
        let (prefix, local) = split(name);
        Ok(Some(Attribute { prefix, local, name, value, offset, value_offset: open + 1 }))
    }

    /// Where what follows the tag begins, and whether the element is empty; once its attributes are read.
    pub(crate) fn end(&self) -> Option<(usize, bool)> {
        self.end
    }
}

/// Which rules hold for a run of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Characters {
    /// References are resolved, line ends become LF (XML 1.0, 2.11).
    Text,
    /// Line ends become LF: CDATA sections, comments and processing instructions.
    Literal,
    /// References are resolved, white space that is not referred to becomes spaces (XML 1.0, 3.3.3).
    Attribute,
}

/// What a run of characters stands for. `roxmltree` does this too, but leaves a CR next to a reference as it is and takes
/// a reference to no character for U+FFFD.
pub(crate) fn resolve(raw: &str, offset: usize, characters: Characters) -> Result<Cow<'_, str>, XmlError> {
    let special = |from: &[u8]| match characters {
        Characters::Text => memchr2(b'&', b'\r', from),
        Characters::Literal => memchr(b'\r', from),
        Characters::Attribute => {
            let place = memchr3(b'\t', b'\n', b'\r', from);
            match memchr(b'&', from.get(..place.unwrap_or(from.len())).unwrap_or_default()) {
                None => place,
                reference => reference,
            }
        }
    };
    let Some(first) = special(raw.as_bytes()) else { return Ok(Cow::Borrowed(raw)) };
    let mut resolved = String::with_capacity(raw.len());
    let (mut done, mut next) = (0, Some(first));
    while let Some(place) = next {
        resolved.push_str(raw.get(done..place).unwrap_or_default());
        let rest = raw.get(place..).unwrap_or_default();
        let (character, length) = if rest.starts_with('&') {
            reference(rest).ok_or_else(|| XmlError::syntax(offset + place, "no reference to a character"))?
        } else {
            let line_end = if characters == Characters::Attribute { ' ' } else { '\n' };
            (line_end, if rest.starts_with("\r\n") { 2 } else { 1 })
        };
        resolved.push(character);
        done = place + length;
        next = special(raw.as_bytes().get(done..).unwrap_or_default()).map(|place| done + place);
    }
    resolved.push_str(raw.get(done..).unwrap_or_default());
    Ok(Cow::Owned(resolved))
}

/// The character that `rest` begins with a reference to, and the reference's length: a number (XML 1.0, 4.1) or one of
/// the five predefined entities (4.6).
pub(crate) fn reference(rest: &str) -> Option<(char, usize)> {
    let name = rest.strip_prefix('&')?;
    let name = name.get(..memchr(b';', name.as_bytes())?)?;
    let character = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let (digits, radix) = match name.strip_prefix("#x") {
                Some(digits) => (digits, 16),
                None => (name.strip_prefix('#')?, 10),
            };
            if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                return None;
            }
            char::from_u32(u32::from_str_radix(digits, radix).ok()?).filter(|character| is_character(*character))?
        }
    };
    Some((character, name.len() + 2))
}

/// `Char` (XML 1.0, 2.2).
fn is_character(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// `NameChar` (XML 1.0, 2.3).
pub(crate) fn is_name_character(character: char) -> bool {
    match character {
        ':' | '_' | '-' | '.' | '\u{b7}' => true,
        _ if character.is_ascii() => character.is_ascii_alphanumeric(),
        '\u{c0}'..='\u{2ff}' => !matches!(character, '\u{d7}' | '\u{f7}'),
        '\u{300}'..='\u{1fff}' => character != '\u{37e}',
        '\u{200c}'..='\u{200d}' | '\u{203f}'..='\u{2040}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}' => true,
        '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' => true,
        _ => ('\u{10000}'..='\u{effff}').contains(&character),
    }
}

/// The name at an offset. That it is one (`QName`) is for `roxmltree` to say, which only lets an empty prefix pass.
fn name_at(text: &str, start: usize) -> Result<&str, XmlError> {
    let rest = text.get(start..).unwrap_or_default();
    let is_end =
        |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'=' | b'/' | b'>' | b'<' | b'"' | b'\'' | b'&');
    let length = rest.as_bytes().iter().position(is_end).unwrap_or(rest.len());
    match rest.get(..length) {
        Some(name) if length > 0 && !name.starts_with(':') => Ok(name),
        _ => Err(XmlError::syntax(start, "no name")),
    }
}

fn split(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or(("", name))
}

fn skip_space(text: &str, start: usize) -> usize {
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    start + rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count()
}
