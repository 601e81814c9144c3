use std::cmp::Reverse;

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
    /// Its answers that are not good.
    pub open: Vec<String>,
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
                question: question(answer.question, main, catalogue),
                tone,
                word: catalogue.text(&format!("html-tone-{}", class(tone)), &[]),
                text: text(answer, report, main, catalogue),
                next: next(answer, &answers, main, catalogue),
            }
        };
        let rows = answers.iter().map(row).collect();
        let others = shown.iter().filter(|other| other.id != main.id);
        Self {
            title: story::title(main, catalogue),
            about: story::form(main, catalogue),
            answers: rows,
            others: others.map(|other| Other::new(report, other, catalogue)).collect(),
            more: bounds::more(report.signatures.len() - shown.len(), catalogue),
        }
    }
}

/// The answer; about the guideline with what holds for the document, where another signature decides that.
fn text(answer: &Answer, report: &Report, main: &SignatureReport, catalogue: &Catalogue) -> String {
    let other = conforming_by(report, main).filter(|_| answer.question == Question::Guideline);
    let Some(other) = other else { return answer.text.clone() };
    let (_, word) = story::conformity_word(report, catalogue);
    let values = [("text", (&answer.text).into()), ("word", (&word).into()), ("id", (&other.id).into())];
    catalogue.text("html-guideline-by-other", &values)
}

/// The question; some read differently about a timestamp.
fn question(question: Question, signature: &SignatureReport, catalogue: &Catalogue) -> String {
    let key = question.key();
    let about_stamp = catalogue.find(&format!("{key}.stamp-question"), &[]).filter(|_| is_stamp(signature));
    about_stamp.unwrap_or_else(|| catalogue.text(&format!("{key}.question"), &[]))
}

/// What to do about an answer. One step for several answers is told where its cause is, and named at the others.
fn next(answer: &Answer, all: &[Answer], main: &SignatureReport, catalogue: &Catalogue) -> Option<String> {
    const CAUSES: [Question; 5] =
        [Question::Tampering, Question::Certificate, Question::Who, Question::When, Question::Guideline];
    let step = answer.next.as_ref()?;
    let same = |cause: &Question| all.iter().any(|other| other.question == *cause && other.next.as_ref() == Some(step));
    match CAUSES.iter().find(|cause| same(cause)) {
        Some(cause) if *cause != answer.question => {
            let question = question(*cause, main, catalogue);
            Some(catalogue.text("html-next-same", &[("question", (&question).into())]))
        }
        _ => Some(step.clone()),
    }
}

impl Other {
    fn new(report: &Report, signature: &SignatureReport, catalogue: &Catalogue) -> Self {
        let (tone, outcome) = story::indication_word(signature.indication, catalogue);
        let answers = Answers::new(report, signature, catalogue);
        let mut open = answers.all();
        open.retain(|answer| matches!(answer.tone, Tone::Bad | Tone::Unsure) && answer.question != Question::Guideline);
        Self {
            id: signature.id.clone(),
            title: story::title(signature, catalogue),
            tone,
            outcome,
            who: answers.short_who(),
            open: open.into_iter().map(|answer| answer.text).collect(),
        }
    }
}

/// The signature that the document's answer hangs on: one of the worst, and of those the one that comes nearest to the
/// guideline; a timestamp only where nobody signed.
pub(super) fn main_signature(report: &Report) -> Option<&SignatureReport> {
    let signatures = report.signatures.iter().filter(|signature| !is_stamp(signature));
    let key = |signature: &&SignatureReport| (Reverse(signature.indication), distance(signature));
    signatures.min_by_key(key).or_else(|| report.signatures.first())
}

/// How far a signature is from satisfying the guideline: what is shown not to be met weighs more than anything open.
/// One that is not asked, such as a counter-signature, comes last.
fn distance(signature: &SignatureReport) -> usize {
    let blocking = || signature.requirements.iter().filter(|requirement| requirement.blocking);
    let with = |status| blocking().filter(|requirement| requirement.status == status).count();
    if blocking().next().is_none() {
        return usize::MAX;
    }
    let all = blocking().count() + 1;
    with(RequirementStatus::NotSatisfied) * all + with(RequirementStatus::Undetermined)
}

/// The signature by which the document conforms, where it is another than the one that is told.
fn conforming_by<'a>(report: &'a Report, main: &SignatureReport) -> Option<&'a SignatureReport> {
    let nearest = report.signatures.iter().min_by_key(|signature| distance(signature))?;
    (distance(nearest) < distance(main)).then_some(nearest)
}
