use std::borrow::Cow;

/// The catalogue's own symbols in ASCII: what stands outside JIS X 0208 (① is one of NEC's additions, drawn as something
/// else, or as nothing, on other machines), and what would take two columns in English. Japanese stays Japanese.
///
/// Only texts of the catalogue go through this; a name in a document keeps its ①.
pub(super) fn in_ascii(text: &str) -> Cow<'_, str> {
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
    use super::in_ascii;

    #[test]
    fn symbols_become_ascii_and_japanese_stays() {
        assert_eq!(in_ascii("14①2(1)、“a”…"), "14(1)2(1)、\"a\"...");
        assert_eq!(in_ascii("検証④→⑳"), "検証(4)->(20)");
        assert_eq!(in_ascii("改ざん／なし（医師）※"), "改ざん／なし（医師）※");
    }
}
