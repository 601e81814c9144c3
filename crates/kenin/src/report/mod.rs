//! The report: everything kenin says about one document, in the shape of `docs/report.schema.json`.
//!
//! Codes, statuses and parameters are the contract; `message` texts come from the catalogue of the language
//! asked for and may change.

mod details;
mod document;
mod level;
mod requirement;
mod signature;
mod vocabulary;
mod xml;

pub use details::{DigestReport, EvidenceRecordReport, PdfEntries, ProofReport, SignatureDetails};
pub use document::{DocumentReport, ErrorReport, EvidenceReport, Report, Tool, WantedEvidence};
pub use level::{Level, MissingReport, NextLevelReport, What};
pub use requirement::{RequirementReport, RequirementStatus, Route};
pub use signature::{
    Axes, CertificateReport, CheckReport, FindingReport, ImprintReport, IntegrityReport, ModificationReport,
    ModificationStatus, PreservationReport, ProfileReport, RevocationReport, RoleReport, SignaturePolicyReport,
    SignatureReport, SignedDataReport, SignerReport, TimestampReport, ValueReport,
};
pub use vocabulary::{AxisStatus, Conformity, Grade, TimeSource, Verdict};
pub use xml::{ReferenceReport, XmlReport};
