use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

/// One row of `tests/cases.toml`. What the row does not name is not compared.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub id: String,
    pub file: String,
    pub content: Option<String>,
    #[serde(default)]
    pub evidence: Vec<String>,
    pub password: Option<String>,
    #[serde(default = "demo_trust")]
    pub trust: String,
    #[serde(default = "guideline")]
    pub policy: String,
    pub time: String,
    pub verdict: Option<String>,
    pub exit: Option<i32>,
    pub conformity: Option<String>,
    pub signatures: Option<Vec<ExpectedSignature>>,
    #[serde(default)]
    pub requirements: BTreeMap<String, String>,
    /// Codes that must be somewhere in the report.
    #[serde(default)]
    pub findings: Vec<String>,
    /// Codes that must be somewhere in the report as the reason why a datum or a path did not count.
    #[serde(default)]
    pub reasons: Vec<String>,
    pub rule: String,
    pub why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedSignature {
    pub kind: Option<String>,
    pub format: Option<String>,
    pub level: Option<String>,
    pub reached_level: Option<String>,
    pub best_signature_time: Option<String>,
    pub indication: Option<String>,
    pub sub_indication: Option<String>,
    pub imprint: Option<String>,
    /// signature_algorithm of the report.
    pub algorithm: Option<String>,
    pub signature_value: Option<String>,
    pub signed_data: Option<String>,
    #[serde(default)]
    pub findings: Vec<String>,
    /// Changes that must be among those listed.
    #[serde(default)]
    pub modifications: Vec<ExpectedModification>,
    #[serde(default)]
    pub timestamps: Vec<ExpectedTimestamp>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedModification {
    pub rule: String,
    pub page: Option<u32>,
    /// Left, bottom, right, top.
    pub rect: Option<[f64; 4]>,
    pub over_text: Option<bool>,
    /// Fully qualified name.
    pub field: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedTimestamp {
    pub kind: Option<String>,
    pub indication: Option<String>,
    pub sub_indication: Option<String>,
    pub imprint: Option<String>,
    pub grade: Option<String>,
}

#[derive(Deserialize)]
struct Table {
    case: Vec<Case>,
}

fn demo_trust() -> String {
    "demo-trust.toml".to_owned()
}

fn guideline() -> String {
    "mhlw-6.0".to_owned()
}

pub fn read(path: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(path).expect("the case table is there");
    let table: Table = toml::from_str(&text).expect("the case table is valid");
    table.case
}
