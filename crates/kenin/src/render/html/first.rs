use kenin_facts::SignatureKind;
use kenin_validation::Indication;

use super::{bounds, class};
use crate::messages::Catalogue;
use crate::render::story::{self, Answer, Answers, Question, Tone, is_stamp};
use crate::report::{Report, RequirementStatus, SignatureReport};

/// What the first screen says: the answers about the signature that decides, a line about every other.
pub(super) struct First {
    pub title: String,
    pub about: String,
    pub answers: Vec<Row>,
    pub others: Vec<Other>,
    /// How many more there are.
    pub more: Option<String>,
}

/// One question with its answer.
pub(super) struct Row {
    pub question: String,
    pub tone: Tone,
    /// The tone in words.
    pub word: String,
    pub text: String,
    pub next: Option<String>,
}

/// Another signature or timestamp of the document.
pub(super) struct Other {
    pub id: String,
    pub title: String,
    pub tone: Tone,
    pub outcome: String,
    pub who: String,
}

impl First {
    /// About the signature that decides, beside those that are told in full as well.
    pub(super) fn new(
        report: &Report,
        main: &SignatureReport,
        shown: &[&SignatureReport],
        catalogue: &Catalogue,
    ) -> Self {
        let answers = Answers::new(report, main, catalogue).all();
        let row = |answer: &Answer| {
            let tone = match answer.question {
                Question::Claims => Tone::Plain,
                // What simply stands there is good.
                _ if answer.tone == Tone::Plain => Tone::Good,
                _ => answer.tone,
            };
            Row {
                question: question(answer.question, catalogue),
                tone,
                word: catalogue.text(&format!("html-tone-{}", class(tone)), &[]),
                text: answer.text.clone(),
                next: next(answer, &answers, catalogue),
            }
        };
        let rows = answers.iter().map(row).collect();
        let others = shown.iter().filter(|other| other.id != main.id);
        Self {
            title: story::title(main, catalogue),
            about: story::about(main, catalogue),
            answers: rows,
            others: others.map(|other| Other::new(report, other, catalogue)).collect(),
            more: bounds::more(report.signatures.len() - shown.len(), catalogue),
        }
    }
}

fn question(question: Question, catalogue: &Catalogue) -> String {
    catalogue.text(&format!("{}.question", question.key()), &[])
}

/// What to do about an answer. One step for several answers is told where its cause is, and named at the others.
fn next(answer: &Answer, all: &[Answer], catalogue: &Catalogue) -> Option<String> {
    const CAUSES: [Question; 5] =
        [Question::Tampering, Question::Certificate, Question::Who, Question::When, Question::Guideline];
    let step = answer.next.as_ref()?;
    let same = |cause: &Question| all.iter().any(|other| other.question == *cause && other.next.as_ref() == Some(step));
    match CAUSES.iter().find(|cause| same(cause)) {
        Some(cause) if *cause != answer.question => {
            let question = question(*cause, catalogue);
            Some(catalogue.text("html-next-same", &[("question", (&question).into())]))
        }
        _ => Some(step.clone()),
    }
}

impl Other {
    fn new(report: &Report, signature: &SignatureReport, catalogue: &Catalogue) -> Self {
        let (tone, key) = match signature.indication {
            Indication::Passed => (Tone::Good, "headline-valid"),
            Indication::Failed => (Tone::Bad, "headline-invalid"),
            Indication::Indeterminate => (Tone::Unsure, "headline-indeterminate"),
        };
        Self {
            id: signature.id.clone(),
            title: story::title(signature, catalogue),
            tone,
            outcome: catalogue.text(key, &[]),
            who: Answers::new(report, signature, catalogue).short_who(),
        }
    }
}

/// The signature that the document's answer hangs on: the first that did not pass when one failed or is open, else the
/// one that comes nearest to the guideline; a timestamp only where nobody signed.
pub(super) fn main_signature(report: &Report) -> Option<&SignatureReport> {
    let signatures = || report.signatures.iter().filter(|signature| !is_stamp(signature));
    let worst = signatures().max_by_key(|signature| (signature.indication, std::cmp::Reverse(&signature.id)));
    let worst = worst.filter(|signature| signature.indication != Indication::Passed);
    let nearest = || {
        signatures().filter(|signature| signature.kind == SignatureKind::Signature).min_by_key(|signature| {
            let blocking = signature.requirements.iter().filter(|requirement| requirement.blocking);
            let distance = |status| match status {
                RequirementStatus::Satisfied | RequirementStatus::NotApplicable => 0_u32,
                RequirementStatus::Undetermined => 1,
                RequirementStatus::NotSatisfied => 100,
            };
            blocking.map(|requirement| distance(requirement.status)).sum::<u32>()
        })
    };
    worst.or_else(nearest).or_else(|| signatures().next()).or_else(|| report.signatures.first())
}
