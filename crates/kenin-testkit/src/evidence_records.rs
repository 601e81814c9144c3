//! Evidence records (RFC 4998).

use crate::algorithms::Hash;
use crate::encode::{implicit, integer, octets, sequence, tlv};

/// internal-evidence-records.
pub const INTERNAL_EVIDENCE_RECORDS: &str = "1.2.840.113549.1.9.16.2.49";

/// An ArchiveTimeStamp over one hash among others: its reduced hash tree has a list with that hash and `beside`, and a
/// second list with `above`. `make` gets the root and returns the token.
pub fn archive_timestamp(
    hash: Hash,
    over: &[u8],
    beside: &[u8],
    above: &[u8],
    make: impl FnOnce(Vec<u8>) -> Vec<u8>,
) -> ArchiveTimestamp {
    let join = |mut list: Vec<Vec<u8>>| {
        list.sort();
        hash.digest(&list.concat())
    };
    let (leaf, neighbour, upper) = (over.to_vec(), hash.digest(beside), hash.digest(above));
    let root = join(vec![join(vec![leaf.clone(), neighbour.clone()]), upper.clone()]);
    ArchiveTimestamp { hash, tree: vec![vec![leaf, neighbour], vec![upper]], token: make(root) }
}

/// An ArchiveTimeStamp before it is encoded.
#[derive(Clone)]
pub struct ArchiveTimestamp {
    /// digestAlgorithm.
    pub hash: Hash,
    /// reducedHashtree; empty leaves it out.
    pub tree: Vec<Vec<Vec<u8>>>,
    /// timeStamp.
    pub token: Vec<u8>,
}

impl ArchiveTimestamp {
    fn to_der(&self) -> Vec<u8> {
        let lists: Vec<Vec<u8>> = self
            .tree
            .iter()
            .map(|list| tlv(0x30, &list.iter().map(|hash| octets(hash)).collect::<Vec<_>>().concat()))
            .collect();
        let tree = if lists.is_empty() { Vec::new() } else { implicit(2, &tlv(0x30, &lists.concat())) };
        sequence(&[&implicit(0, &self.hash.identifier()), &tree, &self.token])
    }
}

/// An ArchiveTimeStampChain.
#[must_use]
pub fn chain(timestamps: &[ArchiveTimestamp]) -> Vec<u8> {
    tlv(0x30, &timestamps.iter().map(ArchiveTimestamp::to_der).collect::<Vec<_>>().concat())
}

/// What the first archive timestamp of a new chain is over: the hash of the data followed by that of all chains before,
/// hashed (5.2, hash-tree renewal).
#[must_use]
pub fn renewed(hash: Hash, data: &[u8], before: &[Vec<u8>]) -> Vec<u8> {
    let chains = tlv(0x30, &before.concat());
    hash.digest(&[hash.digest(data), hash.digest(&chains)].concat())
}

/// The EvidenceRecord of these chains.
#[must_use]
pub fn record(algorithms: &[Hash], chains: &[Vec<u8>]) -> Vec<u8> {
    let algorithms: Vec<Vec<u8>> = algorithms.iter().map(|hash| hash.identifier()).collect();
    sequence(&[&integer(1), &tlv(0x30, &algorithms.concat()), &tlv(0x30, &chains.concat())])
}
