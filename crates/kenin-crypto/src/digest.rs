use std::collections::{BTreeMap, BTreeSet};

use kenin_base::{DigestAlgorithm, Sha256};
use openssl::hash::{Hasher, MessageDigest};
use openssl::sha::{self, Sha1, Sha384, Sha512};

use crate::openssl_errors;

/// The OpenSSL in use does not offer a digest algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the cryptographic library does not offer {algorithm}")]
pub struct UnavailableDigest {
    /// The algorithm asked for.
    pub algorithm: DigestAlgorithm,
}

/// The digest of `data`.
///
/// # Errors
/// [`UnavailableDigest`] when OpenSSL was built or configured without the algorithm.
pub fn digest(algorithm: DigestAlgorithm, data: &[u8]) -> Result<Vec<u8>, UnavailableDigest> {
    let mut state = State::new(algorithm)?;
    state.update(data);
    state.finish()
}

/// The SHA-256 digest of `data`, the key of every object kept by content.
pub fn sha256(data: &[u8]) -> Sha256 {
    // Not the one-shot function: see [`Running`].
    let mut state = sha::Sha256::new();
    state.update(data);
    Sha256(state.finish())
}

/// Several digests of one stream, computed in one pass.
///
/// Cloning copies the state, so that a prefix common to several revisions of a document is hashed once.
#[derive(Clone)]
pub struct MultiDigest {
    states: Vec<State>,
    unavailable: Vec<DigestAlgorithm>,
}

impl MultiDigest {
    /// Starts one digest per algorithm. One that OpenSSL does not offer is left out of the result.
    pub fn new(algorithms: &BTreeSet<DigestAlgorithm>) -> Self {
        let mut states = Vec::new();
        let mut unavailable = Vec::new();
        for algorithm in algorithms {
            match State::new(*algorithm) {
                Ok(state) => states.push(state),
                Err(_) => unavailable.push(*algorithm),
            }
        }
        Self { states, unavailable }
    }

    /// Adds the next octets of the stream to every digest.
    pub fn update(&mut self, data: &[u8]) {
        for state in &mut self.states {
            state.update(data);
        }
    }

    /// Ends the stream.
    pub fn finish(self) -> Digests {
        let mut digests = Digests { values: BTreeMap::new(), unavailable: self.unavailable };
        for state in self.states {
            let algorithm = state.algorithm;
            match state.finish() {
                Ok(value) => drop(digests.values.insert(algorithm, value)),
                Err(_) => digests.unavailable.push(algorithm),
            }
        }
        digests
    }
}

impl std::fmt::Debug for MultiDigest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.states.iter().map(|state| state.algorithm)).finish()
    }
}

/// The results of a [`MultiDigest`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Digests {
    values: BTreeMap<DigestAlgorithm, Vec<u8>>,
    unavailable: Vec<DigestAlgorithm>,
}

impl Digests {
    /// The digest by one algorithm; `None` when it was not asked for or OpenSSL does not offer it.
    pub fn get(&self, algorithm: DigestAlgorithm) -> Option<&[u8]> {
        self.values.get(&algorithm).map(Vec::as_slice)
    }

    /// The algorithms asked for that OpenSSL does not offer.
    pub fn unavailable(&self) -> &[DigestAlgorithm] {
        &self.unavailable
    }

    /// Every digest, in the order of the algorithms.
    pub fn iter(&self) -> impl Iterator<Item = (DigestAlgorithm, &[u8])> {
        self.values.iter().map(|(algorithm, value)| (*algorithm, value.as_slice()))
    }
}

/// One running digest. A failure inside OpenSSL is remembered and reported at the end.
#[derive(Clone)]
struct State {
    algorithm: DigestAlgorithm,
    running: Running,
}

/// The usual algorithms have their own functions, which need no memory and no implementation to be looked up at every start
/// (OpenSSL 3), under a lock that all threads share.
#[derive(Clone)]
enum Running {
    Sha1(Sha1),
    Sha256(sha::Sha256),
    Sha384(Sha384),
    Sha512(Sha512),
    Other(Hasher),
    Failed,
}

impl State {
    fn new(algorithm: DigestAlgorithm) -> Result<Self, UnavailableDigest> {
        let running = match algorithm {
            DigestAlgorithm::Sha1 => Running::Sha1(Sha1::new()),
            DigestAlgorithm::Sha256 => Running::Sha256(sha::Sha256::new()),
            DigestAlgorithm::Sha384 => Running::Sha384(Sha384::new()),
            DigestAlgorithm::Sha512 => Running::Sha512(Sha512::new()),
            other => match message_digest(other).and_then(|md| Hasher::new(md).ok()) {
                Some(hasher) => Running::Other(hasher),
                None => {
                    openssl_errors::discard();
                    return Err(UnavailableDigest { algorithm });
                }
            },
        };
        Ok(Self { algorithm, running })
    }

    fn update(&mut self, data: &[u8]) {
        match &mut self.running {
            Running::Sha1(state) => state.update(data),
            Running::Sha256(state) => state.update(data),
            Running::Sha384(state) => state.update(data),
            Running::Sha512(state) => state.update(data),
            Running::Other(hasher) => {
                if hasher.update(data).is_err() {
                    self.running = Running::Failed;
                }
            }
            Running::Failed => {}
        }
    }

    fn finish(self) -> Result<Vec<u8>, UnavailableDigest> {
        let unavailable = UnavailableDigest { algorithm: self.algorithm };
        let mut hasher = match self.running {
            Running::Sha1(state) => return Ok(state.finish().to_vec()),
            Running::Sha256(state) => return Ok(state.finish().to_vec()),
            Running::Sha384(state) => return Ok(state.finish().to_vec()),
            Running::Sha512(state) => return Ok(state.finish().to_vec()),
            Running::Other(hasher) => hasher,
            Running::Failed => return Err(unavailable),
        };
        if matches!(self.algorithm, DigestAlgorithm::Shake128 | DigestAlgorithm::Shake256) {
            let mut value = vec![0; self.algorithm.output_len()];
            return hasher.finish_xof(&mut value).map(|()| value).map_err(|_| unavailable);
        }
        hasher.finish().map(|value| value.to_vec()).map_err(|_| unavailable)
    }
}

/// OpenSSL's handle of an algorithm, or `None` when this build has none.
pub(crate) fn message_digest(algorithm: DigestAlgorithm) -> Option<MessageDigest> {
    Some(match algorithm {
        DigestAlgorithm::Md5 => MessageDigest::md5(),
        DigestAlgorithm::Ripemd160 => MessageDigest::from_name("RIPEMD160")?,
        DigestAlgorithm::Sha1 => MessageDigest::sha1(),
        DigestAlgorithm::Sha224 => MessageDigest::sha224(),
        DigestAlgorithm::Sha256 => MessageDigest::sha256(),
        DigestAlgorithm::Sha384 => MessageDigest::sha384(),
        DigestAlgorithm::Sha512 => MessageDigest::sha512(),
        DigestAlgorithm::Sha512_224 => MessageDigest::from_name("SHA512-224")?,
        DigestAlgorithm::Sha512_256 => MessageDigest::from_name("SHA512-256")?,
        DigestAlgorithm::Sha3_224 => MessageDigest::sha3_224(),
        DigestAlgorithm::Sha3_256 => MessageDigest::sha3_256(),
        DigestAlgorithm::Sha3_384 => MessageDigest::sha3_384(),
        DigestAlgorithm::Sha3_512 => MessageDigest::sha3_512(),
        DigestAlgorithm::Shake128 => MessageDigest::shake_128(),
        DigestAlgorithm::Shake256 => MessageDigest::shake_256(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// FIPS 180-4, FIPS 202 and RFC 1321 examples for the three octets "abc".
    #[test]
    fn abc_has_the_published_digests() {
        for (algorithm, expected) in [
            (DigestAlgorithm::Md5, "900150983cd24fb0d6963f7d28e17f72"),
            (DigestAlgorithm::Ripemd160, "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc"),
            (DigestAlgorithm::Sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (DigestAlgorithm::Sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (DigestAlgorithm::Sha512_256, "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23"),
            (DigestAlgorithm::Sha512_224, "4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa"),
            (DigestAlgorithm::Shake128, "5881092dd818bf5cf8a3ddb793fbcba74097d5c526a6d35f97b83351940f2cc8"),
            (DigestAlgorithm::Sha3_256, "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"),
            (
                DigestAlgorithm::Shake256,
                "483366601360a8771c6863080cc4114d8db44530f8f1e1ee4f94ea37e78b5739\
                 d5a15bef186a5386c75744c0527e1faa9f8726e462a12a4feb06bd8801e751e4",
            ),
        ] {
            assert_eq!(hex(&digest(algorithm, b"abc").unwrap()), expected, "{algorithm}");
        }
    }

    #[test]
    fn every_algorithm_gives_its_length_in_one_pass_and_in_pieces() {
        let all: BTreeSet<_> = DigestAlgorithm::all().collect();
        let mut prefix = MultiDigest::new(&all);
        prefix.update(b"dis");
        let mut rest = prefix.clone();
        rest.update(b"charge");
        let (shorter, longer) = (prefix.finish(), rest.finish());
        assert_eq!(longer.unavailable(), []);
        for algorithm in all {
            let value = longer.get(algorithm).unwrap();
            assert_eq!(value.len(), algorithm.output_len(), "{algorithm}");
            assert_eq!(value, digest(algorithm, b"discharge").unwrap(), "{algorithm}");
            assert_eq!(shorter.get(algorithm).unwrap(), digest(algorithm, b"dis").unwrap(), "{algorithm}");
        }
    }

    #[test]
    fn what_was_not_asked_for_is_absent() {
        let digests = MultiDigest::new(&BTreeSet::from([DigestAlgorithm::Sha256])).finish();
        assert_eq!(digests.get(DigestAlgorithm::Sha512), None);
        assert_eq!(digests.iter().count(), 1);
    }
}
