//! What `testdata/` promises: it is what the testkit writes, other decoders read it, and every case has its file.
// Helpers of a test fail the test by panicking.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use der::{Decode, Encode};
use kenin_testkit::fixtures::{self, Files};
use kenin_testkit::folder;

static FILES: LazyLock<Files> = LazyLock::new(fixtures::testdata);

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn cases() -> Vec<toml::Table> {
    let text = std::fs::read_to_string(root().join("tests/cases.toml")).unwrap();
    let table: toml::Table = text.parse().unwrap();
    table["case"].as_array().unwrap().iter().map(|case| case.as_table().unwrap().clone()).collect()
}

fn text<'a>(case: &'a toml::Table, field: &str) -> Option<&'a str> {
    case.get(field).and_then(toml::Value::as_str)
}

#[test]
fn committed_files_are_what_is_generated() {
    assert_eq!(folder::differences(&root().join("testdata"), &FILES).unwrap(), Vec::<String>::new());
}

#[test]
fn a_second_run_writes_the_same_bytes() {
    let again = fixtures::testdata();
    let changed: Vec<_> = FILES.iter().filter(|(name, bytes)| again.get(*name) != Some(bytes)).collect();
    assert_eq!(changed, Vec::new());
}

#[test]
fn testdata_stays_small() {
    let total: usize = FILES.values().map(Vec::len).sum();
    // 7.5 MiB: more than 150 PDF files for what may happen to one after signing, at 8 to 14 kB, 40 files of a world that
    // ages, whose renewals each carry what is needed to verify the one before, and 90 XML signatures, which carry chain,
    // lists and tokens in base64.
    assert!(total < 15 << 19, "{total} octets");
}

#[test]
fn certificates_read_back_octet_for_octet() {
    let certificates = FILES.iter().filter(|(name, _)| name.ends_with(".cer"));
    let mut count = 0;
    for (name, bytes) in certificates {
        let certificate = x509_cert::Certificate::from_der(bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(certificate.to_der().unwrap(), *bytes, "{name}");
        count += usize::from(!name.starts_with("pki/cases/"));
    }
    assert_eq!(count, 49);
}

#[test]
fn version_2_crls_read_back_octet_for_octet() {
    let lists = FILES.iter().filter(|(name, _)| name.ends_with(".crl") && !name.ends_with("-v1.crl"));
    for (name, bytes) in lists {
        let list = x509_cert::crl::CertificateList::from_der(bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(list.to_der().unwrap(), *bytes, "{name}");
    }
}

#[test]
fn every_der_signature_is_signed_data_to_the_cms_crate() {
    // What that crate does not know and kenin must: attribute certificates, BER, version 1 CRLs. Nor does it read OCSP
    // responses among the CRLs; `openssl.rs` checks those.
    let refused: BTreeSet<&str> = FILES
        .iter()
        .filter(|(name, _)| name.starts_with("cms/") || name.ends_with(".tst"))
        .filter(|(_, bytes)| !contains(bytes, OCSP_RESPONSE) && !reads_as_signed_data(bytes))
        .map(|(name, _)| name.as_str())
        .collect();
    let expected = [
        "cms/b7-ber-indefinite-detached.p7s",
        "cms/b7-ber-indefinite.p7m",
        "cms/crl-version-1.p7m",
        "tokens/e5-trailing-bytes.tst",
    ];
    assert_eq!(refused, BTreeSet::from(expected));
}

/// id-ri-ocsp-response (RFC 5940 2.1), encoded.
const OCSP_RESPONSE: &[u8] = &[0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x10, 0x02];

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

fn reads_as_signed_data(bytes: &[u8]) -> bool {
    cms::content_info::ContentInfo::from_der(bytes)
        .is_ok_and(|info| info.content.decode_as::<cms::signed_data::SignedData>().is_ok())
}

#[test]
fn lopdf_opens_every_sound_pdf() {
    for case in cases().iter().filter(|case| text(case, "verdict") == Some("valid")) {
        let name = text(case, "file").unwrap();
        if name.ends_with(".pdf") {
            let document = match text(case, "password") {
                Some(password) => {
                    lopdf::Document::load_mem_with_options(&FILES[name], lopdf::LoadOptions::with_password(password))
                }
                None => lopdf::Document::load_mem(&FILES[name]),
            };
            let document = document.unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(document.get_pages().len(), 1, "{name}");
        }
    }
}

#[test]
fn cases_and_files_answer_each_other() {
    let cases = cases();
    let ids: BTreeSet<_> = cases.iter().map(|case| text(case, "id").unwrap()).collect();
    assert_eq!(ids.len(), cases.len(), "an id stands twice");

    let mut used = BTreeSet::new();
    for case in &cases {
        let evidence = case.get("evidence").and_then(toml::Value::as_array).into_iter().flatten();
        let named = ["file", "content"].into_iter().filter_map(|field| text(case, field));
        for name in named.chain(evidence.filter_map(toml::Value::as_str)) {
            assert!(FILES.contains_key(name), "{}: no file {name}", case["id"]);
            used.insert(name);
        }
    }
    let claims = ["cms/", "pdf/", "tokens/", "bad/", "content/", "xades/"];
    // The pages of a scan lie beside what names them.
    let unused: Vec<_> = FILES
        .keys()
        .filter(|name| !name.starts_with("xades/scan/") && !name.starts_with("xades/changed/"))
        .filter(|name| claims.iter().any(|folder| name.starts_with(folder)) && !used.contains(name.as_str()))
        .collect();
    assert_eq!(unused, Vec::<&String>::new());
}

#[test]
fn exit_codes_follow_verdicts() {
    for case in cases() {
        let expected = text(&case, "verdict").map(|verdict| match verdict {
            "valid" => 0,
            "invalid" => 1,
            "indeterminate" => 2,
            "no-signature" => 3,
            other => panic!("{}: verdict {other}", case["id"]),
        });
        assert_eq!(case.get("exit").and_then(toml::Value::as_integer), expected, "{}", case["id"]);
    }
}
