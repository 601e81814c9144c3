use kenin_asn1::AlgorithmIdentifier;
use kenin_base::{DigestAlgorithm, Oid};
use kenin_facts::DigestFact;

/// id-shake256-len: SHAKE256 whose output length in bits is its parameter (RFC 8419 2.2).
const ID_SHAKE256_LEN: Oid = Oid::new(&[2, 16, 840, 1, 101, 3, 4, 2, 18]);

/// The digest algorithm an identifier names, parameters included.
pub(crate) fn digest_fact(identifier: &AlgorithmIdentifier<'_, '_>) -> DigestFact {
    if identifier.oid == ID_SHAKE256_LEN {
        let bits = identifier.parameters.and_then(|length| length.integer_i64().ok());
        let octets = bits.and_then(|bits| usize::try_from(bits / 8).ok());
        let is_known = octets == Some(DigestAlgorithm::Shake256.output_len()) && bits.is_some_and(|b| b % 8 == 0);
        return DigestFact { oid: identifier.oid, algorithm: is_known.then_some(DigestAlgorithm::Shake256) };
    }
    DigestFact::from_oid(identifier.oid)
}

#[cfg(test)]
mod tests {
    use kenin_asn1::Decoder;
    use kenin_base::Budget;

    use super::*;

    #[test]
    fn shake256_is_known_with_512_bits_alone() {
        let known = |hexadecimal: &str| {
            let (bytes, budget) = (hex::decode(hexadecimal).unwrap(), Budget::default());
            let decoder = Decoder::new(&budget);
            let element = decoder.reader(&bytes, 0).element().unwrap();
            digest_fact(&AlgorithmIdentifier::parse(element).unwrap()).algorithm
        };
        assert_eq!(known("300f060960864801650304021202020200"), Some(DigestAlgorithm::Shake256));
        assert_eq!(known("300f060960864801650304021202020204"), None, "516 bits");
        assert_eq!(known("300f060960864801650304021202020100"), None, "256 bits");
        assert_eq!(known("300b0609608648016503040212"), None, "no length");
    }
}
