//! How a file spells its cross-reference data: line ends, entry widths, where offsets count from (ISO 32000-1 7.5.4,
//! 7.5.8).

use std::collections::BTreeMap;

/// What readers must cope with in the spelling of a file.
#[derive(Clone, Copy)]
pub struct Spelling {
    /// Octets before `%PDF-`.
    pub before_header: &'static str,
    /// Whether offsets count from `%PDF-` instead of the first octet.
    pub offsets_from_header: bool,
    /// The end of a line.
    pub line_end: &'static str,
    /// What follows the letter of a table's entry; two octets in a sound file.
    pub entry_end: &'static str,
}

impl Spelling {
    /// What this writer does unless a case asks for something else.
    pub const USUAL: Spelling =
        Spelling { before_header: "", offsets_from_header: false, line_end: "\n", entry_end: " \n" };

    /// The offset that cross-reference data gives for what lies at `at`.
    pub(super) fn offset(&self, at: usize) -> usize {
        if self.offsets_from_header { at - self.before_header.len() } else { at }
    }

    /// The end of the line with the keyword `stream`, which a lone carriage return must not be (7.3.8.1).
    pub(super) fn stream_line_end(&self) -> &'static str {
        if self.line_end == "\r" { "\r\n" } else { self.line_end }
    }
}

/// Where the newest version of an object lies.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Offset(usize),
    InStream { stream: u32, index: usize },
    Free,
}

/// A classic table without its trailer. Members of an object stream are left to the cross-reference stream.
pub(super) fn table(places: &BTreeMap<u32, Place>, is_first: bool, spelling: &Spelling) -> String {
    let (line_end, entry_end) = (spelling.line_end, spelling.entry_end);
    let mut rows: BTreeMap<u32, String> = BTreeMap::new();
    if is_first {
        rows.insert(0, format!("0000000000 65535 f{entry_end}"));
    }
    for (number, place) in places {
        match place {
            Place::Offset(at) => rows.insert(*number, format!("{:010} 00000 n{entry_end}", spelling.offset(*at))),
            Place::Free => rows.insert(*number, format!("0000000000 00001 f{entry_end}")),
            Place::InStream { .. } => None,
        };
    }
    let mut table = format!("xref{line_end}");
    for section in sections(&rows) {
        table.push_str(&format!("{} {}{line_end}", section[0], section.len()));
        section.iter().for_each(|number| table.push_str(&rows[number]));
    }
    table
}

/// /Index and the data of a cross-reference stream with /W [1 4 2]; one that stands alone lists object 0 and itself,
/// `own`.
pub(super) fn stream(
    places: &BTreeMap<u32, Place>,
    own: Option<(u32, usize)>,
    is_first: bool,
    spelling: &Spelling,
) -> (String, Vec<u8>) {
    let mut rows: BTreeMap<u32, Vec<u8>> = BTreeMap::new();
    if let Some((number, at)) = own {
        rows.insert(number, row(1, spelling.offset(at), 0));
        if is_first {
            rows.insert(0, row(0, 0, 0xffff));
        }
    }
    for (number, place) in places {
        let row = match place {
            Place::Offset(at) => row(1, spelling.offset(*at), 0),
            Place::InStream { stream, index } => row(2, *stream as usize, *index),
            Place::Free => row(0, 0, 1),
        };
        rows.insert(*number, row);
    }
    let index: Vec<String> =
        sections(&rows).iter().map(|section| format!("{} {}", section[0], section.len())).collect();
    (index.join(" "), rows.into_values().flatten().collect())
}

fn row(kind: u8, second: usize, third: usize) -> Vec<u8> {
    [&[kind][..], &(second as u32).to_be_bytes(), &(third as u16).to_be_bytes()].concat()
}

/// The object numbers of `rows` in runs of consecutive numbers.
fn sections<T>(rows: &BTreeMap<u32, T>) -> Vec<Vec<u32>> {
    let mut sections: Vec<Vec<u32>> = Vec::new();
    for number in rows.keys() {
        match sections.last_mut() {
            Some(section) if section.last() == Some(&(number - 1)) => section.push(*number),
            _ => sections.push(vec![*number]),
        }
    }
    sections
}
