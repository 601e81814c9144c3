//! What is in an archive, and what is to be said of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A verdict of `kenin-report/1`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Sound, and meets the guideline.
    Valid,
    /// Shown not to.
    Invalid,
    /// Not decided.
    Indeterminate,
    /// Nothing is signed.
    NoSignature,
}

/// One file of the archive: a line of `ledger.jsonl`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Line {
    /// Its path under `documents/`, `/` between folders.
    pub path: String,
    /// How it was made; `content` is what a detached signature is beside.
    pub kind: String,
    /// What it was made as: `pdf`, `cms` or `other`.
    pub format: String,
    /// What is to be said of it.
    pub verdict: Verdict,
    /// Sub-indication of the first signature: empty where there is none, absent where no rule fixes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub_indication: Option<String>,
    /// The first blocking requirement that is not met, else the first that is not decided: empty or absent likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
}

/// What an archive was made from and how to judge it: `archive.toml`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Summary {
    /// Records; one with a detached signature is two files.
    pub documents: u64,
    /// The seed.
    pub seed: u64,
    /// Files.
    pub files: u64,
    /// The time to judge at, RFC 3339.
    pub time: String,
    /// The policy to judge by.
    pub policy: String,
    /// The trust profile beside it.
    pub trust: String,
    /// How many files get each verdict.
    pub verdicts: BTreeMap<Verdict, u64>,
}
