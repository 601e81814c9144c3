//! `--format etsi-xml`: one file a document, in a folder for several, never over a document.

use std::fs;

use crate::program::{Folder, command, finish, kenin, piped, root, verify};

const VALID: &str = "testdata/discharge-summary.pdf";
const INVALID: &str = "testdata/pdf/a1-flipped-text.pdf";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ValidationReport ";

#[test]
fn one_document_goes_where_json_would() {
    let folder = Folder::new("etsi-one");
    let run = verify(&[VALID, "--format", "etsi-xml"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(run.stdout.starts_with(HEAD) && run.stdout.ends_with("</ValidationReport>\n"));
    assert!(run.stdout.contains("mainindication:total-passed"));
    let file = format!("{}/report.xml", folder.path());
    assert_eq!(verify(&[VALID, "--format", "etsi-xml", "--output", &file]).code, Some(0));
    assert_eq!(fs::read_to_string(&file).unwrap(), run.stdout);
    // Into a folder that is there it goes by its document's name.
    assert_eq!(verify(&[VALID, "--format", "etsi-xml", "--output", folder.path()]).code, Some(0));
    assert_eq!(fs::read_to_string(folder.0.join("discharge-summary.pdf.xml")).unwrap(), run.stdout);
    // Or that is named as one.
    let new = format!("{}/new/", folder.path());
    assert_eq!(verify(&[VALID, "--format", "etsi-xml", "--output", &new]).code, Some(0));
    assert_eq!(fs::read_to_string(folder.0.join("new/discharge-summary.pdf.xml")).unwrap(), run.stdout);
}

#[test]
fn several_documents_need_a_folder_and_say_so_before_anything_is_read() {
    let file = Folder::new("etsi-file").with("taken", "content/note.txt");
    let taken = format!("{}/taken", file.path());
    for (arguments, said) in [
        (vec![VALID, INVALID], "--output DIR"),
        (vec!["-r", "testdata/cms"], "--output DIR"),
        (vec!["-r", VALID], "--output DIR"),
        (vec![VALID, INVALID, "--output", &taken], "is a file"),
    ] {
        let run = verify(&[&["--format", "etsi-xml"], &arguments[..]].concat());
        assert_eq!((run.code, run.stdout.as_str()), (Some(4), ""), "{arguments:?}");
        assert!(run.stderr.contains(said), "{arguments:?}: {}", run.stderr);
    }
    assert_eq!(fs::read(&taken).unwrap(), fs::read(root().join("testdata/content/note.txt")).unwrap());
    // With nothing to write nothing is asked for, and the exit code answers.
    let quiet = verify(&["--format", "etsi-xml", "--quiet", VALID, INVALID]);
    assert_eq!((quiet.code, quiet.stdout.as_str(), quiet.stderr.as_str()), (Some(1), "", ""));
}

#[test]
fn a_folder_gets_a_report_for_each_document_under_its_name() {
    let documents = Folder::new("etsi-in")
        .with("a.pdf", "discharge-summary.pdf")
        .with("sub/a.pdf", "pdf/a1-flipped-text.pdf")
        .with("sub/unsigned.pdf", "pdf/unsigned.pdf");
    let reports = Folder::new("etsi-out");
    let output = format!("{}/new/reports", reports.path());
    let file = documents.0.join("a.pdf").display().to_string();
    let arguments = ["--format", "etsi-xml", "--output", &output, "-r", documents.path(), &file, VALID];
    let run = verify(&arguments);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(1), "", ""));
    let read = |name: &str| fs::read_to_string(format!("{output}/{name}")).unwrap();
    for (name, said) in [
        ("a.pdf.xml", "mainindication:total-passed"),
        ("a.pdf.2.xml", "mainindication:total-passed"),
        ("sub/a.pdf.xml", "subindication:HASH_FAILURE"),
        ("sub/unsigned.pdf.xml", "etsi-report/1/subindication/no-signature"),
        ("discharge-summary.pdf.xml", "mainindication:total-passed"),
    ] {
        assert!(read(name).starts_with(HEAD) && read(name).contains(said), "{name}");
    }
    let files = |folder: &str| fs::read_dir(folder).unwrap().count();
    assert_eq!((files(&output), files(&format!("{output}/sub"))), (4, 2));
    // What was there is replaced whole; what is not ours stays.
    fs::write(format!("{output}/a.pdf.xml"), "x".repeat(1 << 20)).unwrap();
    fs::write(format!("{output}/notes.txt"), "mine").unwrap();
    let first = read("a.pdf.2.xml");
    assert_eq!(verify(&arguments).code, Some(1));
    assert_eq!(read("a.pdf.xml"), first.replace("a.pdf.2", "a.pdf"));
    assert_eq!(read("notes.txt"), "mine");
}

#[test]
fn no_report_is_written_over_a_document() {
    let folder =
        Folder::new("etsi-same").with("a.pdf", "discharge-summary.pdf").with("out/a.pdf.xml", "content/note.txt");
    let path = |name: &str| folder.0.join(name).display().to_string();
    let (document, other, output) = (path("a.pdf"), path("out/a.pdf.xml"), path("out"));
    let note = fs::read(&other).unwrap();
    let (document, other, output) = (document.as_str(), other.as_str(), output.as_str());
    for arguments in [&[document, other][..], &[document, "-r", output], &["-r", folder.path()]] {
        let target = if arguments.len() == 2 && arguments[0] == "-r" { folder.path() } else { output };
        let run = verify(&[&["--format", "etsi-xml", "--output", target], arguments].concat());
        assert_eq!((run.code, run.stdout.as_str()), (Some(4), ""), "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains("is one of the files that kenin is to read"), "{arguments:?}: {}", run.stderr);
        assert_eq!(fs::read(other).unwrap(), note);
        assert_eq!(fs::read_dir(output).unwrap().count(), 1);
    }
    let over = verify(&["--format", "etsi-xml", "--output", document, document]);
    assert_eq!(over.code, Some(4), "{}", over.stderr);
    let content = ["--content", other, "--output", output];
    let over = verify(&[&["--format", "etsi-xml", document], &content[..]].concat());
    assert_eq!(over.code, Some(4), "{}", over.stderr);
    assert_eq!(fs::read(other).unwrap(), note);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_folder_leads_no_report_over_a_document() {
    let folder = Folder::new("etsi-link").with("in/a.pdf", "discharge-summary.pdf").with("out/x", "content/note.txt");
    let (input, output) = (folder.0.join("in"), folder.0.join("out"));
    std::os::unix::fs::symlink(input.join("a.pdf"), output.join("a.pdf.xml")).unwrap();
    let (input, output) = (input.display().to_string(), output.display().to_string());
    let run = verify(&["--format", "etsi-xml", "--output", &output, "-r", &input]);
    assert_eq!(run.code, Some(4), "{}", run.stderr);
    let sample = fs::read(root().join(VALID)).unwrap();
    assert_eq!(fs::read(folder.0.join("in/a.pdf")).unwrap(), sample);
}

#[test]
fn a_folder_that_cannot_be_made_is_5() {
    let folder = Folder::new("etsi-no").with("file", "content/note.txt");
    let output = format!("{}/file/reports", folder.path());
    let run = verify(&["--format", "etsi-xml", "--output", &output, VALID, INVALID]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(5), ""));
    assert!(run.stderr.contains("reports"), "{}", run.stderr);
}

#[test]
fn standard_input_is_called_that() {
    let folder = Folder::new("etsi-stdin");
    let sample = fs::read(root().join(VALID)).unwrap();
    let judging = ["verify", "--trust", "testdata/demo-trust.toml", "--time", "2024-05-21T00:00:00Z"];
    let run = piped(&[&judging[..], &["--format", "etsi-xml", "--output", folder.path(), "-"]].concat(), &sample);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(fs::read_to_string(folder.0.join("stdin.xml")).unwrap().starts_with(HEAD));
}

#[test]
fn messages_are_english_unless_asked_for() {
    let sentence = |arguments: &[&str], locale: &str| {
        let mut command = command();
        command.args(["verify", VALID, "--trust", "testdata/demo-trust.toml", "--time", "2024-05-21T00:00:00Z"]);
        finish(command.args(["--format", "etsi-xml"]).args(arguments).env("LC_ALL", locale)).stdout
    };
    let english = sentence(&[], "C");
    assert!(english.contains("The signature is intact, covers the whole document"));
    assert_eq!(sentence(&[], "ja_JP.UTF-8"), english);
    let japanese = sentence(&["--lang", "ja"], "C");
    assert!(!japanese.contains("The signature is intact") && japanese.contains("署名"));
}

#[test]
fn stored_facts_judged_again_say_the_same() {
    let folder = Folder::new("etsi-rejudge");
    let facts = format!("{}/facts.json", folder.path());
    let first = verify(&[VALID, "--format", "etsi-xml", "--save-facts", &facts]);
    let judging = ["rejudge", "--trust", "testdata/demo-trust.toml", "--time", "2024-05-21T00:00:00Z"];
    let rejudge =
        |arguments: &[&str]| kenin(judging.iter().chain(&[facts.as_str(), "--format", "etsi-xml"]).chain(arguments));
    let again = rejudge(&["--document", VALID]);
    assert_eq!((again.code, again.stdout.as_str()), (Some(0), first.stdout.as_str()));
    assert_eq!(rejudge(&[]).code, Some(2));
    let file = format!("{}/again.xml", folder.path());
    assert_eq!(rejudge(&["--trust-facts", "--output", &file]).code, Some(0));
    let named = fs::read_to_string(&file).unwrap();
    assert_eq!(named.replace(&format!(">{facts}<"), &format!(">{VALID}<")), first.stdout);
    assert_eq!(rejudge(&["--pretty"]).code, Some(4));
}

/// Ids in a file of facts may be anything; references stay references.
#[test]
fn ids_of_stored_facts_that_are_no_names_make_a_report_all_the_same() {
    let folder = Folder::new("etsi-ids");
    let facts = format!("{}/facts.json", folder.path());
    verify(&[VALID, "--save-facts", &facts]);
    let text = fs::read_to_string(&facts).unwrap();
    assert!(text.contains("\"sig-1-tst-1\""));
    fs::write(&facts, text.replace("\"sig-1-tst-1\"", "\"1 <医> \\u0000\"").replace("\"sig-2\"", "\"sig-1\"")).unwrap();
    let run =
        kenin(["rejudge", &facts, "--trust-facts", "--trust", "testdata/demo-trust.toml", "--format", "etsi-xml"]);
    let document = roxmltree::Document::parse(&run.stdout).unwrap();
    let ids: Vec<&str> = document.descendants().filter_map(|node| node.attribute("id")).collect();
    let references = document.descendants().filter_map(|node| node.attribute("VOReference"));
    let dangling: Vec<&str> = references.flat_map(str::split_whitespace).filter(|id| !ids.contains(id)).collect();
    assert_eq!(dangling, Vec::<&str>::new());
    assert!(
        ids.iter().all(|id| id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._()".contains(&byte))),
        "{ids:?}"
    );
}
