//! What is fuzzed: each target takes any bytes and must return, and what it returns must be as the target says. The fuzzer
//! (`src/main.rs`) and the replay test (`tests/fuzz_replay.rs`) run the same functions.

mod documents;
mod invariants;
mod parsers;
mod xml;

/// One fuzz target.
pub struct Target {
    /// Its name, also of its folder in `seeds/`.
    pub name: &'static str,
    /// Folders of `testdata/` that make good seeds; `run` reads them from here too.
    #[allow(dead_code, reason = "the fuzzer itself is told by `run`")]
    pub testdata: &'static [&'static str],
    /// What its inputs are, for mutators and dictionaries.
    #[allow(dead_code, reason = "of no use where inputs are only replayed")]
    pub shape: Shape,
    /// The function under test.
    pub run: fn(&[u8]),
}

/// What the bytes of an input are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// DER or BER.
    Der,
    /// A PDF file.
    Pdf,
    /// TOML or PEM.
    Toml,
    /// JSON.
    Json,
    /// XML.
    Xml,
}

use Shape::{Der, Json, Pdf, Toml, Xml};

/// Every target: one for each parser, one for the whole verification of each format, and two that begin where bytes changed at
/// random seldom come: behind a signature that verifies.
pub const TARGETS: &[Target] = &[
    Target { name: "asn1", testdata: &["cms", "pki", "tokens"], shape: Der, run: parsers::asn1 },
    Target { name: "certificate", testdata: &["pki"], shape: Der, run: parsers::certificate },
    Target { name: "crl", testdata: &["pki"], shape: Der, run: parsers::crl },
    Target { name: "ocsp", testdata: &[], shape: Der, run: parsers::ocsp },
    Target { name: "cms", testdata: &["cms"], shape: Der, run: parsers::cms },
    Target { name: "token", testdata: &["tokens"], shape: Der, run: parsers::token },
    Target { name: "evidence-record", testdata: &["ageing"], shape: Der, run: parsers::evidence_record },
    Target { name: "hcrole", testdata: &[], shape: Der, run: parsers::hcrole },
    Target { name: "pdf", testdata: &["pdf"], shape: Pdf, run: documents::pdf },
    Target { name: "xml", testdata: &["xades"], shape: Xml, run: xml::xml },
    Target { name: "c14n", testdata: &["xades"], shape: Xml, run: xml::c14n },
    Target { name: "modifications", testdata: &["pdf"], shape: Pdf, run: documents::modifications },
    Target { name: "signed-attributes", testdata: &[], shape: Der, run: documents::signed_attributes },
    Target { name: "configuration", testdata: &[], shape: Toml, run: documents::configuration },
    Target { name: "facts", testdata: &[], shape: Json, run: documents::facts },
    Target { name: "verify-pdf", testdata: &["pdf"], shape: Pdf, run: documents::verify },
    Target { name: "verify-cms", testdata: &["cms"], shape: Der, run: documents::verify },
    Target { name: "verify-token", testdata: &["tokens"], shape: Der, run: documents::verify },
    Target { name: "xades", testdata: &["xades"], shape: Xml, run: documents::xades },
    Target { name: "verify-ageing", testdata: &["ageing"], shape: Der, run: documents::verify },
];
