//! Files of the corpus whose signatures are intact. Nobody here trusts their signers, so that it is the signatures that must
//! not stay intact.

use std::fs;
use std::path::Path;

use kenin::{Facts, ObserveOptions, Source, observe};
use kenin_facts::{ImprintStatus, Signature, SignatureCheck, SignedDataStatus};
use rayon::prelude::*;
use serde_json::Value;

use crate::coverage::{Coverage, signed_otherwise};
use crate::documents::Standing;
use crate::draw::{Draw, Effort};
use crate::tally::{Outcome, Tally};

/// Larger files take too long to be changed often.
const LARGEST: usize = 1 << 20;

/// A bit in so many places of each file.
const SAMPLE: usize = 8;
const FULL: usize = 200;

/// Bits that are covered: by a /ByteRange, or as content, signed attributes or signature value.
pub fn bits(corpus: &Path, effort: Effort) -> Tally {
    let expected = fs::read_to_string(corpus.join("expected.jsonl")).unwrap();
    let paths: Vec<String> = expected
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).unwrap()["path"].as_str().map(str::to_owned))
        .collect();
    let number = effort.number(SAMPLE, FULL);
    let changed = |path: &String| {
        let mut tally = Tally::default();
        let octets = fs::read(corpus.join(path)).unwrap_or_default();
        if octets.len() > LARGEST {
            return tally;
        }
        let facts = observed(&octets);
        let before = facts.signatures.iter().filter(|signature| is_intact(signature)).count();
        let covered = covered(&facts, &octets);
        // Of a CMS it is not known which signature an octet belongs to.
        let is_told =
            facts.signatures.iter().any(|signature| signature.pdf.is_some()) || before == facts.signatures.len();
        if before == 0 || covered.is_empty() || !is_told {
            return tally;
        }
        let mut draw = Draw::new(path);
        for _ in 0..number {
            let octet = covered[draw.below(covered.len())];
            let bit = draw.below(8);
            let mut changed = octets.clone();
            changed[octet] ^= 1 << bit;
            if !signed_otherwise(&octets, &changed) {
                continue;
            }
            let facts = observed(&changed);
            let survivors =
                facts.signatures.iter().filter(|signature| is_intact(signature) && covers(signature, octet));
            let after = facts.signatures.iter().filter(|signature| is_intact(signature)).count();
            let outcome = match survivors.count() {
                0 if after < before => Outcome::NotValid,
                _ => Outcome::Survived(format!("{path}: bit {bit} of octet {octet}")),
            };
            tally.add("a covered bit of a file", Standing::Sound, outcome);
        }
        tally
    };
    paths.par_iter().map(changed).reduce(Tally::default, Tally::and)
}

fn observed(octets: &[u8]) -> Facts {
    observe(&Source::bytes(octets.to_vec()), &ObserveOptions::default()).unwrap()
}

fn is_intact(signature: &Signature) -> bool {
    // A token on its own is intact whatever it was made over; one in a PDF covers what it names.
    let fits = |imprint| match signature.pdf {
        Some(_) => imprint == ImprintStatus::Intact,
        None => imprint != ImprintStatus::Broken,
    };
    let fits = signature.token.as_ref().is_none_or(|token| fits(token.imprint.status));
    let verifies = |signer: &kenin_facts::Signer| {
        signer.signed_data.status == SignedDataStatus::Intact
            && signer.candidates.iter().any(|candidate| matches!(candidate.signature, SignatureCheck::Intact(_)))
    };
    fits && signature.signer().is_some_and(verifies)
}

/// Octets that an intact signature of a PDF names, or that are covered within a CMS.
fn covered(facts: &Facts, octets: &[u8]) -> Vec<usize> {
    if facts.signatures.iter().any(|signature| signature.pdf.is_some()) {
        let intact = || facts.signatures.iter().filter(|signature| is_intact(signature));
        return (0..octets.len()).filter(|octet| intact().any(|signature| covers(signature, *octet))).collect();
    }
    Coverage::of(octets).covered.into_iter().flatten().collect()
}

fn covers(signature: &Signature, octet: usize) -> bool {
    let Some(place) = &signature.pdf else { return false };
    let ranges = place.byte_range.chunks_exact(2).map(|pair| (pair[0], pair[0] + pair[1]));
    let octet = i64::try_from(octet).unwrap();
    ranges.into_iter().any(|(start, end)| start <= octet && octet < end)
}
