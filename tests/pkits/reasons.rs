//! Why each test that must fail has to fail: the outcomes allowed for it, by the purpose that NIST states for the test.

/// A CA's key does not verify the certificate, or its name does not chain: no path reaches the anchor.
const NO_PATH: &[&str] = &["NO_CERTIFICATE_CHAIN_FOUND not-signed-by", "NO_CERTIFICATE_CHAIN_FOUND issuer-not-found"];
const CA_OUT_OF_BOUNDS: &[&str] = &["OUT_OF_BOUNDS_NO_POE outside-validity"];
/// The list does not name the end entity. One issued before or after the certificate's validity does not speak of it
/// (EN 319 102-1 5.2.6, RAC), so that both validity and revocation are open.
const OUT_OF_BOUNDS: &[&str] = &["OUT_OF_BOUNDS_NOT_REVOKED outside-validity", "TRY_LATER outside-validity"];
const REVOKED: &[&str] = &["REVOKED_NO_POE"];
const CA_REVOKED: &[&str] = &["REVOKED_CA_NO_POE"];
/// No list at hand may be used for the certificate, or it is on hold.
const UNPROVEN: &[&str] = &["TRY_LATER"];
const NOT_A_CA: &[&str] = &["CERTIFICATE_CHAIN_GENERAL_FAILURE not-a-ca"];
const PATH_LENGTH: &[&str] = &["CERTIFICATE_CHAIN_GENERAL_FAILURE path-length"];
const KEY_CERT_SIGN: &[&str] = &["CERTIFICATE_CHAIN_GENERAL_FAILURE key-cert-sign-missing"];
const NAME_CONSTRAINTS: &[&str] = &["CERTIFICATE_CHAIN_GENERAL_FAILURE name-constraints"];
const POLICY: &[&str] = &["CHAIN_CONSTRAINTS_FAILURE explicit-policy"];
const ANY_POLICY_MAPPED: &[&str] = &["CERTIFICATE_CHAIN_GENERAL_FAILURE any-policy-mapped"];
const CRITICAL_EXTENSION: &[&str] = &["CERTIFICATE_CHAIN_GENERAL_FAILURE unknown-critical-extension"];

/// Test number, or the beginning of it, and the outcomes allowed; the longest that fits counts.
#[rustfmt::skip]
const REASONS: &[(&str, &[&str])] = &[
    ("4.1", NO_PATH),
    ("4.2", OUT_OF_BOUNDS), ("4.2.1", CA_OUT_OF_BOUNDS), ("4.2.5", CA_OUT_OF_BOUNDS),
    ("4.3", NO_PATH),
    ("4.4", UNPROVEN), ("4.4.2", CA_REVOKED), ("4.4.3", REVOKED), ("4.4.15", REVOKED), ("4.4.18", REVOKED), ("4.4.20", REVOKED),
    ("4.5", REVOKED), ("4.5.8", NOT_A_CA),
    ("4.6", PATH_LENGTH), ("4.6.1", NOT_A_CA), ("4.6.2", NOT_A_CA), ("4.6.3", NOT_A_CA),
    ("4.7.1", KEY_CERT_SIGN), ("4.7.2", KEY_CERT_SIGN), ("4.7.4", UNPROVEN), ("4.7.5", UNPROVEN),
    ("4.8", POLICY), ("4.9", POLICY),
    ("4.10", POLICY), ("4.10.7", ANY_POLICY_MAPPED), ("4.10.8", ANY_POLICY_MAPPED),
    ("4.11", POLICY), ("4.12", POLICY),
    ("4.13", NAME_CONSTRAINTS),
    // Listed as revoked on a list that covers the certificate; 4.14.16 puts it on hold.
    ("4.14", UNPROVEN),
    ("4.14.2", REVOKED), ("4.14.6", REVOKED), ("4.14.15", REVOKED), ("4.14.20", REVOKED), ("4.14.21", REVOKED),
    ("4.14.23", REVOKED), ("4.14.31", REVOKED), ("4.14.32", REVOKED), ("4.14.34", REVOKED),
    ("4.15", REVOKED), ("4.15.1", UNPROVEN), ("4.15.10", UNPROVEN),
    ("4.16", CRITICAL_EXTENSION),
];

/// The outcomes allowed for a test.
pub fn allowed(id: &str) -> &'static [&'static str] {
    let within = |prefix: &str| id.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let fitting = REASONS.iter().filter(|(prefix, _)| within(prefix));
    fitting.max_by_key(|(prefix, _)| prefix.len()).map_or(&[], |(_, allowed)| allowed)
}
