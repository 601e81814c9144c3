use std::borrow::Cow;

use kenin_base::DigestAlgorithm;
use openssl::ecdsa::EcdsaSig;
use openssl::md::{Md, MdRef};
use openssl::pkey::{PKey, Public};
use openssl::pkey_ctx::PkeyCtx;
use openssl::rsa::Padding;
use openssl::sign::{RsaPssSaltlen, Verifier};
use serde::{Deserialize, Serialize};

use crate::digest::message_digest;
use crate::key::Material;
use crate::rsa::RsaKey;
use crate::{KeyAlgorithm, PublicKey, SignatureScheme, digest, openssl_errors};

/// What was signed.
#[derive(Clone, Copy, Debug)]
pub enum Message<'a> {
    /// The octets themselves.
    Octets(&'a [u8]),
    /// Their digest by the scheme's own digest algorithm, for data hashed as a stream.
    Digest(&'a [u8]),
}

/// The answer to "does this key verify this signature over this message".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verification {
    /// It does.
    Intact,
    /// It does not: the message, the signature value or the key differs from when it was signed.
    Broken,
    /// It was not computed, for this reason.
    Refused(Refusal),
}

impl Verification {
    /// Whether the signature verifies.
    pub fn is_intact(self) -> bool {
        self == Self::Intact
    }
}

/// Why a signature was not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Refusal {
    /// The key is of another kind than the scheme needs, or its parameters forbid the scheme (RFC 4055 3.3).
    #[error("the key does not fit the signature algorithm")]
    KeyDoesNotFit,
    /// No signature is verified with keys of this kind.
    #[error("the key's algorithm is not supported")]
    UnknownKeyAlgorithm,
    /// The key lacks parameters that its issuer's key holds.
    #[error("the key lacks its parameters")]
    KeyParametersMissing,
    /// OpenSSL does not offer the digest algorithm.
    #[error("the digest algorithm is not available")]
    DigestUnavailable,
    /// The given digest has another length than the scheme's digest algorithm gives.
    #[error("the digest does not fit the signature algorithm")]
    DigestLength,
    /// EdDSA signs the message itself and only its digest was given.
    #[error("the signature algorithm needs the message, not its digest")]
    NeedsMessage,
}

/// Verifies `signature` over `message` with `key`.
///
/// The signature value must have its exact form: k octets for RSA, a DER pair with 0 < r, s < n for ECDSA and
/// DSA, fixed length for the plain and Edwards forms. Anything else is [`Verification::Broken`].
pub fn verify(key: &PublicKey, scheme: &SignatureScheme, message: Message<'_>, signature: &[u8]) -> Verification {
    let result = check(key, scheme, message, signature);
    openssl_errors::discard();
    match result {
        Ok(true) => Verification::Intact,
        Ok(false) => Verification::Broken,
        Err(refusal) => Verification::Refused(refusal),
    }
}

fn check(key: &PublicKey, scheme: &SignatureScheme, message: Message<'_>, signature: &[u8]) -> Result<bool, Refusal> {
    match (&key.material, scheme) {
        (Material::None, _) => Err(Refusal::UnknownKeyAlgorithm),
        (Material::DsaValue(_), SignatureScheme::Dsa(_)) => Err(Refusal::KeyParametersMissing),
        (Material::Rsa(rsa), SignatureScheme::RsaPkcs1v15(algorithm)) => {
            // An id-RSASSA-PSS key is for that scheme only (RFC 4055 1.2).
            if !matches!(key.algorithm(), KeyAlgorithm::Rsa { .. }) {
                return Err(Refusal::KeyDoesNotFit);
            }
            let digest = digest_of(*algorithm, message)?;
            Ok(signature.len() == rsa.bytes && rsa.verify_pkcs1v15(*algorithm, &digest, signature))
        }
        (Material::Rsa(rsa), SignatureScheme::RsaPss { digest, mgf_digest, salt_len }) => {
            let allowed = match key.algorithm() {
                KeyAlgorithm::RsaPss { restriction: Some(r), .. } => {
                    r.digest == *digest && r.mgf_digest == *mgf_digest && r.min_salt_len <= *salt_len
                }
                _ => true,
            };
            if !allowed {
                return Err(Refusal::KeyDoesNotFit);
            }
            let value = digest_of(*digest, message)?;
            let (md, mgf_md) = (pss_digest(*digest)?, pss_digest(*mgf_digest)?);
            Ok(signature.len() == rsa.bytes && verify_pss(rsa, md, mgf_md, *salt_len, &value, signature))
        }
        (Material::Ec { key, .. }, SignatureScheme::Ecdsa(algorithm)) => {
            let digest = digest_of(*algorithm, message)?;
            // Re-encoding refuses BER, trailing octets and padded integers; OpenSSL checks 0 < r, s < n.
            let Ok(value) = EcdsaSig::from_der(signature) else { return Ok(false) };
            let is_der = value.to_der().is_ok_and(|der| der == signature);
            Ok(is_der && value.verify(&digest, key).unwrap_or(false))
        }
        (Material::Ec { key, order_bytes }, SignatureScheme::EcdsaPlain(algorithm)) => {
            let digest = digest_of(*algorithm, message)?;
            let Some((r, s)) = signature.split_at_checked(*order_bytes).filter(|(_, s)| s.len() == *order_bytes) else {
                return Ok(false);
            };
            let number = openssl::bn::BigNum::from_slice;
            let value = number(r).and_then(|r| EcdsaSig::from_private_components(r, number(s)?));
            Ok(value.and_then(|value| value.verify(&digest, key)).unwrap_or(false))
        }
        (Material::Edwards { key: inner, signature_bytes }, SignatureScheme::Ed25519 | SignatureScheme::Ed448) => {
            let fits = matches!(
                (key.algorithm(), scheme),
                (KeyAlgorithm::Ed25519, SignatureScheme::Ed25519) | (KeyAlgorithm::Ed448, SignatureScheme::Ed448)
            );
            if !fits {
                return Err(Refusal::KeyDoesNotFit);
            }
            let Message::Octets(octets) = message else { return Err(Refusal::NeedsMessage) };
            Ok(signature.len() == *signature_bytes && verify_edwards(inner, octets, signature))
        }
        (Material::Dsa { key, .. }, SignatureScheme::Dsa(algorithm)) => {
            let digest = digest_of(*algorithm, message)?;
            Ok(is_der_pair(signature) && verify_dsa(key, &digest, signature))
        }
        _ => Err(Refusal::KeyDoesNotFit),
    }
}

fn digest_of(algorithm: DigestAlgorithm, message: Message<'_>) -> Result<Cow<'_, [u8]>, Refusal> {
    match message {
        Message::Octets(octets) => digest(algorithm, octets).map(Cow::Owned).map_err(|_| Refusal::DigestUnavailable),
        Message::Digest(value) if value.len() == algorithm.output_len() => Ok(Cow::Borrowed(value)),
        Message::Digest(_) => Err(Refusal::DigestLength),
    }
}

/// The algorithm as RSASSA-PSS takes it. MD5, RIPEMD-160 and SHAKE have never been digests of RSASSA-PSS in X.509
/// (RFC 4055 2.1, RFC 8017 A.2.3; RFC 8692 has identifiers of its own for SHAKE).
fn pss_digest(algorithm: DigestAlgorithm) -> Result<&'static MdRef, Refusal> {
    use DigestAlgorithm::{Md5, Ripemd160, Shake128, Shake256};
    if matches!(algorithm, Md5 | Ripemd160 | Shake128 | Shake256) {
        return Err(Refusal::DigestUnavailable);
    }
    message_digest(algorithm).and_then(|md| Md::from_nid(md.type_())).ok_or(Refusal::DigestUnavailable)
}

fn verify_pss(rsa: &RsaKey, md: &MdRef, mgf_md: &MdRef, salt_len: u32, digest: &[u8], signature: &[u8]) -> bool {
    let Ok(salt_len) = i32::try_from(salt_len) else { return false };
    let run = || {
        let mut context = PkeyCtx::new(&rsa.pkey)?;
        context.verify_init()?;
        context.set_rsa_padding(Padding::PKCS1_PSS)?;
        context.set_signature_md(md)?;
        context.set_rsa_mgf1_md(mgf_md)?;
        context.set_rsa_pss_saltlen(RsaPssSaltlen::custom(salt_len))?;
        context.verify(digest, signature)
    };
    run().unwrap_or(false)
}

fn verify_edwards(key: &PKey<Public>, message: &[u8], signature: &[u8]) -> bool {
    Verifier::new_without_digest(key)
        .and_then(|mut verifier| verifier.verify_oneshot(signature, message))
        .unwrap_or(false)
}

fn verify_dsa(key: &PKey<Public>, digest: &[u8], signature: &[u8]) -> bool {
    let run = || {
        let mut context = PkeyCtx::new(key)?;
        context.verify_init()?;
        context.verify(digest, signature)
    };
    run().unwrap_or(false)
}

/// A DSA value has the same syntax as an ECDSA value: two INTEGERs in DER.
fn is_der_pair(signature: &[u8]) -> bool {
    EcdsaSig::from_der(signature).and_then(|value| value.to_der()).is_ok_and(|der| der == signature)
}
