//! The report for people: answers first, then requirements and checks, then what to do next.

mod changes;
mod levels;
pub(super) mod page;
mod sections;

use super::story::{self, Answers, is_stamp};
use crate::messages::{Catalogue, Lang};
use crate::report::{AxisStatus, Report, SignatureReport, Verdict};
use page::{Page, Shade};

pub use page::{sanitised, sanitised_lines};

/// How a text report is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextOptions {
    /// Columns to fill at most; wide characters take two. At least 40.
    pub width: usize,
    /// Whether colour may be used. Every colour repeats what a word says.
    pub colour: bool,
    /// Whether everything must go through CP932 (Windows-31J): symbols of our own become ASCII, and what CP932 does not
    /// have is shown as by [`cp932`](crate::render::cp932).
    pub ascii: bool,
}

impl Default for TextOptions {
    /// 80 columns without colour, in Unicode.
    fn default() -> Self {
        Self { width: 80, colour: false, ascii: false }
    }
}

/// The whole report as text, with times in Japan Standard Time.
pub fn text(report: &Report, lang: Lang, options: &TextOptions) -> String {
    let catalogue = Catalogue::for_people(lang).in_ascii(options.ascii);
    let mut report = report.clone();
    report.localise(&catalogue);
    let mut page = Page::new(options);
    head(&report, &catalogue, &mut page);
    for signature in &report.signatures {
        sections::answers(&report, signature, &catalogue, &mut page);
    }
    sections::requirements(&report, &catalogue, &mut page);
    for signature in &report.signatures {
        sections::details(&report, signature, &catalogue, &mut page);
    }
    sections::document_findings(&report, &catalogue, &mut page);
    sections::next_steps(&report, &catalogue, &mut page);
    foot(&report, &catalogue, &mut page);
    page.finish()
}

/// One line for one of many documents: verdict, who, when, and the file.
pub fn line(report: &Report, lang: Lang, options: &TextOptions) -> String {
    const VERDICT: usize = 15;
    const WHO: usize = 30;
    const WHEN: usize = 12;
    let catalogue = Catalogue::for_people(lang).in_ascii(options.ascii);
    let (tone, verdict) = story::headline(report, &catalogue).verdict;
    // A signature that does not hold shows neither who nor when.
    let shows = |s: &&SignatureReport| s.signer.is_some() && s.axes.integrity != AxisStatus::Failed && !is_stamp(s);
    let first = report.signatures.iter().find(shows);
    let who = first.map(|signature| Answers::new(report, signature, &catalogue).short_who()).unwrap_or_default();
    let when = first.and_then(|signature| signature.best_signature_time);
    let when = when.map(kenin_base::UtcTime::to_jst_date_string).unwrap_or_default();
    let path = report.document.path.as_deref().unwrap_or("-");
    let mut page = Page::new(options);
    page.columns(
        &[(tone.into(), &verdict, VERDICT), (Shade::Plain, &who, WHO), (Shade::Plain, &when, WHEN)],
        (Shade::Plain, path),
    );
    page.finish()
}

fn head(report: &Report, catalogue: &Catalogue, page: &mut Page) {
    let path = report.document.path.as_deref().unwrap_or("-");
    page.paragraph(0, Shade::Strong, path);
    if report.verdict != Verdict::Error {
        page.paragraph(0, Shade::Faint, &story::document(report, catalogue));
    }
    page.blank();
    let headline = story::headline(report, catalogue);
    let (tone, verdict) = headline.verdict;
    let mut pieces = vec![(tone.into(), verdict)];
    for (index, (label, (tone, word))) in headline.halves.into_iter().flatten().enumerate() {
        let gap = if index == 0 { "    ".to_owned() } else { catalogue.text("text-headline-gap", &[]) };
        pieces.extend([
            (Shade::Plain, gap),
            (Shade::Plain, label),
            (Shade::Plain, " ".to_owned()),
            (tone.into(), word),
        ]);
    }
    let pieces: Vec<_> = pieces.iter().map(|(shade, text)| (*shade, text.as_str())).collect();
    page.pieces(2, &pieces);
    if let Some(note) = &headline.note {
        page.paragraph(2, Shade::Plain, note);
    }
}

fn foot(report: &Report, catalogue: &Catalogue, page: &mut Page) {
    if report.verdict == Verdict::Error {
        return;
    }
    page.blank();
    if let Some(sha256) = report.document.sha256.map(|sha256| sha256.to_string()) {
        page.paragraph(0, Shade::Faint, &catalogue.text("text-document-sha256", &[("sha256", (&sha256).into())]));
    }
    if let Some(sha256) = report.document.content.map(|content| content.sha256.to_string()) {
        let sha256 = ("sha256", (&sha256).into());
        let text = match &report.document.content_path {
            Some(path) => catalogue.text("text-content-sha256-of", &[("path", path.into()), sha256]),
            None => catalogue.text("text-content-sha256", &[sha256]),
        };
        page.paragraph(0, Shade::Faint, &text);
    }
    page.paragraph(0, Shade::Faint, &story::judged(report, catalogue));
    let id = &report.verification_id;
    page.paragraph(0, Shade::Faint, &catalogue.text("text-verification-id", &[("id", id.into())]));
}
