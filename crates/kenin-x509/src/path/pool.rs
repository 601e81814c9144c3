use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use foldhash::HashMap;
use kenin_base::Sha256;

use crate::{Certificate, Name};

/// Certificates at hand for building paths, found by subject. Order of insertion is kept, so that results do not
/// depend on hashing.
#[derive(Clone, Debug, Default)]
pub struct CertificatePool {
    by_subject: HashMap<Name, Vec<Arc<Certificate>>>,
    known: BTreeSet<Sha256>,
    /// Sorted out when it is asked for: few documents have an OCSP responder that is named by its key.
    by_key: OnceLock<HashMap<Vec<u8>, Vec<Arc<Certificate>>>>,
}

impl CertificatePool {
    /// An empty pool.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a certificate; one that is there already is left alone.
    pub fn add(&mut self, certificate: Arc<Certificate>) {
        if self.known.insert(certificate.sha256()) {
            self.by_subject.entry(certificate.subject().clone()).or_default().push(certificate);
            self.by_key.take();
        }
    }

    /// The certificates with this subject.
    pub fn with_subject(&self, subject: &Name) -> &[Arc<Certificate>] {
        self.by_subject.get(subject).map(Vec::as_slice).unwrap_or_default()
    }

    /// The certificates with this [key hash](Certificate::key_hash), in the order of their SHA-256.
    pub fn with_key_hash(&self, hash: &[u8]) -> &[Arc<Certificate>] {
        let by_key = self.by_key.get_or_init(|| {
            let mut all: Vec<&Arc<Certificate>> = self.by_subject.values().flatten().collect();
            all.sort_by_key(|certificate| certificate.sha256());
            let mut by_key: HashMap<Vec<u8>, Vec<Arc<Certificate>>> = HashMap::default();
            for (hash, certificate) in
                all.into_iter().filter_map(|certificate| Some((certificate.key_hash()?, certificate)))
            {
                by_key.entry(hash).or_default().push(Arc::clone(certificate));
            }
            by_key
        });
        by_key.get(hash).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether the pool holds a certificate.
    pub fn contains(&self, sha256: &Sha256) -> bool {
        self.known.contains(sha256)
    }

    /// How many certificates the pool holds.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether the pool is empty.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }
}

impl FromIterator<Arc<Certificate>> for CertificatePool {
    fn from_iter<I: IntoIterator<Item = Arc<Certificate>>>(certificates: I) -> Self {
        let mut pool = Self::new();
        certificates.into_iter().for_each(|certificate| pool.add(certificate));
        pool
    }
}

/// What a path may end at: certificates pinned by SHA-256. A pinned certificate counts wherever it was found, in
/// the document included, because the pin covers every octet of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustAnchors {
    pins: BTreeSet<Sha256>,
}

impl TrustAnchors {
    /// No anchor at all.
    pub fn new() -> Self {
        Self::default()
    }

    /// Trusts the certificate with this SHA-256.
    pub fn pin(&mut self, sha256: Sha256) {
        self.pins.insert(sha256);
    }

    /// Whether a certificate is an anchor.
    pub fn contains(&self, certificate: &Certificate) -> bool {
        self.pins.contains(&certificate.sha256())
    }
}

impl FromIterator<Sha256> for TrustAnchors {
    fn from_iter<I: IntoIterator<Item = Sha256>>(pins: I) -> Self {
        Self { pins: pins.into_iter().collect() }
    }
}
