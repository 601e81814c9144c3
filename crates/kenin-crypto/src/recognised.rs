use kenin_base::Oid;

const fn nist(number: u64) -> Oid {
    Oid::new(&[2, 16, 840, 1, 101, 3, 4, 3, number])
}

/// Signature and key algorithms that are named in reports though nothing here verifies them: FIPS 204 and FIPS 205
/// (RFC 9881, RFC 9882, RFC 9909, RFC 9814; the backend supports them from OpenSSL 3.5 on), RFC 8692, GB/T 32918.
const NAMES: &[(Oid, &str)] = &[
    (nist(17), "ML-DSA-44"),
    (nist(18), "ML-DSA-65"),
    (nist(19), "ML-DSA-87"),
    (nist(20), "SLH-DSA-SHA2-128s"),
    (nist(21), "SLH-DSA-SHA2-128f"),
    (nist(22), "SLH-DSA-SHA2-192s"),
    (nist(23), "SLH-DSA-SHA2-192f"),
    (nist(24), "SLH-DSA-SHA2-256s"),
    (nist(25), "SLH-DSA-SHA2-256f"),
    (nist(26), "SLH-DSA-SHAKE-128s"),
    (nist(27), "SLH-DSA-SHAKE-128f"),
    (nist(28), "SLH-DSA-SHAKE-192s"),
    (nist(29), "SLH-DSA-SHAKE-192f"),
    (nist(30), "SLH-DSA-SHAKE-256s"),
    (nist(31), "SLH-DSA-SHAKE-256f"),
    (nist(32), "HashML-DSA-44 with SHA-512"),
    (nist(33), "HashML-DSA-65 with SHA-512"),
    (nist(34), "HashML-DSA-87 with SHA-512"),
    (nist(35), "HashSLH-DSA-SHA2-128s with SHA-256"),
    (nist(36), "HashSLH-DSA-SHA2-128f with SHA-256"),
    (nist(37), "HashSLH-DSA-SHA2-192s with SHA-512"),
    (nist(38), "HashSLH-DSA-SHA2-192f with SHA-512"),
    (nist(39), "HashSLH-DSA-SHA2-256s with SHA-512"),
    (nist(40), "HashSLH-DSA-SHA2-256f with SHA-512"),
    (nist(41), "HashSLH-DSA-SHAKE-128s with SHAKE128"),
    (nist(42), "HashSLH-DSA-SHAKE-128f with SHAKE128"),
    (nist(43), "HashSLH-DSA-SHAKE-192s with SHAKE256"),
    (nist(44), "HashSLH-DSA-SHAKE-192f with SHAKE256"),
    (nist(45), "HashSLH-DSA-SHAKE-256s with SHAKE256"),
    (nist(46), "HashSLH-DSA-SHAKE-256f with SHAKE256"),
    (Oid::new(&[1, 3, 6, 1, 5, 5, 7, 6, 30]), "RSASSA-PSS with SHAKE128"),
    (Oid::new(&[1, 3, 6, 1, 5, 5, 7, 6, 31]), "RSASSA-PSS with SHAKE256"),
    (Oid::new(&[1, 2, 156, 10197, 1, 501]), "SM2 with SM3"),
];

/// The standard's name of a signature or key algorithm that this library recognises and cannot verify.
pub fn recognised_algorithm(oid: &Oid) -> Option<&'static str> {
    NAMES.iter().find(|row| row.0 == *oid).map(|row| row.1)
}

/// The name of an algorithm that is not verified: the standard's, or the identifier.
pub(crate) struct Unverified<'a>(pub &'a Oid);

impl std::fmt::Display for Unverified<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match recognised_algorithm(self.0) {
            Some(name) => write!(f, "{name} ({})", self.0),
            None => write!(f, "{}", self.0),
        }
    }
}
