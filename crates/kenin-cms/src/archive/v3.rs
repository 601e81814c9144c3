//! archive-time-stamp v3 (EN 319 122-1 5.5.3): over the content's digest, the SignerInfo and an index of hashes.

use kenin_base::{DigestAlgorithm, Finding, FindingCode, LimitExceeded};

use super::hash_index::HashIndex;
use super::{CarriedPart, Over, Placed, Subject, with_token};
use crate::findings::{of_limit, of_problem};

impl Subject<'_, '_, '_, '_> {
    /// The index lies in the token's own unsigned attributes; what it lists is covered, and must be there.
    pub(super) fn version_3(&self, place: &Placed<'_, '_, '_>, algorithm: Option<DigestAlgorithm>) -> Over {
        let mut over = Over { signed: true, ..Over::default() };
        let (Some(algorithm), Some(value)) = (algorithm, place.attribute.values.get(place.value)) else { return over };
        let found =
            with_token(self.budget, value.bytes, |signer| HashIndex::octets(signer).zip(HashIndex::find(signer)));
        // What cannot be read as an index is none: the imprint is then over the rest alone, and covers nothing.
        let (octets, index) = match found.flatten() {
            Some((octets, Ok(index))) => (octets, Some(index)),
            Some((_, Err(error))) => {
                over.findings.push(of_problem(FindingCode::AtsHashIndexMalformed, &error, "ats-hash-index"));
                (Vec::new(), None)
            }
            None => {
                over.findings.push(Finding::new(FindingCode::AtsHashIndexMissing));
                (Vec::new(), None)
            }
        };
        // An index that was not matched to its end shows nothing: then the imprint is not computed either.
        if let Err(limit) = self.take(index.as_ref(), &octets, place, algorithm, &mut over) {
            over.findings.push(of_limit(limit, "archive-time-stamp"));
            over.computed = None;
        }
        over
    }

    /// What the index says and lists, and the imprint.
    fn take(
        &self,
        index: Option<&HashIndex>,
        octets: &[u8],
        place: &Placed<'_, '_, '_>,
        algorithm: DigestAlgorithm,
        over: &mut Over,
    ) -> Result<(), LimitExceeded> {
        if let Some(index) = index {
            if index.algorithm != Some(algorithm) {
                let name =
                    index.algorithm.map_or_else(|| "unknown".to_owned(), |algorithm| algorithm.name().to_owned());
                over.findings.push(Finding::new(FindingCode::AtsHashIndexAlgorithm).with("algorithm", name));
            }
            self.match_index(index, place, over)?;
        }
        if let Some(content) = (self.content)(algorithm) {
            let parts = [self.base.content_type, &content, self.signer_fields(), octets];
            over.computed = self.hash(algorithm, &parts)?;
        }
        Ok(())
    }

    /// Every listed hash against the elements there are.
    fn match_index(&self, index: &HashIndex, place: &Placed<'_, '_, '_>, over: &mut Over) -> Result<(), LimitExceeded> {
        let Some(algorithm) = index.algorithm else { return Ok(()) };
        let mut unmatched = 0usize;
        let mut carried = Vec::new();
        let elements = self.elements(algorithm)?;
        for (listed, there) in [(&index.certificates, &elements.certificates), (&index.crls, &elements.crls)] {
            for hash in listed {
                match there.get(hash) {
                    Some(key) => carried.extend(*key),
                    None => unmatched = unmatched.saturating_add(1),
                }
            }
        }
        over.carried = CarriedPart::These(carried);
        let attributes = self.unsigned(algorithm, index.by_value)?;
        for hash in &index.unsigned {
            let Some(positions) = attributes.get(hash) else {
                unmatched = unmatched.saturating_add(1);
                continue;
            };
            let is_own = |position: &&usize| {
                self.placed.get(**position).is_some_and(|placed| {
                    placed.attribute.element.span == place.attribute.element.span && placed.value == place.value
                })
            };
            over.values.extend(positions.iter().filter(|position| !is_own(position)));
        }
        if unmatched > 0 {
            over.findings.push(Finding::new(FindingCode::AtsHashIndexUnmatched).with("hashes", unmatched));
        }
        Ok(())
    }
}
