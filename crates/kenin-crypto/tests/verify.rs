//! Every scheme against signatures of another implementation, and the forgeries F1 to F4.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail by panicking

use std::time::{Duration, Instant};

use kenin_asn1::{AlgorithmIdentifier, Decoder};
use kenin_base::{Budget, DigestAlgorithm, Oid};
use kenin_crypto::{
    KeyAlgorithm, KeyError, Message, PublicKey, Refusal, SchemeError, SignatureScheme, Verification, digest, verify,
};

const MESSAGE: &[u8] = b"kenin: discharge summary 2026";
const VECTORS: &str = include_str!("vectors.txt");

struct Vector {
    line: usize,
    expected: &'static str,
    scheme: SignatureScheme,
    spki: Vec<u8>,
    signature: Vec<u8>,
}

fn bytes(hex: &str) -> Vec<u8> {
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

fn vectors() -> impl Iterator<Item = Vector> {
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

fn answer(verification: Verification) -> &'static str {
    match verification {
        Verification::Intact => "intact",
        Verification::Broken => "broken",
        Verification::Refused(_) => "refused",
    }
}

#[test]
fn every_vector_gives_its_answer_from_the_message_and_from_its_digest() {
    let mut intact = 0;
    for vector in vectors() {
        let key = PublicKey::from_spki(&vector.spki).unwrap();
        let result = verify(&key, &vector.scheme, Message::Octets(MESSAGE), &vector.signature);
        assert_eq!(answer(result), vector.expected, "line {}: {}", vector.line, vector.scheme);
        intact += usize::from(result == Verification::Intact);
        if let Some(algorithm) = vector.scheme.digest() {
            let value = digest(algorithm, MESSAGE).unwrap();
            let by_digest = verify(&key, &vector.scheme, Message::Digest(&value), &vector.signature);
            assert_eq!(by_digest, result, "line {}", vector.line);
            let short = verify(&key, &vector.scheme, Message::Digest(&value[1..]), &vector.signature);
            assert_ne!(answer(short), "intact", "line {}", vector.line);
        }
    }
    assert_eq!(intact, 33);
}

#[test]
fn another_message_a_changed_value_or_another_length_is_broken() {
    for vector in vectors().filter(|vector| vector.expected == "intact") {
        let key = PublicKey::from_spki(&vector.spki).unwrap();
        let check = |message: &[u8], value: &[u8]| verify(&key, &vector.scheme, Message::Octets(message), value);
        assert_eq!(check(b"another", &vector.signature), Verification::Broken, "line {}", vector.line);
        for index in [0, vector.signature.len() / 2, vector.signature.len() - 1] {
            let mut changed = vector.signature.clone();
            changed[index] ^= 1;
            assert_eq!(check(MESSAGE, &changed), Verification::Broken, "line {} octet {index}", vector.line);
        }
        let longer = [&[0], &vector.signature[..]].concat();
        for value in [&longer, &vector.signature[1..], &[]] {
            assert_eq!(check(MESSAGE, value), Verification::Broken, "line {}", vector.line);
        }
    }
}

#[test]
fn eddsa_needs_the_message() {
    let vector = vectors().find(|v| v.scheme == SignatureScheme::Ed25519 && v.expected == "intact").unwrap();
    let key = PublicKey::from_spki(&vector.spki).unwrap();
    let result = verify(&key, &vector.scheme, Message::Digest(&[0; 64]), &vector.signature);
    assert_eq!(result, Verification::Refused(Refusal::NeedsMessage));
}

/// A definite-length element.
fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let mut out = vec![tag];
    match u16::try_from(content.len()).unwrap() {
        len @ 0..=127 => out.push(len.to_be_bytes()[1]),
        len => out.extend([&[0x82], &len.to_be_bytes()[..]].concat()),
    }
    out.extend(content);
    out
}

fn algorithm(oid: Oid, parameters: &[u8]) -> Vec<u8> {
    tlv(0x30, &[&tlv(0x06, &[oid.as_octets()]), parameters])
}

fn rsa_spki(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    let oid = Oid::new(&[1, 2, 840, 113549, 1, 1, 1]);
    let integer = |value: &[u8]| tlv(0x02, &[&[0], value]);
    let key = tlv(0x30, &[&integer(modulus), &integer(exponent)]);
    tlv(0x30, &[&algorithm(oid, &[5, 0]), &tlv(0x03, &[&[0], &key])])
}

/// F4: sizes are refused before any arithmetic, and therefore at once.
#[test]
fn keys_beyond_the_limits_are_refused_fast() {
    let modulus = |len: usize| {
        let mut octets = vec![0xff; len];
        octets[0] = 0x80;
        octets
    };
    let start = Instant::now();
    let huge = PublicKey::from_spki(&rsa_spki(&modulus(2048), &[1, 0, 1])).unwrap_err();
    assert_eq!(huge, KeyError::Size { bits: 16384 });
    let exponent = [&[1u8][..], &[0; 31], &[1]].concat();
    assert_eq!(PublicKey::from_spki(&rsa_spki(&modulus(256), &exponent)).unwrap_err(), KeyError::Exponent);
    assert!(start.elapsed() < Duration::from_millis(50));
    assert_eq!(PublicKey::from_spki(&rsa_spki(&modulus(63), &[3])).unwrap_err(), KeyError::Size { bits: 504 });
    for exponent in [&[][..], &[0], &[1], &[2], &[4]] {
        let result = PublicKey::from_spki(&rsa_spki(&modulus(256), exponent));
        assert_eq!(result.unwrap_err(), KeyError::Exponent, "{exponent:?}");
    }
    let even = [&modulus(255)[..], &[0xfe]].concat();
    assert_eq!(PublicKey::from_spki(&rsa_spki(&even, &[3])).unwrap_err(), KeyError::Exponent);
}

#[test]
fn only_named_curves_and_points_on_them() {
    let vector = vectors().find(|vector| matches!(vector.scheme, SignatureScheme::EcdsaPlain(_))).unwrap();
    let mut off_curve = vector.spki.clone();
    *off_curve.last_mut().unwrap() ^= 1;
    assert_eq!(PublicKey::from_spki(&off_curve).unwrap_err(), KeyError::InvalidPoint);
    let ec = Oid::new(&[1, 2, 840, 10045, 2, 1]);
    let p256 = tlv(0x06, &[Oid::new(&[1, 2, 840, 10045, 3, 1, 7]).as_octets()]);
    let sect163k1 = tlv(0x06, &[Oid::new(&[1, 3, 132, 0, 1]).as_octets()]);
    let explicit = tlv(0x30, &[&[2, 1, 1]]);
    let spki = |parameters: &[u8], point: &[u8]| {
        PublicKey::from_spki(&tlv(0x30, &[&algorithm(ec, parameters), &tlv(0x03, &[&[0], point])])).unwrap_err()
    };
    for parameters in [&sect163k1[..], &explicit, &[5, 0], &[]] {
        assert_eq!(spki(parameters, &[4; 65]), KeyError::UnsupportedCurve);
    }
    for point in [&[0][..], &[4; 64], &[6; 65], &[2; 32], &[]] {
        assert_eq!(spki(&p256, point), KeyError::InvalidPoint);
    }
}

#[test]
fn unknown_key_algorithms_are_named_and_refused() {
    let ml_dsa = Oid::new(&[2, 16, 840, 1, 101, 3, 4, 3, 17]);
    let spki = tlv(0x30, &[&algorithm(ml_dsa, &[]), &tlv(0x03, &[&[0; 20]])]);
    let key = PublicKey::from_spki(&spki).unwrap();
    assert_eq!(key.algorithm(), KeyAlgorithm::Unknown(ml_dsa));
    let result = verify(&key, &SignatureScheme::Ed25519, Message::Octets(b""), &[]);
    assert_eq!(result, Verification::Refused(Refusal::UnknownKeyAlgorithm));
}

fn with_algorithm<T>(der: &[u8], f: impl FnOnce(&AlgorithmIdentifier<'_, '_>) -> T) -> T {
    let budget = Budget::default();
    let decoder = Decoder::new(&budget);
    f(&AlgorithmIdentifier::parse(decoder.reader(der, 0).element().unwrap()).unwrap())
}

const RSA_ENCRYPTION: Oid = Oid::new(&[1, 2, 840, 113549, 1, 1, 1]);
const SHA256_WITH_RSA: Oid = Oid::new(&[1, 2, 840, 113549, 1, 1, 11]);
const PSS: Oid = Oid::new(&[1, 2, 840, 113549, 1, 1, 10]);

#[test]
fn a_signer_infos_two_algorithms_must_agree() {
    use DigestAlgorithm::{Sha1, Sha256, Sha512};
    let cms = |der: &[u8], digest| with_algorithm(der, |a| SignatureScheme::from_cms(a, digest));
    let key_only = algorithm(RSA_ENCRYPTION, &[5, 0]);
    assert_eq!(cms(&key_only, Sha512), Ok(SignatureScheme::RsaPkcs1v15(Sha512)));
    let whole = algorithm(SHA256_WITH_RSA, &[5, 0]);
    assert_eq!(cms(&whole, Sha256), Ok(SignatureScheme::RsaPkcs1v15(Sha256)));
    let mismatch = SchemeError::Mismatch { digest_algorithm: Sha1, signature_digest: Sha256 };
    assert_eq!(cms(&whole, Sha1), Err(mismatch));
    let pss_default = algorithm(PSS, &tlv(0x30, &[]));
    assert_eq!(cms(&pss_default, Sha1).unwrap().to_string(), "RSASSA-PSS with SHA-1");
    let mismatch = SchemeError::Mismatch { digest_algorithm: Sha256, signature_digest: Sha1 };
    assert_eq!(cms(&pss_default, Sha256), Err(mismatch));
    let ed25519 = algorithm(Oid::new(&[1, 3, 101, 112]), &[]);
    assert_eq!(cms(&ed25519, Sha512), Ok(SignatureScheme::Ed25519));
    let x509 = with_algorithm(&key_only, SignatureScheme::from_x509);
    assert_eq!(x509, Err(SchemeError::Unknown { oid: RSA_ENCRYPTION }));
}

#[test]
fn pss_parameters_have_their_defaults_and_limits() {
    let sha256 = algorithm(DigestAlgorithm::Sha256.oid(), &[5, 0]);
    let mgf = algorithm(Oid::new(&[1, 2, 840, 113549, 1, 1, 8]), &sha256);
    let pss = |fields: &[&[u8]]| {
        with_algorithm(&algorithm(PSS, &tlv(0x30, fields)), |a| SignatureScheme::from_x509(a).map(|s| s.to_string()))
    };
    let (hash, mask) = (tlv(0xa0, &[&sha256]), tlv(0xa1, &[&mgf]));
    let salt = |n: &[u8]| tlv(0xa2, &[&tlv(0x02, &[n])]);
    let bad = Err(SchemeError::BadParameters { oid: PSS });
    assert_eq!(pss(&[&hash, &mask, &salt(&[32])]), Ok("RSASSA-PSS with SHA-256".into()));
    assert_eq!(pss(&[&hash]), Ok("RSASSA-PSS with SHA-256, MGF1 with SHA-1, salt of 20 octets".into()));
    assert_eq!(pss(&[&hash, &mask, &salt(&[0xff])]), bad);
    assert_eq!(pss(&[&hash, &mask, &salt(&[0x7f, 0xff])]), bad);
    assert_eq!(pss(&[&tlv(0xa3, &[&[2, 1, 1]])]), Ok("RSASSA-PSS with SHA-1".into()));
    assert_eq!(pss(&[&tlv(0xa3, &[&[2, 1, 2]])]), bad);
    assert_eq!(pss(&[&tlv(0xa1, &[&sha256])]), bad);
    let garbage = algorithm(SHA256_WITH_RSA, &[4, 1, 0]);
    let result = with_algorithm(&garbage, SignatureScheme::from_x509);
    assert_eq!(result, Err(SchemeError::BadParameters { oid: SHA256_WITH_RSA }));
}

#[test]
fn schemes_survive_serialisation() {
    for vector in vectors() {
        let text = serde_json::to_string(&vector.scheme).unwrap();
        assert_eq!(serde_json::from_str::<SignatureScheme>(&text).unwrap(), vector.scheme, "{text}");
    }
}

/// Algorithms that cannot be verified are named, and what they signed is neither intact nor broken.
#[test]
fn post_quantum_algorithms_are_named_and_refused() {
    // SEQUENCE { SEQUENCE { OID id-ml-dsa-65 }, BIT STRING of one octet }
    let spki = [0x30, 0x11, 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 3, 0x12, 3, 2, 0, 7];
    let key = PublicKey::from_spki(&spki).unwrap();
    assert_eq!(key.algorithm().to_string(), "ML-DSA-65 (2.16.840.1.101.3.4.3.18)");
    let scheme = SignatureScheme::RsaPkcs1v15(DigestAlgorithm::Sha256);
    let answer = verify(&key, &scheme, Message::Octets(b"x"), b"y");
    assert_eq!(answer, Verification::Refused(Refusal::UnknownKeyAlgorithm));
    let name = |text: &str| kenin_crypto::recognised_algorithm(&text.parse().unwrap());
    assert_eq!(name("2.16.840.1.101.3.4.3.17"), Some("ML-DSA-44"));
    assert_eq!(name("2.16.840.1.101.3.4.3.31"), Some("SLH-DSA-SHAKE-256f"));
    assert_eq!(name("2.16.840.1.101.3.4.3.46"), Some("HashSLH-DSA-SHAKE-256f with SHAKE256"));
    assert_eq!(name("1.2.840.113549.1.1.11"), None);
}
