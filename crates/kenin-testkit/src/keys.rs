//! The committed private keys of the demo world.
//!
//! They are files in `keys/`, public on purpose and worthless: nothing that matters trusts them. RSA PKCS#1 v1.5
//! and Ed25519 are deterministic, nonces on P-256 follow RFC 6979, every other nonce and PSS salts come from
//! [`Seeded`], so a signature is a function of key and message.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use der::asn1::{Any, ObjectIdentifier};
use der::{Decode, Encode};
use ed25519_dalek::pkcs8::spki::EncodePublicKey as _;
use p256::ecdsa::signature::Signer as _;
use rsa::pkcs1::{DecodeRsaPrivateKey as _, EncodeRsaPublicKey as _};
use rsa::pkcs8::{DecodePrivateKey as _, PrivateKeyInfo, SecretDocument};
use rsa::signature::{RandomizedSigner as _, SignatureEncoding as _};
use rsa::traits::PublicKeyParts as _;
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use x509_cert::spki::SubjectPublicKeyInfoOwned;

use crate::algorithms::{Hash, SignatureAlgorithm};
use crate::dsa::DsaKey;
use crate::encode::{bits, sequence};
use crate::unsignable::Unsignable;
use crate::weierstrass::EcKey;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSASSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
const DSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10040.4.1");

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
    "doctor-e3",
    "doctor-pss",
    "doctor-p384",
    "doctor-p521",
    "doctor-brainpool-p256",
    "doctor-dsa",
    "archive-root",
    "archive-doctor",
];

/// A key of the demo world.
pub enum Key {
    /// RSA.
    Rsa(Box<rsa::RsaPrivateKey>),
    /// RSA under id-RSASSA-PSS, for that scheme with SHA-384 and a salt of 48 octets alone (RFC 4055 1.2).
    RsaPss(Box<rsa::RsaPrivateKey>),
    /// ECDSA on P-256.
    P256(p256::ecdsa::SigningKey),
    /// ECDSA on another curve, and its identifier.
    Ec(ObjectIdentifier, EcKey),
    /// Ed25519 (RFC 8032).
    Ed25519(ed25519_dalek::SigningKey),
    /// DSA with its parameters (RFC 3279 2.3.2).
    Dsa(Any, DsaKey),
    /// A public key without a private half.
    Unsignable(Unsignable),
}

impl Key {
    /// The committed key called `name` (the file name in `keys/` without its extension).
    ///
    /// # Panics
    /// If no such key is committed.
    #[must_use]
    pub fn named(name: &str) -> Arc<Key> {
        static KEYS: OnceLock<BTreeMap<&str, Arc<Key>>> = OnceLock::new();
        let keys = KEYS.get_or_init(|| {
            let committed = COMMITTED.iter().map(|(name, pem)| (*name, Key::from_pem(pem)));
            let unsignable = Unsignable::all().map(|(name, key)| (name, Key::Unsignable(key)));
            committed.chain(unsignable).map(|(name, key)| (name, Arc::new(key))).collect()
        });
        Arc::clone(keys.get(name).unwrap_or_else(|| panic!("no committed key {name}")))
    }

    /// The P-256 key that follows from `label`: for the many small authorities of single cases, which need no file.
    #[must_use]
    pub fn derived(label: &str) -> Arc<Key> {
        // The top bit of the scalar is clear, so that it lies below the group order.
        let scalar: [u8; 32] = Seeded::positive("p256-key", label.as_bytes());
        Arc::new(Key::P256(p256::ecdsa::SigningKey::from_slice(&scalar).unwrap()))
    }

    /// Reads a PKCS#8 PrivateKeyInfo (RFC 5958 2).
    fn from_pem(pem: &str) -> Key {
        let (_, document) = SecretDocument::from_pem(pem).unwrap();
        let info = PrivateKeyInfo::try_from(document.as_bytes()).unwrap();
        let parameters = info.algorithm.parameters;
        match info.algorithm.oid {
            RSA => Key::Rsa(Box::new(rsa::RsaPrivateKey::from_pkcs8_pem(pem).unwrap())),
            RSASSA_PSS => Key::RsaPss(Box::new(rsa::RsaPrivateKey::from_pkcs1_der(info.private_key).unwrap())),
            EC => match info.algorithm.parameters_oid().unwrap() {
                P256 => Key::P256(p256::pkcs8::DecodePrivateKey::from_pkcs8_pem(pem).unwrap()),
                curve => Key::Ec(curve, EcKey::new(curve, info.private_key)),
            },
            ED25519 => Key::Ed25519(ed25519_dalek::pkcs8::DecodePrivateKey::from_pkcs8_pem(pem).unwrap()),
            DSA => {
                let parameters = Any::from(parameters.unwrap());
                let key = DsaKey::new(&parameters.to_der().unwrap(), info.private_key);
                Key::Dsa(parameters, key)
            }
            other => panic!("no key algorithm {other}"),
        }
    }

    /// The SubjectPublicKeyInfo of the public half.
    #[must_use]
    pub fn public(&self) -> SubjectPublicKeyInfoOwned {
        let document = match self {
            Key::Rsa(key) => key.to_public_key().to_public_key_der().unwrap().into_vec(),
            Key::RsaPss(key) => {
                let algorithm = SignatureAlgorithm::RsaPss(Hash::Sha384).identifier();
                let key = key.to_public_key().to_pkcs1_der().unwrap();
                sequence(&[&algorithm, &bits(key.as_bytes())])
            }
            Key::P256(key) => key.verifying_key().to_public_key_der().unwrap().into_vec(),
            Key::Ec(curve, key) => {
                let algorithm = sequence(&[&EC.to_der().unwrap(), &curve.to_der().unwrap()]);
                sequence(&[&algorithm, &bits(&key.public())])
            }
            Key::Ed25519(key) => key.verifying_key().to_public_key_der().unwrap().into_vec(),
            Key::Dsa(parameters, key) => {
                let algorithm = sequence(&[&DSA.to_der().unwrap(), &parameters.to_der().unwrap()]);
                sequence(&[&algorithm, &bits(&key.public())])
            }
            Key::Unsignable(key) => key.public(),
        };
        SubjectPublicKeyInfoOwned::from_der(&document).unwrap()
    }

    /// The algorithm this key signs with unless a case asks for another.
    #[must_use]
    pub fn usual_algorithm(&self) -> SignatureAlgorithm {
        match self {
            // Keys of 1024 bits are those of a time that signed with SHA-1.
            Key::Rsa(key) if key.size() < 256 => SignatureAlgorithm::RsaPkcs1(Hash::Sha1),
            Key::Rsa(_) => SignatureAlgorithm::RsaPkcs1(Hash::Sha256),
            Key::RsaPss(_) => SignatureAlgorithm::RsaPss(Hash::Sha384),
            Key::P256(_) => SignatureAlgorithm::Ecdsa(Hash::Sha256),
            Key::Ec(_, key) => SignatureAlgorithm::Ecdsa(match key.bits() {
                521 => Hash::Sha512,
                384 => Hash::Sha384,
                _ => Hash::Sha256,
            }),
            Key::Ed25519(_) => SignatureAlgorithm::Ed25519,
            Key::Dsa(..) => SignatureAlgorithm::Dsa(Hash::Sha256),
            Key::Unsignable(key) => key.algorithm(),
        }
    }

    /// Signs `message`; the signature value is as CMS and X.509 carry it (DSA and ECDSA as DER).
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
            (Key::RsaPss(key), SignatureAlgorithm::RsaPss(Hash::Sha384)) => {
                let key = rsa::pss::SigningKey::<Sha384>::new(key.as_ref().clone());
                key.sign_with_rng(&mut Seeded::new("pss-salt", message), message).to_vec()
            }
            (Key::P256(key), SignatureAlgorithm::Ecdsa(Hash::Sha256)) => {
                let signature: p256::ecdsa::Signature = key.sign(message);
                signature.to_der().as_bytes().to_vec()
            }
            (Key::Ed25519(key), SignatureAlgorithm::Ed25519) => key.sign(message).to_bytes().to_vec(),
            (Key::Ec(_, key), SignatureAlgorithm::Ecdsa(hash)) => key.sign(&hash.digest(message)),
            (Key::Dsa(_, key), SignatureAlgorithm::Dsa(hash)) => key.sign(&hash.digest(message)),
            (Key::Unsignable(key), _) => key.arbitrary_value(message),
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
            ("doctor-p521", SignatureAlgorithm::Ecdsa(Hash::Sha512)),
            ("doctor-dsa", SignatureAlgorithm::Dsa(Hash::Sha256)),
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
