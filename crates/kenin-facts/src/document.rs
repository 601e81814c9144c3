use kenin_base::{Finding, Sha256};
use serde::{Deserialize, Serialize};

use crate::{Evidence, EvidenceRecord, Signature};

/// Everything observed in one document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Facts {
    /// The document as a whole.
    pub document: Document,
    /// Its signatures, document timestamps and stand-alone timestamps, in document order.
    pub signatures: Vec<Signature>,
    /// Certificates, revocation data and tokens found in the document or supplied beside it.
    pub evidence: Evidence,
    /// Evidence records given beside the document, over the whole of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence_records: Vec<EvidenceRecord>,
    /// What was noticed about the document as a whole.
    pub findings: Vec<Finding>,
    /// Why the document could not be read to the end, if it could not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

impl Facts {
    /// Everything that was noticed: about the document, its signatures, timestamps and evidence records.
    pub fn all_findings(&self) -> impl Iterator<Item = &Finding> {
        let records = self.signatures.iter().flat_map(|signature| &signature.evidence_records);
        let records: Vec<&EvidenceRecord> = records.chain(&self.evidence_records).collect();
        let archive =
            records.clone().into_iter().flat_map(EvidenceRecord::timestamps).map(|timestamp| &timestamp.token);
        let tokens = self.signatures.iter().flat_map(|signature| {
            signature.token.iter().chain(signature.timestamps.iter().map(|timestamp| &timestamp.token))
        });
        let of_signatures = self.signatures.iter().flat_map(|signature| &signature.findings);
        let of_records = records.into_iter().flat_map(|record| &record.findings);
        let of_tokens = tokens.chain(archive).flat_map(|token| &token.findings);
        self.findings.iter().chain(of_signatures).chain(of_records).chain(of_tokens)
    }
}

/// A document's identity.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Document {
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of all its bytes.
    pub sha256: Sha256,
    /// What its content says it is.
    pub format: DocumentFormat,
    /// The content that was given beside it, as that of a detached signature or timestamp.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<GivenContent>,
}

/// The identity of content beside a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenContent {
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of all its bytes.
    pub sha256: Sha256,
}

/// A document format recognised by content, never by file name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DocumentFormat {
    /// PDF (ISO 32000).
    Pdf,
    /// CMS SignedData (RFC 5652), CAdES included.
    Cms,
    /// A bare TimeStampToken (RFC 3161).
    TimestampToken,
    /// A TimeStampResp (RFC 3161).
    TimestampResponse,
    /// XML.
    Xml,
    /// An ASiC container (EN 319 162).
    Asic,
    /// A JSON signature (TS 119 182-1).
    Jades,
    /// An evidence record (RFC 4998, RFC 6283).
    EvidenceRecord,
    /// A file that holds other files (ZIP, tar, 7z and the like) or one compressed.
    Container,
    /// Anything else.
    Other,
}

/// Why a document's signatures could not all be observed. Each leads to an indeterminate verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Problem {
    /// The document is encrypted and no given password opens it.
    EncryptedNeedsPassword,
    /// The format is recognised but not judged yet.
    UnsupportedFormat,
    /// A budget of `Limits` was reached.
    LimitExceeded,
}
