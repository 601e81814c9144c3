use std::collections::BTreeSet;

use kenin_base::{DigestAlgorithm, UtcTime};
use serde::{Deserialize, Serialize};

/// Key types whose rows may speak of a size.
const SIZED_KEYS: [&str; 3] = ["RSA", "DSA", "ECDSA"];
/// Key types that have one size each.
const OTHER_KEYS: [&str; 2] = ["Ed25519", "Ed448"];

/// One row of the dated algorithm table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlgorithmEntry {
    /// A digest's standard name (`SHA-256`), or a key type (`RSA`, `DSA`, `ECDSA`, `Ed25519`, `Ed448`).
    pub name: String,
    /// Smallest key size in bits that this row speaks of; the row with the largest one that fits counts. Only RSA, DSA and
    /// ECDSA have sizes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_bits: Option<u32>,
    /// Use before this time is accepted, at or after it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<UtcTime>,
    /// An announced end of use: from then on verification warns, and before it the forecast counts with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub horizon: Option<UtcTime>,
}

/// Whether an algorithm may be relied upon at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acceptability {
    /// It may; `horizon` is its announced end of use, if any.
    Accepted {
        /// The announced end.
        horizon: Option<UtcTime>,
    },
    /// It could be relied upon before `since`.
    Expired {
        /// The end of acceptance.
        since: UtcTime,
    },
    /// No row speaks for it: it is not accepted at any time.
    Unlisted,
}

/// The dated algorithm table: which digests and key sizes are acceptable at which time
/// (EN 319 102-1 5.2.8, cryptographic constraints).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlgorithmTable {
    /// The rows.
    pub entries: Vec<AlgorithmEntry>,
}

/// The names that rows may have.
fn names() -> impl Iterator<Item = &'static str> {
    DigestAlgorithm::all().map(DigestAlgorithm::name).chain(SIZED_KEYS).chain(OTHER_KEYS)
}

impl AlgorithmEntry {
    /// Whether the row can ever speak of anything; else what to write instead.
    fn check(&self) -> Result<(), String> {
        let name = &self.name;
        if !names().any(|known| known == name) {
            let known = names().collect::<Vec<_>>().join(", ");
            return Err(format!(
                "[[algorithm]] `{name}` is not known; known: {known}. The size of a key is given by `min_bits`"
            ));
        }
        if self.min_bits.is_some() && !SIZED_KEYS.contains(&name.as_str()) {
            return Err(format!("[[algorithm]] `{name}` has no `min_bits`, only RSA, DSA and ECDSA do: leave it out"));
        }
        Ok(())
    }
}

impl AlgorithmTable {
    /// The table of the rows of a file. Rows that no algorithm meets and rows that contradict each other are refused:
    /// somebody means an algorithm to be refused by them, or accepted.
    pub(crate) fn new(entries: Vec<AlgorithmEntry>) -> Result<Self, String> {
        let mut spoken_of = BTreeSet::new();
        for entry in &entries {
            entry.check()?;
            // No size and a size of zero are the same keys.
            if !spoken_of.insert((&entry.name, entry.min_bits.unwrap_or_default())) {
                let size = entry.min_bits.map(|bits| format!(" with min_bits = {bits}")).unwrap_or_default();
                return Err(format!("[[algorithm]] `{}`{size} has two rows: keep the one that is meant", entry.name));
            }
        }
        Ok(Self { entries })
    }

    /// What the table says of a digest (`bits` = `None`) or a key of a type and size, at `time`.
    pub fn at(&self, name: &str, bits: Option<u32>, time: UtcTime) -> Acceptability {
        let fits = |entry: &&AlgorithmEntry| match (entry.min_bits, bits) {
            (None, _) => true,
            (Some(min), Some(bits)) => bits >= min,
            (Some(_), None) => false,
        };
        let row = self.entries.iter().filter(|e| e.name == name).filter(fits).max_by_key(|e| e.min_bits);
        match row {
            None => Acceptability::Unlisted,
            Some(AlgorithmEntry { until: Some(since), .. }) if time >= *since => {
                Acceptability::Expired { since: *since }
            }
            Some(entry) => Acceptability::Accepted { horizon: entry.horizon },
        }
    }
}

#[cfg(test)]
mod tests {
    use kenin_base::DigestAlgorithm;

    use super::*;
    use crate::Policy;

    fn at(name: &str, bits: Option<u32>, time: &str) -> Acceptability {
        Policy::mhlw_6_0().algorithms.at(name, bits, UtcTime::parse(time).unwrap())
    }

    #[test]
    fn the_row_for_the_largest_fitting_key_size_counts() {
        let end = UtcTime::parse("2014-03-31T15:00:00Z").unwrap();
        assert_eq!(at("RSA", Some(1024), "2010-01-01T00:00:00Z"), Acceptability::Accepted { horizon: None });
        assert_eq!(at("RSA", Some(1024), "2014-03-31T15:00:00Z"), Acceptability::Expired { since: end });
        assert_eq!(at("RSA", Some(4096), "2099-01-01T00:00:00Z"), Acceptability::Accepted { horizon: None });
        assert_eq!(at("RSA", Some(512), "2010-01-01T00:00:00Z"), Acceptability::Unlisted);
        assert!(matches!(at("RSA", Some(2048), "2044-01-01T00:00:00Z"), Acceptability::Accepted { horizon: Some(_) }));
    }

    /// Fiscal 2013 ended with March 2014, Japan time; the year 2030 with its December.
    #[test]
    fn rows_end_and_warn_on_the_day_in_japan() {
        let (accepted, horizon) = (Acceptability::Accepted { horizon: None }, UtcTime::parse("2030-12-31T15:00:00Z"));
        let since = UtcTime::parse("2014-03-31T15:00:00Z").unwrap();
        for (name, bits) in [("SHA-1", None), ("RIPEMD-160", None), ("RSA", Some(1024)), ("DSA", Some(1024))] {
            assert_eq!(at(name, bits, "2014-03-31T14:59:59Z"), accepted, "{name}");
            assert_eq!(at(name, bits, "2014-03-31T15:00:00Z"), Acceptability::Expired { since }, "{name}");
        }
        // 112-bit security: acceptance has no end, the warning starts at the horizon.
        let warned = Acceptability::Accepted { horizon: Some(horizon.unwrap()) };
        let keys = [("RSA", 2048), ("RSA", 3071), ("DSA", 2048), ("DSA", 3072), ("ECDSA", 224), ("ECDSA", 255)];
        let digests = ["SHA-224", "SHA-512/224", "SHA3-224"];
        for (name, bits) in keys.map(|(name, bits)| (name, Some(bits))).into_iter().chain(digests.map(|d| (d, None))) {
            for time in ["2024-01-01T00:00:00Z", "2030-12-31T14:59:59Z", "2031-01-01T00:00:00Z"] {
                assert_eq!(at(name, bits, time), warned, "{name} {bits:?} {time}");
            }
        }
        let unending = [("RSA", Some(3072)), ("ECDSA", Some(256)), ("Ed25519", None), ("Ed448", None)];
        for (name, bits) in unending.into_iter().chain(["SHA-256", "SHAKE128", "SHAKE256"].map(|d| (d, None))) {
            assert_eq!(at(name, bits, "2099-01-01T00:00:00Z"), accepted, "{name} {bits:?}");
        }
        for (name, bits) in [("RSA", 1023), ("DSA", 1023), ("ECDSA", 192)] {
            assert_eq!(at(name, Some(bits), "2000-01-01T00:00:00Z"), Acceptability::Unlisted, "{name}-{bits}");
        }
    }

    #[test]
    fn every_digest_but_md5_has_a_row() {
        let unlisted = |d: &DigestAlgorithm| at(d.name(), None, "2010-01-01T00:00:00Z") == Acceptability::Unlisted;
        let without: Vec<_> = DigestAlgorithm::all().filter(unlisted).collect();
        assert_eq!(without, [DigestAlgorithm::Md5]);
    }

    fn refusal(rows: &[(&str, Option<u32>)]) -> String {
        let row = |(name, min_bits): &(&str, _)| AlgorithmEntry {
            name: (*name).into(),
            min_bits: *min_bits,
            until: None,
            horizon: None,
        };
        AlgorithmTable::new(rows.iter().map(row).collect()).err().unwrap_or_default()
    }

    #[test]
    fn rows_that_nothing_meets_are_refused() {
        let names =
            DigestAlgorithm::all().map(DigestAlgorithm::name).chain(["RSA", "DSA", "ECDSA", "Ed25519", "Ed448"]);
        assert_eq!(refusal(&names.map(|name| (name, None)).collect::<Vec<_>>()), "");
        for name in ["RSA-2048", "SHA256", "SHA1", "sha-256", "SHA-256 ", "EC", ""] {
            let refused = refusal(&[(name, None)]);
            assert!(refused.contains(&format!("`{name}`")) && refused.contains("SHA-256, "), "{refused}");
        }
        for name in ["SHA-256", "Ed25519"] {
            assert!(refusal(&[(name, Some(256))]).contains("leave it out"), "{name}");
        }
    }

    #[test]
    fn two_rows_for_the_same_are_refused() {
        assert_eq!(refusal(&[("RSA", None), ("RSA", Some(2048)), ("RSA", Some(3072)), ("DSA", Some(2048))]), "");
        for twice in
            [[("RSA", Some(2048)), ("RSA", Some(2048))], [("SHA-256", None); 2], [("RSA", None), ("RSA", Some(0))]]
        {
            assert!(refusal(&twice).contains("two rows"), "{twice:?}");
        }
    }

    #[test]
    fn a_policy_with_such_a_row_is_refused() {
        let row = "[[algorithm]]\nname = \"SHA-256\"\nuntil = \"2020-01-01T00:00:00Z\"\n";
        let refused = Policy::from_toml(&format!("{}{row}", Policy::mhlw_6_0().text)).unwrap_err();
        assert!(matches!(refused, crate::PolicyError::Meaning { .. }), "{refused}");
    }

    #[test]
    fn digests_without_a_row_are_never_accepted() {
        assert_eq!(at("MD5", None, "2000-01-01T00:00:00Z"), Acceptability::Unlisted);
        assert!(matches!(at("SHA-1", None, "2026-01-01T00:00:00Z"), Acceptability::Expired { .. }));
        assert!(matches!(at("SHA-256", None, "2044-01-01T00:00:00Z"), Acceptability::Accepted { horizon: None }));
    }
}
