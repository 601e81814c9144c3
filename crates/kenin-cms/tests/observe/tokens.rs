//! Timestamp tokens and responses (RFC 3161).

use kenin_asn1::Decoder;
use kenin_base::Budget;
use kenin_cms::{Cms, Imprinted, Observer, TimestampResponse, TimestampToken, observe_token, unreadable_token};
use kenin_facts::{EvidenceKind, EvidenceSource, ImprintStatus, Token};
use kenin_testkit::TSA_POLICY;
use kenin_testkit::tokens::{TokenSpec, response};
use kenin_x509::CertificateCache;

use crate::describe::{self, testdata};
use crate::signatures::{signed_by, world};

const DATA: &[u8] = b"signature value";

fn spec(gen_time: &str) -> TokenSpec<'_> {
    TokenSpec::over(DATA, world().identity("tsu-a"), TSA_POLICY, gen_time)
}

fn observe(bytes: &[u8], imprinted: Imprinted<'_>) -> Token {
    let budget = Budget::default();
    let cache = CertificateCache::new();
    let mut observer = Observer::new(&budget, &cache);
    let decoder = Decoder::new(&budget);
    let token = TimestampToken::parse(&decoder, bytes, 0).unwrap();
    let source = EvidenceSource::SignedData { signature: "sig-1".to_owned() };
    let facts = observe_token(&mut observer, "sig-1", source, &token, imprinted);
    assert_eq!(observer.evidence().get(&facts.sha256).unwrap().der.as_slice(), token.bytes());
    facts
}

#[test]
fn a_token_says_when_by_whom_and_over_what() {
    let token = observe(&spec("20240520030405.12Z").to_der(), Imprinted::Octets(DATA));
    assert_eq!(describe::token(&token), "Intact Intact as-received []");
    let info = token.tst_info.unwrap();
    assert_eq!(info.gen_time.to_string(), "2024-05-20T03:04:05.12Z");
    assert_eq!((info.version, info.policy.to_string()), (1, TSA_POLICY.to_owned()));
    assert_eq!((info.accuracy_nanos, info.ordering), (Some(1_000_000_000), false));
    assert_eq!(info.imprint_algorithm.name(), "SHA-256");
    assert!(info.nonce.is_some() && info.tsa.is_some());
    assert_eq!(token.signer.unwrap().content_type.to_string(), "1.2.840.113549.1.9.16.1.4");
}

#[test]
fn the_imprint_is_compared_with_octets_or_their_digests() {
    let bytes = spec("20240520030405Z").to_der();
    let status = |imprinted| observe(&bytes, imprinted).imprint.status;
    let cms_budget = Budget::default();
    let decoder = Decoder::new(&cms_budget);
    let cms = Cms::parse(&decoder, &bytes, 0).unwrap();
    let (same, other) = (describe::digests(&cms, DATA), describe::digests(&cms, b"other"));
    assert_eq!(status(Imprinted::Octets(DATA)), ImprintStatus::Intact);
    assert_eq!(status(Imprinted::Octets(b"other")), ImprintStatus::Broken);
    assert_eq!(status(Imprinted::Digests(&same)), ImprintStatus::Intact);
    assert_eq!(status(Imprinted::Digests(&other)), ImprintStatus::Broken);
    assert_eq!(status(Imprinted::NotFound), ImprintStatus::NotChecked);
}

#[test]
fn a_signature_that_is_no_token_is_found_to_be_none() {
    let token = observe(&signed_by("doctor").to_der(), Imprinted::NotFound);
    let expected = "NotChecked Intact as-received [token-content-type tst-info-malformed]";
    assert_eq!(describe::token(&token), expected);
}

#[test]
fn octets_that_are_no_token_are_kept_with_the_reason() {
    let budget = Budget::default();
    let cache = CertificateCache::new();
    let mut observer = Observer::new(&budget, &cache);
    let decoder = Decoder::new(&budget);
    let error = TimestampToken::parse(&decoder, b"junk", 0).unwrap_err();
    let token = unreadable_token(&mut observer, EvidenceSource::TrustProfile, b"junk", &error);
    assert_eq!(describe::token(&token), "NotChecked unreadable [malformed]");
    assert_eq!(observer.evidence().of_kind(EvidenceKind::TimestampToken).count(), 1);
}

#[test]
fn the_imprint_algorithm_is_known_before_anything_is_hashed() {
    let budget = Budget::default();
    let decoder = Decoder::new(&budget);
    let bytes = spec("20240520030405Z").sha512(DATA).to_der();
    let token = TimestampToken::parse(&decoder, &bytes, 0).unwrap();
    assert_eq!(token.imprint_algorithm().map(|a| a.name()), Some("SHA-512"));
}

#[test]
fn octets_after_a_token_are_left_to_the_caller() {
    let bytes = testdata("tokens/e5-trailing-bytes.tst");
    let budget = Budget::default();
    let decoder = Decoder::new(&budget);
    let token = TimestampToken::parse(&decoder, &bytes, 0).unwrap();
    assert_eq!(token.bytes().len() + token.trailing().len(), bytes.len());
    assert_eq!(token.trailing().len(), 2);
}

#[test]
fn a_response_counts_only_when_granted() {
    let token = spec("20240520030405Z").to_der();
    for (status, text, granted) in [(0, None, true), (1, Some("with changes"), true), (2, Some("no"), false)] {
        let bytes = response(status, text, Some(&token));
        let budget = Budget::default();
        let decoder = Decoder::new(&budget);
        let response = TimestampResponse::parse(&decoder, &bytes, 0).unwrap();
        assert_eq!(response.is_granted(), granted, "{status}");
        assert_eq!(response.finding().map(|f| f.code.as_str()), (!granted).then_some("timestamp-rejected"));
        let (found, offset) = response.token().unwrap();
        assert_eq!((found, usize::try_from(offset).unwrap()), (&token[..], bytes.len() - token.len()));
    }
    let without = response(2, None, None);
    let budget = Budget::default();
    let decoder = Decoder::new(&budget);
    assert!(TimestampResponse::parse(&decoder, &without, 0).unwrap().token().is_none());
    assert!(TimestampResponse::parse(&decoder, &token, 0).is_err());
}
