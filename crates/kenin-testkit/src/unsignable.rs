//! Public keys that nobody can sign with: a verifier must refuse them before any arithmetic, or does not know them.

use rand_core::RngCore as _;

use crate::algorithms::{Hash, SignatureAlgorithm};
use crate::encode::{bits, null, oid, sequence, unsigned};
use crate::keys::Seeded;

/// A public key without a private half, in a certificate that is sound otherwise.
pub struct Unsignable {
    algorithm: SignatureAlgorithm,
    public: Vec<u8>,
    /// Length of the signature values in octets.
    length: usize,
}

impl Unsignable {
    /// Every such key by name.
    pub(crate) fn all() -> impl Iterator<Item = (&'static str, Unsignable)> {
        let exponent = [&[1][..], &[0; 31], &[1]].concat();
        [
            ("rsa-16384", Unsignable::rsa(2048, &[1, 0, 1])),
            // 2^256 + 1
            ("rsa-huge-exponent", Unsignable::rsa(256, &exponent)),
            ("ml-dsa-65", Unsignable::ml_dsa_65()),
        ]
        .into_iter()
    }

    /// An odd modulus of `octets` octets that is no product of known primes.
    fn rsa(octets: usize, exponent: &[u8]) -> Unsignable {
        let mut modulus = stream("modulus", exponent, octets);
        modulus[0] |= 0x80;
        modulus[octets - 1] |= 1;
        let key = sequence(&[&unsigned(&modulus), &unsigned(exponent)]);
        let algorithm = sequence(&[&oid("1.2.840.113549.1.1.1"), &null()]);
        Unsignable {
            algorithm: SignatureAlgorithm::RsaPkcs1(Hash::Sha256),
            public: sequence(&[&algorithm, &bits(&key)]),
            length: octets,
        }
    }

    /// Public keys of 1952 and signatures of 3309 octets (FIPS 204 table 2).
    fn ml_dsa_65() -> Unsignable {
        let algorithm = SignatureAlgorithm::MlDsa65;
        let public = sequence(&[&algorithm.identifier(), &bits(&stream("ml-dsa-65", &[], 1952))]);
        Unsignable { algorithm, public, length: 3309 }
    }

    /// The SubjectPublicKeyInfo.
    #[must_use]
    pub fn public(&self) -> Vec<u8> {
        self.public.clone()
    }

    /// The algorithm its signatures claim.
    #[must_use]
    pub fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    /// Octets of a signature value's length; the first is zero, so that as a number they are below any modulus.
    #[must_use]
    pub fn arbitrary_value(&self, message: &[u8]) -> Vec<u8> {
        let mut value = stream("arbitrary-value", message, self.length);
        value[0] = 0;
        value
    }
}

fn stream(purpose: &str, subject: &[u8], octets: usize) -> Vec<u8> {
    let mut out = vec![0; octets];
    Seeded::new(purpose, subject).fill_bytes(&mut out);
    out
}
