//! What is fuzzed: each target takes any bytes and must return. The fuzzer (`src/main.rs`) and the replay test
//! (`tests/fuzz_replay.rs`) run the same functions.

use std::sync::OnceLock;

use kenin::{ObserveOptions, Policy, Source, StoredFacts, SuppliedEvidence, TrustProfile, UtcTime, Verifier, observe};
use kenin_asn1::{Decoder, Element, Tag};
use kenin_base::Budget;
use kenin_cms::{
    ArchivedData, Cms, Content, EvidenceRecord, Imprinted, Observer, TimestampResponse, TimestampToken,
    observe_evidence_record, observe_signatures, observe_token,
};
use kenin_crypto::digest;
use kenin_facts::{Coverage, EvidenceSource, Incorporation};
use kenin_hpki::{CertificateKind, HcRole, profile_findings};
use kenin_pdf::PdfOptions;
use kenin_x509::{AttributeCertificate, Certificate, CertificateCache, Crl, OcspResponse};

/// One fuzz target.
pub struct Target {
    /// Its name, also of its folder in `seeds/`.
    pub name: &'static str,
    /// Folders of `testdata/` that make good seeds; `run` reads them from here too.
    #[allow(dead_code, reason = "the fuzzer itself is told by `run`")]
    pub testdata: &'static [&'static str],
    /// The function under test.
    pub run: fn(&[u8]),
}

/// Every target: one for each parser and one for the whole verification.
pub const TARGETS: &[Target] = &[
    Target { name: "asn1", testdata: &["cms", "pki", "tokens"], run: asn1 },
    Target { name: "certificate", testdata: &["pki"], run: certificate },
    Target { name: "crl", testdata: &["pki"], run: crl },
    Target { name: "ocsp", testdata: &[], run: ocsp },
    Target { name: "cms", testdata: &["cms"], run: cms },
    Target { name: "token", testdata: &["tokens"], run: token },
    Target { name: "evidence-record", testdata: &[], run: evidence_record },
    Target { name: "pdf", testdata: &["pdf"], run: pdf },
    Target { name: "hcrole", testdata: &[], run: hcrole },
    Target { name: "configuration", testdata: &[], run: configuration },
    Target { name: "facts", testdata: &[], run: facts },
    Target { name: "verify", testdata: &["pdf", "cms", "tokens"], run: verify },
];

/// Every value that the cursor can decode, of every element, to the bottom.
fn asn1(data: &[u8]) {
    let budget = Budget::default();
    let decoder = Decoder::new(&budget);
    let mut pending = Vec::new();
    let mut reader = decoder.reader(data, 0);
    loop {
        match reader.element() {
            Ok(element) => {
                decode(&element);
                if let Ok(children) = element.children() {
                    pending.push(children);
                }
            }
            Err(_) => match pending.pop() {
                Some(next) => reader = next,
                None => break,
            },
        }
    }
}

fn decode(element: &Element<'_, '_>) {
    let _ = element.with_tag(Tag::SEQUENCE);
    let _ = element.explicit();
    let _ = element.boolean();
    let _ = element.integer();
    let _ = element.integer_i64();
    let _ = element.enumerated();
    let _ = element.oid();
    let _ = element.octet_string();
    let _ = element.bit_string();
    let _ = element.text();
    let _ = element.time();
}

/// Stored facts, which anybody may have edited, up to the report.
fn facts(data: &[u8]) {
    let verifier = demo();
    let Ok(stored) = StoredFacts::read(data, &verifier.observe_options().limits) else { return };
    let (supplied, finding) = (stored.supplied(), stored.finding());
    let facts = stored.with(&supplied, [finding]);
    let report = verifier.judge_at(&facts, UtcTime::from_unix(1_716_249_600));
    let _ = kenin::render::text(&report, kenin::Lang::Ja, &kenin::render::TextOptions::default());
    let _ = kenin::render::etsi_xml(&report);
}

fn certificate(data: &[u8]) {
    let _ = AttributeCertificate::parse(data);
    let Ok(certificate) = Certificate::parse(data) else { return };
    let _ = (certificate.subject().to_string(), certificate.issuer().to_string());
    let _ = (certificate.public_key(), certificate.scheme());
    let _ = (HcRole::of(&certificate), CertificateKind::of(&certificate), profile_findings(&certificate));
}

fn crl(data: &[u8]) {
    let Ok(crl) = Crl::parse(data) else { return };
    let _ = (crl.scheme(), crl.issuer().to_string());
    let _ = (crl.lookup(&[1]), crl.lookup_all(data.get(..8).unwrap_or(data)));
}

fn ocsp(data: &[u8]) {
    let Ok(response) = OcspResponse::parse(data) else { return };
    let _ = (response.scheme(), response.singles().len(), response.certificates().count());
}

/// SignedData with its content inside, and the same with content at hand and with none.
fn cms(data: &[u8]) {
    let budget = Budget::default();
    let decoder = Decoder::new(&budget);
    let Ok(cms) = Cms::parse(&decoder, data, 0) else { return };
    let cache = CertificateCache::new();
    for content in [Content::Attached, Content::Sha1OfDocument(&[0; 20]), Content::NotFound] {
        let mut observer = Observer::new(&budget, &cache);
        let _ = observe_signatures(&mut observer, &cms, &content, 1, Coverage::Attached);
    }
}

fn token(data: &[u8]) {
    let budget = Budget::default();
    if let Ok(response) = TimestampResponse::parse(&Decoder::new(&budget), data, 0) {
        let _ = (response.finding(), response.token().map(|(token, _)| observe_one_token(token)));
    }
    observe_one_token(data);
}

fn observe_one_token(data: &[u8]) {
    let (budget, cache) = (Budget::default(), CertificateCache::new());
    let decoder = Decoder::new(&budget);
    let Ok(token) = TimestampToken::parse(&decoder, data, 0) else { return };
    let source = EvidenceSource::SignedData { signature: "sig-1".to_owned() };
    let _ = observe_token(&mut Observer::new(&budget, &cache), "sig-1", source, &token, Imprinted::Octets(b"content"));
}

/// A record over data at hand, with and without a second object, and over data that is not.
fn evidence_record(data: &[u8]) {
    let (budget, cache) = (Budget::default(), CertificateCache::new());
    let decoder = Decoder::new(&budget);
    let Ok(record) = EvidenceRecord::parse(&decoder, data, 0) else { return };
    let _ = record.required_digests();
    let content = |algorithm| digest(algorithm, b"content").ok();
    let object = |algorithm| content(algorithm).map(|hash| vec![hash]);
    for archived in [
        ArchivedData { object: &object, beside: None },
        ArchivedData { object: &object, beside: Some(&content) },
        ArchivedData { object: &|_| None, beside: None },
    ] {
        let mut observer = Observer::new(&budget, &cache);
        let _ = observe_evidence_record(&mut observer, "er-1", Incorporation::Detached, &record, &archived);
    }
}

fn pdf(data: &[u8]) {
    let (budget, cache) = (Budget::default(), CertificateCache::new());
    let options = PdfOptions { passwords: vec![b"secret".to_vec()] };
    let source = Source::bytes(data.to_vec());
    let facts = kenin_pdf::observe(&source, &options, Observer::new(&budget, &cache));
    assert!(facts.is_ok(), "bytes in memory are always readable");
    let _ = kenin_pdf::object_table(&source, &options, &Budget::default());
    let _ = kenin_pdf::signature_values(&source, &options, &Budget::default());
}

fn hcrole(data: &[u8]) {
    let _ = HcRole::parse(data);
}

/// Policy and trust profile files, and evidence files: PEM or DER.
fn configuration(data: &[u8]) {
    let _ = SuppliedEvidence::read("evidence", data);
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _ = Policy::from_toml(text);
    let _ = TrustProfile::from_toml(text);
}

/// A document from its bytes to its report, as a user of the library does it.
/// One verifier with the demo profile for all runs.
fn demo() -> &'static Verifier {
    static VERIFIER: OnceLock<Verifier> = OnceLock::new();
    let demo = include_str!("../testdata/demo-trust.toml");
    VERIFIER.get_or_init(|| {
        Verifier::new(TrustProfile::from_toml(demo).expect("the demo profile is read"), Policy::mhlw_6_0())
    })
}

fn verify(data: &[u8]) {
    let verifier = demo();
    let content = Some(Source::bytes(b"content".to_vec()));
    let options = ObserveOptions { content, ..verifier.observe_options() };
    let facts = observe(&Source::bytes(data.to_vec()), &options).expect("bytes in memory are always readable");
    let time = UtcTime::from_unix(1_716_249_600);
    let report = verifier.judge_at(&facts, time);
    let json = serde_json::to_string(&report).expect("every report can be written");
    // A verdict is a function of facts, trust, policy and time: what the caches hold changes nothing.
    let again = serde_json::to_string(&verifier.judge_at(&facts, time)).expect("every report can be written");
    assert_eq!(json, again);
}
