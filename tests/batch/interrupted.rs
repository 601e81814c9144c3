//! A process that is killed loses nothing that matters: resumed, the results are those of an undisturbed run.

use std::process::Stdio;
use std::time::Duration;

use crate::archive::Archive;

const ROOTS: [&str; 2] = ["testdata/cms", "testdata/pdf"];

/// Delays before each kill, in milliseconds: spread over a run, the same in every test run.
const DELAYS: [u64; 12] = [3, 11, 19, 31, 47, 67, 91, 121, 157, 199, 251, 307];

#[test]
fn a_run_that_is_killed_again_and_again_ends_as_an_undisturbed_one() {
    let undisturbed = Archive::new("undisturbed");
    undisturbed.batch(&ROOTS);
    let archive = Archive::new("killed");
    let mut killed = 0;
    for delay in DELAYS {
        let mut command = archive.command(&[&ROOTS[..], &["--resume", "--jobs", "2"]].concat());
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        if child.try_wait().unwrap().is_none() {
            child.kill().unwrap();
            killed += 1;
        }
        child.wait().unwrap();
    }
    assert!(killed >= 3, "{killed} of {} runs were still going on", DELAYS.len());
    let last = archive.batch(&[&ROOTS[..], &["--resume"]].concat());
    assert_eq!(last.code, Some(1), "{}", last.stderr);
    let (resumed, expected) = (archive.dump(), undisturbed.dump());
    assert_eq!(resumed.len(), expected.len());
    assert!(resumed == expected, "rows differ");
    assert_eq!(archive.one::<u32>("SELECT count(*) FROM run WHERE state = 'running'"), 0);
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
        let run: crate::archive::Run = child.wait_with_output().unwrap().into();
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
