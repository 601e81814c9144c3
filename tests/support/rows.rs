//! The rows of the verdict table with the cases that show each, and how the program is run on a case.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

/// Rows of the table in their order, and the cases that show each.
pub const ROWS: &[(&str, &[&str])] = &[
    ("01-byte-flipped-or-later-change", &["a1-flipped-text", "later-revision-replaces-text"]),
    ("02-accredited-timestamp", &["discharge-summary"]),
    ("03-validation-data-not-timestamped", &["pades-lt"]),
    (
        "04-no-timestamp-or-bad-ones",
        &["cades-b-attached", "timestamp-over-other-bytes", "e1-eku-missing", "e3-future-one-day"],
    ),
    ("05-tsa-untrusted-or-unproven", &["tsa-untrusted", "tsa-no-revocation-data"]),
    (
        "06-tsa-accreditation",
        &["tsa-accreditation-unknown", "tsa-accreditation-ended", "tsa-explicitly-not-accredited"],
    ),
    ("07-expired-at-timestamp", &["certificate-expired-before-timestamp"]),
    ("08-revoked-at-timestamp", &["revoked-before-timestamp"]),
    ("09-revoked-after-timestamp", &["revoked-after-timestamp", "revoked-after-timestamp-backdated"]),
    ("10-no-revocation-data", &["no-revocation-data", "stale-revocation-data"]),
    ("11-root-unknown-or-not-pinned", &["root-unknown", "root-not-pinned"]),
    ("12-test-or-authentication-card", &["test-card", "authentication-certificate"]),
    ("13-licence", &["no-licence", "manager-role-only", "required-role-absent", "unrecognised-role"]),
    ("14-no-signed-attributes", &["no-signed-attributes", "b8-no-signing-certificate"]),
    ("15-other-signing-certificate", &["signing-certificate-matches-none", "signing-certificate-elsewhere"]),
];

/// How a case is run; what it expects is held against the report by `--test cases`.
#[derive(Deserialize)]
pub struct Case {
    pub id: String,
    file: String,
    content: Option<String>,
    #[serde(default)]
    evidence: Vec<String>,
    password: Option<String>,
    trust: Option<String>,
    policy: Option<String>,
    time: String,
}

#[derive(Deserialize)]
struct Table {
    case: Vec<Case>,
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every case of `tests/cases.toml`.
pub fn cases() -> Result<Vec<Case>, Box<dyn Error>> {
    let table: Table = toml::from_str(&fs::read_to_string(root().join("tests/cases.toml"))?)?;
    Ok(table.case)
}

/// The case of this id.
pub fn case<'a>(cases: &'a [Case], id: &str) -> Result<&'a Case, Box<dyn Error>> {
    cases.iter().find(|case| case.id == id).ok_or_else(|| format!("no case {id}").into())
}

/// `kenin verify` for a case. Paths are relative so that the output is the same on every machine.
pub fn verify(program: &Path, case: &Case) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root().join("testdata")).arg("verify").arg(&case.file);
    let trust = case.trust.as_deref().unwrap_or("demo-trust.toml");
    let policy = case.policy.as_deref().unwrap_or("mhlw-6.0");
    command.args(["--time", &case.time, "--trust", trust, "--policy", policy]);
    command.args(case.content.iter().flat_map(|content| ["--content", content]));
    command.args(case.password.iter().flat_map(|password| ["--password", password]));
    command.args(case.evidence.iter().flat_map(|evidence| ["--evidence", evidence]));
    command
}
