use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kenin_base::{Budget, LimitExceeded, Resource, Sha256};
use kenin_crypto::{Message, PublicKey, SignatureScheme, Verification, sha256, verify};

use crate::{Certificate, ParseError, SignedObject};

/// How many answers a cache keeps before it starts over. The archive engine sees the same few issuers for
/// millions of documents; one hostile document must not grow memory.
const CAPACITY: usize = 16_384;

/// Certificates by the SHA-256 of their octets, shared by threads: each is decoded, and its key built, once a
/// run.
#[derive(Debug, Default)]
pub struct CertificateCache {
    certificates: Mutex<HashMap<Sha256, Arc<Certificate>>>,
}

impl CertificateCache {
    /// An empty cache.
    pub fn new() -> Self {
        Self::default()
    }

    /// The certificate with this SHA-256, if it was decoded before.
    pub fn get(&self, sha256: &Sha256) -> Option<Arc<Certificate>> {
        locked(&self.certificates).get(sha256).map(Arc::clone)
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
        insert(&self.certificates, key, Arc::clone(&certificate));
        Ok(certificate)
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
    answers: Mutex<HashMap<Question, Verification>>,
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
        if let Some(answer) = locked(&self.answers).get(&question) {
            return Ok(*answer);
        }
        let answer = verify(key, &object.scheme, Message::Octets(object.tbs), object.signature);
        insert(&self.answers, question, answer);
        Ok(answer)
    }
}

/// Entries are complete when they are inserted, so a thread that panicked elsewhere spoiled nothing.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn insert<K: std::hash::Hash + Eq, V>(map: &Mutex<HashMap<K, V>>, key: K, value: V) {
    let mut map = locked(map);
    if map.len() >= CAPACITY {
        map.clear();
    }
    map.insert(key, value);
}
