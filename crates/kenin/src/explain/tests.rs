use std::collections::{BTreeMap, BTreeSet};

use super::*;

fn one(code: &str, lang: Lang) -> Explanation {
    let mut found = explain(code, lang);
    assert_eq!(found.len(), 1, "{code}: {found:?}");
    found.remove(0)
}

#[test]
fn codes_are_found_however_they_are_typed() {
    for typed in ["HASH_FAILURE", "hash-failure", " Hash_Failure "] {
        let explanation = one(typed, Lang::En);
        assert_eq!(explanation.code, "HASH_FAILURE");
        assert!(explanation.background.is_some());
    }
    assert_eq!(one("14①1(2)", Lang::Ja).code, "14-1-1(2)");
    assert_eq!(one("14②", Lang::Ja).code, "14-2");
    assert_eq!(one("keycompromise", Lang::En).code, "keyCompromise");
    assert_eq!(explain("no-such-thing", Lang::En), []);
}

#[test]
fn a_code_of_several_kinds_is_explained_as_each_and_the_same_is_said_once() {
    let both = explain("anchor-sunset", Lang::En);
    let kinds: Vec<_> = both.iter().map(|found| found.kinds.len()).collect();
    assert_eq!(kinds, [1, 1], "a path and a forecast are different things: {both:?}");
    // A finding, and an error in the same words.
    let password = one("encrypted-needs-password", Lang::Ja);
    assert_eq!(password.kinds.len(), 2, "{password:?}");
}

#[test]
fn every_kind_of_change_is_explained_as_one() {
    for lang in Lang::ALL {
        for explanation in explanations(CodeKind::Modification, lang) {
            let background = explanation.background.unwrap();
            assert!(background.contains(if lang == Lang::Ja { "許" } else { "permit" }), "{background}");
        }
    }
    let find =
        |code: &str| explanations(CodeKind::Modification, Lang::En).into_iter().find(|e| e.code == code).unwrap();
    assert!(find("page-content").next.contains("--revision"));
    assert_eq!(find("document-timestamp").next, Catalogue::new(Lang::En).text("nothing-to-do", &[]));
}

/// The rule of completeness: every code of every kind, in both languages, says what happened, what to do and whom to ask,
/// without falling back to a key or leaving a value open.
#[test]
fn every_code_is_explained_in_both_languages() {
    for lang in Lang::ALL {
        let catalogue = Catalogue::new(lang);
        for kind in CodeKind::ALL {
            assert!(catalogue.find(&of_kind(*kind), &[]).is_some(), "{kind:?} has a name");
            assert!(
                catalogue.find(&format!("{}.about", of_kind(*kind)), &[]).is_some(),
                "{kind:?} says where it stands"
            );
            let entries = kind.entries();
            assert!(!entries.is_empty(), "{kind:?}");
            for (code, key) in entries {
                let found = explanation(&catalogue, *kind, (code, key.clone()));
                assert!(found.meaning != key, "{key}");
                let parts = [Some(&found.meaning), found.background.as_ref(), Some(&found.next), found.ask.as_ref()];
                for part in parts.into_iter().flatten() {
                    assert!(!part.is_empty() && !part.contains(['{', '}']), "{key}: {part}");
                }
            }
        }
    }
}

/// What one language says is to be done, the other says too, and whoever has something to do learns whom to ask.
#[test]
fn what_to_do_goes_with_whom_to_ask() {
    let nothing = Lang::ALL.map(|lang| Catalogue::new(lang).text("nothing-to-do", &[]));
    for kind in CodeKind::ALL {
        let [ja, en] = Lang::ALL.map(|lang| explanations(*kind, lang));
        for (ja, en) in ja.iter().zip(&en) {
            assert_eq!(ja.next == nothing[0], en.next == nothing[1], "{kind:?} {}", ja.code);
            for (explanation, nothing) in [(ja, &nothing[0]), (en, &nothing[1])] {
                assert_eq!(explanation.ask.is_none(), explanation.next == *nothing, "{kind:?} {}", ja.code);
            }
        }
    }
}

/// Of what is wrong it is said what that means, beyond that it is so.
#[test]
fn every_problem_has_a_background() {
    let nothing = Catalogue::new(Lang::En).text("nothing-to-do", &[]);
    use CodeKind::{Check, Conformity, Error, Finding, Indication, Reason, Requirement, SubIndication, Verdict};
    for kind in [Verdict, Conformity, Indication, SubIndication, Finding, Check, Requirement, Reason, Error] {
        let bare = explanations(kind, Lang::En).into_iter().filter(|found| found.background.is_none());
        let bare: Vec<_> = bare.filter(|found| found.next != nothing).map(|found| found.code).collect();
        assert_eq!(bare, [""; 0], "{kind:?}");
    }
}

/// Codes that inform and ask for nothing; every other code of these kinds says what to do. A new code that is a problem
/// therefore needs its `.next`, one that is none its place here.
#[test]
fn only_codes_that_inform_ask_for_nothing() {
    let nothing = Catalogue::new(Lang::En).text("nothing-to-do", &[]);
    let idle = |kind: CodeKind| -> Vec<String> {
        let idle = explanations(kind, Lang::En).into_iter().filter(|found| found.next == nothing);
        idle.map(|found| found.code).collect()
    };
    assert_eq!(idle(CodeKind::Verdict), ["valid"]);
    assert_eq!(idle(CodeKind::Conformity), ["conforming", "not-assessed"]);
    assert_eq!(idle(CodeKind::Indication), ["TOTAL-PASSED", "PASSED"]);
    assert_eq!(idle(CodeKind::SubIndication), [""; 0]);
    assert_eq!(idle(CodeKind::Error), [""; 0]);
    assert_eq!(idle(CodeKind::Check), ["alternative-path"]);
    assert_eq!(idle(CodeKind::Requirement), [""; 0]);
    assert_eq!(
        idle(CodeKind::Reason),
        [
            "signature-intact",
            "licence-shown",
            "licence-not-required",
            "timestamp-shown",
            "timestamp-not-required",
            "tsa-accredited",
            "retention-covered",
            "algorithms-acceptable",
            "certificate-good-at-timestamp",
        ]
    );
    assert_eq!(
        idle(CodeKind::Finding),
        [
            "from-stored-facts",
            "ber-encoding",
            "attribute-certificate-present",
            "other-certificate-skipped",
            "other-revocation-skipped",
            "signer-claim-malformed",
            "signing-certificate-not-first",
            "signing-certificate-v1",
            "several-certificates-with-one-key",
            "tst-info-serial-length",
            "gen-time-not-der",
            "tsa-name-mismatch",
            "eku-not-critical",
            "later-revisions",
            "later-revisions-analysed",
            "header-offset",
            "encryption-mac",
            "certification-signature",
            "archive-timestamp-without-tag",
            "evidence-record-sorted-renewal",
            "revoked-after-signing",
            "tsa-revoked-accepted-rfc3161",
            "personal-data-redacted",
        ]
    );
    assert_eq!(idle(CodeKind::PathReason), ["not-chosen"]);
    assert_eq!(idle(CodeKind::Datum), ["fresh"]);
    assert_eq!(idle(CodeKind::NotChecked), ["not-checked"]);
    assert_eq!(idle(CodeKind::RevocationStatus), ["good"]);
    assert_eq!(idle(CodeKind::Grade), ["accredited"]);
}

/// The report's schema lists what the kinds list, whatever Rust types lie behind.
#[test]
fn the_schema_and_the_kinds_list_the_same_codes() {
    let text = include_str!("../../../../docs/report.schema.json");
    let mut enums = BTreeMap::new();
    collect_enums(&serde_json::from_str(text).unwrap(), "", &mut enums);
    let known: Vec<BTreeSet<String>> = CodeKind::ALL.iter().map(|kind| kind.codes().into_iter().collect()).collect();
    // Outcomes of signatures and of timestamps are one kind.
    let indications = |codes: &BTreeSet<String>| codes.is_subset(&CodeKind::Indication.codes().into_iter().collect());
    for (place, codes) in &enums {
        assert!(known.contains(codes) || indications(codes), "{place}: {codes:?}");
    }
    let of_schema: BTreeSet<&String> = enums.values().flatten().collect();
    for kind in CodeKind::ALL.iter().filter(|kind| !kind.words().is_empty()) {
        // Free text in the schema.
        if !matches!(kind, CodeKind::Error | CodeKind::EvidenceSource | CodeKind::PolicyForm) {
            assert!(kind.codes().iter().all(|code| of_schema.contains(code)), "{kind:?}");
        }
    }
}

fn collect_enums(schema: &serde_json::Value, place: &str, enums: &mut BTreeMap<String, BTreeSet<String>>) {
    // Numbers, such as angles, say themselves what they are.
    if let Some(list) = schema["enum"].as_array().filter(|list| list.iter().all(serde_json::Value::is_string)) {
        enums.insert(place.to_owned(), list.iter().map(|code| code.as_str().unwrap().to_owned()).collect());
    }
    match schema {
        serde_json::Value::Object(object) => {
            object.iter().for_each(|(name, inner)| collect_enums(inner, &format!("{place}/{name}"), enums));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|inner| collect_enums(inner, place, enums)),
        _ => {}
    }
}
