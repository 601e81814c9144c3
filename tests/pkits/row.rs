//! One row of the corpus' `pkits.jsonl`: its inputs and the result that NIST states.

use std::fmt;
use std::fs;
use std::path::Path;

use kenin_base::UtcTime;
use kenin_policy::{Policy, TrustProfile};
use serde::Deserialize;

use crate::judge::{self, Question};

/// A test of the suite under one choice of the inputs of RFC 5280 6.1.1.
#[derive(Deserialize)]
pub struct Row {
    id: String,
    variant: String,
    end_entity: String,
    other_certs: Vec<String>,
    crls: Vec<String>,
    trust_anchor: String,
    initial_policy_set: Vec<String>,
    require_explicit_policy: bool,
    inhibit_policy_mapping: bool,
    inhibit_any_policy: bool,
    expected: Expected,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Expected {
    Pass,
    Fail,
}

/// What became of a row.
pub struct Outcome {
    row: Row,
    passed: bool,
    /// The outcome with its reason, as [`judge::outcome`] writes it.
    pub said: String,
    checks: String,
}

/// Every row, in the corpus' order.
pub fn rows(corpus: &Path) -> Vec<Row> {
    let text = fs::read_to_string(corpus.join("pkits.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

impl Row {
    /// Validates the row's end entity with the files in `folder`.
    pub fn judge(self, folder: &Path, policy: &Policy, time: UtcTime) -> Outcome {
        let read = |name: &String| fs::read(folder.join(name)).unwrap();
        let anchor = read(&self.trust_anchor);
        let trust = TrustProfile::from_toml(&self.trust(&anchor)).unwrap();
        let mut certificates: Vec<Vec<u8>> = self.other_certs.iter().map(read).collect();
        certificates.push(anchor);
        let crls: Vec<Vec<u8>> = self.crls.iter().map(read).collect();
        let certificate = read(&self.end_entity);
        let question = Question {
            certificate: &certificate,
            certificates: &certificates,
            crls: &crls,
            trust: &trust,
            policy,
            time,
        };
        let (passed, said, checks) = match judge::judge(&question) {
            Ok(answer) => (answer.conclusion.passed(), judge::outcome(&answer), judge::failed_checks(&answer)),
            Err(error) => (false, format!("unreadable: {error}"), String::new()),
        };
        Outcome { row: self, passed, said, checks }
    }

    /// The profile whose one anchor carries the row's inputs.
    fn trust(&self, anchor: &[u8]) -> String {
        let named = self.initial_policy_set.iter().filter(|policy| *policy != "any_policy");
        let policies: Vec<String> = named.map(|policy| format!("\"{policy}\"")).collect();
        let constraints = format!(
            "policies = [{}]\nrequire_explicit_policy = {}\ninhibit_policy_mapping = {}\ninhibit_any_policy = {}\n",
            policies.join(", "),
            self.require_explicit_policy,
            self.inhibit_policy_mapping,
            self.inhibit_any_policy
        );
        format!("name = \"pkits\"\n{}", judge::anchor(anchor, &constraints))
    }
}

impl Outcome {
    /// The test's number.
    pub fn id(&self) -> &str {
        &self.row.id
    }

    /// Whether NIST has the path validate.
    pub fn expected_to_pass(&self) -> bool {
        self.row.expected == Expected::Pass
    }

    /// Whether the row came out as NIST states.
    pub fn as_expected(&self) -> bool {
        self.passed == self.expected_to_pass()
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let expected = if self.expected_to_pass() { "pass" } else { "fail" };
        let Self { row: Row { id, variant, .. }, said, checks, .. } = self;
        write!(f, "{id} {variant}: expected {expected}, got {said} [{checks}]")
    }
}
