//! What AlgorithmIdentifiers mean, and which keys they go with.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail by panicking

mod common;

use common::{Vector, algorithm, spki, tlv, vectors, with_algorithm};
use kenin_base::{DigestAlgorithm, Oid};
use kenin_crypto::{Message, PublicKey, Refusal, SchemeError, SignatureScheme, Verification, verify};
use openssl::pkey::PKey;

const MESSAGE: Message<'_> = Message::Octets(b"kenin: discharge summary 2026");
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
fn parameters_that_an_identifier_does_not_have_are_refused() {
    let specified = Oid::new(&[1, 2, 840, 10045, 4, 3]);
    let ecdsa_sha256 = Oid::new(&[1, 2, 840, 10045, 4, 3, 2]);
    let (ed25519, ed448) = (Oid::new(&[1, 3, 101, 112]), Oid::new(&[1, 3, 101, 113]));
    let sha256 = |parameters: &[u8]| algorithm(DigestAlgorithm::Sha256.oid(), parameters);
    let read = |oid, parameters: &[u8]| with_algorithm(&algorithm(oid, parameters), SignatureScheme::from_x509);
    for (oid, parameters) in [
        (ed25519, &[0x30, 0][..]),
        (ed448, &[5, 1, 0]),
        (ecdsa_sha256, &[0x30, 0]),
        (SHA256_WITH_RSA, &[5, 1, 0]),
        (specified, &[]),
        (specified, &[5, 0]),
        (specified, &sha256(&[4, 0])),
        (specified, &algorithm(SHA256_WITH_RSA, &[])),
        (PSS, &[5, 0]),
    ] {
        assert_eq!(read(oid, parameters), Err(SchemeError::BadParameters { oid }), "{oid} {parameters:?}");
    }
    for (oid, parameters) in [(ecdsa_sha256, &[][..]), (ecdsa_sha256, &[5, 0]), (specified, &sha256(&[5, 0]))] {
        assert_eq!(read(oid, parameters), Ok(SignatureScheme::Ecdsa(DigestAlgorithm::Sha256)));
    }
    // Deployed signers write NULL against RFC 8410 3; it says nothing.
    assert_eq!(read(ed25519, &[5, 0]), Ok(SignatureScheme::Ed25519));
    assert_eq!(read(ed448, &[5, 0]), Ok(SignatureScheme::Ed448));
}

/// A certificate cannot be signed with a key algorithm, and SignerInfos take the digest from beside it (RFC 5652 5.3).
#[test]
fn key_algorithms_are_signature_algorithms_in_signer_infos_only() {
    use DigestAlgorithm::Sha384;
    for (oid, scheme) in [
        (RSA_ENCRYPTION, SignatureScheme::RsaPkcs1v15(Sha384)),
        (Oid::new(&[1, 2, 840, 10045, 2, 1]), SignatureScheme::Ecdsa(Sha384)),
        (Oid::new(&[1, 2, 840, 10040, 4, 1]), SignatureScheme::Dsa(Sha384)),
    ] {
        let identifier = algorithm(oid, &[5, 0]);
        assert_eq!(with_algorithm(&identifier, |a| SignatureScheme::from_cms(a, Sha384)), Ok(scheme));
        assert_eq!(with_algorithm(&identifier, SignatureScheme::from_x509), Err(SchemeError::Unknown { oid }));
    }
}

/// F3: parameters that are absent leave the defaults, which contradict every digestAlgorithm but SHA-1.
#[test]
fn pss_without_parameters_contradicts_sha256() {
    let absent = algorithm(PSS, &[]);
    let mismatch =
        SchemeError::Mismatch { digest_algorithm: DigestAlgorithm::Sha256, signature_digest: DigestAlgorithm::Sha1 };
    let read = with_algorithm(&absent, |a| SignatureScheme::from_cms(a, DigestAlgorithm::Sha256));
    assert_eq!(read, Err(mismatch));
}

/// The vector that verifies under a scheme which `is` it.
fn intact(is: impl Fn(&SignatureScheme) -> bool) -> Vector {
    vectors().find(|vector| vector.expected == "intact" && is(&vector.scheme)).unwrap()
}

#[test]
fn every_key_verifies_with_its_own_schemes_only() {
    use DigestAlgorithm::Sha256;
    use SignatureScheme::{Dsa, Ecdsa, EcdsaPlain, Ed448, Ed25519, RsaPkcs1v15, RsaPss};
    let pss = RsaPss { digest: Sha256, mgf_digest: Sha256, salt_len: 32 };
    let schemes = [RsaPkcs1v15(Sha256), pss, Ecdsa(Sha256), EcdsaPlain(Sha256), Ed25519, Ed448, Dsa(Sha256)];
    let rsa = intact(|scheme| *scheme == schemes[0]).spki;
    for (spki, fitting) in [
        (rsa.clone(), [true, true, false, false, false, false, false]),
        (pss_key(&rsa, &[]), [false, true, false, false, false, false, false]),
        (intact(|scheme| *scheme == schemes[2]).spki, [false, false, true, true, false, false, false]),
        (intact(|scheme| *scheme == Ed25519).spki, [false, false, false, false, true, false, false]),
        (intact(|scheme| *scheme == Ed448).spki, [false, false, false, false, false, true, false]),
        (intact(|scheme| *scheme == Dsa(Sha256)).spki, [false, false, false, false, false, false, true]),
    ] {
        let key = PublicKey::from_spki(&spki).unwrap();
        for (scheme, fits) in schemes.iter().zip(fitting) {
            let expected = if fits { Verification::Broken } else { Verification::Refused(Refusal::KeyDoesNotFit) };
            assert_eq!(verify(&key, scheme, MESSAGE, &[1; 64]), expected, "{key:?} with {scheme}");
        }
    }
}

/// The key of an rsaEncryption SubjectPublicKeyInfo under id-RSASSA-PSS with these parameters.
fn pss_key(rsa: &[u8], parameters: &[u8]) -> Vec<u8> {
    let key = PKey::public_key_from_der(rsa).unwrap().rsa().unwrap().public_key_to_der_pkcs1().unwrap();
    spki(PSS, parameters, &key)
}

fn pss_parameters(digest: DigestAlgorithm, mgf_digest: DigestAlgorithm, salt_len: u8) -> Vec<u8> {
    let mask = algorithm(Oid::new(&[1, 2, 840, 113549, 1, 1, 8]), &algorithm(mgf_digest.oid(), &[5, 0]));
    let hash = algorithm(digest.oid(), &[5, 0]);
    tlv(0x30, &[&tlv(0xa0, &[&hash]), &tlv(0xa1, &[&mask]), &tlv(0xa2, &[&[2, 1, salt_len]])])
}

/// RFC 4055 3.3: the digests of the key are the only ones, its salt length is the least.
#[test]
fn an_rsassa_pss_key_restricts_its_signatures() {
    use DigestAlgorithm::{Sha1, Sha256, Sha384};
    let wanted = SignatureScheme::RsaPss { digest: Sha256, mgf_digest: Sha256, salt_len: 32 };
    let vector = intact(|scheme| *scheme == wanted);
    let refused = Verification::Refused(Refusal::KeyDoesNotFit);
    for (parameters, expected) in [
        (vec![], Verification::Intact),
        (pss_parameters(Sha256, Sha256, 32), Verification::Intact),
        (pss_parameters(Sha256, Sha256, 20), Verification::Intact),
        (pss_parameters(Sha256, Sha256, 33), refused),
        (pss_parameters(Sha384, Sha256, 32), refused),
        (pss_parameters(Sha256, Sha384, 32), refused),
        (pss_parameters(Sha256, Sha1, 32), refused),
        // All defaults: SHA-1 alone.
        (vec![0x30, 0], refused),
    ] {
        let key = PublicKey::from_spki(&pss_key(&vector.spki, &parameters)).unwrap();
        assert_eq!(verify(&key, &vector.scheme, MESSAGE, &vector.signature), expected, "{parameters:02x?}");
    }
}

/// RFC 4055 2.1 and RFC 8017 A.2.3 list the digests of RSASSA-PSS.
#[test]
fn pss_with_a_digest_it_does_not_have_is_refused() {
    use DigestAlgorithm::{Md5, Ripemd160, Sha256, Shake256};
    let key = PublicKey::from_spki(&intact(|scheme| *scheme == SignatureScheme::RsaPkcs1v15(Sha256)).spki).unwrap();
    for (digest, mgf_digest) in [(Md5, Md5), (Ripemd160, Sha256), (Sha256, Shake256), (Shake256, Shake256)] {
        let scheme = SignatureScheme::RsaPss { digest, mgf_digest, salt_len: 20 };
        let answer = verify(&key, &scheme, MESSAGE, &[0; 256]);
        assert_eq!(answer, Verification::Refused(Refusal::DigestUnavailable), "{scheme}");
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
    assert_eq!(name("1.3.6.1.5.5.7.6.45"), Some("MLDSA65-ECDSA-P256-SHA512"));
    assert_eq!(name("1.3.6.1.5.5.7.6.54"), Some("MLDSA87-ECDSA-P521-SHA512"));
    assert_eq!(name("1.2.840.113549.1.1.11"), None);
    let shake = algorithm("1.3.6.1.5.5.7.6.30".parse().unwrap(), &[]);
    let error = with_algorithm(&shake, SignatureScheme::from_x509).unwrap_err();
    let named = "signature algorithm RSASSA-PSS with SHAKE128 (1.3.6.1.5.5.7.6.30) is not supported";
    assert_eq!(error.to_string(), named);
}
