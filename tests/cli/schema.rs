//! Every report is what `docs/report.schema.json` says, and the schema knows every field.

use serde_json::Value;

use crate::program::{kenin, root, verify};

/// The published schema lets readers meet unknown fields, because fields may be added. Here none may be unknown.
fn strict(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.contains_key("properties") {
                object.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            object.values_mut().for_each(strict);
        }
        Value::Array(items) => items.iter_mut().for_each(strict),
        _ => {}
    }
}

fn validator() -> jsonschema::Validator {
    let text = std::fs::read_to_string(root().join("docs/report.schema.json")).unwrap();
    let mut schema: Value = serde_json::from_str(&text).unwrap();
    strict(&mut schema);
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn every_report_over_the_testdata_follows_the_schema() {
    let validator = validator();
    let run = verify(&["-r", "testdata", "--format", "json"]);
    let mut reports = 0;
    for line in run.stdout.lines() {
        let report: Value = serde_json::from_str(line).unwrap();
        let errors: Vec<_> =
            validator.iter_errors(&report).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(errors, Vec::<String>::new(), "{}", report["document"]["path"]);
        reports += 1;
    }
    assert!(reports > 200, "{reports}");
}

#[test]
fn a_report_about_an_unreadable_file_follows_the_schema() {
    let run = kenin(["verify", "no-such-file.pdf", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(validator().is_valid(&report), "{}", run.stdout);
    assert_eq!(report["verdict"], "error");
    assert_eq!(report["error"]["code"], "io");
}

#[test]
fn pretty_is_the_same_report() {
    let sample = "testdata/discharge-summary.pdf";
    let plain: Value = serde_json::from_str(&verify(&[sample, "--format", "json"]).stdout).unwrap();
    let pretty = verify(&[sample, "--format", "json", "--pretty"]).stdout;
    assert!(pretty.lines().count() > 50);
    assert_eq!(serde_json::from_str::<Value>(&pretty).unwrap(), plain);
}

#[test]
fn no_message_is_missing_in_either_language() {
    fn empty(value: &Value, path: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(object) => {
                for (name, value) in object {
                    let missing = matches!(name.as_str(), "message" | "title")
                        && value.as_str().is_none_or(|text| text.is_empty() || text.contains(['{', '}']));
                    if missing {
                        found.push(format!("{path}/{name}: {value}"));
                    }
                    empty(value, &format!("{path}/{name}"), found);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| empty(item, path, found)),
            _ => {}
        }
    }
    for lang in ["ja", "en"] {
        for line in verify(&["-r", "testdata", "--format", "json", "--lang", lang]).stdout.lines() {
            let report: Value = serde_json::from_str(line).unwrap();
            let mut found = Vec::new();
            empty(&report, "", &mut found);
            assert_eq!(found, Vec::<String>::new(), "{}", report["document"]["path"]);
        }
    }
}
