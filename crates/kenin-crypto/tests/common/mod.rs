//! Vectors made by another implementation, and DER written by hand.
#![allow(dead_code)] // every test file uses its own part

use kenin_asn1::{AlgorithmIdentifier, Decoder};
use kenin_base::{Budget, DigestAlgorithm, Oid};
use kenin_crypto::SignatureScheme;

const VECTORS: &str = include_str!("../vectors.txt");

/// A line of `vectors.txt`.
pub struct Vector {
    pub line: usize,
    pub expected: &'static str,
    pub scheme: SignatureScheme,
    pub spki: Vec<u8>,
    pub signature: Vec<u8>,
}

/// The octets that hexadecimal digits write.
pub fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.chars().map(|c| u8::try_from(c.to_digit(16).unwrap()).unwrap()).collect();
    digits.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect()
}

fn digest_named(name: &str) -> DigestAlgorithm {
    let plain = |text: &str| text.to_lowercase().replace(['-', '/'], "");
    DigestAlgorithm::all().find(|algorithm| plain(algorithm.name()) == plain(name)).unwrap()
}

fn scheme(text: &str) -> SignatureScheme {
    let parts: Vec<&str> = text.split('/').collect();
    match parts[..] {
        ["rsa-pkcs1v15", digest] => SignatureScheme::RsaPkcs1v15(digest_named(digest)),
        ["rsa-pss", digest, mgf, salt] => SignatureScheme::RsaPss {
            digest: digest_named(digest),
            mgf_digest: digest_named(mgf),
            salt_len: salt.parse().unwrap(),
        },
        ["ecdsa", digest] => SignatureScheme::Ecdsa(digest_named(digest)),
        ["ecdsa-plain", digest] => SignatureScheme::EcdsaPlain(digest_named(digest)),
        ["dsa", digest] => SignatureScheme::Dsa(digest_named(digest)),
        ["ed25519"] => SignatureScheme::Ed25519,
        ["ed448"] => SignatureScheme::Ed448,
        _ => panic!("{text}"),
    }
}

pub fn vectors() -> impl Iterator<Item = Vector> {
    let lines = VECTORS.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
    lines.map(|(index, line)| {
        let fields: Vec<&'static str> = line.split(' ').collect();
        Vector {
            line: index + 1,
            expected: fields[0],
            scheme: scheme(fields[1]),
            spki: bytes(fields[2]),
            signature: bytes(fields[3]),
        }
    })
}

/// A definite-length element.
pub fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let mut out = vec![tag];
    match u16::try_from(content.len()).unwrap() {
        len @ 0..=127 => out.push(len.to_be_bytes()[1]),
        len => out.extend([&[0x82], &len.to_be_bytes()[..]].concat()),
    }
    out.extend(content);
    out
}

/// An AlgorithmIdentifier whose parameters are given encoded.
pub fn algorithm(oid: Oid, parameters: &[u8]) -> Vec<u8> {
    tlv(0x30, &[&tlv(0x06, &[oid.as_octets()]), parameters])
}

/// A SubjectPublicKeyInfo of an algorithm, its encoded parameters and the octets of the key.
pub fn spki(oid: Oid, parameters: &[u8], key: &[u8]) -> Vec<u8> {
    tlv(0x30, &[&algorithm(oid, parameters), &tlv(0x03, &[&[0], key])])
}

/// A positive INTEGER from big-endian octets.
pub fn integer(value: &[u8]) -> Vec<u8> {
    tlv(0x02, &[&[0], value])
}

/// What `f` says of an encoded AlgorithmIdentifier.
pub fn with_algorithm<T>(der: &[u8], f: impl FnOnce(&AlgorithmIdentifier<'_, '_>) -> T) -> T {
    let budget = Budget::default();
    let decoder = Decoder::new(&budget);
    f(&AlgorithmIdentifier::parse(decoder.reader(der, 0).element().unwrap()).unwrap())
}
