use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Oid;

/// A message digest algorithm by its standard name (FIPS 180-4, FIPS 202, RFC 1321, ISO/IEC 10118-3).
///
/// Knowing an algorithm is not accepting it: the policy's dated algorithm table decides that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum DigestAlgorithm {
    /// MD5 (RFC 1321).
    #[serde(rename = "MD5")]
    Md5,
    /// RIPEMD-160.
    #[serde(rename = "RIPEMD-160")]
    Ripemd160,
    /// SHA-1.
    #[serde(rename = "SHA-1")]
    Sha1,
    /// SHA-224.
    #[serde(rename = "SHA-224")]
    Sha224,
    /// SHA-256.
    #[serde(rename = "SHA-256")]
    Sha256,
    /// SHA-384.
    #[serde(rename = "SHA-384")]
    Sha384,
    /// SHA-512.
    #[serde(rename = "SHA-512")]
    Sha512,
    /// SHA-512/224.
    #[serde(rename = "SHA-512/224")]
    Sha512_224,
    /// SHA-512/256.
    #[serde(rename = "SHA-512/256")]
    Sha512_256,
    /// SHA3-224.
    #[serde(rename = "SHA3-224")]
    Sha3_224,
    /// SHA3-256.
    #[serde(rename = "SHA3-256")]
    Sha3_256,
    /// SHA3-384.
    #[serde(rename = "SHA3-384")]
    Sha3_384,
    /// SHA3-512.
    #[serde(rename = "SHA3-512")]
    Sha3_512,
    /// SHAKE128 with 256 bits of output (RFC 8702).
    #[serde(rename = "SHAKE128")]
    Shake128,
    /// SHAKE256 with 512 bits of output (RFC 8702, and RFC 8419 for Ed448).
    #[serde(rename = "SHAKE256")]
    Shake256,
}

/// Every algorithm with its identifier, name and output length in octets.
const TABLE: &[(DigestAlgorithm, Oid, &str, usize)] = &[
    (DigestAlgorithm::Md5, Oid::new(&[1, 2, 840, 113549, 2, 5]), "MD5", 16),
    (DigestAlgorithm::Ripemd160, Oid::new(&[1, 3, 36, 3, 2, 1]), "RIPEMD-160", 20),
    (DigestAlgorithm::Sha1, Oid::new(&[1, 3, 14, 3, 2, 26]), "SHA-1", 20),
    (DigestAlgorithm::Sha224, Oid::new(&[2, 16, 840, 1, 101, 3, 4, 2, 4]), "SHA-224", 28),
    (DigestAlgorithm::Sha256, Oid::new(&[2, 16, 840, 1, 101, 3, 4, 2, 1]), "SHA-256", 32),
    (DigestAlgorithm::Sha384, Oid::new(&[2, 16, 840, 1, 101, 3, 4, 2, 2]), "SHA-384", 48),
    (DigestAlgorithm::Sha512, Oid::new(&[2, 16, 840, 1, 101, 3, 4, 2, 3]), "SHA-512", 64),
    (DigestAlgorithm::Sha512_224, Oid::new(&[2, 16, 840, 1, 101, 3, 4, 2, 5]), "SHA-512/224", 28),
    (DigestAlgorithm::Sha512_256, Oid::new(&[2, 16, 840, 1, 101, 3, 4, 2, 6]), "SHA-512/256", 32),
    (DigestAlgorithm::Sha3_224, Oid::new(&[2, 16, 840, 1, 101, 3, 4, 2, 7]), "SHA3-224", 28),
    (DigestAlgorithm::Sha3_256, Oid::new(&[2, 16, 840, 1, 101, 3, 4, 2, 8]), "SHA3-256", 32),
    (DigestAlgorithm::Sha3_384, Oid::new(&[2, 16, 840, 1, 101, 3, 4, 2, 9]), "SHA3-384", 48),
    (DigestAlgorithm::Sha3_512, Oid::new(&[2, 16, 840, 1, 101, 3, 4, 2, 10]), "SHA3-512", 64),
    (DigestAlgorithm::Shake128, Oid::new(&[2, 16, 840, 1, 101, 3, 4, 2, 11]), "SHAKE128", 32),
    (DigestAlgorithm::Shake256, Oid::new(&[2, 16, 840, 1, 101, 3, 4, 2, 12]), "SHAKE256", 64),
];

impl DigestAlgorithm {
    /// The algorithm an AlgorithmIdentifier names, or `None` for one this library does not know.
    pub fn from_oid(oid: &Oid) -> Option<Self> {
        TABLE.iter().find(|row| row.1 == *oid).map(|row| row.0)
    }

    /// The algorithm's object identifier.
    pub fn oid(self) -> Oid {
        self.row().1
    }

    /// The standard name, as reports write it.
    pub fn name(self) -> &'static str {
        self.row().2
    }

    /// Length of the digest in octets.
    pub fn output_len(self) -> usize {
        self.row().3
    }

    /// Every known algorithm.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.0)
    }

    fn row(self) -> &'static (Self, Oid, &'static str, usize) {
        const UNKNOWN: &(DigestAlgorithm, Oid, &str, usize) = &(DigestAlgorithm::Md5, Oid::new(&[0, 0]), "?", 0);
        TABLE.iter().find(|row| row.0 == self).unwrap_or(UNKNOWN)
    }
}

impl fmt::Display for DigestAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_round_trip() {
        for algorithm in DigestAlgorithm::all() {
            assert_eq!(DigestAlgorithm::from_oid(&algorithm.oid()), Some(algorithm));
            assert!(algorithm.output_len() >= 16, "{algorithm}");
        }
        assert_eq!(DigestAlgorithm::from_oid(&Oid::new(&[1, 2, 3])), None);
    }
}
