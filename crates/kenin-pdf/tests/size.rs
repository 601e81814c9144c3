//! What the default limits have room for, and that it is read to the end: the files of the bench `linear`.

// Helpers outside the test functions are test code all the same.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../benches/made/mod.rs"]
mod made;

use kenin_base::{Budget, Limits, Source};
use kenin_cms::Observer;
use kenin_facts::{Coverage, LaterRevisions, Problem};
use kenin_pdf::{PdfOptions, object_table, observe};
use kenin_x509::CertificateCache;

/// What the only signature says about later revisions.
fn later(bytes: Vec<u8>, objects: usize) -> LaterRevisions {
    let source = Source::bytes(bytes);
    let options = PdfOptions::default();
    assert_eq!(object_table(&source, &options, &Budget::default()).unwrap().len(), objects);
    let (budget, cache) = (Budget::default(), CertificateCache::new());
    let facts = observe(&source, &options, Observer::new(&budget, &cache)).unwrap();
    assert_eq!(facts.problem, None, "{:?}", facts.findings);
    let [signature] = &*facts.signatures else { panic!("{} signatures", facts.signatures.len()) };
    let pdf = signature.pdf.as_ref().unwrap();
    let entire = pdf.later_revisions == LaterRevisions::None;
    assert_eq!(signature.coverage, if entire { Coverage::EntireFile } else { Coverage::EntireRevision });
    pdf.later_revisions
}

#[test]
fn ten_thousand_increments_are_within_the_default_limits() {
    // Metadata that is no XMP may be anything.
    assert_eq!(later(made::replacing(10_000), 6), LaterRevisions::Analysed);
    assert_eq!(later(made::adding_vri(10_000), 20_006), LaterRevisions::ValidationMaterialOnly);
    assert_eq!(later(made::replacing_store(10_000), 10_007), LaterRevisions::ValidationMaterialOnly);
}

#[test]
fn a_million_objects_are_within_the_default_limits() {
    assert_eq!(later(made::classic(1_000_000), 999_999), LaterRevisions::None);
    assert_eq!(later(made::streams(1_000_000), 1_005_006), LaterRevisions::ValidationMaterialOnly);
}

/// Objects that lie within each other's strings and comments: each is as long as the rest of the file.
#[test]
fn bytes_parsed_over_and_over_are_a_limit() {
    for (begin, between) in [("(", ""), ("", "%"), ("<", "")] {
        let mut body = String::from("%PDF-1.7\n1 0 obj<</Type/Catalog/AcroForm<</Fields[");
        let numbers = 2..20_002;
        body.extend(numbers.clone().map(|number| format!("{number} 0 R ")));
        body.push_str("]>>>>endobj\n");
        let mut table = format!("xref\n0 20002\n0000000000 65535 f \n{:010} 00000 n \n", 9);
        for number in numbers {
            table.push_str(&format!("{:010} 00000 n \n", body.len()));
            body.push_str(&format!("{number} {between}0 obj {begin} {:50}", ""));
        }
        body.push('\n');
        let file = format!("{body}{table}trailer<</Size 20002/Root 1 0 R>>\nstartxref\n{}\n%%EOF\n", body.len());
        let (source, cache) = (Source::bytes(file.into_bytes()), CertificateCache::new());
        let budget = Budget::new(&Limits { pdf_parsed_bytes: 32 << 20, ..Limits::default() });
        let facts = observe(&source, &PdfOptions::default(), Observer::new(&budget, &cache)).unwrap();
        assert_eq!(facts.problem, Some(Problem::LimitExceeded), "{begin}{between}");
        let named = facts
            .findings
            .iter()
            .any(|finding| finding.params.get("resource").is_some_and(|name| name == "pdf-parsed-bytes"));
        assert!(named, "{:?}", facts.findings);
    }
}
