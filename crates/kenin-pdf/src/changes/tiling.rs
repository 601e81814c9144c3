//! Whether every byte of an appended revision belongs to something its cross-reference section names, written exactly
//! as ISO 32000-1 asks. Readers that rebuild damaged files see what stands between the named objects; where nothing
//! stands there, all of them see the same document.

use kenin_base::Span;

use crate::chain::View;
use crate::error::ReadError;
use crate::lexer::is_white;
use crate::object::{Object, Reference, Stream};
use crate::reader::Reader;
use crate::xref::{Entry, Section, SectionKind, offset_entry};

/// The bytes from `offset` to the end of `endobj`, if an object stands there exactly as `12 0 obj … endobj`.
pub(crate) fn exact_object(
    reader: &Reader<'_>,
    view: &View,
    reference: Reference,
    offset: u64,
) -> Result<Option<Span>, ReadError> {
    let Some(found) = reader.object_at(offset)? else { return Ok(None) };
    let header = format!("{} {} obj", reference.number, reference.generation);
    let head = reader.file.read(Span::at(offset, 48))?;
    let after = head.strip_prefix(header.as_bytes()).and_then(<[u8]>::first);
    if found.reference != reference || !after.is_some_and(|byte| is_white(*byte) || b"<[(/".contains(byte)) {
        return Ok(None);
    }
    // A key without a value is dropped or takes the next one; whether an object that is only a reference stands for
    // another one is answered both ways (7.3.10).
    if found.irregular || found.object.as_reference().is_some() {
        return Ok(None);
    }
    let (from, words): (u64, &[&[u8]]) = match &found.object {
        Object::Stream(stream) => {
            let data = reader.data_span(Some(view), stream)?;
            // `stream` and a line feed stand right before the data (7.3.8.1).
            let before = reader.file.read(Span::at(stream.data.saturating_sub(8), 8))?;
            if !before.ends_with(b"stream\n") && !before.ends_with(b"stream\r\n") {
                return Ok(None);
            }
            if !is_regular_stream(reader, view, stream, data.len())? {
                return Ok(None);
            }
            (data.end, &[b"endstream", b"endobj"])
        }
        _ => (found.span.end, &[b"endobj"]),
    };
    let rest = reader.file.read(Span::at(from, 64))?;
    Ok(words_end(&rest, words).map(|len| Span::new(offset, from.saturating_add(len))))
}

/// Whether a stream is as long as it says (7.3.8.2) and names its filters as table 5 asks.
fn is_regular_stream(reader: &Reader<'_>, view: &View, stream: &Stream, len: u64) -> Result<bool, ReadError> {
    let length = match stream.dictionary.get(b"Length") {
        Some(Object::Integer(length)) => u64::try_from(*length).is_ok_and(|length| length == len),
        Some(Object::Reference(_)) => true,
        _ => false,
    };
    Ok(length && stream.dictionary.count(b"Length") == 1 && reader.coding(Some(view), &stream.dictionary)?.regular)
}

/// Whether objects, section and end of file fill a revision's bytes, with white space alone between them.
pub(crate) fn is_tiled(
    reader: &Reader<'_>,
    section: &Section,
    old: &View,
    bytes: Span,
    mut pieces: Vec<Span>,
) -> Result<bool, ReadError> {
    match section.kind {
        SectionKind::Stream => {
            let Some(found) = reader.object_at(section.offset)? else { return Ok(false) };
            let Some(piece) = exact_object(reader, old, found.reference, section.offset)? else { return Ok(false) };
            pieces.push(piece);
        }
        _ => {
            let table = Span::new(section.offset, section.end);
            if !is_exact_table(&reader.file.read(table)?, section) {
                return Ok(false);
            }
            pieces.push(table);
            if let Some(offset) = offset_entry(&section.trailer, b"XRefStm") {
                let Some(found) = reader.object_at(offset)? else { return Ok(false) };
                let Some(piece) = exact_object(reader, old, found.reference, offset)? else { return Ok(false) };
                pieces.push(piece);
            }
        }
    }
    pieces.sort_unstable();
    pieces.dedup();
    let mut at = bytes.start;
    for piece in pieces {
        if piece.start < at || !only_white(reader, Span::new(at, piece.start))? {
            return Ok(false);
        }
        at = piece.end;
    }
    is_exact_end(reader, Span::new(at, bytes.end), section.offset)
}

fn only_white(reader: &Reader<'_>, span: Span) -> Result<bool, ReadError> {
    // More than a little is nothing a writer leaves.
    if span.len() > 1024 {
        return Ok(false);
    }
    Ok(reader.file.read(span)?.iter().all(|byte| is_white(*byte) && *byte != 0))
}

/// `startxref`, this section's offset and `%%EOF`; a writer may leave its name in a comment before.
fn is_exact_end(reader: &Reader<'_>, span: Span, section: u64) -> Result<bool, ReadError> {
    if span.len() > 1024 {
        return Ok(false);
    }
    let bytes = reader.file.read(span)?;
    let Ok(text) = std::str::from_utf8(&bytes) else { return Ok(false) };
    let lines = text.split(['\r', '\n']).map(|line| line.trim_matches([' ', '\t'])).filter(|line| !line.is_empty());
    let names = |line: &&str| line.starts_with('%') && !line.contains("obj") && *line != "%%EOF";
    let lines: Vec<&str> = lines.skip_while(names).collect();
    Ok(lines == ["startxref", &section.to_string(), "%%EOF"])
}

/// Length up to the end of the last of these words, which stand in order with white space before each.
fn words_end(bytes: &[u8], words: &[&[u8]]) -> Option<u64> {
    let mut rest = bytes;
    for word in words {
        while rest.first().is_some_and(|byte| is_white(*byte)) {
            rest = rest.get(1..)?;
        }
        rest = rest.strip_prefix(*word)?;
    }
    u64::try_from(bytes.len() - rest.len()).ok()
}

/// Whether a classic table has the exact form of 7.5.4 and says what was read from it.
fn is_exact_table(table: &[u8], section: &Section) -> bool {
    let mut rest = match table.strip_prefix(b"xref") {
        Some(rest) => rest.trim_ascii_start(),
        None => return false,
    };
    let mut read = 0usize;
    while !rest.starts_with(b"trailer") {
        let Some(end) = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')) else { return false };
        let (line, after) = rest.split_at(end);
        let Ok(line) = std::str::from_utf8(line) else { return false };
        let Some((first, count)) = line.trim_end().split_once(' ') else { return false };
        let (Ok(first), Ok(count)) = (first.parse::<u32>(), count.parse::<u32>()) else { return false };
        rest = after.trim_ascii_start();
        for number in first..first.saturating_add(count) {
            let Some((row, after)) = exact_row(rest) else { return false };
            if Some(row) != section.lookup(number) && row != Entry::Free {
                return false;
            }
            rest = after;
            read += 1;
        }
        rest = rest.trim_ascii_start();
    }
    read == section.listed(&section.subsections).count()
}

/// `nnnnnnnnnn ggggg n` and an end of line. The standard has two bytes there; writers leave one or three, and a reader
/// that counts in twenties finds no table and looks for the objects, which are what the table says.
fn exact_row(table: &[u8]) -> Option<(Entry, &[u8])> {
    let (row, rest) = table.split_at_checked(18)?;
    let text = std::str::from_utf8(row).ok()?;
    let (offset, generation) = (text.get(..10)?, text.get(11..16)?);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let spaced = text.get(10..11) == Some(" ") && text.get(16..17) == Some(" ");
    let ends: [&[u8]; 6] = [b" \r\n", b"\r\n", b" \r", b" \n", b"\r", b"\n"];
    let rest = ends.iter().find_map(|end| rest.strip_prefix(*end))?;
    if !digits(offset) || !digits(generation) || !spaced {
        return None;
    }
    match text.get(17..18)? {
        "n" => Some((Entry::InUse { offset: offset.parse().ok()?, generation: generation.parse().ok()? }, rest)),
        "f" => Some((Entry::Free, rest)),
        _ => None,
    }
}
