use std::rc::Rc;

use kenin_base::{Budget, Resource};

use crate::error::ReadError;
use crate::lexer::{Lexer, decimal};
use crate::object::{Dictionary, Object};
use crate::parser::Parser;

/// What an entry counts for beside the bytes it is read from, as it takes memory: in a stream it may be one byte, or a bit
/// of its compressed data.
const ENTRY: u64 = 48;

/// How many subsections that begin at or before a number are asked for it.
const OVERLAPPING_SUBSECTIONS: usize = 16;

/// Where a cross-reference section says an object is (ISO 32000-1 7.5.4, 7.5.8.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    Free,
    InUse { offset: u64, generation: u32 },
    Compressed { stream: u32, index: u32 },
}

/// A run of consecutive object numbers.
#[derive(Clone, Debug)]
pub(crate) struct Subsection {
    pub first: u32,
    pub entries: Vec<Entry>,
}

/// How a section is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SectionKind {
    Table,
    Stream,
    /// A table whose trailer names a cross-reference stream for newer readers (7.5.8.4).
    Hybrid,
    /// Made by scanning the file for objects; no section was readable.
    Rebuilt,
}

/// One cross-reference section with its trailer.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    pub offset: u64,
    /// One past its last byte: of the trailer dictionary or of the stream's data, whichever comes last in a hybrid.
    pub end: u64,
    pub kind: SectionKind,
    pub subsections: Vec<Subsection>,
    /// Entries of /XRefStm in a hybrid file.
    pub hidden: Vec<Subsection>,
    /// Whether /XRefStm leads to something that is no cross-reference stream, or a stream ends before the entries that it
    /// announces do: readers that ask less of one may find more.
    pub stream_unreadable: bool,
    pub trailer: Rc<Dictionary>,
}

impl Section {
    /// Sorts the subsections by number, so that lookups need not visit each.
    pub(crate) fn sorted(mut self) -> Self {
        self.subsections.sort_by_key(|subsection| subsection.first);
        self.hidden.sort_by_key(|subsection| subsection.first);
        self
    }

    /// What this section says about an object. In a hybrid file the table is asked first, and the stream where
    /// the table has no entry or hides the object as free (7.5.8.4).
    pub(crate) fn lookup(&self, number: u32) -> Option<Entry> {
        match find(&self.subsections, number) {
            Some(Entry::Free) => find(&self.hidden, number).or(Some(Entry::Free)),
            None => find(&self.hidden, number),
            found => found,
        }
    }

    /// Number of entries.
    pub(crate) fn len(&self) -> usize {
        self.subsections.iter().chain(&self.hidden).map(|subsection| subsection.entries.len()).sum()
    }

    /// Every entry with its object number; those of /XRefStm last.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (u32, Entry)> {
        self.listed(&self.subsections).chain(self.listed(&self.hidden))
    }

    /// The entries of some subsections with their object numbers.
    pub(crate) fn listed<'s>(&self, subsections: &'s [Subsection]) -> impl Iterator<Item = (u32, Entry)> + use<'s> {
        let numbered =
            |subsection: &'s Subsection| (subsection.first..=u32::MAX).zip(subsection.entries.iter().copied());
        subsections.iter().flat_map(numbered)
    }

    /// Where objects are said to begin.
    pub(crate) fn offsets(&self, shift: u64) -> impl Iterator<Item = u64> {
        self.entries().filter_map(move |(_, entry)| match entry {
            Entry::InUse { offset, .. } => Some(offset.saturating_add(shift)),
            _ => None,
        })
    }

    /// /Prev.
    pub(crate) fn previous(&self) -> Option<u64> {
        offset_entry(&self.trailer, b"Prev")
    }
}

/// An entry of a trailer that is an offset.
pub(crate) fn offset_entry(trailer: &Dictionary, key: &[u8]) -> Option<u64> {
    match trailer.get(key)? {
        Object::Integer(value) => u64::try_from(*value).ok(),
        _ => None,
    }
}

fn find(subsections: &[Subsection], number: u32) -> Option<Entry> {
    let after = subsections.partition_point(|subsection| subsection.first <= number);
    // Subsections do not overlap (7.5.4); where they do all the same, the nearest that begins before counts.
    let candidates = subsections.get(..after)?.iter().rev().take(OVERLAPPING_SUBSECTIONS);
    candidates.into_iter().find_map(|subsection| {
        let index = usize::try_from(number.checked_sub(subsection.first)?).ok()?;
        subsection.entries.get(index).copied()
    })
}

/// Reads a classic table: `xref`, subsections, `trailer` and its dictionary (7.5.4, 7.5.5).
pub(crate) fn parse_table(data: &[u8], base: u64, complete: bool, budget: &Budget) -> Result<Section, ReadError> {
    let mut lexer = Lexer::new(data);
    let parsed = table(&mut lexer, base, complete, budget);
    budget.spend(Resource::PdfParsedBytes, u64::try_from(lexer.position).unwrap_or(u64::MAX))?;
    parsed
}

fn table(lexer: &mut Lexer<'_>, base: u64, complete: bool, budget: &Budget) -> Result<Section, ReadError> {
    let short = |lexer: &Lexer<'_>| {
        let near_end = lexer.rest().len() < 64 && !complete;
        if near_end { ReadError::Truncated } else { ReadError::Malformed(base) }
    };
    lexer.skip_white();
    if !lexer.take(b"xref") {
        return Err(short(lexer));
    }
    let mut subsections: Vec<Subsection> = Vec::new();
    let mut too_high = false;
    loop {
        lexer.skip_white();
        if lexer.take(b"trailer") {
            break;
        }
        let (Some(first), Some(count)) = (lexer.unsigned(), lexer.unsigned()) else { return Err(short(lexer)) };
        let first = u32::try_from(first).map_err(|_| ReadError::Malformed(base))?;
        let entries = table_entries(lexer, count).ok_or_else(|| short(lexer))?;
        let kept = u64::try_from(entries.len()).unwrap_or(u64::MAX);
        budget.spend(Resource::PdfParsedBytes, ENTRY.saturating_mul(kept))?;
        too_high |= subsections.is_empty() && first == 1 && begins_with_free_list(&entries);
        subsections.push(Subsection { first, entries: entries.into_iter().map(|(entry, _)| entry).collect() });
    }
    let at = u64::try_from(lexer.position).unwrap_or(u64::MAX);
    let mut parser = Parser::new(lexer.rest(), base.saturating_add(at), complete, budget);
    let Object::Dictionary(trailer) = parser.value()? else { return Err(ReadError::Malformed(base)) };
    // A file's first table that starts at 1 with the head of the free list is numbered one too high, an error of some
    // writers. In an update, object 1 is freed (7.5.4).
    if too_high
        && trailer.get(b"Prev").is_none()
        && let Some(subsection) = subsections.first_mut()
    {
        subsection.first = 0;
    }
    let kind = if trailer.get(b"XRefStm").is_some() { SectionKind::Hybrid } else { SectionKind::Table };
    Ok(Section {
        offset: base,
        end: parser.offset(),
        kind,
        subsections,
        hidden: Vec::new(),
        stream_unreadable: false,
        trailer,
    }
    .sorted())
}

fn begins_with_free_list(entries: &[(Entry, u64)]) -> bool {
    matches!(entries.first(), Some((Entry::Free, 65_535)))
}

/// `count` entries, 20 bytes each by the standard; 19 and 21 occur and are read token by token.
fn table_entries(lexer: &mut Lexer<'_>, count: u64) -> Option<Vec<(Entry, u64)>> {
    let mut entries = Vec::new();
    for _ in 0..count {
        lexer.skip_white();
        let line = lexer.rest();
        let fast = match line.get(..18) {
            Some([digits @ .., kind]) if matches!(kind, b'n' | b'f') => {
                let (offset, generation) = (digits.get(..10)?, digits.get(11..16)?);
                decimal(offset).zip(decimal(generation)).map(|(offset, generation)| (offset, generation, *kind))
            }
            _ => None,
        };
        let (offset, generation, kind) = match fast {
            Some(found) => {
                lexer.advance(18);
                found
            }
            None => {
                // Fewer entries than announced: the trailer comes next.
                if line.starts_with(b"trailer") {
                    return Some(entries);
                }
                let (offset, generation) = (lexer.unsigned()?, lexer.unsigned()?);
                lexer.skip_white();
                let kind = lexer.peek().filter(|kind| matches!(kind, b'n' | b'f'))?;
                lexer.advance(1);
                (offset, generation, kind)
            }
        };
        let entry = match (kind, u32::try_from(generation)) {
            // Offset 0 in use is written by some for objects that do not exist.
            (b'n', Ok(generation)) if offset > 0 => Entry::InUse { offset, generation },
            _ => Entry::Free,
        };
        entries.push((entry, generation));
    }
    Some(entries)
}

/// Reads the decoded data of a cross-reference stream (7.5.8.2, 7.5.8.3), and says whether it has every entry announced.
///
/// # Errors
/// [`ReadError::Malformed`] at `base`, or a limit.
pub(crate) fn parse_stream(
    trailer: &Dictionary,
    data: &[u8],
    base: u64,
    budget: &Budget,
) -> Result<(Vec<Subsection>, bool), ReadError> {
    let malformed = || ReadError::Malformed(base);
    let widths = trailer.get(b"W").and_then(Object::as_array).ok_or_else(malformed)?;
    let width = |index: usize| widths.get(index)?.as_integer().and_then(|w| usize::try_from(w).ok());
    let Some(widths @ (w0, w1, w2)) = width(0).zip(width(1)).zip(width(2)).map(|((w0, w1), w2)| (w0, w1, w2)) else {
        return Err(malformed());
    };
    if [w0, w1, w2].iter().any(|w| *w > 8) {
        return Err(malformed());
    }
    let size = trailer.get(b"Size").and_then(Object::as_integer).unwrap_or_default();
    let index: Vec<i64> = match trailer.get(b"Index").and_then(Object::as_array) {
        Some(index) => index.iter().filter_map(Object::as_integer).collect(),
        None => vec![0, size],
    };
    let mut records = data.chunks_exact((w0 + w1 + w2).max(1));
    let mut subsections = Vec::new();
    let mut complete = true;
    for pair in index.chunks_exact(2) {
        let [first, count] = pair else { continue };
        let first = u32::try_from(*first).map_err(|_| malformed())?;
        let announced = usize::try_from(*count).map_err(|_| malformed())?;
        complete &= announced <= records.len();
        let count = announced.min(records.len());
        budget.spend(Resource::PdfParsedBytes, ENTRY.saturating_mul(u64::try_from(count).unwrap_or(u64::MAX)))?;
        let mut entries = Vec::with_capacity(count);
        for record in records.by_ref().take(count) {
            entries.push(stream_entry(record, widths).ok_or_else(malformed)?);
        }
        subsections.push(Subsection { first, entries });
    }
    Ok((subsections, complete))
}

/// One record of a cross-reference stream, by the widths of its fields.
fn stream_entry(record: &[u8], (w0, w1, _): (usize, usize, usize)) -> Option<Entry> {
    let number = |bytes: &[u8]| bytes.iter().fold(0u64, |value, byte| value << 8 | u64::from(*byte));
    let (kind, rest) = record.split_at_checked(w0)?;
    let (second, third) = rest.split_at_checked(w1)?;
    let kind = if w0 == 0 { 1 } else { number(kind) };
    let (second, third) = (number(second), number(third));
    Some(match kind {
        1 => Entry::InUse { offset: second, generation: u32::try_from(third).unwrap_or_default() },
        2 => match (u32::try_from(second), u32::try_from(third)) {
            (Ok(stream), Ok(index)) => Entry::Compressed { stream, index },
            _ => Entry::Free,
        },
        // Other types are references to null (7.5.8.3).
        _ => Entry::Free,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Section {
        parse_table(text.as_bytes(), 0, true, &Budget::default()).unwrap()
    }

    #[test]
    fn entries_of_19_20_and_21_bytes_are_read() {
        for eol in ["\n", " \n", "\r\n", " \r\n"] {
            let text = format!(
                "xref\n0 2{eol}0000000000 65535 f{eol}0000000015 00000 n{eol}5 1{eol}0000000099 00001 n{eol}trailer <</Size 6/Prev 7>>"
            );
            let section = table(&text);
            assert_eq!(section.lookup(0), Some(Entry::Free));
            assert_eq!(section.lookup(1), Some(Entry::InUse { offset: 15, generation: 0 }), "{eol:?}");
            assert_eq!(section.lookup(2), None);
            assert_eq!(section.lookup(5), Some(Entry::InUse { offset: 99, generation: 1 }));
            assert_eq!(section.previous(), Some(7));
        }
    }

    #[test]
    fn a_first_number_one_too_high_is_corrected() {
        let section = table("xref 1 2 0000000000 65535 f 0000000015 00000 n trailer <<>>");
        assert_eq!(section.lookup(1), Some(Entry::InUse { offset: 15, generation: 0 }));
        let update = table("xref 1 1 0000000000 65535 f 11 1 0000000015 00000 n trailer <</Prev 9>>");
        assert_eq!((update.lookup(0), update.lookup(1)), (None, Some(Entry::Free)), "in an update");
    }

    #[test]
    fn stream_records_have_three_kinds_and_a_default() {
        let parse = |text: &[u8]| match Parser::new(text, 0, true, &Budget::default()).object(0).unwrap() {
            Object::Dictionary(dictionary) => dictionary,
            _ => panic!("not a dictionary"),
        };
        let trailer = parse(b"<</W [1 2 1] /Index [0 1 7 2] /Size 9>>");
        let records = [0, 0, 0, 255, 1, 1, 2, 0, 2, 0, 9, 3];
        let (subsections, complete) = parse_stream(&trailer, &records, 0, &Budget::default()).unwrap();
        assert!(complete);
        for cut in [8, 11] {
            assert!(!parse_stream(&trailer, &records[..cut], 0, &Budget::default()).unwrap().1, "{cut}");
        }
        assert_eq!(find(&subsections, 0), Some(Entry::Free));
        assert_eq!(find(&subsections, 7), Some(Entry::InUse { offset: 258, generation: 0 }));
        assert_eq!(find(&subsections, 8), Some(Entry::Compressed { stream: 9, index: 3 }));
        assert!(parse_stream(&parse(b"<</W [1 9 1]>>"), &[], 0, &Budget::default()).is_err());
    }
}
