use std::fmt;

use kenin_asn1::{AlgorithmIdentifier, Tag};
use kenin_base::{DigestAlgorithm, Oid};
use serde::{Deserialize, Serialize};

use crate::recognised::Unverified;
use crate::spki::{PssParameters, known_digest, parse_pss_parameters};

/// A signature algorithm with everything its parameters say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[non_exhaustive]
pub enum SignatureScheme {
    /// RSASSA-PKCS1-v1_5 (RFC 8017 8.2).
    RsaPkcs1v15(DigestAlgorithm),
    /// RSASSA-PSS (RFC 8017 8.1) with the parameters of RFC 4055 3.1.
    RsaPss {
        /// The message's digest algorithm.
        digest: DigestAlgorithm,
        /// The digest algorithm inside MGF1.
        mgf_digest: DigestAlgorithm,
        /// Length of the salt in octets.
        salt_len: u32,
    },
    /// ECDSA (FIPS 186-5 6), the value a DER Ecdsa-Sig-Value (RFC 3279 2.2.3).
    Ecdsa(DigestAlgorithm),
    /// ECDSA, the value `r ‖ s` of fixed length (BSI TR-03111 5.2.1).
    EcdsaPlain(DigestAlgorithm),
    /// Ed25519 (RFC 8032).
    Ed25519,
    /// Ed448 (RFC 8032).
    Ed448,
    /// DSA (FIPS 186-4 4), the value a DER Dss-Sig-Value (RFC 3279 2.2.2).
    Dsa(DigestAlgorithm),
}

/// Why an AlgorithmIdentifier is no [`SignatureScheme`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[non_exhaustive]
pub enum SchemeError {
    /// No signature algorithm this library knows.
    #[error("signature algorithm {} is not supported", Unverified(oid))]
    Unknown {
        /// Its identifier.
        oid: Oid,
    },
    /// The parameters are malformed, not allowed, or name algorithms this library does not know.
    #[error("unsupported parameters of signature algorithm {oid}")]
    BadParameters {
        /// The algorithm whose parameters they are.
        oid: Oid,
    },
    /// SignerInfo.digestAlgorithm and signatureAlgorithm name different digests (RFC 5652 5.3, RFC 8933 2).
    #[error("digestAlgorithm says {digest_algorithm}, signatureAlgorithm says {signature_digest}")]
    Mismatch {
        /// What digestAlgorithm names.
        digest_algorithm: DigestAlgorithm,
        /// What signatureAlgorithm names.
        signature_digest: DigestAlgorithm,
    },
}

impl SignatureScheme {
    /// The scheme of a certificate, CRL or OCSP response: the identifier names the digest.
    ///
    /// # Errors
    /// [`SchemeError::Unknown`] or [`SchemeError::BadParameters`].
    pub fn from_x509(algorithm: &AlgorithmIdentifier<'_, '_>) -> Result<Self, SchemeError> {
        match read(algorithm)? {
            Named::Whole(scheme) => Ok(scheme),
            Named::KeyOnly(_) => Err(SchemeError::Unknown { oid: algorithm.oid }),
        }
    }

    /// The scheme of a SignerInfo. Identifiers that name a key algorithm alone (rsaEncryption, id-dsa, and
    /// id-ecPublicKey as some signers write it) take the digest from `digest_algorithm`; every other one
    /// must agree with it. EdDSA fixes its own digest, so any `digest_algorithm` is only that of the content.
    ///
    /// # Errors
    /// [`SchemeError`]; on [`SchemeError::Mismatch`] the caller refuses the signature.
    pub fn from_cms(
        algorithm: &AlgorithmIdentifier<'_, '_>,
        digest_algorithm: DigestAlgorithm,
    ) -> Result<Self, SchemeError> {
        let scheme = match read(algorithm)? {
            Named::KeyOnly(KeyOnly::Rsa) => Self::RsaPkcs1v15(digest_algorithm),
            Named::KeyOnly(KeyOnly::Ec) => Self::Ecdsa(digest_algorithm),
            Named::KeyOnly(KeyOnly::Dsa) => Self::Dsa(digest_algorithm),
            Named::Whole(scheme) => scheme,
        };
        match scheme.digest() {
            Some(signature_digest) if signature_digest != digest_algorithm => {
                Err(SchemeError::Mismatch { digest_algorithm, signature_digest })
            }
            _ => Ok(scheme),
        }
    }

    /// The identifier that names the scheme with its digest; `None` where there is none.
    pub fn oid(&self) -> Option<Oid> {
        match self {
            Self::RsaPss { .. } => Some(PSS),
            whole => {
                let is_this = |row: &&(Oid, Named)| matches!(row.1, Named::Whole(scheme) if scheme == *whole);
                TABLE.iter().find(is_this).map(|row| row.0)
            }
        }
    }

    /// The digest algorithm applied to the message; `None` for EdDSA, which signs the message itself.
    pub fn digest(&self) -> Option<DigestAlgorithm> {
        match self {
            Self::RsaPkcs1v15(digest) | Self::Ecdsa(digest) | Self::EcdsaPlain(digest) | Self::Dsa(digest) => {
                Some(*digest)
            }
            Self::RsaPss { digest, .. } => Some(*digest),
            Self::Ed25519 | Self::Ed448 => None,
        }
    }
}

/// The standard's name, as reports show it.
impl fmt::Display for SignatureScheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RsaPkcs1v15(digest) => write!(f, "RSASSA-PKCS1-v1_5 with {digest}"),
            Self::RsaPss { digest, mgf_digest, salt_len } => {
                write!(f, "RSASSA-PSS with {digest}")?;
                if mgf_digest != digest {
                    write!(f, ", MGF1 with {mgf_digest}")?;
                }
                if usize::try_from(*salt_len) != Ok(digest.output_len()) {
                    write!(f, ", salt of {salt_len} octets")?;
                }
                Ok(())
            }
            Self::Ecdsa(digest) => write!(f, "ECDSA with {digest}"),
            Self::EcdsaPlain(digest) => write!(f, "plain ECDSA with {digest}"),
            Self::Ed25519 => f.write_str("Ed25519"),
            Self::Ed448 => f.write_str("Ed448"),
            Self::Dsa(digest) => write!(f, "DSA with {digest}"),
        }
    }
}

/// What an identifier names.
#[derive(Clone, Copy)]
enum Named {
    Whole(SignatureScheme),
    KeyOnly(KeyOnly),
}

#[derive(Clone, Copy)]
enum KeyOnly {
    Rsa,
    Ec,
    Dsa,
}

const PSS: Oid = Oid::new(&[1, 2, 840, 113549, 1, 1, 10]);
const ECDSA_WITH_SPECIFIED: Oid = Oid::new(&[1, 2, 840, 10045, 4, 3]);

/// Identifiers whose parameters are absent or NULL. RFC 4055 asks for NULL with RSA, RFC 5758 for absence with
/// ECDSA and DSA, RFC 8410 with EdDSA; deployed signatures have either, and neither carries information.
const TABLE: &[(Oid, Named)] = {
    use DigestAlgorithm::*;
    use Named::{KeyOnly as Key, Whole};
    use SignatureScheme::*;
    &[
        (Oid::new(&[1, 2, 840, 113549, 1, 1, 1]), Key(KeyOnly::Rsa)),
        (Oid::new(&[1, 2, 840, 113549, 1, 1, 4]), Whole(RsaPkcs1v15(Md5))),
        (Oid::new(&[1, 2, 840, 113549, 1, 1, 5]), Whole(RsaPkcs1v15(Sha1))),
        (Oid::new(&[1, 2, 840, 113549, 1, 1, 11]), Whole(RsaPkcs1v15(Sha256))),
        (Oid::new(&[1, 2, 840, 113549, 1, 1, 12]), Whole(RsaPkcs1v15(Sha384))),
        (Oid::new(&[1, 2, 840, 113549, 1, 1, 13]), Whole(RsaPkcs1v15(Sha512))),
        (Oid::new(&[1, 2, 840, 113549, 1, 1, 14]), Whole(RsaPkcs1v15(Sha224))),
        (Oid::new(&[1, 2, 840, 113549, 1, 1, 15]), Whole(RsaPkcs1v15(Sha512_224))),
        (Oid::new(&[1, 2, 840, 113549, 1, 1, 16]), Whole(RsaPkcs1v15(Sha512_256))),
        // OIW sha1WithRSASignature, TeleTrusT rsaSignatureWithripemd160
        (Oid::new(&[1, 3, 14, 3, 2, 29]), Whole(RsaPkcs1v15(Sha1))),
        (Oid::new(&[1, 3, 36, 3, 3, 1, 2]), Whole(RsaPkcs1v15(Ripemd160))),
        // NIST CSOR sigAlgs
        (Oid::new(&[2, 16, 840, 1, 101, 3, 4, 3, 13]), Whole(RsaPkcs1v15(Sha3_224))),
        (Oid::new(&[2, 16, 840, 1, 101, 3, 4, 3, 14]), Whole(RsaPkcs1v15(Sha3_256))),
        (Oid::new(&[2, 16, 840, 1, 101, 3, 4, 3, 15]), Whole(RsaPkcs1v15(Sha3_384))),
        (Oid::new(&[2, 16, 840, 1, 101, 3, 4, 3, 16]), Whole(RsaPkcs1v15(Sha3_512))),
        (Oid::new(&[1, 2, 840, 10045, 2, 1]), Key(KeyOnly::Ec)),
        (Oid::new(&[1, 2, 840, 10045, 4, 1]), Whole(Ecdsa(Sha1))),
        (Oid::new(&[1, 2, 840, 10045, 4, 3, 1]), Whole(Ecdsa(Sha224))),
        (Oid::new(&[1, 2, 840, 10045, 4, 3, 2]), Whole(Ecdsa(Sha256))),
        (Oid::new(&[1, 2, 840, 10045, 4, 3, 3]), Whole(Ecdsa(Sha384))),
        (Oid::new(&[1, 2, 840, 10045, 4, 3, 4]), Whole(Ecdsa(Sha512))),
        (Oid::new(&[2, 16, 840, 1, 101, 3, 4, 3, 9]), Whole(Ecdsa(Sha3_224))),
        (Oid::new(&[2, 16, 840, 1, 101, 3, 4, 3, 10]), Whole(Ecdsa(Sha3_256))),
        (Oid::new(&[2, 16, 840, 1, 101, 3, 4, 3, 11]), Whole(Ecdsa(Sha3_384))),
        (Oid::new(&[2, 16, 840, 1, 101, 3, 4, 3, 12]), Whole(Ecdsa(Sha3_512))),
        // BSI TR-03111 5.2.1.1
        (Oid::new(&[0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 1]), Whole(EcdsaPlain(Sha1))),
        (Oid::new(&[0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 2]), Whole(EcdsaPlain(Sha224))),
        (Oid::new(&[0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 3]), Whole(EcdsaPlain(Sha256))),
        (Oid::new(&[0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 4]), Whole(EcdsaPlain(Sha384))),
        (Oid::new(&[0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 5]), Whole(EcdsaPlain(Sha512))),
        (Oid::new(&[0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 8]), Whole(EcdsaPlain(Sha3_224))),
        (Oid::new(&[0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 9]), Whole(EcdsaPlain(Sha3_256))),
        (Oid::new(&[0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 10]), Whole(EcdsaPlain(Sha3_384))),
        (Oid::new(&[0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 11]), Whole(EcdsaPlain(Sha3_512))),
        (Oid::new(&[0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 6]), Whole(EcdsaPlain(Ripemd160))),
        // RFC 8692 and RFC 8702
        (Oid::new(&[1, 3, 6, 1, 5, 5, 7, 6, 32]), Whole(Ecdsa(Shake128))),
        (Oid::new(&[1, 3, 6, 1, 5, 5, 7, 6, 33]), Whole(Ecdsa(Shake256))),
        (Oid::new(&[1, 3, 101, 112]), Whole(Ed25519)),
        (Oid::new(&[1, 3, 101, 113]), Whole(Ed448)),
        (Oid::new(&[1, 2, 840, 10040, 4, 1]), Key(KeyOnly::Dsa)),
        (Oid::new(&[1, 2, 840, 10040, 4, 3]), Whole(Dsa(Sha1))),
        // OIW dsaWithSHA1
        (Oid::new(&[1, 3, 14, 3, 2, 27]), Whole(Dsa(Sha1))),
        (Oid::new(&[2, 16, 840, 1, 101, 3, 4, 3, 1]), Whole(Dsa(Sha224))),
        (Oid::new(&[2, 16, 840, 1, 101, 3, 4, 3, 2]), Whole(Dsa(Sha256))),
        (Oid::new(&[2, 16, 840, 1, 101, 3, 4, 3, 3]), Whole(Dsa(Sha384))),
        (Oid::new(&[2, 16, 840, 1, 101, 3, 4, 3, 4]), Whole(Dsa(Sha512))),
    ]
};

fn read(algorithm: &AlgorithmIdentifier<'_, '_>) -> Result<Named, SchemeError> {
    let oid = algorithm.oid;
    let bad = || SchemeError::BadParameters { oid };
    if oid == PSS {
        let PssParameters { digest, mgf_digest, salt_len } =
            parse_pss_parameters(algorithm.parameters.as_ref()).ok_or_else(bad)?;
        return Ok(Named::Whole(SignatureScheme::RsaPss { digest, mgf_digest, salt_len }));
    }
    if oid == ECDSA_WITH_SPECIFIED {
        let hash = algorithm.parameters.filter(|p| p.tag == Tag::SEQUENCE).ok_or_else(bad)?;
        let hash = AlgorithmIdentifier::parse(hash).map_err(|_| bad())?;
        let digest = known_digest(&hash).ok_or_else(bad)?;
        return Ok(Named::Whole(SignatureScheme::Ecdsa(digest)));
    }
    let named = TABLE.iter().find(|row| row.0 == oid).map(|row| row.1).ok_or(SchemeError::Unknown { oid })?;
    // id-ecPublicKey and id-dsa in a SignerInfo sometimes repeat the key's parameters; the key decides those.
    let parameters_are_the_keys = matches!(named, Named::KeyOnly(KeyOnly::Ec | KeyOnly::Dsa));
    if algorithm.has_no_parameters() || parameters_are_the_keys { Ok(named) } else { Err(bad()) }
}
