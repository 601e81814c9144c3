//! Constraints that a trust profile puts on an anchor, over the sample discharge summary.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // helpers of tests fail by panicking

use std::path::Path;

use kenin::{Policy, Report, Source, TrustProfile, UtcTime, Verdict, Verifier, observe};

/// The sample, judged on the day after signing under the demo profile with `more` in the entry of `anchor`.
fn judge(anchor: &str, more: &str) -> Report {
    let testdata = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata");
    let profile = std::fs::read_to_string(testdata.join("demo-trust.toml")).unwrap();
    let entry = format!("name = \"{anchor}\"\n");
    assert!(profile.contains(&entry));
    let profile = profile.replace(&entry, &format!("{entry}{more}\n"));
    let verifier = Verifier::new(TrustProfile::from_toml(&profile).unwrap(), Policy::mhlw_6_0());
    let source = Source::open(testdata.join("discharge-summary.pdf")).unwrap();
    let facts = observe(&source, &verifier.observe_options()).unwrap();
    verifier.judge(&facts, UtcTime::parse("2024-05-21T00:00:00Z").unwrap())
}

/// Verdict and sub-indication of the doctor's signature.
fn outcome(report: &Report) -> (Verdict, Option<&str>) {
    (report.verdict, report.signatures[0].sub_indication.map(|sub| sub.as_str()))
}

const ROOT: &str = "DEMO HPKI Root CA";

/// EN 319 102-1 5.2.6.4 (1)
#[test]
fn an_anchor_past_its_sunset_date_is_none() {
    assert_eq!(outcome(&judge(ROOT, "not_after = \"2030-01-01T00:00:00Z\"")), (Verdict::Valid, None));
    // 5.6.2.2: proven to exist the day before.
    assert_eq!(outcome(&judge(ROOT, "not_after = \"2024-05-21T00:00:00Z\"")), (Verdict::Valid, None));
    let past = judge(ROOT, "not_after = \"2024-05-20T00:00:00Z\"");
    assert_eq!(outcome(&past), (Verdict::Indeterminate, Some("NO_CERTIFICATE_CHAIN_FOUND_NO_POE")));
    let tsa = judge("DEMO TSU A", "not_after = \"2024-01-01T00:00:00Z\"");
    assert_eq!(tsa.verdict, Verdict::Indeterminate);
    let sub = tsa.signatures[0].timestamps[0].sub_indication.map(|sub| sub.as_str());
    assert_eq!(sub, Some("NO_CERTIFICATE_CHAIN_FOUND_NO_POE"));
}

/// RFC 5280 6.1.1 (e) to (g): the sample's chain asserts the HPKI policy itself, so inhibiting changes nothing.
#[test]
fn policy_inputs_of_an_anchor_are_processed() {
    assert_eq!(
        outcome(&judge(ROOT, "inhibit_any_policy = true\ninhibit_policy_mapping = true")),
        (Verdict::Valid, None)
    );
    let other = judge(ROOT, "require_explicit_policy = true");
    assert_eq!(outcome(&other), (Verdict::Valid, None));
}

/// A certificate without extendedKeyUsage is for every purpose the anchor is trusted for.
#[test]
fn purposes_bind_only_certificates_that_name_some() {
    assert_eq!(outcome(&judge(ROOT, "purposes = [\"1.3.6.1.5.5.7.3.36\"]")), (Verdict::Valid, None));
}
