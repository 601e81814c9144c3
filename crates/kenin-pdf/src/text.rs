use kenin_base::UtcTime;

/// A text string (ISO 32000-1 7.9.2.2): UTF-16BE or UTF-8 with a mark, else PDFDocEncoding.
pub(crate) fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => without_languages(utf16(rest, u16::from_be_bytes)),
        // Not allowed, but written.
        [0xff, 0xfe, rest @ ..] => without_languages(utf16(rest, u16::from_le_bytes)),
        [0xef, 0xbb, 0xbf, rest @ ..] => without_languages(String::from_utf8_lossy(rest).into_owned()),
        // Not allowed either before PDF 2.0; bytes above 127 that form UTF-8 are hardly ever meant otherwise.
        _ if !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok() => String::from_utf8_lossy(bytes).into_owned(),
        _ => bytes.iter().map(|byte| pdf_doc(*byte)).collect(),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).filter_map(|pair| Some(unit(pair.try_into().ok()?)));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// What a Unicode text says without the languages that it says it in, each between two escape characters (7.9.2.2): two names
/// that differ by them alone are one.
fn without_languages(text: String) -> String {
    let parts: Vec<&str> = text.split('\u{1b}').collect();
    // An escape character that nothing follows up is none.
    if parts.len() < 3 || parts.len().is_multiple_of(2) { text } else { parts.into_iter().step_by(2).collect() }
}

/// PDFDocEncoding (annex D.2) where it differs from Latin-1.
fn pdf_doc(byte: u8) -> char {
    const FROM_18: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    const FROM_80: [char; 33] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł',
        'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
    ];
    let special = match byte {
        0x18..=0x1f => FROM_18.get(usize::from(byte - 0x18)),
        0x80..=0xa0 => FROM_80.get(usize::from(byte - 0x80)),
        _ => None,
    };
    special.copied().unwrap_or(char::from(byte))
}

/// A date (7.9.4): `D:YYYYMMDDHHmmSSOHH'mm`, each part after the year optional.
pub(crate) fn date(bytes: &[u8]) -> Option<UtcTime> {
    let text = text_string(bytes);
    let text = text.trim().strip_prefix("D:").unwrap_or(text.trim());
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let part = |from: usize, to: usize, default: u8| -> Option<u8> {
        if from >= digits { Some(default) } else { text.get(from..to)?.parse().ok() }
    };
    let year = text.get(..4)?.parse().ok()?;
    let (month, day) = (part(4, 6, 1)?, part(6, 8, 1)?);
    let time = UtcTime::from_civil(year, month, day, part(8, 10, 0)?, part(10, 12, 0)?, part(12, 14, 0)?)?;
    let zone = text.get(digits..)?;
    let sign = match zone.bytes().next() {
        Some(b'+') => -1,
        Some(b'-') => 1,
        _ => return Some(time),
    };
    let number = |from: usize| zone.get(from..from + 2).and_then(|text| text.parse::<i64>().ok());
    let (hours, minutes) = (number(1)?, number(4).unwrap_or(0));
    Some(time.plus_seconds(sign * (hours * 3600 + minutes * 60)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_each_encoding() {
        assert_eq!(text_string(b"\xfe\xff\x53\x3b\x5e\x2b"), "医師");
        assert_eq!(text_string(b"\xef\xbb\xbf\xe5\x8c\xbb"), "医");
        assert_eq!(text_string(b"\x80 \xe9\x1f"), "• é˜");
        assert_eq!(text_string(b"\xfe\xff\0\x1b\0j\0a\0\x1b\x53\x3b\0\x1b\0e\0n\0\x1b\0a"), "医a");
        assert_eq!(text_string(b"\xef\xbb\xbf\x1bja\x1ba"), "a");
        assert_eq!(text_string(b"\xfe\xff\0\x1b\0a"), "\u{1b}a");
    }

    #[test]
    fn dates_with_and_without_zone() {
        for (text, expected) in [
            ("D:20261122090000+09'00'", "2026-11-22T00:00:00Z"),
            ("D:20261122090000+09'00", "2026-11-22T00:00:00Z"),
            ("D:20261121190000-05", "2026-11-22T00:00:00Z"),
            ("D:20261122000000Z", "2026-11-22T00:00:00Z"),
            ("D:2026", "2026-01-01T00:00:00Z"),
        ] {
            assert_eq!(date(text.as_bytes()).unwrap().to_string(), expected, "{text}");
        }
        assert!(date(b"D:20261322").is_none());
        assert!(date(b"yesterday").is_none());
    }
}
