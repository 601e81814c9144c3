//! `kenin inspect` of revocation lists and OCSP responses.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::program::{Folder, Run, kenin, root};

const DAY: &str = "2024-05-21T00:00:00Z";

fn inspect(file: &str, arguments: &[&str]) -> Run {
    kenin(["inspect", file, "--time", DAY].iter().chain(arguments))
}

/// The OCSP response that a document of the test data carries: the SEQUENCE that starts with the status 0.
fn response() -> Vec<u8> {
    let document = std::fs::read(root().join("testdata/cms/attribute-certificate-and-ocsp.p7m")).unwrap();
    let start = document.windows(7).position(|w| w[..2] == [0x30, 0x82] && w[4..] == [0x0a, 1, 0]).unwrap();
    let length = usize::from(u16::from_be_bytes([document[start + 2], document[start + 3]]));
    document[start..start + 4 + length].to_vec()
}

fn pem(label: &str, der: &[u8]) -> String {
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", STANDARD.encode(der))
}

#[test]
fn a_list_in_japanese_and_english() {
    for lang in ["ja", "en"] {
        let arguments = ["--evidence", "testdata/pki/tsa-ca.cer", "--lang", lang];
        let run = inspect("testdata/pki/tsa-later-tsu-compromised.crl", &arguments);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        insta::assert_snapshot!(format!("crl-{lang}"), run.stdout);
    }
}

/// A root's list: RFC 5280 5.2.5 limits it to CA certificates.
#[test]
fn the_scope_of_a_list_is_said_in_words() {
    let shown = inspect("testdata/pki/sarl.crl", &[]).stdout;
    assert!(shown.contains("only certificates of CAs (onlyContainsCACerts)"), "{shown}");
    assert!(shown.contains("not checked: give the issuer's certificate with --evidence"), "{shown}");
    let other = inspect("testdata/pki/sarl.crl", &["--evidence", "testdata/pki/unknown-root.cer"]).stdout;
    assert!(other.contains("not checked"), "{other}");
}

#[test]
fn a_list_is_overdue_or_current_at_the_time_given() {
    let at = |time: &str| kenin(["inspect", "testdata/pki/signing.crl", "--time", time]).stdout;
    let shown = at("2030-01-01T00:00:00Z");
    assert!(shown.contains("(overdue at 2030-01-01 09:00:00 JST)"), "{shown}");
    let shown = at("2010-01-01T00:00:00Z");
    assert!(shown.contains("(in the future)") && shown.contains("(current at"), "{shown}");
}

#[test]
fn entries_are_limited_unless_all_are_asked_for() {
    let lines = |entries: &str| {
        let shown = inspect("testdata/pki/tsa-later-tsu-compromised.crl", &["--entries", entries]).stdout;
        shown.lines().filter(|line| line.contains("keyCompromise")).count()
    };
    assert_eq!((lines("0"), lines("1"), lines("all")), (0, 1, 1));
    let wrong = inspect("testdata/pki/signing.crl", &["--entries", "some"]);
    assert_eq!((wrong.code, wrong.stdout.as_str()), (Some(4), ""));
}

#[test]
fn an_ocsp_response_in_japanese_and_english() {
    let folder = Folder::new("ocsp");
    let path = folder.0.join("doctor.ocsp");
    std::fs::write(&path, response()).unwrap();
    for lang in ["ja", "en"] {
        let arguments = ["--evidence", "testdata/pki/signing-ca.cer", "--lang", lang];
        let run = inspect(path.to_str().unwrap(), &arguments);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        insta::assert_snapshot!(format!("ocsp-{lang}"), run.stdout);
    }
}

#[test]
fn pem_is_shown_as_der_is() {
    let folder = Folder::new("ocsp-pem");
    let (der, text) = (folder.0.join("a.ocsp"), folder.0.join("a.pem"));
    std::fs::write(&der, response()).unwrap();
    std::fs::write(&text, pem("OCSP RESPONSE", &response())).unwrap();
    let shown = |path: &std::path::Path| inspect(path.to_str().unwrap(), &[]).stdout;
    assert_eq!(shown(&der), shown(&text));
}

#[test]
fn a_changed_response_is_signed_by_nobody_at_hand() {
    let mut changed = response();
    *changed.last_mut().unwrap() ^= 1;
    let folder = Folder::new("ocsp-changed");
    let path = folder.0.join("a.ocsp");
    std::fs::write(&path, changed).unwrap();
    let shown = inspect(path.to_str().unwrap(), &["--evidence", "testdata/pki/signing-ca.cer"]).stdout;
    assert!(shown.contains("NOT by any certificate at hand"), "{shown}");
}

/// RFC 6960 4.2.1: an error is a whole response without responseBytes.
#[test]
fn a_responders_error_is_shown() {
    let folder = Folder::new("ocsp-error");
    for (status, name) in [(1, "malformedRequest"), (2, "internalError"), (3, "tryLater"), (6, "unauthorized")] {
        for (file, bytes) in [
            ("a.ocsp", vec![0x30, 3, 0x0a, 1, status]),
            ("a.pem", pem("OCSP RESPONSE", &[0x30, 3, 0x0a, 1, status]).into_bytes()),
        ] {
            let path = folder.0.join(file);
            std::fs::write(&path, bytes).unwrap();
            let run = inspect(path.to_str().unwrap(), &[]);
            assert_eq!(run.code, Some(0), "{}", run.stderr);
            let words: Vec<_> = run.stdout.split_whitespace().collect();
            assert!(words.join(" ").contains(&format!("({name}, {status})")), "{}", run.stdout);
        }
    }
}
