//! Digest and signature algorithms with their AlgorithmIdentifiers (RFC 5754, RFC 4055, RFC 5758, RFC 8419).

use sha2::Digest as _;

use crate::encode::{explicit, integer, null, oid, sequence};

/// A digest algorithm.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hash {
    /// SHA-1, for ESSCertID v1 only.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Hash {
    /// The digest of `data`.
    #[must_use]
    pub fn digest(self, data: &[u8]) -> Vec<u8> {
        match self {
            Hash::Sha1 => sha1::Sha1::digest(data).to_vec(),
            Hash::Sha256 => sha2::Sha256::digest(data).to_vec(),
            Hash::Sha384 => sha2::Sha384::digest(data).to_vec(),
            Hash::Sha512 => sha2::Sha512::digest(data).to_vec(),
        }
    }

    fn dotted(self) -> &'static str {
        match self {
            Hash::Sha1 => "1.3.14.3.2.26",
            Hash::Sha256 => "2.16.840.1.101.3.4.2.1",
            Hash::Sha384 => "2.16.840.1.101.3.4.2.2",
            Hash::Sha512 => "2.16.840.1.101.3.4.2.3",
        }
    }

    /// The AlgorithmIdentifier without parameters (RFC 5754 2).
    #[must_use]
    pub fn identifier(self) -> Vec<u8> {
        sequence(&[&oid(self.dotted())])
    }

    /// The AlgorithmIdentifier with NULL parameters, as older structures carry it.
    #[must_use]
    pub fn identifier_with_null(self) -> Vec<u8> {
        sequence(&[&oid(self.dotted()), &null()])
    }
}

/// A signature algorithm with its digest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SignatureAlgorithm {
    /// RSASSA-PKCS1-v1_5.
    RsaPkcs1(Hash),
    /// RSASSA-PSS with MGF1 of the same digest and a salt of the digest's length.
    RsaPss(Hash),
    /// ECDSA.
    Ecdsa(Hash),
    /// Ed25519; CMS digests with SHA-512 beside it (RFC 8419 3).
    Ed25519,
}

impl SignatureAlgorithm {
    /// The digest algorithm a SignerInfo names beside this signature algorithm.
    #[must_use]
    pub fn hash(self) -> Hash {
        match self {
            SignatureAlgorithm::RsaPkcs1(hash) | SignatureAlgorithm::RsaPss(hash) | SignatureAlgorithm::Ecdsa(hash) => {
                hash
            }
            SignatureAlgorithm::Ed25519 => Hash::Sha512,
        }
    }

    /// The AlgorithmIdentifier.
    #[must_use]
    pub fn identifier(self) -> Vec<u8> {
        match self {
            SignatureAlgorithm::RsaPkcs1(hash) => {
                let arc = match hash {
                    Hash::Sha1 => "1.2.840.113549.1.1.5",
                    Hash::Sha256 => "1.2.840.113549.1.1.11",
                    Hash::Sha384 => "1.2.840.113549.1.1.12",
                    Hash::Sha512 => "1.2.840.113549.1.1.13",
                };
                sequence(&[&oid(arc), &null()])
            }
            SignatureAlgorithm::RsaPss(hash) => {
                let digest = hash.identifier_with_null();
                let mask = sequence(&[&oid("1.2.840.113549.1.1.8"), &digest]);
                let salt = integer(hash.digest(&[]).len() as u64);
                let parameters = sequence(&[&explicit(0, &digest), &explicit(1, &mask), &explicit(2, &salt)]);
                sequence(&[&oid("1.2.840.113549.1.1.10"), &parameters])
            }
            SignatureAlgorithm::Ecdsa(Hash::Sha512) => sequence(&[&oid("1.2.840.10045.4.3.4")]),
            SignatureAlgorithm::Ecdsa(Hash::Sha384) => sequence(&[&oid("1.2.840.10045.4.3.3")]),
            SignatureAlgorithm::Ecdsa(Hash::Sha256) => sequence(&[&oid("1.2.840.10045.4.3.2")]),
            SignatureAlgorithm::Ecdsa(Hash::Sha1) => sequence(&[&oid("1.2.840.10045.4.1")]),
            SignatureAlgorithm::Ed25519 => sequence(&[&oid("1.3.101.112")]),
        }
    }
}
