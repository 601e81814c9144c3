//! Algorithm identifiers of XML signatures (RFC 6931, XMLDSig 1.1 6) and what they compute.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::Digest as _;

use crate::algorithms::{Hash, SignatureAlgorithm};
use crate::certificates::Identity;

/// A digest method.
#[derive(Clone, Copy)]
pub struct DigestMethod {
    /// Its identifier.
    pub uri: &'static str,
    /// Its function.
    pub digest: fn(&[u8]) -> Vec<u8>,
}

/// SHA-256.
pub const SHA256: DigestMethod =
    DigestMethod { uri: "http://www.w3.org/2001/04/xmlenc#sha256", digest: |data| Hash::Sha256.digest(data) };
/// SHA-512.
pub const SHA512: DigestMethod =
    DigestMethod { uri: "http://www.w3.org/2001/04/xmlenc#sha512", digest: |data| Hash::Sha512.digest(data) };
/// SHA-1.
pub const SHA1: DigestMethod =
    DigestMethod { uri: "http://www.w3.org/2000/09/xmldsig#sha1", digest: |data| Hash::Sha1.digest(data) };
/// MD5.
pub const MD5: DigestMethod =
    DigestMethod { uri: "http://www.w3.org/2001/04/xmldsig-more#md5", digest: |data| md5::Md5::digest(data).to_vec() };

/// The identifier of a signature method.
///
/// # Panics
/// On an algorithm that no fixture uses in XML.
pub fn signature_method(algorithm: SignatureAlgorithm) -> &'static str {
    match algorithm {
        SignatureAlgorithm::RsaPkcs1(Hash::Sha256) => "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        SignatureAlgorithm::RsaPkcs1(Hash::Sha512) => "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
        SignatureAlgorithm::RsaPkcs1(Hash::Sha1) => "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
        SignatureAlgorithm::RsaPss(Hash::Sha256) => "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
        SignatureAlgorithm::Ecdsa(Hash::Sha256) => "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
        other => panic!("no identifier for {other:?}"),
    }
}

/// The octets of SignatureValue over `data`: ECDSA on P-256 as r and s side by side (XMLDSig 1.1 6.4.3).
pub fn sign(signer: &Identity, algorithm: SignatureAlgorithm, data: &[u8]) -> Vec<u8> {
    let signature = signer.key.sign(algorithm, data);
    match algorithm {
        SignatureAlgorithm::Ecdsa(_) => p256::ecdsa::Signature::from_der(&signature).unwrap().to_bytes().to_vec(),
        _ => signature,
    }
}

/// HMAC with SHA-256 (RFC 2104).
#[must_use]
pub fn hmac_sha256(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut block = if key.len() > 64 { Hash::Sha256.digest(key) } else { key.to_vec() };
    block.resize(64, 0);
    let padded = |pad: u8| block.iter().map(|octet| octet ^ pad).collect::<Vec<u8>>();
    let inner = Hash::Sha256.digest(&[&padded(0x36), data].concat());
    Hash::Sha256.digest(&[padded(0x5c), inner].concat())
}

/// Base64 in lines of 76 characters.
#[must_use]
pub fn base64(data: &[u8]) -> String {
    let text = STANDARD.encode(data);
    let lines: Vec<&str> = text.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hmac_of_rfc_4231() {
        // 4.3: a key of four octets.
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(hex::encode(hmac_sha256(b"Jefe", b"what do ya want for nothing?")), expected);
    }
}
