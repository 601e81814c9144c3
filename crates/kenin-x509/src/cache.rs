use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use foldhash::HashMap;
use kenin_base::{Budget, LimitExceeded, Resource, Sha256};
use kenin_crypto::{Message, PublicKey, SignatureScheme, Verification, sha256, verify};

use crate::{Certificate, ParseError, SignedObject};

/// How many answers a cache keeps before it starts over. The archive engine sees the same few issuers for
/// millions of documents; one hostile document must not grow memory.
const CAPACITY: usize = 16_384;
/// How many octets of certificates are kept; decoded, each takes a few times its own.
const CERTIFICATE_OCTETS: usize = 32 << 20;

/// Certificates by the SHA-256 of their octets, shared by threads: each is decoded, and its key built, once a
/// run.
#[derive(Debug, Default)]
pub struct CertificateCache {
    certificates: Mutex<Kept<Sha256, Arc<Certificate>>>,
}

impl CertificateCache {
    /// An empty cache.
    pub fn new() -> Self {
        Self::default()
    }

    /// The certificate with this SHA-256, if it was decoded before.
    fn get(&self, sha256: &Sha256) -> Option<Arc<Certificate>> {
        locked(&self.certificates).entries.get(sha256).map(Arc::clone)
    }

    /// The certificate with these octets.
    ///
    /// # Errors
    /// [`ParseError`] when they are not a certificate.
    pub fn get_or_parse(&self, der: &[u8]) -> Result<Arc<Certificate>, ParseError> {
        let key = sha256(der);
        if let Some(certificate) = self.get(&key) {
            return Ok(certificate);
        }
        // Not held while decoding: two threads may decode the same octets once each, none waits.
        let certificate = Arc::new(Certificate::parse(der)?);
        locked(&self.certificates).insert(key, Arc::clone(&certificate), der.len());
        Ok(certificate)
    }

    /// The certificate with these octets, which are kept by their SHA-256: hashed only if it was not decoded before, so
    /// nothing enters the cache under a digest that is not its own.
    ///
    /// # Errors
    /// [`ParseError`] when they are not a certificate.
    pub fn get_or_parse_kept(&self, sha256: &Sha256, der: &[u8]) -> Result<Arc<Certificate>, ParseError> {
        self.get(sha256).map_or_else(|| self.get_or_parse(der), Ok)
    }
}

/// Answers to "does key K verify the signature on object O", shared by threads.
///
/// The key holds every input to the answer: the public key, and the digest of the whole object with its signed octets,
/// algorithm and value, which is known already: a large CRL is not hashed again for every question. Time and trust are
/// none of them. Every question spends from the budget, answered from the cache or not, so the
/// cache never changes a verdict.
#[derive(Debug, Default)]
pub struct SignatureCache {
    answers: Mutex<Kept<Question, Verification>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Question {
    key: Sha256,
    scheme: SignatureScheme,
    object: Sha256,
}

impl SignatureCache {
    /// An empty cache.
    pub fn new() -> Self {
        Self::default()
    }

    /// Verifies the signature on an object, spending one of `resource`.
    ///
    /// # Errors
    /// [`LimitExceeded`] when the budget is spent.
    pub fn verify(
        &self,
        key: &PublicKey,
        object: &SignedObject<'_>,
        budget: &Budget,
        resource: Resource,
    ) -> Result<Verification, LimitExceeded> {
        budget.spend(resource, 1)?;
        let question = Question { key: key.identity(), scheme: object.scheme, object: object.sha256 };
        if let Some(answer) = locked(&self.answers).entries.get(&question) {
            return Ok(*answer);
        }
        let answer = verify(key, &object.scheme, Message::Octets(object.tbs), object.signature);
        locked(&self.answers).insert(question, answer, 0);
        Ok(answer)
    }
}

/// Takes what verifying `object` with `key` costs from the document's budget.
pub(crate) fn charge(document: &Budget, key: &PublicKey, object: &SignedObject<'_>) -> Result<(), LimitExceeded> {
    let cost = key.algorithm().verification_cost();
    document.spend_once(Resource::SignatureCost, [key.identity(), object.sha256], cost)
}

/// Entries are complete when they are inserted, so a thread that panicked elsewhere spoiled nothing.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers by question, bounded in number and in the octets of what they hold. One that was dropped is found out again,
/// so what is kept changes no result.
#[derive(Debug)]
struct Kept<K, V> {
    entries: HashMap<K, V>,
    octets: usize,
}

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self { entries: HashMap::default(), octets: 0 }
    }
}

impl<K: Hash + Eq, V> Kept<K, V> {
    /// Keeps an answer that holds this many octets; everything else is dropped when there would be too much.
    fn insert(&mut self, key: K, value: V, octets: usize) {
        // Another thread may have been first.
        if octets > CERTIFICATE_OCTETS || self.entries.contains_key(&key) {
            return;
        }
        if self.entries.len() >= CAPACITY || self.octets.saturating_add(octets) > CERTIFICATE_OCTETS {
            *self = Self::default();
        }
        self.octets = self.octets.saturating_add(octets);
        self.entries.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_bounded_in_number_and_in_octets() {
        let mut kept = Kept::default();
        (0..=CAPACITY).for_each(|key| kept.insert(key, (), 0));
        assert_eq!(kept.entries.len(), 1);

        let mut kept = Kept::default();
        kept.insert(0, (), CERTIFICATE_OCTETS / 2);
        kept.insert(1, (), CERTIFICATE_OCTETS / 2);
        kept.insert(1, (), CERTIFICATE_OCTETS / 2);
        kept.insert(2, (), CERTIFICATE_OCTETS + 1);
        assert_eq!((kept.entries.len(), kept.octets), (2, CERTIFICATE_OCTETS));
        kept.insert(3, (), 1);
        assert_eq!((kept.entries.len(), kept.octets), (1, 1));
    }
}
