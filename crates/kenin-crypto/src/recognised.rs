use kenin_base::Oid;

const fn nist(number: u64) -> Oid {
    Oid::new(&[2, 16, 840, 1, 101, 3, 4, 3, number])
}

/// IANA, SMI Security for PKIX Algorithms.
const fn pkix(number: u64) -> Oid {
    Oid::new(&[1, 3, 6, 1, 5, 5, 7, 6, number])
}

/// Signature and key algorithms that are named in reports though nothing here verifies them: FIPS 204 and FIPS 205
/// (RFC 9881, RFC 9882, RFC 9909, RFC 9814; the backend supports them from OpenSSL 3.5 on), RFC 8692, XMSS and HSS
/// (RFC 9802), composite ML-DSA (draft-ietf-lamps-pq-composite-sigs, identifiers assigned), GB/T 32918.
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
    (pkix(30), "RSASSA-PSS with SHAKE128"),
    (pkix(31), "RSASSA-PSS with SHAKE256"),
    (pkix(34), "XMSS"),
    (pkix(35), "XMSS^MT"),
    (pkix(37), "MLDSA44-RSA2048-PSS-SHA256"),
    (pkix(38), "MLDSA44-RSA2048-PKCS15-SHA256"),
    (pkix(39), "MLDSA44-Ed25519-SHA512"),
    (pkix(40), "MLDSA44-ECDSA-P256-SHA256"),
    (pkix(41), "MLDSA65-RSA3072-PSS-SHA512"),
    (pkix(42), "MLDSA65-RSA3072-PKCS15-SHA512"),
    (pkix(43), "MLDSA65-RSA4096-PSS-SHA512"),
    (pkix(44), "MLDSA65-RSA4096-PKCS15-SHA512"),
    (pkix(45), "MLDSA65-ECDSA-P256-SHA512"),
    (pkix(46), "MLDSA65-ECDSA-P384-SHA512"),
    (pkix(47), "MLDSA65-ECDSA-brainpoolP256r1-SHA512"),
    (pkix(48), "MLDSA65-Ed25519-SHA512"),
    (pkix(49), "MLDSA87-ECDSA-P384-SHA512"),
    (pkix(50), "MLDSA87-ECDSA-brainpoolP384r1-SHA512"),
    (pkix(51), "MLDSA87-Ed448-SHAKE256"),
    (pkix(52), "MLDSA87-RSA3072-PSS-SHA512"),
    (pkix(53), "MLDSA87-RSA4096-PSS-SHA512"),
    (pkix(54), "MLDSA87-ECDSA-P521-SHA512"),
    (Oid::new(&[1, 2, 840, 113549, 1, 9, 16, 3, 17]), "HSS/LMS"),
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use kenin_asn1::{AlgorithmIdentifier, Decoder};
    use kenin_base::Budget;

    use super::*;
    use crate::{SchemeError, SignatureScheme};

    /// A name here would hide nothing of an algorithm that is verified, but it would be wrong.
    #[test]
    fn what_is_recognised_here_is_verified_nowhere_and_named_once() {
        for (oid, name) in NAMES {
            let octets = oid.as_octets();
            let [len, outer] = [octets.len(), octets.len() + 2].map(|len| u8::try_from(len).unwrap());
            let der = [&[0x30, outer, 0x06, len][..], octets].concat();
            let budget = Budget::default();
            let decoder = Decoder::new(&budget);
            let identifier = AlgorithmIdentifier::parse(decoder.reader(&der, 0).element().unwrap()).unwrap();
            assert_eq!(SignatureScheme::from_x509(&identifier), Err(SchemeError::Unknown { oid: *oid }), "{name}");
        }
        assert_eq!(NAMES.iter().map(|row| row.0).collect::<BTreeSet<_>>().len(), NAMES.len());
        assert_eq!(NAMES.iter().map(|row| row.1).collect::<BTreeSet<_>>().len(), NAMES.len());
    }
}
