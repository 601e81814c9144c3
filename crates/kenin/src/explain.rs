//! What a code means and what to do about it.

use kenin_base::FindingCode;
use kenin_facts::ModificationRule;
use kenin_validation::{SubIndication, check_ids};

use crate::messages::{Catalogue, Lang, check_key, finding_key, modification_key, requirement_key, sub_indication_key};
use crate::render::serde_name;
use crate::{REQUIREMENT_IDS, requirement_reasons};

/// The explanation of one code in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The code as reports write it.
    pub code: String,
    /// What kind of code it is, for people.
    pub kind: String,
    /// What it says.
    pub meaning: String,
    /// Background, where there is any.
    pub background: Option<String>,
    /// What to do, where there is anything to do.
    pub next: Option<String>,
}

/// Verdicts, indications and grades, by their names in reports and their keys.
const WORDS: &[(&str, &str, &str)] = &[
    ("valid", "verdict", "verdict-valid"),
    ("invalid", "verdict", "verdict-invalid"),
    ("no-signature", "verdict", "verdict-no-signature"),
    ("error", "verdict", "verdict-error"),
    ("TOTAL-PASSED", "indication", "indication-total-passed"),
    ("TOTAL-FAILED", "indication", "indication-total-failed"),
    ("INDETERMINATE", "indication", "indication-indeterminate"),
    ("none", "grade", "grade-none"),
    ("verified", "grade", "grade-verified"),
    ("trusted", "grade", "grade-trusted"),
    ("accredited", "grade", "grade-accredited"),
];

/// Every code that can be explained, with its kind and its key in the catalogue.
fn codes() -> impl Iterator<Item = (String, &'static str, String)> {
    let subs =
        SubIndication::ALL.iter().map(|sub| (sub.as_str().to_owned(), "sub-indication", sub_indication_key(*sub)));
    let findings = FindingCode::ALL.iter().map(|code| (code.to_string(), "finding", finding_key(*code)));
    let checks = check_ids::ALL.iter().map(|id| (id.0.to_owned(), "check", check_key(*id)));
    let requirements = REQUIREMENT_IDS.iter().map(|(id, _)| ((*id).to_owned(), "requirement", requirement_key(id)));
    let reasons = requirement_reasons().iter().map(|code| ((*code).to_owned(), "reason", format!("reason-{code}")));
    let rules = ModificationRule::ALL.iter();
    let rules = rules.map(|rule| (rule.to_string(), "modification", modification_key(rule.as_str())));
    let words = WORDS.iter().map(|(word, kind, key)| ((*word).to_owned(), *kind, (*key).to_owned()));
    subs.chain(findings).chain(checks).chain(requirements).chain(reasons).chain(rules).chain(words)
}

/// Every code that [`explain`] knows, sorted.
pub fn explainable_codes() -> Vec<String> {
    let mut all: Vec<_> = codes().map(|(code, _, _)| code).collect();
    all.sort();
    all.dedup();
    all
}

/// What `code` means: a finding, check, sub-indication, indication, requirement id, reason, kind of change after
/// signing, verdict or grade, in any case, with `_` or `-`. `None` for a code that kenin does not have. A code that names two things (such as
/// `test-certificate`, a finding and a reason) is explained as the first of them in that order.
pub fn explain(code: &str, lang: Lang) -> Option<Explanation> {
    let wanted = canonical(code);
    let (code, kind, key) = codes().find(|(known, _, _)| canonical(known) == wanted)?;
    let catalogue = Catalogue::new(lang);
    let found = |key: &str, part: &str| catalogue.find(&format!("{key}{part}"), &[]);
    let mut explanation = Explanation {
        kind: catalogue.text(&format!("explain-{kind}"), &[]),
        meaning: catalogue.text(&key, &[]),
        background: found(&key, ".about"),
        next: found(&key, ".next"),
        code,
    };
    let rule = ModificationRule::ALL.iter().find(|rule| modification_key(rule.as_str()) == key);
    if let Some(class) = rule.map(|rule| format!("change-class-{}", serde_name(&rule.class()))) {
        // When it is permitted depends on the class alone.
        let about = explanation.background.into_iter().chain(found(&class, ""));
        explanation.background = Some(about.collect::<Vec<_>>().join(if lang == Lang::Ja { "" } else { " " }));
        explanation.next = found(&class, ".next");
    }
    Some(explanation)
}

/// `14①1(1)`, `14(1)1(1)` as with --ascii, `14-1-1(1)` and `14-1-1-1` are one; so are `HASH_FAILURE` and `hash-failure`.
fn canonical(code: &str) -> String {
    let code = code.trim().to_lowercase().replace('_', "-").replace("14(1)", "14-1-").replace("14(2)", "14-2");
    let code = code.replace('①', "-1-").replace('②', "-2");
    code.replace('(', "-").replace(')', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_however_they_are_typed() {
        for typed in ["HASH_FAILURE", "hash-failure", " Hash_Failure "] {
            let explanation = explain(typed, Lang::En).unwrap();
            assert_eq!(explanation.code, "HASH_FAILURE");
            assert!(explanation.background.is_some() && explanation.next.is_some());
        }
        assert_eq!(explain("14①1(2)", Lang::Ja).unwrap().code, "14-1-1(2)");
        assert_eq!(explain("14②", Lang::Ja).unwrap().code, "14-2");
        assert_eq!(explain("no-such-thing", Lang::En), None);
    }

    #[test]
    fn every_kind_of_change_is_explained_as_one() {
        for rule in ModificationRule::ALL {
            for lang in Lang::ALL {
                let explanation = explain(rule.as_str(), lang).unwrap();
                assert_eq!(explanation.kind, Catalogue::new(lang).text("explain-modification", &[]), "{rule}");
                assert!(!explanation.meaning.contains("modification-"), "{rule}");
                let background = explanation.background.unwrap();
                assert!(background.contains(if lang == Lang::Ja { "許" } else { "permit" }), "{rule}: {background}");
            }
        }
        let next = |code| explain(code, Lang::En).unwrap().next;
        assert!(next("page-content").is_some_and(|next| next.contains("--revision")));
        assert_eq!(next("document-timestamp"), None);
    }

    #[test]
    fn every_code_is_explained_in_both_languages() {
        for lang in Lang::ALL {
            for code in explainable_codes() {
                let explanation = explain(&code, lang).unwrap();
                assert!(!explanation.meaning.contains('{') && !explanation.meaning.is_empty(), "{code}");
                assert!(!explanation.meaning.starts_with("finding-"), "{code}");
            }
        }
    }
}
