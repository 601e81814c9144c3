//! Known divergences: each with the reason, by the standard, why kenin answers otherwise.

use serde::Deserialize;

use crate::agreement::Fact;

/// One divergence. It must stay exactly as it is written, or the entry is stale.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The corpus file.
    pub path: String,
    /// The PDF field; absent for a fact about the file.
    #[serde(default)]
    pub field: String,
    /// The kind of fact, as the runner prints it.
    pub fact: String,
    /// What the verifiers agree on.
    pub expected: String,
    /// What kenin says.
    pub actual: String,
    /// Why, by the standard.
    #[allow(dead_code, reason = "required in the file, read by people")]
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    exception: Vec<Exception>,
}

/// The entries of `exceptions.toml`.
pub fn exceptions() -> Vec<Exception> {
    toml::from_str::<File>(include_str!("exceptions.toml")).unwrap().exception
}

impl Exception {
    /// Whether this entry is about that fact.
    pub fn is_about(&self, fact: &Fact) -> bool {
        self.path == fact.path && self.field == fact.field && self.fact == fact.kind.to_string()
    }

    /// Whether the fact still diverges in just this way.
    pub fn holds(&self, fact: &Fact) -> bool {
        self.is_about(fact) && !fact.agrees() && self.expected == fact.expected && self.actual == fact.actual
    }
}
