//! Appended revisions that some viewer shows differently from the cross-reference view. None of them is growth, each
//! was found by making the change and looking at it in several viewers.

// Helpers outside the test functions are test code all the same.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use kenin_base::{Budget, FindingCode, Limits, Source};
use kenin_cms::Observer;
use kenin_facts::{LaterRevisions, ModificationClass};
use kenin_pdf::{PdfOptions, observe};
use kenin_x509::CertificateCache;

fn signed() -> Vec<u8> {
    std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/pdf/pades-b.pdf")).unwrap()
}

fn findings(bytes: Vec<u8>) -> Vec<FindingCode> {
    let budget = Budget::new(&Limits::default());
    let cache = CertificateCache::new();
    let facts = observe(&Source::bytes(bytes), &PdfOptions::default(), Observer::new(&budget, &cache)).unwrap();
    facts.signatures[0].findings.iter().map(|finding| finding.code).collect()
}

/// What the later revisions do, and the rules of what they change beyond preserving the document.
fn later(bytes: Vec<u8>) -> (LaterRevisions, Vec<&'static str>) {
    let budget = Budget::new(&Limits::default());
    let cache = CertificateCache::new();
    let observer = Observer::new(&budget, &cache);
    let facts = observe(&Source::bytes(bytes), &PdfOptions::default(), observer).unwrap();
    let pdf = facts.signatures[0].pdf.clone().unwrap();
    let more = pdf.modifications.iter().filter(|made| made.rule.class() > ModificationClass::Preservation);
    (pdf.later_revisions, more.map(|made| made.rule.as_str()).collect())
}

fn preserved() -> (LaterRevisions, Vec<&'static str>) {
    (LaterRevisions::ValidationMaterialOnly, vec![])
}

fn text_of(file: &[u8], number: u32) -> String {
    let text = String::from_utf8_lossy(file).into_owned();
    let start = text.rfind(&format!("\n{number} 0 obj\n")).unwrap();
    let body = text[start..].split_once("obj\n").unwrap().1;
    body.split("\nendobj").next().unwrap().to_owned()
}

/// One update: objects as they are written in full, their table rows, what stands before the table, what follows.
struct Update<'u> {
    objects: Vec<(u32, u16, String)>,
    before_table: &'u str,
    after: &'u str,
}

impl Update<'_> {
    fn append_to(&self, mut file: Vec<u8>) -> Vec<u8> {
        let text = String::from_utf8_lossy(&file).into_owned();
        let last = |key: &str| -> String {
            text.rsplit(key).next().unwrap().trim_start().chars().take_while(char::is_ascii_digit).collect()
        };
        let (previous, root) = (last("startxref"), last("/Root "));
        let mut table = String::from("xref\n");
        for (number, generation, written) in &self.objects {
            table.push_str(&format!("{number} 1\n{:010} {generation:05} n \n", file.len()));
            file.extend(written.bytes());
        }
        file.extend(self.before_table.bytes());
        let at = file.len();
        let trailer = format!("trailer\n<</Size 999 /Root {root} 0 R /Prev {previous}>>\nstartxref\n{at}\n%%EOF\n");
        file.extend(table.bytes().chain(trailer.bytes()).chain(self.after.bytes()));
        file
    }
}

/// The catalog with a security store, the update that every case below bends.
fn store(file: &[u8]) -> Vec<(u32, u16, String)> {
    let catalog = text_of(file, 1);
    let catalog = format!("{} /DSS 50 0 R >>", catalog.strip_suffix(">>").unwrap());
    vec![(1, 0, format!("1 0 obj\n{catalog}\nendobj\n")), (50, 0, "50 0 obj\n<</Certs[]>>\nendobj\n".to_owned())]
}

fn with(more: Option<(u32, u16, String)>, before_table: &str, after: &str) -> (LaterRevisions, Vec<&'static str>) {
    let file = signed();
    let mut objects = store(&file);
    objects.extend(more);
    later(Update { objects, before_table, after }.append_to(file))
}

#[test]
fn a_plain_store_is_growth() {
    assert_eq!(with(None, "", ""), preserved());
    assert_eq!(with(None, "", "\n"), preserved());
}

#[test]
fn bytes_that_nothing_accounts_for_are_not_growth() {
    for unlisted in [
        "000000000003 0 obj\n<<>>\nendobj\n",
        "3 000000 obj\n<<>>\nendobj\n",
        "3                                                  0 obj\n<<>>\nendobj\n",
        "3 0 %x\nobj\n<<>>\nendobj\n",
        "% a comment\n",
    ] {
        assert_eq!(with(None, unlisted, ""), (LaterRevisions::Doubtful, vec![]), "{unlisted}");
    }
    // White space without end moves the marker out of the window in which readers look for it.
    let file = Update { objects: store(&signed()), before_table: "", after: &"\n".repeat(2000) }.append_to(signed());
    assert!(findings(file).contains(&FindingCode::TrailingJunk));
}

#[test]
fn a_trailer_without_its_catalog_is_not_growth() {
    let file = Update { objects: store(&signed()), before_table: "", after: "" }.append_to(signed());
    let at = file.windows(5).rposition(|window| window == b"/Root").unwrap();
    let mut without = file.clone();
    without[at + 1] = b'X';
    assert_eq!(later(file), preserved());
    assert_eq!(later(without).0, LaterRevisions::Doubtful);
}

#[test]
fn an_older_object_is_redefined_only_as_it_was_written_and_may_grow() {
    let file = signed();
    let page = text_of(&file, 3);
    let again = |generation: u16, page: &str| Some((3, generation, format!("3 {generation} obj\n{page}\nendobj\n")));
    assert_eq!(with(again(0, &page), "", ""), preserved());
    assert_eq!(with(again(1, &page), "", ""), (LaterRevisions::Doubtful, vec![]), "another generation");
    for number in ["5950e-1", "595.-1", "5-95", "--595"] {
        let odd = page.replacen("595", number, 1);
        assert_ne!(odd, page);
        let changed = (LaterRevisions::Analysed, vec!["page-attributes"]);
        assert_eq!(with(again(0, &odd), "", ""), changed, "{number}");
    }
    assert_eq!(with(again(0, &page.replacen("595", "595.0", 1)), "", ""), preserved(), "one number");
    let widget = text_of(&file, 7);
    let again = |widget: &str| Some((7, 0, format!("7 0 obj\n{widget}\nendobj\n")));
    assert_eq!(with(again(&widget), "", ""), preserved());
    let named = widget.replacen("(Signature1)", "(Signature2)", 1);
    assert_ne!(named, widget);
    let changed = (LaterRevisions::Analysed, vec!["form-field-changed"]);
    assert_eq!(with(again(&named), "", ""), changed);
}

#[test]
fn a_timestamp_field_shows_nothing_to_any_reader() {
    let file = signed();
    let form = text_of(&file, 1).replace("/Fields [7 0 R]", "/Fields [7 0 R 51 0 R]");
    assert_ne!(form, text_of(&file, 1));
    let shown = |rectangle: &str, flags: &str| {
        let field = format!("<</Type/Annot/Subtype/Widget/FT/Sig/T(T1)/V 52 0 R/P 3 0 R/Rect[{rectangle}]/F {flags}>>");
        let value =
            "<</Type/DocTimeStamp/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161/ByteRange[0 1 2 3]/Contents<00>>>";
        let object = |number: u32, body: &str| (number, 0, format!("{number} 0 obj\n{body}\nendobj\n"));
        let objects = vec![object(1, &form), object(51, &field), object(52, value)];
        later(Update { objects, before_table: "", after: "" }.append_to(signed()))
    };
    assert_eq!(shown("0 0 0 0", "132"), preserved());
    for (rectangle, flags) in [
        ("0 0 600 800", "4294967302"),
        ("0 0 600 800", "9223372036854775807"),
        ("600.-1 0 0.0 800", "4"),
        ("--0 0 0 800", "4"),
        ("60e1 0 0 0 800", "4"),
        ("0 0 0 0 600 800", "4"),
    ] {
        assert_eq!(shown(rectangle, flags), (LaterRevisions::Analysed, vec!["signature"]), "{rectangle} {flags}");
    }
}

#[test]
fn an_endless_predictor_row_is_refused() {
    // A cross-reference stream whose row would need 2^57 bytes.
    let body = "<</Type/XRef/Size 1/W[1 1 1]/Root 1 0 R/Length 0/DecodeParms<</Predictor 12/Columns 1048576/Colors \
                1048576/BitsPerComponent 1048576>>/Filter/FlateDecode>>";
    let mut file = b"%PDF-1.7\n".to_vec();
    let at = file.len();
    file.extend(format!("1 0 obj\n{body}\nstream\n\nendstream\nendobj\nstartxref\n{at}\n%%EOF\n").bytes());
    let budget = Budget::new(&Limits::default());
    let cache = CertificateCache::new();
    let facts = observe(&Source::bytes(file), &PdfOptions::default(), Observer::new(&budget, &cache)).unwrap();
    assert!(facts.signatures.is_empty());
}

// A signature does not cover its own gap: what was read from there could be replaced behind it, and the document
// was "exactly as it was signed".
#[test]
fn nothing_is_read_from_the_gap_of_a_signature() {
    let mut file = signed();
    assert!(!findings(file.clone()).contains(&FindingCode::ByteRangeGap));
    let zeros = file.windows(400).position(|window| window.iter().all(|byte| *byte == b'0')).unwrap();
    let object = b"\n9 0 obj 7 endobj\n";
    file[zeros..zeros + object.len()].copy_from_slice(object);
    assert!(findings(file).contains(&FindingCode::ByteRangeGap));
}
