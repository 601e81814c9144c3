//! `--evidence`: what was given counts, or is said not to.

use std::fs;

use crate::program::{Folder, Run, root, verify};

const VALID: &str = "testdata/discharge-summary.pdf";

fn with(folder: &Folder, name: &str) -> Run {
    verify(&[VALID, "--evidence", folder.0.join(name).to_str().unwrap()])
}

/// A PEM block.
fn pem(label: &str, der: &[u8]) -> String {
    use base64::Engine as _;
    let text = base64::engine::general_purpose::STANDARD.encode(der);
    format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n")
}

fn certificate() -> Vec<u8> {
    fs::read(root().join("testdata/pki/root.cer")).unwrap()
}

#[test]
fn a_bundle_of_which_a_part_is_cut_off_is_refused() {
    let folder = Folder::new("evidence-cut");
    let block = pem("CERTIFICATE", &certificate());
    let cut = &block[..block.len() / 2];
    for (name, text) in [
        ("good.pem", block.repeat(2)),
        ("end.pem", format!("{block}{cut}")),
        ("start.pem", format!("{cut}\n{block}")),
        ("odd.pem", format!("{block}{}", block.replacen("\nMI", "\n?I", 1))),
    ] {
        fs::write(folder.0.join(name), text).unwrap();
        let run = with(&folder, name);
        let expected = if name == "good.pem" { 0 } else { 4 };
        assert_eq!(run.code, Some(expected), "{name}\n{}{}", run.stdout, run.stderr);
        assert_eq!(run.stderr.contains("damaged"), expected == 4, "{}", run.stderr);
    }
}

#[test]
fn what_looks_like_evidence_in_a_folder_is_not_passed_over() {
    let (whole, block) = (certificate(), pem("CERTIFICATE", &certificate()));
    for (name, bytes) in [
        ("x.crl", &whole[..300]),
        ("X.CER", b"<html>404</html>".as_slice()),
        ("empty.crl", b"".as_slice()),
        ("notes.txt", &block.as_bytes()[..200]),
    ] {
        let folder = Folder::new("evidence-damaged").with("root.cer", "pki/root.cer");
        fs::write(folder.0.join(name), bytes).unwrap();
        let run = with(&folder, ".");
        assert_eq!(run.code, Some(4), "{name}\n{}{}", run.stdout, run.stderr);
        assert!(run.stderr.contains(name) && run.stdout.is_empty(), "{}", run.stderr);
    }
}

#[test]
fn what_is_no_evidence_is_passed_over_in_a_folder() {
    let folder =
        Folder::new("evidence-other").with("root.cer", "pki/root.cer").with("letter.p7m", "cms/cades-t-attached.p7m");
    for (name, bytes) in [
        ("readme.txt", b"where these are from".as_slice()),
        ("key.pem", pem("PRIVATE KEY", b"0\0").as_bytes()),
        ("bundle.pem", format!("{}{}", pem("CERTIFICATE", &certificate()), pem("PRIVATE KEY", b"0\0")).as_bytes()),
        ("._root.cer", [0, 5, 22, 7].as_slice()),
        ("empty", b"".as_slice()),
    ] {
        fs::write(folder.0.join(name), bytes).unwrap();
    }
    let run = with(&folder, ".");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn evidence_without_an_end_is_not_read_for_ever() {
    let run = verify(&[VALID, "--evidence", "/dev/zero"]);
    assert_eq!(run.code, Some(4), "{}", run.stderr);
    assert!(run.stderr.contains("larger than 256 MiB"), "{}", run.stderr);
}
