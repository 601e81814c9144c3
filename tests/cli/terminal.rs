//! Colour under a real terminal, which `script` of util-linux makes.
// What is skipped is said.
#![allow(clippy::print_stderr)]

use std::process::{Command, Stdio};

use crate::program::{Folder, command, finish, root, verify};
use crate::texts::uncoloured;

const ARGUMENTS: &str =
    "verify testdata/pdf/a1-flipped-text.pdf --trust testdata/demo-trust.toml --time 2024-05-21T00:00:00Z";

/// What the program writes to a terminal; `None`, and said, where there is no `script`.
fn on_a_terminal(environment: &[(&str, &str)], more: &str) -> Option<String> {
    let line = format!("{} {ARGUMENTS} {more}", env!("CARGO_BIN_EXE_kenin"));
    let mut script = Command::new("script");
    script.current_dir(root()).args(["-q", "-e", "-c", &line, "/dev/null"]).stdin(Stdio::null());
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"] {
        script.env_remove(name);
    }
    script.env("TERM", "xterm").envs(environment.iter().copied());
    let Ok(output) = script.output() else {
        eprintln!("skipped: there is no script(1) here");
        return None;
    };
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    Some(String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n"))
}

#[test]
fn a_terminal_has_colour_and_says_no_more_by_it() {
    let Some(shown) = on_a_terminal(&[], "") else { return };
    assert!(shown.contains("\u{1b}[1;31mINVALID\u{1b}[0m"), "{shown:?}");
    assert_eq!(uncoloured(&shown), verify(&["testdata/pdf/a1-flipped-text.pdf"]).stdout);
}

#[test]
fn a_terminal_has_no_colour_when_nobody_wants_it_or_it_cannot() {
    for environment in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        let Some(shown) = on_a_terminal(&[environment], "") else { return };
        assert_eq!(shown, verify(&["testdata/pdf/a1-flipped-text.pdf"]).stdout, "{environment:?}");
    }
    // An empty NO_COLOR is none (no-color.org).
    let Some(shown) = on_a_terminal(&[("NO_COLOR", "")], "") else { return };
    assert!(shown.contains('\u{1b}'), "{shown:?}");
}

#[test]
fn a_file_has_no_colour_even_from_a_terminal() {
    let folder = Folder::new("terminal");
    let path = format!("{}/report.txt", folder.path());
    let Some(shown) = on_a_terminal(&[], &format!("--output {path}")) else { return };
    assert_eq!(shown, "");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), verify(&["testdata/pdf/a1-flipped-text.pdf"]).stdout);
}

#[test]
fn a_pipe_has_no_colour_whatever_the_terminal_is() {
    let mut program = command();
    program.env("TERM", "xterm-256color").args(ARGUMENTS.split(' '));
    assert!(!finish(&mut program).stdout.contains('\u{1b}'));
}
