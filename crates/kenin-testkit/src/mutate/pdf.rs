//! Signed PDF files as text: which bytes the signatures name, other values for /Contents, and increments that readers follow.

use std::fmt::Write as _;
use std::ops::Range;

/// The four numbers of every `/ByteRange [a b c d]` in the file, in order, where they lie within it.
#[must_use]
pub fn byte_ranges(pdf: &[u8]) -> Vec<[usize; 4]> {
    let key = b"/ByteRange";
    let places = pdf.windows(key.len()).enumerate().filter(|(_, window)| window == key).map(|(at, _)| at + key.len());
    let read = |at: usize| {
        let rest = &pdf[at..pdf.len().min(at + 100)];
        let open = rest.iter().position(|octet| *octet == b'[')?;
        let close = rest.iter().position(|octet| *octet == b']')?;
        let text = std::str::from_utf8(rest.get(open + 1..close)?).ok()?;
        let numbers: Vec<usize> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>().ok()?;
        let [a, b, c, d] = <[usize; 4]>::try_from(numbers).ok()?;
        let is_within = a.checked_add(b)? <= c && c.checked_add(d)? <= pdf.len();
        is_within.then_some([a, b, c, d])
    };
    places.filter_map(read).collect()
}

/// Where the hexadecimal digits between two ranges lie, without `<` and `>`.
#[must_use]
pub fn contents_digits(pdf: &[u8], byte_range: [usize; 4]) -> Option<Range<usize>> {
    let [a, b, c, _] = byte_range;
    let gap = pdf.get(a + b..c)?;
    (gap.len() > 1 && gap.first() == Some(&b'<') && gap.last() == Some(&b'>')).then(|| a + b + 1..c - 1)
}

/// The octets that digits stand for.
#[must_use]
pub fn octets_of(digits: &[u8]) -> Option<Vec<u8>> {
    hex::decode(digits).ok()
}

/// The file with other octets between two ranges, filled up with zeros; `None` where they do not fit.
#[must_use]
pub fn with_contents(pdf: &[u8], digits: &Range<usize>, octets: &[u8]) -> Option<Vec<u8>> {
    let mut text = hex::encode(octets).into_bytes();
    if text.len() > digits.len() {
        return None;
    }
    text.resize(digits.len(), b'0');
    let mut changed = pdf.to_vec();
    changed[digits.clone()].copy_from_slice(&text);
    Some(changed)
}

/// The objects of the file as they stand in it: number and what is between `obj` and `endobj`.
#[must_use]
pub fn objects(pdf: &[u8]) -> Vec<(u32, Range<usize>)> {
    let find = |needle: &[u8], from: usize| {
        let rest = pdf.get(from..)?;
        Some(rest.windows(needle.len()).position(|window| window == needle)? + from)
    };
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = find(b" 0 obj", at) {
        let digits = pdf[..start].iter().rev().take_while(|octet| octet.is_ascii_digit()).count();
        let number = std::str::from_utf8(&pdf[start - digits..start]).ok().and_then(|text| text.parse().ok());
        let Some(end) = find(b"endobj", start) else { break };
        found.extend(number.map(|number| (number, start + 6..end)));
        at = end;
    }
    found
}

/// The file with an increment that has these objects, a cross-reference table (ISO 32000-1 7.5.6) and the trailer entries of
/// the last trailer or cross-reference stream; `None` where it has none that can be read as text.
#[must_use]
pub fn appended(pdf: &[u8], objects: &[(u32, Vec<u8>)]) -> Option<Vec<u8>> {
    let last = |needle: &[u8]| pdf.windows(needle.len()).rposition(|window| window == needle);
    let startxref = number_after(pdf, last(b"startxref")? + 9)?;
    let root = number_after(pdf, last(b"/Root ")? + 6)?;
    let size = number_after(pdf, last(b"/Size ")? + 6)?;
    let mut changed = pdf.to_vec();
    let mut table = "xref\n".to_owned();
    let mut sorted: Vec<&(u32, Vec<u8>)> = objects.iter().collect();
    sorted.sort_by_key(|(number, _)| *number);
    sorted.dedup_by_key(|(number, _)| *number);
    for (number, body) in &sorted {
        changed.push(b'\n');
        let _ = write!(table, "{number} 1\n{:010} 00000 n \n", changed.len());
        changed.extend(format!("{number} 0 obj").into_bytes());
        changed.extend(body);
        changed.extend(b"\nendobj");
    }
    changed.push(b'\n');
    let place = changed.len();
    let size = sorted.iter().map(|(number, _)| u64::from(*number) + 1).max().unwrap_or_default().max(size);
    let trailer =
        format!("trailer\n<< /Size {size} /Root {root} 0 R /Prev {startxref} >>\nstartxref\n{place}\n%%EOF\n");
    changed.extend(table.into_bytes());
    changed.extend(trailer.into_bytes());
    Some(changed)
}

fn number_after(pdf: &[u8], at: usize) -> Option<u64> {
    let rest = pdf.get(at..)?;
    let rest = &rest[rest.iter().take_while(|octet| octet.is_ascii_whitespace()).count()..];
    let digits = rest.iter().take_while(|octet| octet.is_ascii_digit()).count();
    std::str::from_utf8(&rest[..digits]).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/discharge-summary.pdf")).unwrap()
    }

    #[test]
    fn the_samples_signatures_are_found_and_replaced() {
        let pdf = sample();
        let ranges = byte_ranges(&pdf);
        assert_eq!(ranges.len(), 2, "a signature and a document timestamp");
        assert_eq!(ranges[1][2] + ranges[1][3], pdf.len());
        let digits = contents_digits(&pdf, ranges[0]).unwrap();
        let cms = octets_of(&pdf[digits.clone()]).unwrap();
        assert_eq!(cms[..2], [0x30, 0x82]);
        assert_eq!(with_contents(&pdf, &digits, &cms).unwrap(), pdf);
        assert_eq!(with_contents(&pdf, &digits, &vec![0; digits.len()]), None);
    }

    #[test]
    fn an_increment_is_read_as_one() {
        let pdf = sample();
        let (number, body) = objects(&pdf).into_iter().next_back().unwrap();
        let grown = appended(&pdf, &[(number, pdf[body].to_vec()), (900, b"null".to_vec())]).unwrap();
        assert_eq!(grown[..pdf.len()], pdf);
        let read = lopdf::Document::load_mem(&grown).unwrap();
        assert_eq!(read.max_id, 900);
        assert_eq!(read.get_pages().len(), lopdf::Document::load_mem(&pdf).unwrap().get_pages().len());
    }
}
