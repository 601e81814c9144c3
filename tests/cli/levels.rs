//! Levels: what the next one takes, and that an archive timestamp counts only for what it covers (`docs/levels.md`).

use kenin::{Facts, Level, Policy, Report, Source, TrustProfile, UtcTime, Verifier, observe};
use serde_json::{Value, json};

use crate::program::{root, verify};

/// The first signature of a document's report.
fn signature(arguments: &[&str]) -> Value {
    let run = verify(&[arguments, &["--format", "json"]].concat());
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    report["signatures"][0].clone()
}

/// Kinds and subjects of what is missing for the next level.
fn gap(signature: &Value) -> (String, Vec<(String, Option<String>)>) {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let missing = signature["next_level"]["missing"].as_array().unwrap().iter();
    let missing = missing.map(|missing| (text(&missing["what"]).unwrap(), text(&missing["subject"])));
    (text(&signature["next_level"]["level"]).unwrap(), missing.collect())
}

#[test]
fn the_highest_level_has_no_next() {
    let signature = signature(&["testdata/discharge-summary.pdf"]);
    assert_eq!((&signature["level"], &signature["reached_level"]), (&json!("LTA"), &json!("LTA")));
    assert_eq!(signature["next_level"], Value::Null);
    assert_eq!(signature["level_names"], json!(["PAdES-BASELINE-LTA", "ISO 14533-3 PAdES-A"]));
}

#[test]
fn each_level_names_what_the_next_one_takes() {
    for (file, level, next) in [
        ("testdata/pdf/pades-lt.pdf", "LT", ("LTA", vec!["archive-timestamp"])),
        ("testdata/cms/cades-b-attached.p7m", "B", ("T", vec!["signature-timestamp"])),
    ] {
        let signature = signature(&[file]);
        assert_eq!(signature["level"], level, "{file}");
        let (found, missing) = gap(&signature);
        assert_eq!((found.as_str(), missing.iter().map(|(what, _)| what.as_str()).collect()), next, "{file}");
    }
}

/// Evidence beside the document helps to judge it; the document still lacks it.
#[test]
fn supplied_evidence_is_not_in_the_document() {
    for evidence in [&[][..], &["--evidence", "testdata/pki"]] {
        let signature = signature(&[&["testdata/cms/no-revocation-data.p7m"], evidence].concat());
        let (next, missing) = gap(&signature);
        assert_eq!((&signature["level"], next.as_str()), (&json!("T"), "LT"), "{evidence:?}");
        let data = missing.iter().filter(|(what, _)| what == "revocation-data").count();
        assert!(data > 0, "{missing:?}");
        // The anchor needs none.
        assert!(missing.iter().all(|(_, subject)| subject.as_ref().is_none_or(|s| !s.contains("Root"))), "{missing:?}");
    }
}

fn judge(change: impl FnOnce(&mut Facts)) -> Report {
    let trust = std::fs::read_to_string(root().join("testdata/demo-trust.toml")).unwrap();
    let verifier = Verifier::new(TrustProfile::from_toml(&trust).unwrap(), Policy::mhlw_6_0());
    let source = Source::open(root().join("testdata/discharge-summary.pdf")).unwrap();
    let mut facts = observe(&source, &verifier.observe_options()).unwrap();
    change(&mut facts);
    verifier.judge_at(&facts, UtcTime::parse("2024-05-21T00:00:00Z").unwrap())
}

fn reached(change: impl FnOnce(&mut Facts)) -> Level {
    judge(change).signatures[0].reached_level
}

#[test]
fn an_archive_timestamp_counts_for_what_it_covers() {
    let document = |facts: &mut Facts| facts.signatures.iter().position(|s| s.token.is_some()).unwrap();
    assert_eq!(reached(|_| ()), Level::LTA);
    assert_eq!(
        reached(|facts| {
            let at = document(facts);
            facts.signatures[at].token.as_mut().unwrap().covers.evidence.clear();
        }),
        Level::LT,
        "the revocation data lies outside"
    );
    assert_eq!(
        reached(|facts| {
            let at = document(facts);
            facts.signatures[at].token.as_mut().unwrap().covers.timestamps.clear();
        }),
        Level::LT,
        "the signature timestamp lies outside"
    );
    assert_eq!(
        reached(|facts| {
            let at = document(facts);
            facts.signatures[at].token.as_mut().unwrap().covers.signatures.clear();
        }),
        Level::LT,
        "the signature lies outside"
    );
}
