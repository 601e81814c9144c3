use std::borrow::Cow;

use kenin_base::{Source, Span};
use memchr::memmem;

use crate::error::ReadError;

/// Sizes of the successive windows tried on a large file, in bytes.
const WINDOWS: [u64; 6] = [4 << 10, 64 << 10, 1 << 20, 8 << 20, 32 << 20, 256 << 20];

/// Piece size of a scan through a large file.
const SCAN_BYTES: u64 = 1 << 20;

/// The document's bytes, by position.
#[derive(Clone, Copy)]
pub(crate) struct File<'s> {
    pub source: &'s Source,
    pub len: u64,
}

/// A part of the file in a pass over it.
pub(crate) struct Piece<'d> {
    /// What is new, and before it what belongs to the piece before.
    pub data: &'d [u8],
    /// Where `data` begins in the file.
    start: u64,
    /// How many bytes of `data` belong to the piece before.
    pub before: usize,
}

impl Piece<'_> {
    /// The offset in the file of a position in the data.
    pub(crate) fn offset(&self, position: usize) -> u64 {
        self.start.saturating_add(u64::try_from(position).unwrap_or(u64::MAX))
    }
}

impl<'s> File<'s> {
    pub(crate) fn new(source: &'s Source) -> Self {
        Self { source, len: source.len() }
    }

    /// The bytes of a span, cut at the end of the file.
    pub(crate) fn read(&self, span: Span) -> Result<Cow<'s, [u8]>, ReadError> {
        let start = span.start.min(self.len);
        Ok(self.source.read(Span::new(start, span.end.min(self.len)))?)
    }

    /// Hands `parse` the bytes from `offset` on: all of them where they are held, else as many as it needs.
    /// The flag says whether the bytes reach to the end of the file.
    pub(crate) fn parse_at<T>(
        &self,
        offset: u64,
        mut parse: impl FnMut(&[u8], bool) -> Result<T, ReadError>,
    ) -> Result<T, ReadError> {
        if offset >= self.len {
            return Err(ReadError::Malformed(offset));
        }
        if let Some(data) = self.source.as_slice() {
            let rest = Span::new(offset, self.len).slice(data).unwrap_or_default();
            return parse(rest, true);
        }
        for size in WINDOWS {
            let window = self.read(Span::at(offset, size))?;
            let complete = size >= self.len.saturating_sub(offset);
            match parse(&window, complete) {
                Err(ReadError::Truncated) if !complete => {}
                result => return result,
            }
        }
        Err(ReadError::Malformed(offset))
    }

    /// Calls `found` with the offset of every occurrence of `needle` within `span`, in order.
    pub(crate) fn find_all(&self, needle: &[u8], span: Span, mut found: impl FnMut(u64)) -> Result<(), ReadError> {
        self.find_each([needle], span, |_, at| found(at))
    }

    /// Calls `found` with the position of the needle and the offset of every occurrence of each of them within `span`,
    /// those of one needle in order: one pass over the file for all.
    pub(crate) fn find_each<const N: usize>(
        &self,
        needles: [&[u8]; N],
        span: Span,
        mut found: impl FnMut(usize, u64),
    ) -> Result<(), ReadError> {
        let finders = needles.map(memmem::Finder::new);
        let overlap = needles.iter().map(|needle| needle.len().saturating_sub(1)).max().unwrap_or_default();
        self.pieces(span, overlap, |piece| {
            for (which, finder) in finders.iter().enumerate() {
                // An occurrence that the overlap holds whole was found in the piece before.
                let known = piece.before.saturating_sub(finder.needle().len().saturating_sub(1));
                for at in finder.find_iter(piece.data.get(known..).unwrap_or_default()) {
                    found(which, piece.offset(known.saturating_add(at)));
                }
            }
            Ok(())
        })
    }

    /// Hands `each` the bytes of a span piece by piece, each with up to `before` bytes that precede it.
    pub(crate) fn pieces(
        &self,
        span: Span,
        before: usize,
        mut each: impl FnMut(Piece<'_>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let end = span.end.min(self.len);
        let size = if self.source.as_slice().is_some() { self.len } else { SCAN_BYTES };
        let mut next = span.start;
        while next < end {
            let stop = end.min(next.saturating_add(size));
            let start = next.saturating_sub(u64::try_from(before).unwrap_or_default()).max(span.start);
            let data = self.read(Span::new(start, stop))?;
            let before = usize::try_from(next.saturating_sub(start)).unwrap_or_default();
            each(Piece { data: &data, start, before })?;
            next = stop;
        }
        Ok(())
    }

    /// The first occurrence of `needle` at or after `offset`.
    pub(crate) fn find(&self, needle: &[u8], offset: u64) -> Result<Option<u64>, ReadError> {
        let overlap = u64::try_from(needle.len()).unwrap_or_default();
        let piece = if self.source.as_slice().is_some() { self.len } else { SCAN_BYTES };
        let mut start = offset;
        while start < self.len {
            let stop = self.len.min(start.saturating_add(piece));
            if let Some(at) = memmem::find(&self.read(Span::new(start, stop))?, needle) {
                return Ok(Some(start.saturating_add(u64::try_from(at).unwrap_or_default())));
            }
            if stop == self.len {
                break;
            }
            start = stop.saturating_sub(overlap);
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use kenin_base::ReadAt;

    use super::*;

    struct Slow(Vec<u8>);

    impl ReadAt for Slow {
        fn len(&self) -> u64 {
            u64::try_from(self.0.len()).unwrap()
        }
        fn read_exact_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
            let start = usize::try_from(offset).unwrap();
            buffer.copy_from_slice(&self.0[start..start + buffer.len()]);
            Ok(())
        }
    }

    #[test]
    fn a_needle_across_two_pieces_is_found_once() {
        let mut data = vec![b'.'; 3 << 20];
        for at in [(1 << 20) - 3, (2 << 20) - 8, 5] {
            data[at..at + 9].copy_from_slice(b"startxref");
        }
        for source in [Source::bytes(data.clone()), Source::positioned(Slow(data))] {
            let file = File::new(&source);
            let mut found = Vec::new();
            file.find_all(b"startxref", Span::new(0, file.len), |at| found.push(at)).unwrap();
            assert_eq!(found, [5, (1 << 20) - 3, (2 << 20) - 8]);
            let mut found = [Vec::new(), Vec::new(), Vec::new()];
            let needles = [&b"startxref"[..], b"ref", b"xref..............."];
            file.find_each(needles, Span::new(20, file.len), |which, at| found[which].push(at)).unwrap();
            let places = |after: u64| vec![(1 << 20) - 3 + after, (2 << 20) - 8 + after];
            assert_eq!(found, [places(0), places(6), places(5)]);
            assert_eq!(file.find(b"startxref", 6).unwrap(), Some((1 << 20) - 3));
        }
    }
}
