use encoding_rs::SHIFT_JIS;

/// Text that can be converted to CP932 (Windows-31J) and back without loss: every character that CP932 does not have
/// is shown by its code point, as in `\u{20BB7}`. Text that looks like such an escape already gets its backslash
/// escaped, so that the one can be told from the other.
///
/// The mapping is the WHATWG's Shift_JIS, which is Microsoft's: ～ － ∥ are FULLWIDTH TILDE, FULLWIDTH HYPHEN-MINUS and
/// PARALLEL TO, and a character that NEC and IBM both added has IBM's code. What that encoder takes for something
/// else – YEN SIGN for `\`, OVERLINE for `~`, MINUS SIGN for － – does not come back as it was and is escaped.
pub fn cp932(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        let looks_escaped = character == '\\' && text.get(at..).is_some_and(|rest| rest.starts_with("\\u{"));
        if !looks_escaped && (character.is_ascii() || returns(character)) {
            shown.push(character);
        } else {
            shown.push_str(&format!("\\u{{{:X}}}", u32::from(character)));
        }
    }
    shown
}

/// Whether a character comes back from CP932 as it was.
fn returns(character: char) -> bool {
    let mut buffer = [0; 4];
    let text: &str = character.encode_utf8(&mut buffer);
    let (bytes, _, unmappable) = SHIFT_JIS.encode(text);
    !unmappable && SHIFT_JIS.decode_without_bom_handling(&bytes).0 == text
}

#[cfg(test)]
mod tests {
    use super::cp932;

    #[test]
    fn what_cp932_has_stays_and_the_rest_is_escaped() {
        // NEC's row 13 and IBM's additions are Windows-31J; 𠮷 and é are not.
        assert_eq!(cp932("医師 髙﨑 ①㈱～－∥ｱ"), "医師 髙﨑 ①㈱～－∥ｱ");
        assert_eq!(cp932("𠮷野 René"), "\\u{20BB7}野 Ren\\u{E9}");
    }

    #[test]
    fn characters_that_would_come_back_as_others_are_escaped() {
        assert_eq!(cp932("\u{a5}\u{203e}\u{2212}\u{301c}\u{2016}"), "\\u{A5}\\u{203E}\\u{2212}\\u{301C}\\u{2016}");
        assert_eq!(cp932(r"C:\users\~"), r"C:\users\~");
    }

    #[test]
    fn an_escape_in_the_text_is_not_taken_for_one() {
        assert_eq!(cp932("\\u{20BB7}"), "\\u{5C}u{20BB7}");
    }
}
