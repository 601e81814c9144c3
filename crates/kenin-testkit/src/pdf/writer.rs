//! Objects, cross-reference data and incremental updates (ISO 32000-1 7.5).

use std::collections::BTreeMap;

use super::encryption::Encryption;
use crate::algorithms::Hash;

/// How a revision writes its cross-reference data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Layout {
    /// A classic table and trailer (7.5.4, 7.5.5).
    Classic,
    /// A cross-reference stream, with plain dictionaries inside an object stream (7.5.7, 7.5.8).
    Streams,
    /// A classic table whose trailer names a cross-reference stream that alone lists the object stream's members
    /// (7.5.8.4).
    Hybrid,
}

/// Where the newest version of an object lies.
#[derive(Clone, Copy)]
enum Place {
    Offset(usize),
    InStream { stream: u32, index: usize },
}

/// A PDF file being written, one revision after the other.
pub struct Pdf {
    bytes: Vec<u8>,
    pending: BTreeMap<u32, Vec<u8>>,
    offsets: BTreeMap<u32, usize>,
    next: u32,
    last_xref: Option<usize>,
    /// Object number of the catalog.
    pub root: u32,
    encryption: Option<(u32, Encryption)>,
}

impl Pdf {
    /// A file with its header and nothing else.
    #[must_use]
    pub fn new() -> Pdf {
        Pdf {
            bytes: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(),
            pending: BTreeMap::new(),
            offsets: BTreeMap::new(),
            next: 1,
            last_xref: None,
            root: 1,
            encryption: None,
        }
    }

    /// Reserves an object number.
    pub fn reserve(&mut self) -> u32 {
        self.next += 1;
        self.next - 1
    }

    /// Reserves object 1 for the catalog, unless that has been done.
    pub(super) fn next_is_catalog(&mut self) {
        self.next = self.next.max(2);
    }

    /// Sets the body of object `number` in the revision being written.
    pub fn set(&mut self, number: u32, body: impl Into<Vec<u8>>) {
        self.pending.insert(number, body.into());
    }

    /// Adds an object and returns its number.
    pub fn add(&mut self, body: impl Into<Vec<u8>>) -> u32 {
        let number = self.reserve();
        self.set(number, body);
        number
    }

    /// Sets object `number` to a stream with `entries` beside /Length.
    pub fn set_stream(&mut self, number: u32, entries: &str, data: &[u8]) {
        let data = match &self.encryption {
            Some((_, encryption)) => encryption.encrypt(number, data),
            None => data.to_vec(),
        };
        let head = format!("<< {entries} /Length {} >>\nstream\n", data.len());
        self.set(number, [head.as_bytes(), &data, b"\nendstream"].concat());
    }

    /// Adds a stream and returns its number.
    pub fn add_stream(&mut self, entries: &str, data: &[u8]) -> u32 {
        let number = self.reserve();
        self.set_stream(number, entries, data);
        number
    }

    /// A string inside object `number`: literal, or encrypted and in hex when the file is encrypted.
    #[must_use]
    pub fn string(&self, number: u32, text: &str) -> String {
        match &self.encryption {
            Some((_, encryption)) => format!("<{}>", hex::encode(encryption.encrypt(number, text.as_bytes()))),
            None => format!("({text})"),
        }
    }

    /// Encrypts everything written from here on with the standard security handler.
    pub fn encrypt(&mut self, encryption: Encryption) {
        let number = self.add(encryption.dictionary());
        self.encryption = Some((number, encryption));
    }

    /// The file so far.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The file so far, for patching a signature into place.
    pub(super) fn bytes_mut(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// The file, finished.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// The offset at which the newest directly written version of object `number` begins.
    #[must_use]
    pub fn offset(&self, number: u32) -> usize {
        self.offsets[&number]
    }

    /// Appends every pending object and the cross-reference data that makes them current.
    pub fn finish_revision(&mut self, layout: Layout) {
        let mut pending = std::mem::take(&mut self.pending);
        let mut places = BTreeMap::new();
        if layout != Layout::Classic {
            let members: Vec<u32> =
                pending.iter().filter(|(_, body)| may_be_compressed(body, layout)).map(|(number, _)| *number).collect();
            let bodies: Vec<(u32, Vec<u8>)> =
                members.iter().map(|number| (*number, pending.remove(number).unwrap())).collect();
            if !bodies.is_empty() {
                let stream = self.reserve();
                for (index, (number, _)) in bodies.iter().enumerate() {
                    places.insert(*number, Place::InStream { stream, index });
                }
                pending.insert(stream, object_stream(&bodies));
            }
        }
        for (number, body) in pending {
            places.insert(number, Place::Offset(self.bytes.len()));
            self.offsets.insert(number, self.bytes.len());
            self.bytes.extend(format!("{number} 0 obj\n").bytes());
            self.bytes.extend(body);
            self.bytes.extend(b"\nendobj\n");
        }
        let xref = match layout {
            Layout::Classic => self.write_table(&places, None),
            Layout::Streams => self.write_stream(&places, true),
            Layout::Hybrid if !places.values().any(|place| matches!(place, Place::InStream { .. })) => {
                self.write_table(&places, None)
            }
            Layout::Hybrid => {
                let hidden = places.iter().filter(|(_, place)| matches!(place, Place::InStream { .. }));
                let hidden: BTreeMap<u32, Place> = hidden.map(|(number, place)| (*number, *place)).collect();
                places.insert(self.next, Place::Offset(self.bytes.len()));
                let stream = self.write_stream(&hidden, false);
                self.write_table(&places, Some(stream))
            }
        };
        self.bytes.extend(format!("startxref\n{xref}\n%%EOF\n").bytes());
        self.last_xref = Some(xref);
    }

    fn trailer_entries(&self) -> String {
        let identifier = hex::encode(&Hash::Sha256.digest(b"kenin demo document")[..16]);
        let mut entries = format!("/Size {} /Root {} 0 R /ID [<{identifier}> <{identifier}>]", self.next, self.root);
        if let Some((number, _)) = &self.encryption {
            entries.push_str(&format!(" /Encrypt {number} 0 R"));
        }
        if let Some(previous) = self.last_xref {
            entries.push_str(&format!(" /Prev {previous}"));
        }
        entries
    }

    fn write_table(&mut self, places: &BTreeMap<u32, Place>, stream: Option<usize>) -> usize {
        let offset = self.bytes.len();
        let mut rows: BTreeMap<u32, String> = BTreeMap::new();
        if self.last_xref.is_none() {
            rows.insert(0, "0000000000 65535 f \n".to_owned());
        }
        for (number, place) in places {
            // Members of an object stream are left to the cross-reference stream.
            if let Place::Offset(offset) = place {
                rows.insert(*number, format!("{offset:010} 00000 n \n"));
            }
        }
        let mut table = String::from("xref\n");
        for section in sections(&rows) {
            table.push_str(&format!("{} {}\n", section[0], section.len()));
            section.iter().for_each(|number| table.push_str(&rows[number]));
        }
        let stream = stream.map_or_else(String::new, |stream| format!(" /XRefStm {stream}"));
        table.push_str(&format!("trailer\n<< {}{stream} >>\n", self.trailer_entries()));
        self.bytes.extend(table.bytes());
        offset
    }

    /// Writes a cross-reference stream; a whole one lists itself and object 0.
    fn write_stream(&mut self, places: &BTreeMap<u32, Place>, whole: bool) -> usize {
        let number = self.reserve();
        let offset = self.bytes.len();
        let mut rows: BTreeMap<u32, Vec<u8>> = BTreeMap::new();
        if whole {
            rows.insert(number, row(1, offset, 0));
            if self.last_xref.is_none() {
                rows.insert(0, row(0, 0, 0xffff));
            }
        }
        for (number, place) in places {
            let row = match place {
                Place::Offset(offset) => row(1, *offset, 0),
                Place::InStream { stream, index } => row(2, *stream as usize, *index),
            };
            rows.insert(*number, row);
        }
        let index: Vec<String> =
            sections(&rows).iter().map(|section| format!("{} {}", section[0], section.len())).collect();
        let data: Vec<u8> = rows.values().flatten().copied().collect();
        let head = format!(
            "{number} 0 obj\n<< /Type /XRef /W [1 4 2] /Index [{}] {} /Length {} >>\nstream\n",
            index.join(" "),
            self.trailer_entries(),
            data.len()
        );
        self.bytes.extend([head.as_bytes(), &data, b"\nendstream\nendobj\n"].concat());
        offset
    }
}

impl Default for Pdf {
    fn default() -> Pdf {
        Pdf::new()
    }
}

/// Streams and signature dictionaries stay outside object streams: the former must (7.5.7), the latter so that
/// /Contents lies in the file as written. A hybrid file hides only what an old reader can do without: the DSS.
fn may_be_compressed(body: &[u8], layout: Layout) -> bool {
    let has = |needle: &[u8]| body.windows(needle.len()).any(|window| window == needle);
    if layout == Layout::Hybrid {
        return has(b"/Type /DSS");
    }
    !has(b"\nstream\n") && !has(b"/ByteRange") && !has(b"/Filter /Standard")
}

fn object_stream(bodies: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut index = String::new();
    let mut data = Vec::new();
    for (number, body) in bodies {
        index.push_str(&format!("{number} {} ", data.len()));
        data.extend(body);
        data.push(b'\n');
    }
    let head = format!(
        "<< /Type /ObjStm /N {} /First {} /Length {} >>\nstream\n",
        bodies.len(),
        index.len(),
        index.len() + data.len()
    );
    [head.as_bytes(), index.as_bytes(), &data, b"\nendstream"].concat()
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
