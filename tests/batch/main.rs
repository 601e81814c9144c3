//! `kenin batch`: the results are those of `kenin verify`, whatever the order, the number of workers and the interruptions.
// A test program: a failed assumption should stop it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod adversity;
mod again;
mod archive;
mod inputs;
mod interrupted;
mod kept;
mod ledger;
#[path = "../support/outline.rs"]
mod outline;
#[path = "../support/page.rs"]
mod page;
mod parts;
mod report;
#[path = "../support/sound.rs"]
mod sound;

use std::collections::BTreeMap;
use std::fs;

use archive::{Archive, TIME, root};

/// The verdict and the exit code of each document, as `kenin verify` gives them.
fn verified(folder: &str) -> BTreeMap<String, String> {
    let run = archive::kenin(&["verify", "-r", folder, "--format", "json", "--trust", archive::TRUST, "--time", TIME]);
    let reports = run.stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    reports.map(|report| (text(&report["document"]["path"]), text(&report["verdict"]))).collect()
}

#[test]
fn every_document_has_the_verdict_that_verify_gives_it() {
    let archive = Archive::new("same");
    let folder = root().join("testdata/pdf");
    let folder = folder.to_str().unwrap();
    let run = archive.batch(&[folder]);
    let expected = verified(folder);
    assert!(expected.len() > 100);
    assert_eq!(archive.verdicts(), expected);
    // Invalid ones decide.
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let valid = expected.values().filter(|verdict| *verdict == "valid").count();
    let summary = format!("{} documents: {valid} valid", expected.len());
    assert!(run.stdout.starts_with(&summary), "{summary}\n{}", run.stdout);
    let signatures: u32 = archive.one("SELECT count(*) FROM signature");
    assert!(signatures > 100, "{signatures}");
    assert_eq!(archive.one::<String>("SELECT state FROM run"), "finished");
}

#[test]
fn rows_do_not_depend_on_the_number_of_workers() {
    let dumps = ["1", "4"].map(|jobs| {
        let archive = Archive::new(&format!("jobs-{jobs}"));
        archive.batch(&["testdata/cms", "testdata/tokens", "testdata/bad", "--jobs", jobs]);
        archive.dump()
    });
    assert!(dumps[0].len() > 300);
    assert_eq!(dumps[0], dumps[1]);
}

#[test]
fn unchanged_documents_are_not_judged_again_and_changed_ones_are() {
    let archive = Archive::new("again");
    let folder = archive.folder.join("documents");
    fs::create_dir(&folder).unwrap();
    for name in ["pades-b.pdf", "pades-lt.pdf", "unsigned.pdf"] {
        fs::copy(root().join("testdata/pdf").join(name), folder.join(name)).unwrap();
    }
    let folder_name = folder.to_str().unwrap();
    archive.batch(&[folder_name]);
    let before = archive.dump();
    let again = archive.batch(&[folder_name]);
    assert!(again.stdout.contains("3 documents are unchanged and were not judged again."), "{}", again.stdout);
    assert_eq!(archive.dump(), before);
    fs::copy(root().join("testdata/pdf/a1-flipped-text.pdf"), folder.join("pades-b.pdf")).unwrap();
    let changed = archive.batch(&[folder_name]);
    assert!(changed.stdout.contains("2 documents are unchanged"), "{}", changed.stdout);
    let verdict: String = archive.one("SELECT verdict FROM document WHERE name LIKE '%pades-b.pdf'");
    assert_eq!((verdict.as_str(), changed.code), ("invalid", Some(1)));
    let judged: u32 = archive.one("SELECT count(*) FROM document WHERE run = (SELECT max(id) FROM run)");
    assert_eq!(judged, 1);
    // Another policy is another question.
    let other = archive.batch(&[folder_name, "--policy", "signature"]);
    assert!(!other.stdout.contains("unchanged"), "{}", other.stdout);
}

#[test]
fn a_detached_signature_is_judged_with_what_it_is_beside() {
    let archive = Archive::new("pairs");
    let folder = archive.folder.join("documents");
    fs::create_dir(&folder).unwrap();
    fs::copy(root().join("testdata/cms/cades-t-detached.p7s"), folder.join("letter.txt.p7s")).unwrap();
    fs::copy(root().join("testdata/cms/cades-t-detached.p7s"), folder.join("alone.p7s")).unwrap();
    fs::copy(root().join("testdata/content/note.txt"), folder.join("letter.txt")).unwrap();
    archive.batch(&[folder.to_str().unwrap()]);
    let of = |name: &str, column: &str| {
        archive
            .one::<Option<String>>(&format!("SELECT CAST({column} AS TEXT) FROM document WHERE name LIKE '%/{name}'"))
    };
    assert_eq!(of("letter.txt.p7s", "verdict").as_deref(), Some("valid"));
    assert!(of("letter.txt.p7s", "content").unwrap().ends_with("/letter.txt"));
    assert_eq!(of("alone.p7s", "verdict").as_deref(), Some("indeterminate"));
    assert_eq!(of("alone.p7s", "content"), None);
    assert_eq!(of("letter.txt", "verdict").as_deref(), Some("no-signature"));
    // The signature is as it was, and what it signs is not.
    fs::write(folder.join("letter.txt"), "another letter").unwrap();
    let changed = archive.batch(&[folder.to_str().unwrap()]);
    assert_eq!(of("letter.txt.p7s", "verdict").as_deref(), Some("invalid"), "{}", changed.stdout);
    assert_eq!(changed.code, Some(1));
    // What it signs was lost, and comes back beside another one that had nothing.
    fs::remove_file(folder.join("letter.txt")).unwrap();
    fs::copy(root().join("testdata/content/note.txt"), folder.join("alone")).unwrap();
    archive.batch(&[folder.to_str().unwrap()]);
    assert_eq!(of("letter.txt.p7s", "verdict").as_deref(), Some("indeterminate"));
    assert_eq!(of("alone.p7s", "verdict").as_deref(), Some("valid"));
}

#[test]
fn a_time_that_is_given_is_another_question() {
    let archive = Archive::new("time");
    let at = |time: &str| {
        let results = archive.results();
        let fixed = ["batch", "testdata/pdf/pades-b.pdf", "--policy", "signature", "--trust", archive::TRUST];
        archive::kenin(&[&fixed[..], &["--results", results.to_str().unwrap(), "--time", time]].concat())
    };
    assert_eq!(at(TIME).code, Some(0));
    assert!(at(TIME).stdout.contains("1 document is unchanged"));
    let later = at("2060-01-01T00:00:00Z");
    assert_eq!((later.code, later.stdout.contains("unchanged")), (Some(2), false), "{}", later.stdout);
}

#[test]
fn an_encrypted_document_is_tried_again_with_other_passwords() {
    let archive = Archive::new("password");
    let encrypted = "testdata/pdf/encrypted-with-password.pdf";
    assert_eq!(archive.batch(&[encrypted]).code, Some(2));
    let again = archive.batch(&[encrypted]);
    assert!(!again.stdout.contains("unchanged"), "{}", again.stdout);
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_device_is_said_and_never_waited_for() {
    let archive = Archive::new("pipe");
    let pipe = archive.folder.join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    // Named, and met below a folder, where it is passed over.
    let run = archive.batch(&[pipe.to_str().unwrap(), archive.folder.to_str().unwrap(), "/dev/zero"]);
    assert_eq!(run.code, Some(5), "{}{}", run.stdout, run.stderr);
    let reasons: Vec<String> = archive.column("SELECT reason FROM trouble");
    assert_eq!(reasons, ["not a regular file", "not a regular file"]);
    assert_eq!(archive.one::<u32>("SELECT count(*) FROM document"), 0);
}

#[cfg(unix)]
#[test]
fn names_of_any_bytes_have_a_row_of_their_own() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let archive = Archive::new("names");
    let folder = archive.folder.join("documents");
    fs::create_dir(&folder).unwrap();
    // 退院 in Shift_JIS, a line feed, and what a replacement of bad bytes would make one of the first.
    let names: [&[u8]; 3] = [b"\x91\xde\x89\x40.pdf", b"two\nlines.pdf", "\u{fffd}\u{fffd}@.pdf".as_bytes()];
    for name in names {
        fs::copy(root().join("testdata/pdf/pades-b.pdf"), folder.join(OsStr::from_bytes(name))).unwrap();
    }
    let run = archive.batch(&[folder.to_str().unwrap()]);
    assert_eq!(archive.one::<u32>("SELECT count(*) FROM document"), 3, "{}", run.stderr);
    let mut stored: Vec<Vec<u8>> = archive.column("SELECT name FROM document");
    stored.iter_mut().for_each(|name| drop(name.drain(..folder.as_os_str().len() + 1)));
    let mut expected: Vec<Vec<u8>> = names.iter().map(|name| name.to_vec()).collect();
    stored.sort();
    expected.sort();
    assert_eq!(stored, expected);
    let again = archive.batch(&[folder.to_str().unwrap()]);
    assert!(again.stdout.contains("3 documents are unchanged"), "{}", again.stdout);
}

#[test]
fn a_document_that_is_not_there_is_said_and_the_others_are_judged() {
    let archive = Archive::new("absent");
    let run = archive.batch(&["testdata/pdf/pades-lt.pdf", "testdata/pdf/no-such.pdf"]);
    assert_eq!(archive.one::<u32>("SELECT count(*) FROM document"), 1);
    assert_eq!(archive.one::<u32>("SELECT count(*) FROM trouble"), 1);
    assert_eq!(run.code, Some(5), "{}{}", run.stdout, run.stderr);
}

#[test]
fn the_results_file_is_no_document() {
    let archive = Archive::new("own");
    fs::copy(root().join("testdata/pdf/pades-lt.pdf"), archive.folder.join("a.pdf")).unwrap();
    for _ in 0..2 {
        let run = archive.batch(&[archive.folder.to_str().unwrap()]);
        assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
        assert_eq!(archive.one::<u32>("SELECT count(*) FROM document"), 1);
    }
}

#[test]
fn what_is_no_results_file_is_left_alone() {
    let archive = Archive::new("not-results");
    fs::write(archive.results(), "a diary").unwrap();
    let run = archive.batch(&["testdata/pdf/pades-lt.pdf"]);
    assert_eq!(fs::read_to_string(archive.results()).unwrap(), "a diary");
    assert!(matches!(run.code, Some(4 | 5)), "{:?} {}", run.code, run.stderr);
    let other = Archive::new("other-program");
    rusqlite::Connection::open(other.results()).unwrap().execute_batch("CREATE TABLE diary (day TEXT)").unwrap();
    let run = other.batch(&["testdata/pdf/pades-lt.pdf"]);
    assert_eq!(run.code, Some(4), "{}", run.stderr);
    assert!(run.stderr.contains("is not a results file of kenin"), "{}", run.stderr);
    let nowhere = archive.folder.join("no-such-folder/results.db");
    let arguments = ["batch", "testdata/pdf/pades-lt.pdf", "--results", nowhere.to_str().unwrap()];
    assert_eq!(archive::kenin(&arguments).code, Some(5));
}
