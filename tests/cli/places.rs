//! What of a report leads to a place: the revision of a signature, the page of a change, the report itself.

use std::collections::BTreeMap;

use kenin_crypto::sha256;
use serde_json::{Value, json};

use crate::program::{Folder, kenin, piped, verify};

fn report(arguments: &[&str]) -> Value {
    let run = verify(&[arguments, &["--format", "json"]].concat());
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", run.stderr))
}

#[test]
fn signatures_and_changes_say_their_revisions_and_changes_the_box_of_their_page() {
    let a4 = json!([0.0, 0.0, 595.0, 842.0]);
    // The document, its revisions, those of its signatures, and of the first change on a page rule, revision, box, rotation.
    let cases = [
        ("cms/cades-b-attached.p7m", json!(null), vec![], None),
        ("pdf/unsigned.pdf", json!(null), vec![], None),
        ("pdf/pades-b.pdf", json!(2), vec![2], None),
        ("pdf/pades-two-signatures.pdf", json!(4), vec![2, 3], Some(("signature", 3, a4.clone(), 0))),
        ("pdf/a9-stamp-p3.pdf", json!(3), vec![2], Some(("annotation-added", 3, a4.clone(), 0))),
        ("pdf/page-media-box.pdf", json!(3), vec![2], Some(("page-attributes", 3, json!([0.0, 0.0, 595.0, 750.0]), 0))),
        ("pdf/page-rotate.pdf", json!(3), vec![2], Some(("page-attributes", 3, a4, 180))),
    ];
    for (file, revisions, expected, change) in cases {
        let report = report(&[&format!("testdata/{file}")]);
        assert_eq!(report["document"]["revisions"], revisions, "{file}");
        let signatures = report["signatures"].as_array().unwrap();
        let own: Vec<u64> = signatures.iter().filter_map(|signature| signature["revision"].as_u64()).collect();
        assert_eq!(own, expected, "{file}");
        let mut changes = signatures.iter().flat_map(|s| s["integrity"]["modifications"].as_array()).flatten();
        let placed = changes.find(|change| change["page"].is_u64());
        let told = placed.map(|change| {
            let told = ["rule", "revision", "page_box", "page_rotate"].map(|name| change[name].clone());
            Value::from(told.to_vec())
        });
        assert_eq!(
            told,
            change.map(|(rule, revision, shown, turned)| json!([rule, revision, shown, turned])),
            "{file}"
        );
    }
}

/// The id as `docs/verification-id.md` says, from the JSON alone.
fn computed(report: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let evidence = report["evidence"].as_array().unwrap();
    let mut keys: Vec<String> = evidence.iter().map(|item| text(&item["sha256"])).collect();
    keys.sort();
    let tool = &report["tool"];
    let mut values = vec!["kenin-verification/1".to_owned()];
    values.extend([&tool["version"], &tool["policy_sha256"], &tool["trust_sha256"]].map(text));
    values.extend([&report["validation_time"], &report["time_source"], &report["document"]["sha256"]].map(text));
    values.extend([&report["verdict"], &report["conformity"], &report["error"]["code"]].map(text));
    values.push(keys.len().to_string());
    values.extend(keys);
    let signatures = report["signatures"].as_array().unwrap();
    values.push(signatures.len().to_string());
    for signature in signatures {
        values.extend(["id", "indication", "sub_indication"].map(|name| text(&signature[name])));
    }
    let hashed: String = values.iter().map(|value| format!("{}:{value}\n", value.len())).collect();
    let digits = sha256(hashed.as_bytes()).to_string();
    let groups: Vec<&str> = (0..5).map(|group| &digits[group * 4..group * 4 + 4]).collect();
    format!("k1-{}", groups.join("-"))
}

#[test]
fn anybody_can_compute_the_id_of_a_report_and_no_two_documents_share_one() {
    let mut documents: BTreeMap<String, String> = BTreeMap::new();
    for line in verify(&["-r", "testdata", "--format", "json"]).stdout.lines() {
        let report: Value = serde_json::from_str(line).unwrap();
        let (id, document) = (report["verification_id"].as_str().unwrap(), &report["document"]);
        assert_eq!(id, computed(&report), "{document}");
        let sha256 = document["sha256"].to_string();
        assert_eq!(documents.entry(id.to_owned()).or_insert_with(|| sha256.clone()), &sha256, "{document}");
    }
    assert!(documents.len() > 200, "{}", documents.len());
    let unreadable = report(&["no-such-file.pdf"]);
    assert_eq!(unreadable["verification_id"], computed(&unreadable));
}

#[test]
fn an_id_is_of_the_document_and_what_judged_it_not_of_path_language_or_run() {
    let sample = "testdata/discharge-summary.pdf";
    let id = |arguments: &[&str]| report(arguments)["verification_id"].clone();
    let first = id(&[sample]);
    let folder = Folder::new("verification-id").with("copy.pdf", "discharge-summary.pdf");
    let copy = format!("{}/copy.pdf", folder.path());
    assert_eq!(id(&[&copy]), first);
    assert_eq!(id(&[sample, "--lang", "ja", "--pretty"]), first);
    assert_eq!(id(&[sample, "--jobs", "1", "--show-personal"]), first);
    let bytes = std::fs::read(&copy).unwrap();
    let judging = ["verify", "--trust", "testdata/demo-trust.toml", "--time", "2024-05-21T00:00:00Z"];
    let through_a_pipe = piped(&[&judging[..], &["-", "--format", "json"]].concat(), &bytes).stdout;
    assert_eq!(serde_json::from_str::<Value>(&through_a_pipe).unwrap()["verification_id"], first);
    // Other judges, and another time.
    assert_ne!(id(&[sample, "--policy", "signature"]), first);
    let elsewhere = |trust: &str, time: &str| {
        let run = kenin(["verify", sample, "--trust", trust, "--time", time, "--format", "json"]);
        serde_json::from_str::<Value>(&run.stdout).unwrap()["verification_id"].clone()
    };
    let (trust, time) = ("testdata/demo-trust.toml", "2024-05-21T00:00:00Z");
    assert_eq!(elsewhere(trust, time), first);
    assert_ne!(elsewhere("testdata/case-trust.toml", time), first);
    assert_ne!(elsewhere(trust, "2024-05-21T00:00:01Z"), first);
    // Facts in place of the document: the id is of the judgement.
    let facts = format!("{}/facts.json", folder.path());
    verify(&[sample, "--save-facts", &facts]);
    let stored = kenin(["rejudge", &facts, "--trust", trust, "--time", time, "--format", "json"]).stdout;
    assert_eq!(serde_json::from_str::<Value>(&stored).unwrap()["verification_id"], first);
}
