//! Stored facts (`kenin verify --save-facts`, `kenin rejudge`): verdicts rule 13.

use std::fs;

use kenin::{Limits, ObserveOptions, Source, StoredFacts, StoredFactsError, observe, write_facts};
use serde_json::Value;

use crate::program::{Folder, Run, kenin, root, verify};

const DOCUMENT: &str = "testdata/discharge-summary.pdf";

/// `rejudge` under the demo profile at the time the demo documents were fresh.
fn rejudge(arguments: &[&str]) -> Run {
    let judging = ["rejudge", "--trust", "testdata/demo-trust.toml", "--time", "2024-05-21T00:00:00Z"];
    kenin(judging.iter().chain(arguments))
}

/// The facts of a document in a file of the folder.
fn saved(folder: &Folder, document: &str) -> String {
    let facts = format!("{}/facts.json", folder.path());
    let run = verify(&[document, "--save-facts", &facts]);
    assert_eq!(run.stderr, "");
    facts
}

/// The stored facts, changed.
fn change(facts: &str, change: impl FnOnce(&mut Value)) {
    let mut value: Value = serde_json::from_slice(&fs::read(facts).unwrap()).unwrap();
    change(&mut value);
    fs::write(facts, value.to_string()).unwrap();
}

fn codes(run: &Run) -> Vec<String> {
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    findings.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn valid_only_with_the_document_or_the_callers_word() {
    let folder = Folder::new("rejudge");
    let facts = saved(&folder, DOCUMENT);
    for (arguments, code, finding) in [
        (&[][..], 2, vec!["from-stored-facts", "stored-facts-unchecked"]),
        (&["--trust-facts"], 0, vec!["from-stored-facts"]),
        (&["--document", DOCUMENT], 0, vec!["from-stored-facts"]),
    ] {
        let run = rejudge(&[&[&facts, "--format", "json"], arguments].concat());
        assert_eq!(run.code, Some(code), "{arguments:?}\n{}{}", run.stdout, run.stderr);
        assert!(run.stdout.contains(r#""verdict":"valid""#), "{arguments:?}");
        assert_eq!(codes(&run), finding, "{arguments:?}");
    }
    let run = rejudge(&[&facts]);
    for said in ["VALID", "stored-facts-unchecked", "--document", "--trust-facts"] {
        assert!(run.stdout.contains(said), "{said}\n{}", run.stdout);
    }
}

#[test]
fn the_report_is_that_of_the_document() {
    let folder = Folder::new("rejudge-same");
    let facts = saved(&folder, DOCUMENT);
    let plain = verify(&[DOCUMENT, "--format", "json"]).stdout;
    let again = rejudge(&[&facts, "--document", DOCUMENT, "--format", "json"]).stdout;
    let (mut plain, mut again): (Value, Value) =
        (serde_json::from_str(&plain).unwrap(), serde_json::from_str(&again).unwrap());
    for report in [&mut plain, &mut again] {
        report["findings"] = Value::Null;
    }
    assert_eq!(plain, again);
}

#[test]
fn an_invalid_document_stays_invalid() {
    let folder = Folder::new("rejudge-invalid");
    let facts = saved(&folder, "testdata/pdf/a1-flipped-text.pdf");
    for arguments in [&[][..], &["--trust-facts"]] {
        assert_eq!(rejudge(&[&[facts.as_str()], arguments].concat()).code, Some(1), "{arguments:?}");
    }
}

/// Who edits the facts can make a broken signature look intact; with the document its own facts decide.
#[test]
fn edited_facts_do_not_survive_the_document() {
    let folder = Folder::new("rejudge-edited");
    let document = "testdata/pdf/a1-flipped-text.pdf";
    let facts = saved(&folder, document);
    change(&facts, |value| {
        let signed_data = &mut value["facts"]["signatures"][0]["signer"]["signed_data"];
        signed_data["computed"] = signed_data["claimed"].clone();
        signed_data["status"] = "intact".into();
    });
    let run = rejudge(&[&facts, "--document", document, "--format", "json"]);
    assert_eq!(run.code, Some(1));
    assert_eq!(codes(&run), ["from-stored-facts", "stored-facts-differ"]);
    // Without it the edit is believed, and never more than indeterminate.
    assert_ne!(rejudge(&[&facts]).code, Some(0));
}

#[test]
fn facts_that_differ_harmlessly_are_not_valid_either() {
    let folder = Folder::new("rejudge-differ");
    let facts = saved(&folder, DOCUMENT);
    change(&facts, |value| value["facts"]["signatures"][0]["timestamps"] = Value::Array(Vec::new()));
    let run = rejudge(&[&facts, "--document", DOCUMENT, "--format", "json"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stdout.contains(r#""verdict":"valid""#));
    assert_eq!(codes(&run), ["from-stored-facts", "stored-facts-differ"]);
}

#[test]
fn another_document_is_a_mistake_of_usage() {
    let folder = Folder::new("rejudge-other");
    let facts = saved(&folder, DOCUMENT);
    let run = rejudge(&[&facts, "--document", "testdata/pdf/unsigned.pdf"]);
    assert_eq!(run.code, Some(4));
    assert!(run.stderr.contains("another document"), "{}", run.stderr);
}

#[test]
fn evidence_under_another_key_is_named() {
    let folder = Folder::new("rejudge-key");
    let facts = saved(&folder, DOCUMENT);
    let mut named = String::new();
    change(&facts, |value| {
        let items = value["facts"]["evidence"]["items"].as_object_mut().unwrap();
        let key = items.keys().next().unwrap().clone();
        let item = items.remove(&key).unwrap();
        named = "0".repeat(64);
        items.insert(named.clone(), item);
    });
    let run = rejudge(&[&facts, "--trust-facts"]);
    assert_eq!(run.code, Some(4));
    assert!(run.stderr.contains(&named), "{}", run.stderr);
}

#[test]
fn what_is_no_file_of_facts_is_a_mistake_of_usage() {
    let folder = Folder::new("rejudge-none");
    let path = format!("{}/facts.json", folder.path());
    let deep = format!("{{\"schema\":\"kenin-facts/1\",\"facts\":{}", "[".repeat(100_000));
    for text in ["", "{}", "{\"schema\":\"kenin-facts/2\"}", "{\"schema\":\"kenin-facts/1\"}", "null", &deep] {
        fs::write(&path, text).unwrap();
        let run = rejudge(&[&path]);
        assert_eq!(run.code, Some(4), "{text:.40}");
        assert!(run.stderr.contains("facts"), "{}", run.stderr);
    }
    assert_eq!(rejudge(&[&format!("{path}.absent")]).code, Some(4));
    assert_eq!(rejudge(&[DOCUMENT]).code, Some(4));
}

#[test]
fn saving_is_for_one_new_file() {
    let folder = Folder::new("rejudge-save");
    let facts = saved(&folder, DOCUMENT);
    let before = fs::read(&facts).unwrap();
    let run = verify(&[DOCUMENT, "--save-facts", &facts]);
    assert_eq!(run.code, Some(4));
    assert_eq!(fs::read(&facts).unwrap(), before);
    let other = format!("{}/other.json", folder.path());
    assert_eq!(verify(&[DOCUMENT, DOCUMENT, "--save-facts", &other]).code, Some(4));
    assert_eq!(verify(&["-r", "testdata/cms", "--save-facts", &other]).code, Some(4));
    assert!(!fs::exists(&other).unwrap());
    let nowhere = format!("{}/absent/facts.json", folder.path());
    assert_eq!(verify(&[DOCUMENT, "--save-facts", &nowhere]).code, Some(5));
}

/// An auditor's later CRL is enough; the document need not be at hand.
#[test]
fn newer_evidence_is_judged_with_the_stored_facts() {
    let folder = Folder::new("rejudge-evidence");
    let facts = saved(&folder, DOCUMENT);
    let run = rejudge(&[&facts, "--trust-facts", "--evidence", "testdata/pki", "--format", "json"]);
    assert!(run.stdout.contains("supplied:testdata/pki"), "{}{}", run.stdout, run.stderr);
    let with_document = rejudge(&[&facts, "--document", DOCUMENT, "--evidence", "testdata/pki", "--format", "json"]);
    assert_eq!(codes(&with_document), ["from-stored-facts"]);
}

/// Everything that is observed can be stored, and comes back as it was.
#[test]
fn facts_of_every_test_document_come_back_as_they_were() {
    let mut folders = vec![root().join("testdata")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let facts = observe(&Source::open(&path).unwrap(), &ObserveOptions::default()).unwrap();
            let text = write_facts(&facts).unwrap();
            let stored = StoredFacts::read(text.as_bytes(), &Limits::default()).unwrap();
            assert!(stored.same_as(&facts), "{}", path.display());
        }
    }
}

#[test]
fn facts_beyond_the_limits_of_a_document_are_refused() {
    let facts = observe(&Source::open(root().join(DOCUMENT)).unwrap(), &ObserveOptions::default()).unwrap();
    let text = write_facts(&facts).unwrap();
    for (limits, what) in [
        (Limits { signatures: 0, ..Limits::default() }, "signatures"),
        (Limits { certificates: 0, ..Limits::default() }, "certificates"),
    ] {
        assert_eq!(StoredFacts::read(text.as_bytes(), &limits).unwrap_err(), StoredFactsError::Limit { what });
    }
}

/// Damage anywhere is refused or judged, never a panic (exit 6).
#[test]
fn damaged_facts_never_end_in_an_internal_error() {
    let folder = Folder::new("rejudge-damage");
    let facts = saved(&folder, DOCUMENT);
    let text = fs::read_to_string(&facts).unwrap();
    let damaged = format!("{}/damaged.json", folder.path());
    let halves = [text.len() / 7, text.len() / 3, text.len() - 3].map(|length| text[..length].to_owned());
    let swaps = [("\"intact\"", "\"broken\""), ("sig-1", "sig-2"), ("\"revision\":1", "\"revision\":4294967295")]
        .map(|(from, to)| text.replace(from, to));
    for text in halves.iter().chain(&swaps) {
        fs::write(&damaged, text).unwrap();
        let code = rejudge(&[&damaged, "--trust-facts"]).code.unwrap();
        assert!((0..=4).contains(&code), "{code}");
    }
}
