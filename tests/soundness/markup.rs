//! XML documents with elements dropped, doubled, swapped, emptied and moved, with ids exchanged and text in between, and with
//! parts of each other.

use kenin_testkit::mutate::der::Edit;
use kenin_testkit::mutate::xml::{edited, elements, exchanged, moved, spliced, values};
use rayon::prelude::*;

use crate::documents::{Document, Documents};
use crate::draw::{Draw, Effort};
use crate::tally::{Outcome, Tally};

/// Changes of a document in a sample, of each kind.
const CHANGES: usize = 16;

/// Changes of a document at most, of each kind.
const MOST: usize = 2_000;

/// Donors for each document in a sample.
const DONORS: usize = 2;

/// Donors for each document otherwise.
const MOST_DONORS: usize = 60;

/// What may stand between elements.
const BETWEEN: &[&[u8]] = &[b"<!--DEMO-->", b"<?demo?>", b"<![CDATA[DEMO]]>", b"<DEMO/>", b"DEMO", b"&#13;"];

/// Elements that another document may have in their place, or besides.
const PARTS: &[&str] = &[
    "Signature",
    "SignedInfo",
    "SignatureValue",
    "KeyInfo",
    "Object",
    "QualifyingProperties",
    "SignedProperties",
    "UnsignedProperties",
    "SignatureTimeStamp",
    "ArchiveTimeStamp",
    "CounterSignature",
    "CertificateValues",
    "RevocationValues",
    "TimeStampValidationData",
    "Manifest",
    "PrescriptionDocument",
    "PrescriptionSign",
    "Prescription",
    "Dispensing",
    "DispensingSign",
];

/// Every XML document, changed by itself.
pub fn changes(documents: &Documents, effort: Effort) -> Tally {
    let changed = |document: &Document| {
        let (octets, seed) = (document.octets(), &document.subject.id);
        let all = elements(octets);
        let mut draw = Draw::new(seed);
        let mut tally = Tally::default();
        let mut weigh = |change: &'static str, at: String, changed: Option<Vec<u8>>| {
            let Some(changed) = changed else { return };
            let outcome = documents.weigh(document, &changed, document.subject.content.as_deref());
            tally.add(change, document.standing, told(outcome, || format!("{seed}: {at}")));
        };
        if all.is_empty() {
            return Tally::default();
        }
        let every = (0..all.len()).flat_map(|place| Edit::ALL.map(|edit| (place, edit))).collect();
        for (place, edit) in effort.of(seed, Effort::Sample(1).of(seed, every, MOST), CHANGES) {
            let change = match edit {
                Edit::Drop => "an XML element dropped",
                Edit::Double => "an XML element doubled",
                Edit::Swap => "two XML elements swapped",
                Edit::Empty => "an XML element emptied",
            };
            weigh(change, format!("{edit:?} octets {:?}", all[place].range), edited(octets, &all, place, edit));
        }
        for _ in 0..effort.number(CHANGES, MOST) {
            let (element, into) = (&all[draw.below(all.len())], &all[draw.below(all.len())]);
            let at = format!("octets {:?} into {:?}", element.range, into.range);
            weigh("an XML element moved", at, moved(octets, element, into));
            let place = if draw.below(2) == 0 { into.contents.start } else { into.range.start };
            let between = BETWEEN[draw.below(BETWEEN.len())];
            let at = format!("{} at octet {place}", String::from_utf8_lossy(between));
            weigh("something put into XML", at, Some(spliced(octets, &(place..place), between)));
        }
        for names in [&["Id", "ID", "id", "xml:id"][..], &["URI", "Target"], &["Algorithm"], &["Type"]] {
            let values = values(octets, names);
            let pairs = (0..values.len()).flat_map(|one| (0..values.len()).map(move |other| (one, other))).collect();
            for (one, other) in effort.of(seed, Effort::Sample(1).of(seed, pairs, MOST), CHANGES) {
                let (one, other) = (&values[one], &values[other]);
                let at = format!("octets {one:?} and {other:?}");
                weigh(
                    "values exchanged",
                    at.clone(),
                    exchanged(octets, one, other).filter(|_| one.start < other.start),
                );
                let copied = Some(spliced(octets, one, &octets[other.clone()])).filter(|changed| changed != octets);
                weigh("a value copied", at, copied);
            }
        }
        tally
    };
    over_xml(documents, changed)
}

/// Every XML document, with parts of some others of its own world.
pub fn transplants(documents: &Documents, effort: Effort) -> Tally {
    let number = effort.number(DONORS, MOST_DONORS);
    let changed = |recipient: &Document| {
        let mut draw = Draw::new(&recipient.subject.id);
        let is_peer = |donor: &&Document| donor.is_xml() && donor.world == recipient.world;
        let peers: Vec<&Document> = documents.all.iter().filter(is_peer).collect();
        let mut tally = Tally::default();
        for _ in 0..number {
            let donor = peers[draw.below(peers.len())];
            for part in PARTS.iter().copied() {
                for changed in with_part(recipient.octets(), donor.octets(), part, &mut draw) {
                    let outcome = documents.weigh_mixed(recipient, &changed, recipient.subject.content.as_deref());
                    let at = || format!("{} with {part} of {}", recipient.subject.id, donor.subject.id);
                    tally.add(part, recipient.standing, told(outcome, at));
                }
            }
        }
        tally
    };
    over_xml(documents, changed)
}

/// The document with a part of another in the place of its own, before it and behind it.
fn with_part(mine: &[u8], theirs: &[u8], part: &str, draw: &mut Draw) -> Vec<Vec<u8>> {
    let named = |octets: &[u8]| {
        let all = elements(octets).into_iter().filter(|element| element.local(octets) == part.as_bytes());
        all.map(|element| element.range).collect::<Vec<_>>()
    };
    let (own, other) = (named(mine), named(theirs));
    if own.is_empty() || other.is_empty() {
        return Vec::new();
    }
    let place = own[draw.below(own.len())].clone();
    let source = &theirs[other[draw.below(other.len())].clone()];
    let changed = [place.clone(), place.start..place.start, place.end..place.end];
    changed.iter().map(|place| spliced(mine, place, source)).filter(|changed| changed != mine).collect()
}

fn over_xml(documents: &Documents, changed: impl Fn(&Document) -> Tally + Sync + Send) -> Tally {
    let all: Vec<&Document> = documents.all.iter().filter(|document| document.is_xml()).collect();
    all.into_par_iter().map(changed).reduce(Tally::default, Tally::and)
}

fn told(outcome: Outcome, at: impl Fn() -> String) -> Outcome {
    match outcome {
        Outcome::Survived(why) => Outcome::Survived(format!("{}: {why}", at())),
        outcome => outcome,
    }
}
