//! What parts the archive has: verdicts, reasons, licences, authorities, levels.

use kenin::render::parts::{Tone, common_name, requirement};
use kenin_hpki::LICENCES;

use super::bar::Bar;
use super::records::{told, tone};
use super::shown::cut;
use super::words::Words;
use crate::{Reason, Summary};

/// Why so many are not valid, and what to do.
pub(super) struct ReasonLine {
    pub bar: Bar,
    pub verdict: String,
    /// The requirement as the guideline writes it.
    pub requirement: Option<(String, String)>,
    pub next: Option<String>,
}

/// Signatures by people of a licence.
pub(super) struct LicenceLine {
    pub bar: Bar,
    pub passed: String,
}

/// Timestamps of an authority.
pub(super) struct StampLine {
    pub bar: Bar,
    /// Its whole name, where another one is called the same.
    pub subject: Option<String>,
    pub grade: (Tone, String),
}

pub(super) fn verdicts(summary: &Summary, words: &Words) -> Vec<Bar> {
    let counts = &summary.counts;
    let verdicts = [
        ("invalid", counts.invalid),
        ("error", counts.errors),
        ("indeterminate", counts.indeterminate),
        ("valid", counts.valid),
        ("no-signature", counts.unsigned),
    ];
    let most = verdicts.iter().map(|(_, count)| *count).max().unwrap_or_default();
    let bar = |(verdict, count): (&str, u64)| {
        let label = words.text(&format!("archive-verdict-{verdict}"));
        Bar::new(tone(verdict), label, count, most).of(counts.total(), words)
    };
    verdicts.into_iter().map(bar).collect()
}

pub(super) fn reasons(summary: &Summary, words: &Words) -> Vec<ReasonLine> {
    let most = summary.reasons.iter().map(|reason| reason.documents).max().unwrap_or_default();
    let line = |reason: &Reason| {
        let (_, why, next) = told(&reason.cause, None, words);
        ReasonLine {
            bar: Bar::new(tone(&reason.verdict), why, reason.documents, most),
            verdict: words.text(&format!("archive-verdict-{}", reason.verdict)),
            requirement: reason.cause.requirement.as_ref().map(|id| requirement(id, &words.catalogue)),
            next,
        }
    };
    summary.reasons.iter().map(line).collect()
}

pub(super) fn licences(summary: &Summary, words: &Words) -> Vec<LicenceLine> {
    let most = summary.licences.iter().map(|licence| licence.signatures).max().unwrap_or_default();
    let name = |licence: &str| {
        let names = licence.split(", ").map(|name| match LICENCES.iter().find(|row| row.name == name) {
            Some(row) => words.with("role-name", &[("name", row.name), ("name_ja", row.name_ja)]),
            None => cut(name, words),
        });
        words.catalogue.join(names)
    };
    let lines = summary.licences.iter().map(|licence| {
        let named = licence.licence.as_deref().map(name);
        let label = named.unwrap_or_else(|| words.text("archive-no-licence"));
        let bar = Bar::new(Tone::Plain, label, licence.signatures, most);
        LicenceLine { bar, passed: super::words::number(licence.passed) }
    });
    lines.collect()
}

pub(super) fn stamps(summary: &Summary, words: &Words) -> Vec<StampLine> {
    let most = summary.stamps.iter().map(|stamps| stamps.count).max().unwrap_or_default();
    let shared =
        |name: &str, tsa: &str| summary.stamps.iter().any(|other| other.tsa != tsa && common_name(&other.tsa) == name);
    let lines = summary.stamps.iter().map(|stamps| {
        let name = common_name(&stamps.tsa);
        let grade = match stamps.grade.as_str() {
            "accredited" => Tone::Good,
            "trusted" => Tone::Plain,
            "none" => Tone::Bad,
            _ => Tone::Unsure,
        };
        StampLine {
            subject: shared(&name, &stamps.tsa).then(|| cut(&stamps.tsa, words)),
            bar: Bar::new(Tone::Plain, cut(&name, words), stamps.count, most),
            grade: (grade, words.text(&format!("grade-{}", stamps.grade))),
        }
    });
    lines.collect()
}

pub(super) fn levels(summary: &Summary, words: &Words) -> Vec<Bar> {
    let counts = || summary.levels.iter().map(|level| level.count);
    let (most, total) = (counts().max().unwrap_or_default(), counts().sum());
    let level = |code: &str| words.text(&format!("level-{}", code.to_ascii_lowercase()));
    let bars = summary.levels.iter().map(|share| Bar::new(Tone::Plain, level(&share.code), share.count, most));
    bars.map(|bar| bar.of(total, words)).collect()
}
