//! A row: a question to the program and the answer that the texts ask for.

use libtest_mimic::Failed;
use serde_json::Value;

use crate::documents::File;
use crate::program::Question;

/// A question with its answer; what is not set is not compared.
#[derive(Clone)]
pub struct Case {
    pub id: &'static str,
    pub question: Question,
    /// `None` is TOTAL-PASSED.
    sub_indication: Option<&'static str>,
    indication: &'static str,
    best_signature_time: Option<&'static str>,
    level: Option<&'static str>,
    reached_level: Option<&'static str>,
    /// Of each timestamp, oldest first: `passed`, `not passed` or a sub-indication.
    timestamps: &'static [&'static str],
    because: &'static str,
}

/// No proof of existence before validation time, which reports leave out.
pub const NEVER: &str = "";

/// `file` judged at `time`.
pub fn case(id: &'static str, file: File, time: &str) -> Case {
    Case {
        id,
        question: Question::new(file, time),
        sub_indication: None,
        indication: "TOTAL-PASSED",
        best_signature_time: None,
        level: None,
        reached_level: None,
        timestamps: &[],
        because: "",
    }
}

impl Case {
    /// With this evidence beside the file.
    pub fn beside(mut self, evidence: impl IntoIterator<Item = Vec<u8>>) -> Case {
        self.question.evidence.extend(evidence);
        self
    }

    /// Under a policy with `other` in place of `line`.
    pub fn with_policy(mut self, line: &'static str, other: &'static str) -> Case {
        self.question.policy.push((line, other));
        self
    }

    /// Under a trust profile with `other` in place of `line`.
    pub fn with_trust(mut self, line: &'static str, other: &'static str) -> Case {
        self.question.trust.push((line, other));
        self
    }

    /// The signature passes, and existed then.
    pub fn passes(mut self, best_signature_time: &'static str) -> Case {
        self.best_signature_time = Some(best_signature_time);
        self
    }

    /// INDETERMINATE with a sub-indication (`?` leaves it open), proven to exist since then; [`NEVER`] when nothing proves it.
    pub fn open(mut self, sub_indication: &'static str, best_signature_time: &'static str) -> Case {
        self.indication = "INDETERMINATE";
        self.sub_indication = Some(sub_indication);
        self.best_signature_time = Some(best_signature_time);
        self
    }

    /// TOTAL-FAILED.
    pub fn fails(mut self, sub_indication: &'static str) -> Case {
        self.indication = "TOTAL-FAILED";
        self.sub_indication = Some(sub_indication);
        self
    }

    /// Claimed and reached level.
    pub fn levels(mut self, claimed: &'static str, reached: &'static str) -> Case {
        (self.level, self.reached_level) = (Some(claimed), Some(reached));
        self
    }

    /// What becomes of each timestamp, oldest first.
    pub fn timestamps(mut self, timestamps: &'static [&'static str]) -> Case {
        self.timestamps = timestamps;
        self
    }

    /// Rule and reason.
    pub fn because(mut self, because: &'static str) -> Case {
        self.because = because;
        self
    }

    pub fn check(&self) -> Result<(), Failed> {
        let signature = self.question.ask(self.id)?;
        let mut differences = Vec::new();
        let mut compare = |what: &str, expected: Option<&str>, actual: &Value| {
            let actual = actual.as_str().unwrap_or_default();
            if let Some(expected) = expected.filter(|expected| !["?", actual].contains(expected)) {
                differences.push(format!("{what}: expected {expected:?}, got {actual:?}"));
            }
        };
        compare("indication", Some(self.indication), &signature["indication"]);
        compare("sub_indication", Some(self.sub_indication.unwrap_or_default()), &signature["sub_indication"]);
        compare("best_signature_time", self.best_signature_time, &signature["best_signature_time"]);
        compare("level", self.level, &signature["level"]);
        compare("reached_level", self.reached_level, &signature["reached_level"]);
        let mut timestamps = signature["timestamps"].as_array().cloned().unwrap_or_default();
        timestamps.sort_by_key(|timestamp| timestamp["gen_time"].to_string());
        for (index, expected) in self.timestamps.iter().enumerate() {
            let Some(timestamp) = timestamps.get(index) else { break };
            let what = format!("timestamps[{index}] {}", timestamp["kind"]);
            match (*expected, &timestamp["indication"], &timestamp["sub_indication"]) {
                ("passed", indication, _) => compare(&what, Some("PASSED"), indication),
                ("not passed", indication, _) if indication != "PASSED" => {}
                (sub, _, actual) => compare(&what, Some(sub), actual),
            }
        }
        if !self.timestamps.is_empty() && timestamps.len() != self.timestamps.len() {
            differences.push(format!("{} timestamps, expected {}", timestamps.len(), self.timestamps.len()));
        }
        match differences.is_empty() {
            true => Ok(()),
            false => Err(format!("{}\n  because: {}", differences.join("\n"), self.because).into()),
        }
    }
}
