//! `--ascii`: text for consoles, logs and printers that know CP932 alone.
// What is skipped is said.
#![allow(clippy::print_stderr)]

use std::io::Write as _;
use std::process::{Command, Stdio};

use unicode_width::UnicodeWidthStr as _;

use crate::program::{Folder, finish, kenin, verify};

#[test]
fn symbols_are_ascii_and_japanese_stays_japanese() {
    let japanese = verify(&["testdata/discharge-summary.pdf", "--ascii", "--lang", "ja"]).stdout;
    assert!(japanese.contains("14(1)2(1)   満たす"), "{japanese}");
    assert!(!japanese.contains('①'), "{japanese}");
    let english = verify(&["testdata/cms/unrecognised-role.p7m", "--ascii"]).stdout;
    assert!(english.contains("\"Medical Docter\" (not in the licence table)"), "{english}");
    assert!(english.is_ascii(), "{english}");
}

#[test]
fn what_cp932_lacks_is_shown_by_its_code_point() {
    let folder = Folder::new("ascii").with("𠮷野①–é.pdf", "discharge-summary.pdf");
    let path = format!("{}/𠮷野①–é.pdf", folder.path());
    let escaped = "\\u{20BB7}野①\\u{2013}\\u{E9}.pdf";
    let alone = verify(&[&path, "--ascii"]).stdout;
    assert!(alone.lines().next().unwrap().ends_with(escaped), "{alone}");
    let many = verify(&[&path, "testdata/pdf/unsigned.pdf", "--ascii"]).stdout;
    assert!(many.lines().next().unwrap().ends_with(escaped), "{many}");
    let missing = verify(&[&path, "--content", &format!("{path}-"), "--ascii"]);
    assert!(missing.stderr.contains("\\u{20BB7}野①"), "{}", missing.stderr);
}

#[test]
fn every_command_takes_it() {
    for arguments in [
        "--ascii explain 14-1-2(1) --lang ja",
        "explain unrecognised-role --ascii --lang ja",
        "trust list --ascii --lang ja",
        "trust doctor --ascii --lang ja",
        "inspect testdata/pki/doctor.cer --ascii --lang ja",
        "inspect testdata/discharge-summary.pdf --ascii --lang ja",
        "explain no-such-code --ascii --lang ja",
    ] {
        let run = kenin(arguments.split(' '));
        for text in [&run.stdout, &run.stderr] {
            assert!(!text.contains(['①', '②', '③', '“']), "{arguments}: {text}");
        }
        assert!(!run.stdout.is_empty() || !run.stderr.is_empty(), "{arguments}");
    }
    assert_eq!(kenin(["explain", "14(1)2(1)"]).stdout, kenin(["explain", "14①2(1)"]).stdout);
}

/// Machine formats are UTF-8 by their own rules.
#[test]
fn machine_formats_are_untouched() {
    for format in ["json", "html"] {
        for lang in ["ja", "en"] {
            let arguments = ["testdata/discharge-summary.pdf", "--format", format, "--lang", lang];
            let usual = verify(&arguments).stdout;
            let ascii = verify(&[&arguments[..], &["--ascii"]].concat()).stdout;
            assert_eq!(usual, ascii, "{format} {lang}");
        }
    }
}

#[test]
fn escapes_are_counted_in_the_width_of_a_line() {
    let name = "𠮷".repeat(30);
    let folder = Folder::new("ascii-width").with(&name, "discharge-summary.pdf");
    let shown = verify(&[&format!("{}/{name}", folder.path()), "--ascii"]).stdout;
    assert!(shown.contains("\\u{20BB7}"), "{shown}");
    assert!(shown.lines().all(|line| line.width_cjk() <= 80), "{shown}");
}

/// Another implementation of CP932 than the one that kenin asks.
#[test]
fn iconv_converts_it_and_back() {
    let shown = verify(&["testdata/cms/unrecognised-role.p7m", "--ascii", "--lang", "ja"]).stdout;
    let convert = |from: &str, to: &str, bytes: &[u8]| {
        let child =
            Command::new("iconv").args(["-f", from, "-t", to]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child.ok()?;
        child.stdin.take().unwrap().write_all(bytes).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        Some(output.stdout)
    };
    let Some(encoded) = convert("UTF-8", "CP932", shown.as_bytes()) else {
        eprintln!("skipped: there is no iconv here");
        return;
    };
    let back = convert("CP932", "UTF-8", &encoded).unwrap();
    assert_eq!(String::from_utf8(back).unwrap(), shown);
}

#[test]
fn help_says_what_it_is() {
    for command in ["verify", "rejudge", "inspect", "explain", "trust list", "policy show"] {
        let mut program = crate::program::command();
        let help = finish(program.args(command.split(' ')).arg("--help")).stdout;
        assert!(help.contains("--ascii") && help.contains("CP932"), "{help}");
    }
}
