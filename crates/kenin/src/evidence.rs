//! Evidence given beside the document: certificates, CRLs, OCSP responses and evidence records, as DER, PEM or PEM bundles.

use kenin_base::UtcTime;
use kenin_cms::Observer;
use kenin_facts::{EvidenceKind, EvidenceSource};
use kenin_x509::{Certificate, Crl, OcspResponse};

use crate::sniff::{is_evidence_record, pem_blocks};

/// One object of evidence given by the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuppliedEvidence {
    kind: SuppliedKind,
    der: Vec<u8>,
    from: String,
    fetched_at: Option<UtcTime>,
}

/// What an object given by the caller is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SuppliedKind {
    /// A certificate, CRL or OCSP response.
    Evidence(EvidenceKind),
    /// An evidence record (RFC 4998) over the document.
    EvidenceRecord,
}

/// A file given as evidence holds nothing that can serve as evidence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{from} holds no certificate, CRL, OCSP response or evidence record in DER or PEM")]
pub struct EvidenceError {
    from: String,
}

impl SuppliedEvidence {
    /// Reads every object out of the bytes of a file; `from` names the file in the report.
    ///
    /// # Errors
    /// [`EvidenceError`] when the bytes are not evidence, or some PEM block is not, is cut off or damaged.
    pub fn read(from: &str, bytes: &[u8]) -> Result<Vec<Self>, EvidenceError> {
        let failed = || EvidenceError { from: from.to_owned() };
        let one = |der: Option<Vec<u8>>| {
            let der = der.ok_or_else(failed)?;
            let kind = kind_of(&der).ok_or_else(failed)?;
            Ok(Self { kind, der, from: from.to_owned(), fetched_at: None })
        };
        let found: Vec<Self> = objects(bytes).into_iter().map(one).collect::<Result<_, _>>()?;
        if found.is_empty() { Err(failed()) } else { Ok(found) }
    }

    /// Notes when the object was fetched.
    #[must_use]
    pub fn fetched_at(mut self, time: UtcTime) -> Self {
        self.fetched_at = Some(time);
        self
    }

    /// What the object is; `None` for an evidence record.
    pub fn kind(&self) -> Option<EvidenceKind> {
        match self.kind {
            SuppliedKind::Evidence(kind) => Some(kind),
            SuppliedKind::EvidenceRecord => None,
        }
    }

    /// Its DER.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// An object as it was supplied once; `None` for what cannot be supplied.
    pub(crate) fn stored(kind: EvidenceKind, der: &[u8], from: &str, fetched_at: Option<UtcTime>) -> Option<Self> {
        let suppliable = matches!(kind, EvidenceKind::Certificate | EvidenceKind::Crl | EvidenceKind::Ocsp);
        suppliable.then(|| Self {
            kind: SuppliedKind::Evidence(kind),
            der: der.to_vec(),
            from: from.to_owned(),
            fetched_at,
        })
    }

    /// The place that the facts name for it.
    pub(crate) fn source(&self) -> EvidenceSource {
        EvidenceSource::Supplied { from: self.from.clone(), fetched_at: self.fetched_at }
    }

    pub(crate) fn add_to(&self, observer: &mut Observer<'_>) {
        let source = self.source();
        match self.kind {
            SuppliedKind::EvidenceRecord => {}
            SuppliedKind::Evidence(EvidenceKind::Crl) => {
                observer.add_crl(&self.der, source);
            }
            SuppliedKind::Evidence(EvidenceKind::Ocsp) => {
                observer.add_ocsp(&self.der, source);
            }
            SuppliedKind::Evidence(_) => {
                observer.add_certificate(&self.der, source);
            }
        }
    }

    /// The DER of an evidence record.
    pub(crate) fn record(&self) -> Option<&[u8]> {
        (self.kind == SuppliedKind::EvidenceRecord).then_some(&self.der)
    }
}

/// The DER objects in the bytes of a file: the bytes themselves, or the content of every PEM block that can be read.
pub fn der_objects(bytes: &[u8]) -> Vec<Vec<u8>> {
    objects(bytes).into_iter().flatten().collect()
}

/// Those, and `None` for a PEM block that cannot be read.
fn objects(bytes: &[u8]) -> Vec<Option<Vec<u8>>> {
    match bytes.first() {
        Some(0x30) => vec![Some(bytes.to_vec())],
        _ => pem_blocks(bytes),
    }
}

fn kind_of(der: &[u8]) -> Option<SuppliedKind> {
    if Certificate::parse(der).is_ok() {
        Some(SuppliedKind::Evidence(EvidenceKind::Certificate))
    } else if Crl::parse(der).is_ok() {
        Some(SuppliedKind::Evidence(EvidenceKind::Crl))
    } else if OcspResponse::parse(der).is_ok() {
        Some(SuppliedKind::Evidence(EvidenceKind::Ocsp))
    } else if is_evidence_record(der) {
        Some(SuppliedKind::EvidenceRecord)
    } else {
        None
    }
}
