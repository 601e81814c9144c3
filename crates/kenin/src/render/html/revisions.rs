//! The revisions of a PDF: who signed in each and what each changed, with page and place.

use std::collections::BTreeMap;

use kenin_policy::Severity;

use super::class;
use super::place::{Picture, Place};
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
pub(super) fn revisions(report: &Report, catalogue: &Catalogue) -> Vec<Revision> {
    let count = report.document.revisions.unwrap_or(0);
    let changes = changes(report);
    (1..=count.min(SHOWN)).map(|number| revision(number, &changes, report, catalogue)).collect()
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
    let more = u64::try_from(notable.len().saturating_sub(LISTED)).unwrap_or(u64::MAX);
    let made = report.signatures.iter().filter(|signature| signature.revision == Some(number));
    let made: Vec<_> = made.map(|signature| made_by(report, signature, catalogue)).collect();
    let nothing = made.is_empty() && here().next().is_none();
    Revision {
        nothing: nothing.then(|| catalogue.text(why_nothing(number, report), &[])),
        title: catalogue.text("html-revision", &[("revision", u64::from(number).into())]),
        made,
        permitted: (!permitted.is_empty()).then(|| catalogue.join(&permitted)),
        changes: notable.iter().take(LISTED).filter_map(|change| told(change, catalogue)).collect(),
        more: (more > 0).then(|| catalogue.text("changes-more", &[("count", more.into())])),
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
