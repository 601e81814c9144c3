//! `kenin policy show` and `kenin policy export`.

use kenin::Policy;

use crate::program::{Folder, kenin, verify};

#[test]
fn a_policy_is_printed_as_it_can_be_read_again() {
    let shown = kenin(["policy", "show"]).stdout;
    assert!(shown.starts_with("# mhlw-6.0: SHA-256 "), "{shown}");
    let folder = Folder::new("policy");
    let path = folder.0.join("own.toml");
    std::fs::write(&path, shown).unwrap();
    assert_eq!(verify(&["--policy", path.to_str().unwrap(), "testdata/discharge-summary.pdf"]).code, Some(0));
}

#[test]
fn an_exported_policy_reads_back_to_the_same() {
    let folder = Folder::new("export");
    for (name, lang) in [("mhlw-6.0", "en"), ("signature", "ja")] {
        let path = folder.0.join(format!("{name}.toml"));
        let run = kenin(["policy", "export", name, "--output", path.to_str().unwrap(), "--lang", lang]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert!(run.stdout.contains("--policy /"), "{}", run.stdout);
        let text = std::fs::read_to_string(&path).unwrap();
        let (read, built_in) = (Policy::from_toml(&text).unwrap(), Policy::built_in(name).unwrap());
        // Its hash is that of its text, which the comment has changed.
        let same = Policy { sha256: built_in.sha256, text: built_in.text.clone(), ..read };
        assert_eq!(format!("{same:?}"), format!("{built_in:?}"));
        assert_eq!(verify(&["--policy", path.to_str().unwrap(), "testdata/discharge-summary.pdf"]).code, Some(0));
    }
}

#[test]
fn a_file_that_exists_is_written_over_only_when_asked() {
    let folder = Folder::new("export-twice");
    let path = folder.0.join("own.toml");
    std::fs::write(&path, "mine").unwrap();
    let export = |more: &[&str]| {
        let arguments = ["policy", "export", "signature", "--output", path.to_str().unwrap()];
        kenin(arguments.iter().chain(more)).code
    };
    assert_eq!(export(&[]), Some(4));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    assert_eq!(export(&["--force"]), Some(0));
    assert!(std::fs::read_to_string(&path).unwrap().contains("name = \"signature\""));
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 1);
}

#[test]
fn a_policy_that_would_not_mean_what_it_says_is_a_mistake_of_usage() {
    let folder = Folder::new("policy-mistakes");
    let path = folder.0.join("own.toml");
    let text = Policy::mhlw_6_0().text.replace("name = \"mhlw-6.0\"\n", "name = \"own\"\n");
    let judge = |text: &str| {
        std::fs::write(&path, text).unwrap();
        verify(&["--policy", path.to_str().unwrap(), "testdata/discharge-summary.pdf"])
    };
    assert_eq!(judge(&text).code, Some(0));
    for (line, other, said) in [
        ("name = \"own\"\n", "name = \"signature\"\n", "another name"),
        ("guideline = \"mhlw-6.0\"\n", "", "guideline = \"mhlw-6.0\""),
        ("required_roles = []", "required_roles = [\"Medical doctor\"]", "Medical Doctor (医師)"),
        ("required_roles = []", "required_roles = [\"Director of Hospital\"]", "Medical Doctor (医師)"),
        ("name = \"SHA-1\"", "name = \"SHA1\"", "RIPEMD-160, SHA-1"),
        ("name = \"SHA-1\"", "name = \"SHA-1\"\nmin_bits = 160", "leave it out"),
        ("name = \"SHA-1\"", "name = \"SHA-256\"", "two rows"),
    ] {
        assert!(text.contains(line), "{line}");
        let run = judge(&text.replace(line, other));
        assert_eq!((run.code, run.stdout.as_str()), (Some(4), ""), "{other}: {}", run.stderr);
        assert!(run.stderr.contains(said), "{other}: {}", run.stderr);
    }
}

#[test]
fn a_name_or_folder_that_does_not_exist_is_said() {
    assert_eq!(kenin(["policy", "export", "no-such-policy", "--output", "/tmp/never.toml"]).code, Some(4));
    assert_eq!(kenin(["policy", "export", "signature", "--output", "/no/such/folder/own.toml"]).code, Some(5));
}
