//! Proofs of existence (EN 319 102-1 5.6.2.3): since when each object is known to have existed.

use std::collections::BTreeMap;
use std::sync::Arc;

use kenin_base::{Sha256, UtcTime};
use kenin_facts::Covered;

/// That an object existed at a time, and what shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofOfExistence {
    /// The time.
    pub time: UtcTime,
    /// Id of the timestamp whose genTime it is; for an evidence record that of its initial archive timestamp.
    pub by: Arc<str>,
}

/// The earliest proven time of every object. What nothing proves exists at validation time, when it is at hand.
#[derive(Clone, Debug)]
pub struct Proofs {
    at_hand: UtcTime,
    evidence: BTreeMap<Sha256, ProofOfExistence>,
    signatures: BTreeMap<String, ProofOfExistence>,
    timestamps: BTreeMap<String, ProofOfExistence>,
}

impl Proofs {
    /// Nothing is proven but what is at hand at `time`.
    pub(crate) fn at_hand(time: UtcTime) -> Self {
        Self { at_hand: time, evidence: BTreeMap::new(), signatures: BTreeMap::new(), timestamps: BTreeMap::new() }
    }

    /// Everything in `covers` existed at `time`, as the timestamp `by` shows. A proof is never replaced by a later one.
    pub(crate) fn add(&mut self, covers: &Covered, time: UtcTime, by: &str) {
        let proof = ProofOfExistence { time, by: by.into() };
        covers.evidence.iter().for_each(|key| lower(&mut self.evidence, *key, &proof));
        covers.signatures.iter().for_each(|id| lower(&mut self.signatures, id.clone(), &proof));
        covers.timestamps.iter().for_each(|id| lower(&mut self.timestamps, id.clone(), &proof));
    }

    /// Since when a certificate, CRL or OCSP response is known to have existed.
    pub(crate) fn evidence(&self, key: &Sha256) -> UtcTime {
        self.of(self.evidence.get(key))
    }

    /// Since when a signature value is known to have existed.
    pub(crate) fn signature(&self, id: &str) -> UtcTime {
        self.of(self.signatures.get(id))
    }

    /// Since when a timestamp's token is known to have existed by another one's word.
    pub(crate) fn timestamp(&self, id: &str) -> UtcTime {
        self.of(self.timestamps.get(id))
    }

    /// What proves a certificate, CRL or OCSP response to be older than the validation.
    pub fn proof_of_evidence(&self, key: &Sha256) -> Option<&ProofOfExistence> {
        self.evidence.get(key).filter(|proof| proof.time < self.at_hand)
    }

    /// What proves a signature value to be older than the validation.
    pub fn proof_of_signature(&self, id: &str) -> Option<&ProofOfExistence> {
        self.signatures.get(id).filter(|proof| proof.time < self.at_hand)
    }

    /// What proves a timestamp's token to be older than the validation, other than itself.
    pub fn proof_of_timestamp(&self, id: &str) -> Option<&ProofOfExistence> {
        self.timestamps.get(id).filter(|proof| proof.time < self.at_hand)
    }

    fn of(&self, proven: Option<&ProofOfExistence>) -> UtcTime {
        proven.map_or(self.at_hand, |proof| proof.time.min(self.at_hand))
    }
}

fn lower<K: Ord>(proven: &mut BTreeMap<K, ProofOfExistence>, key: K, proof: &ProofOfExistence) {
    let known = proven.entry(key).or_insert_with(|| proof.clone());
    if proof.time < known.time {
        known.clone_from(proof);
    }
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
        proofs.add(&covers, at(12), "late");
        assert_eq!((proofs.signature("sig-1"), proofs.evidence(&Sha256([1; 32]))), (at(10), at(10)));
        assert_eq!(proofs.proof_of_signature("sig-1"), None);
        proofs.add(&covers, at(3), "first");
        proofs.add(&covers, at(3), "same-time");
        proofs.add(&covers, at(5), "later");
        let first = ProofOfExistence { time: at(3), by: "first".into() };
        assert_eq!(proofs.proof_of_signature("sig-1"), Some(&first));
        assert_eq!(proofs.proof_of_evidence(&Sha256([1; 32])), Some(&first));
        assert_eq!((proofs.signature("sig-1"), proofs.evidence(&Sha256([1; 32]))), (at(3), at(3)));
        assert_eq!((proofs.signature("sig-2"), proofs.timestamp("sig-1-tst-1")), (at(10), at(10)));
    }
}
