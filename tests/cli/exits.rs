//! Exit codes (`docs/exit-codes.md`): 0 valid, 1 invalid, 2 indeterminate, 3 no signature, 4 usage, 5 I/O;
//! precedence 6 > 1 > 5 > 2 > 3.

use std::process::Stdio;

use crate::program::{Folder, command, finish, kenin, piped, root, verify};

const VALID: &str = "testdata/discharge-summary.pdf";
const INVALID: &str = "testdata/pdf/a1-flipped-text.pdf";
const INDETERMINATE: &str = "testdata/pdf/encrypted-with-password.pdf";
const UNSIGNED: &str = "testdata/pdf/unsigned.pdf";
const ABSENT: &str = "testdata/no-such-file.pdf";

#[test]
fn one_document_ends_by_its_verdict() {
    for (file, code) in [(VALID, 0), (INVALID, 1), (INDETERMINATE, 2), (UNSIGNED, 3), (ABSENT, 5)] {
        let run = verify(&[file]);
        assert_eq!(run.code, Some(code), "{file}\n{}{}", run.stdout, run.stderr);
    }
}

#[test]
fn of_many_the_worst_counts() {
    for (files, code) in [
        (vec![VALID, UNSIGNED], 3),
        (vec![VALID, UNSIGNED, INDETERMINATE], 2),
        (vec![INDETERMINATE, ABSENT, VALID], 5),
        (vec![ABSENT, INVALID, INDETERMINATE], 1),
        (vec![VALID, VALID], 0),
    ] {
        assert_eq!(verify(&files).code, Some(code), "{files:?}");
    }
}

#[test]
fn input_that_is_no_signed_document_is_no_signature() {
    for file in ["testdata/bad/empty.bin", "testdata/bad/zeros.bin", "testdata/bad/not-a-pdf.pdf"] {
        assert_eq!(verify(&[file]).code, Some(3), "{file}");
    }
}

/// Rule 12 of the verdicts: 1 where a signature dictionary with a broken range is left, else 3. A cut behind the whole
/// signed revision leaves the signature intact and bytes that belong to no revision (A7): 1. Nothing cut off is valid.
#[test]
fn a_sample_cut_at_every_kilobyte_is_never_valid() {
    let sample = std::fs::read(root().join(VALID)).unwrap();
    let folder = Folder::new("cut");
    let mut files = Vec::new();
    for length in (0..sample.len()).step_by(1024) {
        let path = folder.0.join(format!("{length:06}.pdf"));
        std::fs::write(&path, &sample[..length]).unwrap();
        files.push(path.to_str().unwrap().to_owned());
    }
    let mut arguments = vec!["--format", "json"];
    arguments.extend(files.iter().map(String::as_str));
    let run = verify(&arguments);
    let verdicts: Vec<String> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["verdict"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(verdicts.len(), files.len());
    let count = |verdict: &str| verdicts.iter().filter(|found| *found == verdict).count();
    let (unsigned, broken) = (count("no-signature"), count("invalid"));
    assert_eq!(unsigned + broken, files.len(), "{verdicts:?}");
    assert!(unsigned > 0 && broken > 0, "{verdicts:?}");
    assert_eq!(run.code, Some(1));
}

/// A gigabyte of zeros, held as a hole in a file, is read in pieces.
#[test]
fn a_gigabyte_of_zeros_is_no_signature() {
    let folder = Folder::new("zeros");
    let path = folder.0.join("zeros.bin");
    std::fs::File::create(&path).unwrap().set_len(1 << 30).unwrap();
    let run = verify(&[path.to_str().unwrap()]);
    assert_eq!(run.code, Some(3), "{}{}", run.stdout, run.stderr);
}

#[test]
fn what_cannot_be_judged_is_indeterminate() {
    assert_eq!(verify(&["testdata/pdf/encrypted-with-password.pdf"]).code, Some(2));
    let detached = verify(&["testdata/cms/cades-t-detached.p7s"]);
    assert_eq!(detached.code, Some(2));
    assert!(detached.stdout.contains("SIGNED_DATA_NOT_FOUND"), "{}", detached.stdout);
    assert!(detached.stdout.contains("--content FILE"), "{}", detached.stdout);
}

#[test]
fn usage_is_4_and_decided_before_a_document_is_read() {
    for arguments in [
        vec![],
        vec!["verify"],
        vec!["verify", "--no-such-option", VALID],
        vec!["verify", "--format", "html", ABSENT, ABSENT],
        vec!["verify", "--format", "etsi-xml", ABSENT, ABSENT],
        vec!["verify", "--format", "etsi-xml", "-r", ABSENT],
        vec!["verify", "--format", "etsi-xml", "--output", VALID, ABSENT, ABSENT],
        vec!["verify", "--policy", "no-such-policy", ABSENT],
        vec!["verify", "--policy", "testdata/demo-trust.toml", ABSENT],
        vec!["verify", "--trust", "no-such-profile", ABSENT],
        vec!["verify", "--trust", "./no-such.toml", ABSENT],
        vec!["verify", "--time", "yesterday", ABSENT],
        vec!["verify", "--evidence", ABSENT, VALID],
        vec!["verify", "--evidence", VALID, ABSENT],
        vec!["verify", "--password-file", ABSENT, VALID],
        vec!["verify", "--content", VALID, ABSENT, ABSENT],
        vec!["verify", "--pretty", VALID],
        vec!["verify", "--pretty", "--format", "json", ABSENT, ABSENT],
        vec!["verify", "-", "-"],
        vec!["verify", "testdata/pdf"],
        vec!["verify", ABSENT, "testdata/pdf"],
        vec!["verify", "--jobs", "0", VALID],
        vec!["explain", "no-such-code"],
        vec!["policy", "show", "no-such-policy"],
        vec!["inspect", "testdata/pdf"],
    ] {
        let run = kenin(&arguments);
        assert_eq!(run.code, Some(4), "{arguments:?}\n{}{}", run.stdout, run.stderr);
        assert_eq!(run.stdout, "", "{arguments:?}");
        assert_ne!(run.stderr, "", "{arguments:?}");
    }
}

#[test]
fn help_and_version_are_0() {
    for arguments in [vec!["--help"], vec!["--version"], vec!["verify", "--help"], vec!["help", "inspect"]] {
        assert_eq!(kenin(&arguments).code, Some(0), "{arguments:?}");
    }
}

#[test]
fn a_walk_counts_unsigned_files_without_failing() {
    let folder = Folder::new("walk").with("a.pdf", "discharge-summary.pdf").with(".hidden/b.pdf", "pdf/unsigned.pdf");
    let run = verify(&["-r", folder.path()]);
    assert_eq!(run.code, Some(0), "{}", run.stdout);
    assert!(
        run.stdout.contains("2 documents: 1 valid, 0 invalid, 0 indeterminate, 1 without signature"),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains("b.pdf"), "{}", run.stdout);
}

#[cfg(unix)]
#[test]
fn a_walk_enters_no_loop_and_follows_links_to_files() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new("loop").with("in/a.pdf", "discharge-summary.pdf");
    symlink(&folder.0, folder.0.join("in/loop")).unwrap();
    symlink(folder.0.join("in/a.pdf"), folder.0.join("link.pdf")).unwrap();
    let run = verify(&["-r", folder.path()]);
    assert_eq!(run.code, Some(0), "{}", run.stdout);
    assert!(run.stdout.contains("2 documents: 2 valid"), "{}", run.stdout);
}

/// What is out of reach may be a document: it was passed over without a word.
#[cfg(unix)]
#[test]
fn a_link_that_cannot_be_followed_is_a_file_that_cannot_be_read() {
    let folder = Folder::new("dangling").with("a.pdf", "discharge-summary.pdf");
    std::os::unix::fs::symlink(folder.0.join("nowhere"), folder.0.join("dangling")).unwrap();
    let run = verify(&["-r", folder.path()]);
    assert_eq!(run.code, Some(5), "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("dangling"), "{}", run.stdout);
    let results = folder.0.join("results.db");
    let batch = kenin(["batch", folder.path(), "--results", results.to_str().unwrap()]);
    assert_eq!(batch.code, Some(5), "{}{}", batch.stdout, batch.stderr);
}

#[test]
fn standard_input_is_a_document() {
    let bytes = std::fs::read(root().join(VALID)).unwrap();
    let arguments = ["verify", "-", "--trust", "testdata/demo-trust.toml", "--time", "2024-05-21T00:00:00Z"];
    let run = piped(&arguments, &bytes);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.starts_with("-\nPDF"), "{}", run.stdout);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    // Enough output to fill any pipe buffer.
    let mut child = command()
        .args(["verify", "-r", "testdata", "--trust", "testdata/demo-trust.toml", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn quiet_answers_by_the_exit_code_alone() {
    let run = verify(&["--quiet", INVALID]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(1), "", ""));
}

#[test]
fn output_goes_to_the_file() {
    let folder = Folder::new("output");
    let path = folder.0.join("report.json");
    let run = verify(&["--format", "json", "--output", path.to_str().unwrap(), VALID]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""));
    let line = std::fs::read_to_string(&path).unwrap();
    assert!(line.starts_with("{\"schema\":\"kenin-report/1\"") && line.ends_with("}\n"));
    let nowhere = verify(&["--output", "/no/such/folder/report.txt", VALID]);
    assert_eq!(nowhere.code, Some(5), "{}", nowhere.stderr);
}

#[test]
fn a_document_is_never_overwritten_by_its_report() {
    let folder = Folder::new("overwrite").with("a.pdf", "discharge-summary.pdf");
    let document = folder.0.join("a.pdf");
    let before = std::fs::read(&document).unwrap();
    let run = verify(&["--output", document.to_str().unwrap(), document.to_str().unwrap()]);
    assert_eq!((run.code, std::fs::read(&document).unwrap() == before), (Some(4), true), "{}", run.stderr);
}

#[test]
fn messages_follow_the_locale_and_machine_formats_do_not() {
    let japanese = |format: &str| {
        let arguments = ["verify", VALID, "--trust", "testdata/demo-trust.toml", "--format", format];
        finish(command().args(arguments).env("LC_ALL", "ja_JP.UTF-8")).stdout
    };
    assert!(japanese("text").contains("誰が"));
    assert!(!japanese("json").contains("署名"));
    let both = finish(command().args(["verify", "testdata/pdf"]).env("LC_ALL", "C").env("LANG", "ja_JP.UTF-8"));
    assert!(both.stderr.contains("is a folder"), "{}", both.stderr);
}

/// What a file holds may be signed: it is said how to find out.
#[test]
fn a_file_of_files_is_no_signature_and_leads_further() {
    let folder = Folder::new("container");
    let box_of = |name: &str, content: &[u8]| {
        let path = folder.0.join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let pdf = std::fs::read(root().join(VALID)).unwrap();
    let size = u32::try_from(pdf.len()).unwrap().to_le_bytes();
    let fixed = [&b"PK\x03\x04\x0a\0\0\0\0\0"[..], &[0; 8], &size, &size, &[5, 0, 0, 0]].concat();
    let stored = [&fixed[..], b"a.pdf", &pdf].concat();
    let mut tar = [&b"a.pdf"[..], &[0; 143], b"        ", &[0; 356], &pdf].concat();
    let sum: u32 = tar[..512].iter().map(|octet| u32::from(*octet)).sum();
    tar.splice(148..156, format!("{sum:06o}\0 ").into_bytes());
    for file in [box_of("stored.zip", &stored), box_of("a.tar", &tar), box_of("a.gz", b"\x1f\x8b\x08\0")] {
        let run = verify(&[&file]);
        assert_eq!(run.code, Some(3), "{file}\n{}", run.stdout);
        assert!(run.stdout.contains("kenin batch judges what a ZIP holds"), "{}", run.stdout);
        assert_eq!(kenin(["inspect", &file]).code, Some(3), "{file}");
        let json = verify(&[&file, "--format", "json"]).stdout;
        assert!(json.contains(r#""format":"container""#) && json.contains(r#""verdict":"no-signature""#), "{json}");
    }
}

#[test]
fn a_detached_signature_takes_its_content_from_beside_it() {
    let folder = Folder::new("beside").with("note.txt.p7s", "cms/cades-t-detached.p7s");
    let signature = folder.0.join("note.txt.p7s");
    let signature = signature.to_str().unwrap();
    assert_eq!(verify(&[signature]).code, Some(2));
    let folder = folder.with("note.txt", "content/note.txt");
    for arguments in [vec![signature], vec!["-r", folder.path()]] {
        let run = verify(&arguments);
        assert_eq!(run.code, Some(0), "{}", run.stdout);
    }
    let text = verify(&[signature]).stdout.split_whitespace().collect::<String>();
    assert!(text.contains(&format!("SHA-256ofthecontent{}/note.txt:", folder.path())), "{text}");
    let page = verify(&[signature, "--format", "html"]).stdout;
    assert!(page.contains(&format!("{}/note.txt</span> <code>", folder.path())));
    // So do stored facts and the doctor.
    let facts = folder.0.join("facts.json");
    let facts = facts.to_str().unwrap();
    assert_eq!(verify(&[signature, "--save-facts", facts]).code, Some(0));
    let judging = ["--trust", "testdata/demo-trust.toml", "--time", "2024-05-21T00:00:00Z"];
    assert_eq!(kenin([&["rejudge", facts, "--document", signature], &judging[..]].concat()).code, Some(0));
    let doctor = kenin([&["trust", "doctor", signature], &judging[..]].concat()).stdout;
    assert!(!doctor.contains("not at hand"), "{doctor}");
    let (content, other) = (folder.0.join("note.txt"), "testdata/content/referral.xml");
    assert_eq!(verify(&[signature, "--content", other]).code, Some(1));
    // It is read, and so not written over.
    assert_eq!(verify(&[signature, "--output", content.to_str().unwrap()]).code, Some(4));
    std::fs::write(&content, "another note").unwrap();
    assert_eq!(verify(&[signature]).code, Some(1));
}

/// An XML signature names what it is over; a file beside it is another one.
#[test]
fn an_xml_signature_takes_no_file_for_its_content_that_it_does_not_name() {
    let folder = Folder::new("beside-xml").with("foo.sig", "xades/detached-t.xml").with("foo", "content/note.txt");
    let signature = folder.0.join("foo.sig");
    let run = verify(&[signature.to_str().unwrap()]);
    assert_eq!(run.code, Some(2), "{}", run.stdout);
}

/// What stands in a file already stays when standard output is appended to it under its name.
#[cfg(unix)]
#[test]
fn standard_output_by_its_name_is_not_opened_anew() {
    let folder = Folder::new("dev-stdout");
    let log = folder.0.join("log");
    let policy = ["policy", "export", "signature", "--output", "/dev/stdout"];
    let report = ["verify", VALID, "--trust", "testdata/demo-trust.toml", "--output", "/dev/stdout"];
    for arguments in [&policy[..], &report] {
        std::fs::write(&log, "precious\n").unwrap();
        let file = std::fs::OpenOptions::new().append(true).open(&log).unwrap();
        let status = command().args(arguments).stdout(file).status().unwrap();
        assert!(status.code().is_some_and(|code| code != 4 && code != 5), "{arguments:?}");
        let text = std::fs::read_to_string(&log).unwrap();
        assert!(text.starts_with("precious\n") && text.len() > 100, "{text}");
    }
}

#[test]
fn what_a_report_shows_can_be_explained() {
    for word in ["INDETERMINATE/TRY_LATER", "TOTAL-FAILED / FORMAT_FAILURE"] {
        assert_eq!(kenin(["explain", word]).code, Some(0), "{word}");
    }
    let run = kenin(["explain", "有効", "--lang", "ja"]);
    assert!(run.code == Some(0) && run.stdout.starts_with("valid"), "{}{}", run.stdout, run.stderr);
    let unknown = kenin(["explain", "診療", "--lang", "ja"]);
    assert!(unknown.code == Some(4) && !unknown.stderr.contains("CMS"), "{}", unknown.stderr);
}
