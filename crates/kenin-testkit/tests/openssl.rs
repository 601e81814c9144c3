//! OpenSSL as the judge: what the case table calls valid, OpenSSL verifies too.
// Helpers of a test fail the test by panicking.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use kenin_testkit::ageing::Ageing;
use kenin_testkit::algorithms::{Hash, SignatureAlgorithm};
use kenin_testkit::keys::Key;
use openssl::cms::{CMSOptions, CmsContentInfo};
use openssl::hash::MessageDigest;
use openssl::ocsp::{OcspCertId, OcspCertStatus, OcspFlag, OcspResponse, OcspResponseStatus};
use openssl::stack::Stack;
use openssl::x509::store::{X509Store, X509StoreBuilder};
use openssl::x509::verify::{X509VerifyFlags, X509VerifyParam};
use openssl::x509::{X509, X509Crl, X509PurposeId, X509VerifyResult};

/// 2024-05-20T01:30:05Z, genTime of the demo world's tokens.
const SIGNING_TIME: i64 = 1_716_168_605;

fn testdata(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata").join(name)
}

fn read(name: &str) -> Vec<u8> {
    std::fs::read(testdata(name)).unwrap()
}

fn certificate(name: &str) -> X509 {
    X509::from_der(&read(&format!("pki/{name}.cer"))).unwrap()
}

/// The roots of the demo world and those of the cases with authorities of their own.
fn signer_roots() -> Vec<X509> {
    let folder = std::fs::read_dir(testdata("pki/cases")).unwrap();
    let cases = folder.map(|entry| X509::from_der(&std::fs::read(entry.unwrap().path()).unwrap()).unwrap());
    let roots = cases.filter(|certificate| certificate.issued(certificate) == X509VerifyResult::OK);
    roots.chain(["root", "archive-root"].map(certificate)).collect()
}

/// The roots of the world that ages, at whatever time.
fn ageing_store() -> X509Store {
    let world = Ageing::build();
    let roots = ["root", "tsa"].map(|name| X509::from_der(&world.identity(name).der).unwrap());
    let mut parameters = X509VerifyParam::new().unwrap();
    parameters.set_flags(X509VerifyFlags::NO_CHECK_TIME).unwrap();
    store_with(roots.into_iter().chain([certificate("archive-root")]), &parameters)
}

fn store(anchors: impl IntoIterator<Item = X509>) -> X509Store {
    let mut parameters = X509VerifyParam::new().unwrap();
    parameters.set_time(SIGNING_TIME);
    parameters.set_flags(X509VerifyFlags::USE_CHECK_TIME).unwrap();
    store_with(anchors, &parameters)
}

fn store_with(anchors: impl IntoIterator<Item = X509>, parameters: &X509VerifyParam) -> X509Store {
    let mut builder = X509StoreBuilder::new().unwrap();
    for anchor in anchors {
        builder.add_cert(anchor).unwrap();
    }
    builder.set_purpose(X509PurposeId::ANY).unwrap();
    builder.set_param(parameters).unwrap();
    builder.build()
}

/// id-ri-ocsp-response (RFC 5940 2.1), encoded; in SignedData the OCSPResponse follows it.
const OCSP_RESPONSE: &[u8] = &[0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x10, 0x02];

/// What OpenSSL finds in the OCSP response inside `file` about the card called `card`, after verifying the response.
fn status(file: &str, card: &str) -> OcspCertStatus {
    let bytes = read(file);
    let at = bytes.windows(OCSP_RESPONSE.len()).position(|window| window == OCSP_RESPONSE).unwrap();
    let response = OcspResponse::from_der(&bytes[at + OCSP_RESPONSE.len()..]).unwrap();
    assert_eq!(response.status(), OcspResponseStatus::SUCCESSFUL, "{file}");
    let basic = response.basic().unwrap();
    let issuer = certificate("cases/signing-ca");
    let mut extra = Stack::new().unwrap();
    extra.push(issuer.clone()).unwrap();
    // The responder's certificate may be among those of the signature.
    let starts = bytes.windows(2).enumerate().filter(|(_, window)| *window == [0x30, 0x82]).map(|(at, _)| at);
    starts.filter_map(|at| X509::from_der(&bytes[at..]).ok()).for_each(|certificate| extra.push(certificate).unwrap());
    let verified = basic.verify(&extra, &store(signer_roots()), OcspFlag::empty());
    assert!(verified.is_ok(), "{file}: {verified:?}");
    let digest = if file.contains("sha256") { MessageDigest::sha256() } else { MessageDigest::sha1() };
    let id = OcspCertId::from_cert(digest, &certificate(&format!("cases/{card}")), &issuer).unwrap();
    basic.find_status(&id).unwrap_or_else(|| panic!("{file}: no status")).status
}

#[test]
fn openssl_verifies_every_usable_ocsp_response() {
    let is_response = |file: &str| file.starts_with("cms/ocsp-") || file.starts_with("cms/expired-card-");
    let mut count = 0;
    for (file, _) in valid_cases().iter().filter(|(file, _)| is_response(file)) {
        if !contains(&read(file), OCSP_RESPONSE) {
            continue;
        }
        count += 1;
        let card = if file.contains("expired-card") { "short-card" } else { "card" };
        assert_eq!(status(file, card), OcspCertStatus::GOOD, "{file}");
    }
    // One file is judged under two trust profiles.
    assert_eq!(count, 13);
    for name in ["ocsp-revoked", "ocsp-revoked-no-reason", "ocsp-on-hold"] {
        assert_eq!(status(&format!("cms/{name}.p7m"), "card"), OcspCertStatus::REVOKED, "{name}");
    }
    assert_eq!(status("cms/ocsp-good-list-revoked.p7m", "card"), OcspCertStatus::GOOD);
    assert_eq!(status("cms/ocsp-unknown.p7m", "card"), OcspCertStatus::UNKNOWN);
}

/// File and content of every case the table calls valid.
fn valid_cases() -> Vec<(String, Option<String>)> {
    let table: toml::Table = std::fs::read_to_string(testdata("../tests/cases.toml")).unwrap().parse().unwrap();
    let field = |case: &toml::Value, name: &str| case.get(name).and_then(toml::Value::as_str).map(str::to_owned);
    let cases = table["case"].as_array().unwrap().iter();
    cases
        .filter(|case| field(case, "verdict").as_deref() == Some("valid"))
        .map(|case| (field(case, "file").unwrap(), field(case, "content")))
        .collect()
}

#[test]
fn openssl_verifies_every_valid_cms_signature() {
    let mut refused = BTreeSet::new();
    let mut count = 0;
    for (file, content) in valid_cases().iter().filter(|(file, _)| file.starts_with("cms/")) {
        count += 1;
        let mut cms = CmsContentInfo::from_der(&read(file)).unwrap();
        let content = content.as_deref().map(read);
        // The pinned root is meant to be missing from one of the files: it comes with the store.
        let verified = cms.verify(None, Some(&store(signer_roots())), content.as_deref(), None, CMSOptions::BINARY);
        if verified.is_err() {
            refused.insert(file.to_owned());
        }
    }
    // OpenSSL takes Ed25519 in CMS in its newer versions only; see the next test.
    refused.remove("cms/cades-t-ed25519.p7m");
    // It does not look for a signature over the sorted attributes, nor prepare names before it compares them (RFC 4518).
    let known = ["cms/b6-signed-resorted.p7m", "cms/g2-directory-wide.p7m"].map(str::to_owned);
    assert_eq!(refused, BTreeSet::from(known));
    assert!(count > 40, "{count} valid cases");
}

#[test]
fn openssl_verifies_every_valid_pdf_signature() {
    let mut count = 0;
    let pdf = |(file, _): &&(String, Option<String>)| file.ends_with(".pdf") && !file.starts_with("ageing/");
    for (file, _) in valid_cases().iter().filter(pdf) {
        let bytes = read(file);
        for (ranges, contents) in signatures(&bytes) {
            count += 1;
            let mut cms = CmsContentInfo::from_der(&contents).unwrap();
            let mut tst_info = Vec::new();
            let outcome = match cms.verify(None, Some(&store(signer_roots())), Some(&ranges), None, CMSOptions::BINARY)
            {
                Err(_) => cms
                    .verify(
                        None,
                        Some(&store(signer_roots().into_iter().chain([certificate("public-ca")]))),
                        None,
                        Some(&mut tst_info),
                        CMSOptions::BINARY,
                    )
                    .map(|()| assert!(contains(&tst_info, &Hash::Sha256.digest(&ranges)), "{file}: imprint")),
                verified => verified,
            };
            assert!(outcome.is_ok(), "{file}: {outcome:?}");
        }
    }
    assert!(count > 80, "{count} signatures");
}

/// Signatures of a world that ages: those in CMS, and in PDF with every document timestamp.
#[test]
fn openssl_verifies_every_valid_signature_that_aged() {
    let (mut signatures_of_pdf, mut of_cms) = (0, 0);
    for (file, _) in valid_cases().iter().filter(|(file, _)| file.starts_with("ageing/")) {
        let bytes = read(file);
        if file.ends_with(".p7m") {
            of_cms += 1;
            let mut cms = CmsContentInfo::from_der(&bytes).unwrap();
            let verified = cms.verify(None, Some(&ageing_store()), None, None, CMSOptions::BINARY);
            assert!(verified.is_ok(), "{file}: {verified:?}");
        }
        for (ranges, contents) in if file.ends_with(".pdf") { signatures(&bytes) } else { Vec::new() } {
            signatures_of_pdf += 1;
            let mut cms = CmsContentInfo::from_der(&contents).unwrap();
            let detached = cms.verify(None, Some(&ageing_store()), Some(&ranges), None, CMSOptions::BINARY);
            let mut tst_info = Vec::new();
            let mut as_token = || {
                cms.verify(None, Some(&ageing_store()), None, Some(&mut tst_info), CMSOptions::BINARY)?;
                assert!(contains(&tst_info, &Hash::Sha256.digest(&ranges)), "{file}: imprint");
                Ok::<_, openssl::error::ErrorStack>(())
            };
            let outcome = detached.or_else(|_| as_token());
            assert!(outcome.is_ok(), "{file}: {outcome:?}");
        }
    }
    assert!(of_cms > 20 && signatures_of_pdf > 10, "{of_cms} and {signatures_of_pdf} signatures");
}

/// The octets of both ranges and the CMS of every signature dictionary, found by its /ByteRange.
fn signatures(bytes: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let key = b"/ByteRange [";
    let places = (0..bytes.len() - key.len()).filter(|at| bytes[*at..].starts_with(key));
    places
        .map(|at| {
            let text: String = bytes[at + key.len()..].iter().map(|octet| char::from(*octet)).take(46).collect();
            let numbers: Vec<usize> = text.split_whitespace().map(|number| number.parse().unwrap()).collect();
            let (begin, end, length) = (numbers[1], numbers[2], numbers[3]);
            let padded = hex::decode(&bytes[begin + 1..end - 1]).unwrap();
            // The outer SEQUENCE has a two-octet length; zero padding follows it.
            let size = 4 + usize::from(padded[2]) * 256 + usize::from(padded[3]);
            ([&bytes[..begin], &bytes[end..end + length]].concat(), padded[..size].to_vec())
        })
        .collect()
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[test]
fn openssl_verifies_an_ed25519_signature() {
    let signature = Key::named("doctor-ed25519").sign(SignatureAlgorithm::Ed25519, b"DEMO");
    let key = certificate("doctor-ed25519").public_key().unwrap();
    let mut verifier = openssl::sign::Verifier::new_without_digest(&key).unwrap();
    assert!(verifier.verify_oneshot(&signature, b"DEMO").unwrap());
}

#[test]
fn every_certificate_and_list_is_signed_by_its_issuer() {
    let authorities = [
        "root",
        "signing-ca",
        "auth-ca",
        "expired-ca",
        "unknown-root",
        "tsa-ca",
        "public-ca",
        "untrusted-tsa-root",
        "archive-root",
    ]
    .map(certificate);
    for entry in std::fs::read_dir(testdata("pki")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let signed = if path.extension().is_some_and(|extension| extension == "cer") {
            let certificate = X509::from_der(&bytes).unwrap();
            let issuer = authorities.iter().find(|authority| {
                authority.subject_name().to_der().unwrap() == certificate.issuer_name().to_der().unwrap()
            });
            certificate.verify(&issuer.unwrap().public_key().unwrap())
        } else {
            let list = X509Crl::from_der(&bytes).unwrap();
            let issuer = authorities
                .iter()
                .find(|authority| authority.subject_name().to_der().unwrap() == list.issuer_name().to_der().unwrap());
            list.verify(&issuer.unwrap().public_key().unwrap())
        };
        assert!(signed.unwrap(), "{}", path.display());
    }
}

#[test]
fn a_token_is_a_signature_over_its_tst_info() {
    for name in ["token.tst", "token-sha512-ess-v1.tst"] {
        let mut cms = CmsContentInfo::from_der(&read(&format!("tokens/{name}"))).unwrap();
        let mut tst_info = Vec::new();
        let extra = Stack::new().unwrap();
        cms.verify(
            Some(&extra),
            Some(&store([certificate("public-ca")])),
            None,
            Some(&mut tst_info),
            CMSOptions::BINARY,
        )
        .unwrap();
        assert_eq!(tst_info[0], 0x30, "{name}");
    }
}
