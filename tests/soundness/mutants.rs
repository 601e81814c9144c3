//! One document, changed by itself: bit by bit, and element by element of its DER.

use kenin_testkit::mutate::der::{Edit, edited, elements as elements_of};
use kenin_testkit::mutate::pdf;
use rayon::prelude::*;

use crate::coverage::signed_otherwise;
use crate::documents::{Document, Documents, Standing};
use crate::draw::{Draw, Effort};
use crate::tally::{Outcome, Tally};

/// Changed bits of a document in a sample, covered ones and others each.
const BITS: usize = 60;

/// Changed elements of a document in a sample.
const EDITS: usize = 40;

/// Edits of a document at most: a list of revoked certificates has thousands of elements alike.
const MOST_EDITS: usize = 2_000;

/// Documents up to this size in bytes that are sound have every bit of their structure changed; of larger ones, and of those that
/// are not sound, it is one bit of each octet.
const SMALL: usize = 8 << 10;

/// A bit, counted from the first of the document or of its detached content.
#[derive(Clone, Copy)]
enum Bit {
    Document(usize),
    Content(usize),
}

impl Bit {
    fn is_covered(self, document: &Document) -> bool {
        match self {
            Self::Document(bit) => document.coverage.covers(bit / 8),
            Self::Content(_) => true,
        }
    }
}

/// Every bit of structure and one of each octet of content and of large documents. Of documents that are not sound, those outside
/// of what is covered.
pub fn bits(documents: &Documents, effort: Effort) -> Tally {
    let changed = |document: &Document| {
        let mut tally = Tally::default();
        let (covered, others) = every_bit(document).into_iter().partition(|bit| bit.is_covered(document));
        for bits in [covered, others] {
            for bit in effort.of(&document.subject.id, bits, BITS) {
                let (change, outcome) = flipped(documents, document, bit);
                tally.add(change, document.standing, outcome);
            }
        }
        tally
    };
    documents.all.par_iter().map(changed).reduce(Tally::default, Tally::and)
}

fn every_bit(document: &Document) -> Vec<Bit> {
    let mut draw = Draw::new(&document.subject.id);
    let is_sound = document.standing == Standing::Sound;
    let is_small = is_sound && document.octets().len() <= SMALL;
    let mut bits = Vec::new();
    if let Some(content) = document.subject.content.as_ref().filter(|_| is_sound) {
        bits.extend((0..content.len()).map(|octet| Bit::Content(octet * 8 + draw.below(8))));
    }
    for octet in (0..document.octets().len()).filter(|octet| is_sound || !document.coverage.covers(*octet)) {
        let first = octet * 8;
        match is_small && !document.coverage.is_content(octet) {
            true => bits.extend((first..first + 8).map(Bit::Document)),
            false => bits.push(Bit::Document(first + draw.below(8))),
        }
    }
    bits
}

fn flipped(documents: &Documents, document: &Document, bit: Bit) -> (&'static str, Outcome) {
    let subject = &document.subject;
    let (mut octets, mut content) = (subject.document.clone(), subject.content.clone());
    let (changed, place) = match bit {
        Bit::Document(place) => (&mut octets, place),
        Bit::Content(place) => (content.as_mut().unwrap(), place),
    };
    changed[place / 8] ^= 1 << (place % 8);
    let is_same = matches!(bit, Bit::Document(_)) && !signed_otherwise(document.octets(), &octets);
    let covered = bit.is_covered(document) && !is_same;
    let at = format!("{}: bit {} of octet {}", subject.id, place % 8, place / 8);
    let outcome = match documents.weigh(document, &octets, content.as_deref()) {
        Outcome::StillValid if covered => Outcome::Survived(at),
        Outcome::Survived(why) => Outcome::Survived(format!("{at}: {why}")),
        outcome => outcome,
    };
    (if covered { "a covered bit" } else { "a bit not covered" }, outcome)
}

/// Every element of every CMS, dropped, doubled, swapped with the next and emptied.
pub fn elements(documents: &Documents, effort: Effort) -> Tally {
    let changed = |document: &Document| {
        let mut tally = Tally::default();
        for (place, cms) in structures(document) {
            let elements = elements_of(&cms);
            let every = (0..elements.len()).flat_map(|element| Edit::ALL.map(|edit| (element, edit))).collect();
            let seed = &document.subject.id;
            let every = Effort::Sample(1).of(seed, every, MOST_EDITS);
            for (element, edit) in effort.of(seed, every, EDITS) {
                let Some(changed) = edited(&cms, &elements, element, edit) else { continue };
                let octets = match &place {
                    Some(digits) => pdf::with_contents(document.octets(), digits, &changed),
                    None => Some(changed),
                };
                let Some(octets) = octets else { continue };
                let at = &elements[element].range;
                let outcome = documents.weigh(document, &octets, document.subject.content.as_deref());
                let outcome = match outcome {
                    Outcome::Survived(why) => {
                        Outcome::Survived(format!("{}: {edit:?} octets {at:?}: {why}", document.subject.id))
                    }
                    outcome => outcome,
                };
                let change = match edit {
                    Edit::Drop => "an element dropped",
                    Edit::Double => "an element doubled",
                    Edit::Swap => "two elements swapped",
                    Edit::Empty => "an element emptied",
                };
                tally.add(change, document.standing, outcome);
            }
        }
        tally
    };
    documents.all.par_iter().map(changed).reduce(Tally::default, Tally::and)
}

/// The DER of a document, and for each within a PDF where its digits are; XML has none of its own.
pub fn structures(document: &Document) -> Vec<(Option<std::ops::Range<usize>>, Vec<u8>)> {
    if document.is_xml() {
        return Vec::new();
    }
    if !document.is_pdf() {
        return vec![(None, document.octets().to_vec())];
    }
    let read = |digits: std::ops::Range<usize>| {
        let cms = pdf::octets_of(&document.octets()[digits.clone()])?;
        // Without what fills the place up.
        let end = elements_of(&cms).first()?.range.end;
        Some((Some(digits), cms[..end].to_vec()))
    };
    document.places_of_cms().into_iter().filter_map(read).collect()
}
