//! What the results keep: everything from which a report is made again, and other forms of it.

use std::collections::BTreeMap;
use std::fs::{self, File};

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::Field;
use serde_json::Value;

use crate::archive::{self, Archive, Run, TIME, TRUST, kenin, root};

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// A report without what is said about where it comes from.
fn without_origin(mut report: Value) -> Value {
    let findings = report["findings"].as_array_mut().unwrap();
    findings.retain(|finding| !finding["code"].as_str().unwrap().contains("stored-facts"));
    report
}

#[test]
fn the_report_made_again_is_the_one_that_verify_gives() {
    let archive = Archive::new("show");
    let results = archive.results();
    let results = results.to_str().unwrap();
    archive.batch(&["testdata/pdf", "testdata/cms", "testdata/tokens"]);
    let names: Vec<String> =
        archive.column("SELECT CAST(name AS TEXT) FROM document WHERE content IS NULL ORDER BY name");
    assert!(names.len() > 300);
    // Each tenth: a process each.
    for name in names.iter().step_by(10) {
        let shown = kenin(&["batch", "show", results, name, "--format", "json", "--show-personal"]);
        let verify = ["verify", name, "--format", "json", "--trust", TRUST, "--time", TIME, "--show-personal"];
        let verified = kenin(&verify);
        assert_eq!(without_origin(json(&shown.stdout)), without_origin(json(&verified.stdout)), "{name}");
        let expected = if verified.code == Some(0) { Some(2) } else { verified.code };
        assert_eq!(shown.code, expected, "{name}");
    }
    let html = kenin(&["batch", "show", results, "testdata/pdf/pades-lt.pdf", "--format", "html", "--lang", "ja"]);
    assert!(html.stdout.contains("<html lang=\"ja\""), "{}", html.stderr);
    let absent = kenin(&["batch", "show", results, "testdata/pdf/absent.pdf"]);
    assert_eq!((absent.code, absent.stdout.as_str()), (Some(4), ""));
    assert!(absent.stderr.contains("absent.pdf"));
}

#[test]
fn an_object_that_many_documents_carry_is_kept_once() {
    let archive = Archive::new("once");
    let folder = archive.folder.join("documents");
    fs::create_dir(&folder).unwrap();
    for number in 0..50 {
        fs::copy(root().join("testdata/pdf/pades-lt.pdf"), folder.join(format!("{number}.pdf"))).unwrap();
    }
    archive.batch(&[folder.to_str().unwrap()]);
    let (objects, facts): (u32, u32) =
        (archive.one("SELECT count(*) FROM evidence"), archive.one("SELECT count(*) FROM facts"));
    assert!((5..=10).contains(&objects), "{objects}");
    assert_eq!(facts, 50);
    let kinds: Vec<String> = archive.column("SELECT DISTINCT kind FROM evidence ORDER BY kind");
    assert_eq!(kinds, ["certificate", "crl", "timestamp-token"]);
}

#[cfg(unix)]
#[test]
fn results_are_for_their_owner() {
    use std::os::unix::fs::PermissionsExt as _;
    let archive = Archive::new("private");
    archive.batch(&["testdata/pdf/pades-b.pdf"]);
    assert_eq!(fs::metadata(archive.results()).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn results_are_one_file_that_can_be_read_where_nothing_can_be_written() {
    let archive = Archive::new("one-file");
    archive.batch(&["testdata/pdf/pades-lt.pdf"]);
    let files: Vec<_> = fs::read_dir(&archive.folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(files, ["results.db"]);
    // The two octets that ask for a journal beside the file (SQLite file format 1.3).
    assert_eq!(fs::read(archive.results()).unwrap()[18..20], [1, 1]);
}

#[test]
fn an_archive_is_judged_again_without_its_documents() {
    let archive = Archive::new("rejudge");
    let folder = archive.folder.join("documents");
    fs::create_dir(&folder).unwrap();
    for name in ["pdf/pades-lt.pdf", "pdf/a1-flipped-text.pdf", "pdf/pades-b.pdf", "content/note.txt"] {
        let name = root().join("testdata").join(name);
        fs::copy(&name, folder.join(name.file_name().unwrap())).unwrap();
    }
    archive.batch(&[folder.to_str().unwrap()]);
    let before = archive.verdicts();
    fs::remove_dir_all(&folder).unwrap();
    let results = archive.results();
    let rejudge = |options: &[&str]| {
        kenin(&[&["batch", "rejudge", results.to_str().unwrap(), "--trust", TRUST], options].concat())
    };
    // As it was: the same rows.
    let same = rejudge(&["--time", TIME]);
    assert_eq!((same.code, archive.verdicts()), (Some(1), before.clone()), "{}", same.stderr);
    let signature = rejudge(&["--time", TIME, "--policy", "signature"]);
    assert_eq!(signature.code, Some(1), "{}", signature.stderr);
    let of = |name: &str| archive.one::<String>(&format!("SELECT verdict FROM document WHERE name LIKE '%/{name}'"));
    // A time at which nothing holds that was not preserved.
    rejudge(&["--time", "2060-01-01T00:00:00Z"]);
    assert_eq!((of("pades-lt.pdf").as_str(), of("a1-flipped-text.pdf").as_str()), ("indeterminate", "invalid"));
    assert_eq!(of("note.txt"), "no-signature");
    assert_eq!(
        archive.one::<String>("SELECT DISTINCT validation_time FROM run JOIN document ON run = run.id"),
        "2060-01-01T00:00:00Z"
    );
    assert_eq!(
        archive.column::<String>("SELECT kind FROM run ORDER BY id"),
        ["verify", "rejudge", "rejudge", "rejudge"]
    );
}

#[test]
fn what_nobody_compared_with_its_document_is_not_an_answer_of_0() {
    let archive = Archive::new("rejudge-exit");
    archive.batch(&["testdata/pdf/pades-lt.pdf"]);
    let results = archive.results();
    let rejudge = |options: &[&str]| {
        let fixed = ["batch", "rejudge", results.to_str().unwrap(), "--trust", TRUST, "--time", TIME];
        kenin(&[&fixed[..], options].concat())
    };
    assert_eq!(rejudge(&[]).code, Some(2));
    assert_eq!(rejudge(&["--trust-facts"]).code, Some(0));
    let absent = kenin(&["batch", "rejudge", "nowhere.db"]);
    assert_eq!(absent.code, Some(5), "{}", absent.stderr);
    assert!(!root().join("nowhere.db").exists());
}

#[test]
fn facts_that_were_damaged_are_an_error_and_no_verdict() {
    let archive = Archive::new("damaged");
    archive.batch(&["testdata/pdf/pades-lt.pdf"]);
    let results = archive.results();
    let show = || kenin(&["batch", "show", results.to_str().unwrap(), "testdata/pdf/pades-lt.pdf"]);
    let connection = rusqlite::Connection::open(&results).unwrap();
    // Another certificate under its digest.
    let sql = "UPDATE evidence SET der = (SELECT der FROM evidence e WHERE e.kind = 'crl' LIMIT 1) WHERE kind = 'certificate'";
    connection.execute(sql, []).unwrap();
    let swapped = show();
    assert_eq!((swapped.code, swapped.stdout.as_str()), (Some(5), ""), "{}", swapped.stderr);
    assert!(swapped.stderr.contains("has SHA-256"), "{}", swapped.stderr);
    connection.execute("UPDATE facts SET facts = x'00'", []).unwrap();
    assert_eq!(show().code, Some(5));
}

/// An archive with every kind of row.
fn exported(name: &str) -> (Archive, Run, Run) {
    let archive = Archive::new(name);
    archive.batch(&["testdata/pdf", "testdata/cms", "testdata/bad"]);
    let results = archive.results();
    let export = |format: &str| kenin(&["batch", "export", results.to_str().unwrap(), "--format", format]);
    let (csv, lines) = (export("csv"), export("jsonl"));
    (archive, csv, lines)
}

#[test]
fn every_form_has_the_same_rows() {
    let (archive, csv, lines) = exported("export");
    let documents: usize = archive.one("SELECT count(*) FROM document");
    let rows: usize = archive.one("SELECT (SELECT count(*) FROM signature) + (SELECT count(*) FROM document d WHERE NOT EXISTS (SELECT 1 FROM signature WHERE document = d.id))");
    // JSON Lines.
    let objects: Vec<Value> = lines.stdout.lines().map(json).collect();
    assert_eq!((objects.len(), lines.code), (documents, Some(0)), "{}", lines.stderr);
    let verdicts: BTreeMap<String, String> = objects
        .iter()
        .map(|object| (object["name"].as_str().unwrap().to_owned(), object["verdict"].as_str().unwrap().to_owned()))
        .collect();
    assert_eq!(verdicts, archive.verdicts());
    let checks = objects.iter().flat_map(|object| object["signatures"].as_array().unwrap());
    assert!(checks.filter(|signature| signature["checks"].is_array()).count() > 50);
    // CSV.
    let text = csv.stdout.strip_prefix('\u{feff}').expect("a byte order mark");
    assert!(text.ends_with("\r\n"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), rows);
    // Parquet.
    let path = archive.folder.join("results.parquet");
    let results = archive.results();
    let output = ["--format", "parquet", "--output", path.to_str().unwrap()];
    let run = kenin(&[&["batch", "export", results.to_str().unwrap()], &output[..]].concat());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let file = SerializedFileReader::new(File::open(&path).unwrap()).unwrap();
    let columns: Vec<String> =
        file.metadata().file_metadata().schema().get_fields().iter().map(|field| field.name().to_owned()).collect();
    assert_eq!(columns, header);
    let parquet: Vec<Vec<(String, Field)>> =
        file.get_row_iter(None).unwrap().map(|row| row.unwrap().into_columns()).collect();
    assert_eq!(parquet.len(), rows);
    for (row, record) in parquet.iter().zip(&records) {
        for ((name, field), cell) in row.iter().zip(record) {
            match field {
                Field::Null => assert_eq!(cell, "", "{name}"),
                Field::Str(text) => assert_eq!(cell.strip_prefix('\'').unwrap_or(cell), text, "{name}"),
                Field::Long(number) => assert_eq!(cell, number.to_string(), "{name}"),
                Field::Bool(flag) => assert_eq!(cell, flag.to_string(), "{name}"),
                Field::TimestampMicros(time) => {
                    let seconds = kenin::UtcTime::parse(cell).unwrap().unix_seconds();
                    assert_eq!(seconds, time.div_euclid(1_000_000), "{name}");
                }
                other => panic!("{name}: {other:?}"),
            }
        }
    }
}

#[test]
fn the_columns_are_documented_in_order() {
    let text = fs::read_to_string(root().join("docs/batch.md")).unwrap();
    let documented: Vec<&str> = text
        .lines()
        .skip_while(|line| !line.starts_with("| Column |"))
        .skip(2)
        .map_while(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    let columns: Vec<&str> = kenin_archive::export::COLUMNS.iter().map(|column| column.name).collect();
    assert_eq!(documented, columns);
}

#[test]
fn a_spreadsheet_runs_nothing_that_a_file_name_says() {
    let archive = Archive::new("formula");
    let folder = archive.folder.join("documents");
    fs::create_dir(&folder).unwrap();
    for name in ["=cmd|calc!A0.pdf", "+1.pdf", "-1.pdf", "@SUM(1).pdf", "a \"quoted\", name\n.pdf"] {
        fs::copy(root().join("testdata/pdf/pades-b.pdf"), folder.join(name)).unwrap();
    }
    let results = archive.results();
    let mut command = archive::program();
    // Names as bare as they can be.
    command.current_dir(&folder).args([
        "batch",
        "=cmd|calc!A0.pdf",
        "+1.pdf",
        "@SUM(1).pdf",
        "a \"quoted\", name\n.pdf",
        "./-1.pdf",
    ]);
    let run: Run = command.arg("--results").arg(&results).output().unwrap().into();
    let csv = kenin(&["batch", "export", results.to_str().unwrap()]);
    let mut reader = csv::Reader::from_reader(csv.stdout.trim_start_matches('\u{feff}').as_bytes());
    let names: Vec<String> = reader.records().map(|record| record.unwrap()[0].to_owned()).collect();
    let expected = ["'+1.pdf", "./-1.pdf", "'=cmd|calc!A0.pdf", "'@SUM(1).pdf", "a \"quoted\", name\n.pdf"];
    assert_eq!(names, expected, "{}", run.stderr);
}

#[test]
fn an_export_is_not_written_over_the_results() {
    let archive = Archive::new("export-over");
    archive.batch(&["testdata/pdf/pades-b.pdf"]);
    let results = archive.results();
    let results = results.to_str().unwrap();
    assert_eq!(kenin(&["batch", "export", results, "--output", results]).code, Some(4));
    let show = ["batch", "show", results, "testdata/pdf/pades-b.pdf", "--output", results];
    assert_eq!(kenin(&show).code, Some(4));
    assert_eq!(archive.one::<u32>("SELECT count(*) FROM document"), 1);
    assert_eq!(kenin(&["batch", "export", "Cargo.toml"]).code, Some(4));
}

/// Another time is no other trust profile: what is not said is as it was at the last run.
#[test]
fn what_a_rejudgement_does_not_say_is_that_of_the_last_run() {
    let archive = Archive::new("rejudge-as-before");
    archive.batch(&["testdata/pdf/pades-lt.pdf", "--policy", "signature"]);
    let results = archive.results();
    let run = kenin(&["batch", "rejudge", results.to_str().unwrap(), "--time", TIME, "--trust-facts"]);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    let judged: Vec<String> = archive.column("SELECT policy || ' ' || trust FROM run");
    assert_eq!(judged, ["signature demo", "signature demo"]);
}

#[cfg(unix)]
#[test]
fn a_device_or_a_pipe_is_written_to_and_stays_what_it_is() {
    use std::os::unix::fs::FileTypeExt as _;

    let archive = Archive::new("export-pipe");
    archive.batch(&["testdata/pdf/pades-lt.pdf"]);
    let (results, pipe, link) = (archive.results(), archive.folder.join("pipe"), archive.folder.join("link"));
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = std::process::Command::new("cat").arg(&pipe).stdout(std::process::Stdio::piped()).spawn().unwrap();
    let export = |output: &str| kenin(&["batch", "export", results.to_str().unwrap(), "--output", output]);
    assert_eq!(export(pipe.to_str().unwrap()).code, Some(0));
    assert!(String::from_utf8(reader.wait_with_output().unwrap().stdout).unwrap().contains("pades-lt.pdf"));
    assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
    assert_eq!(export("/dev/null").code, Some(0));
    assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
    // A link that leads to no file yet stays a link.
    std::os::unix::fs::symlink("new.csv", &link).unwrap();
    assert_eq!(export(link.to_str().unwrap()).code, Some(0));
    assert!(link.is_symlink() && archive.folder.join("new.csv").is_file());
}
