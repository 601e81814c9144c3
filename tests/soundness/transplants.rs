//! Parts of one document in another: a whole CMS, its signers, certificates, timestamps, revocation data, and the document
//! security store of a PDF.

use kenin_testkit::mutate::der::{elements, splice};
use kenin_testkit::mutate::pdf;
use rayon::prelude::*;

use crate::coverage::SignedData;
use crate::documents::{Document, Documents};
use crate::draw::{Draw, Effort};
use crate::mutants::structures;
use crate::tally::{Outcome, Tally};

/// Donors for each document in a sample.
const DONORS: usize = 6;

/// Donors for each document otherwise.
const MOST_DONORS: usize = 60;

/// Parts of the CMS of other documents.
pub fn parts(documents: &Documents, effort: Effort) -> Tally {
    between(documents, effort, |tally, recipient, donor| {
        let (theirs, mine) = (structures(donor), structures(recipient));
        let (Some((_, theirs)), Some((place, mine))) = (theirs.first(), mine.first()) else { return };
        for (part, changed) in exchanged(mine, theirs) {
            let octets = match place {
                Some(digits) => pdf::with_contents(recipient.octets(), digits, &changed),
                None => Some(changed),
            };
            let Some(octets) = octets.filter(|octets| octets != recipient.octets()) else { continue };
            let outcome = documents.weigh_mixed(recipient, &octets, recipient.subject.content.as_deref());
            tally.add(part, recipient.standing, told(outcome, recipient, donor));
        }
    })
}

/// The CMS with each part of another in the place of its own, and with each of those that are sets of the other's besides.
fn exchanged(mine: &[u8], theirs: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut changed = vec![("the whole CMS", theirs.to_vec())];
    let (own, other) = (elements(mine), elements(theirs));
    let first = |octets: &[u8], elements: &[_]| (0..elements.len()).find_map(|at| SignedData::at(octets, elements, at));
    let (Some(into), Some(from)) = (first(mine, &own), first(theirs, &other)) else { return changed };
    for ((part, place), (_, source)) in into.parts().into_iter().zip(from.parts()) {
        let (Some(place), Some(source)) = (place, source) else { continue };
        let (place, source) = (&own[place], &other[source]);
        changed.push((part, splice(mine, &own, &place.range, &theirs[source.range.clone()])));
        if matches!(place.tag, 0x31 | 0xa0 | 0xa1) {
            let end = place.range.end..place.range.end;
            changed.push((part, splice(mine, &own, &end, &theirs[source.contents..source.range.end])));
        }
    }
    changed
}

/// The document security stores of other PDFs, in an increment.
pub fn stores(documents: &Documents, effort: Effort) -> Tally {
    between(documents, effort, |tally, recipient, donor| {
        if !recipient.is_pdf() || !donor.is_pdf() {
            return;
        }
        let Some(octets) = with_store_of(recipient.octets(), donor.octets()) else { return };
        let outcome = documents.weigh_mixed(recipient, &octets, None);
        tally.add("a document security store", recipient.standing, told(outcome, recipient, donor));
    })
}

/// Where the objects of a donor's store go.
const MOVED: u32 = 5_000;

/// A PDF with an increment that names the store of another; `None` where either has its catalog or store in an object stream.
fn with_store_of(recipient: &[u8], donor: &[u8]) -> Option<Vec<u8>> {
    let theirs = pdf::objects(donor);
    let dss = theirs.iter().rev().find(|(_, body)| has(&donor[body.clone()], b"/Type /DSS"))?;
    let mut objects = vec![(MOVED + dss.0, moved(&donor[dss.1.clone()]))];
    for reference in references(&donor[dss.1.clone()]) {
        let (_, body) = theirs.iter().rev().find(|(number, _)| *number == reference)?;
        objects.push((MOVED + reference, donor[body.clone()].to_vec()));
    }
    let mine = pdf::objects(recipient);
    let (catalog, body) = mine.iter().rev().find(|(_, body)| has(&recipient[body.clone()], b"/Catalog"))?;
    let text = String::from_utf8_lossy(&recipient[body.clone()]).into_owned();
    let entry = format!("/DSS {} 0 R", MOVED + dss.0);
    let text = match text.find("/DSS ") {
        Some(at) => format!("{}{entry}{}", &text[..at], &text[at + text[at..].find(" R")? + 2..]),
        None => format!("{}{entry} >>", text.trim_end().strip_suffix(">>")?),
    };
    objects.push((*catalog, text.into_bytes()));
    pdf::appended(recipient, &objects)
}

fn has(body: &[u8], needle: &[u8]) -> bool {
    body.windows(needle.len()).any(|window| window == needle)
}

/// The object numbers of `N 0 R`.
fn references(body: &[u8]) -> Vec<u32> {
    let text = String::from_utf8_lossy(body);
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_reference = |three: &&[&str]| three[1] == "0" && three[2] == "R";
    words.windows(3).filter(is_reference).filter_map(|three| three[0].parse().ok()).collect()
}

/// The dictionary with every reference led to where its object went.
fn moved(body: &[u8]) -> Vec<u8> {
    let mut text = String::from_utf8_lossy(body).into_owned();
    for reference in references(body) {
        for before in ['[', ' '] {
            let led = format!("{before}{} 0 R", MOVED + reference);
            text = text.replace(&format!("{before}{reference} 0 R"), &led);
        }
    }
    text.into_bytes()
}

/// Every document with some others of its own world.
fn between(documents: &Documents, effort: Effort, exchange: impl Fn(&mut Tally, &Document, &Document) + Sync) -> Tally {
    let number = effort.number(DONORS, MOST_DONORS);
    let changed = |recipient: &Document| {
        let mut draw = Draw::new(&recipient.subject.id);
        let peers: Vec<&Document> = documents.all.iter().filter(|donor| donor.world == recipient.world).collect();
        let mut tally = Tally::default();
        for _ in 0..number {
            exchange(&mut tally, recipient, peers[draw.below(peers.len())]);
        }
        tally
    };
    documents.all.par_iter().map(changed).reduce(Tally::default, Tally::and)
}

fn told(outcome: Outcome, recipient: &Document, donor: &Document) -> Outcome {
    match outcome {
        Outcome::Survived(why) => {
            Outcome::Survived(format!("{} with a part of {}: {why}", recipient.subject.id, donor.subject.id))
        }
        outcome => outcome,
    }
}
