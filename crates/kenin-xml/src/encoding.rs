use std::borrow::Cow;

use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

use crate::XmlError;
use crate::declaration::Declaration;
use crate::error::as_offset;

/// An XML declaration is not looked for beyond this many octets.
const DECLARATION: usize = 1024;

/// The text of an XML document, without a byte order mark. The encoding is the byte order mark's, else the XML
/// declaration's, else UTF-8 (XML 1.0, 4.3.3 and appendix F).
///
/// The names of Japanese encodings are read as the web reads them: Shift_JIS is Windows-31J. Software that takes the name for
/// JIS X 0208's own table reads other characters for a few octets (0x8160 as U+301C, not U+FF5E), and so hashes others.
///
/// UTF-8 is borrowed. Nothing is replaced and line ends stay, so that offsets in a text of UTF-8 are the octets' (less the
/// mark's).
///
/// # Errors
/// [`XmlError::Encoding`] and [`XmlError::Malformed`].
pub fn decode(octets: &[u8]) -> Result<Cow<'_, str>, XmlError> {
    let (encoding, mark) = match Encoding::for_bom(octets) {
        Some((encoding, mark)) => (marked(encoding, octets)?, mark),
        None => (unmarked(octets)?, 0),
    };
    let text = octets.get(mark..).unwrap_or_default();
    let malformed = |offset: usize| XmlError::Malformed { encoding: encoding.name(), offset: as_offset(mark + offset) };
    match encoding {
        Known::Ascii => match text.iter().position(|octet| !octet.is_ascii()) {
            Some(offset) => Err(malformed(offset)),
            None => Ok(String::from_utf8_lossy(text)),
        },
        Known::Latin1 => Ok(encoding_rs::mem::decode_latin1(text)),
        Known::Other(encoding) if encoding == UTF_8 => {
            std::str::from_utf8(text).map(Cow::Borrowed).map_err(|error| malformed(error.valid_up_to()))
        }
        Known::Other(encoding) => converted(encoding, text).map(Cow::Owned).map_err(malformed),
    }
}

/// `encoding_rs` has the encodings of the web. To it ASCII and ISO-8859-1 are windows-1252, which XML does not say.
#[derive(Clone, Copy)]
enum Known {
    Ascii,
    Latin1,
    Other(&'static Encoding),
}

impl Known {
    /// By its name in the IANA registry, in any case.
    fn named(name: &str) -> Option<Self> {
        let lower = name.to_ascii_lowercase();
        let encoding = Encoding::for_label_no_replacement(name.as_bytes())?;
        match lower.as_str() {
            "us-ascii" | "ascii" => Some(Self::Ascii),
            "iso-8859-1" | "iso_8859-1" | "latin1" | "l1" => Some(Self::Latin1),
            // Other names of these, and of ISO-8859-9 and -11, are not what the web reads for them, either.
            _ if encoding.name().starts_with("windows") && !is_of_windows(&lower) => None,
            _ => Some(Self::Other(encoding)),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Ascii => "US-ASCII",
            Self::Latin1 => "ISO-8859-1",
            Self::Other(encoding) => encoding.name(),
        }
    }
}

fn is_of_windows(name: &str) -> bool {
    ["windows", "cp12", "x-cp12"].iter().any(|prefix| name.starts_with(prefix))
}

/// The declaration may repeat the mark's encoding; it may not name another one (XML 1.0, 4.3.3: a fatal error).
fn marked(encoding: &'static Encoding, octets: &[u8]) -> Result<Known, XmlError> {
    let start = octets.get(..octets.len().min(DECLARATION)).unwrap_or_default();
    let (start, _) = encoding.decode_with_bom_removal(start);
    match declared(start.as_bytes()) {
        None => Ok(Known::Other(encoding)),
        Some(name) if name.eq_ignore_ascii_case("utf-16") && encoding != UTF_8 => Ok(Known::Other(encoding)),
        Some(name) if Encoding::for_label(name.as_bytes()) == Some(encoding) => Ok(Known::Other(encoding)),
        Some(name) => Err(XmlError::Encoding { name: name.to_owned() }),
    }
}

fn unmarked(octets: &[u8]) -> Result<Known, XmlError> {
    // Appendix F.1: "<?" in 16 bits.
    if octets.starts_with(b"<\0?\0") {
        return marked(UTF_16LE, octets);
    }
    if octets.starts_with(b"\0<\0?") {
        return marked(UTF_16BE, octets);
    }
    let Some(name) = declared(octets) else { return Ok(Known::Other(UTF_8)) };
    match Known::named(name) {
        // Its declaration was just read octet by octet, so it is no UTF-16.
        Some(encoding) if ![UTF_16LE.name(), UTF_16BE.name()].contains(&encoding.name()) => Ok(encoding),
        _ => Err(XmlError::Encoding { name: name.to_owned() }),
    }
}

/// The encoding named by an XML declaration. A malformed one names none; it is an error where the text is parsed.
fn declared(octets: &[u8]) -> Option<&str> {
    let start = octets.get(..octets.len().min(DECLARATION)).unwrap_or_default();
    let end = memmem::find(start, b"?>")? + "?>".len();
    let start = std::str::from_utf8(start.get(..end)?).ok()?;
    Declaration::at_start_of(start)?.ok()?.encoding
}

/// Or the offset of the first malformed sequence.
fn converted(encoding: &'static Encoding, octets: &[u8]) -> Result<String, usize> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(octets.len());
    let mut read = 0;
    loop {
        let rest = octets.get(read..).unwrap_or_default();
        text.reserve(decoder.max_utf8_buffer_length_without_replacement(rest.len()).unwrap_or(rest.len()));
        let (result, consumed) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        read += consumed;
        match result {
            DecoderResult::InputEmpty => return Ok(text),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, after) => {
                return Err(read.saturating_sub(usize::from(length) + usize::from(after)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS, WINDOWS_1252};

    use super::*;

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf8_is_borrowed_without_its_mark() {
        for octets in ["<a>検</a>".as_bytes(), "\u{feff}<a>検</a>".as_bytes()] {
            assert_eq!(decode(octets), Ok(Cow::Borrowed("<a>検</a>")));
            assert!(matches!(decode(octets), Ok(Cow::Borrowed(_))));
        }
    }

    #[test]
    fn the_declaration_says_the_encoding() {
        for (name, encoding) in [
            ("Shift_JIS", SHIFT_JIS),
            ("Windows-31J", SHIFT_JIS),
            ("EUC-JP", EUC_JP),
            ("ISO-2022-JP", ISO_2022_JP),
            ("iso-2022-jp", ISO_2022_JP),
        ] {
            let text = format!("<?xml version='1.0' encoding = '{name}' ?><処方 薬=\"表示\">検印～</処方>");
            let (octets, _, unmappable) = encoding.encode(&text);
            assert!(!unmappable);
            assert_eq!(decode(&octets).as_deref(), Ok(text.as_str()), "{name}");
        }
        let latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><é/>";
        assert_eq!(decode(&WINDOWS_1252.encode(latin).0).as_deref(), Ok(latin));
        let euro = "<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>\u{20ac}</a>";
        assert_eq!(decode(&WINDOWS_1252.encode(euro).0).as_deref(), Ok(euro));
        // The same octet in ISO-8859-1 is a control character.
        let control = b"<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><a>\x80</a>";
        assert!(decode(control).unwrap().ends_with("<a>\u{80}</a>"));
        // What merely looks like a declaration's encoding is content.
        assert_eq!(decode(b"<a encoding='x-unknown'/>").as_deref(), Ok("<a encoding='x-unknown'/>"));
    }

    #[test]
    fn utf16_is_told_by_its_mark_or_its_declaration() {
        for text in ["<?xml version='1.0' encoding='UTF-16'?><検/>", "<?xml version='1.0'?><検/>"] {
            for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
                assert_eq!(decode(&utf16(text, bytes)).as_deref(), Ok(text));
                assert_eq!(decode(&utf16(&format!("\u{feff}{text}"), bytes)).as_deref(), Ok(text));
            }
        }
        assert_eq!(decode(&utf16("\u{feff}<検/>", u16::to_be_bytes)).as_deref(), Ok("<検/>"));
    }

    #[test]
    fn a_contradicting_or_unknown_encoding_is_an_error() {
        for (text, name) in [
            ("\u{feff}<?xml version='1.0' encoding='Shift_JIS'?><a/>", "Shift_JIS"),
            ("<?xml version='1.0' encoding='UTF-16'?><a/>", "UTF-16"),
            ("<?xml version='1.0' encoding='ebcdic-jp-kana'?><a/>", "ebcdic-jp-kana"),
            ("<?xml version='1.0' encoding='ISO-2022-KR'?><a/>", "ISO-2022-KR"),
            ("<?xml version='1.0' encoding='ISO-8859-9'?><a/>", "ISO-8859-9"),
        ] {
            assert_eq!(decode(text.as_bytes()), Err(XmlError::Encoding { name: name.to_owned() }));
        }
    }

    #[test]
    fn malformed_octets_are_never_replaced() {
        assert_eq!(decode(b"<a>\xff</a>"), Err(XmlError::Malformed { encoding: "UTF-8", offset: 3 }));
        assert_eq!(decode(b"\xef\xbb\xbf<a>\xe6\xa4"), Err(XmlError::Malformed { encoding: "UTF-8", offset: 6 }));
        let sjis = b"<?xml version='1.0' encoding='Shift_JIS'?><a>\x81\xff</a>";
        assert_eq!(decode(sjis), Err(XmlError::Malformed { encoding: "Shift_JIS", offset: 45 }));
        let cut = b"<?xml version='1.0' encoding='Shift_JIS'?><a>\x81";
        assert_eq!(decode(cut), Err(XmlError::Malformed { encoding: "Shift_JIS", offset: 45 }));
        let ascii = b"<?xml version='1.0' encoding='US-ASCII'?><a>\xe9</a>";
        assert_eq!(decode(ascii), Err(XmlError::Malformed { encoding: "US-ASCII", offset: 44 }));
        let lone = [b'\xff', b'\xfe', b'<', 0, 0x00, 0xd8, b'a', 0];
        assert_eq!(decode(&lone), Err(XmlError::Malformed { encoding: "UTF-16LE", offset: 4 }));
    }
}
