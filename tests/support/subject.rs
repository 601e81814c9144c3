//! A document of the case table, and how it is judged.

#![allow(dead_code)] // every test program uses its own part

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kenin::{
    Facts, ObserveOptions, Policy, Report, Source, SuppliedEvidence, TrustProfile, UtcTime, Verifier, observe_beside,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// What of a case is needed here.
#[derive(Clone, Deserialize)]
pub struct Case {
    pub id: String,
    pub file: String,
    content: Option<String>,
    #[serde(default)]
    evidence: Vec<String>,
    pub trust: Option<String>,
    pub policy: Option<String>,
    time: String,
    pub verdict: Option<String>,
    password: Option<String>,
}

/// Every case.
pub fn all() -> Vec<Case> {
    let cases: Cases = toml::from_str(&fs::read_to_string(root().join("tests/cases.toml")).unwrap()).unwrap();
    cases.case
}

/// The cases that are valid.
pub fn sound() -> Vec<Case> {
    let sound: Vec<Case> = all().into_iter().filter(|case| case.verdict.as_deref() == Some("valid")).collect();
    assert!(sound.len() > 10, "the case table has sound documents");
    sound
}

/// A document and how it is judged.
pub struct Subject {
    pub id: String,
    /// Where the document lies: an XML signature may refer to files beside it.
    path: PathBuf,
    pub document: Vec<u8>,
    pub content: Option<Vec<u8>>,
    pub evidence: Vec<SuppliedEvidence>,
    pub passwords: Vec<Vec<u8>>,
    pub verifier: Arc<Verifier>,
    pub time: UtcTime,
}

impl Subject {
    pub fn new(case: &Case) -> Self {
        Self::judged_by(Arc::new(Self::verifier_of(case)), case)
    }

    /// The trust profile and policy of a case.
    pub fn verifier_of(case: &Case) -> Verifier {
        let trust = fs::read_to_string(testdata().join(case.trust.as_deref().unwrap_or("demo-trust.toml"))).unwrap();
        let policy = match case.policy.as_deref() {
            Some(file) if file.ends_with(".toml") => {
                Policy::from_toml(&fs::read_to_string(testdata().join(file)).unwrap()).unwrap()
            }
            name => Policy::built_in(name.unwrap_or("mhlw-6.0")).unwrap(),
        };
        Verifier::new(TrustProfile::from_toml(&trust).unwrap(), policy)
    }

    /// The document of a case, for a verifier that cases of the same trust profile and policy may share.
    pub fn judged_by(verifier: Arc<Verifier>, case: &Case) -> Self {
        let read = |path: &String| fs::read(testdata().join(path)).unwrap();
        Self {
            id: case.id.clone(),
            path: testdata().join(&case.file),
            document: read(&case.file),
            content: case.content.as_ref().map(read),
            evidence: case
                .evidence
                .iter()
                .flat_map(|path| SuppliedEvidence::read(path, &read(path)).unwrap())
                .collect(),
            passwords: case.password.iter().map(|password| password.clone().into_bytes()).collect(),
            verifier,
            time: UtcTime::parse(&case.time).unwrap(),
        }
    }

    pub fn facts(&self, document: &[u8], content: Option<&[u8]>) -> Facts {
        let content = content.map(|octets| Source::bytes(octets.to_vec()));
        let (evidence, passwords) = (self.evidence.clone(), self.passwords.clone());
        let options = ObserveOptions { content, evidence, passwords, ..self.verifier.observe_options() };
        observe_beside(&self.path, &Source::bytes(document.to_vec()), &options).unwrap()
    }

    pub fn judge(&self, document: &[u8], content: Option<&[u8]>) -> Report {
        self.verifier.judge_at(&self.facts(document, content), self.time)
    }
}

fn testdata() -> PathBuf {
    root().join("testdata")
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
