//! archive-time-stamp v3 (EN 319 122-1 5.5.3): over the content's digest, the SignerInfo and an index of hashes.

use std::collections::BTreeSet;

use kenin_base::{DigestAlgorithm, Finding, FindingCode};

use super::hash_index::HashIndex;
use super::{Over, Placed, Subject, with_token};

impl Subject<'_, '_, '_, '_> {
    /// The index lies in the token's own unsigned attributes; what it lists is covered, and must be there.
    pub(super) fn version_3(&self, place: &Placed<'_, '_, '_>, algorithm: Option<DigestAlgorithm>) -> Over {
        let mut over = Over { computed: None, values: Vec::new(), carried: Vec::new(), findings: Vec::new() };
        let (Some(algorithm), Some(value)) = (algorithm, place.attribute.values.get(place.value)) else { return over };
        let found =
            with_token(self.budget, value.bytes, |signer| HashIndex::octets(signer).zip(HashIndex::find(signer)));
        // What cannot be read as an index is none: the imprint is then over the rest alone, and covers nothing.
        let octets = match found.flatten() {
            Some((octets, Ok(index))) => {
                self.take_index(&index, place, algorithm, &mut over);
                octets
            }
            Some((_, Err(error))) => {
                over.findings.push(Finding::new(FindingCode::AtsHashIndexMalformed).with("problem", error));
                Vec::new()
            }
            None => {
                over.findings.push(Finding::new(FindingCode::AtsHashIndexMissing));
                Vec::new()
            }
        };
        if let Some(content) = (self.content)(algorithm) {
            let parts = [self.base.content_type, &content, self.signer_fields(), &octets];
            over.computed = self.hash(algorithm, &parts, &mut over.findings);
        }
        over
    }

    /// What the index says and lists.
    fn take_index(&self, index: &HashIndex, place: &Placed<'_, '_, '_>, algorithm: DigestAlgorithm, over: &mut Over) {
        if index.algorithm != Some(algorithm) {
            let name = index.algorithm.map_or_else(|| "unknown".to_owned(), |algorithm| algorithm.name().to_owned());
            over.findings.push(Finding::new(FindingCode::AtsHashIndexAlgorithm).with("algorithm", name));
        }
        self.match_index(index, place, over);
    }

    /// Every listed hash against the elements there are.
    fn match_index(&self, index: &HashIndex, place: &Placed<'_, '_, '_>, over: &mut Over) {
        let Some(algorithm) = index.algorithm else { return };
        let mut unmatched = 0usize;
        for (listed, elements) in
            [(&index.certificates, &self.base.carried.certificates), (&index.crls, &self.base.carried.revocation)]
        {
            let mut there = BTreeSet::new();
            for element in elements {
                let Some(hash) = self.hash(algorithm, &[element.octets], &mut over.findings) else { return };
                if listed.contains(&hash) {
                    over.carried.extend(element.object.map(|(key, _)| key));
                }
                there.insert(hash);
            }
            unmatched = unmatched.saturating_add(listed.difference(&there).count());
        }
        let mut there = BTreeSet::new();
        for (position, placed) in self.placed.iter().enumerate() {
            let parts = index.parts_of(placed.attribute, placed.value);
            let Some(hash) = self.hash(algorithm, &parts, &mut over.findings) else { return };
            let own = placed.attribute.element.span == place.attribute.element.span && placed.value == place.value;
            if !own && index.unsigned.contains(&hash) {
                over.values.push(position);
            }
            there.insert(hash);
        }
        unmatched = unmatched.saturating_add(index.unsigned.difference(&there).count());
        if unmatched > 0 {
            over.findings.push(Finding::new(FindingCode::AtsHashIndexUnmatched).with("hashes", unmatched));
        }
    }
}
