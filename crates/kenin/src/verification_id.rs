//! The id by which a report on paper is matched with its JSON, and with a repetition of the judgement.

use std::fmt::Write as _;

use kenin_crypto::sha256;
use serde::Serialize;

use crate::report::Report;

/// What the hashed octets begin with; another algorithm begins with another.
const DOMAIN: &str = "kenin-verification/1";

/// The algorithm's mark at the head of an id.
const MARK: &str = "k1";

/// Digits of the SHA-256 that an id shows, four bits each, and how many stand together.
const DIGITS: usize = 20;
const GROUP: usize = 4;

/// The id of a report: `k1` and the first 80 bits of the SHA-256 of [`hashed`], in groups of four hexadecimal digits.
///
/// It says nothing about who made the report, and 80 bits are too few to keep its author from making two of one id: it
/// finds a report, it does not protect one.
pub(crate) fn verification_id(report: &Report) -> String {
    let mut id = MARK.to_owned();
    let digest = sha256(hashed(report).as_bytes()).to_string();
    for (position, digit) in digest.chars().take(DIGITS).enumerate() {
        if position % GROUP == 0 {
            id.push('-');
        }
        id.push(digit);
    }
    id
}

/// What is hashed: values as the JSON has them, each after its length in octets and a colon and before a line feed, so that no
/// value can pass for two. A value that is null or absent is empty. Lists come after the number of their members.
///
/// Everything that decided is in it, and what was decided: tool, policy, trust, time, document, evidence; verdicts. What is
/// for people is not: path, names, messages. The same document under another path has the same id, and so has a judgement of
/// its stored facts that comes to the same.
fn hashed(report: &Report) -> String {
    let mut items = Items(String::new());
    items.add(DOMAIN);
    items.add(&report.tool.version);
    items.add(&report.tool.policy_sha256.to_string());
    items.add(&report.tool.trust_sha256.to_string());
    items.value(&report.validation_time);
    items.value(&report.time_source);
    items.value(&report.document.sha256);
    items.value(&report.verdict);
    items.value(&report.conformity);
    items.add(report.error.as_ref().map_or("", |error| &error.code));
    items.sorted(report.evidence.iter().map(|item| item.sha256.to_string()).collect());
    items.add(&report.signatures.len().to_string());
    for signature in &report.signatures {
        items.add(&signature.id);
        items.value(&signature.indication);
        items.value(&signature.sub_indication);
    }
    items.0
}

struct Items(String);

impl Items {
    fn add(&mut self, value: &str) {
        // A String takes everything.
        let _ = writeln!(self.0, "{}:{value}", value.len());
    }

    /// A value that JSON has as a string or null.
    fn value(&mut self, value: &impl Serialize) {
        let json = serde_json::to_value(value).unwrap_or_default();
        self.add(json.as_str().unwrap_or_default());
    }

    fn sorted(&mut self, mut values: Vec<String>) {
        values.sort_unstable();
        self.add(&values.len().to_string());
        values.iter().for_each(|value| self.add(value));
    }
}

#[cfg(test)]
mod tests {
    use kenin_base::{Sha256, UtcTime};
    use kenin_policy::{Policy, TrustProfile};
    use kenin_validation::{Indication, SubIndication};

    use super::*;
    use crate::report::{Conformity, TimeSource, Verdict};
    use crate::{Source, Verifier, observe};

    fn report(file: &str) -> Report {
        let path = format!("{}/../../testdata/{file}", env!("CARGO_MANIFEST_DIR"));
        let verifier = Verifier::new(TrustProfile::jp_hpki(), Policy::mhlw_6_0());
        let facts = observe(&Source::open(path).unwrap(), &verifier.observe_options()).unwrap();
        verifier.judge_at(&facts, time("2024-05-21T00:00:00Z"))
    }

    fn time(text: &str) -> UtcTime {
        UtcTime::parse(text).unwrap()
    }

    #[test]
    fn an_id_is_five_groups_of_four_hexadecimal_digits() {
        let id = report("pdf/pades-b.pdf").verification_id;
        let groups: Vec<&str> = id.split('-').collect();
        assert_eq!((groups.len(), groups[0]), (6, "k1"), "{id}");
        let is_hexadecimal = |c: char| matches!(c, '0'..='9' | 'a'..='f');
        assert!(groups[1..].iter().all(|group| group.len() == 4 && group.chars().all(is_hexadecimal)), "{id}");
    }

    /// What `docs/verification-id.md` says, octet by octet.
    #[test]
    fn what_is_hashed_is_as_documented() {
        let (trust, policy) = (TrustProfile::jp_hpki(), Policy::mhlw_6_0());
        let mut report = Report::error(&trust, &policy, time("2024-05-21T00:00:00.5Z"), TimeSource::Given, "io");
        "0.1.0".clone_into(&mut report.tool.version);
        (report.tool.policy_sha256, report.tool.trust_sha256) = (Sha256([0xab; 32]), Sha256([1; 32]));
        let (ab, one) = ("ab".repeat(32), "01".repeat(32));
        let expected = format!(
            "20:kenin-verification/1\n5:0.1.0\n64:{ab}\n64:{one}\n22:2024-05-21T00:00:00.5Z\n5:given\n0:\n\
             5:error\n12:not-assessed\n2:io\n1:0\n1:0\n"
        );
        assert_eq!(hashed(&report), expected);
        // Of printf '20:kenin-verification/1\n...' | sha256sum
        assert_eq!(verification_id(&report), "k1-a17e-2867-4c49-e644-8c18");
    }

    #[test]
    fn what_is_for_people_does_not_change_the_id() {
        let mut report = report("pdf/pades-two-signatures.pdf");
        let id = report.verification_id.clone();
        report.document.path = Some("/elsewhere/DEMO.pdf".to_owned());
        "another name".clone_into(&mut report.tool.policy);
        report.evidence.reverse();
        report.findings.reverse();
        report.localise(&crate::Catalogue::new(crate::Lang::Ja));
        report.redact_personal();
        assert_eq!(verification_id(&report), id);
    }

    #[test]
    fn whatever_decided_and_was_decided_changes_the_id() {
        type Change = (&'static str, fn(&mut Report));
        let changes: &[Change] = &[
            ("version", |report| report.tool.version.push('1')),
            ("policy", |report| report.tool.policy_sha256 = Sha256([7; 32])),
            ("trust", |report| report.tool.trust_sha256 = Sha256([7; 32])),
            ("policy and trust", |report| {
                std::mem::swap(&mut report.tool.policy_sha256, &mut report.tool.trust_sha256);
            }),
            ("time", |report| report.validation_time = time("2024-05-21T00:00:01Z")),
            ("time source", |report| report.time_source = TimeSource::Now),
            ("document", |report| report.document.sha256 = Some(Sha256([7; 32]))),
            ("no document", |report| report.document.sha256 = None),
            ("verdict", |report| report.verdict = Verdict::Error),
            ("conformity", |report| report.conformity = Conformity::Conforming),
            ("error", |report| {
                let (trust, policy) = (TrustProfile::jp_hpki(), Policy::mhlw_6_0());
                let time = report.validation_time;
                report.error = Report::error(&trust, &policy, time, TimeSource::Given, "io").error;
            }),
            ("evidence", |report| report.evidence[0].sha256 = Sha256([7; 32])),
            ("less evidence", |report| report.evidence.truncate(1)),
            ("id", |report| "x".clone_into(&mut report.signatures[0].id)),
            ("indication", |report| report.signatures[0].indication = Indication::Passed),
            ("sub-indication", |report| report.signatures[0].sub_indication = Some(SubIndication::Revoked)),
            ("no sub-indication", |report| report.signatures[0].sub_indication = None),
            ("order", |report| report.signatures.reverse()),
            ("fewer signatures", |report| report.signatures.truncate(1)),
            // Values that hold the form of others are not taken for them.
            ("values in a value", |report| {
                let second = report.signatures.remove(1);
                let sub_indication = second.sub_indication.map_or("", SubIndication::as_str);
                report.signatures[0].id.push_str(&format!("\n{}:{sub_indication}", sub_indication.len()));
            }),
        ];
        let before = report("pdf/pades-two-signatures.pdf");
        let mut ids = vec![("unchanged", before.verification_id.clone())];
        for (name, change) in changes {
            let mut report = before.clone();
            change(&mut report);
            ids.push((name, verification_id(&report)));
        }
        for (position, (name, id)) in ids.iter().enumerate() {
            assert!(ids[..position].iter().all(|(_, other)| other != id), "{name}: {id}");
        }
    }

    #[test]
    fn a_document_that_cannot_be_read_has_an_id_too() {
        let (trust, policy) = (TrustProfile::jp_hpki(), Policy::mhlw_6_0());
        let failed = |code| Report::error(&trust, &policy, time("2024-05-21T00:00:00Z"), TimeSource::Now, code);
        assert!(failed("io").verification_id.starts_with("k1-"));
        assert_ne!(failed("io").verification_id, failed("internal").verification_id);
    }
}
