//! What happens to files and disks while an archive is verified: a clear row or a clear message, nothing lost.

use std::fs::{self, File};
use std::io::Write as _;
use std::process::Stdio;
use std::time::Duration;

use crate::archive::{Archive, Run, root};

/// So large that reading it takes a while, and no disk is needed: a hole.
const HOLE: u64 = 3 << 30;

fn copy(from: &str, archive: &Archive, to: &str) -> String {
    let path = archive.folder.join(to);
    fs::copy(root().join("testdata").join(from), &path).unwrap();
    path.to_str().unwrap().to_owned()
}

fn hole(archive: &Archive) -> String {
    let path = archive.folder.join("hole.bin");
    File::create(&path).unwrap().set_len(HOLE).unwrap();
    path.to_str().unwrap().to_owned()
}

/// What one worker makes of these files, while `meanwhile` happens to them: it reads the first, the others wait.
fn run_while(archive: &Archive, files: &[&str], meanwhile: impl FnOnce()) -> Run {
    let mut command = archive.command(&[files, &["--jobs", "1"]].concat());
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(400));
    meanwhile();
    child.wait_with_output().unwrap().into()
}

fn row(archive: &Archive, name: &str) -> (String, String) {
    let of = |column: &str| {
        archive.one::<String>(&format!("SELECT coalesce({column}, '') FROM document WHERE name LIKE '%/{name}'"))
    };
    (of("verdict"), of("error_reason"))
}

#[test]
fn a_file_that_vanishes_after_it_was_met_is_an_error_row() {
    let archive = Archive::new("vanish");
    let (hole, first, second) =
        (hole(&archive), copy("pdf/pades-lt.pdf", &archive, "a.pdf"), copy("pdf/pades-lt.pdf", &archive, "b.pdf"));
    let run = run_while(&archive, &[&hole, &first, &second], || fs::remove_file(&first).unwrap());
    let (verdict, reason) = row(&archive, "a.pdf");
    assert_eq!(verdict, "error");
    assert!(
        reason.contains("No such file") || reason.contains("not found") || reason.contains("cannot find"),
        "{reason}"
    );
    assert_eq!(row(&archive, "b.pdf").0, "valid");
    assert_eq!(row(&archive, "hole.bin").0, "no-signature");
    assert_eq!(run.code, Some(5), "{}", run.stderr);
}

#[test]
fn a_file_that_changes_while_it_is_read_is_an_error_row() {
    let archive = Archive::new("changing");
    let (hole, other) = (hole(&archive), copy("pdf/pades-lt.pdf", &archive, "a.pdf"));
    let mut command = archive.command(&[&hole, &other, "--jobs", "1"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut file = File::options().append(true).open(&hole).unwrap();
    while child.try_wait().unwrap().is_none() {
        file.write_all(b"more").unwrap();
        std::thread::sleep(Duration::from_millis(20));
    }
    let run: Run = child.wait_with_output().unwrap().into();
    assert_eq!(row(&archive, "hole.bin"), ("error".to_owned(), "the file is being written".to_owned()));
    assert_eq!((row(&archive, "a.pdf").0.as_str(), run.code), ("valid", Some(5)), "{}", run.stderr);
    // It is tried again, and now it stands still.
    let again = archive.batch(&[&hole, &other]);
    assert_eq!((row(&archive, "hole.bin").0.as_str(), again.code), ("no-signature", Some(0)), "{}", again.stderr);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::Command;

    use super::*;

    /// Root reads everything, so that a container proves nothing here.
    fn is_root() -> bool {
        let output = Command::new("id").arg("-u").output().unwrap();
        output.stdout.trim_ascii() == b"0"
    }

    /// The program under a shell that takes something away first.
    fn under(archive: &Archive, shell: &str, arguments: &[&str]) -> Run {
        let command = archive.command(arguments);
        let mut under = Command::new("bash");
        under.current_dir(root()).env("LC_ALL", "C.UTF-8").args(["-c", &format!("{shell}; exec \"$@\""), "bash"]);
        under.arg(command.get_program()).args(command.get_args()).output().unwrap().into()
    }

    #[test]
    fn a_disk_that_is_full_is_said_and_the_run_can_go_on() {
        let undisturbed = Archive::new("full-undisturbed");
        undisturbed.batch(&["testdata/cms"]);
        let archive = Archive::new("full");
        // No file may grow beyond 200 KiB: what a full disk looks like from within.
        let run = under(&archive, "trap '' XFSZ; ulimit -f 200", &["testdata/cms"]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(5), ""), "{}", run.stderr);
        assert!(run.stderr.contains("results.db"), "{}", run.stderr);
        let refused = archive.batch(&["testdata/cms"]);
        assert_eq!(refused.code, Some(4), "{}", refused.stderr);
        let resumed = archive.batch(&["testdata/cms", "--resume"]);
        assert_eq!(resumed.code, Some(1), "{}", resumed.stderr);
        assert!(archive.dump() == undisturbed.dump(), "rows differ");
    }

    #[test]
    fn results_that_cannot_be_written_are_said_before_anything_is_read() {
        let archive = Archive::new("read-only");
        let at = |path: &str| {
            let fixed = ["batch", "testdata/pdf", "--trust", crate::archive::TRUST, "--results", path];
            crate::archive::kenin(&fixed)
        };
        for path in ["/proc/results.db", archive.folder.to_str().unwrap(), "no/such/folder/results.db"] {
            let run = at(path);
            assert_eq!((run.code, run.stdout.as_str()), (Some(5), ""), "{path}: {}", run.stderr);
            assert!(run.stderr.contains(path), "{}", run.stderr);
        }
        if is_root() {
            return;
        }
        archive.batch(&["testdata/pdf/pades-b.pdf"]);
        fs::set_permissions(archive.results(), fs::Permissions::from_mode(0o400)).unwrap();
        let run = at(archive.results().to_str().unwrap());
        assert_eq!((run.code, run.stdout.as_str()), (Some(5), ""), "{}", run.stderr);
    }

    #[test]
    fn what_may_not_be_read_is_a_row_and_what_may_not_be_entered_a_trouble() {
        if is_root() {
            return;
        }
        let archive = Archive::new("denied");
        let closed = archive.folder.join("closed");
        fs::create_dir(&closed).unwrap();
        copy("pdf/pades-b.pdf", &archive, "closed/inside.pdf");
        let secret = copy("pdf/pades-b.pdf", &archive, "secret.pdf");
        copy("pdf/pades-lt.pdf", &archive, "open.pdf");
        fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).unwrap();
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        let run = archive.batch(&[archive.folder.to_str().unwrap()]);
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
        assert_eq!(row(&archive, "secret.pdf").0, "error");
        assert_eq!(row(&archive, "open.pdf").0, "valid");
        let trouble: String = archive.one("SELECT CAST(name AS TEXT) FROM trouble");
        assert!(trouble.ends_with("/closed"));
        assert_eq!(run.code, Some(5));
    }
}

#[test]
fn a_folder_of_a_hundred_thousand_files_is_walked() {
    const FILES: u32 = 100_000;
    let archive = Archive::new("many");
    let folder = archive.folder.join("documents");
    fs::create_dir(&folder).unwrap();
    for number in 0..FILES {
        File::create(folder.join(number.to_string())).unwrap();
    }
    fs::copy(root().join("testdata/pdf/pades-lt.pdf"), folder.join("signed.pdf")).unwrap();
    let run = archive.batch(&[folder.to_str().unwrap()]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.starts_with("100001 documents: 1 valid"), "{}", run.stdout);
    assert_eq!(archive.one::<u32>("SELECT count(*) FROM document WHERE verdict = 'no-signature'"), FILES);
}
