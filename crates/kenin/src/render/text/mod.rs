//! The report for people: answers first, then requirements and checks, then what to do next.

mod answers;
mod changes;
mod levels;
mod next;
pub(super) mod page;
mod sections;
mod superseded;

use kenin_facts::DocumentFormat;
use kenin_validation::Indication;

use crate::messages::{Catalogue, Lang};
use crate::report::{AxisStatus, Conformity, Report, SignatureReport, TimeSource, Verdict};
use answers::{Answers, is_stamp};
use page::{Page, Tone, cut, width_of};

pub use page::sanitised;

/// How a text report is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextOptions {
    /// Columns to fill at most; wide characters take two. At least 40.
    pub width: usize,
    /// Whether colour may be used. Every colour repeats what a word says.
    pub colour: bool,
}

impl Default for TextOptions {
    /// 80 columns without colour.
    fn default() -> Self {
        Self { width: 80, colour: false }
    }
}

/// The whole report as text, with times in Japan Standard Time.
pub fn text(report: &Report, lang: Lang, options: &TextOptions) -> String {
    let catalogue = Catalogue::for_people(lang);
    let mut report = report.clone();
    report.localise(&catalogue);
    let mut page = Page::new(options.width, options.colour);
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
    let catalogue = Catalogue::for_people(lang);
    let verdict = catalogue.text(&format!("verdict-{}", verdict_name(report.verdict)), &[]);
    // A signature that does not hold shows neither who nor when.
    let shows = |s: &&SignatureReport| s.signer.is_some() && s.axes.integrity != AxisStatus::Failed && !is_stamp(s);
    let first = report.signatures.iter().find(shows);
    let who = first.map(|signature| Answers::new(report, signature, &catalogue).short_who()).unwrap_or_default();
    let when = first.and_then(|signature| signature.best_signature_time);
    let when = when.map(kenin_base::UtcTime::to_jst_date_string).unwrap_or_default();
    let path = report.document.path.as_deref().unwrap_or("-");
    let mut page = Page::new(usize::MAX, options.colour);
    let pad = |text: &str, width: usize| {
        let text = cut(&sanitised(text), width - 2);
        let spaces = " ".repeat(width.saturating_sub(width_of(&text)));
        text + &spaces
    };
    page.pieces(
        0,
        &[
            (tone(report.verdict), &pad(&verdict, VERDICT)),
            (Tone::Plain, &pad(&who, WHO)),
            (Tone::Plain, &pad(&when, WHEN)),
            (Tone::Plain, path),
        ],
    );
    page.finish()
}

fn head(report: &Report, catalogue: &Catalogue, page: &mut Page) {
    let path = report.document.path.as_deref().unwrap_or("-");
    let mut about = catalogue.text(&format!("format-{}", serde_name(&report.document.format)), &[]);
    if let Some(size) = report.document.size {
        about.push_str(separator(catalogue.lang()));
        about.push_str(&catalogue.text("text-bytes", &[("size", size.into())]));
    }
    page.paragraph(0, Tone::Strong, path);
    if report.verdict != Verdict::Error {
        page.paragraph(0, Tone::Faint, &about);
    }
    page.blank();
    let verdict = catalogue.text(&format!("verdict-{}", verdict_name(report.verdict)), &[]);
    match signature_headline(report) {
        None => page.pieces(2, &[(tone(report.verdict), &verdict)]),
        Some(worst) => {
            let (word, worst_tone) = match worst {
                Indication::Passed => ("headline-valid", Tone::Good),
                Indication::Failed => ("headline-invalid", Tone::Bad),
                Indication::Indeterminate => ("headline-indeterminate", Tone::Unsure),
            };
            let (guideline, guideline_tone) = conformity(report.conformity);
            let gap = if catalogue.lang() == Lang::Ja { "／" } else { " / " };
            page.pieces(
                2,
                &[
                    (tone(report.verdict), &verdict),
                    (Tone::Plain, "    "),
                    (Tone::Plain, &catalogue.text("text-signature-headline", &[])),
                    (Tone::Plain, " "),
                    (worst_tone, &catalogue.text(word, &[])),
                    (Tone::Plain, gap),
                    (Tone::Plain, &catalogue.text("text-guideline-headline", &[])),
                    (Tone::Plain, " "),
                    (guideline_tone, &catalogue.text(guideline, &[])),
                ],
            );
        }
    }
    if let Some(error) = &report.error {
        page.paragraph(2, Tone::Plain, &error.message);
    } else if report.verdict == Verdict::NoSignature {
        let key = match (report.document.size, report.document.format) {
            (Some(0), _) => "error-empty",
            (_, DocumentFormat::Other) => "error-not-recognised",
            _ => "error-not-signed",
        };
        page.paragraph(2, Tone::Plain, &catalogue.text(key, &[]));
    }
}

/// The worst indication of all signatures; `None` when there are none.
fn signature_headline(report: &Report) -> Option<Indication> {
    report.signatures.iter().map(|signature| signature.indication).max()
}

fn foot(report: &Report, catalogue: &Catalogue, page: &mut Page) {
    if report.verdict == Verdict::Error {
        return;
    }
    page.blank();
    let key = match report.time_source {
        TimeSource::Now => "text-judged-now",
        TimeSource::Given => "text-judged-given",
    };
    let time = catalogue.time(report.validation_time);
    let values =
        [("time", (&time).into()), ("policy", (&report.tool.policy).into()), ("trust", (&report.tool.trust).into())];
    page.paragraph(0, Tone::Faint, &catalogue.text(key, &values));
}

fn conformity(conformity: Conformity) -> (&'static str, Tone) {
    match conformity {
        Conformity::Conforming => ("conformity-conforming", Tone::Good),
        Conformity::NonConforming => ("conformity-non-conforming", Tone::Bad),
        Conformity::Undetermined => ("conformity-undetermined", Tone::Unsure),
        Conformity::NotAssessed => ("conformity-not-assessed", Tone::Plain),
    }
}

pub(crate) fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Valid => "valid",
        Verdict::Invalid => "invalid",
        Verdict::Indeterminate => "indeterminate",
        Verdict::NoSignature => "no-signature",
        Verdict::Error => "error",
    }
}

fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Valid => Tone::Good,
        Verdict::Invalid | Verdict::Error => Tone::Bad,
        Verdict::Indeterminate | Verdict::NoSignature => Tone::Unsure,
    }
}

/// Between items of an enumeration.
pub fn separator(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => "、",
        Lang::En => ", ",
    }
}

/// The name under which a value of the report's vocabulary is written in JSON.
pub(crate) fn serde_name(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
