//! A case of the case table through the library, as `kenin verify` would judge it.

use std::path::Path;

use kenin::{ObserveOptions, Policy, Report, Source, SuppliedEvidence, TrustProfile, UtcTime, Verifier, observe};

use super::table::Case;

/// The report on a case, personal data withheld.
pub fn report(case: &Case, testdata: &Path) -> Report {
    let read = |path: &str| std::fs::read_to_string(testdata.join(path)).expect("a file of the case");
    let trust = TrustProfile::from_toml(&read(&case.trust)).expect("a trust profile");
    let policy = match case.policy.ends_with(".toml") {
        true => Policy::from_toml(&read(&case.policy)),
        false => Policy::built_in(&case.policy),
    };
    let verifier = Verifier::new(trust, policy.expect("a policy"));
    let open = |path: &str| Source::open(testdata.join(path));
    let options = ObserveOptions {
        content: case.content.as_deref().map(|path| open(path).expect("the content")),
        passwords: case.password.iter().map(|password| password.clone().into_bytes()).collect(),
        evidence: case.evidence.iter().flat_map(|path| evidence(path, testdata)).collect(),
        ..verifier.observe_options()
    };
    let facts = observe(&open(&case.file).expect("the document"), &options).expect("the document can be read");
    let mut report = verifier.judge_at(&facts, UtcTime::parse(&case.time).expect("a time"));
    report.document.path = Some(case.file.clone());
    report.redact_personal();
    report
}

/// The evidence in a file, or in every file of a folder that has some.
fn evidence(path: &str, testdata: &Path) -> Vec<SuppliedEvidence> {
    let full = testdata.join(path);
    if !full.is_dir() {
        let bytes = std::fs::read(full).expect("the evidence");
        return SuppliedEvidence::read(path, &bytes).expect("evidence");
    }
    let mut files: Vec<_> = std::fs::read_dir(&full).expect("the folder").map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let one = |file: &std::path::PathBuf| {
        SuppliedEvidence::read(&file.display().to_string(), &std::fs::read(file).unwrap()).unwrap_or_default()
    };
    files.iter().filter(|file| file.is_file()).flat_map(one).collect()
}
