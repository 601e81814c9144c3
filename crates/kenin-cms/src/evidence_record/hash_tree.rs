use std::borrow::Cow;

use kenin_base::DigestAlgorithm;
use kenin_crypto::digest;

/// One list of hashes of a reduced hash tree (RFC 4998 4.2).
#[derive(Clone, Debug)]
pub(super) struct PartialHashtree<'a>(pub Vec<Cow<'a, [u8]>>);

/// The root of a reduced hash tree: each list, with the hash of the list before, is sorted in binary ascending order,
/// concatenated and hashed; a single hash is passed on as it is (RFC 4998 4.2, 4.3). `None` when the algorithm cannot be
/// computed here.
pub(super) fn root(tree: &[PartialHashtree<'_>], algorithm: DigestAlgorithm) -> Option<Vec<u8>> {
    let mut below: Option<Vec<u8>> = None;
    for list in tree {
        let mut hashes: Vec<&[u8]> = list.0.iter().map(AsRef::as_ref).chain(below.as_deref()).collect();
        hashes.sort_unstable();
        below = Some(match hashes.as_slice() {
            [single] => single.to_vec(),
            several => digest(algorithm, &several.concat()).ok()?,
        });
    }
    below
}

/// Whether the first list holds a hash.
pub(super) fn holds(tree: &[PartialHashtree<'_>], hash: &[u8]) -> bool {
    tree.first().is_some_and(|list| list.0.iter().any(|known| known.as_ref() == hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sha256(data: &[u8]) -> Vec<u8> {
        digest(DigestAlgorithm::Sha256, data).unwrap()
    }

    fn list(hashes: &[&[u8]]) -> PartialHashtree<'static> {
        PartialHashtree(hashes.iter().map(|hash| Cow::Owned(hash.to_vec())).collect())
    }

    /// The tree of figure 1: h123 = H(H(h1 h2) h3) with sorted pairs.
    #[test]
    fn lists_are_sorted_and_hashed_upwards() {
        let (low, high, third) = ([1u8; 32], [2u8; 32], [0u8; 32]);
        let pair = sha256(&[low, high].concat());
        let mut upper = [pair.clone(), third.to_vec()];
        upper.sort_unstable();
        let expected = sha256(&upper.concat());
        for first in [list(&[&low, &high]), list(&[&high, &low])] {
            assert_eq!(root(&[first.clone(), list(&[&third])], DigestAlgorithm::Sha256), Some(expected.clone()));
            assert!(holds(&[first], &high));
        }
    }

    #[test]
    fn a_single_hash_is_passed_on() {
        let (one, other) = ([7u8; 32], [3u8; 32]);
        assert_eq!(root(&[list(&[&one])], DigestAlgorithm::Sha256), Some(one.to_vec()));
        let expected = sha256(&[other, one].concat());
        assert_eq!(root(&[list(&[&one]), list(&[&other])], DigestAlgorithm::Sha256), Some(expected));
        assert!(!holds(&[list(&[&one]), list(&[&other])], &other), "only the first list is over data");
    }
}
