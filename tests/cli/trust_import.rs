//! `kenin trust import`: nothing is believed that was not compared with a published digest.

use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use kenin::TrustProfile;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::program::{Folder, Run, kenin, root};

const HPKI: &str = "1.2.392.100495.1.5.1.1.3.1";

fn digest(bytes: &[u8]) -> String {
    kenin_crypto::sha256(bytes).to_string()
}

fn pki(name: &str) -> (String, String) {
    let path = format!("testdata/pki/{name}");
    let sha256 = digest(&std::fs::read(root().join(&path)).unwrap());
    (path, sha256)
}

/// A profile file, and imports into it.
struct Profile {
    folder: Folder,
    path: PathBuf,
}

impl Profile {
    /// A profile that somebody wrote, with a comment that must survive.
    fn with(name: &str, text: &str) -> Self {
        let profile = Self::absent(name);
        std::fs::write(&profile.path, text).unwrap();
        profile
    }

    fn absent(name: &str) -> Self {
        let folder = Folder::new(name);
        let path = folder.0.join("own.toml");
        Self { folder, path }
    }

    fn path(&self) -> &str {
        self.path.to_str().unwrap()
    }

    fn text(&self) -> String {
        std::fs::read_to_string(&self.path).unwrap()
    }

    fn read(&self) -> TrustProfile {
        TrustProfile::from_toml(&self.text()).unwrap()
    }

    fn import(&self, file: &str, sha256: &str, more: &[&str]) -> Run {
        let fixed = ["trust", "import", file, "--expect-sha256", sha256, "--into", self.path()];
        kenin(fixed.iter().chain(&["--name", "DEMO", "--time", "2024-05-21T00:00:00Z"]).chain(more))
    }

    /// Imports a certificate of the demo PKI under its right digest.
    fn import_pki(&self, name: &str, more: &[&str]) -> Run {
        let (path, sha256) = pki(name);
        self.import(&path, &sha256, more)
    }
}

const EMPTY: &str = "name = \"own\" # ours\n";

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn what_was_imported_is_believed() {
    let profile = Profile::with("import", EMPTY);
    let judge = || {
        let time = ["--time", "2024-05-21T00:00:00Z", "testdata/discharge-summary.pdf"];
        kenin(["verify", "--trust", profile.path()].iter().chain(&time))
    };
    let before = judge();
    assert_eq!(before.code, Some(2), "{}", before.stdout);
    let signer = profile.import_pki("root.cer", &["--as", "signer", "--purpose", "hpki", "--policy-oid", HPKI]);
    assert_eq!(signer.code, Some(0), "{}", signer.stderr);
    let tsa = profile.import_pki("tsu-a.cer", &["--as", "tsa", "--accredited-from", "2022-04-01"]);
    assert_eq!(tsa.code, Some(0), "{}", tsa.stderr);
    assert!(profile.text().starts_with(EMPTY), "{}", profile.text());
    let after = judge();
    assert_eq!(after.code, Some(0), "{}", after.stdout);
    // A day is a day in Japan.
    let interval = &profile.read().tsa[0].accreditation[0];
    assert_eq!((interval.from.to_string().as_str(), interval.scheme.as_str()), ("2022-03-31T15:00:00Z", "mic-146"));
}

#[test]
fn a_profile_that_does_not_exist_starts_from_its_base_under_its_own_name() {
    let profile = Profile::absent("import-base");
    let refused = profile.import_pki("root.cer", &["--as", "signer"]);
    assert_eq!(refused.code, Some(4));
    assert!(refused.stderr.contains("--base jp-hpki") && !profile.path.exists(), "{}", refused.stderr);
    let run = profile.import_pki("root.cer", &["--as", "signer", "--base", "jp-hpki"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let (read, base) = (profile.read(), TrustProfile::jp_hpki());
    assert_eq!((read.name.as_str(), read.tsa), ("own", base.tsa));
    assert_eq!(read.signer[..base.signer.len()], base.signer[..]);
    assert_eq!(read.signer.len(), base.signer.len() + 1);
}

/// Reports name a profile by its name: the built-in's is for the built-in alone.
#[test]
fn a_profile_never_has_the_built_ins_name() {
    let folder = Folder::new("import-taken-name");
    let path = folder.0.join("jp-hpki.toml");
    let profile = Profile { folder, path };
    let import = || profile.import_pki("root.cer", &["--as", "signer", "--base", "jp-hpki"]);
    let run = import();
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(profile.read().name, "our-jp-hpki");
    std::fs::write(&profile.path, profile.text().replace("our-jp-hpki", "jp-hpki")).unwrap();
    let refused = [import(), kenin(["trust", "list", "--trust", profile.path()])];
    for run in refused {
        assert_eq!(run.code, Some(4), "{}", run.stdout);
        assert!(run.stderr.contains("another name"), "{}", run.stderr);
    }
}

#[test]
fn another_digest_is_refused_and_both_are_shown() {
    let profile = Profile::with("import-mismatch", EMPTY);
    let ((_, expected), (path, actual)) = (pki("root.cer"), pki("unknown-root.cer"));
    let run = profile.import(&path, &expected, &["--as", "signer"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(4), ""));
    assert!(run.stderr.contains(&expected) && run.stderr.contains(&actual), "{}", run.stderr);
    assert_eq!(profile.text(), EMPTY);
}

#[test]
fn a_digest_is_read_as_authorities_write_it() {
    let (path, sha256) = pki("root.cer");
    let pairs: Vec<_> = sha256.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap()).collect();
    for (index, written) in [pairs.join(":").to_uppercase(), pairs.join(" "), sha256.clone()].iter().enumerate() {
        let profile = Profile::with(&format!("import-written-{index}"), EMPTY);
        assert_eq!(profile.import(&path, written, &["--as", "signer"]).code, Some(0), "{written}");
    }
    let profile = Profile::with("import-sha1", EMPTY);
    let run = profile.import(&path, &sha256[..40], &["--as", "signer"]);
    assert_eq!(run.code, Some(4));
    assert!(run.stderr.contains("SHA-1"), "{}", run.stderr);
}

#[test]
fn without_an_expected_digest_nothing_is_imported() {
    let profile = Profile::with("import-unchecked", EMPTY);
    let arguments = ["trust", "import", "testdata/pki/root.cer", "--as", "signer", "--name", "x", "--into"];
    let run = kenin(arguments.iter().chain(&[profile.path()]));
    assert_eq!((run.code, profile.text().as_str()), (Some(4), EMPTY));
    // The value in the file is not offered for copying.
    assert!(run.stderr.contains("publication") && !run.stderr.contains(&pki("root.cer").1), "{}", run.stderr);
}

#[test]
fn an_entry_is_never_there_twice() {
    let profile = Profile::with("import-twice", EMPTY);
    let again = |more: &[&str]| profile.import_pki("tsu-a.cer", &[&["--as", "tsa"], more].concat());
    assert_eq!(again(&[]).code, Some(0));
    let text = profile.text();
    let same = again(&[]);
    assert_eq!((same.code, profile.text()), (Some(0), text.clone()), "{}", same.stderr);
    assert!(same.stdout.contains("Already there: DEMO") && same.stdout.contains("is unchanged"), "{}", same.stdout);
    let different = again(&["--accredited-from", "2022-04-01"]);
    assert_eq!((different.code, profile.text()), (Some(4), text.clone()), "{}", different.stderr);
    // One certificate is not an anchor for both.
    assert_eq!((profile.import_pki("tsu-a.cer", &["--as", "signer"]).code, profile.text()), (Some(4), text));
}

#[test]
fn a_profile_that_cannot_be_added_to_stays_as_it_is() {
    let pin = "ab".repeat(32);
    let inline = format!("name = \"x\"\nsigner = [{{ name = \"a\", purpose = \"other\", sha256 = \"{pin}\" }}]\n");
    for (name, text) in [("broken", "name = \n"), ("inline", inline.as_str()), ("open", "name = \"\"\"x")] {
        let profile = Profile::with(&format!("import-{name}"), text);
        let run = profile.import_pki("root.cer", &["--as", "signer"]);
        assert_eq!((run.code, profile.text().as_str()), (Some(4), text), "{}", run.stderr);
    }
}

#[test]
fn arguments_that_do_not_fit_are_a_mistake_of_usage() {
    let profile = Profile::with("import-usage", EMPTY);
    for more in [
        &[][..],
        &["--as", "nobody"],
        &["--as", "tsa", "--purpose", "hpki"],
        &["--as", "signer", "--accredited-from", "2022-04-01"],
        &["--as", "tsa", "--accredited-from", "April"],
        &["--as", "tsa", "--accredited-to", "2022-04-01"],
        &["--as", "tsa", "--accredited-from", "2022-04-01", "--accredited-to", "2021-04-01"],
        &["--as", "tsa", "--policy-oid", "policy"],
    ] {
        let run = profile.import_pki("tsu-a.cer", more);
        assert_eq!((run.code, profile.text().as_str()), (Some(4), EMPTY), "{more:?} {}", run.stdout);
    }
    let crl = profile.import_pki("sarl.crl", &["--as", "signer"]);
    assert_eq!(crl.code, Some(4), "{}", crl.stdout);
    assert_eq!(profile.import("testdata/no-such-file", &"0".repeat(64), &["--as", "tsa"]).code, Some(5));
}

/// RFC 3161 2.3, RFC 5280 4.2.1.3 and the guideline's 14①2(1).
#[test]
fn what_does_not_fit_its_use_is_said() {
    for (name, role, words) in [
        ("expired.cer", "signer", "has expired"),
        ("doctor.cer", "signer", "no CA certificate"),
        ("root.cer", "signer", "whatever it was issued for"),
        ("tsu-f.cer", "tsa", "not for time-stamping alone"),
        ("tsu-g.cer", "tsa", "not for time-stamping alone"),
        ("tsu-h.cer", "tsa", "not for time-stamping alone"),
        ("tsa-ca.cer", "tsa", "every timestamp service below it counts"),
        ("tsu-a.cer", "tsa", "14①2(1) stays undecided"),
    ] {
        let profile = Profile::with(&format!("import-warns-{name}"), EMPTY);
        let run = profile.import_pki(name, &["--as", role]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let words_shown: Vec<_> = run.stdout.split_whitespace().collect();
        assert!(words_shown.join(" ").contains(words), "{name}: {}", run.stdout);
    }
    let profile = Profile::with("import-warns-nothing", EMPTY);
    let run = profile.import_pki("tsu-a.cer", &["--as", "tsa", "--accredited-from", "2022-04-01"]);
    assert!(!run.stdout.contains("Note"), "{}", run.stdout);
}

#[test]
fn a_service_is_imported_from_its_archive() {
    let certificate = |name: &str| std::fs::read(root().join(format!("testdata/pki/{name}"))).unwrap();
    // Stored under a name that leaves the folder, which is only a name; a SignedData without signers is a `.p7b`.
    let bundle = std::fs::read(root().join("testdata/cms/b12-signer-infos-empty.p7m")).unwrap();
    let archive = zip(&[
        ("../../tsu-a.cer", &certificate("tsu-a.cer")),
        ("tsu-c.crt", &certificate("tsu-c.cer")),
        ("ca/tsa-ca.cer", &certificate("tsa-ca.cer")),
        ("bundle.p7b", &bundle),
        ("はじめに.txt", b"readme"),
    ]);
    for lang in ["en", "ja"] {
        let profile = Profile::with(&format!("import-zip-{lang}"), EMPTY);
        let path = profile.folder.0.join("service.zip");
        std::fs::write(&path, &archive).unwrap();
        let more = ["--accredited-from", "2022-04-01", "--accredited-to", "2024-04-01", "--lang", lang];
        let run = profile.import(path.to_str().unwrap(), &digest(&archive), &more);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let shown = run.stdout.replace(profile.folder.path(), "FOLDER");
        insta::assert_snapshot!(format!("import-{lang}"), shown);
        let read = profile.read();
        let pins: Vec<_> = read.tsa.iter().map(|anchor| anchor.sha256.unwrap().to_string()).collect();
        assert_eq!(pins, [pki("tsu-a.cer").1, pki("tsu-c.cer").1]);
        assert!(read.tsa.iter().all(|anchor| anchor.accreditation.len() == 1 && read.signer.is_empty()));
        assert!(!profile.folder.0.join("../../tsu-a.cer").exists());
        assert_eq!(std::fs::read_dir(&profile.folder.0).unwrap().count(), 2);
    }
}

#[test]
fn an_archive_without_units_pins_the_ca_nearest_to_them() {
    let certificate = |name: &str| std::fs::read(root().join(format!("testdata/pki/{name}"))).unwrap();
    let archive = zip(&[("root.cer", &certificate("root.cer")), ("ca.cer", &certificate("signing-ca.cer"))]);
    let profile = Profile::with("import-zip-ca", EMPTY);
    let path = profile.folder.0.join("service.zip");
    std::fs::write(&path, &archive).unwrap();
    let run = profile.import(path.to_str().unwrap(), &digest(&archive), &["--accredited-from", "2022-04-01"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let read = profile.read();
    assert_eq!(read.tsa.len(), 1);
    assert_eq!(read.tsa[0].sha256.unwrap().to_string(), pki("signing-ca.cer").1);
}

#[test]
fn archives_that_are_not_what_they_should_be_are_refused() {
    let unit = std::fs::read(root().join("testdata/pki/tsu-a.cer")).unwrap();
    let many: Vec<String> = (0..1001).map(|number| format!("{number}.txt")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let good = zip(&[("tsu-a.cer", &unit)]);
    let since = ["--accredited-from", "2022-04-01"];
    for (name, archive, more) in [
        ("grows", zip(&[("tsu-a.cer", &unit), ("bomb.cer", &vec![b'0'; 1 << 20])]), &since[..]),
        ("many", zip(&many), &since),
        ("empty", zip(&[]), &since),
        ("no-certificate", zip(&[("readme.txt", b"readme")]), &since),
        ("cut", good[..good.len() - 30].to_vec(), &since),
        ("no-accreditation", good.clone(), &[]),
        ("signer", good.clone(), &["--as", "signer"]),
    ] {
        let profile = Profile::with(&format!("import-zip-{name}"), EMPTY);
        let path = profile.folder.0.join("service.zip");
        std::fs::write(&path, &archive).unwrap();
        let run = profile.import(path.to_str().unwrap(), &digest(&archive), more);
        assert_eq!((run.code, profile.text().as_str()), (Some(4), EMPTY), "{name}: {}", run.stdout);
        assert_eq!(profile.import(path.to_str().unwrap(), &"0".repeat(64), &since).code, Some(4), "{name}");
    }
}
