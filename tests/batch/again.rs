//! What the next run judges again, and what it leaves alone.

use std::fs::{self, File};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use crate::archive::{Archive, Run, root};

/// An archive of a valid, an invalid and an indeterminate document, judged once.
struct Yearly {
    archive: Archive,
    documents: PathBuf,
}

impl Yearly {
    fn new(name: &str) -> Self {
        let archive = Archive::new(name);
        let documents = archive.folder.join("documents");
        fs::create_dir(&documents).unwrap();
        for (from, to) in [
            ("pdf/pades-lt.pdf", "valid.pdf"),
            ("pdf/a1-flipped-text.pdf", "invalid.pdf"),
            ("cms/cades-t-detached.p7s", "undecided.p7s"),
        ] {
            fs::copy(root().join("testdata").join(from), documents.join(to)).unwrap();
        }
        let yearly = Self { archive, documents };
        yearly.run(&[]);
        yearly
    }

    fn run(&self, options: &[&str]) -> Run {
        self.archive.batch(&[&[self.documents.to_str().unwrap()], options].concat())
    }

    /// The names that the last run judged.
    fn judged(&self) -> Vec<String> {
        let sql = "SELECT CAST(name AS TEXT) FROM document WHERE run = (SELECT max(id) FROM run) ORDER BY name";
        let names: Vec<String> = self.archive.column(sql);
        names.into_iter().map(|name| name.rsplit('/').next().unwrap().to_owned()).collect()
    }
}

#[test]
fn recheck_judges_unchanged_documents_of_a_kind() {
    let yearly = Yearly::new("recheck");
    let judged = |recheck: &str| {
        yearly.run(&["--recheck", recheck]);
        yearly.judged()
    };
    assert_eq!(judged("invalid"), ["invalid.pdf"]);
    assert_eq!(judged("indeterminate"), ["undecided.p7s"]);
    assert_eq!(judged("invalid,indeterminate"), ["invalid.pdf", "undecided.p7s"]);
    // The run's time is 2024-05-21; this document can be verified until some years later.
    let until: String =
        yearly.archive.one("SELECT coalesce(renew_before, verifiable_until) FROM document WHERE verdict = 'valid'");
    assert!(until.as_str() > "2024-11-20", "{until}");
    assert_eq!(judged("expiring=180d"), [""; 0]);
    assert_eq!(judged("expiring=36500d"), ["valid.pdf"]);
    for wrong in ["valid", "expiring", "expiring=soon"] {
        assert_eq!(yearly.run(&["--recheck", wrong]).code, Some(4), "{wrong}");
    }
}

#[test]
fn only_changed_leaves_rows_of_other_conditions() {
    let yearly = Yearly::new("only-changed");
    yearly.run(&["--policy", "signature", "--only-changed"]);
    assert_eq!(yearly.judged(), [""; 0]);
    fs::copy(root().join("testdata/pdf/pades-t.pdf"), yearly.documents.join("valid.pdf")).unwrap();
    yearly.run(&["--policy", "signature", "--only-changed"]);
    assert_eq!(yearly.judged(), ["valid.pdf"]);
    yearly.run(&["--policy", "signature"]);
    assert_eq!(yearly.judged(), ["invalid.pdf", "undecided.p7s"]);
}

#[test]
fn since_leaves_older_documents_alone_known_or_not() {
    let yearly = Yearly::new("since");
    let set = |name: &str, time: &str| {
        let seconds = kenin::UtcTime::parse(time).unwrap().unix_seconds();
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(seconds).unwrap());
        File::options().append(true).open(yearly.documents.join(name)).unwrap().set_modified(time).unwrap();
    };
    fs::copy(root().join("testdata/pdf/pades-lt.pdf"), yearly.documents.join("old-and-new-here.pdf")).unwrap();
    fs::copy(root().join("testdata/pdf/pades-t.pdf"), yearly.documents.join("valid.pdf")).unwrap();
    set("old-and-new-here.pdf", "2019-12-31T23:59:59Z");
    set("valid.pdf", "2020-01-01T00:00:00Z");
    let run = yearly.run(&["--since", "2020-01-01T00:00:00Z"]);
    assert_eq!(yearly.judged(), ["valid.pdf"]);
    assert!(run.stdout.contains("1 document was changed last before the time given"), "{}", run.stdout);
    assert_eq!(yearly.archive.one::<u32>("SELECT count(*) FROM document WHERE name LIKE '%old%'"), 0);
    assert_eq!(yearly.run(&["--since", "yesterday"]).code, Some(4));
}

#[test]
fn a_document_that_was_only_touched_is_unchanged() {
    let yearly = Yearly::new("touched");
    let modified = || yearly.archive.one::<i64>("SELECT modified FROM document WHERE name LIKE '%/valid.pdf'");
    let before = modified();
    let file = File::options().append(true).open(yearly.documents.join("valid.pdf")).unwrap();
    file.set_modified(SystemTime::now() + Duration::from_secs(60)).unwrap();
    yearly.run(&[]);
    assert_eq!(yearly.judged(), [""; 0]);
    assert!(modified() > before);
    // With the time known again, it is not even read.
    yearly.run(&[]);
    assert_eq!(yearly.judged(), [""; 0]);
}

#[test]
fn content_that_rots_under_its_old_time_is_found_by_comparing() {
    let yearly = Yearly::new("rot");
    let path = yearly.documents.join("valid.pdf");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    let mut bytes = fs::read(&path).unwrap();
    bytes[2000] ^= 1;
    fs::write(&path, bytes).unwrap();
    File::options().append(true).open(&path).unwrap().set_modified(time).unwrap();
    yearly.run(&[]);
    assert_eq!(yearly.judged(), [""; 0]);
    yearly.run(&["--compare-content"]);
    assert_eq!(yearly.judged(), ["valid.pdf"]);
    let verdict: String = yearly.archive.one("SELECT verdict FROM document WHERE name LIKE '%/valid.pdf'");
    assert_eq!(verdict, "invalid");
}

#[test]
fn a_document_that_has_gone_is_said_and_comes_back() {
    let yearly = Yearly::new("gone");
    let (path, aside) = (yearly.documents.join("invalid.pdf"), yearly.archive.folder.join("aside.pdf"));
    fs::rename(&path, &aside).unwrap();
    let run = yearly.run(&[]);
    assert!(run.stdout.contains("1 document of an earlier run is not there any more."), "{}", run.stdout);
    // It does not count any more: what is left is undecided.
    assert!(run.stdout.starts_with("2 documents: 1 valid"), "{}", run.stdout);
    assert_eq!(run.code, Some(5));
    assert_eq!(yearly.archive.one::<u32>("SELECT gone FROM run ORDER BY id DESC"), 1);
    // That is told once.
    assert_eq!(yearly.run(&[]).code, Some(2));
    // Another root says nothing about it.
    fs::rename(&aside, &path).unwrap();
    let elsewhere = yearly.archive.batch(&[yearly.documents.join("valid.pdf").to_str().unwrap()]);
    assert!(elsewhere.stdout.contains("not there any more"), "{}", elsewhere.stdout);
    let back = yearly.run(&[]);
    assert!(!back.stdout.contains("not there any more"), "{}", back.stdout);
    assert_eq!((back.code, yearly.judged()), (Some(1), Vec::new()));
}

// The signature was compared and its content was not: it stayed valid over a letter that had rotted.
#[test]
fn what_a_signature_is_beside_is_compared_with_it() {
    let archive = Archive::new("rot-beside");
    let (letter, folder) = (archive.folder.join("letter.txt"), archive.folder.to_str().unwrap());
    fs::copy(root().join("testdata/content/note.txt"), &letter).unwrap();
    fs::copy(root().join("testdata/cms/cades-t-detached.p7s"), archive.folder.join("letter.txt.p7s")).unwrap();
    let verdict = || archive.one::<String>("SELECT verdict FROM document WHERE name LIKE '%.p7s'");
    archive.batch(&[folder]);
    assert_eq!(verdict(), "valid");
    let time = fs::metadata(&letter).unwrap().modified().unwrap();
    let mut bytes = fs::read(&letter).unwrap();
    bytes[0] ^= 1;
    fs::write(&letter, bytes).unwrap();
    File::options().append(true).open(&letter).unwrap().set_modified(time).unwrap();
    assert_eq!(archive.batch(&[folder, "--compare-content"]).code, Some(1));
    assert_eq!(verdict(), "invalid");
}

// Rows from stored facts passed for rows of documents that were read.
#[test]
fn what_was_judged_from_stored_facts_is_read_by_the_next_run() {
    let yearly = Yearly::new("after-rejudge");
    let results = yearly.archive.results();
    let (results, trust) = (results.to_str().unwrap(), crate::archive::TRUST);
    crate::archive::kenin(&["batch", "rejudge", results, "--trust", trust, "--time", crate::archive::TIME]);
    let run = yearly.run(&[]);
    assert!(!run.stdout.contains("unchanged"), "{}", run.stdout);
    assert_eq!(yearly.judged(), ["invalid.pdf", "undecided.p7s", "valid.pdf"]);
}

/// A list, or a name, says that a document is there; a place that cannot be looked into says nothing.
#[test]
fn a_document_that_was_named_and_is_not_there_has_gone() {
    let archive = Archive::new("named-gone");
    let (folder, list) = (archive.folder.join("documents"), archive.folder.join("list.txt"));
    fs::create_dir(&folder).unwrap();
    let [a, b] = ["a.pdf", "b.pdf"].map(|name| folder.join(name));
    for path in [&a, &b] {
        fs::copy(root().join("testdata/pdf/pades-lt.pdf"), path).unwrap();
    }
    // Some editors put a byte order mark before the first name.
    fs::write(&list, format!("\u{feff}{}\n{}\n", a.display(), b.display())).unwrap();
    let listed = ["--manifest", list.to_str().unwrap()];
    assert_eq!(archive.batch(&listed).code, Some(0));
    assert_eq!(archive.one::<u32>("SELECT count(*) FROM document"), 2);
    fs::remove_file(&a).unwrap();
    for roots in [&listed[..], &[a.to_str().unwrap(), b.to_str().unwrap()]] {
        let run = archive.batch(roots);
        assert_eq!(run.code, Some(5), "{}", run.stdout);
        assert!(run.stdout.starts_with("1 document: 1 valid"), "{}", run.stdout);
        assert!(run.stdout.contains(&format!("  {}: ", a.display())), "{}", run.stdout);
        assert_eq!(
            archive.one::<String>("SELECT CAST(name AS TEXT) FROM document WHERE gone IS NOT NULL"),
            a.to_str().unwrap()
        );
    }
    fs::remove_dir_all(&folder).unwrap();
    let run = archive.batch(&listed);
    assert!(run.stdout.starts_with("1 document: 1 valid"), "{}", run.stdout);
    assert_eq!(run.code, Some(5));
}

#[test]
fn an_archive_that_has_vanished_is_no_archive_without_faults() {
    let archive = Archive::new("vanished");
    let folder = archive.folder.join("documents");
    fs::create_dir(&folder).unwrap();
    fs::copy(root().join("testdata/pdf/pades-lt.pdf"), folder.join("a.pdf")).unwrap();
    let batch = || archive.batch(&[folder.to_str().unwrap(), "--quiet"]).code;
    assert_eq!(batch(), Some(0));
    fs::remove_file(folder.join("a.pdf")).unwrap();
    // As long as nothing is there.
    assert_eq!([batch(), batch()], [Some(5); 2]);
}

/// What was read and compared is as unchanged as what was not read.
#[test]
fn what_was_compared_and_is_the_same_is_said() {
    let archive = Archive::new("compared");
    archive.batch(&["testdata/pdf/pades-lt.pdf"]);
    // Roots may overlap.
    for again in [&["testdata/pdf/pades-lt.pdf", "--compare-content"][..], &["testdata/pdf/pades-lt.pdf"; 2]] {
        let run = archive.batch(again);
        assert!(run.stdout.contains("1 document is unchanged"), "{}", run.stdout);
    }
}
