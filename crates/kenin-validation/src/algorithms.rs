//! Cryptographic constraints: which algorithms and key sizes of a signature or chain the policy accepts at a time
//! (EN 319 102-1 5.2.8, table of `kenin-policy`).

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use kenin_base::{DigestAlgorithm, UtcTime};
use kenin_crypto::KeyAlgorithm;
use kenin_facts::Signer;
use kenin_policy::{Acceptability, AlgorithmTable};
use kenin_x509::Certificate;
use kenin_x509::revocation::Statement;

/// One thing relied upon: a digest, or a key of a type and size.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct AlgorithmUse {
    name: Cow<'static, str>,
    bits: Option<u32>,
}

impl AlgorithmUse {
    pub fn digest(algorithm: DigestAlgorithm) -> Self {
        Self { name: algorithm.name().into(), bits: None }
    }

    pub fn key(algorithm: KeyAlgorithm) -> Self {
        let (name, bits) = match algorithm {
            KeyAlgorithm::Rsa { bits } | KeyAlgorithm::RsaPss { bits, .. } => ("RSA", Some(bits)),
            KeyAlgorithm::Ec(curve) => ("ECDSA", Some(curve.bits())),
            KeyAlgorithm::Dsa { bits } => ("DSA", Some(bits)),
            KeyAlgorithm::Ed25519 => ("Ed25519", None),
            KeyAlgorithm::Ed448 => ("Ed448", None),
            other => return Self { name: other.to_string().into(), bits: None },
        };
        Self { name: name.into(), bits }
    }
}

impl std::fmt::Display for AlgorithmUse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.bits {
            Some(bits) => write!(f, "{}-{bits}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// The digest that binds the signer's certificate: that of the first reference, by which it is identified. An ESSCertID is
/// over SHA-1 by definition (RFC 5035 5.4.2), and accepted always (D13).
pub(crate) fn of_reference(signer: &Signer) -> Option<AlgorithmUse> {
    let reference = signer.signing_certificate.first()?;
    let algorithm = reference.digest_algorithm.algorithm?;
    let by_definition = reference.version == 1 && algorithm == DigestAlgorithm::Sha1;
    (!by_definition).then(|| AlgorithmUse::digest(algorithm))
}

/// What a certificate adds to the algorithms of its chain: the key it certifies and its issuer's signature scheme.
pub(crate) fn of_certificate(certificate: &Certificate, uses: &mut BTreeSet<AlgorithmUse>) {
    // A DSA key without parameters has those of an issuer (RFC 3279 2.3.2), whose size counts already.
    let key = certificate.public_key().ok().map(|key| key.algorithm());
    uses.extend(key.filter(|key| !matches!(key, KeyAlgorithm::Dsa { bits: 0 })).map(AlgorithmUse::key));
    uses.extend(certificate.scheme().ok().and_then(|scheme| scheme.digest()).map(AlgorithmUse::digest));
}

/// What a path rests on: every certificate below the anchor, and the anchor's key.
pub(crate) fn of_path(certificates: &[Arc<Certificate>]) -> BTreeSet<AlgorithmUse> {
    let mut uses = BTreeSet::new();
    if let Some((anchor, below)) = certificates.split_last() {
        below.iter().for_each(|certificate| of_certificate(certificate, &mut uses));
        uses.extend(anchor.public_key().ok().map(|key| AlgorithmUse::key(key.algorithm())));
    }
    uses
}

/// What a revocation datum rests on: how it was signed, and its signer's certificate where that is not one of `path`,
/// whose algorithms count already.
pub(crate) fn of_statement(statement: &Statement, path: &[Arc<Certificate>]) -> BTreeSet<AlgorithmUse> {
    let digests = statement.schemes.iter().filter_map(|scheme| scheme.digest());
    let mut uses: BTreeSet<AlgorithmUse> = digests.map(AlgorithmUse::digest).collect();
    if !path.contains(&statement.signer) {
        of_certificate(&statement.signer, &mut uses);
    }
    uses
}

/// The outcome of holding a set of uses against the table at one time.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Acceptance {
    /// What is not accepted then.
    pub refused: Vec<String>,
    /// The earliest announced end of use.
    pub horizon: Option<(UtcTime, String)>,
}

impl Acceptance {
    /// Holds `uses` against `table` at `time`.
    pub fn at(uses: &BTreeSet<AlgorithmUse>, table: &AlgorithmTable, time: UtcTime) -> Self {
        let mut acceptance = Self::default();
        for item in uses {
            match table.at(&item.name, item.bits, time) {
                Acceptability::Accepted { horizon: Some(horizon) } => {
                    let found = (horizon, item.to_string());
                    let earliest = acceptance.horizon.take().map_or(found.clone(), |known| known.min(found));
                    acceptance.horizon = Some(earliest);
                }
                Acceptability::Accepted { horizon: None } => {}
                Acceptability::Expired { .. } | Acceptability::Unlisted => acceptance.refused.push(item.to_string()),
            }
        }
        acceptance
    }
}

/// The end of acceptance that has passed at `time`, if one has; `None` for what is never accepted.
pub(crate) fn end_of_acceptance(item: &AlgorithmUse, table: &AlgorithmTable, time: UtcTime) -> Option<Option<UtcTime>> {
    match table.at(&item.name, item.bits, time) {
        Acceptability::Accepted { .. } => Some(None),
        Acceptability::Expired { since } => Some(Some(since)),
        Acceptability::Unlisted => None,
    }
}

#[cfg(test)]
mod tests {
    use kenin_crypto::Curve;
    use kenin_policy::Policy;

    use super::*;

    #[test]
    fn the_weakest_member_decides_and_is_named() {
        let uses = BTreeSet::from([
            AlgorithmUse::key(KeyAlgorithm::Rsa { bits: 2048 }),
            AlgorithmUse::digest(DigestAlgorithm::Sha1),
        ]);
        let at = |t: &str| Acceptance::at(&uses, &Policy::mhlw_6_0().algorithms, UtcTime::parse(t).unwrap());
        assert_eq!(at("2013-01-01T00:00:00Z").refused, [""; 0]);
        assert_eq!(at("2015-01-01T00:00:00Z").refused, ["SHA-1"]);
        assert_eq!(at("2015-01-01T00:00:00Z").horizon.unwrap().1, "RSA-2048");
    }

    /// EN 319 102-1 5.2.8: what the table does not speak of is not accepted, and is named.
    #[test]
    fn every_kind_of_key_has_a_row_and_others_are_refused_by_name() {
        let at = |key| {
            let table = Policy::mhlw_6_0().algorithms;
            let time = UtcTime::parse("2024-05-20T00:00:00Z").unwrap();
            Acceptance::at(&BTreeSet::from([AlgorithmUse::key(key)]), &table, time).refused
        };
        for key in [
            KeyAlgorithm::Rsa { bits: 2048 },
            KeyAlgorithm::RsaPss { bits: 2048, restriction: None },
            KeyAlgorithm::Ec(Curve::P384),
            KeyAlgorithm::Ec(Curve::BrainpoolP256r1),
            KeyAlgorithm::Dsa { bits: 2048 },
            KeyAlgorithm::Ed25519,
            KeyAlgorithm::Ed448,
        ] {
            assert_eq!(at(key), [""; 0], "{key}");
        }
        assert_eq!(at(KeyAlgorithm::RsaPss { bits: 1024, restriction: None }), ["RSA-1024"]);
        assert_eq!(at(KeyAlgorithm::Ec(Curve::P192)), ["ECDSA-192"]);
        let ml_dsa_65 = "2.16.840.1.101.3.4.3.18".parse().unwrap();
        assert_eq!(at(KeyAlgorithm::Unknown(ml_dsa_65)), ["ML-DSA-65 (2.16.840.1.101.3.4.3.18)"]);
    }
}
