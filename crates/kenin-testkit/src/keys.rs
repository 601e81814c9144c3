//! The committed private keys of the demo world.
//!
//! They are files in `keys/`, public on purpose and worthless: nothing that matters trusts them. RSA PKCS#1 v1.5
//! and Ed25519 are deterministic, ECDSA nonces follow RFC 6979 and PSS salts come from [`Seeded`], so a signature
//! is a function of key and message.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use der::Decode;
use ed25519_dalek::pkcs8::spki::EncodePublicKey as _;
use p256::ecdsa::signature::Signer as _;
use rsa::pkcs8::DecodePrivateKey as _;
use rsa::signature::{RandomizedSigner as _, SignatureEncoding as _};
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use x509_cert::spki::SubjectPublicKeyInfoOwned;

use crate::algorithms::{Hash, SignatureAlgorithm};

macro_rules! committed {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../keys/", $name, ".pem")))),*]
    };
}

/// Every committed key: its name and its PKCS#8 PEM.
const COMMITTED: &[(&str, &str)] = committed![
    "root",
    "signing-ca",
    "auth-ca",
    "expired-ca",
    "unknown-root",
    "tsa-ca",
    "untrusted-tsa-root",
    "doctor",
    "pharmacist",
    "director",
    "nurse",
    "staff",
    "two-roles",
    "unrecognised",
    "wrong-scheme",
    "test-card",
    "auth-person",
    "expired",
    "revoked",
    "key-compromise",
    "on-hold",
    "unknown-root-doctor",
    "expired-ca-doctor",
    "tsu-a",
    "tsu-b",
    "tsu-c",
    "tsu-d",
    "tsu-e",
    "doctor-p256",
    "tsu-f",
    "tsu-g",
    "tsu-h",
    "tsu-i",
    "tsu-j",
    "tsu-k",
    "public-ca",
    "doctor-ed25519",
];

/// A committed private key.
pub enum Key {
    /// RSA, 2048 bits.
    Rsa(Box<rsa::RsaPrivateKey>),
    /// ECDSA on P-256.
    P256(p256::ecdsa::SigningKey),
    /// Ed25519 (RFC 8032).
    Ed25519(ed25519_dalek::SigningKey),
}

impl Key {
    /// The committed key called `name` (the file name in `keys/` without its extension).
    ///
    /// # Panics
    /// If no such key is committed.
    #[must_use]
    pub fn named(name: &str) -> Arc<Key> {
        static KEYS: OnceLock<BTreeMap<&str, Arc<Key>>> = OnceLock::new();
        let keys =
            KEYS.get_or_init(|| COMMITTED.iter().map(|(name, pem)| (*name, Arc::new(Key::from_pem(pem)))).collect());
        Arc::clone(keys.get(name).unwrap_or_else(|| panic!("no committed key {name}")))
    }

    /// The P-256 key that follows from `label`: for the many small authorities of single cases, which need no file.
    #[must_use]
    pub fn derived(label: &str) -> Arc<Key> {
        // The top bit of the scalar is clear, so that it lies below the group order.
        let scalar: [u8; 32] = Seeded::positive("p256-key", label.as_bytes());
        Arc::new(Key::P256(p256::ecdsa::SigningKey::from_slice(&scalar).unwrap()))
    }

    fn from_pem(pem: &str) -> Key {
        if let Ok(key) = rsa::RsaPrivateKey::from_pkcs8_pem(pem) {
            return Key::Rsa(Box::new(key));
        }
        if let Ok(key) = ed25519_dalek::pkcs8::DecodePrivateKey::from_pkcs8_pem(pem) {
            return Key::Ed25519(key);
        }
        Key::P256(p256::pkcs8::DecodePrivateKey::from_pkcs8_pem(pem).unwrap())
    }

    /// The SubjectPublicKeyInfo of the public half.
    #[must_use]
    pub fn public(&self) -> SubjectPublicKeyInfoOwned {
        let document = match self {
            Key::Rsa(key) => key.to_public_key().to_public_key_der().unwrap().into_vec(),
            Key::P256(key) => key.verifying_key().to_public_key_der().unwrap().into_vec(),
            Key::Ed25519(key) => key.verifying_key().to_public_key_der().unwrap().into_vec(),
        };
        SubjectPublicKeyInfoOwned::from_der(&document).unwrap()
    }

    /// The algorithm this key signs with unless a case asks for another.
    #[must_use]
    pub fn usual_algorithm(&self) -> SignatureAlgorithm {
        match self {
            Key::Rsa(_) => SignatureAlgorithm::RsaPkcs1(Hash::Sha256),
            Key::P256(_) => SignatureAlgorithm::Ecdsa(Hash::Sha256),
            Key::Ed25519(_) => SignatureAlgorithm::Ed25519,
        }
    }

    /// Signs `message`; the signature value is as CMS and X.509 carry it (ECDSA as DER).
    ///
    /// # Panics
    /// If the algorithm does not fit the key.
    #[must_use]
    pub fn sign(&self, algorithm: SignatureAlgorithm, message: &[u8]) -> Vec<u8> {
        match (self, algorithm) {
            (Key::Rsa(key), SignatureAlgorithm::RsaPkcs1(hash)) => {
                use rsa::pkcs1v15::SigningKey;
                let key = key.as_ref().clone();
                match hash {
                    Hash::Sha1 => SigningKey::<sha1::Sha1>::new(key).sign(message).to_vec(),
                    Hash::Sha256 => SigningKey::<Sha256>::new(key).sign(message).to_vec(),
                    Hash::Sha384 => SigningKey::<Sha384>::new(key).sign(message).to_vec(),
                    Hash::Sha512 => SigningKey::<Sha512>::new(key).sign(message).to_vec(),
                }
            }
            (Key::Rsa(key), SignatureAlgorithm::RsaPss(Hash::Sha256)) => {
                let key = rsa::pss::SigningKey::<Sha256>::new(key.as_ref().clone());
                key.sign_with_rng(&mut Seeded::new("pss-salt", message), message).to_vec()
            }
            (Key::P256(key), SignatureAlgorithm::Ecdsa(Hash::Sha256)) => {
                let signature: p256::ecdsa::Signature = key.sign(message);
                signature.to_der().as_bytes().to_vec()
            }
            (Key::Ed25519(key), SignatureAlgorithm::Ed25519) => key.sign(message).to_bytes().to_vec(),
            _ => panic!("algorithm does not fit the key"),
        }
    }
}

/// Reproducible octets: SHA-256 of the committed seed, a purpose, a subject and a counter.
///
/// Stands where other programs use a random number generator (PSS salts, serial numbers, nonces).
pub struct Seeded {
    state: [u8; 32],
    counter: u64,
}

impl Seeded {
    const SEED: &'static [u8] = b"kenin demo world 2024-05-20";

    /// A stream for one purpose and one subject.
    #[must_use]
    pub fn new(purpose: &str, subject: &[u8]) -> Seeded {
        let state = Sha256::new().chain_update(Seeded::SEED).chain_update(purpose).chain_update(subject).finalize();
        Seeded { state: state.into(), counter: 0 }
    }

    /// `N` octets whose first has its top bit clear, so that they are a positive INTEGER of that size.
    #[must_use]
    pub fn positive<const N: usize>(purpose: &str, subject: &[u8]) -> [u8; N] {
        let mut out = [0; N];
        rand_core::RngCore::fill_bytes(&mut Seeded::new(purpose, subject), &mut out);
        out[0] = out[0] & 0x7f | 0x40;
        out
    }
}

impl rand_core::RngCore for Seeded {
    fn next_u32(&mut self) -> u32 {
        rand_core::impls::next_u32_via_fill(self)
    }

    fn next_u64(&mut self) -> u64 {
        rand_core::impls::next_u64_via_fill(self)
    }

    fn fill_bytes(&mut self, dest: &mut [u8]) {
        for chunk in dest.chunks_mut(32) {
            let block = Sha256::new().chain_update(self.state).chain_update(self.counter.to_be_bytes()).finalize();
            chunk.copy_from_slice(&block[..chunk.len()]);
            self.counter += 1;
        }
    }

    fn try_fill_bytes(&mut self, dest: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(dest);
        Ok(())
    }
}

/// The RSA crate asks for this marker; the stream is deterministic and protects nothing.
impl rand_core::CryptoRng for Seeded {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_message_gets_the_same_signature() {
        for (key, algorithm) in [
            ("doctor", SignatureAlgorithm::RsaPkcs1(Hash::Sha256)),
            ("doctor", SignatureAlgorithm::RsaPss(Hash::Sha256)),
            ("doctor-p256", SignatureAlgorithm::Ecdsa(Hash::Sha256)),
            ("doctor-ed25519", SignatureAlgorithm::Ed25519),
        ] {
            let key = Key::named(key);
            assert_eq!(key.sign(algorithm, b"DEMO"), key.sign(algorithm, b"DEMO"), "{algorithm:?}");
            assert_ne!(key.sign(algorithm, b"DEMO"), key.sign(algorithm, b"DEMO!"), "{algorithm:?}");
        }
    }

    #[test]
    fn seeded_octets_differ_by_purpose_and_are_positive() {
        let [serial, nonce]: [[u8; 8]; 2] = [Seeded::positive("serial", b"x"), Seeded::positive("nonce", b"x")];
        assert_ne!(serial, nonce);
        assert_eq!([serial[0] >> 6, nonce[0] >> 6], [1, 1]);
    }
}
