//! The report as one HTML page that needs nothing else: no script, no other file, no network. The first screen answers
//! the five questions with one next step each; below it stands what the answers rest on. It prints on A4.

mod bounds;
mod checks;
mod details;
mod first;
mod place;
mod requirements;
mod revisions;
mod scale;
#[cfg(test)]
mod tests;
mod timeline;

use std::borrow::Borrow;

use askama::Template;

use super::story::{self, Headline, Tone};
use super::text::page::sanitised_lines;
use crate::messages::{Catalogue, Lang};
use crate::report::{EvidenceReport, Report};
use details::Details;
use first::First;
use requirements::Requirement;
use revisions::Revision;
use timeline::Timeline;

/// The whole report as an HTML page, with times in Japan Standard Time and UTC beside them.
pub fn html(report: &Report, lang: Lang) -> String {
    let catalogue = Catalogue::for_keeping(lang);
    let mut report = report.clone();
    bounds::cut_texts(&mut report, &catalogue);
    report.localise(&catalogue);
    let page = Page::new(&report, &catalogue);
    // The template has no filter of its own that could fail.
    sanitised_lines(&page.render().unwrap_or_else(|error| error.to_string()))
}

/// A list, and how many more entries there are.
type Bounded<T> = (Vec<T>, Option<String>);

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    catalogue: &'a Catalogue,
    report: &'a Report,
    name: &'a str,
    about: String,
    judged: String,
    headline: Headline,
    first: Option<First>,
    steps: Bounded<String>,
    timeline: Option<Timeline>,
    revisions: Bounded<Revision>,
    requirements: Vec<Requirement<'a>>,
    details: Vec<Details>,
    findings: Bounded<story::FindingLine>,
    evidence: Bounded<&'a EvidenceReport>,
}

impl<'a> Page<'a> {
    fn new(report: &'a Report, catalogue: &'a Catalogue) -> Self {
        let main = first::main_signature(report);
        let shown = bounds::shown(report, main);
        let mut room = bounds::CHECKS;
        let details = shown.iter().map(|signature| Details::new(report, signature, &mut room, catalogue)).collect();
        let entries = |list: Vec<_>| bounds::beginning(list, bounds::ENTRIES, catalogue);
        Self {
            catalogue,
            report,
            name: report.document.path.as_deref().unwrap_or("-"),
            about: story::document(report, catalogue),
            judged: story::judged(report, catalogue),
            headline: story::headline(report, catalogue),
            first: main.map(|main| First::new(report, main, &shown, catalogue)),
            steps: bounds::beginning(story::steps(report, catalogue), bounds::ENTRIES, catalogue),
            timeline: main.and_then(|main| Timeline::new(report, main, catalogue)),
            revisions: revisions::revisions(report, catalogue),
            requirements: requirements::requirements(report, &shown, catalogue),
            details,
            findings: entries(story::finding_lines(&report.findings)),
            evidence: bounds::beginning(report.evidence.iter().collect(), bounds::OBJECTS, catalogue),
        }
    }

    /// A text of the catalogue.
    fn t(&self, key: &str) -> String {
        self.catalogue.text(key, &[])
    }

    fn lang(&self) -> &'static str {
        match self.catalogue.lang() {
            Lang::Ja => "ja",
            Lang::En => "en",
        }
    }

    /// What stands at the foot of every printed page: digits and letters only.
    fn footer(&self) -> String {
        let sha256 = self.report.document.sha256.map(|sha256| sha256.to_string()).unwrap_or_default();
        format!("{}  SHA-256 {sha256}", self.report.verification_id)
    }

    fn sources(&self, evidence: &EvidenceReport) -> String {
        self.catalogue.join(&evidence.source)
    }

    fn kind(&self, evidence: &EvidenceReport) -> String {
        self.t(&format!("evidence-type-{}", super::serde_name(&evidence.kind)))
    }
}

/// The class of the style sheet for a tone.
pub(super) fn class(tone: impl Borrow<Tone>) -> &'static str {
    match tone.borrow() {
        Tone::Plain => "plain",
        Tone::Good => "good",
        Tone::Bad => "bad",
        Tone::Unsure => "unsure",
    }
}

/// A sign whose shape tells the tone without its colour.
#[derive(Template)]
#[template(path = "sign.html")]
pub(super) struct Sign {
    tone: Tone,
}

pub(super) fn sign(tone: impl Borrow<Tone>) -> Sign {
    Sign { tone: *tone.borrow() }
}
