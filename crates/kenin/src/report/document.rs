use kenin_base::{Sha256, UtcTime};
use kenin_facts::{DocumentFormat, GivenContent};
use serde::Serialize;

use super::{Conformity, FindingReport, ProofReport, RequirementReport, SignatureReport, TimeSource, Verdict};

/// Everything kenin says about one document (`kenin-report/1`).
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// `kenin-report/1`.
    pub schema: &'static str,
    /// By which this report is found again, and which anybody can compute from it (`docs/verification-id.md`).
    pub verification_id: String,
    /// What judged, by which policy and trust.
    pub tool: Tool,
    /// The time at which the document was judged.
    pub validation_time: UtcTime,
    /// Where that time came from.
    pub time_source: TimeSource,
    /// The document.
    pub document: DocumentReport,
    /// The overall answer.
    pub verdict: Verdict,
    /// The guideline headline.
    pub conformity: Conformity,
    /// Why the document could not be processed, when the verdict is `error`, or what stopped the reading.
    pub error: Option<ErrorReport>,
    /// Signatures, document timestamps, counter-signatures and stand-alone timestamps.
    pub signatures: Vec<SignatureReport>,
    /// Every object of evidence.
    pub evidence: Vec<EvidenceReport>,
    /// Findings about the document as a whole.
    pub findings: Vec<FindingReport>,
    /// The guideline's requirements, judged over all signatures.
    pub requirements: Vec<RequirementReport>,
    #[serde(skip)]
    pub(crate) wanted: Vec<WantedEvidence>,
}

/// What judged.
#[derive(Clone, Debug, Serialize)]
pub struct Tool {
    /// kenin's version.
    pub version: String,
    /// The policy's name.
    pub policy: String,
    /// SHA-256 of the policy.
    pub policy_sha256: Sha256,
    /// The trust profile's name.
    pub trust: String,
    /// SHA-256 of the trust profile.
    pub trust_sha256: Sha256,
}

/// The document's identity.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentReport {
    /// Path or name as given; absent for bytes without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The path's bytes in base64, when it is not UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path_bytes: Option<String>,
    /// Size in bytes; absent when it could not be read.
    pub size: Option<u64>,
    /// SHA-256 of all bytes; absent when they could not be read.
    pub sha256: Option<Sha256>,
    /// What its content says it is.
    pub format: DocumentFormat,
    /// The content that was given beside it, as that of a detached signature or timestamp.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<GivenContent>,
    /// That content's file as the caller knows it: as it was given, or found beside the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_path: Option<String>,
    /// Number of revisions of a PDF, as far as its signatures tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revisions: Option<u32>,
}

/// Why a document could not be processed.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorReport {
    /// Stable code: `io`, `unsupported-format`, `encrypted-needs-password`, `limit-exceeded`, `usage`, `internal`.
    pub code: String,
    /// The message in the report's language.
    pub message: String,
    /// What the operating system or the reader said, verbatim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Byte offset of the cause, where there is one.
    pub offset: Option<u64>,
}

/// One object of evidence and where it was found.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceReport {
    /// Its key.
    pub sha256: Sha256,
    /// `certificate`, `attribute-certificate`, `crl`, `ocsp` or `timestamp-token`.
    #[serde(rename = "type")]
    pub kind: kenin_facts::EvidenceKind,
    /// Where it was found, for example `dss:2` or `signed-data:sig-1`.
    pub source: Vec<String>,
    /// What proves it to be older than the validation. Not part of the report's JSON.
    #[serde(skip)]
    pub proven: Option<ProofReport>,
}

/// Evidence whose absence kept the verdict from being decided. The caller may get it, add it to the facts and
/// judge again; the judge never fetches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WantedEvidence {
    /// A CRL or OCSP response for a certificate.
    Revocation {
        /// The certificate.
        certificate: Sha256,
        /// Its subject, for people.
        subject: String,
        /// Where its issuer says CRLs are (http URIs of the distribution points).
        crl_uris: Vec<String>,
        /// Where its issuer says OCSP is.
        ocsp_uris: Vec<String>,
    },
    /// The issuer of a certificate.
    Issuer {
        /// The certificate whose issuer is missing.
        certificate: Sha256,
        /// The issuer's name.
        issuer: String,
        /// Where its issuer says its certificate is (caIssuers).
        uris: Vec<String>,
    },
}

impl Report {
    /// Evidence whose absence kept the verdict from being decided.
    pub fn wanted_evidence(&self) -> &[WantedEvidence] {
        &self.wanted
    }
}
