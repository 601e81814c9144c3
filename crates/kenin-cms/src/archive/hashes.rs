//! The hashes of everything that an archive timestamp may list or refer to, each computed once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use kenin_base::{DigestAlgorithm, LimitExceeded};

use super::Subject;
use super::hash_index::parts_of;

/// What was found for each hash.
pub(super) type Found<T> = Rc<BTreeMap<Vec<u8>, T>>;

type Memo<K, V> = RefCell<BTreeMap<K, Result<V, LimitExceeded>>>;

/// Elements and attributes of one signature by their hashes.
#[derive(Default)]
pub(super) struct Hashes {
    elements: Memo<DigestAlgorithm, Rc<Elements>>,
    unsigned: Memo<(DigestAlgorithm, bool), Found<Vec<usize>>>,
}

/// The elements of `certificates` and of `crls`.
pub(super) struct Elements {
    pub certificates: BTreeMap<Vec<u8>, Option<kenin_base::Sha256>>,
    pub crls: BTreeMap<Vec<u8>, Option<kenin_base::Sha256>>,
}

impl Subject<'_, '_, '_, '_> {
    /// The elements of `certificates` and `crls` by hash, with the keys of what is kept of them.
    pub(super) fn elements(&self, algorithm: DigestAlgorithm) -> Result<Rc<Elements>, LimitExceeded> {
        once(&self.hashes.elements, algorithm, || {
            let of = |elements: &[crate::carried::CarriedElement<'_>]| {
                let mut found = BTreeMap::new();
                for element in elements {
                    if let Some(hash) = self.hash(algorithm, &[element.octets])? {
                        found.insert(hash, element.object.map(|(key, _)| key));
                    }
                }
                Ok(found)
            };
            let certificates = of(&self.base.carried.certificates)?;
            Ok(Rc::new(Elements { certificates, crls: of(&self.base.carried.revocation)? }))
        })
    }

    /// The unsigned attributes by hash, with the positions of their values.
    pub(super) fn unsigned(
        &self,
        algorithm: DigestAlgorithm,
        by_value: bool,
    ) -> Result<Found<Vec<usize>>, LimitExceeded> {
        once(&self.hashes.unsigned, (algorithm, by_value), || {
            let mut found: BTreeMap<Vec<u8>, Vec<usize>> = BTreeMap::new();
            for (position, placed) in self.placed.iter().enumerate() {
                if let Some(hash) = self.hash(algorithm, &parts_of(placed.attribute, placed.value, by_value))? {
                    found.entry(hash).or_default().push(position);
                }
            }
            Ok(Rc::new(found))
        })
    }
}

/// What is known for `key`, or what `compute` gives the first time; a limit stays reached.
fn once<K: Ord, V: Clone>(
    memo: &Memo<K, V>,
    key: K,
    compute: impl FnOnce() -> Result<V, LimitExceeded>,
) -> Result<V, LimitExceeded> {
    memo.borrow_mut().entry(key).or_insert_with(compute).clone()
}
