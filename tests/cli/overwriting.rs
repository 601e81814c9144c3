//! Nothing that a command reads is written over: a signed record exists once.

use std::fs;

use crate::program::{Folder, Run, kenin, verify};

/// Refuses with exit 4, and leaves every file of the folder as it was.
fn refused(folder: &Folder, name: &str, run: impl FnOnce(&str) -> Run) {
    let path = folder.0.join(name);
    let before = fs::read(&path).unwrap();
    let run = run(path.to_str().unwrap());
    assert_eq!(run.code, Some(4), "{name}\n{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("is one of the files that kenin is to read"), "{}", run.stderr);
    assert_eq!(fs::read(&path).unwrap(), before, "{name}");
}

fn records(name: &str) -> Folder {
    Folder::new(name).with("a.p7m", "cms/cades-t-attached.p7m").with("below/b.p7m", "cms/cades-t-attached.p7m")
}

#[test]
fn a_report_is_not_written_over_a_record_found_in_a_folder() {
    let folder = records("over-found");
    for name in ["a.p7m", "below/b.p7m"] {
        refused(&folder, name, |path| verify(&["-r", folder.path(), "--output", path]));
        refused(&folder, name, |path| verify(&["-r", folder.path(), "--format", "json", "--output", path]));
    }
}

/// The report of an earlier run is a file of the folder like any other; one that is not there yet is not walked.
#[test]
fn a_report_may_be_made_in_the_folder_that_is_walked() {
    let folder = records("over-new");
    let report = folder.0.join("report.txt");
    let run = verify(&["-r", folder.path(), "--output", report.to_str().unwrap()]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(fs::read_to_string(report).unwrap().contains("2 documents: 2 valid"));
}

#[cfg(unix)]
#[test]
fn another_name_of_a_record_is_the_record() {
    let folder = records("over-links");
    let record = folder.0.join("a.p7m");
    fs::hard_link(&record, folder.0.join("hard.p7m")).unwrap();
    std::os::unix::fs::symlink(&record, folder.0.join("soft.p7m")).unwrap();
    for name in ["a.p7m", "hard.p7m", "soft.p7m"] {
        refused(&folder, name, |path| verify(&[record.to_str().unwrap(), "--output", path]));
        refused(&folder, name, |path| verify(&["-r", folder.path(), "--output", path]));
    }
}

#[test]
fn what_is_read_beside_a_document_is_kept_too() {
    let folder = records("over-beside")
        .with("trust.toml", "demo-trust.toml")
        .with("c.txt", "demo-trust.toml")
        .with("pw.txt", "demo-trust.toml")
        .with("pki/root.cer", "pki/root.cer");
    let policy = folder.0.join("policy.toml");
    assert_eq!(kenin(["policy", "export", "mhlw-6.0", "--output", policy.to_str().unwrap()]).code, Some(0));
    let inside = |name: &str| folder.0.join(name).display().to_string();
    let (record, pki) = (inside("a.p7m"), inside("pki"));
    for (name, option, value) in [
        ("trust.toml", "--trust", inside("trust.toml")),
        ("policy.toml", "--policy", inside("policy.toml")),
        ("pki/root.cer", "--evidence", pki.clone()),
        ("pki/root.cer", "--evidence", inside("pki/root.cer")),
        ("pw.txt", "--password-file", inside("pw.txt")),
        ("c.txt", "--content", inside("c.txt")),
    ] {
        refused(&folder, name, |path| kenin(["verify", &record, option, &value, "--output", path]));
    }
    let html = ["--format", "html", "--output", folder.path()];
    fs::copy(folder.0.join("pw.txt"), folder.0.join("a.p7m.html")).unwrap();
    refused(&folder, "a.p7m.html", |path| kenin(["verify", &record, "--password-file", path].into_iter().chain(html)));
}

#[cfg(unix)]
#[test]
fn other_commands_keep_what_they_read() {
    let folder =
        Folder::new("over-others").with("a.pdf", "discharge-summary.pdf").with("trust.toml", "demo-trust.toml");
    let inside = |name: &str| folder.0.join(name).display().to_string();
    let (document, facts, trust) = (inside("a.pdf"), inside("facts.json"), inside("trust.toml"));
    assert_eq!(verify(&[&document, "--save-facts", &facts]).code, Some(0));
    fs::hard_link(&facts, folder.0.join("same.json")).unwrap();
    for name in ["facts.json", "same.json", "a.pdf", "trust.toml"] {
        let common = ["--document", &document, "--trust", &trust];
        refused(&folder, name, |path| kenin(["rejudge", &facts, "--output", path].into_iter().chain(common)));
    }
    let revision = ["inspect", &document, "--revision", "1", "--force", "--trust", &trust, "--output"];
    refused(&folder, "trust.toml", |path| kenin(revision.into_iter().chain([path])));
    let results = inside("results.db");
    assert_eq!(kenin(["batch", &document, "--results", &results, "--trust", &trust, "--quiet"]).code, Some(0));
    fs::hard_link(&results, folder.0.join("same.db")).unwrap();
    for name in ["results.db", "same.db"] {
        refused(&folder, name, |path| kenin(["batch", "export", &results, "--output", path]));
        refused(&folder, name, |path| kenin(["batch", "show", &results, &document, "--output", path]));
    }
}
