//! What no signature covers: the gap of a /ByteRange, where the signature's value stands (ISO 32000-1 12.8.1).
//!
//! It may be filled in again without breaking the signature, so that nothing of the document may be read from it.

use kenin_base::{Finding, FindingCode, Span};

use crate::document::Document;
use crate::error::ReadError;
use crate::site::Site;

/// For each signature, what is said of a gap that cross-reference data or an object is read from.
pub(crate) fn read_gaps(document: &Document<'_>, sites: &[Site]) -> Result<Vec<Option<Finding>>, ReadError> {
    let places = Places::of(document)?;
    let mut findings = Vec::with_capacity(sites.len());
    for site in sites {
        let found = match gap(site) {
            Some(gap) => places.read_from(document, gap)?,
            None => None,
        };
        findings.push(found.map(|at| Finding::new(FindingCode::ByteRangeGap).at(at)));
    }
    Ok(findings)
}

/// The gap of a signature whose /ByteRange is sound; another one is told as such.
fn gap(site: &Site) -> Option<Span> {
    match site.byte_range.ranges.as_deref() {
        Some([first, second]) if site.byte_range.well_formed => Some(Span::new(first.end, second.start)),
        _ => None,
    }
}

/// Places that are read, or that cross-reference data leads to.
struct Places {
    /// What was read, by its start.
    read: Vec<Span>,
    /// The furthest end among those up to each.
    furthest: Vec<u64>,
    /// Offsets where objects are said to begin, ascending.
    listed: Vec<u64>,
}

impl Places {
    fn of(document: &Document<'_>) -> Result<Self, ReadError> {
        let reader = &document.reader;
        let mut read = reader.read_spans(&document.last_view())?;
        read.extend(document.markers.iter().map(|marker| Span::new(marker.end.saturating_sub(1), marker.end)));
        read.sort_unstable();
        let mut furthest = Vec::with_capacity(read.len());
        for span in &read {
            furthest.push(span.end.max(furthest.last().copied().unwrap_or_default()));
        }
        let shift = reader.shift.get();
        let mut listed: Vec<u64> = reader.known_sections().iter().flat_map(|section| section.offsets(shift)).collect();
        listed.sort_unstable();
        listed.dedup();
        Ok(Self { read, furthest, listed })
    }

    /// Something that lies in a gap or runs into it, other than the object that the value is part of: the last to begin
    /// before.
    fn read_from(&self, document: &Document<'_>, gap: Span) -> Result<Option<Span>, ReadError> {
        let before = self.read.partition_point(|span| span.start < gap.start);
        let inside = self.read.get(before).filter(|span| span.start < gap.end);
        // All that begin before the object with the value end before the gap.
        let others = before.checked_sub(2).and_then(|other| self.furthest.get(other));
        if let Some(found) = inside {
            return Ok(Some(Span::new(found.start, found.end.min(gap.end))));
        }
        if others.is_some_and(|end| *end > gap.start) {
            return Ok(Some(gap));
        }
        let first = self.listed.partition_point(|offset| *offset < gap.start);
        for offset in self.listed.iter().skip(first).take_while(|offset| **offset < gap.end) {
            if document.reader.object_at(*offset)?.is_some() {
                return Ok(Some(Span::new(*offset, gap.end)));
            }
        }
        Ok(document.reader.scan_span(gap)?.first().map(|(_, offset)| Span::new(*offset, gap.end)))
    }
}
