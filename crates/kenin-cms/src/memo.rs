use std::cell::RefCell;
use std::collections::BTreeMap;

/// Digests that many attributes of one signature ask for. Without it, thousands of small timestamps or
/// counter-signatures over one large value would make hashing quadratic.
pub(crate) struct Memo<K> {
    known: RefCell<BTreeMap<K, Option<Vec<u8>>>>,
}

impl<K: Ord> Memo<K> {
    pub fn new() -> Self {
        Self { known: RefCell::default() }
    }

    /// The digest for `key`, computed the first time it is asked for.
    pub fn get(&self, key: K, compute: impl FnOnce() -> Option<Vec<u8>>) -> Option<Vec<u8>> {
        self.known.borrow_mut().entry(key).or_insert_with(compute).clone()
    }
}
