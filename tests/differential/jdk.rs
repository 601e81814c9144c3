//! Random XML documents signed by the JDK, half of them changed afterwards: kenin and the JDK say the same of digests and
//! value. The JDK validates no path and knows no XAdES.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use libtest_mimic::Failed;
use serde_json::Value;

const NUMBER: usize = 1_000;
const SEED: &str = "1";
/// Files for one call of kenin.
const AT_ONCE: usize = 200;
/// Fewer than this on either side mean that the generator is broken.
const ENOUGH: usize = 100;

pub fn compare(java: &Path) -> Result<(), Failed> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("differential-jdk");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let theirs = generate(java, &folder);
    let names: Vec<&String> = theirs.keys().collect();
    let ours: BTreeMap<String, bool> = names.chunks(AT_ONCE).flat_map(|names| judge(&folder, names)).collect();
    let intact = theirs.values().filter(|intact| **intact).count();
    println!("  {intact} of {} signed XML documents intact for the JDK", theirs.len());
    let differs = |(name, intact): (&String, &bool)| {
        (ours.get(name) != Some(intact))
            .then(|| format!("{name}: intact for the JDK: {intact}, for kenin: {:?}", ours.get(name)))
    };
    let mut complaints: Vec<String> = theirs.iter().filter_map(differs).collect();
    if intact < ENOUGH || theirs.len() - intact < ENOUGH {
        complaints.push(format!("{} documents, {intact} of them intact", theirs.len()));
    }
    if complaints.is_empty() { Ok(()) } else { Err(complaints.join("\n").into()) }
}

/// Whether each document is intact for the JDK, by its name.
fn generate(java: &Path, folder: &Path) -> BTreeMap<String, bool> {
    let mut generator = Command::new(java);
    generator.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/differential/XmlSignatures.java"));
    for algorithm in ["RSA", "EC"] {
        let store = folder.join(format!("{algorithm}.p12"));
        let mut keytool = Command::new(java.with_file_name("keytool"));
        keytool.args(["-genkeypair", "-alias", "signer", "-keyalg", algorithm, "-dname", "CN=DEMO signer"]);
        keytool.args(["-storetype", "PKCS12", "-storepass", "differential", "-keystore"]).arg(&store);
        assert!(keytool.stderr(Stdio::null()).status().expect("keytool runs").success(), "keytool makes a key");
        generator.arg(store);
    }
    let status = generator.arg(folder).arg(NUMBER.to_string()).arg(SEED).status().expect("java runs");
    assert!(status.success(), "the generator ends");
    let name = |path: &Path| path.with_extension("xml").file_name().unwrap().to_string_lossy().into_owned();
    let said = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    said.filter_map(|path| match path.extension()?.to_str()? {
        "intact" => Some((name(&path), true)),
        "broken" => Some((name(&path), false)),
        _ => None,
    })
    .collect()
}

/// Whether digests and value are intact for kenin.
fn judge(folder: &Path, names: &[&String]) -> Vec<(String, bool)> {
    let mut kenin = Command::new(env!("CARGO_BIN_EXE_kenin"));
    let output = kenin.current_dir(folder).args(["verify", "--format", "json"]).args(names).output().unwrap();
    let reports = String::from_utf8_lossy(&output.stdout).into_owned();
    let answer = |report: Value| {
        let integrity = &report["signatures"][0]["integrity"];
        let intact = integrity["signature_value"] == "intact" && integrity["signed_data"] == "intact";
        (report["document"]["path"].as_str().unwrap_or_default().to_owned(), intact)
    };
    reports.lines().map(|line| answer(serde_json::from_str(line).expect("a report"))).collect()
}
