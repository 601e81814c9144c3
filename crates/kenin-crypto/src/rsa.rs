use kenin_base::DigestAlgorithm;
use openssl::bn::BigNum;
use openssl::pkey::{PKey, Public};
use openssl::rsa::{Padding, Rsa};

use crate::KeyError;

/// Lengths of the modulus that are computed with: below is broken, above costs an attacker nothing and us much.
const MODULUS_BITS: std::ops::RangeInclusive<u32> = 512..=8192;
const MAX_EXPONENT_BYTES: usize = 8;

/// An RSA public key whose components are within the limits.
pub(crate) struct RsaKey {
    pub rsa: Rsa<Public>,
    pub pkey: PKey<Public>,
    bits: u32,
    /// k of RFC 8017: length of the modulus in octets.
    pub bytes: usize,
}

impl RsaKey {
    /// From big-endian octets without leading zeros.
    pub fn new(modulus: &[u8], exponent: &[u8]) -> Result<Self, KeyError> {
        let leading = modulus.first().map_or(0, |octet| octet.leading_zeros());
        let bits = u32::try_from(modulus.len()).unwrap_or(u32::MAX / 8).saturating_mul(8).saturating_sub(leading);
        if !MODULUS_BITS.contains(&bits) {
            return Err(KeyError::Size { bits });
        }
        let odd = |octets: &[u8]| octets.last().is_some_and(|octet| octet & 1 == 1);
        let at_least_three = exponent.len() > 1 || exponent.first().is_some_and(|octet| *octet >= 3);
        if !odd(modulus) || !odd(exponent) || !at_least_three || exponent.len() > MAX_EXPONENT_BYTES {
            return Err(KeyError::Exponent);
        }
        let number = |octets| BigNum::from_slice(octets).map_err(|_| KeyError::Refused);
        let rsa = Rsa::from_public_components(number(modulus)?, number(exponent)?).map_err(|_| KeyError::Refused)?;
        let pkey = PKey::from_rsa(rsa.clone()).map_err(|_| KeyError::Refused)?;
        Ok(Self { rsa, pkey, bits, bytes: modulus.len() })
    }

    pub fn bits(&self) -> u32 {
        self.bits
    }

    /// RSASSA-PKCS1-v1_5 verification (RFC 8017 8.2.2): the public operation without any padding code, then
    /// the *whole* block compared with the one block that encodes this digest. Nothing of the block is parsed, so
    /// neither trailing garbage nor odd parameters (the e = 3 forgeries) have a place to hide. The
    /// AlgorithmIdentifier inside has NULL parameters, as RFC 8017 9.2 encodes it; the form without them, which
    /// the note there lets a verifier accept for old signers, is refused, as OpenSSL refuses it.
    pub fn verify_pkcs1v15(&self, algorithm: DigestAlgorithm, digest: &[u8], signature: &[u8]) -> bool {
        let Some(expected) = emsa_pkcs1_v15(algorithm, digest, self.bytes) else { return false };
        let mut block = vec![0; self.bytes];
        match self.rsa.public_decrypt(signature, &mut block, Padding::NONE) {
            Ok(len) => len == self.bytes && block == expected,
            Err(_) => false,
        }
    }
}

/// EMSA-PKCS1-v1_5 (RFC 8017 9.2): `00 01 FF … FF 00 DigestInfo`, or `None` when the modulus is too short.
fn emsa_pkcs1_v15(algorithm: DigestAlgorithm, digest: &[u8], len: usize) -> Option<Vec<u8>> {
    let oid = algorithm.oid();
    let octet = |n: usize| u8::try_from(n).ok().filter(|n| *n < 0x80);
    let oid_len = oid.as_octets().len();
    let mut info = vec![0x30, octet(oid_len + digest.len() + 8)?, 0x30, octet(oid_len + 4)?, 0x06, octet(oid_len)?];
    info.extend_from_slice(oid.as_octets());
    info.extend_from_slice(&[0x05, 0x00, 0x04, octet(digest.len())?]);
    info.extend_from_slice(digest);
    let padding = len.checked_sub(info.len() + 3).filter(|padding| *padding >= 8)?;
    let mut block = vec![0x00, 0x01];
    block.resize(2 + padding, 0xff);
    block.push(0x00);
    block.extend_from_slice(&info);
    Some(block)
}
