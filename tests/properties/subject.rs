//! A sound document of the case table, and how it is judged.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use kenin::{
    Facts, ObserveOptions, Policy, Report, Source, SuppliedEvidence, TrustProfile, UtcTime, Verifier, observe,
};
use serde::Deserialize;

/// Changes of one document; one with fewer covered bits has every one of them changed.
const CHANGES: usize = 400;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// What of a case is needed here.
#[derive(Deserialize)]
pub struct Case {
    pub id: String,
    file: String,
    content: Option<String>,
    #[serde(default)]
    evidence: Vec<String>,
    trust: Option<String>,
    policy: Option<String>,
    time: Option<String>,
    verdict: Option<String>,
    password: Option<String>,
}

/// The cases that are valid.
pub fn sound() -> Vec<Case> {
    let cases: Cases = toml::from_str(&fs::read_to_string(root().join("tests/cases.toml")).unwrap()).unwrap();
    let sound: Vec<Case> = cases.case.into_iter().filter(|case| case.verdict.as_deref() == Some("valid")).collect();
    assert!(sound.len() > 10, "the case table has sound documents");
    sound
}

/// A sound document and how it is judged.
pub struct Subject {
    pub id: String,
    pub document: Vec<u8>,
    pub content: Option<Vec<u8>>,
    pub evidence: Vec<SuppliedEvidence>,
    pub passwords: Vec<Vec<u8>>,
    pub verifier: Verifier,
    pub time: UtcTime,
}

impl Subject {
    pub fn new(case: &Case) -> Self {
        let read = |path: &String| fs::read(testdata().join(path)).unwrap();
        let trust = fs::read_to_string(testdata().join(case.trust.as_deref().unwrap_or("demo-trust.toml"))).unwrap();
        let policy = match case.policy.as_deref() {
            Some(file) if file.ends_with(".toml") => {
                Policy::from_toml(&fs::read_to_string(testdata().join(file)).unwrap()).unwrap()
            }
            name => Policy::built_in(name.unwrap_or("mhlw-6.0")).unwrap(),
        };
        Self {
            id: case.id.clone(),
            document: read(&case.file),
            content: case.content.as_ref().map(read),
            evidence: case
                .evidence
                .iter()
                .flat_map(|path| SuppliedEvidence::read(path, &read(path)).unwrap())
                .collect(),
            passwords: case.password.iter().map(|password| password.clone().into_bytes()).collect(),
            verifier: Verifier::new(TrustProfile::from_toml(&trust).unwrap(), policy),
            time: UtcTime::parse(case.time.as_deref().unwrap()).unwrap(),
        }
    }

    pub fn facts(&self, document: &[u8], content: Option<&[u8]>) -> Facts {
        let content = content.map(|octets| Source::bytes(octets.to_vec()));
        let (evidence, passwords) = (self.evidence.clone(), self.passwords.clone());
        let options = ObserveOptions { content, evidence, passwords, ..self.verifier.observe_options() };
        observe(&Source::bytes(document.to_vec()), &options).unwrap()
    }

    pub fn judge(&self, document: &[u8], content: Option<&[u8]>) -> Report {
        self.verifier.judge_at(&self.facts(document, content), self.time)
    }

    /// The bits to change, and whether each is the detached content's.
    pub fn places(&self) -> Vec<(bool, usize)> {
        let detached = self.content.as_ref().map_or(0, Vec::len) * 8;
        let mut bits: Vec<(bool, usize)> = (0..detached).map(|bit| (true, bit)).collect();
        for covered in self.covered() {
            bits.extend((covered.start * 8..covered.end * 8).map(|bit| (false, bit)));
        }
        assert!(!bits.is_empty(), "{}: nothing is covered", self.id);
        if bits.len() <= CHANGES {
            return bits;
        }
        // A linear congruential generator: the same places in every run, other ones for every document.
        let mut state =
            self.id.bytes().fold(0x9e37_79b9_7f4a_7c15_u64, |seed, octet| seed.rotate_left(8) ^ u64::from(octet));
        let mut draw = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % bits.len()
        };
        (0..CHANGES).map(|_| draw()).collect::<Vec<_>>().into_iter().map(|place| bits[place]).collect()
    }

    /// Where in the document covered bytes lie: the byte ranges of PDF signatures and document timestamps; for CMS the
    /// content inside, the signed attributes and the signature value; for an evidence record those of its timestamps.
    fn covered(&self) -> Vec<Range<usize>> {
        let facts = self.facts(&self.document, self.content.as_deref());
        let mut covered = Vec::new();
        for signature in &facts.signatures {
            if let Some(place) = &signature.pdf {
                let at = |n: usize| usize::try_from(place.byte_range[n]).unwrap();
                covered.extend([at(0)..at(0) + at(1), at(2)..at(2) + at(3)]);
                continue;
            }
            let chains = signature.evidence_records.iter().flat_map(|record| &record.chains);
            let tokens = chains.flat_map(|chain| &chain.timestamps).map(|timestamp| &timestamp.token);
            let signers = signature.signer().into_iter().chain(tokens.map(|token| token.signer.as_ref().unwrap()));
            for signer in signers {
                covered.extend(self.find(signer.signature_value.as_slice()));
                // The first octet is read as 31 for signing and received as A0.
                let attributes = signer.signed_attributes.as_ref().map(|attributes| attributes.octets.as_slice());
                covered.extend(attributes.and_then(|octets| self.find(&octets[1..])));
            }
        }
        covered.extend(self.attached_content());
        covered
    }

    /// The content inside a CMS, when it is one of the files of `testdata/content`.
    fn attached_content(&self) -> Option<Range<usize>> {
        let files = fs::read_dir(testdata().join("content")).unwrap();
        files
            .filter_map(|entry| self.find(&fs::read(entry.unwrap().path()).unwrap()))
            .max_by_key(ExactSizeIterator::len)
    }

    fn find(&self, octets: &[u8]) -> Option<Range<usize>> {
        let start = self.document.windows(octets.len()).position(|window| window == octets)?;
        Some(start..start + octets.len())
    }
}

fn testdata() -> PathBuf {
    root().join("testdata")
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
