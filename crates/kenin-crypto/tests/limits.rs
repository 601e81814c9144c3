//! Keys outside the limits are refused before any arithmetic, each with its reason (F4).

// Helpers of tests fail by panicking; the time is for reading.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

mod common;

use std::time::Instant;

use common::{integer, spki, tlv, vectors};
use kenin_base::Oid;
use kenin_crypto::{Curve, KeyAlgorithm, KeyError, Message, PublicKey, Refusal, SignatureScheme, Verification, verify};
use openssl::bn::{BigNum, BigNumRef};
use openssl::pkey::PKey;

const RSA_ENCRYPTION: Oid = Oid::new(&[1, 2, 840, 113549, 1, 1, 1]);
const RSASSA_PSS: Oid = Oid::new(&[1, 2, 840, 113549, 1, 1, 10]);
const EC_PUBLIC_KEY: Oid = Oid::new(&[1, 2, 840, 10045, 2, 1]);
const ED25519: Oid = Oid::new(&[1, 3, 101, 112]);
const ED448: Oid = Oid::new(&[1, 3, 101, 113]);
const ID_DSA: Oid = Oid::new(&[1, 2, 840, 10040, 4, 1]);
const NULL: &[u8] = &[5, 0];

fn error(spki: &[u8]) -> KeyError {
    PublicKey::from_spki(spki).unwrap_err()
}

/// `100…01` of `len` octets after a first octet.
fn odd(first: u8, len: usize) -> Vec<u8> {
    let mut octets = vec![0; len];
    octets[0] = first;
    octets[len - 1] |= 1;
    octets
}

fn rsa(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    spki(RSA_ENCRYPTION, NULL, &tlv(0x30, &[&integer(modulus), &integer(exponent)]))
}

#[test]
fn f4_a_modulus_of_16384_bits_and_an_exponent_of_257_are_refused_at_once() {
    let start = Instant::now();
    assert_eq!(error(&rsa(&odd(0x80, 2048), &[1, 0, 1])), KeyError::Size { bits: 16384 });
    assert_eq!(error(&rsa(&odd(0x80, 256), &odd(1, 33))), KeyError::Exponent);
    println!("F4: both keys refused in {:?}", start.elapsed());
}

#[test]
fn rsa_moduli_have_512_to_8192_bits_and_are_odd() {
    let bits = |modulus: &[u8]| PublicKey::from_spki(&rsa(modulus, &[1, 0, 1])).map(|key| key.algorithm());
    assert_eq!(bits(&odd(0x40, 64)).unwrap_err(), KeyError::Size { bits: 511 });
    assert_eq!(bits(&odd(0x80, 64)).unwrap(), KeyAlgorithm::Rsa { bits: 512 });
    assert_eq!(bits(&odd(0x01, 129)).unwrap(), KeyAlgorithm::Rsa { bits: 1025 });
    assert_eq!(bits(&odd(0x80, 1024)).unwrap(), KeyAlgorithm::Rsa { bits: 8192 });
    assert_eq!(bits(&odd(0x01, 1025)).unwrap_err(), KeyError::Size { bits: 8193 });
    assert_eq!(bits(&[]).unwrap_err(), KeyError::Size { bits: 0 });
    let mut even = odd(0x80, 256);
    even[255] = 0xfe;
    assert_eq!(bits(&even).unwrap_err(), KeyError::Exponent);
}

#[test]
fn rsa_exponents_are_odd_at_least_three_and_at_most_64_bits() {
    let modulus = odd(0x80, 256);
    for exponent in [&[3][..], &[17], &[1, 0, 1], &[0xff; 8]] {
        PublicKey::from_spki(&rsa(&modulus, exponent)).unwrap();
    }
    for exponent in [&[][..], &[1], &[2], &[4], &[1, 0, 0], &[1, 0, 0, 0, 0, 0, 0, 0, 1], &odd(1, 33)] {
        assert_eq!(error(&rsa(&modulus, exponent)), KeyError::Exponent, "{exponent:?}");
    }
}

#[test]
fn rsa_keys_have_two_positive_integers_and_no_parameters() {
    let (modulus, exponent) = (integer(&odd(0x80, 256)), integer(&[3]));
    let key = tlv(0x30, &[&modulus, &exponent]);
    for parameters in [NULL, &[]] {
        PublicKey::from_spki(&spki(RSA_ENCRYPTION, parameters, &key)).unwrap();
    }
    // RFC 3279 2.3.1: NULL; RSASSA-PSS-params belong to id-RSASSA-PSS.
    for parameters in [&[0x30, 0][..], &[5, 1, 0], &[4, 0]] {
        assert_eq!(error(&spki(RSA_ENCRYPTION, parameters, &key)), KeyError::Parameters, "{parameters:?}");
    }
    // RFC 4055 1.2: absent or RSASSA-PSS-params, here with trailerField 2.
    for parameters in [NULL, &[4, 0], &[0x30, 5, 0xa3, 3, 2, 1, 2]] {
        assert_eq!(error(&spki(RSASSA_PSS, parameters, &key)), KeyError::Parameters, "{parameters:?}");
    }
    let negative = tlv(0x02, &[&odd(0x80, 256)]);
    for key in [
        tlv(0x30, &[&modulus, &exponent, &exponent]),
        tlv(0x30, &[&modulus]),
        tlv(0x30, &[&negative, &exponent]),
        [&key[..], &[0]].concat(),
    ] {
        assert!(matches!(error(&spki(RSA_ENCRYPTION, NULL, &key)), KeyError::Malformed(_)));
    }
}

#[test]
fn a_subject_public_key_info_has_whole_octets_and_no_more_fields() {
    let oid = tlv(0x30, &[&tlv(0x06, &[ED25519.as_octets()])]);
    let key = |unused: u8| tlv(0x03, &[&[unused], &[0x58; 32]]);
    PublicKey::from_spki(&tlv(0x30, &[&oid, &key(0)])).unwrap();
    let whole = tlv(0x30, &[&oid, &key(0)]);
    for spki in [tlv(0x30, &[&oid, &key(3)]), tlv(0x30, &[&oid, &key(0), NULL]), [&whole[..], &[0]].concat()] {
        assert!(matches!(error(&spki), KeyError::Malformed(_)));
    }
}

#[test]
fn only_named_curves_and_points_on_them() {
    let vector = vectors().find(|vector| matches!(vector.scheme, SignatureScheme::EcdsaPlain(_))).unwrap();
    let mut off_curve = vector.spki.clone();
    *off_curve.last_mut().unwrap() ^= 1;
    assert_eq!(error(&off_curve), KeyError::InvalidPoint);
    let named = |arcs: &[u64]| tlv(0x06, &[Oid::new(arcs).as_octets()]);
    let p256 = named(&[1, 2, 840, 10045, 3, 1, 7]);
    // sect163k1, secp160r1, ECParameters of version 1, implicitCurve, absent
    let explicit = tlv(0x30, &[&[2, 1, 1]]);
    for parameters in [&named(&[1, 3, 132, 0, 1]), &named(&[1, 3, 132, 0, 8]), &explicit[..], NULL, &[]] {
        assert_eq!(error(&spki(EC_PUBLIC_KEY, parameters, &[4; 65])), KeyError::UnsupportedCurve);
    }
    // infinity, short, hybrid form, short compressed form, coordinates beyond the field, none
    let beyond = [&[4][..], &[0xff; 64]].concat();
    for point in [&[0][..], &[4; 64], &[6; 65], &[2; 32], &beyond, &[]] {
        assert_eq!(error(&spki(EC_PUBLIC_KEY, &p256, point)), KeyError::InvalidPoint, "{point:?}");
    }
}

/// RFC 5480 2.2: the compressed form is the same point and verifies the same.
#[test]
fn a_compressed_point_is_the_same_key() {
    let is_p256 = |spki: &[u8]| PublicKey::from_spki(spki).unwrap().algorithm() == KeyAlgorithm::Ec(Curve::P256);
    let mut ecdsa = vectors().filter(|vector| matches!(vector.scheme, SignatureScheme::Ecdsa(_)));
    let vector = ecdsa.find(|vector| vector.expected == "intact" && is_p256(&vector.spki)).unwrap();
    let point = &vector.spki[vector.spki.len() - 65..];
    let compressed = [&[2 + (point[64] & 1)], &point[1..33]].concat();
    let p256 = tlv(0x06, &[Oid::new(&[1, 2, 840, 10045, 3, 1, 7]).as_octets()]);
    let key = PublicKey::from_spki(&spki(EC_PUBLIC_KEY, &p256, &compressed)).unwrap();
    assert_eq!(key.algorithm(), KeyAlgorithm::Ec(Curve::P256));
    let message = Message::Octets(b"kenin: discharge summary 2026");
    assert_eq!(verify(&key, &vector.scheme, message, &vector.signature), Verification::Intact);
}

/// RFC 8410 3 and 4.
#[test]
fn edwards_keys_have_no_parameters_and_one_length() {
    for (oid, len) in [(ED25519, 32), (ED448, 57)] {
        PublicKey::from_spki(&spki(oid, &[], &vec![0x58; len])).unwrap();
        assert_eq!(error(&spki(oid, NULL, &vec![0x58; len])), KeyError::Parameters);
        for wrong in [0, len - 1, len + 1, 2 * len] {
            assert_eq!(error(&spki(oid, &[], &vec![0x58; wrong])), KeyError::Refused, "{wrong} octets");
        }
    }
}

/// Components of the DSA key of the vectors: 2048-bit p, 256-bit q.
struct Components {
    p: BigNum,
    q: BigNum,
    g: BigNum,
    y: BigNum,
}

impl Components {
    fn of_the_vectors() -> Self {
        let vector = vectors().find(|vector| matches!(vector.scheme, SignatureScheme::Dsa(_))).unwrap();
        let dsa = PKey::public_key_from_der(&vector.spki).unwrap().dsa().unwrap();
        let own = |number: &BigNumRef| number.to_owned().unwrap();
        Self { p: own(dsa.p()), q: own(dsa.q()), g: own(dsa.g()), y: own(dsa.pub_key()) }
    }

    fn parameters(&self) -> Vec<u8> {
        tlv(0x30, &[&self.p, &self.q, &self.g].map(|n| integer(&n.to_vec())).each_ref().map(Vec::as_slice))
    }

    fn spki(&self) -> Vec<u8> {
        spki(ID_DSA, &self.parameters(), &integer(&self.y.to_vec()))
    }
}

fn plus(number: &BigNumRef, change: i8) -> BigNum {
    let mut result = number.to_owned().unwrap();
    let word = u32::from(change.unsigned_abs());
    if change < 0 { result.sub_word(word) } else { result.add_word(word) }.unwrap();
    result
}

#[test]
fn dsa_primes_have_their_sizes_and_q_divides_p_minus_1() {
    let good = Components::of_the_vectors();
    assert_eq!(PublicKey::from_spki(&good.spki()).unwrap().algorithm(), KeyAlgorithm::Dsa { bits: 2048 });
    let with_p = |p: BigNum| error(&Components { p, ..Components::of_the_vectors() }.spki());
    let number = |octets: Vec<u8>| BigNum::from_slice(&octets).unwrap();
    assert_eq!(with_p(number(odd(0x40, 64))), KeyError::Size { bits: 511 });
    assert_eq!(with_p(number(odd(0x01, 513))), KeyError::Size { bits: 4097 });
    assert_eq!(with_p(number(odd(0x80, 2048))), KeyError::Size { bits: 16384 });
    assert_eq!(with_p(plus(&good.p, 1)), KeyError::Parameters);
    assert_eq!(with_p(plus(&good.p, 2)), KeyError::Parameters);
    let with_q = |q: BigNum| error(&Components { q, ..Components::of_the_vectors() }.spki());
    // 257 bits, 159 bits, and 1: each divides nothing here or is outside the sizes of FIPS 186-4.
    for q in [plus(&good.q, -1), plus(&good.q, 2), number(odd(0x01, 33)), number(odd(0x40, 20)), number(vec![1])] {
        assert_eq!(with_q(q), KeyError::Parameters);
    }
}

/// SP 800-89 5.3.1: 2 <= y <= p - 2, and the same of g.
#[test]
fn dsa_values_lie_between_2_and_p_minus_2() {
    let good = Components::of_the_vectors();
    let number = |value| BigNum::from_u32(value).unwrap();
    for out_of_range in [number(0), number(1), plus(&good.p, -1), plus(&good.p, 0), plus(&good.p, 1)] {
        let same = out_of_range.to_owned().unwrap();
        let g = Components { g: out_of_range, ..Components::of_the_vectors() };
        assert_eq!(error(&g.spki()), KeyError::Parameters, "g = {}", g.g);
        let y = Components { y: same, ..Components::of_the_vectors() };
        assert_eq!(error(&y.spki()), KeyError::Parameters, "y = {}", y.y);
    }
    for at_the_edge in [number(2), plus(&good.p, -2)] {
        PublicKey::from_spki(&Components { y: at_the_edge, ..Components::of_the_vectors() }.spki()).unwrap();
    }
}

#[test]
fn dsa_keys_have_three_parameters_or_their_issuers() {
    let good = Components::of_the_vectors();
    let value = integer(&good.y.to_vec());
    let [p, q, g] = [&good.p, &good.q, &good.g].map(|n| integer(&n.to_vec()));
    for malformed in [
        spki(ID_DSA, &tlv(0x30, &[&p, &q, &g, &g]), &value),
        spki(ID_DSA, &tlv(0x30, &[&p, &q]), &value),
        spki(ID_DSA, &good.parameters(), &[&value[..], &[0]].concat()),
        spki(ID_DSA, &[], &tlv(0x02, &[&[0x80]])),
    ] {
        assert!(matches!(error(&malformed), KeyError::Malformed(_)));
    }
    assert_eq!(error(&spki(ID_DSA, &[4, 0], &value)), KeyError::Parameters);

    let vector = vectors().find(|v| matches!(v.scheme, SignatureScheme::Dsa(_)) && v.expected == "intact").unwrap();
    let message = Message::Octets(b"kenin: discharge summary 2026");
    let issuer = PublicKey::from_spki(&good.spki()).unwrap();
    for parameters in [&[][..], NULL] {
        let key = PublicKey::from_spki(&spki(ID_DSA, parameters, &value)).unwrap();
        let alone = verify(&key, &vector.scheme, message, &vector.signature);
        assert_eq!(alone, Verification::Refused(Refusal::KeyParametersMissing));
        let whole = key.inherit_parameters(&issuer).unwrap();
        assert_eq!(whole.algorithm(), KeyAlgorithm::Dsa { bits: 2048 });
        assert_eq!(verify(&whole, &vector.scheme, message, &vector.signature), Verification::Intact);
    }
    let beyond = PublicKey::from_spki(&spki(ID_DSA, &[], &p)).unwrap();
    assert!(beyond.inherit_parameters(&issuer).is_none());
}
