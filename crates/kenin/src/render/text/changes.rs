//! What was changed in a PDF after signing: what needs a look one by one, what is simply permitted in one line.

use kenin_base::FindingCode;
use kenin_facts::ModificationClass;
use kenin_policy::Severity;

use super::page::{Page, Tone, cut};
use super::separator;
use crate::messages::{Catalogue, modification_key};
use crate::report::{ModificationReport, Report, SignatureReport};

/// Changes listed one by one under a signature.
const LISTED: usize = 10;

/// Columns of a field's name, which the document chooses.
const FIELD: usize = 40;

/// The list of one signature; nothing where no later revision changed anything but to preserve it.
pub(super) fn changes(report: &Report, signature: &SignatureReport, catalogue: &Catalogue, page: &mut Page) {
    let notable = notable(signature);
    let earlier = report.signatures.iter().take_while(|other| other.id != signature.id);
    let same = |other: &&SignatureReport| !notable.is_empty() && self::notable(other) == notable;
    if let Some(other) = earlier.into_iter().find(same) {
        page.paragraph(2, Tone::Plain, &catalogue.text("changes-same", &[("id", (&other.id).into())]));
    } else {
        list(&notable, catalogue, page);
    }
    let permitted = permitted(signature, catalogue);
    if !permitted.is_empty() {
        let text = permitted.join(separator(catalogue.lang()));
        page.paragraph(2, Tone::Plain, &catalogue.text("changes-permitted", &[("changes", (&text).into())]));
    }
}

/// Whether [`changes`] shows every change that a finding is about.
pub(super) fn are_listed(signature: &SignatureReport) -> bool {
    !notable(signature).is_empty()
}

/// Findings about one change after signing each.
pub(super) fn is_change(code: FindingCode) -> bool {
    matches!(
        code,
        FindingCode::ModificationForbidden | FindingCode::ModificationUnclear | FindingCode::ModificationNoticed
    )
}

/// What the policy does not simply allow, the gravest first.
fn notable(signature: &SignatureReport) -> Vec<&ModificationReport> {
    let all = signature.integrity.modifications.iter().flatten();
    let mut notable: Vec<_> = all.filter(|change| change.severity > Severity::Allow).collect();
    notable.sort_by_key(|change| std::cmp::Reverse(change.severity));
    notable
}

fn list(notable: &[&ModificationReport], catalogue: &Catalogue, page: &mut Page) {
    let shown = notable.iter().take(LISTED).collect::<Vec<_>>();
    for group in shown.chunk_by(|a, b| a.severity == b.severity) {
        let Some((heading, tone)) = group.first().and_then(|change| heading(change.severity)) else { continue };
        page.paragraph(2, tone, &(catalogue.text(heading, &[]) + ":"));
        for change in group {
            page.labelled(4, &[(Tone::Plain, "-", 2)], Tone::Plain, &line(change, catalogue));
        }
    }
    let more = u64::try_from(notable.len().saturating_sub(LISTED)).unwrap_or(u64::MAX);
    if more > 0 {
        page.paragraph(4, Tone::Plain, &catalogue.text("changes-more", &[("count", more.into())]));
    }
}

fn heading(severity: Severity) -> Option<(&'static str, Tone)> {
    match severity {
        Severity::Allow => None,
        Severity::Warn => Some(("changes-noticed", Tone::Unsure)),
        Severity::Indeterminate => Some(("changes-unclear", Tone::Unsure)),
        Severity::Fail => Some(("changes-forbidden", Tone::Bad)),
    }
}

/// One change: what, where it shows, in which object.
fn line(change: &ModificationReport, catalogue: &Catalogue) -> String {
    let mut places = Vec::new();
    if let Some(number) = change.page {
        places.push(catalogue.text("changes-page", &[("page", (&number.to_string()).into())]));
    }
    if let Some(rect) = change.rect {
        let rect = rect.map(whole).join(" ");
        places.push(catalogue.text("changes-rect", &[("rect", (&rect).into())]));
    }
    if change.over_text {
        places.push(catalogue.text("changes-over-text", &[]));
    }
    if let Some(field) = change.field.as_ref().filter(|field| !field.is_empty()) {
        places.push(catalogue.text("text-field", &[("field", (&cut(field, FIELD)).into())]));
    }
    let object =
        if change.what.is_empty() { change.object.clone() } else { format!("{} {}", change.object, change.what) };
    let values = [("object", (&object).into()), ("revision", u64::from(change.revision).into())];
    places.push(catalogue.text("changes-object", &values));
    let places = places.join(separator(catalogue.lang()));
    let rule = change.rule.as_str();
    catalogue.text("changes-line", &[("rule", rule.into()), ("places", (&places).into())])
}

/// A coordinate in whole units.
fn whole(value: f64) -> String {
    match value.round() {
        rounded if rounded.abs() > 1e9 => format!("{rounded:e}"),
        // Never -0.
        rounded => format!("{}", rounded + 0.0),
    }
}

/// Permitted changes that do more than preserve the signature, each kind with its number.
fn permitted(signature: &SignatureReport, catalogue: &Catalogue) -> Vec<String> {
    let all = signature.integrity.modifications.iter().flatten();
    let simply = |change: &&ModificationReport| {
        change.severity == Severity::Allow && change.rule.class() != ModificationClass::Preservation
    };
    let mut kinds: Vec<(&str, u64)> = Vec::new();
    for change in all.filter(simply) {
        let rule = change.rule.as_str();
        match kinds.iter_mut().find(|(known, _)| *known == rule) {
            Some((_, count)) => *count += 1,
            None => kinds.push((rule, 1)),
        }
    }
    let kind = |(rule, count): (&str, u64)| match count {
        1 => catalogue.text(&modification_key(rule), &[]),
        _ => catalogue.text("changes-counted", &[("rule", rule.into()), ("count", count.into())]),
    };
    kinds.into_iter().map(kind).collect()
}
