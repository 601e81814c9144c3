//! Verify electronic signatures and timestamps on Japanese medical records: is it intact, who signed it and with
//! which national licence, when is that proven, and does it meet chapters 14/15 of the Ministry's guideline?
//!
//! [`observe`] reads a document into [`Facts`]; a [`Verifier`] judges them under a [`TrustProfile`] and a [`Policy`]
//! at a time and gives a [`Report`]. Judging is pure: same facts, trust, policy and time, same report.
//!
//! ```no_run
//! use kenin::{Policy, Source, TrustProfile, UtcTime, Verifier, observe};
//!
//! let verifier = Verifier::new(TrustProfile::jp_hpki(), Policy::mhlw_6_0());
//! let source = Source::open("summary.pdf")?;
//! let facts = observe(&source, &verifier.observe_options())?;
//! let report = verifier.judge(&facts, UtcTime::parse("2026-11-22T00:00:00Z")?);
//! println!("{:?}", report.verdict);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod assessment;
mod build;
mod build_details;
mod build_signature;
mod containers;
mod evidence;
mod explain;
mod folder;
mod messages;
mod observe;
mod own_policy;
pub mod render;
mod report;
mod sniff;
mod stored;
mod supplied_records;
mod verification_id;
mod verifier;

pub use assessment::{REQUIREMENT_IDS, requirement_reasons};
pub use containers::is_zip_of_documents;
pub use evidence::{EvidenceError, SuppliedEvidence, der_objects};
pub use explain::{CodeKind, Explanation, explain, explainable_codes, explanations};
pub use folder::Folder;
pub use messages::{Catalogue, Lang, Value};
pub use observe::{ObserveError, ObserveOptions, observe, observe_beside};
pub use own_policy::read_policy;
pub use report::*;
pub use stored::{FACTS_SCHEMA, FactsApart, StoredFacts, StoredFactsError, write_facts};
pub use verifier::Verifier;

pub use kenin_base::{Finding, FindingCode, Limits, Sha256, Source, SourceError, UtcTime};
pub use kenin_facts::{
    Coverage, DocumentFormat, EvidenceKind, Facts, GivenContent, ModificationRule, Octets, RecordPart, SignatureFormat,
    SignatureKind, TimestampKind, XmlReferenceKind,
};
pub use kenin_policy::{Policy, PolicyError, Severity, TrustProfile};
pub use kenin_validation::{CertificateValidation, CheckId, CheckStatus, Indication, SubIndication};
pub use kenin_xml::Companions;
