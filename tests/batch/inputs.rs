//! Where documents come from: ZIPs, patterns, lists.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::archive::{Archive, Run, root};

const NOTE: &str = "testdata/content/note.txt";
const SIGNED: &str = "testdata/pdf/pades-lt.pdf";
const TAMPERED: &str = "testdata/pdf/a1-flipped-text.pdf";
const DETACHED: &str = "testdata/cms/cades-t-detached.p7s";

fn bytes(name: &str) -> Vec<u8> {
    fs::read(root().join(name)).unwrap()
}

fn zip(path: &Path, members: &[(&str, Vec<u8>)]) {
    let mut writer = ZipWriter::new(File::create(path).unwrap());
    for (name, bytes) in members {
        let stored = if name.ends_with("stored.pdf") { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(stored)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap();
}

/// Sets the bit of a member that says that it needs a password (APPNOTE 4.4.4), in both of its headers.
fn lock(zip: &mut [u8]) {
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = zip.windows(4).position(|part| part == signature).unwrap();
        zip[at + flags] |= 1;
    }
}

#[test]
fn nothing_that_is_in_a_zip_ends_the_run() {
    let archive = Archive::new("hostile-zip");
    let folder = archive.folder.join("documents");
    fs::create_dir(&folder).unwrap();
    zip(&folder.join("box.zip"), &[("a.pdf", b"one".to_vec()), ("b.pdf", b"two".to_vec())]);
    let whole = fs::read(folder.join("box.zip")).unwrap();
    let mut locked = whole.clone();
    lock(&mut locked);
    fs::write(folder.join("locked.zip"), locked).unwrap();
    // Every bit of it changed, one at a time.
    for bit in 0..whole.len() * 8 {
        let mut changed = whole.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        fs::write(folder.join(format!("bit-{bit}.zip")), changed).unwrap();
    }
    let run = archive.batch(&[folder.to_str().unwrap()]);
    assert_eq!(run.code, Some(5), "{}", run.stderr);
    assert!(!run.stderr.contains("internal error"), "{}", run.stderr);
    let reason: String = archive.one("SELECT error_reason FROM document WHERE name LIKE '%/locked.zip!/a.pdf'");
    assert!(reason.contains("assword"), "{reason}");
    // Each is two members, a place that could not be read, or, without the octets of a ZIP, a file.
    for bit in 0..whole.len() * 8 {
        let rows: u32 = archive.one(&format!(
            "SELECT (SELECT count(*) FROM document WHERE name GLOB '*/bit-{bit}.zip*')
                + 2 * (SELECT count(*) FROM trouble WHERE name GLOB '*/bit-{bit}.zip*')"
        ));
        assert!(rows > 0, "bit {bit}");
    }
}

/// Verdicts by what stands behind the folder in the name.
fn verdicts(archive: &Archive) -> BTreeMap<String, String> {
    let folder = archive.folder.to_str().unwrap().to_owned() + "/";
    archive.verdicts().into_iter().map(|(name, verdict)| (name.replace(&folder, ""), verdict)).collect()
}

fn expected(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, verdict)| ((*name).to_owned(), (*verdict).to_owned())).collect()
}

#[test]
fn members_of_a_zip_are_documents() {
    let archive = Archive::new("zip");
    let members = [
        ("2024/", Vec::new()),
        // Content is a document whatever it is called.
        ("scans/", bytes(TAMPERED)),
        ("2024/summary.pdf", bytes(SIGNED)),
        ("2024/stored.pdf", bytes(TAMPERED)),
        ("letter.txt", bytes(NOTE)),
        ("letter.txt.p7s", bytes(DETACHED)),
        ("alone.p7s", bytes(DETACHED)),
    ];
    // Told by what it is, not by its name.
    zip(&archive.folder.join("box.data"), &members);
    let run = archive.batch(&[archive.folder.to_str().unwrap()]);
    let all = expected(&[
        ("box.data!/scans/", "invalid"),
        ("box.data!/2024/summary.pdf", "valid"),
        ("box.data!/2024/stored.pdf", "invalid"),
        ("box.data!/letter.txt", "no-signature"),
        ("box.data!/letter.txt.p7s", "valid"),
        ("box.data!/alone.p7s", "indeterminate"),
    ]);
    assert_eq!(verdicts(&archive), all, "{}", run.stderr);
    assert_eq!(run.code, Some(1));
    let content: String = archive.one("SELECT CAST(content AS TEXT) FROM document WHERE content IS NOT NULL");
    assert!(content.ends_with("box.data!/letter.txt"), "{content}");
    let again = archive.batch(&[archive.folder.to_str().unwrap()]);
    assert!(again.stdout.contains("6 documents are unchanged"), "{}", again.stdout);
    // A ZIP that is passed over is not opened, and nothing in it is missed.
    let since = archive.batch(&[archive.folder.to_str().unwrap(), "--since", "2999-01-01T00:00:00Z"]);
    assert!(!since.stdout.contains("not there any more"), "{}", since.stdout);
    // A member that is not there any more has gone.
    zip(&archive.folder.join("box.data"), &members[..6]);
    let fewer = archive.batch(&[archive.folder.to_str().unwrap()]);
    assert!(fewer.stdout.contains("1 document of an earlier run is not there any more."), "{}", fewer.stdout);
    assert_eq!(
        archive.one::<String>("SELECT CAST(name AS TEXT) FROM document WHERE gone IS NOT NULL").split('/').next_back(),
        Some("alone.p7s")
    );
}

/// A folder whose name ends as that of a ZIP's members begins: neither document may stand for the other.
#[test]
fn a_path_that_reads_like_a_member_is_said() {
    let archive = Archive::new("zip-names");
    zip(&archive.folder.join("box.zip"), &[("a", bytes(SIGNED))]);
    fs::create_dir(archive.folder.join("box.zip!")).unwrap();
    fs::write(archive.folder.join("box.zip!/a"), bytes(TAMPERED)).unwrap();
    let run = archive.batch(&[archive.folder.to_str().unwrap()]);
    assert_eq!(verdicts(&archive), expected(&[("box.zip!/a", "valid")]), "{}", run.stderr);
    let trouble: String = archive.one("SELECT reason FROM trouble");
    assert!(trouble.contains("!/"), "{trouble}");
    assert_eq!(run.code, Some(5), "{}", run.stderr);
}

#[test]
fn a_zip_that_cannot_be_read_whole_is_said() {
    let archive = Archive::new("bad-zip");
    let folder = &archive.folder;
    zip(&folder.join("whole.zip"), &[("summary.pdf", bytes(SIGNED))]);
    let whole = fs::read(folder.join("whole.zip")).unwrap();
    fs::write(folder.join("cut.zip"), &whole[..whole.len() / 2]).unwrap();
    zip(&folder.join("nested.zip"), &[("whole.zip", whole.clone()), ("summary.pdf", bytes(SIGNED))]);
    // The content of a member is not what its CRC-32 says.
    let mut spoilt = whole.clone();
    spoilt[200] ^= 1;
    fs::write(folder.join("spoilt.zip"), &spoilt).unwrap();
    // Two members of one name: which is meant?
    zip(&folder.join("twice.zip"), &[("summary-a.pdf", bytes(SIGNED)), ("summary-b.pdf", bytes(TAMPERED))]);
    let twice = fs::read(folder.join("twice.zip")).unwrap();
    let twice: Vec<u8> = {
        let mut bytes = twice;
        for at in 0..bytes.len() - 13 {
            if bytes[at..].starts_with(b"summary-b.pdf") {
                bytes[at + 8] = b'a';
            }
        }
        bytes
    };
    fs::write(folder.join("twice.zip"), twice).unwrap();
    // A document in ZIP form is no folder; the relationships of the package are in each (ISO/IEC 29500-2).
    let [types, relationships] = ["[Content_Types].xml", "_rels/.rels"].map(|name| (name, b"<Types/>".to_vec()));
    zip(&folder.join("letter.docx"), &[types, relationships, ("summary.pdf", bytes(SIGNED))]);
    zip(&folder.join("empty.zip"), &[]);
    let run = archive.batch(&[folder.to_str().unwrap()]);
    let all = expected(&[
        ("whole.zip!/summary.pdf", "valid"),
        ("nested.zip!/whole.zip", "error"),
        ("nested.zip!/summary.pdf", "valid"),
        ("spoilt.zip!/summary.pdf", "error"),
        ("letter.docx", "no-signature"),
    ]);
    assert_eq!(verdicts(&archive), all, "{}", run.stderr);
    let reason: String =
        archive.one("SELECT error_reason FROM document WHERE name LIKE '%nested%' AND error IS NOT NULL");
    assert_eq!(reason, "a ZIP within a ZIP is not opened: unpack it");
    let troubles: Vec<String> =
        archive.column("SELECT CAST(name AS TEXT) || ': ' || reason FROM trouble ORDER BY name");
    assert_eq!(troubles.len(), 2, "{troubles:?}");
    assert!(troubles[0].contains("cut.zip: "), "{troubles:?}");
    assert!(troubles[1].ends_with("twice.zip: the ZIP has several members of one name"), "{troubles:?}");
    assert_eq!(run.code, Some(5));
}

#[test]
fn a_pattern_is_matched_by_kenin_whatever_the_bytes_of_names() {
    let archive = Archive::new("pattern");
    let folder = &archive.folder;
    for path in ["2023/a.pdf", "2024/05/b.pdf", "2024/06/c.pdf", "2024/06/c.txt"] {
        fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
        fs::write(folder.join(path), bytes(SIGNED)).unwrap();
    }
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        let name = std::ffi::OsStr::from_bytes(b"2024/05/\x91\xde\x89@.pdf");
        fs::write(folder.join(name), bytes(SIGNED)).unwrap();
    }
    let names = |pattern: &str| {
        let archive_of = Archive::new("pattern-results");
        let pattern = folder.join(pattern);
        let run = archive_of.batch(&[pattern.to_str().unwrap()]);
        (
            archive_of.one::<u32>("SELECT count(*) FROM document"),
            run.code,
            archive_of.column::<String>("SELECT reason FROM trouble"),
        )
    };
    let others = u32::from(cfg!(unix));
    assert_eq!(names("2024/**/*.pdf"), (2 + others, Some(0), vec![]));
    assert_eq!(names("2024/*.pdf"), (0, Some(5), vec!["nothing matches".to_owned()]));
    // What is below a folder that matches is meant.
    assert_eq!(names("202?"), (4 + others, Some(0), vec![]));
    assert_eq!(names("*/0[5-6]/{b,c}.pdf"), (2, Some(0), vec![]));
    let bad = archive.batch(&[folder.join("2024/[z-a].pdf").to_str().unwrap()]);
    assert_eq!((bad.code, archive.results().exists()), (Some(4), false), "{}", bad.stderr);
}

#[test]
fn a_file_whose_name_looks_like_a_pattern_is_that_file() {
    let archive = Archive::new("literal");
    let path = archive.folder.join("[2024].pdf");
    fs::write(&path, bytes(SIGNED)).unwrap();
    let run = archive.batch(&[path.to_str().unwrap()]);
    assert_eq!((run.code, verdicts(&archive)), (Some(0), expected(&[("[2024].pdf", "valid")])));
}

fn with_stdin(archive: &Archive, arguments: &[&str], input: &[u8]) -> Run {
    let mut command = archive.command(arguments);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap().into()
}

#[test]
fn a_list_names_what_is_verified() {
    let archive = Archive::new("list");
    let folder = &archive.folder;
    fs::write(folder.join("two\nlines.pdf"), bytes(SIGNED)).unwrap();
    let list = format!("{SIGNED}\r\n\n{TAMPERED}\n{}/absent.pdf\n", folder.display());
    fs::write(folder.join("list.txt"), &list).unwrap();
    let run = archive.batch(&["--manifest", folder.join("list.txt").to_str().unwrap()]);
    assert_eq!(archive.verdicts(), expected(&[(SIGNED, "valid"), (TAMPERED, "invalid")]), "{}", run.stderr);
    let absent: String = archive.one("SELECT CAST(name AS TEXT) FROM trouble");
    assert!(absent.ends_with("/absent.pdf"));
    let stdin = Archive::new("list-stdin");
    let input = format!("{SIGNED}\0{}/two\nlines.pdf\0", folder.display());
    let run = with_stdin(&stdin, &["--manifest", "-", "--null"], input.as_bytes());
    assert_eq!((run.code, stdin.verdicts().len()), (Some(0), 2), "{}", run.stderr);
    let missing = stdin.batch(&["--manifest", "nowhere.txt"]);
    assert_eq!(missing.code, Some(5), "{}", missing.stderr);
}

// Readers find the header of a PDF up to 1024 octets in: a member that is stored as it is is no document around which somebody
// put a ZIP.
#[test]
fn a_zip_that_begins_with_a_stored_pdf_is_opened() {
    let archive = Archive::new("stored");
    let path = archive.folder.join("box.zip");
    zip(&path, &[("1-stored.pdf", bytes(SIGNED)), ("2.pdf", bytes(TAMPERED))]);
    let run = archive.batch(&[path.to_str().unwrap()]);
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    let verdicts: Vec<String> = archive.column("SELECT verdict FROM document ORDER BY name");
    assert_eq!(verdicts, ["valid", "invalid"]);
    // Its members go with it.
    fs::remove_file(&path).unwrap();
    let run = archive.batch(&[path.to_str().unwrap()]);
    assert_eq!((run.code, archive.one::<u32>("SELECT count(*) FROM document WHERE gone IS NOT NULL")), (Some(5), 2));
}

#[test]
fn a_list_in_utf_16_is_said() {
    let archive = Archive::new("utf-16");
    let list = archive.folder.join("list.txt");
    let octets: Vec<u8> = "\u{feff}testdata/pdf/pades-b.pdf\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(&list, octets).unwrap();
    let run = archive.batch(&["--manifest", list.to_str().unwrap()]);
    assert_eq!(run.code, Some(5), "{}", run.stdout);
    assert!(run.stdout.contains("the list is in UTF-16: save it as UTF-8"), "{}", run.stdout);
}
