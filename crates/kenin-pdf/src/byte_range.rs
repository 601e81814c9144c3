use kenin_base::{Finding, FindingCode, Span};

use crate::object::Object;

/// /ByteRange (ISO 32000-1 12.8.1) as written and as it can be used.
#[derive(Clone, Debug, Default)]
pub(crate) struct ByteRange {
    /// Empty when it is missing or not an array of integers.
    pub written: Vec<i64>,
    /// The bytes it names, when they can be hashed: pairs of non-negative numbers, ascending, within the file.
    pub ranges: Option<Vec<Span>>,
    /// Whether every rule of the format holds, the place of /Contents included.
    pub well_formed: bool,
    /// Whether it has the form of 12.8.1, from the first byte on with one gap as long as the /Contents value, wherever
    /// gap and end lie.
    pub in_form: bool,
    pub findings: Vec<Finding>,
}

impl ByteRange {
    /// Reads and checks the entry: exactly four non-negative integers from 0, ascending, with a gap that is exactly
    /// the /Contents value of this dictionary (`contents`, delimiters included), within the file.
    pub(crate) fn read(value: &Object, contents: Option<Span>, file_len: u64) -> Self {
        let numbers = value.as_array().map(|items| items.iter().map(Object::as_integer).collect::<Option<Vec<i64>>>());
        let written = numbers.flatten().unwrap_or_default();
        let mut range = Self { written, ..Self::default() };
        let shown = range.written.iter().map(i64::to_string).collect::<Vec<_>>().join(" ");
        let finding = |code| Finding::new(code).with("byte_range", &shown);
        let spans = spans(&range.written);
        let mut findings = Vec::new();
        let mut ranges = None;
        match &spans {
            Some(spans) if spans.last().is_some_and(|last| last.end > file_len) => {
                findings.push(finding(FindingCode::ByteRangeBeyondEnd).with("size", file_len));
            }
            Some(spans) if spans.iter().any(|span| !span.is_empty()) => ranges = Some(spans.clone()),
            _ => {}
        }
        match spans.as_deref() {
            Some([first, second]) if first.start == 0 && !first.is_empty() && second.start > first.end => {
                let gap = Span::new(first.end, second.start);
                range.in_form = contents.is_some_and(|contents| contents.len() == gap.len());
                if contents != Some(gap) {
                    let at = contents.map(|contents| contents.to_string()).unwrap_or_default();
                    // What is named may lie behind the end of a file that was cut.
                    let place = Span::new(gap.start.min(file_len), gap.end.min(file_len));
                    findings.push(finding(FindingCode::ByteRangeGap).at(place).with("contents", at));
                }
            }
            _ => findings.push(finding(FindingCode::ByteRangeMalformed)),
        }
        range.well_formed = findings.is_empty();
        range.ranges = ranges;
        range.findings = findings;
        range
    }

    /// One past the last byte it names.
    pub(crate) fn end(&self) -> Option<u64> {
        self.ranges.as_ref().and_then(|ranges| ranges.last()).map(|last| last.end)
    }

    /// Whether every byte of `span` is among those named.
    pub(crate) fn covers(&self, span: Span) -> bool {
        self.ranges.iter().flatten().any(|range| range.contains(span))
    }
}

/// Pairs of start and length as ascending spans.
fn spans(numbers: &[i64]) -> Option<Vec<Span>> {
    if numbers.is_empty() || !numbers.len().is_multiple_of(2) {
        return None;
    }
    let mut spans: Vec<Span> = Vec::new();
    for pair in numbers.chunks_exact(2) {
        let [start, len] = pair else { return None };
        let (start, len) = (u64::try_from(*start).ok()?, u64::try_from(*len).ok()?);
        if spans.last().is_some_and(|last| start < last.end) {
            return None;
        }
        spans.push(Span::new(start, start.checked_add(len)?));
    }
    Some(spans)
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;

    fn read(numbers: &[i64]) -> (Vec<&'static str>, bool) {
        let value = Object::Array(Rc::new(numbers.iter().map(|n| Object::Integer(*n)).collect()));
        let range = ByteRange::read(&value, Some(Span::new(100, 200)), 1000);
        assert_eq!(range.well_formed, range.findings.is_empty());
        (range.findings.iter().map(|f| f.code.as_str()).collect(), range.ranges.is_some())
    }

    #[test]
    fn every_rule_has_its_finding() {
        for (numbers, findings, usable) in [
            (&[0, 100, 200, 800][..], &[][..], true),
            (&[0, 100, 200, 0], &[], true),
            (&[0, 100, 201, 799], &["byte-range-gap"], true),
            (&[0, 99, 200, 800], &["byte-range-gap"], true),
            (&[0, 100, 200, 801], &["byte-range-beyond-end"], false),
            (&[0, 100, 200, i64::MAX], &["byte-range-beyond-end"], false),
            (&[1, 99, 200, 800], &["byte-range-malformed"], true),
            (&[0, 100, 200], &["byte-range-malformed"], false),
            (&[0, 100, 200, 300, 500, 500], &["byte-range-malformed"], true),
            (&[0, -100, 200, 800], &["byte-range-malformed"], false),
            (&[0, 100, 50, 800], &["byte-range-malformed"], false),
            (&[0, 0, 0, 0], &["byte-range-malformed"], false),
            (&[], &["byte-range-malformed"], false),
        ] {
            assert_eq!(read(numbers), (findings.to_vec(), usable), "{numbers:?}");
        }
    }
}
