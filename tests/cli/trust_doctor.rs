//! `kenin trust doctor`: what is missing, and the command that gets it.

use unicode_width::UnicodeWidthStr as _;

use crate::program::{Folder, Run, kenin};

fn doctor(arguments: &[&str]) -> Run {
    let judging = ["trust", "doctor", "--trust", "testdata/demo-trust.toml", "--time", "2024-05-21T00:00:00Z"];
    kenin(judging.iter().chain(arguments))
}

/// The text on one line, however it was wrapped.
fn words(run: &Run) -> String {
    run.stdout.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn missing_revocation_data_in_japanese_and_english() {
    for lang in ["ja", "en"] {
        let run = doctor(&["testdata/cms/no-revocation-data.p7m", "--lang", lang]);
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        insta::assert_snapshot!(format!("doctor-document-{lang}"), run.stdout);
    }
}

#[test]
fn the_built_in_profile_in_japanese_and_english() {
    for lang in ["ja", "en"] {
        let run = kenin(["trust", "doctor", "--time", "2024-05-21T00:00:00Z", "--lang", lang]);
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        insta::assert_snapshot!(format!("doctor-profile-{lang}"), run.stdout);
    }
}

#[test]
fn the_exit_code_says_whether_anything_is_missing() {
    for (file, code) in [
        ("testdata/discharge-summary.pdf", 0),
        ("testdata/pdf/a1-flipped-text.pdf", 0),
        ("testdata/cms/tsa-accreditation-unknown.p7m", 2),
        ("testdata/cms/tsa-explicitly-not-accredited.p7m", 0),
        ("testdata/cms/tsa-untrusted.p7m", 2),
        ("testdata/cms/tsa-no-revocation-data.p7m", 2),
        ("testdata/cms/stale-revocation-data.p7m", 2),
        ("testdata/cms/revoked-before-timestamp.p7m", 0),
        ("testdata/pdf/unsigned.pdf", 3),
        ("testdata/pdf/encrypted-with-password.pdf", 2),
        ("testdata/no-such-file.pdf", 5),
        ("testdata/pdf", 4),
    ] {
        let run = doctor(&[file]);
        assert_eq!(run.code, Some(code), "{file}\n{}{}", run.stdout, run.stderr);
    }
    for arguments in [&["--content", "x"][..], &["--policy", "no-such-policy"], &["--evidence", "no-such-file"]] {
        assert_eq!(doctor(arguments).code, Some(4), "{arguments:?}");
    }
}

/// The last command shown is this one with the fetched data, and with it nothing is missing.
#[test]
fn what_it_asks_for_helps() {
    for (file, needed) in [
        ("testdata/cms/no-revocation-data.p7m", &["signing.crl", "sarl.crl"][..]),
        ("testdata/cms/root-not-in-document.p7m", &["root.cer"]),
    ] {
        let before = doctor(&[file]);
        assert_eq!(before.code, Some(2), "{}", before.stdout);
        let folder = needed
            .iter()
            .fold(Folder::new(&needed.join("-")), |folder, name| folder.with(name, &format!("pki/{name}")));
        let after = doctor(&[file, "--evidence", folder.path()]);
        assert_eq!(after.code, Some(0), "{}", after.stdout);
        assert!(after.stdout.contains("No authority, certificate or revocation data is missing."), "{}", after.stdout);
    }
}

#[test]
fn a_missing_issuer_is_named_by_its_name_and_key() {
    let shown = words(&doctor(&["testdata/cms/root-not-in-document.p7m"]));
    assert!(shown.contains("MISSING the certificate of CN=DEMO HPKI Root CA,OU=DEMO HPKI"), "{shown}");
    assert!(shown.contains("its key identifier: 48bc206aea08cdf07b3522e7bf5f55efc1f140c5"), "{shown}");
}

#[test]
fn data_that_does_not_do_is_shown_with_the_reason() {
    let stale = words(&doctor(&["testdata/cms/stale-revocation-data.p7m"]));
    assert!(stale.contains("next 2024-05-06 02:00:01 JST: too old for the time in question"), "{stale}");
    let other = words(&doctor(&["testdata/cms/c8-same-name-other-key.p7m"]));
    assert!(other.contains("not signed by the issuer's key"), "{other}");
}

#[test]
fn a_timestamp_whose_certificate_is_open_is_examined_too() {
    let shown = words(&doctor(&["testdata/cms/tsa-no-revocation-data.p7m"]));
    let (_, timestamp) = shown.split_once("(signature timestamp)").unwrap();
    assert!(timestamp.contains("MISSING revocation data for this certificate"), "{shown}");
    assert!(timestamp.contains("Trusted DEMO TSA CA"), "{shown}");
}

#[test]
fn a_certificate_is_examined_as_a_signers() {
    let alone = doctor(&["testdata/pki/doctor.cer"]);
    assert_eq!(alone.code, Some(2));
    assert!(words(&alone).contains("the certificate of CN=DEMO HPKI-01-SignCA-forNonRepudiation"), "{}", alone.stdout);
    let evidence = ["signing-ca.cer", "root.cer", "signing.crl", "sarl.crl"].map(|name| format!("testdata/pki/{name}"));
    let mut arguments = vec!["testdata/pki/doctor.cer"];
    evidence.iter().for_each(|path| arguments.extend(["--evidence", path.as_str()]));
    let whole = doctor(&arguments);
    assert_eq!(whole.code, Some(0), "{}", whole.stdout);
    assert!(words(&whole).contains("Trusted DEMO HPKI Root CA"), "{}", whole.stdout);
}

/// What is copied into a shell does what it shows.
#[test]
fn names_of_files_mean_nothing_to_the_shell() {
    let folder = Folder::new("quoting").with("a'; rm -rf $HOME '.p7m", "cms/no-revocation-data.p7m");
    let file = folder.0.join("a'; rm -rf $HOME '.p7m");
    let shown = doctor(&[file.to_str().unwrap()]).stdout;
    let quoted = format!("kenin trust doctor '{}/a'\\''; rm -rf $HOME '\\''.p7m' --trust", folder.path());
    assert!(shown.contains(&quoted), "{shown}");
}

#[test]
fn a_profile_of_ones_own_is_added_to_and_a_built_in_one_copied() {
    let root = ["--evidence", "testdata/pki/untrusted-tsa-root.cer"];
    let own = doctor(&["testdata/cms/tsa-untrusted.p7m", root[0], root[1]]).stdout;
    assert!(own.contains("--as tsa") && own.contains("--into testdata/demo-trust.toml\n"), "{own}");
    let built_in = kenin(["trust", "doctor", "testdata/discharge-summary.pdf"]).stdout;
    assert!(built_in.contains("--into our-trust.toml --base jp-hpki\n"), "{built_in}");
}

#[test]
fn a_profile_says_what_has_ended_or_soon_will() {
    let profile = |more: &str| {
        let pin = "3097f3a299d323889e8fdf02f8a7a3f35cdb69341506cfb90275172703dd52ca";
        let folder = Folder::new("doctor-profile");
        let path = folder.0.join("own.toml");
        std::fs::write(&path, format!("name = \"own\"\n[[tsa]]\nname = \"T\"\nsha256 = \"{pin}\"\n{more}\n")).unwrap();
        let arguments = ["trust", "doctor", "--trust", path.to_str().unwrap(), "--evidence", "testdata/pki/tsu-a.cer"];
        let run = |time: &str| kenin(arguments.iter().chain(&["--time", time]));
        (run("2024-05-21T00:00:00Z"), run("2054-12-01T00:00:00Z"))
    };
    let interval =
        |to: &str| format!("accreditation = [{{ from = \"2020-01-01T00:00:00Z\"{to}, scheme = \"dekyo\" }}]");
    let (now, later) = profile(&interval(""));
    assert_eq!((now.code, later.code), (Some(0), Some(2)), "{}{}", now.stdout, later.stdout);
    assert!(words(&later).contains("its certificate expires 20"), "{}", later.stdout);
    for (more, said) in [
        (interval(", to = \"2023-01-01T00:00:00Z\""), "its accreditation ended 2023-01-01"),
        (interval(", to = \"2024-07-01T00:00:00Z\""), "its accreditation ends 2024-07-01"),
        (format!("{}\nnot_after = \"2024-01-01T00:00:00Z\"", interval("")), "that is over"),
        (String::new(), "since when it is accredited is not known here"),
    ] {
        let (now, _) = profile(&more);
        assert_eq!(now.code, Some(2), "{more}");
        assert!(words(&now).contains(said), "{}", now.stdout);
    }
}

/// A command stands on a line of its own, which may be longer so that it can be copied.
#[test]
fn only_commands_are_wider_than_80_columns() {
    for lang in ["ja", "en"] {
        for file in ["cms/no-revocation-data.p7m", "cms/stale-revocation-data.p7m", "cms/tsa-untrusted.p7m"] {
            let run = doctor(&[&format!("testdata/{file}"), "--lang", lang]);
            for line in
                run.stdout.lines().filter(|line| !line.starts_with("    kenin") && !line.starts_with("    curl"))
            {
                assert!(line.width_cjk() <= 80, "{file} {lang}: {line}");
            }
        }
    }
}
