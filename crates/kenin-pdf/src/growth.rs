use std::collections::{HashMap, HashSet};

use kenin_base::Span;
use kenin_facts::LaterRevisions;

use crate::chain::View;
use crate::compare::only_grows;
use crate::document::{Document, Encryption};
use crate::error::ReadError;
use crate::object::Reference;
use crate::observe::trailing_junk;
use crate::site::Site;
use crate::tiling::{exact_object, is_tiled};
use crate::xref::{Entry, Section, SectionKind, offset_entry};

/// Decides whether what follows a signature only adds validation material and document timestamps.
///
/// A wrong yes would let a changed document pass, so every doubt is a no: damage anywhere, bytes that no
/// cross-reference section accounts for, sections that reach outside their own revision, hidden objects.
pub(crate) struct Growth<'g, 'r> {
    document: &'g Document<'r>,
    /// Object headers found in the bytes after the first signed revision, and that revision's end.
    tail: Vec<(Reference, u64)>,
    /// Whether revision n + 1 only adds to revision n.
    steps: HashMap<usize, bool>,
}

impl<'g, 'r> Growth<'g, 'r> {
    /// Looks through the bytes after the first of the signed revisions.
    pub(crate) fn new(document: &'g Document<'r>, sites: &[Site]) -> Result<Self, ReadError> {
        let file = document.reader.file;
        let ends = sites.iter().filter(|site| site.byte_range.well_formed).filter_map(|site| site.byte_range.end());
        let tail = match ends.min() {
            Some(first) if first < file.len => document.reader.scan_span(Span::new(first, file.len))?,
            _ => Vec::new(),
        };
        Ok(Self { document, tail, steps: HashMap::new() })
    }

    /// What the revisions after a signature do.
    pub(crate) fn after(&mut self, site: &Site) -> Result<LaterRevisions, ReadError> {
        let document = self.document;
        let len = document.reader.file.len;
        let Some(end) = site.byte_range.end() else { return Ok(LaterRevisions::NotAnalysed) };
        if end == len || document.only_line_ends(Span::new(end, len))? {
            return Ok(LaterRevisions::None);
        }
        let Some(own) = document.revisions.get(site.revision) else { return Ok(LaterRevisions::NotAnalysed) };
        let ends_there = own.end <= end && document.only_line_ends(Span::new(own.end, end))?;
        // A signed section or offset that points behind the revision would be filled in by whoever appends.
        let inside = |entry: Entry| !matches!(entry, Entry::InUse { offset, .. } if offset >= own.end);
        let closed = own
            .view
            .sections()
            .all(|section| section.end <= own.end && section.entries().all(|(_, entry)| inside(entry)));
        if !site.byte_range.well_formed || !ends_there || !closed || !self.is_orderly(own.end)? {
            return Ok(LaterRevisions::NotAnalysed);
        }
        for position in site.revision..document.revisions.len().saturating_sub(1) {
            if !self.step(position)? {
                return Ok(LaterRevisions::NotAnalysed);
            }
        }
        Ok(LaterRevisions::ValidationMaterialOnly)
    }

    /// Objects after the first signed revision that no cross-reference section names.
    pub(crate) fn unlisted(&self) -> Vec<(Reference, u64)> {
        if self.tail.is_empty() {
            return Vec::new();
        }
        let last = self.document.last_view();
        let first = self.tail.first().map(|(_, offset)| *offset).unwrap_or_default();
        let since = last.sections().filter(|section| section.end >= first || section.offset == 0);
        let listed: HashSet<u64> = since.flat_map(|section| self.listed(section)).collect();
        self.tail.iter().filter(|(_, offset)| !listed.contains(offset)).copied().collect()
    }

    fn listed(&self, section: &Section) -> Vec<u64> {
        let shift = self.document.reader.shift.get();
        let in_use = section.entries().filter_map(|(_, entry)| match entry {
            Entry::InUse { offset, .. } => Some(offset.saturating_add(shift)),
            _ => None,
        });
        let stream = offset_entry(&section.trailer, b"XRefStm").map(|offset| offset.saturating_add(shift));
        in_use.chain([section.offset]).chain(stream).collect()
    }

    /// Whether the file as a whole leaves no doubt about its revisions after `end`: nothing damaged, and each
    /// `startxref` one revision further than the one before.
    fn is_orderly(&self, end: u64) -> Result<bool, ReadError> {
        let document = self.document;
        let clean = !document.last_view().is_damaged()
            && !document.reader.repaired.get()
            && !document.reader.doubtful.get()
            && document.reader.shift.get() == 0
            && document.header == Some(0)
            && document.encryption != Encryption::Locked
            && trailing_junk(document)?.is_none();
        let later = document.markers.iter().filter(|marker| marker.end > end).count();
        let revisions = document.revisions.iter().filter(|revision| revision.end > end).count();
        Ok(clean && later == revisions)
    }

    /// Whether the revision after `position` only adds to it.
    fn step(&mut self, position: usize) -> Result<bool, ReadError> {
        if let Some(known) = self.steps.get(&position) {
            return Ok(*known);
        }
        let result = self.examine(position)?;
        self.steps.insert(position, result);
        Ok(result)
    }

    fn examine(&self, position: usize) -> Result<bool, ReadError> {
        let revisions = &self.document.revisions;
        let (Some(old), Some(new)) = (revisions.get(position), revisions.get(position + 1)) else { return Ok(false) };
        let Some([section]) = new.view.sections_since(&old.view) else { return Ok(false) };
        let bytes = Span::new(old.end, new.end);
        if !self.accounts_for(section, &old.view, bytes)? {
            return Ok(false);
        }
        let grows = only_grows(&self.document.reader, &old.view, &new.view, section)?;
        let reader = &self.document.reader;
        Ok(grows && !reader.repaired.get() && !reader.doubtful.get())
    }

    /// Whether a section and the objects in its revision's bytes name each other exactly. What /XRefStm adds for newer
    /// readers must be new: an older object that readers resolve differently would look different in them.
    fn accounts_for(&self, section: &Section, old: &View, bytes: Span) -> Result<bool, ReadError> {
        let within = |offset: u64| bytes.start <= offset && offset < bytes.end;
        if section.kind == SectionKind::Rebuilt || !within(section.offset) || section.end > bytes.end {
            return Ok(false);
        }
        let is_free = |entry: Option<Entry>| matches!(entry, None | Some(Entry::Free));
        let table = section.listed(&section.subsections).map(|entry| (entry, false));
        let hidden = section.listed(&section.hidden).map(|entry| (entry, true));
        let mut numbers = HashSet::new();
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
                    let piece = exact_object(&self.document.reader, old, Reference { number, generation }, offset)?;
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
        if !is_tiled(&self.document.reader, section, old, bytes, pieces)? {
            return Ok(false);
        }
        let listed: HashSet<u64> = self.listed(section).into_iter().collect();
        Ok(self.tail.iter().filter(|(_, offset)| within(*offset)).all(|(_, offset)| listed.contains(offset)))
    }
}
