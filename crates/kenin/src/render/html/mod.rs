//! The report as one HTML page that needs nothing else: no script, no other file, no network. The first screen answers
//! the five questions with one next step each; below it stands what the answers rest on. It prints on A4.

mod checks;
mod details;
mod first;
mod place;
mod requirements;
mod revisions;
mod scale;
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
    report.localise(&catalogue);
    let page = Page::new(&report, &catalogue);
    // The template has no filter of its own that could fail.
    sanitised_lines(&page.render().unwrap_or_else(|error| error.to_string()))
}

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
    steps: Vec<String>,
    timeline: Option<Timeline>,
    revisions: Vec<Revision>,
    requirements: Vec<Requirement<'a>>,
    details: Vec<Details>,
    findings: Vec<story::FindingLine>,
}

impl<'a> Page<'a> {
    fn new(report: &'a Report, catalogue: &'a Catalogue) -> Self {
        let main = first::main_signature(report);
        let steps = story::steps(report, catalogue);
        Self {
            catalogue,
            report,
            name: report.document.path.as_deref().unwrap_or("-"),
            about: story::document(report, catalogue),
            judged: story::judged(report, catalogue),
            headline: story::headline(report, catalogue),
            first: main.map(|main| First::new(report, main, catalogue)),
            steps,
            timeline: main.and_then(|main| Timeline::new(report, main, catalogue)),
            revisions: revisions::revisions(report, catalogue),
            requirements: requirements::requirements(report, catalogue),
            details: report.signatures.iter().map(|signature| Details::new(report, signature, catalogue)).collect(),
            findings: story::finding_lines(&report.findings),
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
fn class(tone: impl Borrow<Tone>) -> &'static str {
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
struct Sign {
    tone: Tone,
}

fn sign(tone: impl Borrow<Tone>) -> Sign {
    Sign { tone: *tone.borrow() }
}
