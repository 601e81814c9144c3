use kenin_base::Resource;

use crate::chain::View;
use crate::error::ReadError;
use crate::object::{Dictionary, Object};
use crate::reader::Reader;

/// Stands for any character beyond ASCII: the encodings differ there, and nothing is built on which it is.
pub(crate) const BEYOND_ASCII: char = char::REPLACEMENT_CHARACTER;

/// Entries of /Differences that are read: each code and each name.
const MAX_DIFFERENCES: usize = 512;

/// What the codes of a simple font stand for, in ASCII (ISO 32000-1 9.6.6).
#[derive(Debug)]
pub(super) struct Characters([Option<char>; 256]);

impl Characters {
    /// `None` for a font whose encoding is its own.
    pub(super) fn of(reader: &Reader<'_>, view: &View, font: &Dictionary) -> Result<Option<Self>, ReadError> {
        let encoding = reader.entry(view, font, b"Encoding")?;
        let (base, differences) = match &encoding {
            Object::Dictionary(encoding) => {
                (reader.entry(view, encoding, b"BaseEncoding")?, reader.entry(view, encoding, b"Differences")?)
            }
            other => (other.clone(), Object::Null),
        };
        let is_latin = match base.as_name() {
            Some(b"WinAnsiEncoding" | b"MacRomanEncoding" | b"StandardEncoding" | b"PDFDocEncoding") => true,
            Some(_) => false,
            None => !has_own_encoding(reader, view, font)?,
        };
        if !is_latin && differences.is_null() {
            return Ok(None);
        }
        let mut characters = Self([None; 256]);
        if is_latin {
            for (code, slot) in (0..=u8::MAX).zip(&mut characters.0) {
                *slot = Some(if code.is_ascii() { char::from(code) } else { BEYOND_ASCII });
            }
        }
        let mut code = 0;
        for item in differences.as_array().iter().flat_map(|items| items.iter()).take(MAX_DIFFERENCES) {
            reader.budget.spend(Resource::PdfObjects, 1)?;
            match reader.resolve(view, item)? {
                Object::Integer(next) => code = usize::try_from(next).unwrap_or(usize::MAX),
                Object::Name(name) => {
                    if let Some(slot) = characters.0.get_mut(code) {
                        *slot = named(&name);
                    }
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
        Ok(Some(characters))
    }

    pub(super) fn get(&self, code: u8) -> Option<char> {
        self.0.get(usize::from(code)).copied().flatten()
    }
}

/// Whether a font without a base encoding has one of its own: it is embedded, or of symbols (9.6.6.1).
fn has_own_encoding(reader: &Reader<'_>, view: &View, font: &Dictionary) -> Result<bool, ReadError> {
    let descriptor = reader.entry(view, font, b"FontDescriptor")?;
    let has = |key: &[u8]| descriptor.as_dictionary().is_some_and(|descriptor| descriptor.get(key).is_some());
    let embedded = [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|key| has(key));
    let name = reader.entry(view, font, b"BaseFont")?;
    Ok(embedded || matches!(name.as_name(), Some(b"Symbol" | b"ZapfDingbats")))
}

/// The character of a glyph name (annex D): a letter stands for itself. `None` for names that say nothing, `g23`.
fn named(name: &[u8]) -> Option<char> {
    if let [letter] = name {
        return letter.is_ascii_alphabetic().then(|| char::from(*letter));
    }
    let ascii = NAMES.iter().find(|(known, _)| known.as_bytes() == name).map(|(_, character)| *character);
    ascii.or_else(|| name.iter().all(u8::is_ascii_alphabetic).then_some(BEYOND_ASCII))
}

/// The glyph names of ASCII characters that are not letters.
const NAMES: [(&str, char); 45] = [
    ("space", ' '),
    ("exclam", '!'),
    ("quotedbl", '"'),
    ("numbersign", '#'),
    ("dollar", '$'),
    ("percent", '%'),
    ("ampersand", '&'),
    ("quotesingle", '\''),
    ("quoteright", '\''),
    ("parenleft", '('),
    ("parenright", ')'),
    ("asterisk", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("hyphen", '-'),
    ("minus", '-'),
    ("period", '.'),
    ("slash", '/'),
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("colon", ':'),
    ("semicolon", ';'),
    ("less", '<'),
    ("equal", '='),
    ("greater", '>'),
    ("question", '?'),
    ("at", '@'),
    ("bracketleft", '['),
    ("backslash", '\\'),
    ("bracketright", ']'),
    ("asciicircum", '^'),
    ("underscore", '_'),
    ("grave", '`'),
    ("braceleft", '{'),
    ("bar", '|'),
    ("braceright", '}'),
    ("asciitilde", '~'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glyph_names_stand_for_characters() {
        for (name, expected) in [
            ("A", Some('A')),
            ("seven", Some('7')),
            ("quotesingle", Some('\'')),
            ("eacute", Some(BEYOND_ASCII)),
            ("g23", None),
            ("7", None),
        ] {
            assert_eq!(named(name.as_bytes()), expected, "{name}");
        }
    }
}
