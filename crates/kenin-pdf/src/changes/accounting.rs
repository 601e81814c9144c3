//! Whether every reader sees the same in an appended revision: the cross-reference section and the bytes name each
//! other exactly, so that a reader that rebuilds the file from its bytes finds nothing else.

use foldhash::{HashMap, HashSet};
use kenin_base::Span;

use super::tiling::{exact_object, is_tiled};
use crate::chain::View;
use crate::document::{Document, Encryption};
use crate::error::ReadError;
use crate::object::{Object, Reference};
use crate::reader::Reader;
use crate::xref::{Entry, Section, SectionKind, offset_entry};

/// Whether the file as a whole leaves no doubt about its revisions after `end`: nothing damaged, and each
/// `startxref` one revision further than the one before.
pub(super) fn is_orderly(document: &Document<'_>, end: u64) -> bool {
    let clean = !document.last_view().is_damaged()
        && !document.reader.repaired.get()
        && !document.reader.doubtful.get()
        && document.reader.shift.get() == 0
        && document.header == Some(0)
        && document.encryption != Encryption::Locked;
    let later = document.markers.iter().filter(|marker| marker.end > end).count();
    let revisions = document.revisions.iter().filter(|revision| revision.end > end).count();
    clean && later == revisions
}

/// Whether a section says one thing of every object: entries that contradict each other, or a hidden entry that does
/// not agree with the table's, are read differently by different readers (7.5.4, 7.5.8.4).
pub(super) fn is_unambiguous(section: &Section) -> bool {
    let mut said: HashMap<u32, Entry> = HashMap::default();
    let table = section.listed(&section.subsections);
    let consistent = |(number, entry): (u32, Entry), said: &mut HashMap<u32, Entry>| match said.insert(number, entry) {
        Some(before) => before == entry,
        None => true,
    };
    for named in table {
        if !consistent(named, &mut said) {
            return false;
        }
    }
    // What the table hides as free is for newer readers alone.
    said.retain(|_, entry| *entry != Entry::Free);
    section.listed(&section.hidden).all(|named| consistent(named, &mut said))
}

/// How far a section and what it names reach: where an entry points behind the end of a signed revision, it would be
/// filled in by whoever appends.
pub(super) fn reach(section: &Section) -> u64 {
    let offset = |entry: Entry| match entry {
        Entry::InUse { offset, .. } => offset.saturating_add(1),
        _ => 0,
    };
    section.entries().map(|(_, entry)| offset(entry)).max().unwrap_or_default().max(section.end)
}

/// Whether a section and the objects in its revision's bytes name each other exactly. What /XRefStm adds for newer
/// readers must be new: an older object that readers resolve differently would look different in them.
pub(super) fn accounts_for(
    reader: &Reader<'_>,
    section: &Section,
    old: &View,
    bytes: Span,
    headers: &[(Reference, u64)],
) -> Result<bool, ReadError> {
    let within = |offset: u64| bytes.start <= offset && offset < bytes.end;
    if section.kind == SectionKind::Rebuilt || !within(section.offset) || section.end > bytes.end {
        return Ok(false);
    }
    // A trailer has every entry of the one before (7.5.6); without /Root some readers look for a catalog themselves.
    if section.trailer.get(b"Root").and_then(Object::as_reference).is_none() {
        return Ok(false);
    }
    // Of a repeated key some readers take the first value and some the last.
    let mut keys: Vec<_> = section.trailer.entries.iter().map(|(key, _)| key).collect();
    keys.sort_unstable();
    if keys.windows(2).any(|pair| matches!(pair, [one, other] if one == other)) {
        return Ok(false);
    }
    // Numbers from /Size on count as missing (7.5.5): a smaller one takes objects away in some readers.
    let size = |section: &Section| section.trailer.get(b"Size").and_then(Object::as_integer);
    if old.newest().is_some_and(|before| size(section) < size(before)) {
        return Ok(false);
    }
    let is_free = |entry: Option<Entry>| matches!(entry, None | Some(Entry::Free));
    let table = section.listed(&section.subsections).map(|entry| (entry, false));
    let hidden = section.listed(&section.hidden).map(|entry| (entry, true));
    let mut numbers = HashSet::default();
    let mut pieces = Vec::new();
    for ((number, entry), is_hidden) in table.chain(hidden) {
        let is_new = is_free(old.lookup(number));
        let once = numbers.insert(number) || is_hidden && section.lookup(number) == Some(entry);
        if !once || is_hidden && !is_new {
            return Ok(false);
        }
        let sound = match entry {
            Entry::Free => true,
            Entry::InUse { offset, generation } => {
                // A new object has generation 0, an older one keeps its own (7.3.10, 7.5.4).
                let expected = match old.lookup(number) {
                    Some(Entry::InUse { generation, .. }) => generation,
                    _ => 0,
                };
                let piece = exact_object(reader, old, Reference { number, generation }, offset)?;
                let exact = within(offset) && generation == expected && piece.is_some();
                pieces.extend(piece);
                exact
            }
            Entry::Compressed { stream, .. } => matches!(section.lookup(stream), Some(Entry::InUse { .. })),
        };
        if !sound {
            return Ok(false);
        }
    }
    if !stream_number_is_own(reader, section, old)? || !is_tiled(reader, section, old, bytes, pieces)? {
        return Ok(false);
    }
    let listed: HashSet<u64> = listed_offsets(reader, section).into_iter().collect();
    let first = headers.partition_point(|(_, offset)| *offset < bytes.start);
    let mut inside = headers.iter().skip(first).take_while(|(_, offset)| *offset < bytes.end);
    Ok(inside.all(|(_, offset)| listed.contains(offset)))
}

/// Whether a cross-reference stream takes no other object's number: one that does not list itself redefines that object
/// for readers that look for objects, and for no others.
fn stream_number_is_own(reader: &Reader<'_>, section: &Section, old: &View) -> Result<bool, ReadError> {
    let offset = match section.kind {
        SectionKind::Stream => Some(section.offset),
        _ => offset_entry(&section.trailer, b"XRefStm").map(|offset| offset.saturating_add(reader.shift.get())),
    };
    let Some(offset) = offset else { return Ok(true) };
    let Some(found) = reader.object_at(offset)? else { return Ok(false) };
    let number = found.reference.number;
    Ok(match section.lookup(number) {
        Some(Entry::InUse { offset: listed, .. }) => listed.saturating_add(reader.shift.get()) == offset,
        Some(Entry::Compressed { .. }) => false,
        None | Some(Entry::Free) => matches!(old.lookup(number), None | Some(Entry::Free)),
    })
}

/// Where a section says that objects begin, itself included.
pub(super) fn listed_offsets(reader: &Reader<'_>, section: &Section) -> Vec<u64> {
    let shift = reader.shift.get();
    let in_use = section.entries().filter_map(|(_, entry)| match entry {
        Entry::InUse { offset, .. } => Some(offset.saturating_add(shift)),
        _ => None,
    });
    let stream = offset_entry(&section.trailer, b"XRefStm").map(|offset| offset.saturating_add(shift));
    in_use.chain([section.offset]).chain(stream).collect()
}
