//! The page tells the same story as the text report, and its first screen answers everything.

use kenin::{SignatureKind, SignatureReport, Verdict};

use crate::page::Element;
use crate::{Complaints, Subject};

/// The catalogue's keys of the five questions, and of what is claimed.
const QUESTIONS: [&str; 6] =
    ["text-who", "text-when", "text-tampering", "text-certificate", "text-guideline", "text-claims"];

/// An answer as it stands on the first screen.
struct Row {
    question: String,
    word: String,
    tone: String,
    text: String,
    next: Option<String>,
}

pub fn check(subject: &Subject<'_>, complaints: &mut Complaints) {
    headline(subject, complaints);
    steps(subject, complaints);
    footer(subject, complaints);
    let firsts = subject.page.root.of_class("first");
    complaints.unless(firsts.len() == 1, || format!("{} first screens", firsts.len()));
    let rows: Vec<Row> = firsts.iter().flat_map(|first| first.of_class("answer")).map(|row| read(&row)).collect();
    match main_signature(subject) {
        Some(main) => {
            answers(subject, main, &rows, complaints);
            others(subject, main, complaints);
        }
        None => complaints.unless(subject.report.signatures.is_empty() && rows.is_empty(), || {
            "signatures, but no answers about one that is in the report".to_owned()
        }),
    }
}

fn read(row: &Element) -> Row {
    let text = |element: &Element| element.text();
    let terms = row.named("dt");
    let word = terms.iter().flat_map(|term| term.of_class("word")).map(|word| word.text()).collect();
    let question = terms.iter().map(|term| term.text_without(|part| part.has_class("word"))).collect();
    let paragraphs = row.named("dd").iter().flat_map(|dd| dd.named("p")).collect::<Vec<_>>();
    let (next, said): (Vec<_>, Vec<_>) = paragraphs.into_iter().partition(|paragraph| paragraph.has_class("next"));
    let tone = row.attribute("class").unwrap_or_default().replace("answer", "").trim().to_owned();
    let next = next.first().map(|next| next.text_without(|label| label.name() == "strong"));
    Row { question, word, tone, text: said.iter().map(text).collect::<Vec<_>>().join(" "), next }
}

fn is_stamp(signature: &SignatureReport) -> bool {
    use SignatureKind::{DocumentTimestamp, EvidenceRecord, Timestamp};
    matches!(signature.kind, DocumentTimestamp | EvidenceRecord | Timestamp)
}

/// The signature that the first screen is about, by its heading.
fn main_signature<'a>(subject: &Subject<'a>) -> Option<&'a SignatureReport> {
    let title = whose(subject)?;
    subject.report.signatures.iter().find(|signature| title.ends_with(&format!(" {}", signature.id)))
}

fn whose(subject: &Subject<'_>) -> Option<String> {
    let heading = subject.page.root.of_class("whose").into_iter().next()?;
    Some(heading.text_without(|about| about.has_class("faint")))
}

/// Verdict, signature and guideline stand in the text report as one line, word for word.
fn headline(subject: &Subject<'_>, complaints: &mut Complaints) {
    let h1: String = subject.page.root.named("h1").iter().map(Element::text).collect();
    let key = serde_json::to_value(subject.report.verdict).unwrap();
    let verdict = subject.catalogue.text(&format!("verdict-{}", key.as_str().unwrap()), &[]);
    complaints.unless(h1 == verdict, || format!("the heading says {h1:?}, the verdict is {verdict:?}"));
    let halves: Vec<String> = subject.page.root.of_class("half").iter().map(Element::text).collect();
    let expected = if subject.report.signatures.is_empty() { 0 } else { 2 };
    complaints.unless(halves.len() == expected, || format!("{} headlines beside the verdict", halves.len()));
    let gap = subject.catalogue.text("text-headline-gap", &[]);
    let line = match halves.is_empty() {
        true => format!("  {h1}"),
        false => format!("  {h1}    {}", halves.join(&gap)),
    };
    complaints.unless(subject.text.lines().any(|own| own == line), || format!("the text report has no line {line:?}"));
    let tone = match subject.report.verdict {
        Verdict::Valid => "good",
        Verdict::Invalid | Verdict::Error => "bad",
        Verdict::Indeterminate | Verdict::NoSignature => "unsure",
    };
    let toned = subject.page.root.of_class("verdict").iter().all(|verdict| verdict.has_class(tone));
    complaints.unless(toned, || format!("the verdict is not shown as {tone}"));
}

/// Every step of the text report, in its order.
fn steps(subject: &Subject<'_>, complaints: &mut Complaints) {
    let steps = subject.page.root.of_class("steps");
    let told: Vec<_> = steps.iter().flat_map(|list| list.named("li")).map(|step| step.text()).collect();
    let heading = subject.catalogue.text("text-next", &[]);
    let mut lines = subject.text.lines().skip_while(|line| *line != heading).skip(1);
    let listed: Vec<_> = lines.by_ref().map_while(|line| line.split_once(".  ")).map(|(_, step)| plain(step)).collect();
    let told: Vec<_> = told.iter().map(|step| plain(&jst(step))).collect();
    complaints.unless(told == listed, || format!("steps {told:?}\n  in the text report {listed:?}"));
}

fn answers(subject: &Subject<'_>, main: &SignatureReport, rows: &[Row], complaints: &mut Complaints) {
    let signatures = || subject.report.signatures.iter();
    let worst = signatures().filter(|other| !is_stamp(other)).map(|other| other.indication).max();
    complaints.unless(worst.is_none_or(|worst| main.indication == worst && !is_stamp(main)), || {
        format!("the first screen is about {}, which is not what decides", main.id)
    });
    // A timestamp's own requirements are none; the signature policy asks for none.
    let signed = main.kind != SignatureKind::EvidenceRecord;
    // Neither are those of a counter-signature judged.
    let judged = !is_stamp(main) && main.kind != SignatureKind::CounterSignature;
    let five = subject.case.policy == "mhlw-6.0" && judged;
    let asked = match (signed, five) {
        (_, true) => &QUESTIONS[..5],
        (true, false) => &QUESTIONS[..4],
        // Nobody signs an evidence record.
        (false, false) => &QUESTIONS[1..3],
    };
    let question = |key: &&str| {
        let about_stamp = subject.catalogue.find(&format!("{key}.stamp-question"), &[]).filter(|_| is_stamp(main));
        about_stamp.unwrap_or_else(|| subject.catalogue.text(&format!("{key}.question"), &[]))
    };
    let expected: Vec<String> = asked.iter().map(question).collect();
    let questions: Vec<&str> = rows.iter().map(|row| row.question.as_str()).take(asked.len()).collect();
    complaints.unless(questions == expected, || format!("questions {questions:?}, expected {expected:?}"));
    complaints.unless(rows.len() <= QUESTIONS.len(), || format!("{} answers", rows.len()));
    let listed = in_text(subject);
    for row in rows {
        let place = &row.question;
        let word = subject.catalogue.text(&format!("html-tone-{}", row.tone), &[]);
        complaints.unless(!row.word.is_empty() && row.word == word, || {
            format!("{place}: the tone {} is said as {:?}", row.tone, row.word)
        });
        let open = matches!(row.tone.as_str(), "bad" | "unsure");
        let next = row.next.as_deref().unwrap_or_default();
        complaints
            .unless(!open || !next.is_empty(), || format!("{place}: {} without a next step: {}", row.tone, row.text));
        complaints.unless(row.next.is_none() || !next.is_empty(), || format!("{place}: an empty next step"));
        let key = QUESTIONS.iter().find(|key| question(key) == row.question);
        let label = key.map(|key| subject.catalogue.text(key, &[])).unwrap_or_default();
        let said = plain(&jst(&row.text));
        let is_same =
            |text: &str| plain(text) == said || key == Some(&"text-guideline") && by_other(text, &said, subject);
        let same = listed.iter().any(|line| line.strip_prefix(&label).is_some_and(is_same));
        complaints.unless(same, || format!("{place}: {said:?} is not in the text report:\n  {}", listed.join("\n  ")));
    }
}

/// Whether the answer adds to that of the text report by which other signature the document stands.
fn by_other(text: &str, said: &str, subject: &Subject<'_>) -> bool {
    let conformity = serde_json::to_value(subject.report.conformity).unwrap();
    let word = subject.catalogue.text(&format!("conformity-{}", conformity.as_str().unwrap()), &[]);
    subject.report.signatures.iter().any(|other| {
        let values = [("text", text.trim().into()), ("word", (&word).into()), ("id", (&other.id).into())];
        plain(&subject.catalogue.text("html-guideline-by-other", &values)) == said
    })
}

/// Every other signature is named, and leads to its own section.
fn others(subject: &Subject<'_>, main: &SignatureReport, complaints: &mut Complaints) {
    let links = subject.page.root.of_class("others").iter().flat_map(|list| list.named("a")).collect::<Vec<_>>();
    let links: Vec<_> = links.iter().filter_map(|link| link.attribute("href")).collect();
    let others = subject.report.signatures.iter().filter(|other| other.id != main.id);
    let expected: Vec<_> = others.map(|other| format!("#{}", other.id)).collect();
    complaints.unless(links == expected, || format!("others {links:?}, expected {expected:?}"));
    let sections: Vec<_> =
        subject.page.root.of_class("signature").iter().filter_map(|section| section.attribute("id")).collect();
    let all: Vec<_> = subject.report.signatures.iter().map(|signature| signature.id.clone()).collect();
    complaints.unless(sections == all, || format!("sections {sections:?}, signatures {all:?}"));
}

/// The answers of the text report about the same signature, label and text.
fn in_text<'a>(subject: &'a Subject<'_>) -> Vec<&'a str> {
    let title = whose(subject).unwrap_or_default();
    let section = subject.text.lines().skip_while(|line| *line != title).skip(1);
    section.take_while(|line| !line.is_empty()).filter_map(|line| line.strip_prefix("  ")).collect()
}

/// What identifies the report, so that a printed page can be held against a document and another run.
fn footer(subject: &Subject<'_>, complaints: &mut Complaints) {
    let report = subject.report;
    let foot: String = subject.page.root.named("footer").iter().map(Element::text).collect();
    let sha256 = report.document.sha256.map(|sha256| sha256.to_string());
    let tool = [report.tool.policy_sha256.to_string(), report.tool.trust_sha256.to_string()];
    for shown in sha256.iter().chain(&tool).chain([&report.verification_id, &report.tool.policy, &report.tool.trust]) {
        complaints.unless(!shown.is_empty() && foot.contains(shown.as_str()), || format!("the foot lacks {shown:?}"));
    }
    for time in [report.validation_time.to_jst_string(), report.tool.version.clone()] {
        complaints.unless(foot.contains(&time), || format!("the foot lacks {time:?}"));
    }
}

/// Without the UTC that the page has beside every time.
fn jst(text: &str) -> String {
    let mut parts = text.split(" (");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(" UTC)") {
            Some((time, rest)) if time.chars().all(|c| c.is_ascii_digit() || " .:-".contains(c)) => kept.push_str(rest),
            _ => {
                kept.push_str(" (");
                kept.push_str(part);
            }
        }
    }
    kept
}

/// White space as a browser shows it.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
