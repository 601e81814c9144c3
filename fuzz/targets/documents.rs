//! Whole documents, and what is read beside them.

use std::sync::OnceLock;

use kenin::{
    Indication, ObserveOptions, Policy, Report, Source, StoredFacts, SuppliedEvidence, TrustProfile, UtcTime, Verdict,
    Verifier, observe,
};
use kenin_base::Budget;
use kenin_cms::Observer;
use kenin_pdf::PdfOptions;
use kenin_testkit::World;
use kenin_testkit::cms::{DATA, SignedData, Signer};
use kenin_testkit::mutate::{der, pdf as pdf_text};
use kenin_x509::CertificateCache;

use super::invariants::{judged, spans_lie_within};

/// One verifier with the demo profile for all runs.
fn demo() -> &'static Verifier {
    static VERIFIER: OnceLock<Verifier> = OnceLock::new();
    let demo = include_str!("../../testdata/demo-trust.toml");
    VERIFIER.get_or_init(|| {
        Verifier::new(TrustProfile::from_toml(demo).expect("the demo profile is read"), Policy::mhlw_6_0())
    })
}

/// When documents are judged.
fn time() -> UtcTime {
    UtcTime::from_unix(1_716_249_600)
}

/// A document from its bytes to its report, as a user of the library does it.
fn report_on(document: &[u8], content: Option<&[u8]>) -> Report {
    let verifier = demo();
    let content = content.map(|content| Source::bytes(content.to_vec()));
    let options = ObserveOptions { content, ..verifier.observe_options() };
    let facts = observe(&Source::bytes(document.to_vec()), &options).expect("bytes in memory are always readable");
    spans_lie_within(&facts, document.len());
    judged(verifier, &facts, time())
}

/// Any document, with content at hand.
pub fn verify(data: &[u8]) {
    report_on(data, Some(b"content"));
}

/// XML of any kind, with content at hand and without.
pub fn xades(data: &[u8]) {
    report_on(data, None);
    report_on(data, Some(b"content"));
}

pub fn pdf(data: &[u8]) {
    let (budget, cache) = (Budget::default(), CertificateCache::new());
    let options = PdfOptions { passwords: vec![b"secret".to_vec()] };
    let source = Source::bytes(data.to_vec());
    let facts = kenin_pdf::observe(&source, &options, Observer::new(&budget, &cache));
    assert!(facts.is_ok(), "bytes in memory are always readable");
    let _ = kenin_pdf::object_table(&source, &options, &Budget::default());
    let _ = kenin_pdf::signature_values(&source, &options, &Budget::default());
}

/// Documents that others append to: signed and certified under each permission, with fields, locks and a store.
const SIGNED: &[&[u8]] = &[
    include_bytes!("../../testdata/pdf/pades-lt.pdf"),
    include_bytes!("../../testdata/pdf/a9-free-text-p2.pdf"),
    include_bytes!("../../testdata/pdf/a9-free-text-p3.pdf"),
    include_bytes!("../../testdata/pdf/a11-p1-text-field.pdf"),
    include_bytes!("../../testdata/pdf/a12-lock-include-unlocked.pdf"),
    include_bytes!("../../testdata/discharge-summary.pdf"),
];

/// The objects of the input as an increment of a signed document, with cross-reference data that fits: what the signature covers
/// stays as it is, so that it verifies, and all that is left to judge is what was changed.
pub fn modifications(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let signed = SIGNED.get(usize::from(*first) % SIGNED.len()).copied().unwrap_or_default();
    let objects: Vec<(u32, Vec<u8>)> = pdf_text::objects(rest)
        .into_iter()
        .take(64)
        .filter_map(|(number, body)| Some((number, rest.get(body)?.to_vec())))
        .collect();
    let Some(grown) = pdf_text::appended(signed, &objects) else { return };
    let report = report_on(&grown, None);
    let first = report.signatures.first().expect("the signature is still there");
    assert_eq!(first.integrity.signature_value, kenin::ValueReport::Intact, "what it covers is as it was");
    if let Some(modifications) = &first.integrity.modifications {
        // Behind cross-reference data that is damaged there is one revision, whatever was appended.
        assert!(modifications.iter().all(|made| made.revision > 0 && Some(made.revision) <= report.document.revisions));
    }
}

/// Signed attributes of any kind under a signature that verifies: the elements of the input, and the content behind them.
pub fn signed_attributes(data: &[u8]) {
    static WORLD: OnceLock<World> = OnceLock::new();
    let world = WORLD.get_or_init(World::build);
    let signer = world.identity("doctor-p256");
    let elements = der::elements(data);
    let attributes: Vec<Vec<u8>> = elements
        .iter()
        .filter(|element| element.depth == 0)
        .filter_map(|element| Some(data.get(element.range.clone())?.to_vec()))
        .collect();
    let end = attributes.iter().map(Vec::len).sum();
    let content = data.get(end..).unwrap_or_default();
    let info = Signer { content_type: DATA, ..Signer::of_data(signer) }.sign_in_order(attributes);
    let cms = SignedData::attached(info, content).carrying(&[&signer.der], &[]).to_der();
    let report = report_on(&cms, None);
    for signature in &report.signatures {
        let passed = signature.indication == Indication::Passed;
        assert!(
            !passed || signature.integrity.signed_data == kenin::SignedDataReport::Intact,
            "content that was signed"
        );
    }
    assert_ne!(report.verdict, Verdict::Valid, "there is no timestamp");
}

/// Stored facts, which anybody may have edited, up to the report.
pub fn facts(data: &[u8]) {
    let verifier = demo();
    let Ok(stored) = StoredFacts::read(data, &verifier.observe_options().limits) else { return };
    let (supplied, finding) = (stored.supplied(), stored.finding());
    let facts = stored.with(&supplied, [finding]);
    let report = judged(verifier, &facts, time());
    let _ = kenin::render::text(&report, kenin::Lang::Ja, &kenin::render::TextOptions::default());
    let _ = kenin::render::etsi_xml(&report);
}

/// Policy and trust profile files, and evidence files: PEM or DER.
pub fn configuration(data: &[u8]) {
    let _ = SuppliedEvidence::read("evidence", data);
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _ = Policy::from_toml(text);
    let _ = TrustProfile::from_toml(text);
}
