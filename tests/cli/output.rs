//! What people see, reviewed line by line.

use unicode_width::UnicodeWidthStr as _;

use crate::program::{Folder, kenin, root, verify};

#[test]
fn the_sample_in_japanese_and_english() {
    for lang in ["ja", "en"] {
        insta::assert_snapshot!(
            format!("sample-{lang}"),
            verify(&["testdata/discharge-summary.pdf", "--lang", lang]).stdout
        );
    }
}

#[test]
fn a_changed_document_in_japanese_and_english() {
    for lang in ["ja", "en"] {
        insta::assert_snapshot!(
            format!("changed-{lang}"),
            verify(&["testdata/pdf/a1-flipped-text.pdf", "--lang", lang]).stdout
        );
    }
}

#[test]
fn a_test_card_is_never_shown_as_a_doctor_without_saying_so() {
    let japanese = verify(&["testdata/cms/test-card.p7m", "--lang", "ja"]).stdout;
    assert!(japanese.contains("HPKI のテスト用証明書です。資格を証明しません。"), "{japanese}");
    let english = verify(&["testdata/cms/test-card.p7m"]).stdout;
    assert!(english.contains("Who          Shiken DEMO, Medical Doctor; not confirmed"), "{english}");
    assert!(english.contains("Certificate  An HPKI TEST certificate was used. It proves no licence."), "{english}");
}

#[test]
fn a_signature_that_does_not_hold_shows_neither_who_nor_when() {
    let shown = verify(&["testdata/pdf/a1-flipped-text.pdf"]).stdout;
    assert!(shown.contains("but the signature does not hold"), "{shown}");
    assert!(shown.contains("When         not proven, because the signature does not hold"), "{shown}");
    assert!(shown.contains("Tampering    YES"), "{shown}");
}

/// Only the last lines depend on the clock: when it was judged, and the id, which the time is part of.
#[test]
fn the_readme_shows_what_its_command_prints() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let command = readme.lines().find_map(|line| line.split_once("cargo run --release -- ")).unwrap().1;
    let shown = readme.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    let printed = kenin(command.split(' '));
    assert_eq!(printed.code, Some(0));
    assert!(printed.stdout.starts_with(shown), "{}", printed.stdout);
    let rest = &printed.stdout[shown.len()..];
    assert!(rest.starts_with("Judged at ") && rest.lines().count() <= 3, "{rest}");
    assert!(rest.lines().last().unwrap().starts_with("Verification id: k1-"), "{rest}");
}

#[test]
fn many_documents_are_a_line_each_and_a_summary() {
    let files = ["testdata/discharge-summary.pdf", "testdata/pdf/a1-flipped-text.pdf", "testdata/pdf/unsigned.pdf"];
    for lang in ["ja", "en"] {
        let arguments: Vec<&str> = files.into_iter().chain(["--lang", lang]).collect();
        insta::assert_snapshot!(format!("many-{lang}"), verify(&arguments).stdout);
    }
}

#[test]
fn order_and_bytes_do_not_depend_on_the_number_of_jobs() {
    let with = |jobs: &str| verify(&["-r", "testdata/pdf", "--format", "json", "--jobs", jobs]).stdout;
    let one = with("1");
    assert!(one.lines().count() > 20);
    assert_eq!(one, with("4"));
}

#[test]
fn no_line_of_a_report_is_wider_than_80_columns() {
    for lang in ["ja", "en"] {
        for file in ["discharge-summary.pdf", "pdf/later-revision-replaces-text.pdf", "cms/no-revocation-data.p7m"] {
            let run = verify(&[&format!("testdata/{file}"), "--lang", lang]);
            for line in run.stdout.lines() {
                assert!(line.width_cjk() <= 80, "{file} {lang}: {line}");
            }
        }
    }
}

#[test]
fn help_fits_80_columns() {
    for command in ["", "verify", "inspect", "explain", "policy export", "trust import", "trust doctor"] {
        let help = kenin(command.split_whitespace().chain(["--help"])).stdout;
        assert!(help.lines().all(|line| line.width() <= 80), "{help}");
        assert!(help.contains("Usage: kenin"), "{help}");
    }
}

#[test]
fn nothing_but_text_reaches_a_pipe() {
    let run = verify(&["testdata/discharge-summary.pdf"]);
    assert!(!run.stdout.contains('\u{1b}'));
    assert_eq!(run.stderr, "");
}

#[test]
fn a_code_is_explained_in_both_languages() {
    for lang in ["ja", "en"] {
        insta::assert_snapshot!(format!("explain-{lang}"), kenin(["explain", "try-later", "--lang", lang]).stdout);
    }
}

/// `cades-c` is one thing, `anchor-sunset` two.
#[test]
fn a_code_of_several_kinds_is_explained_as_each() {
    let shown = kenin(["explain", "anchor-sunset"]).stdout;
    assert_eq!(shown.matches("\nWhat it means\n").count(), 2, "{shown}");
    assert_eq!(kenin(["explain", "cades-c"]).stdout.matches("\nWhat it means\n").count(), 1);
}

#[test]
fn without_a_code_all_are_listed_by_kind() {
    for lang in ["ja", "en"] {
        let run = kenin(["explain", "--lang", lang]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
        for line in run.stdout.lines() {
            assert!(line.width_cjk() <= 80, "{lang}: {line}");
        }
        for code in kenin::explainable_codes() {
            assert!(run.stdout.split_whitespace().any(|word| word == code), "{lang}: {code}");
        }
    }
}

#[test]
fn the_trust_profile_says_for_whom_each_authority_stands() {
    let listed = kenin(["trust", "list", "--trust", "testdata/demo-trust.toml"]).stdout;
    let signers = listed.split("Authorities for timestamps").next().unwrap();
    assert!(signers.contains("DEMO HPKI Root CA") && !signers.contains("DEMO TSU A"), "{listed}");
    assert!(listed.contains("known not to be accredited"), "{listed}");
}

#[test]
fn a_profile_steers_no_terminal_by_the_names_in_it() {
    let folder = Folder::new("steering");
    let path = folder.0.join("trust.toml");
    let demo = std::fs::read_to_string(root().join("testdata/demo-trust.toml")).unwrap();
    let marked = |name: &str| format!("name = \"{name}\\u001b[31m\\u202e\\u061c\\n  SHA-256 00\"");
    let mut lines: Vec<String> = demo.lines().map(str::to_owned).collect();
    for (number, line) in lines.iter_mut().enumerate().filter(|(_, line)| line.starts_with("name = ")) {
        *line = marked(&format!("X{number}"));
    }
    std::fs::write(&path, lines.join("\n")).unwrap();
    let listed = kenin(["trust", "list", "--trust", path.to_str().unwrap()]);
    assert_eq!((listed.code, listed.stderr.as_str()), (Some(0), ""));
    assert!(listed.stdout.contains("?[31m???  SHA-256 00"), "{}", listed.stdout);
    assert!(!listed.stdout.contains(['\u{1b}', '\u{202e}', '\u{61c}']), "{}", listed.stdout);
    assert!(!listed.stdout.lines().any(|line| line == "  SHA-256 00"), "{}", listed.stdout);
}

#[test]
fn a_mistake_in_a_file_is_shown_in_its_lines_and_a_name_makes_none() {
    let folder = Folder::new("lines");
    let path = folder.0.join("a\nkenin: all is well.toml");
    std::fs::write(&path, "name = \"x\"\nsigner = \n").unwrap();
    let run = kenin(["verify", "testdata/discharge-summary.pdf", "--trust", path.to_str().unwrap()]);
    assert_eq!(run.code, Some(4));
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert!(lines.len() > 3, "{}", run.stderr);
    assert!(lines[0].starts_with("kenin: ") && lines[0].contains("a?kenin: all is well.toml"), "{}", run.stderr);
    assert!(lines[1..].iter().all(|line| line.starts_with("  ")), "{}", run.stderr);
    assert!(lines.contains(&"  2 | signer = "), "{}", run.stderr);
}

#[test]
fn inspect_shows_role_and_kind_of_a_certificate() {
    let doctor = kenin(["inspect", "testdata/pki/doctor.cer"]).stdout;
    assert!(doctor.contains("Medical Doctor") && doctor.contains("HPKI signing\n"), "{doctor}");
    let card = kenin(["inspect", "testdata/pki/test-card.cer"]).stdout;
    assert!(card.contains("HPKI signing, TEST (proves no licence)"), "{card}");
    let list = kenin(["inspect", "testdata/pki/sarl.crl"]).stdout;
    assert!(list.contains("Certificate revocation list"), "{list}");
    let document = kenin(["inspect", "testdata/discharge-summary.pdf"]).stdout;
    assert!(document.contains("Byte range") && document.contains("Document timestamp"), "{document}");
}
