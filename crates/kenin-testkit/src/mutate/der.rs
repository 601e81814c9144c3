//! Elements of DER and what happens when one of them is dropped, doubled, swapped or replaced.

use std::ops::Range;

/// Elements deeper than this are left alone.
const MAX_DEPTH: usize = 40;

/// An element: where it lies in the octets it was found in, header included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// From the identifier octet to the end of the contents.
    pub range: Range<usize>,
    /// Where the contents begin.
    pub contents: usize,
    /// The identifier octet.
    pub tag: u8,
    /// How many elements it lies in.
    pub depth: usize,
}

impl Element {
    /// Whether its contents are elements.
    #[must_use]
    pub fn is_constructed(&self) -> bool {
        self.tag & 0x20 != 0
    }
}

/// Every element from the outermost to the innermost, in order. What is no DER (a length that does not fit, an indefinite one,
/// a tag of several octets) ends the list of its siblings.
#[must_use]
pub fn elements(octets: &[u8]) -> Vec<Element> {
    let mut found = Vec::new();
    collect(octets, 0..octets.len(), 0, &mut found);
    found
}

fn collect(octets: &[u8], within: Range<usize>, depth: usize, found: &mut Vec<Element>) {
    let mut at = within.start;
    while let Some(element) = element_at(octets, at, within.end, depth) {
        at = element.range.end;
        let inside = element.contents..element.range.end;
        let constructed = element.is_constructed();
        found.push(element);
        if constructed && depth < MAX_DEPTH {
            collect(octets, inside, depth + 1, found);
        }
    }
}

fn element_at(octets: &[u8], start: usize, end: usize, depth: usize) -> Option<Element> {
    let (tag, first) = (*octets.get(start)?, *octets.get(start + 1)?);
    if tag & 0x1f == 0x1f || first == 0x80 {
        return None;
    }
    let count = if first < 0x80 { 0 } else { usize::from(first & 0x7f) };
    let contents = start.checked_add(2)?.checked_add(count)?;
    let digits = octets.get(start + 2..contents).filter(|digits| digits.len() <= 4)?;
    let length = match count {
        0 => usize::from(first),
        _ => digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)),
    };
    let range = start..contents.checked_add(length).filter(|stop| *stop <= end)?;
    Some(Element { range, contents, tag, depth })
}

/// The octets with a part replaced, and the length of every element around it put right.
#[must_use]
pub fn splice(octets: &[u8], elements: &[Element], part: &Range<usize>, with: &[u8]) -> Vec<u8> {
    let around = |element: &&Element| element.contents <= part.start && part.end <= element.range.end;
    let mut around: Vec<&Element> = elements.iter().filter(around).collect();
    around.sort_by_key(|element| std::cmp::Reverse(element.depth));
    let (mut part, mut with) = (part.clone(), with.to_vec());
    for element in around {
        let contents = [&octets[element.contents..part.start], &with, &octets[part.end..element.range.end]].concat();
        with = vec![element.tag];
        with.extend(length(contents.len()));
        with.extend(contents);
        part = element.range.clone();
    }
    [&octets[..part.start], &with, &octets[part.end..]].concat()
}

/// A length in the fewest octets (X.690 10.1).
fn length(length: usize) -> Vec<u8> {
    if length < 0x80 {
        return vec![length as u8];
    }
    let digits: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|digit| *digit == 0).collect();
    [&[0x80 | digits.len() as u8], &*digits].concat()
}

/// What is done to an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edit {
    /// It is left out.
    Drop,
    /// It is there twice.
    Double,
    /// It changes places with the one after it.
    Swap,
    /// Its contents are left out.
    Empty,
}

impl Edit {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Drop, Self::Double, Self::Swap, Self::Empty];
}

/// The octets with an edit of the element at a position; `None` where it changes nothing, such as the last of its siblings
/// that should change places with the next.
#[must_use]
pub fn edited(octets: &[u8], elements: &[Element], position: usize, edit: Edit) -> Option<Vec<u8>> {
    let element = elements.get(position)?;
    let own = &octets[element.range.clone()];
    let changed = match edit {
        Edit::Drop => splice(octets, elements, &element.range, &[]),
        Edit::Double => splice(octets, elements, &element.range, &own.repeat(2)),
        Edit::Empty => splice(octets, elements, &(element.contents..element.range.end), &[]),
        Edit::Swap => {
            let follows = |next: &&Element| next.range.start == element.range.end && next.depth == element.depth;
            let next = elements[position + 1..].iter().find(follows)?;
            let swapped = [&octets[next.range.clone()], own].concat();
            splice(octets, elements, &(element.range.start..next.range.end), &swapped)
        }
    };
    (changed != octets).then_some(changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::{integer, octets, sequence, tlv};

    #[test]
    fn lengths_of_everything_around_a_change_are_put_right() {
        let der = sequence(&[&integer(1), &sequence(&[&octets(&[7; 200]), &integer(2)]), &integer(3)]);
        let elements = elements(&der);
        let tags: Vec<(u8, usize)> = elements.iter().map(|element| (element.tag, element.depth)).collect();
        assert_eq!(tags, [(0x30, 0), (2, 1), (0x30, 1), (4, 2), (2, 2), (2, 1)]);
        let expected = |inner: &[&[u8]]| sequence(&[&integer(1), &sequence(inner), &integer(3)]);
        let edit = |edit| edited(&der, &elements, 3, edit).unwrap();
        assert_eq!(edit(Edit::Drop), expected(&[&integer(2)]));
        assert_eq!(edit(Edit::Double), expected(&[&octets(&[7; 200]), &octets(&[7; 200]), &integer(2)]));
        assert_eq!(edit(Edit::Swap), expected(&[&integer(2), &octets(&[7; 200])]));
        assert_eq!(edit(Edit::Empty), expected(&[&octets(&[]), &integer(2)]));
        assert_eq!(edited(&der, &elements, 5, Edit::Swap), None);
    }

    #[test]
    fn what_is_no_der_has_no_elements() {
        for odd in [&[0x30, 0x80, 0, 0][..], &[0x30, 5, 2], &[0x1f, 0x20, 0], &[0x30], &[], &[4, 0x85, 1, 1, 1, 1, 1]] {
            assert_eq!(elements(odd), [], "{odd:02x?}");
        }
        assert_eq!(elements(&tlv(4, &[])).len(), 1);
    }
}
