//! What the default limits have room for, and that it is read to the end: the files of the bench `linear`.

// Helpers outside the test functions are test code all the same.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../benches/made/mod.rs"]
mod made;

use kenin_base::{Budget, Source};
use kenin_cms::Observer;
use kenin_facts::{Coverage, LaterRevisions};
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
