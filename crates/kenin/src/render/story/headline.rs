use kenin_facts::DocumentFormat;
use kenin_validation::Indication;

use super::answers::is_stamp;
use super::tone::Tone;
use crate::messages::Catalogue;
use crate::render::serde_name;
use crate::report::{Conformity, Report, TimeSource, Verdict};

/// The answer to the whole report.
pub(crate) struct Headline {
    pub verdict: Said,
    /// Of the signatures as such and of the guideline, so that nobody reads a sound signature without a timestamp as a
    /// forgery. `None` without signatures.
    pub halves: Option<[(String, Said); 2]>,
    /// Why there is no more to say.
    pub note: Option<String>,
}

type Said = (Tone, String);

/// Verdict, signature and guideline in a word each.
pub(crate) fn headline(report: &Report, catalogue: &Catalogue) -> Headline {
    // The worst indication of all signatures.
    let worst = report.signatures.iter().map(|signature| signature.indication).max();
    let kind = if has_signature(report) { "text-signature-headline" } else { "text-timestamp-headline" };
    let halves = worst.map(|worst| {
        [
            (catalogue.text(kind, &[]), indication_word(worst, catalogue)),
            (catalogue.text("text-guideline-headline", &[]), conformity_word(report, catalogue)),
        ]
    });
    let note = match (&report.error, report.verdict) {
        (Some(error), _) => Some(error.message.clone()),
        (None, Verdict::NoSignature) => Some(catalogue.text(no_signature(report), &[])),
        (None, _) => None,
    };
    let key = format!("verdict-{}", verdict_name(report.verdict));
    Headline { verdict: (tone(report.verdict), catalogue.text(&key, &[])), halves, note }
}

/// How the document stands against the guideline, in a word.
pub(crate) fn conformity_word(report: &Report, catalogue: &Catalogue) -> Said {
    let (tone, key) = conformity(report.conformity);
    (tone, catalogue.text(key, &[]))
}

/// Format and size of the document.
pub(crate) fn document(report: &Report, catalogue: &Catalogue) -> String {
    let format = catalogue.text(&format!("format-{}", serde_name(&report.document.format)), &[]);
    let size = report.document.size.map(|size| catalogue.text("text-bytes", &[("size", size.into())]));
    catalogue.join([format].into_iter().chain(size))
}

/// When it was judged, by which policy and trust.
pub(crate) fn judged(report: &Report, catalogue: &Catalogue) -> String {
    let key = match report.time_source {
        TimeSource::Now => "text-judged-now",
        TimeSource::Given => "text-judged-given",
    };
    let time = catalogue.time(report.validation_time);
    let values =
        [("time", (&time).into()), ("policy", (&report.tool.policy).into()), ("trust", (&report.tool.trust).into())];
    catalogue.text(key, &values)
}

/// Whether anybody signed, beside those who issue timestamps.
fn has_signature(report: &Report) -> bool {
    report.signatures.iter().any(|signature| !is_stamp(signature))
}

fn no_signature(report: &Report) -> &'static str {
    match (report.document.size, report.document.format) {
        _ if !report.signatures.is_empty() => "error-timestamp-alone",
        (Some(0), _) => "error-empty",
        (_, DocumentFormat::Container) => "error-container",
        (_, DocumentFormat::Other) => "error-not-recognised",
        _ => "error-not-signed",
    }
}

/// How a signature came out, in a word.
pub(crate) fn indication_word(indication: Indication, catalogue: &Catalogue) -> Said {
    let (tone, key) = match indication {
        Indication::Passed => (Tone::Good, "headline-valid"),
        Indication::Failed => (Tone::Bad, "headline-invalid"),
        Indication::Indeterminate => (Tone::Unsure, "headline-indeterminate"),
    };
    (tone, catalogue.text(key, &[]))
}

fn conformity(conformity: Conformity) -> (Tone, &'static str) {
    match conformity {
        Conformity::Conforming => (Tone::Good, "conformity-conforming"),
        Conformity::NonConforming => (Tone::Bad, "conformity-non-conforming"),
        Conformity::Undetermined => (Tone::Unsure, "conformity-undetermined"),
        Conformity::NotAssessed => (Tone::Plain, "conformity-not-assessed"),
    }
}

fn verdict_name(verdict: Verdict) -> &'static str {
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
