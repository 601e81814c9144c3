use std::sync::Arc;

use kenin_asn1::{Decoder, Tag};
use kenin_base::{Budget, DigestAlgorithm, Finding, FindingCode, Resource, Sha256};
use kenin_crypto::sha256;
use kenin_facts::{Evidence, EvidenceKind, EvidenceSource};
use kenin_x509::{Certificate, CertificateCache};

use crate::findings::of_limit;
use crate::pool::CertificatePool;

/// What one observation of a document shares: the budget, the certificate cache, and the evidence and findings
/// collected so far.
///
/// A signature's certificate is looked for in everything added before the signature is observed: add what the
/// caller supplies and what a PDF's /DSS holds first.
#[derive(Debug)]
pub struct Observer<'o> {
    budget: &'o Budget,
    cache: &'o CertificateCache,
    evidence: Evidence,
    findings: Vec<Finding>,
    /// The limits that were reached, each once.
    limits: Vec<Finding>,
    pub(crate) pool: CertificatePool,
}

impl<'o> Observer<'o> {
    /// An observer that has seen nothing yet.
    pub fn new(budget: &'o Budget, cache: &'o CertificateCache) -> Self {
        let (evidence, pool) = (Evidence::default(), CertificatePool::default());
        Self { budget, cache, evidence, findings: Vec::new(), limits: Vec::new(), pool }
    }

    /// The budget this observation spends from.
    pub fn budget(&self) -> &'o Budget {
        self.budget
    }

    /// Takes a certificate into the evidence. One that cannot be decoded is kept, with the finding
    /// `certificate-malformed`, and gives `None`; so does reaching the limit of certificates.
    pub fn add_certificate(&mut self, der: &[u8], source: EvidenceSource) -> Option<Arc<Certificate>> {
        if let Err(limit) = self.budget.spend(Resource::Certificates, 1) {
            self.report_limit(of_limit(limit, "certificates"));
            return None;
        }
        match self.cache.get_or_parse(der) {
            Ok(certificate) => {
                self.evidence.add(EvidenceKind::Certificate, certificate.sha256(), der.to_vec(), source);
                self.pool.add(&certificate);
                Some(certificate)
            }
            Err(error) => {
                let key = sha256(der);
                self.evidence.add(EvidenceKind::Certificate, key, der.to_vec(), source);
                let finding = Finding::new(FindingCode::CertificateMalformed).about(key.to_string());
                self.findings.push(finding.with("problem", error));
                None
            }
        }
    }

    /// Takes a CRL into the evidence and gives its key. Whether it decodes is found when it is judged, except that
    /// octets which are no SEQUENCE at all give the finding `crl-malformed`. Beyond the limit it is not taken.
    pub fn add_crl(&mut self, der: &[u8], source: EvidenceSource) -> Sha256 {
        self.add_datum(EvidenceKind::Crl, FindingCode::CrlMalformed, der, source)
    }

    /// Takes an OCSPResponse or BasicOCSPResponse into the evidence and gives its key; as [`Self::add_crl`].
    pub fn add_ocsp(&mut self, der: &[u8], source: EvidenceSource) -> Sha256 {
        self.add_datum(EvidenceKind::Ocsp, FindingCode::OcspMalformed, der, source)
    }

    /// Keeps an object that needs no decoding here: an attribute certificate or a timestamp token.
    pub fn add_opaque(&mut self, kind: EvidenceKind, der: &[u8], source: EvidenceSource) -> Sha256 {
        let key = sha256(der);
        self.evidence.add(kind, key, der.to_vec(), source);
        key
    }

    /// Adds something noticed about the document as a whole.
    pub fn add_finding(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Certificates added so far with this serial number (minimal octets), whatever their issuer.
    pub fn certificates_with_serial(&self, serial: &[u8]) -> Vec<Arc<Certificate>> {
        self.pool.with_serial(serial).map(Arc::clone).collect()
    }

    /// Certificates added so far with this subject key identifier.
    pub fn certificates_with_key_id(&self, key_id: &[u8]) -> Vec<Arc<Certificate>> {
        self.pool.with_key_id(key_id).map(Arc::clone).collect()
    }

    /// The certificate added so far that has this hash.
    pub fn certificate_with_hash(&mut self, algorithm: DigestAlgorithm, hash: &[u8]) -> Option<Arc<Certificate>> {
        self.pool.with_hash(algorithm, hash).map(Arc::clone)
    }

    /// The evidence collected so far.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// Everything collected: the evidence, and what was noticed about the document as a whole.
    pub fn finish(mut self) -> (Evidence, Vec<Finding>) {
        self.findings.append(&mut self.limits);
        (self.evidence, self.findings)
    }

    fn add_datum(&mut self, kind: EvidenceKind, code: FindingCode, der: &[u8], source: EvidenceSource) -> Sha256 {
        if let Err(limit) = self.budget.spend(Resource::RevocationData, 1) {
            self.report_limit(of_limit(limit, "crls"));
            return sha256(der);
        }
        let key = self.add_opaque(kind, der, source);
        let decoder = Decoder::new(self.budget);
        let mut reader = decoder.reader(der, 0);
        let whole = reader.expect(Tag::SEQUENCE).and_then(|_| reader.finish());
        if let Err(error) = whole {
            self.findings.push(Finding::new(code).about(key.to_string()).with("problem", error));
        }
        key
    }

    /// A limit is reported once, not once per object beyond it.
    pub(crate) fn report_limit(&mut self, finding: Finding) {
        if !self.limits.contains(&finding) {
            self.limits.push(finding);
        }
    }
}
