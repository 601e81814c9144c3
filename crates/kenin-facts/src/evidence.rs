use std::collections::BTreeMap;

use kenin_base::{Sha256, UtcTime};
use serde::{Deserialize, Serialize};

use crate::Octets;

/// Certificates, revocation data and timestamp tokens by the SHA-256 of their DER.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Evidence {
    items: BTreeMap<Sha256, EvidenceItem>,
}

/// One object and every place it was found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EvidenceItem {
    /// What it is.
    pub kind: EvidenceKind,
    /// Its octets as found.
    pub der: Octets,
    /// Where it was found, sorted and without repetition.
    pub sources: Vec<EvidenceSource>,
}

/// What an object of evidence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceKind {
    /// An X.509 certificate (RFC 5280).
    Certificate,
    /// An attribute certificate (RFC 5755); kept, not judged.
    AttributeCertificate,
    /// A certificate revocation list (RFC 5280).
    Crl,
    /// An OCSPResponse or BasicOCSPResponse (RFC 6960).
    Ocsp,
    /// A TimeStampToken (RFC 3161).
    TimestampToken,
}

/// Where an object was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "in")]
pub enum EvidenceSource {
    /// `certificates` or `crls` of a SignedData; `signature` names it.
    SignedData {
        /// Id of the signature or timestamp.
        signature: String,
    },
    /// KeyInfo of an XML signature.
    KeyInfo {
        /// Id of the signature.
        signature: String,
    },
    /// An unsigned attribute of a signature, or an unsigned property of XAdES.
    UnsignedAttribute {
        /// Id of the signature.
        signature: String,
    },
    /// The PDF's /DSS as of a revision (counted from 1).
    Dss {
        /// The first revision that has it.
        revision: u32,
    },
    /// Given by the caller beside the document.
    Supplied {
        /// The file or address it came from.
        from: String,
        /// When it was fetched, if it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fetched_at: Option<UtcTime>,
    },
    /// Carried by the trust profile.
    TrustProfile,
}

impl Evidence {
    /// Adds an object found at `source`. The digest is computed by the caller, who has usually needed it anyway.
    pub fn add(&mut self, kind: EvidenceKind, sha256: Sha256, der: impl Into<Octets>, source: EvidenceSource) {
        let new = || EvidenceItem { kind, der: der.into(), sources: Vec::new() };
        let item = self.items.entry(sha256).or_insert_with(new);
        if let Err(at) = item.sources.binary_search(&source) {
            item.sources.insert(at, source);
        }
    }

    /// The object with this digest.
    pub fn get(&self, sha256: &Sha256) -> Option<&EvidenceItem> {
        self.items.get(sha256)
    }

    /// Every object, sorted by digest.
    pub fn iter(&self) -> impl Iterator<Item = (&Sha256, &EvidenceItem)> {
        self.items.iter()
    }

    /// Every object of one kind, sorted by digest.
    pub fn of_kind(&self, kind: EvidenceKind) -> impl Iterator<Item = (&Sha256, &EvidenceItem)> {
        self.items.iter().filter(move |(_, item)| item.kind == kind)
    }

    /// Takes the octets of every object out, to be kept apart from where each was found; sorted by digest.
    pub fn take_octets(&mut self) -> Vec<(Sha256, EvidenceKind, Octets)> {
        let empty = || Octets::from(Vec::new());
        let take = |(sha256, item): (&Sha256, &mut EvidenceItem)| {
            (*sha256, item.kind, std::mem::replace(&mut item.der, empty()))
        };
        self.items.iter_mut().map(take).collect()
    }

    /// Puts octets that were taken out back, as `find` has them by digest.
    ///
    /// # Errors
    /// `find`'s.
    pub fn put_octets<E>(&mut self, mut find: impl FnMut(&Sha256) -> Result<Octets, E>) -> Result<(), E> {
        for (sha256, item) in &mut self.items {
            item.der = find(sha256)?;
        }
        Ok(())
    }

    /// Takes over every object of `other`.
    pub fn merge(&mut self, other: Evidence) {
        for (sha256, item) in other.items {
            for source in item.sources {
                self.add(item.kind, sha256, item.der.clone(), source);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_object_found_twice_keeps_both_places() {
        let mut evidence = Evidence::default();
        let key = Sha256([7; 32]);
        let dss = EvidenceSource::Dss { revision: 2 };
        let cms = EvidenceSource::SignedData { signature: "sig-1".into() };
        for source in [&dss, &cms, &dss] {
            evidence.add(EvidenceKind::Crl, key, vec![1], source.clone());
        }
        assert_eq!(evidence.get(&key).unwrap().sources, [cms, dss]);
        assert_eq!(evidence.of_kind(EvidenceKind::Certificate).count(), 0);
    }
}
