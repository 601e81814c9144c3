//! Objects, cross-reference data and incremental updates (ISO 32000-1 7.5).

use std::collections::{BTreeMap, BTreeSet};

use super::encryption::Encryption;
use super::xref::{self, Place, Spelling};
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

/// A PDF file being written, one revision after the other.
#[derive(Clone)]
pub struct Pdf {
    bytes: Vec<u8>,
    spelling: Spelling,
    pending: BTreeMap<u32, Vec<u8>>,
    moved: BTreeMap<u32, Place>,
    offsets: BTreeMap<u32, usize>,
    next: u32,
    last_xref: Option<usize>,
    /// Object number of the catalog.
    pub root: u32,
    /// Further entries of the trailers written from here on.
    pub trailer: String,
    /// Objects that a hybrid file keeps from readers without cross-reference streams, beside the DSS.
    pub hidden: BTreeSet<u32>,
    encryption: Option<(u32, Encryption)>,
}

impl Pdf {
    /// A file with its header and nothing else.
    #[must_use]
    pub fn new() -> Pdf {
        Pdf::spelled(Spelling::USUAL)
    }

    /// The same, spelled as a case needs it.
    #[must_use]
    pub fn spelled(spelling: Spelling) -> Pdf {
        let (before, end) = (spelling.before_header.as_bytes(), spelling.line_end.as_bytes());
        Pdf {
            bytes: [before, b"%PDF-1.7", end, b"%\xe2\xe3\xcf\xd3", end].concat(),
            spelling,
            pending: BTreeMap::new(),
            moved: BTreeMap::new(),
            offsets: BTreeMap::new(),
            next: 1,
            last_xref: None,
            root: 1,
            trailer: String::new(),
            hidden: BTreeSet::new(),
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

    /// Frees object `number` in the revision being written.
    pub fn free(&mut self, number: u32) {
        self.moved.insert(number, Place::Free);
    }

    /// Has the cross-reference data of the revision being written say that object `number` lies at `offset`.
    pub fn point(&mut self, number: u32, offset: usize) {
        self.moved.insert(number, Place::Offset(offset));
    }

    /// Appends octets that no cross-reference data knows.
    pub fn append(&mut self, octets: &[u8]) {
        self.bytes.extend(octets);
    }

    /// Sets object `number` to a stream with `entries` beside /Length.
    pub fn set_stream(&mut self, number: u32, entries: &str, data: &[u8]) {
        let data = match &self.encryption {
            Some((_, encryption)) => encryption.encrypt(number, data),
            None => data.to_vec(),
        };
        let (end, stream_end) = (self.spelling.line_end, self.spelling.stream_line_end());
        let head = format!("<< {entries} /Length {} >>{end}stream{stream_end}", data.len());
        self.set(number, [head.as_bytes(), &data, end.as_bytes(), b"endstream"].concat());
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

    /// The line that begins object `number`.
    pub(super) fn object_line(&self, number: u32) -> String {
        format!("{number} 0 obj{}", self.spelling.line_end)
    }

    /// Appends every pending object and the cross-reference data that makes them current.
    pub fn finish_revision(&mut self, layout: Layout) {
        let mut pending = std::mem::take(&mut self.pending);
        let mut places = std::mem::take(&mut self.moved);
        if layout != Layout::Classic {
            let may_be_member = |number: &u32, body: &[u8]| match layout {
                Layout::Hybrid => self.hidden.contains(number) || has(body, b"/Type /DSS"),
                _ => may_be_compressed(body),
            };
            let members = pending.iter().filter(|(number, body)| may_be_member(number, body));
            let members: Vec<u32> = members.map(|(number, _)| *number).collect();
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
            let (begin, end) = (self.object_line(number), self.spelling.line_end);
            self.bytes.extend([begin.as_bytes(), &body, end.as_bytes(), b"endobj", end.as_bytes()].concat());
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
        let (xref, end) = (self.spelling.offset(xref), self.spelling.line_end);
        self.bytes.extend(format!("startxref{end}{xref}{end}%%EOF{end}").bytes());
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
        entries.push_str(&self.trailer);
        entries
    }

    fn write_table(&mut self, places: &BTreeMap<u32, Place>, stream: Option<usize>) -> usize {
        let offset = self.bytes.len();
        let mut table = xref::table(places, self.last_xref.is_none(), &self.spelling);
        let stream = stream.map_or_else(String::new, |stream| format!(" /XRefStm {}", self.spelling.offset(stream)));
        let end = self.spelling.line_end;
        table.push_str(&format!("trailer{end}<< {}{stream} >>{end}", self.trailer_entries()));
        self.bytes.extend(table.bytes());
        offset
    }

    /// Writes a cross-reference stream; a whole one lists itself and object 0.
    fn write_stream(&mut self, places: &BTreeMap<u32, Place>, whole: bool) -> usize {
        let number = self.reserve();
        let offset = self.bytes.len();
        let own = whole.then_some((number, offset));
        let (index, data) = xref::stream(places, own, self.last_xref.is_none(), &self.spelling);
        let head = format!(
            "{number} 0 obj\n<< /Type /XRef /W [1 4 2] /Index [{}] {} /Length {} >>\nstream\n",
            index,
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
/// /Contents lies in the file as written.
fn may_be_compressed(body: &[u8]) -> bool {
    !has(body, b"\nstream\n") && !has(body, b"/ByteRange") && !has(body, b"/Filter /Standard")
}

fn has(body: &[u8], needle: &[u8]) -> bool {
    body.windows(needle.len()).any(|window| window == needle)
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
