use kenin_base::Finding;
use serde::{Deserialize, Serialize};

use crate::{Covered, DigestFact, ImprintStatus, Token};

/// An evidence record (RFC 4998 3): archive timestamps that renew each other, the oldest over the data.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EvidenceRecord {
    /// Unique in the document: the signature's id followed by `-er-1`, or `er-1` for one given beside the document.
    pub id: String,
    /// Where it was found.
    pub incorporation: Incorporation,
    /// EvidenceRecord.version.
    pub version: i64,
    /// archiveTimeStampSequence, oldest chain first.
    pub chains: Vec<ArchiveTimestampChain>,
    /// What the data that the record is over holds; it is proven at the time of the initial archive timestamp when the
    /// whole record stands.
    #[serde(default)]
    pub covers: Covered,
    /// What was noticed about its structure.
    pub findings: Vec<Finding>,
}

/// Where an evidence record was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Incorporation {
    /// internal-evidence-records (RFC 4998 A.1): over the signed data with its content.
    Internal,
    /// external-evidence-records (RFC 4998 A.2): over the signed data and the detached content.
    External,
    /// On its own, over data held elsewhere.
    Detached,
}

/// An ArchiveTimeStampChain (RFC 4998 5): archive timestamps under one hash algorithm, oldest first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ArchiveTimestampChain {
    /// The hash algorithm of all of them.
    pub digest_algorithm: DigestFact,
    /// The archive timestamps.
    pub timestamps: Vec<ArchiveTimestamp>,
}

/// An ArchiveTimeStamp (RFC 4998 4).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ArchiveTimestamp {
    /// Unique in the document: the record's id followed by `-tst-1`, counted through all chains.
    pub id: String,
    /// Its token; the imprint is compared with the root that the reduced hash tree gives.
    pub token: Token,
    /// Whether the first list of the hash tree, or the imprint where there is no tree, holds the hash of what the
    /// archive timestamp is over: the data, the timestamp before it in its chain, or the data with all chains before
    /// (RFC 4998 5.2).
    pub protects: ImprintStatus,
}

impl EvidenceRecord {
    /// Every archive timestamp, oldest first.
    pub fn timestamps(&self) -> impl Iterator<Item = &ArchiveTimestamp> {
        self.chains.iter().flat_map(|chain| &chain.timestamps)
    }
}
