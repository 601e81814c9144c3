use std::borrow::Cow;

/// The catalogue's own symbols in ASCII: what stands outside JIS X 0208 (① is one of NEC's additions, drawn as something
/// else, or as nothing, on other machines), and what would take two columns in English. Japanese stays Japanese.
///
/// Only texts of the catalogue go through this; a name in a document keeps its ①.
pub(crate) fn in_ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(is_symbol) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '①'..='⑳' => plain.push_str(&format!("({})", u32::from(character) - u32::from('①') + 1)),
            '“' | '”' => plain.push('"'),
            '‘' | '’' => plain.push('\''),
            '–' | '—' => plain.push('-'),
            '…' => plain.push_str("..."),
            '→' => plain.push_str("->"),
            '•' => plain.push('*'),
            other => plain.push(other),
        }
    }
    Cow::Owned(plain)
}

fn is_symbol(character: char) -> bool {
    matches!(character, '①'..='⑳' | '“' | '”' | '‘' | '’' | '–' | '—' | '…' | '→' | '•')
}

#[cfg(test)]
mod tests {
    use encoding_rs::SHIFT_JIS;

    use super::{in_ascii, is_symbol};

    const CATALOGUES: [&str; 2] = [super::super::JA_TEXT, super::super::EN_TEXT];

    /// Characters of the catalogue outside JIS X 0208 that ordinary fonts have: JIS X 0213 plane 1 row 13 took them over
    /// from NEC. The guideline itself writes them.
    const OUTSIDE: &str = "①②③";

    /// Whether a character is in JIS X 0208: by its place in Windows-31J, without the rows that NEC and IBM added.
    fn is_jis_x_0208(character: char) -> bool {
        let text = character.to_string();
        let (bytes, _, unmappable) = SHIFT_JIS.encode(&text);
        let added = matches!(bytes.first(), Some(0x87 | 0xed | 0xee | 0xfa..=0xfc));
        !unmappable && bytes.len() == 2 && !added && SHIFT_JIS.decode(&bytes).0 == text
    }

    #[test]
    fn symbols_become_ascii_and_japanese_stays() {
        assert_eq!(in_ascii("14①2(1)、“a”…"), "14(1)2(1)、\"a\"...");
        assert_eq!(in_ascii("検証④→⑳"), "検証(4)->(20)");
        assert_eq!(in_ascii("改ざん／なし（医師）※"), "改ざん／なし（医師）※");
    }

    #[test]
    fn every_text_is_in_characters_that_ordinary_fonts_have() {
        for text in CATALOGUES {
            let odd: String =
                text.chars().filter(|c| !c.is_ascii() && !is_jis_x_0208(*c) && !OUTSIDE.contains(*c)).collect();
            assert_eq!(odd, "");
        }
        for listed in OUTSIDE.chars() {
            assert!(is_symbol(listed) && CATALOGUES.iter().any(|text| text.contains(listed)), "{listed} is not used");
        }
    }

    #[test]
    fn with_ascii_every_text_is_in_ascii_and_jis_x_0208() {
        for text in CATALOGUES {
            let plain = in_ascii(text);
            let odd: String = plain.chars().filter(|c| !c.is_ascii() && !is_jis_x_0208(*c)).collect();
            assert_eq!(odd, "");
            assert_eq!(crate::render::cp932(&plain), plain);
        }
    }
}
