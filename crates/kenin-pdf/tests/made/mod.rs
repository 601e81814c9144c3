//! A small signed PDF, updates behind it, and what they are told to change. The signature is a place without a value:
//! facts about changes rest on where it lies, not on what it proves.

// Helpers outside the test functions are test code all the same.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use kenin_base::{Budget, Limits, Source};
use kenin_cms::Observer;
use kenin_facts::{LaterRevisions, Modification};
use kenin_pdf::{PdfOptions, observe};
use kenin_x509::CertificateCache;

/// The objects that every document starts from: 1 the catalog, 2 the page tree, 3 the page, 4 its font, 5 its content,
/// 6 the signature field and 7 its value.
pub const CATALOG: &str = "<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[6 0 R]>>>>";
pub const PAGE: &str = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R\
                        /Resources<</Font<</F1 4 0 R>>>>/Annots[6 0 R]>>";
const BYTE_RANGE: &str = "/ByteRange[0 0000000000 0000000000 0000000000]";
const CONTENTS: &str = "/Contents<0000000000000000>";
const SIZE: u32 = 30;

/// Objects by number, as they are written between `obj` and `endobj`.
pub type Objects<'o> = &'o [(u32, &'o str)];

/// A dictionary with more entries.
pub fn with(dictionary: &str, entries: &str) -> String {
    dictionary.replacen("<<", &format!("<<{entries}"), 1)
}

/// The catalog's /Fields or the page's /Annots with more references.
pub fn listing(dictionary: &str, references: &str) -> String {
    dictionary.replacen("[6 0 R", &format!("[6 0 R {references}"), 1)
}

pub fn stream(entries: &str, data: &str) -> String {
    format!("<<{entries}/Length {}>>\nstream\n{data}\nendstream", data.len())
}

/// Page content with a line of text, 72 to the right and 760 up.
pub fn line(text: &str) -> String {
    stream("", &format!("BT /F1 16 Tf 72 760 Td ({text}) Tj ET"))
}

/// A form XObject that covers the line of text with another one.
pub fn cover() -> String {
    let entries = "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>";
    stream(entries, "1 g 0 700 595 142 re f 0 g BT /F1 16 Tf 72 760 Td (Dose 900 mg) Tj ET")
}

/// An object stream (7.5.7) without filter: its entries but /Length, and its data.
pub fn object_stream(members: Objects<'_>) -> (String, String) {
    let (mut header, mut data) = (String::new(), String::new());
    for (number, body) in members {
        write!(header, "{number} {} ", data.len()).unwrap();
        write!(data, "{body} ").unwrap();
    }
    (format!("/Type/ObjStm/N {}/First {}", members.len(), header.len()), header + &data)
}

/// A PDF that grows by revisions.
pub struct Pdf {
    pub bytes: Vec<u8>,
    previous: Option<usize>,
}

impl Pdf {
    /// The signed document with these objects put in place of its own or added.
    pub fn signed(objects: Objects<'_>) -> Self {
        Self::signed_with(objects, |pdf, all| pdf.update(all))
    }

    /// The signed document with some of its objects in the object stream 10 and a cross-reference stream as 11.
    pub fn signed_packed(packed: Objects<'_>) -> Self {
        Self::signed_with(&[], |pdf, all| {
            let (entries, data) = object_stream(packed);
            let container = stream(&entries, &data);
            let is_packed = |number: u32| packed.iter().any(|(member, _)| *member == number);
            let mut rest: Vec<_> = all.iter().copied().filter(|(number, _)| !is_packed(*number)).collect();
            rest.push((10, &container));
            let members: Vec<u32> = packed.iter().map(|(number, _)| *number).collect();
            pdf.update_packed(&rest, 11, (10, &members))
        })
    }

    fn signed_with(objects: Objects<'_>, write: impl FnOnce(Self, Objects<'_>) -> Self) -> Self {
        let content = line("Dose 10 mg daily");
        let value = format!("<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached{BYTE_RANGE}{CONTENTS}>>");
        let mut all = BTreeMap::from([
            (1, CATALOG),
            (2, "<</Type/Pages/Count 1/Kids[3 0 R]>>"),
            (3, PAGE),
            (4, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"),
            (5, &content),
            (6, "<</Type/Annot/Subtype/Widget/FT/Sig/T(S1)/V 7 0 R/P 3 0 R/Rect[0 0 0 0]/F 132>>"),
            (7, &value),
        ]);
        all.extend(objects.iter().copied());
        let all: Vec<(u32, &str)> = all.into_iter().collect();
        let mut pdf = write(Self { bytes: b"%PDF-1.7\n".to_vec(), previous: None }, &all);
        let at = |needle: &str| pdf.bytes.windows(needle.len()).position(|w| w == needle.as_bytes()).unwrap();
        let (place, contents) = (at(BYTE_RANGE), at(CONTENTS));
        let (gap, behind) = (contents + "/Contents".len(), contents + CONTENTS.len());
        let range = format!("/ByteRange[0 {gap:010} {behind:010} {:010}]", pdf.bytes.len() - behind);
        pdf.bytes.splice(place..place + BYTE_RANGE.len(), range.into_bytes());
        pdf
    }

    pub fn update(self, objects: Objects<'_>) -> Self {
        self.update_of_size(objects, SIZE)
    }

    /// A revision with a classic table.
    pub fn update_of_size(mut self, objects: Objects<'_>, size: u32) -> Self {
        let mut table = String::from("xref\n");
        for (number, body) in objects {
            write!(table, "{number} 1\n{:010} 00000 n \n", self.bytes.len()).unwrap();
            self.object(*number, body.as_bytes());
        }
        let at = self.bytes.len();
        write!(table, "trailer\n<<{}>>\n", self.trailer(size)).unwrap();
        self.bytes.extend(table.bytes());
        self.end(at)
    }

    /// A revision with the cross-reference stream `table`, which also lists what an object stream has.
    pub fn update_packed(mut self, objects: Objects<'_>, table: u32, (container, members): (u32, &[u32])) -> Self {
        let mut rows: BTreeMap<u32, (u8, usize, usize)> = BTreeMap::new();
        for (number, body) in objects {
            rows.insert(*number, (1, self.bytes.len(), 0));
            self.object(*number, body.as_bytes());
        }
        self.cross_reference_stream(rows, table, (container, members))
    }

    /// A revision with one object stream, compressed, of these members, and a cross-reference stream.
    pub fn update_compressed(mut self, container: u32, members: Objects<'_>, table: u32) -> Self {
        use std::io::Write as _;
        let (entries, data) = object_stream(members);
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(data.as_bytes()).unwrap();
        let data = encoder.finish().unwrap();
        let mut body = format!("<<{entries}/Filter/FlateDecode/Length {}>>\nstream\n", data.len()).into_bytes();
        body.extend(data.iter().chain(b"\nendstream"));
        let rows = BTreeMap::from([(container, (1, self.bytes.len(), 0))]);
        self.object(container, &body);
        let members: Vec<u32> = members.iter().map(|(number, _)| *number).collect();
        self.cross_reference_stream(rows, table, (container, &members))
    }

    fn cross_reference_stream(
        mut self,
        mut rows: BTreeMap<u32, (u8, usize, usize)>,
        table: u32,
        (container, members): (u32, &[u32]),
    ) -> Self {
        let at = self.bytes.len();
        rows.insert(table, (1, at, 0));
        rows.extend(
            members
                .iter()
                .enumerate()
                .map(|(index, member)| (*member, (2, usize::try_from(container).unwrap(), index))),
        );
        let (mut index, mut data) = (String::new(), Vec::new());
        for (number, (kind, second, third)) in &rows {
            write!(index, "{number} 1 ").unwrap();
            data.push(*kind);
            data.extend(u32::try_from(*second).unwrap().to_be_bytes());
            data.extend(u16::try_from(*third).unwrap().to_be_bytes());
        }
        let size = rows.keys().last().map_or(SIZE, |last| SIZE.max(last + 1));
        let entries = format!("/Type/XRef/W[1 4 2]/Index[{index}]{}", self.trailer(size));
        let mut body = format!("<<{entries}/Length {}>>\nstream\n", data.len()).into_bytes();
        body.extend(data.iter().chain(b"\nendstream"));
        self.object(table, &body);
        self.end(at)
    }

    fn object(&mut self, number: u32, body: &[u8]) {
        self.bytes.extend(format!("{number} 0 obj\n").bytes());
        self.bytes.extend(body.iter().chain(b"\nendobj\n"));
    }

    fn trailer(&self, size: u32) -> String {
        let previous = self.previous.map(|at| format!("/Prev {at}")).unwrap_or_default();
        format!("/Size {size}/Root 1 0 R{previous}")
    }

    fn end(mut self, section: usize) -> Self {
        self.bytes.extend(format!("startxref\n{section}\n%%EOF\n").bytes());
        self.previous = Some(section);
        self
    }

    /// What the revisions after the first signature do, and their changes.
    pub fn modifications(self) -> (LaterRevisions, Vec<Modification>) {
        let budget = Budget::new(&Limits::default());
        let cache = CertificateCache::new();
        let source = Source::bytes(self.bytes);
        let facts = observe(&source, &PdfOptions::default(), Observer::new(&budget, &cache)).unwrap();
        let signature = facts.signatures.iter().find_map(|signature| signature.pdf.clone()).unwrap();
        assert!(matches!(&*signature.field, "S1" | ""));
        (signature.later_revisions, signature.modifications)
    }

    /// The same, each change in a line: rule, object, path, field, page, place.
    pub fn told(self) -> (LaterRevisions, Vec<String>) {
        let (later, modifications) = self.modifications();
        (later, modifications.iter().map(told).collect())
    }
}

fn told(made: &Modification) -> String {
    let mut line = format!("{}: {}", made.rule.as_str(), made.object);
    if !made.what.is_empty() {
        write!(line, " {}", made.what).unwrap();
    }
    if let Some(field) = &made.field {
        write!(line, ", field {field}").unwrap();
    }
    if let Some(page) = made.page {
        write!(line, ", page {page}").unwrap();
    }
    if let Some(rect) = made.rect {
        write!(line, ", at {rect}").unwrap();
    }
    if made.over_text {
        line.push_str(", over text");
    }
    line
}
