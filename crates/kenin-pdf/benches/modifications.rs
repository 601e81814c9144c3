//! What it costs to tell what was changed after signing, against one SHA-256 pass over the same octets.
//!
//!     cargo bench -p kenin-pdf --bench modifications
//!
//! The file has 20 MB and two signatures, each in a revision of its own; a third revision fills in nothing and adds a
//! security store. A reading of the first signed revision alone, in which nothing is compared, is what the analysis is
//! told from. Nothing is asserted about time.
// A bench: a file that is not as expected should stop it, and its last lines are the answer.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout, missing_docs)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use kenin_base::{Budget, Limits, Source};
use kenin_cms::Observer;
use kenin_facts::{Facts, LaterRevisions};
use kenin_pdf::{PdfOptions, observe};
use kenin_x509::CertificateCache;

const PAGES: u32 = 2000;
const PAGE_BYTES: usize = 10_000;
const RUNS: usize = 5;

/// A PDF that grows by revisions with classic tables.
struct Writer {
    bytes: Vec<u8>,
    offsets: Vec<(u32, usize)>,
    previous: Option<usize>,
}

impl Writer {
    fn object(&mut self, number: u32, body: &str) {
        self.offsets.push((number, self.bytes.len()));
        self.bytes.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
    }

    fn finish(&mut self) {
        let at = self.bytes.len();
        let mut table = String::from("xref\n");
        for (number, offset) in self.offsets.drain(..) {
            write!(table, "{number} 1\n{offset:010} 00000 n \n").unwrap();
        }
        let previous = self.previous.map(|at| format!("/Prev {at}")).unwrap_or_default();
        write!(table, "trailer\n<</Size 99999/Root 1 0 R{previous}>>\nstartxref\n{at}\n%%EOF\n").unwrap();
        self.bytes.extend(table.bytes());
        self.previous = Some(at);
    }

    /// A signature that covers everything but its own value, which is none: only its place matters here.
    fn sign(&mut self, field: u32, catalog: &str, page: &str) {
        let contents = format!("<{}>", "0".repeat(4000));
        self.object(1, catalog);
        self.object(3, page);
        let rectangle = format!("/Subtype/Widget/Rect[{0} 20 {1} 40]/F 4/P 3 0 R", field % 500, field % 500 + 50);
        let value = field + 1;
        self.object(field, &format!("<</Type/Annot/FT/Sig/T(S{field}){rectangle}/V {value} 0 R>>"));
        let start = self.bytes.len();
        let range = "[0 0000000000 0000000000 0000000000]";
        self.object(value, &format!("<</Type/Sig/SubFilter/ETSI.CAdES.detached/ByteRange{range}/Contents{contents}>>"));
        self.finish();
        let text = &self.bytes[start..];
        let at = |needle: &str| start + text.windows(needle.len()).position(|w| w == needle.as_bytes()).unwrap();
        let (gap, place) = (at(&contents), at(range));
        let behind = gap + contents.len();
        let range = format!("[0 {gap:010} {behind:010} {:010}]", self.bytes.len() - behind);
        self.bytes[place..place + range.len()].copy_from_slice(range.as_bytes());
    }
}

/// The whole file, and where its first signed revision ends.
fn made() -> (Vec<u8>, usize) {
    let mut writer = Writer { bytes: b"%PDF-1.7\n".to_vec(), offsets: Vec::new(), previous: None };
    let text = "BT /F1 12 Tf 72 760 Td (DEMO page) Tj ET 0 0 1 RG 10 10 m 200 200 l S\n".repeat(PAGE_BYTES / 70);
    let catalog = |fields: &str| format!("<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[{fields}]>>>>");
    let page = |number: u32, annotations: &str| {
        let content = number + 1;
        let resources = "/Resources<</Font<</F1 90000 0 R>>>>";
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R{resources}{annotations}>>")
    };
    let kids: String = (0..PAGES).map(|page| format!("{} 0 R ", 3 + 2 * page)).collect();
    writer.object(2, &format!("<</Type/Pages/Count {PAGES}/Kids[{kids}]>>"));
    writer.object(90_000, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    for number in (0..PAGES).map(|page| 3 + 2 * page) {
        if number > 3 {
            writer.object(number, &page(number, ""));
        }
        writer.object(number + 1, &format!("<</Length {}>>\nstream\n{text}\nendstream", text.len()));
    }
    writer.sign(90_010, &catalog("90010 0 R"), &page(3, "/Annots[90010 0 R]"));
    let first = writer.bytes.len();
    writer.sign(90_020, &catalog("90010 0 R 90020 0 R"), &page(3, "/Annots[90010 0 R 90020 0 R]"));
    let with_store = catalog("90010 0 R 90020 0 R").replace("/AcroForm", "/DSS 90030 0 R/AcroForm");
    writer.object(1, &with_store);
    writer.object(90_030, "<</Certs[]>>");
    writer.finish();
    (writer.bytes, first)
}

fn read(source: &Source) -> Facts {
    let (budget, cache) = (Budget::new(&Limits::default()), CertificateCache::new());
    observe(source, &PdfOptions::default(), Observer::new(&budget, &cache)).unwrap()
}

fn median(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[RUNS / 2]
}

fn two_signatures(criterion: &mut Criterion) {
    let (bytes, first) = made();
    let signed = Source::bytes(bytes[..first].to_vec());
    let hashing = median(|| _ = black_box(kenin_crypto::sha256(&bytes)));
    let whole = Source::bytes(bytes);
    let facts = read(&whole);
    let later: Vec<LaterRevisions> =
        facts.signatures.iter().map(|signature| signature.pdf.as_ref().unwrap().later_revisions).collect();
    assert_eq!(later, [LaterRevisions::Analysed, LaterRevisions::ValidationMaterialOnly]);

    let mut group = criterion.benchmark_group("modifications");
    group.sample_size(10);
    group.bench_function("20 MB, two signatures", |b| b.iter(|| read(&whole)));
    group.bench_function("its first signed revision", |b| b.iter(|| read(&signed)));
    group.finish();

    let (all, alone) = (median(|| drop(black_box(read(&whole)))), median(|| drop(black_box(read(&signed)))));
    let ratio = |time: Duration| time.as_secs_f64() / hashing.as_secs_f64();
    println!("floor: one SHA-256 pass over {} octets {hashing:?}", whole.len());
    println!("reading the file with two signatures: {all:?} = {:.2}x", ratio(all));
    println!("reading its first signed revision: {alone:?} = {:.2}x", ratio(alone));
    println!("beyond one pass of hashing: {:?} = {:.2}x", all.saturating_sub(hashing), ratio(all) - 1.0);
}

criterion_group!(benches, two_signatures);
criterion_main!(benches);
