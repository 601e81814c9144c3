//! Digest and signature algorithms with their AlgorithmIdentifiers (RFC 5754, RFC 4055, RFC 5758, RFC 8419,
//! RFC 9882).

use sha2::Digest as _;

use crate::encode::{explicit, integer, null, oid, sequence};

/// A digest algorithm.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hash {
    /// SHA-1, for ESSCertID v1 and for signatures of its time.
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
    /// DSA.
    Dsa(Hash),
    /// ML-DSA-65 (RFC 9881); CMS digests with SHA-512 beside it (RFC 9882 3.3).
    MlDsa65,
}

impl SignatureAlgorithm {
    /// The digest algorithm a SignerInfo names beside this signature algorithm.
    #[must_use]
    pub fn hash(self) -> Hash {
        match self {
            SignatureAlgorithm::RsaPkcs1(hash)
            | SignatureAlgorithm::RsaPss(hash)
            | SignatureAlgorithm::Ecdsa(hash)
            | SignatureAlgorithm::Dsa(hash) => hash,
            SignatureAlgorithm::Ed25519 | SignatureAlgorithm::MlDsa65 => Hash::Sha512,
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
            SignatureAlgorithm::RsaPss(hash) => pss_identifier(hash, hash, hash.digest(&[]).len() as u64),
            SignatureAlgorithm::Ecdsa(Hash::Sha512) => sequence(&[&oid("1.2.840.10045.4.3.4")]),
            SignatureAlgorithm::Ecdsa(Hash::Sha384) => sequence(&[&oid("1.2.840.10045.4.3.3")]),
            SignatureAlgorithm::Ecdsa(Hash::Sha256) => sequence(&[&oid("1.2.840.10045.4.3.2")]),
            SignatureAlgorithm::Ecdsa(Hash::Sha1) => sequence(&[&oid("1.2.840.10045.4.1")]),
            SignatureAlgorithm::Ed25519 => sequence(&[&oid("1.3.101.112")]),
            SignatureAlgorithm::Dsa(hash) => {
                let arc = match hash {
                    Hash::Sha1 => "1.2.840.10040.4.3",
                    Hash::Sha256 => "2.16.840.1.101.3.4.3.2",
                    Hash::Sha384 => "2.16.840.1.101.3.4.3.3",
                    Hash::Sha512 => "2.16.840.1.101.3.4.3.4",
                };
                sequence(&[&oid(arc)])
            }
            SignatureAlgorithm::MlDsa65 => sequence(&[&oid("2.16.840.1.101.3.4.3.18")]),
        }
    }
}

/// id-RSASSA-PSS with RSASSA-PSS-params (RFC 4055 3.1): message digest, digest inside MGF1, salt length in octets.
#[must_use]
pub fn pss_identifier(hash: Hash, mask_hash: Hash, salt: u64) -> Vec<u8> {
    let mask = sequence(&[&oid("1.2.840.113549.1.1.8"), &mask_hash.identifier_with_null()]);
    let parameters =
        sequence(&[&explicit(0, &hash.identifier_with_null()), &explicit(1, &mask), &explicit(2, &integer(salt))]);
    sequence(&[&oid("1.2.840.113549.1.1.10"), &parameters])
}
