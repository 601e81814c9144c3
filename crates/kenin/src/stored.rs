//! Facts kept in a file (`kenin-facts/1`), so that a document can be judged again later without it.
//!
//! Stored facts are unauthenticated: whoever can write the file can write any verdict. Only the objects of evidence carry
//! their issuers' signatures. [`StoredFacts::same_as`] says whether a document observed again gives the same facts.

use kenin_base::{Finding, FindingCode, Limits, Sha256};
use kenin_crypto::sha256;
use kenin_facts::{Evidence, EvidenceKind, EvidenceSource, Facts, Octets, Signature};
use serde::{Deserialize, Serialize};

use crate::evidence::SuppliedEvidence;

/// The schema of stored facts.
pub const FACTS_SCHEMA: &str = "kenin-facts/1";

/// Facts as they were stored.
#[derive(Clone, Debug)]
pub struct StoredFacts {
    facts: Facts,
}

/// Why bytes cannot be used as stored facts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoredFactsError {
    /// They are not the JSON of facts.
    #[error("these are no stored facts: {problem}")]
    Malformed {
        /// What the JSON reader said.
        problem: String,
    },
    /// They follow another schema.
    #[error("the schema is {found}, and {FACTS_SCHEMA} is known")]
    Schema {
        /// The schema named, shortened.
        found: String,
    },
    /// An object of evidence is not the one that its key says.
    #[error("the evidence under {key} has SHA-256 {actual}")]
    EvidenceKey {
        /// The key in the file.
        key: Sha256,
        /// The object's digest.
        actual: Sha256,
    },
    /// An object of evidence is not where facts that were taken apart have theirs.
    #[error("the evidence under {key} is not there")]
    EvidenceMissing {
        /// Its SHA-256.
        key: Sha256,
    },
    /// There is more than any document may have.
    #[error("there are more {what} than a document may have")]
    Limit {
        /// `signatures` or `certificates`.
        what: &'static str,
    },
}

#[derive(Serialize)]
struct Written<'f> {
    schema: &'static str,
    tool: &'static str,
    facts: &'f Facts,
}

#[derive(Deserialize)]
struct Header {
    schema: String,
}

#[derive(Deserialize)]
struct Read {
    facts: Facts,
}

/// Facts in the form of [`FACTS_SCHEMA`], as one line of JSON.
///
/// # Errors
/// Facts that JSON cannot express; there are none that [`observe`](crate::observe) makes.
pub fn write_facts(facts: &Facts) -> Result<String, serde_json::Error> {
    let written = Written { schema: FACTS_SCHEMA, tool: env!("CARGO_PKG_VERSION"), facts };
    serde_json::to_string(&written).map(|text| text + "\n")
}

/// Facts and the objects of their evidence apart, so that an object which many documents have is kept once.
#[derive(Clone, Debug)]
pub struct FactsApart {
    /// As [`write_facts`] writes them, the octets of the evidence left out.
    pub facts: String,
    /// The objects by their SHA-256.
    pub evidence: Vec<(Sha256, EvidenceKind, Octets)>,
}

impl FactsApart {
    /// Takes facts apart; [`StoredFacts::read_apart`] joins them again.
    ///
    /// # Errors
    /// As [`write_facts`].
    pub fn of(mut facts: Facts) -> Result<Self, serde_json::Error> {
        let evidence = facts.evidence.take_octets();
        Ok(Self { facts: write_facts(&facts)?, evidence })
    }
}

impl StoredFacts {
    /// Reads facts that were taken apart ([`FactsApart`]); `find` has the objects of evidence.
    ///
    /// # Errors
    /// As [`Self::read`]; an object that `find` does not have.
    pub fn read_apart(
        bytes: &[u8],
        limits: &Limits,
        mut find: impl FnMut(&Sha256) -> Option<Octets>,
    ) -> Result<Self, StoredFactsError> {
        let find = |key: &Sha256| find(key).ok_or(StoredFactsError::EvidenceMissing { key: *key });
        Self::read_with(bytes, limits, |evidence| evidence.put_octets(find))
    }

    /// Reads stored facts. Every object of evidence is hashed and held against its key; nesting is limited by the JSON
    /// reader, counts by `limits`.
    ///
    /// # Errors
    /// [`StoredFactsError`] when the bytes are not usable as facts.
    pub fn read(bytes: &[u8], limits: &Limits) -> Result<Self, StoredFactsError> {
        Self::read_with(bytes, limits, |_| Ok(()))
    }

    fn read_with(
        bytes: &[u8],
        limits: &Limits,
        complete: impl FnOnce(&mut Evidence) -> Result<(), StoredFactsError>,
    ) -> Result<Self, StoredFactsError> {
        let malformed = |error: serde_json::Error| StoredFactsError::Malformed { problem: error.to_string() };
        let header: Header = serde_json::from_slice(bytes).map_err(malformed)?;
        if header.schema != FACTS_SCHEMA {
            return Err(StoredFactsError::Schema { found: header.schema.chars().take(40).collect() });
        }
        let Read { mut facts } = serde_json::from_slice(bytes).map_err(malformed)?;
        check_counts(&facts, limits)?;
        complete(&mut facts.evidence)?;
        facts.evidence = checked(&facts.evidence)?;
        Ok(Self { facts })
    }

    /// The facts.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The evidence that was given beside the document when it was observed, to be given again.
    pub fn supplied(&self) -> Vec<SuppliedEvidence> {
        let mut supplied = Vec::new();
        for (_, item) in self.facts.evidence.iter() {
            for source in &item.sources {
                if let EvidenceSource::Supplied { from, fetched_at } = source {
                    supplied.extend(SuppliedEvidence::stored(item.kind, item.der.as_slice(), from, *fetched_at));
                }
            }
        }
        supplied
    }

    /// Whether facts observed again, with [`Self::supplied`] beside the document, are the stored ones in every detail.
    pub fn same_as(&self, observed: &Facts) -> bool {
        let (stored, observed) = (serde_json::to_vec(&self.facts), serde_json::to_vec(observed));
        matches!((stored, observed), (Ok(stored), Ok(observed)) if stored == observed)
    }

    /// The facts with more evidence, for judging without the document; an evidence record needs the document. `finding` says what they stand on.
    pub fn with(self, evidence: &[SuppliedEvidence], finding: impl IntoIterator<Item = Finding>) -> Facts {
        let mut facts = self.facts;
        for (object, kind) in evidence.iter().filter_map(|object| Some((object, object.kind()?))) {
            facts.evidence.add(kind, sha256(object.der()), object.der().to_vec(), object.source());
        }
        facts.findings.extend(finding);
        facts
    }

    /// The finding that the report is about stored facts of the document with this digest.
    pub fn finding(&self) -> Finding {
        Finding::new(FindingCode::FromStoredFacts).with("sha256", self.facts.document.sha256)
    }
}

/// A file may say anything; what is counted in a document when it is observed is counted here.
fn check_counts(facts: &Facts, limits: &Limits) -> Result<(), StoredFactsError> {
    let tokens = |signature: &Signature| {
        let records = signature.evidence_records.iter().map(|record| record.timestamps().count());
        1 + signature.timestamps.len() + records.sum::<usize>()
    };
    let beside = facts.evidence_records.iter().map(|record| record.timestamps().count()).sum::<usize>();
    let signatures = beside + facts.signatures.iter().map(tokens).sum::<usize>();
    let certificates = facts.evidence.of_kind(EvidenceKind::Certificate).count();
    let over = |count: usize, limit: u64| u64::try_from(count).is_ok_and(|count| count > limit);
    // Certificates beyond the limit are not taken, so that no honest facts have more.
    for (what, count, limit) in
        [("signatures", signatures, limits.signatures), ("certificates", certificates, limits.certificates)]
    {
        if over(count, limit) {
            return Err(StoredFactsError::Limit { what });
        }
    }
    Ok(())
}

/// The evidence with its sources in order, every object under its own digest.
fn checked(evidence: &Evidence) -> Result<Evidence, StoredFactsError> {
    let mut checked = Evidence::default();
    for (key, item) in evidence.iter() {
        let actual = sha256(item.der.as_slice());
        if actual != *key {
            return Err(StoredFactsError::EvidenceKey { key: *key, actual });
        }
        for source in &item.sources {
            checked.add(item.kind, *key, item.der.clone(), source.clone());
        }
    }
    Ok(checked)
}

#[cfg(test)]
mod tests {
    use kenin_facts::{Modification, PageRotation, Rect};

    use super::*;
    use crate::{ObserveOptions, Source, observe};

    /// The changes of a document in which the first has this box.
    fn facts_with(page_box: Rect) -> Facts {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/pdf/page-rotate.pdf");
        let mut facts = observe(&Source::open(path).unwrap(), &ObserveOptions::default()).unwrap();
        let changes = &mut facts.signatures[0].pdf.as_mut().unwrap().modifications;
        assert_eq!(changes[0].page_rotate, PageRotation::Half);
        changes[0].page_box = Some(page_box);
        facts
    }

    fn changes(text: &str) -> Result<Vec<Modification>, StoredFactsError> {
        let stored = StoredFacts::read(text.as_bytes(), &Limits::default())?;
        Ok(stored.facts().signatures[0].pdf.clone().unwrap().modifications)
    }

    // Facts were told to differ from themselves, by the last digit of a number.
    #[test]
    fn a_place_is_the_same_in_every_digit_after_it_was_stored() {
        for right in [595.0, 595.275_590_551_181_1, 423.209_170_872_713_23, 198.440_042_788_562_86, 1e21 / 3.0] {
            let facts = facts_with(Rect::between((0.0, 0.0), (right, 841.889_763_779_527_6)));
            let text = write_facts(&facts).unwrap();
            assert_eq!(changes(&text).unwrap(), facts.signatures[0].pdf.clone().unwrap().modifications);
            assert!(StoredFacts::read(text.as_bytes(), &Limits::default()).unwrap().same_as(&facts));
        }
    }

    #[test]
    fn facts_stored_before_pages_had_boxes_load() {
        let text = write_facts(&facts_with(Rect::between((0.0, 0.0), (595.0, 842.0)))).unwrap();
        let new = r#""page_box":{"left":0.0,"bottom":0.0,"right":595.0,"top":842.0},"page_rotate":180,"#;
        assert!(text.contains(new), "{text}");
        let old = changes(&text.replace(new, "")).unwrap();
        assert_eq!((old[0].page_box, old[0].page_rotate), (None, PageRotation::Upright));
        let turned = changes(&text.replace(r#""page_rotate":180"#, r#""page_rotate":45"#));
        assert!(matches!(turned, Err(StoredFactsError::Malformed { .. })));
    }
}
