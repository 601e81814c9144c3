//! The revisions of a PDF: who signed in each and what each changed, with page and place.

use std::collections::BTreeMap;

use kenin_policy::Severity;

use super::place::{Picture, Place};
use super::{bounds, class};
use crate::messages::{Catalogue, modification_key};
use crate::render::story::{self, Answers};
use crate::report::{ModificationReport, Report, SignatureReport};

/// Revisions shown; a document chooses how many it has.
const SHOWN: u32 = 200;

/// Changes of one revision shown one by one.
const LISTED: usize = 50;

pub(super) struct Revision {
    pub title: String,
    /// Who signed or time-stamped in it.
    pub made: Vec<String>,
    /// Why there is nothing to tell.
    pub nothing: Option<String>,
    /// What it changed without anything to look at.
    pub permitted: Option<String>,
    /// What is worth a look.
    pub changes: Vec<Change>,
    pub more: Option<String>,
}

pub(super) struct Change {
    pub class: &'static str,
    /// What the policy makes of it.
    pub judgement: String,
    pub what: String,
    pub places: String,
    pub picture: Option<Picture>,
}

/// Every revision of the PDF up to a limit; none where nothing is known of revisions.
pub(super) fn revisions(report: &Report, catalogue: &Catalogue) -> (Vec<Revision>, Option<String>) {
    let count = report.document.revisions.unwrap_or(0);
    let changes = changes(report);
    let shown = (1..=count.min(SHOWN)).map(|number| revision(number, &changes, report, catalogue)).collect();
    (shown, bounds::more(usize::try_from(count.saturating_sub(SHOWN)).unwrap_or(usize::MAX), catalogue))
}

/// Each change once, with what is the worst for any signature.
fn changes(report: &Report) -> Vec<&ModificationReport> {
    let mut once: BTreeMap<(u32, &str, &str, &str), &ModificationReport> = BTreeMap::new();
    let all = report.signatures.iter().filter_map(|signature| signature.integrity.modifications.as_ref()).flatten();
    for change in all {
        let key = (change.revision, change.object.as_str(), change.what.as_str(), change.rule.as_str());
        let kept = once.entry(key).or_insert(change);
        if change.severity > kept.severity {
            *kept = change;
        }
    }
    once.into_values().collect()
}

fn revision(number: u32, all: &[&ModificationReport], report: &Report, catalogue: &Catalogue) -> Revision {
    let here = || all.iter().copied().filter(|change| change.revision == number);
    let permitted = story::counted(here().filter(|change| change.severity == Severity::Allow), catalogue);
    let mut notable: Vec<_> = here().filter(|change| change.severity > Severity::Allow).collect();
    notable.sort_by_key(|change| std::cmp::Reverse(change.severity));
    let more = bounds::more(notable.len().saturating_sub(LISTED), catalogue);
    let made = report.signatures.iter().filter(|signature| signature.revision == Some(number)).collect();
    let (made, others) = bounds::beginning(made, LISTED, catalogue);
    let made: Vec<_> = made.into_iter().map(|signature| made_by(report, signature, catalogue)).chain(others).collect();
    let nothing = made.is_empty() && here().next().is_none();
    Revision {
        nothing: nothing.then(|| catalogue.text(why_nothing(number, report), &[])),
        title: catalogue.text("html-revision", &[("revision", u64::from(number).into())]),
        made,
        permitted: (!permitted.is_empty()).then(|| catalogue.join(&permitted)),
        changes: notable.iter().take(LISTED).filter_map(|change| told(change, catalogue)).collect(),
        more,
    }
}

/// Why a revision in which nobody signed has no change to tell.
fn why_nothing(number: u32, report: &Report) -> &'static str {
    let before = report.signatures.iter().filter(|signature| signature.revision.is_some_and(|own| own < number));
    let known: Vec<bool> = before.map(|signature| signature.integrity.modifications.is_some()).collect();
    match known.as_slice() {
        [] => "html-revision-unsigned",
        known if known.contains(&false) => "inspect-changes-unknown",
        _ => "html-revision-unchanged",
    }
}

fn made_by(report: &Report, signature: &SignatureReport, catalogue: &Catalogue) -> String {
    let title = story::title(signature, catalogue);
    let who = Answers::new(report, signature, catalogue).short_who();
    match who.is_empty() {
        true => title,
        false => catalogue.text("html-made-by", &[("title", (&title).into()), ("who", (&who).into())]),
    }
}

fn told(change: &ModificationReport, catalogue: &Catalogue) -> Option<Change> {
    let (tone, heading) = story::heading(change.severity)?;
    let mut places = story::places(change, catalogue, str::to_owned);
    let place = Place::of(change);
    let in_words = place.map(|place| catalogue.text(&place.key(), &[]));
    if let Some(words) = &in_words {
        // Behind the page.
        places.insert(places.len().min(1), words.clone());
    }
    let page = change.page.map(|page| page.to_string()).unwrap_or_default();
    let picture = place.zip(in_words).map(|(place, words)| {
        let values = [("page", (&page).into()), ("place", (&words).into())];
        place.picture(catalogue.text("html-place", &values))
    });
    Some(Change {
        class: class(tone),
        judgement: catalogue.text(heading, &[]),
        what: catalogue.text(&modification_key(change.rule.as_str()), &[]),
        places: catalogue.join(&places),
        picture,
    })
}

#[cfg(test)]
mod tests {
    use askama::Template as _;

    use super::super::tests::{change, report};
    use super::*;
    use crate::messages::Lang;

    const CORNER: [f64; 4] = [0.0, 700.0, 60.0, 800.0];

    fn told(report: &Report) -> (Vec<Revision>, Option<String>) {
        revisions(report, &Catalogue::for_keeping(Lang::En))
    }

    #[test]
    fn what_was_done_in_each_revision_is_told_there() {
        let (revisions, more) = told(&report("discharge-summary.pdf"));
        let titles: Vec<_> = revisions.iter().map(|revision| revision.title.as_str()).collect();
        assert_eq!(titles, ["Revision 1", "Revision 2", "Revision 3", "Revision 4"]);
        assert_eq!(revisions[0].nothing.as_deref(), Some("Before the first signature."));
        assert_eq!(revisions[1].made, ["Signature sig-1: Taro DEMO (Medical Doctor)"]);
        assert!(revisions[2].made.is_empty() && revisions[2].permitted.is_some() && revisions[2].nothing.is_none());
        assert_eq!(revisions[3].made, ["Document timestamp sig-2: DEMO TSU A"]);
        assert!(revisions.iter().all(|revision| revision.changes.is_empty()) && more.is_none());
    }

    #[test]
    fn a_document_without_revisions_has_none_to_tell() {
        let mut report = report("discharge-summary.pdf");
        report.document.revisions = None;
        assert!(told(&report).0.is_empty());
    }

    /// Two signatures may see the same change, and the policy may judge it differently for each.
    #[test]
    fn a_change_is_told_once_and_as_the_worst() {
        let mut report = report("discharge-summary.pdf");
        let noticed = ModificationReport { severity: Severity::Warn, ..change(CORNER, 0) };
        report.signatures[0].integrity.modifications = Some(vec![noticed.clone(), change(CORNER, 0)]);
        report.signatures[1].integrity.modifications = Some(vec![noticed]);
        let (revisions, _) = told(&report);
        let changes = &revisions[2].changes;
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].class, "bad");
        let picture = changes[0].picture.as_ref().unwrap().render().unwrap();
        assert!(picture.contains("<title>page 1, top left</title>"), "{picture}");
        assert!(changes[0].places.starts_with("page 1, top left, "), "{}", changes[0].places);
    }

    #[test]
    fn the_gravest_come_first_and_the_rest_is_counted() {
        let mut report = report("discharge-summary.pdf");
        let number = |index: usize| ModificationReport {
            object: format!("{index} 0"),
            severity: if index == 70 { Severity::Fail } else { Severity::Warn },
            ..change(CORNER, 0)
        };
        report.signatures[0].integrity.modifications = Some((0..LISTED + 21).map(number).collect());
        let (revisions, _) = told(&report);
        assert_eq!(revisions[2].changes.len(), LISTED);
        assert_eq!(revisions[2].changes[0].class, "bad");
        assert!(revisions[2].changes[1..].iter().all(|change| change.class == "unsure"));
        assert_eq!(revisions[2].more.as_deref(), Some("and 21 more (see --format json)"));
    }

    #[test]
    fn revisions_that_are_not_shown_are_counted() {
        let mut report = report("discharge-summary.pdf");
        report.document.revisions = Some(SHOWN + 1_000_000);
        let (revisions, more) = told(&report);
        assert_eq!(revisions.len(), 200);
        assert!(more.unwrap().contains("1000000 more"));
    }
}
