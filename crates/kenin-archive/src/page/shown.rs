//! Names for people: any bytes, of any length.

use std::fmt::Write as _;

use encoding_rs::SHIFT_JIS;

use super::words::Words;
use crate::Name;

/// Characters of a name or another text that is not kenin's own.
const CHARACTERS: usize = 500;

/// A document's name as it is shown.
pub(super) struct ShownName {
    pub text: String,
    /// Its octets, for one that is not UTF-8: what does not read as text is written `\x91`.
    pub octets: Option<String>,
}

impl ShownName {
    /// Folders and files may be named in different encodings: old systems wrote Shift_JIS.
    pub(super) fn new(name: &Name, words: &Words) -> Self {
        let parts = || name.as_bytes().split(|octet| *octet == b'/');
        let text = parts().map(read).collect::<Vec<_>>().join("/");
        let octets =
            std::str::from_utf8(name.as_bytes()).is_err().then(|| parts().map(spelt).collect::<Vec<_>>().join("/"));
        Self { text: cut(&text, words), octets: octets.map(|octets| cut(&octets, words)) }
    }
}

/// A part of a name as text.
fn read(part: &[u8]) -> String {
    match std::str::from_utf8(part) {
        Ok(text) => visible(text),
        Err(_) => SHIFT_JIS
            .decode_without_bom_handling_and_without_replacement(part)
            .map_or_else(|| spelt(part), |text| visible(&text)),
    }
}

/// Control characters spelt, so that no two names look alike by them.
fn visible(text: &str) -> String {
    let mut shown = String::new();
    for character in text.chars() {
        match character {
            control if control.is_control() => {
                let _ = write!(shown, "\\x{:02x}", u32::from(control));
            }
            other => shown.push(other),
        }
    }
    shown
}

/// ASCII as it is, every other octet as `\x91`.
fn spelt(part: &[u8]) -> String {
    let mut shown = String::new();
    for octet in part {
        match octet {
            b' '..=b'~' => shown.push(char::from(*octet)),
            other => {
                let _ = write!(shown, "\\x{other:02x}");
            }
        }
    }
    shown
}

/// The beginning of a text, and that it goes on where it does.
pub(super) fn cut(text: &str, words: &Words) -> String {
    let characters = text.chars().count();
    if characters <= CHARACTERS {
        return text.to_owned();
    }
    let beginning: String = text.chars().take(CHARACTERS).collect();
    let left = u64::try_from(characters - CHARACTERS).unwrap_or(u64::MAX);
    words.catalogue.text("html-cut", &[("text", (&beginning).into()), ("count", left.into())])
}

#[cfg(test)]
mod tests {
    use kenin::{Catalogue, Lang};

    use super::*;

    fn shown(name: &[u8]) -> (String, Option<String>) {
        let words = Words::new(Catalogue::for_people(Lang::En));
        let ShownName { text, octets } = ShownName::new(&Name::from_bytes(name), &words);
        (text, octets)
    }

    #[test]
    fn names_of_any_bytes_can_be_read() {
        assert_eq!(shown("/退院/サマリ.pdf".as_bytes()), ("/退院/サマリ.pdf".to_owned(), None));
        let mixed = ["/2024年/".as_bytes(), b"\x91\xde\x89\x40.pdf"].concat();
        let octets = r"/2024\xe5\xb9\xb4/\x91\xde\x89@.pdf";
        assert_eq!(shown(&mixed), ("/2024年/退院.pdf".to_owned(), Some(octets.to_owned())));
        assert_eq!(shown(b"a\xff\xfe"), (r"a\xff\xfe".to_owned(), Some(r"a\xff\xfe".to_owned())));
        assert_eq!(shown(b"two\nlines"), (r"two\x0alines".to_owned(), None));
        assert!(shown(&[b'a'; 600]).0.ends_with("… (100 more characters)"));
    }
}
