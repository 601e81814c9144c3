//! Proofs of existence (EN 319 102-1 5.6.2.3): since when each object is known to have existed.

use std::collections::BTreeMap;

use kenin_base::{Sha256, UtcTime};
use kenin_facts::Covered;

/// The earliest proven time of every object. What nothing proves exists at validation time, when it is at hand.
#[derive(Clone, Debug)]
pub(crate) struct Proofs {
    at_hand: UtcTime,
    evidence: BTreeMap<Sha256, UtcTime>,
    signatures: BTreeMap<String, UtcTime>,
    timestamps: BTreeMap<String, UtcTime>,
}

impl Proofs {
    /// Nothing is proven but what is at hand at `time`.
    pub fn at_hand(time: UtcTime) -> Self {
        Self { at_hand: time, evidence: BTreeMap::new(), signatures: BTreeMap::new(), timestamps: BTreeMap::new() }
    }

    /// Everything in `covers` existed at `time`. A proof is never replaced by a later one.
    pub fn add(&mut self, covers: &Covered, time: UtcTime) {
        covers.evidence.iter().for_each(|key| lower(&mut self.evidence, *key, time));
        covers.signatures.iter().for_each(|id| lower(&mut self.signatures, id.clone(), time));
        covers.timestamps.iter().for_each(|id| lower(&mut self.timestamps, id.clone(), time));
    }

    /// Since when a certificate, CRL or OCSP response is known to have existed.
    pub fn evidence(&self, key: &Sha256) -> UtcTime {
        self.of(self.evidence.get(key))
    }

    /// Since when a signature value is known to have existed.
    pub fn signature(&self, id: &str) -> UtcTime {
        self.of(self.signatures.get(id))
    }

    /// Since when a timestamp's token is known to have existed by another one's word.
    pub fn timestamp(&self, id: &str) -> UtcTime {
        self.of(self.timestamps.get(id))
    }

    fn of(&self, proven: Option<&UtcTime>) -> UtcTime {
        proven.map_or(self.at_hand, |time| (*time).min(self.at_hand))
    }
}

fn lower<K: Ord>(proven: &mut BTreeMap<K, UtcTime>, key: K, time: UtcTime) {
    let known = proven.entry(key).or_insert(time);
    *known = (*known).min(time);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_proof_changes_nothing_and_a_future_one_is_none() {
        let at = |day: i64| UtcTime::from_unix(day * 86_400);
        let mut proofs = Proofs::at_hand(at(10));
        let covers =
            Covered { signatures: vec!["sig-1".to_owned()], timestamps: vec![], evidence: vec![Sha256([1; 32])] };
        proofs.add(&covers, at(12));
        assert_eq!((proofs.signature("sig-1"), proofs.evidence(&Sha256([1; 32]))), (at(10), at(10)));
        proofs.add(&covers, at(3));
        proofs.add(&covers, at(5));
        assert_eq!((proofs.signature("sig-1"), proofs.evidence(&Sha256([1; 32]))), (at(3), at(3)));
        assert_eq!((proofs.signature("sig-2"), proofs.timestamp("sig-1-tst-1")), (at(10), at(10)));
    }
}
