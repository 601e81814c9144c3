//! One target for each parser.

use kenin_asn1::{Decoder, Element, Tag};
use kenin_base::{Budget, Span};
use kenin_cms::{
    ArchivedData, Cms, Content, EvidenceRecord, Imprinted, Observer, TimestampResponse, TimestampToken,
    observe_evidence_record, observe_signatures, observe_token,
};
use kenin_crypto::digest;
use kenin_facts::{Coverage, EvidenceSource, Incorporation};
use kenin_hpki::{CertificateKind, HcRole, profile_findings};
use kenin_x509::{AttributeCertificate, Certificate, CertificateCache, Crl, OcspResponse};

/// Every value that the cursor can decode, of every element, to the bottom. Each element lies where it says, within its parent.
pub fn asn1(data: &[u8]) {
    let budget = Budget::default();
    let decoder = Decoder::new(&budget);
    let whole = Span::new(0, u64::try_from(data.len()).unwrap_or(u64::MAX));
    let (mut reader, mut parent) = (decoder.reader(data, 0), whole);
    let mut pending = Vec::new();
    loop {
        match reader.element() {
            Ok(element) => {
                assert!(parent.contains(element.span), "{} within {parent}", element.span);
                assert_eq!(element.span.slice(data), Some(element.bytes), "an element is where its span says");
                assert!(element.content_offset >= element.span.start && element.content_offset <= element.span.end);
                decode(&element);
                if let Ok(children) = element.children() {
                    pending.push((children, element.span));
                }
            }
            Err(_) => match pending.pop() {
                Some(next) => (reader, parent) = next,
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

pub fn certificate(data: &[u8]) {
    let _ = AttributeCertificate::parse(data);
    let Ok(certificate) = Certificate::parse(data) else { return };
    let _ = (certificate.subject().to_string(), certificate.issuer().to_string());
    let _ = (certificate.public_key(), certificate.scheme());
    let _ = (HcRole::of(&certificate), CertificateKind::of(&certificate), profile_findings(&certificate));
}

pub fn crl(data: &[u8]) {
    let Ok(crl) = Crl::parse(data) else { return };
    let _ = (crl.scheme(), crl.issuer().to_string());
    let _ = (crl.lookup(&[1]), crl.lookup_all(data.get(..8).unwrap_or(data)));
}

pub fn ocsp(data: &[u8]) {
    let Ok(response) = OcspResponse::parse(data) else { return };
    let _ = (response.scheme(), response.singles().len(), response.certificates().count());
}

/// SignedData with its content inside, and the same with content at hand and with none.
pub fn cms(data: &[u8]) {
    let budget = Budget::default();
    let decoder = Decoder::new(&budget);
    let Ok(cms) = Cms::parse(&decoder, data, 0) else { return };
    let cache = CertificateCache::new();
    for content in [Content::Attached, Content::Sha1OfDocument(&[0; 20]), Content::NotFound] {
        let mut observer = Observer::new(&budget, &cache);
        let _ = observe_signatures(&mut observer, &cms, &content, 1, Coverage::Attached);
    }
}

pub fn token(data: &[u8]) {
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
pub fn evidence_record(data: &[u8]) {
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

pub fn hcrole(data: &[u8]) {
    let _ = HcRole::parse(data);
}
