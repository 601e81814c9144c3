//! A process that is killed loses nothing that matters: resumed, the results are those of an undisturbed run.

use std::fs;
use std::process::Stdio;
use std::time::Duration;

use crate::archive::{Archive, Run, TIME, TRUST, kenin, root};

const ROOTS: [&str; 2] = ["testdata/cms", "testdata/pdf"];

/// Kills, each after a delay of its own, the same in every test run.
const KILLS: u64 = 50;

/// Copies of the documents, so that a run writes several transactions.
const COPIES: u32 = 6;

fn copies() -> Archive {
    let archive = Archive::new("copies");
    for (copy, from) in (0..COPIES).flat_map(|copy| ROOTS.map(|from| (copy, from))) {
        let folder = archive.folder.join(copy.to_string()).join(from);
        fs::create_dir_all(&folder).unwrap();
        for entry in fs::read_dir(root().join(from)).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_file() {
                fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
            }
        }
    }
    archive
}

#[test]
fn a_run_that_is_killed_again_and_again_ends_as_an_undisturbed_one() {
    let copies = copies();
    let folder = copies.folder.to_str().unwrap();
    let undisturbed = Archive::new("undisturbed");
    undisturbed.batch(&[folder]);
    let expected = undisturbed.dump();
    let (mut archive, mut killed, mut finished, mut went_on) = (Archive::new("killed-0"), 0, 0, 0);
    let mut attempts = 0..KILLS * 4;
    while killed < KILLS {
        let attempt = attempts.next().expect("most runs are still going on when they are killed");
        let mut command = archive.command(&[folder, "--resume", "--jobs", "2"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(5 + attempt * 337 % 1201));
        if child.try_wait().unwrap().is_none() {
            child.kill().unwrap();
            killed += 1;
        }
        let over = child.wait().unwrap();
        if archive.results().exists() && over.code() != Some(1) {
            let sql = "SELECT count(*) FROM sqlite_schema WHERE name = 'document'";
            let begun = archive.one::<u32>(sql) > 0 && archive.one::<u32>("SELECT count(*) FROM document") > 0;
            went_on += u32::from(begun);
        }
        if over.code() == Some(1) {
            assert!(archive.dump() == expected, "rows differ after {killed} kills");
            finished += 1;
            archive = Archive::new(&format!("killed-{finished}"));
        }
    }
    let last = archive.batch(&[folder, "--resume"]);
    assert_eq!(last.code, Some(1), "{}", last.stderr);
    assert!(archive.dump() == expected, "rows differ");
    assert_eq!(archive.one::<u32>("SELECT count(*) FROM run WHERE state = 'running'"), 0);
    // Some of what was killed had kept a part of the archive, so that there was something to go on with.
    assert!(went_on >= 5, "{went_on} of {KILLS}");
}

#[test]
fn an_interrupted_run_goes_on_only_when_asked_and_under_the_same_conditions() {
    let archive = Archive::new("unfinished");
    archive.batch(&["testdata/tokens"]);
    let results = archive.results();
    rusqlite::Connection::open(&results).unwrap().execute("UPDATE run SET state = 'running'", []).unwrap();
    let refused = archive.batch(&["testdata/tokens"]);
    assert_eq!(refused.code, Some(4), "{}", refused.stderr);
    assert!(refused.stderr.contains("--resume"), "{}", refused.stderr);
    let other = archive.batch(&["testdata/tokens", "--resume", "--policy", "signature"]);
    assert_eq!(other.code, Some(4));
    assert!(other.stderr.contains("(policy)"), "{}", other.stderr);
    let evidence = archive.batch(&["testdata/tokens", "--resume", "--evidence", "testdata/ageing/tsa-2021.crl"]);
    assert!(evidence.stderr.contains("(evidence)"), "{}", evidence.stderr);
    // Over other documents it would end as finished, and those of the interrupted run would never be judged.
    let since = ["testdata/tokens", "--resume", "--since", "2020-01-01T00:00:00Z"];
    for elsewhere in [&["testdata/cms", "--resume"][..], &["testdata/tokens", "testdata/cms", "--resume"], &since] {
        let run = archive.batch(elsewhere);
        assert_eq!(run.code, Some(4), "{}", run.stdout);
        assert!(run.stderr.contains("was over testdata/tokens in "), "{}", run.stderr);
    }
    let resumed = archive.batch(&["testdata/tokens", "--resume"]);
    assert!(resumed.stdout.contains("not judged again"), "{} {}", resumed.stdout, resumed.stderr);
    assert_eq!(archive.one::<u32>("SELECT count(*) FROM run"), 1);
}

#[cfg(unix)]
#[test]
fn control_c_stops_cleanly_and_the_run_can_go_on() {
    let undisturbed = Archive::new("control-c-undisturbed");
    undisturbed.batch(&ROOTS);
    // Before the program listens the signal ends it, and after the last document there is nothing to stop: when that is
    // depends on the machine.
    for delay in (0..14).map(|step| 15 * 3_u64.pow(step) / 2_u64.pow(step)) {
        let archive = Archive::new("control-c");
        let mut command = archive.command(&[&ROOTS[..], &["--jobs", "1"]].concat());
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        let run: Run = child.wait_with_output().unwrap().into();
        if run.code != Some(130) {
            continue;
        }
        assert!(run.stderr.contains("--resume"), "{}", run.stderr);
        assert_eq!(run.stdout, "");
        archive.batch(&[&ROOTS[..], &["--resume"]].concat());
        assert!(archive.dump() == undisturbed.dump(), "rows differ");
        return;
    }
    panic!("no run was stopped");
}

/// Two runs would each take the other's for an interrupted one.
#[test]
fn results_are_written_by_one_process_at_a_time() {
    let archive = Archive::new("in-use");
    archive.batch(&["testdata/tokens"]);
    let other = archive.connection();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let results = archive.results();
    let rejudge = || kenin(&["batch", "rejudge", results.to_str().unwrap(), "--time", TIME]);
    for run in [archive.batch(&["testdata/tokens"]), archive.batch(&["testdata/tokens", "--resume"]), rejudge()] {
        assert_eq!(run.code, Some(5), "{}", run.stdout);
        assert!(run.stderr.contains("is in use by another kenin"), "{}", run.stderr);
    }
    // A run that writes much lets go of the file between two transactions, for a moment that whoever waits would meet.
    other.execute_batch("ROLLBACK").unwrap();
    let over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let busy = archive.connection();
            while !over.load(std::sync::atomic::Ordering::Relaxed) {
                busy.execute_batch("BEGIN IMMEDIATE").unwrap();
                std::thread::sleep(Duration::from_millis(20));
                busy.execute_batch("COMMIT").unwrap();
            }
        });
        std::thread::sleep(Duration::from_millis(50));
        let codes: Vec<_> = (0..5).map(|_| archive.batch(&["testdata/tokens"]).code).collect();
        over.store(true, std::sync::atomic::Ordering::Relaxed);
        assert_eq!(codes, [Some(5); 5]);
    });
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    // Reading goes on.
    assert_eq!(kenin(&["batch", "export", results.to_str().unwrap()]).code, Some(0));
    other.execute_batch("ROLLBACK").unwrap();
    assert_ne!(archive.batch(&["testdata/tokens"]).code, Some(5));
}

#[test]
fn a_list_that_has_become_another_names_other_documents() {
    let archive = Archive::new("other-list");
    let list = archive.folder.join("list.txt");
    let names = |names: &[&str]| fs::write(&list, names.join("\n")).unwrap();
    let (one, two) = ("testdata/pdf/pades-lt.pdf", "testdata/pdf/pades-b.pdf");
    names(&[one, two]);
    let listed = ["--manifest", list.to_str().unwrap()];
    archive.batch(&listed);
    archive.connection().execute("UPDATE run SET state = 'running'", []).unwrap();
    let resume = || archive.batch(&[&listed[..], &["--resume"]].concat());
    names(&[one]);
    assert_eq!(resume().code, Some(4));
    names(&[one, two]);
    assert_ne!(resume().code, Some(4));
}

/// A run can be given up; what it judged is kept.
#[test]
fn an_interrupted_run_can_be_given_up() {
    let archive = Archive::new("given-up");
    archive.batch(&["testdata/tokens"]);
    archive.connection().execute("UPDATE run SET state = 'running'", []).unwrap();
    let run = archive.batch(&["testdata/pdf/pades-lt.pdf", "--restart"]);
    assert!(!matches!(run.code, Some(4 | 5)), "{}", run.stderr);
    let states: Vec<String> = archive.column("SELECT state FROM run ORDER BY id");
    assert_eq!(states, ["given-up", "finished"]);
    assert!(archive.one::<u32>("SELECT count(*) FROM document") > 1);
    assert_eq!(archive.batch(&["testdata/tokens", "--restart", "--resume"]).code, Some(4));
}

/// `documents` is another folder elsewhere.
#[test]
fn an_interrupted_run_goes_on_in_the_same_folder_only() {
    let archive = Archive::new("other-folder");
    for place in ["here", "there"] {
        let folder = archive.folder.join(place).join("documents");
        fs::create_dir_all(&folder).unwrap();
        fs::copy(root().join("testdata/pdf/pades-lt.pdf"), folder.join("a.pdf")).unwrap();
    }
    let trust = root().join(TRUST);
    let batch = |place: &str, resume: &[&str]| -> Run {
        let mut command = archive.command(&["documents"]);
        command.args(resume).current_dir(archive.folder.join(place));
        let arguments: Vec<_> =
            command.get_args().map(|arg| if arg == TRUST { trust.as_os_str() } else { arg }.to_owned()).collect();
        let mut command = crate::archive::program();
        command.args(arguments).current_dir(archive.folder.join(place)).output().unwrap().into()
    };
    assert_eq!(batch("here", &[]).code, Some(0));
    archive.connection().execute("UPDATE run SET state = 'running'", []).unwrap();
    assert_eq!(batch("there", &["--resume"]).code, Some(4));
    assert_eq!(batch("here", &["--resume"]).code, Some(0));
}
