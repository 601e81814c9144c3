//! What was changed in a PDF after signing: what needs a look one by one, what is simply permitted in one line.

use kenin_base::FindingCode;
use kenin_facts::ModificationClass;
use kenin_policy::Severity;

use super::tone::Tone;
use crate::messages::{Catalogue, modification_key};
use crate::report::{ModificationReport, Report, SignatureReport};

/// Changes told one by one under a signature.
const LISTED: usize = 10;

/// What later revisions changed beside preserving the signature.
pub(crate) struct Changes<'a> {
    /// That they are those told of an earlier signature, which are then not told again.
    pub same: Option<String>,
    pub groups: Vec<ChangeGroup<'a>>,
    /// How many more there are.
    pub more: Option<String>,
    /// What is simply permitted.
    pub permitted: Option<String>,
}

/// Changes of which the policy makes the same.
pub(crate) struct ChangeGroup<'a> {
    /// With the key of its text.
    pub heading: (Tone, &'static str),
    pub changes: Vec<&'a ModificationReport>,
}

/// What to tell of a signature's later revisions.
pub(crate) fn changes<'a>(report: &Report, signature: &'a SignatureReport, catalogue: &Catalogue) -> Changes<'a> {
    let notable = notable(signature);
    let earlier = report.signatures.iter().take_while(|other| other.id != signature.id);
    let same = |other: &&SignatureReport| !notable.is_empty() && self::notable(other) == notable;
    let same = earlier.into_iter().find(same);
    let same = same.map(|other| catalogue.text("changes-same", &[("id", (&other.id).into())]));
    let more = u64::try_from(notable.len().saturating_sub(LISTED)).unwrap_or(u64::MAX);
    let told = same.is_none();
    let permitted = permitted(signature, catalogue);
    Changes {
        same,
        groups: if told { groups(&notable) } else { Vec::new() },
        more: (told && more > 0).then(|| catalogue.text("changes-more", &[("count", more.into())])),
        permitted: (!permitted.is_empty())
            .then(|| catalogue.text("changes-permitted", &[("changes", (&catalogue.join(&permitted)).into())])),
    }
}

/// Whether [`changes`] tells every change that a finding is about.
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

fn groups<'a>(notable: &[&'a ModificationReport]) -> Vec<ChangeGroup<'a>> {
    let shown = notable.iter().take(LISTED).copied().collect::<Vec<_>>();
    let group = |group: &[&'a ModificationReport]| {
        let heading = group.first().and_then(|change| heading(change.severity))?;
        Some(ChangeGroup { heading, changes: group.to_vec() })
    };
    shown.chunk_by(|a, b| a.severity == b.severity).filter_map(group).collect()
}

/// What the policy makes of changes; `None` where there is nothing to say.
pub(crate) fn heading(severity: Severity) -> Option<(Tone, &'static str)> {
    match severity {
        Severity::Allow => None,
        Severity::Warn => Some((Tone::Unsure, "changes-noticed")),
        Severity::Indeterminate => Some((Tone::Unsure, "changes-unclear")),
        Severity::Fail => Some((Tone::Bad, "changes-forbidden")),
    }
}

/// Where a change shows and in which object. Names that the document chooses are `cut`.
pub(crate) fn places(change: &ModificationReport, catalogue: &Catalogue, cut: impl Fn(&str) -> String) -> Vec<String> {
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
        places.push(catalogue.text("text-field", &[("field", (&cut(field)).into())]));
    }
    let object =
        if change.what.is_empty() { change.object.clone() } else { format!("{} {}", change.object, change.what) };
    let values = [("object", (&object).into()), ("revision", u64::from(change.revision).into())];
    places.push(catalogue.text("changes-object", &values));
    places
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
    counted(all.filter(simply), catalogue)
}

/// Changes in a few words, each kind with its number.
pub(crate) fn counted<'a>(changes: impl Iterator<Item = &'a ModificationReport>, catalogue: &Catalogue) -> Vec<String> {
    let mut kinds: Vec<(&str, u64)> = Vec::new();
    for change in changes {
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
