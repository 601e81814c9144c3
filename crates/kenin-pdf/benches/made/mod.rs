//! Large signed PDFs, made by code.

use std::fmt::Write as _;
use std::io::Write as _;

/// Members of one object stream.
const MEMBERS: usize = 200;

/// A PDF being written: objects, and classic tables that name them.
struct File {
    bytes: Vec<u8>,
    offsets: Vec<(usize, usize)>,
    previous: Option<usize>,
    size: usize,
}

impl File {
    fn new() -> Self {
        Self { bytes: b"%PDF-1.7\n".to_vec(), offsets: Vec::new(), previous: None, size: 1 }
    }

    fn object(&mut self, number: usize, body: &str) {
        self.offsets.push((number, self.bytes.len()));
        self.size = self.size.max(number + 1);
        write!(self.bytes, "{number} 0 obj\n{body}\nendobj\n").unwrap();
    }

    /// A signature field whose /ByteRange covers the revision, with a value that is no CMS.
    fn signature(&mut self, number: usize, name: &str) {
        self.object(
            number,
            &format!("<</FT/Sig/T({name})/V {} 0 R/Type/Annot/Subtype/Widget/Rect[0 0 0 0]>>", number + 1),
        );
        let head = "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[";
        let body = format!("{head}{:30}]/Contents<30030201ff>>>", "");
        self.object(number + 1, &body);
    }

    /// Fills in the /ByteRange of the only signature, which the file now covers.
    fn cover(&mut self) {
        let at = memchr::memmem::find(&self.bytes, b"/ByteRange[").unwrap() + 11;
        let begin = memchr::memmem::find(&self.bytes, b"<30030201ff>").unwrap();
        let end = begin + 12;
        let range = format!("0 {begin} {end} {}", self.bytes.len() - end);
        self.bytes.splice(at..at + range.len(), range.bytes());
    }

    fn finish(&mut self) {
        self.offsets.sort_unstable();
        let xref = self.bytes.len();
        let mut table = String::from("xref\n");
        if self.previous.is_none() {
            self.offsets.insert(0, (0, 0));
        }
        for run in self.offsets.chunk_by(|(one, _), (next, _)| one + 1 == *next) {
            writeln!(table, "{} {}", run.first().unwrap().0, run.len()).unwrap();
            for (number, offset) in run {
                let kind = if *number == 0 { "65535 f" } else { "00000 n" };
                writeln!(table, "{offset:010} {kind} ").unwrap();
            }
        }
        let previous = self.previous.map(|offset| format!("/Prev {offset}")).unwrap_or_default();
        let size = self.size;
        write!(table, "trailer<</Size {size}/Root 1 0 R{previous}>>\nstartxref\n{xref}\n%%EOF\n").unwrap();
        self.bytes.extend_from_slice(table.as_bytes());
        self.offsets.clear();
        self.previous = Some(xref);
    }
}

/// A signed revision with a catalog, a page, and more objects.
fn signed(catalog: &str, more: impl Iterator<Item = (usize, String)>) -> File {
    let mut file = File::new();
    file.object(1, &format!("<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[4 0 R]>>{catalog}>>"));
    file.object(2, "<</Type/Pages/Count 1/Kids[3 0 R]>>");
    file.object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[4 0 R]>>");
    file.signature(4, "Signature1");
    for (number, body) in more {
        file.object(number, &body);
    }
    file.finish();
    file.cover();
    file
}

/// Every increment replaces the metadata.
pub fn replacing(increments: usize) -> Vec<u8> {
    let metadata = |text: usize| format!("<</Type/Metadata/Subtype/XML/Length 8>>stream\n{text:8}\nendstream");
    let mut file = signed("/Metadata 6 0 R", [(6, metadata(0))].into_iter());
    for increment in 1..=increments {
        file.object(6, &metadata(increment));
        file.finish();
    }
    file.bytes
}

/// Every increment defines an entry of /VRI that was named before and undefined, and a certificate of its own.
pub fn adding_vri(increments: usize) -> Vec<u8> {
    let first = 10;
    let named = (0..increments).fold(String::new(), |mut text, increment| {
        write!(text, "/{increment:040X} {} 0 R", first + 2 * increment).unwrap();
        text
    });
    let mut file = signed("/DSS 6 0 R", [(6, format!("<</Type/DSS/VRI<<{named}>>>>"))].into_iter());
    for increment in 0..increments {
        let number = first + 2 * increment;
        file.object(number, &format!("<</Type/VRI/CRL[{} 0 R]>>", number + 1));
        file.object(number + 1, &format!("<</Length 8>>stream\n{increment:8}\nendstream"));
        file.finish();
    }
    file.bytes
}

/// Every increment replaces /DSS, whose large arrays stay what they are.
pub fn replacing_store(increments: usize) -> Vec<u8> {
    let first = 10;
    let items = (0..increments).map(|item| (first + item, format!("<</Length 8>>stream\n{item:8}\nendstream")));
    let array = (0..increments).fold(String::new(), |mut text, item| {
        write!(text, "{} 0 R ", first + item).unwrap();
        text
    });
    let store = "<</Type/DSS/CRLs 7 0 R>>";
    let mut file = signed("/DSS 6 0 R", [(6, store.to_owned()), (7, format!("[{array}]"))].into_iter().chain(items));
    for _ in 0..increments {
        file.object(6, store);
        file.finish();
    }
    file.bytes
}

/// Objects that one classic table names, none of them reached.
pub fn classic(objects: usize) -> Vec<u8> {
    signed("", (6..objects).map(|number| (number, format!("<</Name/Object{number}>>")))).bytes
}

/// The objects after the signature in object streams, which a cross-reference stream names in a second revision.
pub fn streams(objects: usize) -> Vec<u8> {
    let mut file = signed("", std::iter::empty());
    let first = 10;
    let streams = objects / MEMBERS;
    let mut records: Vec<u8> = Vec::new();
    let mut places: Vec<u8> = Vec::new();
    for stream in 0..streams {
        let number = first + objects + stream;
        let (mut index, mut bodies) = (String::new(), String::new());
        for member in 0..MEMBERS {
            let inner = first + stream * MEMBERS + member;
            write!(index, "{inner} {} ", bodies.len()).unwrap();
            write!(bodies, "<</Name/Object{inner}>> ").unwrap();
            record(&mut records, 2, number, member);
        }
        record(&mut places, 1, file.bytes.len(), 0);
        let (start, length) = (index.len(), index.len() + bodies.len());
        let head =
            format!("<</Type/ObjStm/N {MEMBERS}/First {start}/Length {length}>>stream\n{index}{bodies}\nendstream");
        write!(file.bytes, "{number} 0 obj\n{head}\nendobj\n").unwrap();
    }
    let number = first + objects + streams;
    let xref = file.bytes.len();
    record(&mut places, 1, xref, 0);
    records.extend(places);
    let (size, count, previous) = (number + 1, objects + streams + 1, file.previous.unwrap());
    let head = format!(
        "<</Type/XRef/Size {size}/W[1 4 2]/Index[{first} {count}]/Root 1 0 R/Prev {previous}/Length {}>>",
        records.len()
    );
    write!(file.bytes, "{number} 0 obj\n{head}stream\n").unwrap();
    file.bytes.extend(records);
    write!(file.bytes, "\nendstream\nendobj\nstartxref\n{xref}\n%%EOF\n").unwrap();
    file.bytes
}

fn record(records: &mut Vec<u8>, kind: u8, second: usize, third: usize) {
    records.push(kind);
    records.extend(u32::try_from(second).unwrap().to_be_bytes());
    records.extend(u16::try_from(third).unwrap().to_be_bytes());
}
