//! One case of x509-limbo (`limbo.json`) and what became of it.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kenin_base::UtcTime;
use kenin_policy::{Policy, TrustProfile};
use kenin_validation::check_ids;
use serde::Deserialize;

use crate::judge::{self, Question};
use crate::skipped::Group;

/// The file.
#[derive(Deserialize)]
pub struct Limbo {
    /// The cases.
    pub testcases: Vec<Case>,
}

/// A case: certificates and lists as PEM.
#[derive(Deserialize)]
pub struct Case {
    id: String,
    features: Vec<String>,
    trusted_certs: Vec<String>,
    untrusted_intermediates: Vec<String>,
    peer_certificate: String,
    crls: Vec<String>,
    validation_time: Option<String>,
    expected_result: Expected,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Expected {
    Success,
    Failure,
}

/// What became of a case.
pub struct Outcome {
    /// The case's id.
    pub id: String,
    /// The suite's own marks on the case.
    pub features: Vec<String>,
    /// Why the case is not asked.
    pub skipped: Option<&'static Group>,
    expected: Expected,
    succeeded: bool,
    said: String,
}

impl Case {
    /// Validates the case's peer certificate at its time, or at `time` where it names none.
    pub fn judge(
        self,
        policy: &Policy,
        time: UtcTime,
        group: fn(&str, &[String]) -> Option<&'static Group>,
    ) -> Outcome {
        let all = |list: &[String]| list.iter().map(|pem| der(pem)).collect::<Vec<_>>();
        let anchors = all(&self.trusted_certs);
        let pins: String = anchors.iter().map(|anchor| judge::anchor(anchor, "")).collect();
        let trust = TrustProfile::from_toml(&format!("name = \"limbo\"\n{pins}")).unwrap();
        let certificates: Vec<Vec<u8>> = all(&self.untrusted_intermediates).into_iter().chain(anchors).collect();
        let (certificate, crls) = (der(&self.peer_certificate), all(&self.crls));
        let time = self.validation_time.as_deref().map_or(time, utc);
        let question = Question {
            certificate: &certificate,
            certificates: &certificates,
            crls: &crls,
            trust: &trust,
            policy,
            time,
        };
        let (succeeded, said) = match judge::judge(&question) {
            // Most cases come without revocation data, so that the path, its validity and algorithms answer them.
            Ok(answer) => {
                let judged = [check_ids::CERTIFICATE_VALIDITY, check_ids::CHAIN_ALGORITHMS];
                let path = answer.path_conclusion.passed() && judged.iter().all(|id| judge::holds(&answer, *id));
                let said = format!("{} [{}]", judge::outcome(&answer), judge::failed_checks(&answer));
                (path && (crls.is_empty() || answer.conclusion.passed()), said)
            }
            Err(error) => (false, format!("unreadable: {error}")),
        };
        let skipped = group(&self.id, &self.features);
        Outcome { id: self.id, features: self.features, skipped, expected: self.expected_result, succeeded, said }
    }
}

impl Outcome {
    /// Whether the case came out as the suite states.
    pub fn as_expected(&self) -> bool {
        self.succeeded == (self.expected == Expected::Success)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let expected = if self.expected == Expected::Success { "success" } else { "failure" };
        write!(f, "{}: expected {expected}, got {}", self.id, self.said)
    }
}

/// The octets of the only PEM block.
fn der(pem: &str) -> Vec<u8> {
    let lines: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    STANDARD.decode(lines).unwrap()
}

/// `2024-03-01T00:00:00.999+00:00`, as the suite writes times.
fn utc(text: &str) -> UtcTime {
    UtcTime::parse(&text.replace("+00:00", "Z")).unwrap()
}
