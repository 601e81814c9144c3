use serde::{Deserialize, Serialize};

/// A half-open range of byte offsets, `start..end`, in a document or in a structure cut from one.
///
/// Offsets are 64-bit because a signed PDF may be larger than 4 GiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u64,
    /// Offset one past the last byte.
    pub end: u64,
}

impl Span {
    /// The span `start..end`; an `end` before `start` gives the empty span at `start`.
    pub const fn new(start: u64, end: u64) -> Self {
        let end = if end < start { start } else { end };
        Self { start, end }
    }

    /// The span of `len` bytes from `start`, saturating at the largest offset.
    pub const fn at(start: u64, len: u64) -> Self {
        Self { start, end: start.saturating_add(len) }
    }

    /// Number of bytes.
    pub const fn len(self) -> u64 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span holds no byte.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether every byte of `inner` lies inside this span.
    pub const fn contains(self, inner: Span) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// The bytes of `data` that this span names, or `None` where it reaches beyond them.
    pub fn slice(self, data: &[u8]) -> Option<&[u8]> {
        let start = usize::try_from(self.start).ok()?;
        let end = usize::try_from(self.end).ok()?;
        data.get(start..end)
    }
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_only_what_lies_inside() {
        assert_eq!(Span::at(1, 2).slice(b"abcd"), Some(&b"bc"[..]));
        assert_eq!(Span::at(3, 2).slice(b"abcd"), None);
        assert_eq!(Span::at(u64::MAX, 2).slice(b"abcd"), None);
    }

    #[test]
    fn containment_includes_the_borders() {
        assert!(Span::new(2, 8).contains(Span::new(2, 8)));
        assert!(!Span::new(2, 8).contains(Span::new(2, 9)));
        assert!(Span::new(9, 3).is_empty());
    }
}
