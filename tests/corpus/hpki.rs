//! Real HPKI certificates: roles, kind and path, at the times and with the revocation lists that go with them.

use std::fs;
use std::path::Path;

use kenin::{ObserveOptions, Policy, SuppliedEvidence, TrustProfile, UtcTime, Verifier};
use kenin_hpki::{CertificateKind, HcRole};
use kenin_policy::ExplicitPolicy;
use kenin_validation::{Check, CheckStatus, check_ids};
use kenin_x509::Certificate;
use libtest_mimic::Failed;

/// Revocation lists of the last days of September 2022.
const CRLS_2022: &[&str] = &["jma-2022-09-29.crl", "medis-2022-09-28.crl", "mhlw-root-2022-09-29.crl"];
/// Revocation lists of the last days of April 2017.
const CRLS_2017: &[&str] = &["medis-2017-04-24.crl", "mhlw-root-2017-04-25-a.crl", "mhlw-root-2017-04-25-b.crl"];

const SEPTEMBER_2022: &str = "2022-09-30T00:00:00Z";
const APRIL_2017: &str = "2017-04-26T00:00:00Z";

/// What an end-entity certificate is, and how it stands at a time: without demanded policies, and under `mhlw-6.0`.
struct Expected {
    file: &'static str,
    roles: &'static [&'static str],
    time: &'static str,
    crls: &'static [&'static str],
    plain: &'static str,
    guideline: &'static str,
}

const GOOD: &str = "PASSED";
const TEST: &str = "INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE";
const NO_PATH: &str = "INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND";
/// A list issued after a certificate expired says nothing about it, so that both are open: validity and revocation.
const EXPIRED: &str = "INDETERMINATE/TRY_LATER, outside its validity";

#[rustfmt::skip]
const EXPECTED: &[Expected] = &[
    Expected { file: "jma-doctor-8090.cer", roles: &["Medical Doctor"], time: SEPTEMBER_2022, crls: CRLS_2022, plain: GOOD, guideline: TEST },
    Expected { file: "jpa-pharmacist-83e3.cer", roles: &["Pharmacist"], time: SEPTEMBER_2022, crls: CRLS_2022, plain: GOOD, guideline: TEST },
    Expected { file: "medis-2022-doctor-015e.cer", roles: &["Medical Doctor"], time: SEPTEMBER_2022, crls: CRLS_2022, plain: GOOD, guideline: TEST },
    Expected { file: "medis-2022-pharmacist-0164.cer", roles: &["Pharmacist"], time: SEPTEMBER_2022, crls: CRLS_2022, plain: GOOD, guideline: TEST },
    Expected { file: "medis-2017-6f.cer", roles: &["Medical Doctor"], time: SEPTEMBER_2022, crls: CRLS_2022, plain: EXPIRED, guideline: TEST },
    Expected { file: "medis-2017-6f.cer", roles: &["Medical Doctor"], time: APRIL_2017, crls: CRLS_2017, plain: GOOD, guideline: TEST },
    // The signatures of these two do not verify under any key of the real CAs.
    Expected { file: "medis-2022-015f.cer", roles: &["Medical Doctor"], time: SEPTEMBER_2022, crls: CRLS_2022, plain: NO_PATH, guideline: NO_PATH },
    Expected { file: "medis-2022-doctor-015e-variant.cer", roles: &["Medical Doctor"], time: SEPTEMBER_2022, crls: CRLS_2022, plain: NO_PATH, guideline: NO_PATH },
];

/// Every certificate of the table, as `inspect` judges it.
pub fn end_entities(corpus: &Path) -> Result<(), Failed> {
    let wrong: Vec<String> = EXPECTED.iter().flat_map(|expected| differences(&corpus.join("hpki"), expected)).collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

fn differences(hpki: &Path, expected: &Expected) -> Vec<String> {
    let der = fs::read(hpki.join("end-entity").join(expected.file)).unwrap();
    let certificate = Certificate::parse(&der).unwrap();
    let roles: Vec<String> = HcRole::of(&certificate).unwrap().roles.into_iter().filter_map(|role| role.text).collect();
    let mut plain = Policy::mhlw_6_0();
    plain.validation.explicit_policy = ExplicitPolicy::NotRequired;
    let said = [
        ("roles", expected.roles.join(", "), roles.join(", ")),
        ("kind", format!("{:?}", CertificateKind::Test), format!("{:?}", CertificateKind::of(&certificate))),
        ("path without demanded policies", expected.plain.to_owned(), judge(hpki, &der, plain, expected)),
        ("path under mhlw-6.0", expected.guideline.to_owned(), judge(hpki, &der, Policy::mhlw_6_0(), expected)),
    ];
    let differ = said.into_iter().filter(|(_, expected, actual)| expected != actual);
    let Expected { file, time, .. } = expected;
    differ
        .map(|(what, expected, actual)| format!("{file} at {time}: {what}: expected {expected}, actual {actual}"))
        .collect()
}

fn judge(hpki: &Path, der: &[u8], policy: Policy, expected: &Expected) -> String {
    let verifier = Verifier::new(TrustProfile::jp_hpki(), policy);
    let authorities = fs::read_dir(hpki.join("ca")).unwrap().map(|entry| entry.unwrap().path());
    let lists = expected.crls.iter().map(|name| hpki.join("crl").join(name));
    let read =
        |path: std::path::PathBuf| SuppliedEvidence::read(&path.display().to_string(), &fs::read(&path).unwrap());
    let evidence = authorities.chain(lists).flat_map(|path| read(path).unwrap()).collect();
    let options = ObserveOptions { evidence, ..verifier.observe_options() };
    let time = UtcTime::parse(expected.time).unwrap();
    let judged = verifier.judge_certificate(der, &options, time).unwrap();
    let indication = judged.conclusion.indication.block();
    let conclusion = judged.conclusion.sub_indication;
    let conclusion = conclusion.map_or_else(|| indication.to_owned(), |sub| format!("{indication}/{sub}"));
    let validity = |check: &Check| check.id == check_ids::CERTIFICATE_VALIDITY && check.status != CheckStatus::Passed;
    let outside = !policy_decides(&conclusion) && judged.check.children.iter().any(validity);
    if outside { format!("{conclusion}, outside its validity") } else { conclusion }
}

/// Where the certificate policy already decides, validity is not looked at here.
fn policy_decides(conclusion: &str) -> bool {
    conclusion == TEST
}
