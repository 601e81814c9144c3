//! Every scheme against signatures of another implementation, and the forgeries F1 to F3.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail by panicking

mod common;

use common::vectors;
use kenin_crypto::{Message, PublicKey, Refusal, SignatureScheme, Verification, digest, verify};

const MESSAGE: &[u8] = b"kenin: discharge summary 2026";
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

#[test]
fn schemes_survive_serialisation() {
    for vector in vectors() {
        let text = serde_json::to_string(&vector.scheme).unwrap();
        assert_eq!(serde_json::from_str::<SignatureScheme>(&text).unwrap(), vector.scheme, "{text}");
    }
}
