//! XML ids: names unique in the document, made from what the report calls things.

use std::collections::{BTreeMap, BTreeSet};

use kenin_base::Sha256;

/// The ids of everything that can be referred to.
#[derive(Debug, Default)]
pub struct Ids {
    used: BTreeSet<String>,
    named: BTreeMap<String, String>,
    evidence: BTreeMap<Sha256, String>,
}

impl Ids {
    /// A new id like `wish`: characters that no XML name has become `_`, one that is taken gets a number.
    pub fn unique(&mut self, wish: &str) -> String {
        let allowed = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_') { c } else { '_' };
        let mut name: String = wish.chars().map(allowed).collect();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            name.insert(0, '_');
        }
        let mut id = name.clone();
        let mut number = 2_u64;
        while !self.used.insert(id.clone()) {
            id = format!("{name}.{number}");
            number += 1;
        }
        id
    }

    /// The id of the validation object of a timestamp or evidence record, new unless there is one.
    pub fn name(&mut self, prefix: &str, name: &str) -> String {
        if let Some(known) = self.named.get(name) {
            return known.clone();
        }
        let id = self.unique(&format!("{prefix}-{name}"));
        self.named.insert(name.to_owned(), id.clone());
        id
    }

    /// The id of the validation object with this digest, new unless there is one.
    pub fn evidence(&mut self, prefix: &str, sha256: Sha256) -> String {
        if let Some(known) = self.evidence.get(&sha256) {
            return known.clone();
        }
        let id = self.unique(&format!("{prefix}-{sha256}"));
        self.evidence.insert(sha256, id.clone());
        id
    }

    /// Lets the digest lead to an object that has an id already, unless it leads to one.
    pub fn also(&mut self, sha256: Sha256, id: &str) {
        self.evidence.entry(sha256).or_insert_with(|| id.to_owned());
    }

    /// The validation object of the timestamp or evidence record with this name in the report.
    pub fn of_name(&self, name: &str) -> Option<&str> {
        self.named.get(name).map(String::as_str)
    }

    /// The validation object with this digest.
    pub fn of_evidence(&self, sha256: &Sha256) -> Option<&str> {
        self.evidence.get(sha256).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_names_and_unique_whatever_the_report_calls_things() {
        let mut ids = Ids::default();
        assert_eq!(ids.unique("sig-1"), "sig-1");
        assert_eq!(ids.unique("sig-1"), "sig-1.2");
        assert_eq!(ids.unique("sig-1"), "sig-1.3");
        assert_eq!(ids.unique("1 <医>"), "_1____");
        assert_eq!(ids.unique(""), "_");
        assert_eq!(ids.name("T", "a"), "T-a");
        assert_eq!(ids.name("T", "a"), "T-a");
        assert_eq!(ids.of_name("a"), Some("T-a"));
        assert_eq!(ids.of_name("b"), None);
    }
}
