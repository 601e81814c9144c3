//! PDF files that are deep, long or many, and small ones that unfold.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use kenin_base::Resource;
use kenin_testkit::TSA_POLICY;
use kenin_testkit::cms::{SignedData, Signer};
use kenin_testkit::tokens::TokenSpec;

use crate::cms::world;
use crate::{Document, Expected, Row};

const MILLION: usize = 1_000_000;
const MIB: usize = 1 << 20;

const PAGES: &str = "<</Type/Pages/Count 1/Kids[3 0 R]>>";
const PAGE: &str = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>";
const FIELD: &str = "<</FT/Sig/T(Signature1)/V 5 0 R>>";
/// A signature that covers nothing and holds none.
const EMPTY: &str = "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 1 2 3]/Contents<00>>>";

pub const ROWS: &[Row] = &[
    Row { id: "xref-sections-100000", expected: Expected::Limit(Resource::PdfXrefSections), document: sections },
    Row {
        id: "xref-loop",
        // ISO 32000-1 7.5.5: /Prev is the section before. Where it leads back nobody can tell what stood there.
        expected: Expected::Finding("indeterminate", 2, "xref-repaired"),
        document: xref_loop,
    },
    Row { id: "objects-4000000", expected: Expected::Limit(Resource::PdfObjects), document: objects },
    Row { id: "fields-4000000-of-one-object", expected: Expected::Limit(Resource::PdfObjects), document: same_field },
    Row { id: "arrays-nested", expected: Expected::Limit(Resource::PdfDepth), document: nested },
    Row { id: "fields-nested", expected: Expected::Limit(Resource::PdfDepth), document: nested_fields },
    Row { id: "signature-fields-100000", expected: Expected::Limit(Resource::Signatures), document: fields },
    Row { id: "fields-below-a-long-name", expected: Expected::Limit(Resource::PdfDecodedBytes), document: long_name },
    Row { id: "object-stream-bomb", expected: Expected::Limit(Resource::PdfDecodedBytes), document: stream_bomb },
    Row { id: "array-in-an-object-stream", expected: Expected::Limit(Resource::PdfObjects), document: array_bomb },
    Row { id: "object-stream-index", expected: Expected::Limit(Resource::PdfParsedBytes), document: index_bomb },
    Row { id: "xref-stream-bomb", expected: Expected::Limit(Resource::PdfParsedBytes), document: xref_bomb },
    Row { id: "objects-within-each-other", expected: Expected::Limit(Resource::PdfParsedBytes), document: overlapping },
    Row { id: "values-compared-again", expected: Expected::Limit(Resource::PdfComparisons), document: comparisons },
];

/// A file being written.
struct Pdf {
    bytes: Vec<u8>,
    /// Number and offset of each object since the last table.
    offsets: Vec<(usize, usize)>,
    previous: Option<usize>,
    size: usize,
}

impl Pdf {
    /// A page and a form with these fields.
    fn new(fields: &str) -> Self {
        Self::with_catalog("", fields)
    }

    fn with_catalog(entries: &str, fields: &str) -> Self {
        let mut pdf = Self { bytes: b"%PDF-1.7\n".to_vec(), offsets: Vec::new(), previous: None, size: 0 };
        let form = format!("/AcroForm<</SigFlags 3/Fields[{fields}]>>");
        pdf.object(1, format!("<</Type/Catalog/Pages 2 0 R{form}{entries}>>"));
        pdf.object(2, PAGES);
        pdf.object(3, PAGE);
        pdf
    }

    fn object(&mut self, number: usize, body: impl AsRef<[u8]>) -> usize {
        let offset = self.bytes.len();
        self.offsets.push((number, offset));
        writeln!(self.bytes, "{number} 0 obj").unwrap();
        self.bytes.extend_from_slice(body.as_ref());
        self.bytes.extend_from_slice(b"\nendobj\n");
        offset
    }

    fn stream(&mut self, number: usize, entries: &str, data: &[u8]) -> usize {
        let head = format!("<<{entries}/Length {}>>stream\n", data.len());
        self.object(number, [head.as_bytes(), data, b"\nendstream"].concat())
    }

    /// A table of what was written since the last one.
    fn table(&mut self) {
        let start = self.bytes.len();
        let mut table = String::from("xref\n");
        self.size = self.offsets.iter().map(|(number, _)| number + 1).fold(self.size, usize::max);
        self.offsets.sort_unstable();
        if self.previous.is_none() {
            table.push_str("0 1\n0000000000 65535 f \n");
        }
        for run in self.offsets.chunk_by(|(one, _), (next, _)| one + 1 == *next) {
            writeln!(table, "{} {}", run[0].0, run.len()).unwrap();
            run.iter().for_each(|(_, offset)| writeln!(table, "{offset:010} 00000 n ").unwrap());
        }
        let previous = self.previous.map(|offset| format!("/Prev {offset}")).unwrap_or_default();
        let size = self.size;
        write!(table, "trailer<</Size {size}/Root 1 0 R{previous}>>\nstartxref\n{start}\n%%EOF\n").unwrap();
        self.bytes.extend_from_slice(table.as_bytes());
        self.offsets.clear();
        self.previous = Some(start);
    }

    /// A cross-reference stream of these records in place of a table.
    fn xref_stream(&mut self, entries: &str, records: &[u8]) {
        let start = self.stream(9, &format!("/Type/XRef/Root 1 0 R{entries}"), records);
        write!(self.bytes, "startxref\n{start}\n%%EOF\n").unwrap();
    }

    fn document(self) -> Document {
        Document::Octets(self.bytes)
    }

    /// An object stream, number 8, that holds the only field, number 4.
    fn with_packed_field(entries: &str, data: &[u8]) -> Document {
        let mut pdf = Self::new("4 0 R");
        pdf.object(5, EMPTY);
        pdf.stream(8, &format!("/Type/ObjStm{entries}/Filter/FlateDecode"), &deflate(data));
        let record = |number: usize| match pdf.offsets.iter().find(|(known, _)| *known == number) {
            Some((_, offset)) => [&[1], &u32::try_from(*offset).unwrap().to_be_bytes()[..], &[0]].concat(),
            None if number == 4 => vec![2, 0, 0, 0, 8, 0],
            None => vec![0; 6],
        };
        let records: Vec<u8> = (0..9).flat_map(record).collect();
        pdf.xref_stream("/W[1 4 1]/Size 9", &records);
        pdf.document()
    }
}

fn deflate(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn references(numbers: impl Iterator<Item = usize>) -> String {
    numbers.map(|number| format!("{number} 0 R ")).collect()
}

/// A file with one field, without a signature that is any good.
fn one_field() -> Pdf {
    let mut pdf = Pdf::new("4 0 R");
    pdf.object(4, FIELD);
    pdf.object(5, EMPTY);
    pdf
}

/// The same signed, and covered to its end.
fn signed(entries: &str, objects: &[(usize, String)]) -> Pdf {
    let mut pdf = Pdf::with_catalog(entries, "4 0 R");
    pdf.object(4, FIELD);
    let head = "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(D:20240520103000+09'00')/ByteRange[";
    let value = pdf.object(5, format!("{head}{:40}]/Contents<{}>>>", "", "0".repeat(20_000)));
    for (number, body) in objects {
        pdf.object(*number, body);
    }
    pdf.table();
    let range = value + "5 0 obj\n".len() + head.len();
    let begin = range + 40 + "]/Contents".len();
    let end = begin + 20_002;
    let written = format!("0 {begin} {end} {}", pdf.bytes.len() - end);
    pdf.bytes[range..range + written.len()].copy_from_slice(written.as_bytes());
    let covered = [&pdf.bytes[..begin], &pdf.bytes[end..]].concat();
    let contents: String = signature(&covered).iter().map(|o| format!("{o:02x}")).collect();
    pdf.bytes[begin + 1..begin + 1 + contents.len()].copy_from_slice(contents.as_bytes());
    pdf
}

/// PAdES-T with its chain and revocation lists inside.
fn signature(covered: &[u8]) -> Vec<u8> {
    let world = world();
    let signer = Signer::of_data(world.identity("doctor"));
    let info = signer.sign(signer.attributes(covered));
    let token = TokenSpec::over(&info.signature, world.identity("tsu-a"), TSA_POLICY, "20240520013005Z").to_der();
    let certificates = ["doctor", "signing-ca", "root"].map(|name| world.certificate(name));
    let crls = ["signing", "sarl"].map(|name| world.crl(name));
    SignedData::detached(info.with_timestamp(&token)).carrying(&certificates, &crls).to_der()
}

fn sections() -> Document {
    let mut pdf = one_field();
    (0..100_001).for_each(|_| pdf.table());
    pdf.document()
}

/// An update whose table is its own predecessor.
fn xref_loop() -> Document {
    let mut pdf = signed("", &[]);
    pdf.object(3, PAGE);
    pdf.previous = Some(pdf.bytes.len());
    pdf.table();
    pdf.document()
}

fn objects() -> Document {
    let mut pdf = one_field();
    pdf.bytes.extend(b"9 0 obj\n".repeat(4 * MILLION));
    pdf.bytes.extend(b"trailer<</Root 1 0 R>>\n");
    pdf.document()
}

fn same_field() -> Document {
    let mut pdf = Pdf::new(&"4 0 R ".repeat(4 * MILLION));
    pdf.object(4, FIELD);
    pdf.object(5, EMPTY);
    pdf.table();
    pdf.document()
}

fn nested() -> Document {
    let mut pdf = Pdf::new(&format!("{}{}", "[".repeat(200), "]".repeat(200)));
    pdf.table();
    pdf.document()
}

fn nested_fields() -> Document {
    let mut pdf = Pdf::new("10 0 R");
    for number in 10..1_000 {
        pdf.object(number, format!("<</T(x)/Kids[{} 0 R]>>", number + 1));
    }
    pdf.table();
    pdf.document()
}

fn fields() -> Document {
    let numbers = 10..100_010;
    let mut pdf = Pdf::new(&references(numbers.clone()));
    pdf.object(5, EMPTY);
    for number in numbers {
        pdf.object(number, format!("<</FT/Sig/T(Signature{number})/V 5 0 R>>"));
    }
    pdf.table();
    pdf.document()
}

/// Each field is called by a megabyte of its parent's name.
fn long_name() -> Document {
    let numbers = 11..5_011;
    let mut pdf = Pdf::new("10 0 R");
    pdf.object(5, EMPTY);
    pdf.object(10, format!("<</FT/Sig/T({})/Kids[{}]>>", "n".repeat(MIB), references(numbers.clone())));
    for number in numbers {
        pdf.object(number, "<</V 5 0 R>>");
    }
    pdf.table();
    pdf.document()
}

fn stream_bomb() -> Document {
    Pdf::with_packed_field("/N 1/First 4", &[format!("4 0 {FIELD}").as_bytes(), &vec![b' '; 257 * MIB]].concat())
}

fn array_bomb() -> Document {
    let data = [b"4 0 [", &*b"0 ".repeat(16 * MIB), b"]"].concat();
    Pdf::with_packed_field("/N 1/First 4", &data)
}

fn index_bomb() -> Document {
    let count = 8 * MIB;
    let data = [&*b"4 0 ".repeat(count), FIELD.as_bytes()].concat();
    Pdf::with_packed_field(&format!("/N {count}/First {}", 4 * count), &data)
}

fn xref_bomb() -> Document {
    let mut pdf = one_field();
    pdf.xref_stream("/W[0 1 0]/Size 99999999/Filter/FlateDecode", &deflate(&vec![0; 64 * MIB]));
    pdf.document()
}

/// Objects that begin in each other's strings: each is as long as the rest of the file.
fn overlapping() -> Document {
    let numbers = 10..20_010;
    let mut pdf = Pdf::new(&references(numbers.clone()));
    for number in numbers {
        pdf.offsets.push((number, pdf.bytes.len()));
        write!(pdf.bytes, "{number} 0 obj ( {:50}", "").unwrap();
    }
    pdf.bytes.push(b'\n');
    pdf.table();
    pdf.document()
}

/// Updates that write an object stream anew, each time in a file of 100,000 objects of which any may have been in it.
fn comparisons() -> Document {
    let mut pdf = signed("", &[]);
    let offset = pdf.stream(8, "/Type/ObjStm/N 1/First 4", b"7 0 1");
    let entry = |kind: u8, value: usize| [&[kind], &u32::try_from(value).unwrap().to_be_bytes()[..], &[0]].concat();
    let records = [entry(2, 8), entry(1, offset), entry(1, pdf.bytes.len()), entry(0, 0).repeat(100_000)].concat();
    let previous = pdf.previous.unwrap();
    pdf.offsets.clear();
    pdf.previous = Some(pdf.bytes.len());
    let entries = format!("/W[1 4 1]/Index[7 3 10 100000]/Size 100010/Prev {previous}/Filter/FlateDecode");
    pdf.xref_stream(&entries, &deflate(&records));
    pdf.offsets.clear();
    pdf.size = 100_010;
    for _ in 0..100 {
        pdf.stream(8, "/Type/ObjStm/N 1/First 4", b"7 0 1");
        pdf.table();
    }
    pdf.document()
}
