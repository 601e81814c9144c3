use std::collections::BTreeMap;
use std::sync::Arc;

use kenin_base::{DigestAlgorithm, Sha256};
use kenin_crypto::digest;
use kenin_x509::Certificate;

/// Every certificate at hand, found by serial number, key identifier or hash.
#[derive(Default)]
pub(crate) struct CertificatePool {
    certificates: Vec<Arc<Certificate>>,
    known: BTreeMap<Sha256, usize>,
    by_serial: BTreeMap<Box<[u8]>, Vec<usize>>,
    by_key_id: BTreeMap<Box<[u8]>, Vec<usize>>,
    /// Hashes other than SHA-256, computed when a reference first asks for the algorithm.
    by_hash: BTreeMap<DigestAlgorithm, HashIndex>,
}

#[derive(Default)]
struct HashIndex {
    /// How many of the certificates are in the index.
    indexed: usize,
    hashes: BTreeMap<Vec<u8>, usize>,
}

impl CertificatePool {
    pub fn add(&mut self, certificate: &Arc<Certificate>) {
        let index = self.certificates.len();
        if *self.known.entry(certificate.sha256()).or_insert(index) != index {
            return;
        }
        self.by_serial.entry(certificate.serial().into()).or_default().push(index);
        if let Some(key_id) = &certificate.extensions().subject_key_identifier {
            self.by_key_id.entry(key_id.as_ref().into()).or_default().push(index);
        }
        self.certificates.push(Arc::clone(certificate));
    }

    pub fn get(&self, sha256: &Sha256) -> Option<&Arc<Certificate>> {
        self.at(*self.known.get(sha256)?)
    }

    /// Certificates with this serial number (minimal octets), whatever their issuer.
    pub fn with_serial(&self, serial: &[u8]) -> impl Iterator<Item = &Arc<Certificate>> {
        self.by_serial.get(serial).into_iter().flatten().filter_map(|index| self.at(*index))
    }

    pub fn with_key_id(&self, key_id: &[u8]) -> impl Iterator<Item = &Arc<Certificate>> {
        self.by_key_id.get(key_id).into_iter().flatten().filter_map(|index| self.at(*index))
    }

    pub fn with_hash(&mut self, algorithm: DigestAlgorithm, hash: &[u8]) -> Option<&Arc<Certificate>> {
        if algorithm == DigestAlgorithm::Sha256 {
            return self.get(&Sha256(hash.try_into().ok()?));
        }
        let index = self.by_hash.entry(algorithm).or_default();
        for (at, certificate) in self.certificates.iter().enumerate().skip(index.indexed) {
            if let Ok(value) = digest(algorithm, certificate.der()) {
                index.hashes.insert(value, at);
            }
        }
        index.indexed = self.certificates.len();
        let at = *index.hashes.get(hash)?;
        self.at(at)
    }

    fn at(&self, index: usize) -> Option<&Arc<Certificate>> {
        self.certificates.get(index)
    }
}

impl std::fmt::Debug for CertificatePool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CertificatePool({} certificates)", self.certificates.len())
    }
}
