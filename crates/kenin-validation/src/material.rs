//! The facts' evidence, parsed once: certificates, CRLs and OCSP responses, and the caches shared by all documents
//! of a run.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::HashMap;
use kenin_base::{Budget, Finding, FindingCode, Sha256, UtcTime};
use kenin_facts::{Evidence, EvidenceItem, EvidenceKind, Octets};
use kenin_policy::{Policy, TrustProfile};
use kenin_x509::path::CertificatePool;
use kenin_x509::revocation::{RevocationMaterial, Statement, Status};
use kenin_x509::{Certificate, CertificateCache, Crl, OcspResponse, SignatureCache};

use crate::path::Paths;

/// Parsed CRLs that are kept for other documents; a large archive is covered by a few CRLs per CA.
const KEPT_CRLS: usize = 256;
/// Octets of the CRLs that are kept.
const KEPT_CRL_OCTETS: usize = 256 << 20;

/// Answers that hold for every document, policy and time: parsed objects and verified signatures.
///
/// Send + Sync; one serves a whole run. A cache never changes a verdict.
#[derive(Debug, Default)]
pub struct Caches {
    /// Parsed certificates with their keys.
    pub certificates: Arc<CertificateCache>,
    /// "Key K verifies object O".
    pub signatures: SignatureCache,
    crls: Mutex<HashMap<Sha256, Option<Arc<Crl>>>>,
}

impl Caches {
    fn crl(&self, sha256: Sha256, der: &Octets) -> Option<Arc<Crl>> {
        let lock = || self.crls.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&sha256) {
            return known.clone();
        }
        // Parsed outside the lock: a large CRL must not hold up other threads.
        let parsed = Crl::parse_shared(der.shared()).ok().map(Arc::new);
        let mut crls = lock();
        let octets: usize = crls.values().flatten().map(|crl| crl.der().len()).sum();
        if crls.len() >= KEPT_CRLS || octets.saturating_add(der.as_slice().len()) > KEPT_CRL_OCTETS {
            crls.clear();
        }
        crls.insert(sha256, parsed.clone());
        parsed
    }
}

/// The evidence, parsed: the same whatever the policy and time.
pub(crate) struct Material {
    pub certificates: BTreeMap<Sha256, Arc<Certificate>>,
    pub pool: CertificatePool,
    pub crls: Vec<Arc<Crl>>,
    pub ocsps: Vec<Arc<OcspResponse>>,
    pub paths: Paths,
    /// When the certificates in OCSP responses expire.
    responders: Vec<UtcTime>,
    /// What could not be parsed.
    pub findings: Vec<Finding>,
    /// Revocation data that counts only for what it says against a certificate: it is not kept with the document.
    beside: BTreeSet<Sha256>,
}

impl Material {
    /// Parses the items of `evidence` that `wanted` picks.
    pub fn new(evidence: &Evidence, caches: &Caches, wanted: impl Fn(&EvidenceItem) -> bool) -> Self {
        let mut material = Self {
            certificates: BTreeMap::new(),
            pool: CertificatePool::new(),
            crls: Vec::new(),
            ocsps: Vec::new(),
            paths: Paths::default(),
            responders: Vec::new(),
            findings: Vec::new(),
            beside: BTreeSet::new(),
        };
        for (sha256, item) in evidence.iter().filter(|(_, item)| wanted(item)) {
            let parsed = material.take(caches, *sha256, item.kind, &item.der);
            if let Err(code) = parsed {
                material.findings.push(Finding::new(code).about(sha256.to_string()));
            }
        }
        material
    }

    /// As [`Self::new`], with the other revocation data as far as it says something against a certificate: that a revocation
    /// was learnt of from elsewhere does not undo it.
    pub fn kept(evidence: &Evidence, caches: &Caches, kept: impl Fn(&EvidenceItem) -> bool) -> Self {
        let is_datum = |item: &EvidenceItem| matches!(item.kind, EvidenceKind::Crl | EvidenceKind::Ocsp);
        let beside = evidence.iter().filter(|(_, item)| !kept(item) && is_datum(item)).map(|(sha256, _)| *sha256);
        let beside = beside.collect();
        Self { beside, ..Self::new(evidence, caches, |item| kept(item) || is_datum(item)) }
    }

    /// Whether what a datum says counts.
    pub fn counts(&self, statement: &Statement) -> bool {
        statement.status != Status::Good || !self.beside.contains(&statement.datum)
    }

    /// When each certificate expires, those in OCSP responses included.
    pub fn expiries(&self) -> impl Iterator<Item = UtcTime> {
        let carried = self.certificates.values().map(|certificate| certificate.not_after());
        carried.chain(self.responders.iter().copied())
    }

    fn take(&mut self, caches: &Caches, sha256: Sha256, kind: EvidenceKind, der: &Octets) -> Result<(), FindingCode> {
        match kind {
            EvidenceKind::Certificate => {
                let certificate = caches.certificates.get_or_parse_kept(&sha256, der.as_slice());
                let certificate = certificate.map_err(|_| FindingCode::CertificateMalformed)?;
                self.pool.add(Arc::clone(&certificate));
                self.certificates.insert(sha256, certificate);
            }
            EvidenceKind::Crl => {
                self.crls.push(caches.crl(sha256, der).ok_or(FindingCode::CrlMalformed)?);
            }
            EvidenceKind::Ocsp => {
                let response = OcspResponse::parse(der.as_slice()).map_err(|_| FindingCode::OcspMalformed)?;
                // A delegated responder's certificate travels in the response (RFC 6960 4.2.2.2); it may be
                // needed for the path of the responder.
                for certificate in response.certificates() {
                    if let Ok(certificate) = caches.certificates.get_or_parse(certificate) {
                        self.responders.push(certificate.not_after());
                        self.pool.add(certificate);
                    }
                }
                self.ocsps.push(Arc::new(response));
            }
            EvidenceKind::AttributeCertificate | EvidenceKind::TimestampToken => {}
        }
        Ok(())
    }
}

/// Everything one judgement works with.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub trust: &'a TrustProfile,
    pub policy: &'a Policy,
    /// Validation time.
    pub time: UtcTime,
    /// The time of the judgement that a forecast belongs to: [`Self::time`] itself outside a forecast.
    pub now: UtcTime,
    pub budget: &'a Budget,
    pub caches: &'a Caches,
    pub material: &'a Material,
}

impl Context<'_> {
    /// Whether this is a forecast: revocation data that can be had at its time is taken as had.
    pub fn is_forecast(&self) -> bool {
        self.time > self.now
    }

    /// The same judgement as it will be at a later time.
    pub fn at(self, time: UtcTime) -> Self {
        Self { time, ..self }
    }

    /// The revocation data with what is needed to find out who signed it.
    pub fn revocation(&self) -> RevocationMaterial<'_> {
        RevocationMaterial {
            crls: &self.material.crls,
            ocsps: &self.material.ocsps,
            pool: &self.material.pool,
            certificates: &self.caches.certificates,
            signatures: &self.caches.signatures,
            budget: self.budget,
            time: self.now,
        }
    }
}
