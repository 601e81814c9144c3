//! Elements of XML and what happens when one of them is dropped, doubled, swapped, moved or written otherwise.
//!
//! Told by the text alone, in any encoding that has ASCII as it is: UTF-16 has no elements here.

use std::ops::Range;

use super::der::Edit;

/// An element: where it lies in the octets it was found in, tags included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// From `<` of the start tag to behind `>` of the end tag.
    pub range: Range<usize>,
    /// Between the tags; empty behind a tag that ends with `/>`.
    pub contents: Range<usize>,
    /// The name as it is written.
    pub name: Range<usize>,
    /// How many elements it lies in.
    pub depth: usize,
}

impl Element {
    /// The name without its prefix.
    #[must_use]
    pub fn local<'o>(&self, octets: &'o [u8]) -> &'o [u8] {
        octets[self.name.clone()].rsplit(|octet| *octet == b':').next().unwrap_or_default()
    }

    /// The start tag.
    #[must_use]
    pub fn tag(&self) -> Range<usize> {
        let end = if self.contents.is_empty() && self.contents.start == self.range.end {
            self.range.end
        } else {
            self.contents.start
        };
        self.range.start..end
    }
}

/// Every element that has both its tags, in document order.
#[must_use]
pub fn elements(octets: &[u8]) -> Vec<Element> {
    let find = |needle: &[u8], from: usize| {
        let rest = octets.get(from..)?;
        Some(rest.windows(needle.len()).position(|window| window == needle)? + from)
    };
    let (mut found, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(start) = find(b"<", at) {
        let rest = &octets[start..];
        let end = match rest {
            [b'<', b'!', b'-', b'-', ..] => find(b"-->", start + 4).map(|end| end + 3),
            [b'<', b'!', b'[', ..] => find(b"]]>", start + 3).map(|end| end + 3),
            [b'<', b'?', ..] => find(b"?>", start + 2).map(|end| end + 2),
            _ => end_of_tag(octets, start),
        };
        let Some(end) = end else { break };
        at = end;
        if rest.starts_with(b"</") {
            let Some(opened) = open.pop() else { break };
            let element = &mut found[opened];
            element.contents.end = start;
            element.range.end = end;
        } else if !rest.starts_with(b"<!") && !rest.starts_with(b"<?") {
            let length = rest[1..]
                .iter()
                .take_while(|octet| !matches!(**octet, b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>'))
                .count();
            let name = start + 1..start + 1 + length;
            if octets[end - 2] != b'/' {
                open.push(found.len());
            }
            let depth = open.len() - usize::from(octets[end - 2] != b'/');
            found.push(Element { range: start..end, contents: end..end, name, depth });
        }
    }
    // What was never closed is no element.
    open.sort_unstable_by_key(|place| std::cmp::Reverse(*place));
    for place in open {
        found.remove(place);
    }
    found
}

/// Behind `>`, which may stand in the value of an attribute too.
fn end_of_tag(octets: &[u8], start: usize) -> Option<usize> {
    let mut quote = None;
    for (at, octet) in octets.iter().enumerate().skip(start + 1) {
        match (quote, octet) {
            (None, b'"' | b'\'') => quote = Some(*octet),
            (None, b'>') => return Some(at + 1),
            (Some(open), closing) if open == *closing => quote = None,
            _ => {}
        }
    }
    None
}

/// The octets with an edit of the element at a position; `None` where it changes nothing.
#[must_use]
pub fn edited(octets: &[u8], elements: &[Element], position: usize, edit: Edit) -> Option<Vec<u8>> {
    let element = elements.get(position)?;
    let own = &octets[element.range.clone()];
    let changed = match edit {
        Edit::Drop => spliced(octets, &element.range, &[]),
        Edit::Double => spliced(octets, &element.range, &own.repeat(2)),
        Edit::Empty => spliced(octets, &element.contents, &[]),
        Edit::Swap => {
            let mut later = elements[position + 1..].iter().take_while(|next| next.depth >= element.depth);
            let next = later.find(|next| next.depth == element.depth)?;
            let between = &octets[element.range.end..next.range.start];
            let swapped = [&octets[next.range.clone()], between, own].concat();
            spliced(octets, &(element.range.start..next.range.end), &swapped)
        }
    };
    (changed != octets).then_some(changed)
}

/// The octets with an element taken out and put in as the first child of another; `None` where that lies within it, or has no
/// content to put it into.
#[must_use]
pub fn moved(octets: &[u8], element: &Element, into: &Element) -> Option<Vec<u8>> {
    let place = into.contents.start;
    let is_within = element.range.contains(&place) || into.tag().end == into.range.end && into.contents.is_empty();
    if is_within || into.range == element.range {
        return None;
    }
    let own = &octets[element.range.clone()];
    let changed = if place <= element.range.start {
        [&octets[..place], own, &octets[place..element.range.start], &octets[element.range.end..]].concat()
    } else {
        [&octets[..element.range.start], &octets[element.range.end..place], own, &octets[place..]].concat()
    };
    (changed != octets).then_some(changed)
}

/// The values of all attributes with one of these names, in order.
#[must_use]
pub fn values(octets: &[u8], names: &[&str]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for element in elements(octets) {
        let tag = element.tag();
        let mut at = element.name.end;
        while let Some(equals) = octets[at..tag.end].iter().position(|octet| *octet == b'=').map(|place| place + at) {
            let name = octets[at..equals].trim_ascii();
            let Some(open) = octets[equals..tag.end].iter().position(|o| matches!(o, b'"' | b'\'')) else { break };
            let open = equals + open;
            let quote = octets[open];
            let Some(length) = octets[open + 1..tag.end].iter().position(|octet| *octet == quote) else { break };
            if names.iter().any(|wanted| wanted.as_bytes() == name) {
                found.push(open + 1..open + 1 + length);
            }
            at = open + 2 + length;
        }
    }
    found
}

/// The octets with two parts in each other's place; `None` where they overlap or are alike.
#[must_use]
pub fn exchanged(octets: &[u8], one: &Range<usize>, other: &Range<usize>) -> Option<Vec<u8>> {
    let (first, second) = if one.start <= other.start { (one, other) } else { (other, one) };
    if first.end > second.start || octets[first.clone()] == octets[second.clone()] {
        return None;
    }
    let (a, b) = (&octets[first.clone()], &octets[second.clone()]);
    Some([&octets[..first.start], b, &octets[first.end..second.start], a, &octets[second.end..]].concat())
}

/// The octets with a part replaced.
#[must_use]
pub fn spliced(octets: &[u8], part: &Range<usize>, with: &[u8]) -> Vec<u8> {
    [&octets[..part.start], with, &octets[part.end..]].concat()
}

/// The text of UTF-8 in another encoding that its XML declaration then names; `None` where that has no such character.
#[must_use]
pub fn encoded(octets: &[u8], encoding: &str) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(octets).ok()?.trim_start_matches('\u{feff}');
    let body = match text.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>")?.1,
        None => text,
    };
    let text = format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>{body}");
    match encoding {
        "UTF-16" => Some(std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()),
        _ => {
            let (encoded, _, unmappable) = encoding_rs::Encoding::for_label(encoding.as_bytes())?.encode(&text);
            (!unmappable).then(|| encoded.into_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &[u8] = b"<?xml version='1.0'?><a x='>'><!--<b>--><b Id='1'><c/>t</b> <d ID=\"2\"></d></a>";

    fn names(octets: &[u8]) -> Vec<(String, usize)> {
        let name = |element: &Element| String::from_utf8_lossy(element.local(octets)).into_owned();
        elements(octets).iter().map(|element| (name(element), element.depth)).collect()
    }

    #[test]
    fn elements_are_found_by_their_tags() {
        let expected = [("a", 0), ("b", 1), ("c", 2), ("d", 1)].map(|(name, depth)| (name.to_owned(), depth));
        assert_eq!(names(TEXT), expected);
        assert_eq!(elements(b"<a><b></a>").len(), 1);
        assert_eq!(elements(b"<a"), []);
    }

    #[test]
    fn edits_are_of_whole_elements() {
        let all = elements(TEXT);
        let edit = |position, edit| String::from_utf8(edited(TEXT, &all, position, edit).unwrap()).unwrap();
        assert!(edit(1, Edit::Drop).ends_with("--> <d ID=\"2\"></d></a>"));
        assert!(edit(2, Edit::Double).contains("<c/><c/>t"));
        assert!(edit(1, Edit::Empty).contains("<b Id='1'></b>"));
        assert!(edit(1, Edit::Swap).ends_with("--><d ID=\"2\"></d> <b Id='1'><c/>t</b></a>"));
        assert_eq!(edited(TEXT, &all, 3, Edit::Swap), None);
        let moved = |from: usize, into: usize| moved(TEXT, &all[from], &all[into]);
        assert!(moved(3, 1).unwrap().ends_with(b"<b Id='1'><d ID=\"2\"></d><c/>t</b> </a>"));
        assert!(moved(2, 3).unwrap().ends_with(b"<b Id='1'>t</b> <d ID=\"2\"><c/></d></a>"));
        assert_eq!((moved(0, 1), moved(1, 2)), (None, None));
    }

    #[test]
    fn values_are_exchanged_and_text_is_encoded() {
        let ids = values(TEXT, &["Id", "ID"]);
        assert_eq!(ids.len(), 2);
        let swapped = exchanged(TEXT, &ids[0], &ids[1]).unwrap();
        assert!(swapped.ends_with(b"<b Id='2'><c/>t</b> <d ID=\"1\"></d></a>"));
        assert_eq!(encoded("<検/>".as_bytes(), "Shift_JIS").unwrap().last(), Some(&b'>'));
        assert_eq!(encoded("<é/>".as_bytes(), "Shift_JIS"), None);
        assert_eq!(encoded(b"<a/>", "UTF-16").unwrap()[..4], [0xff, 0xfe, b'<', 0]);
    }
}
