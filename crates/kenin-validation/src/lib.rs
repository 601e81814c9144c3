//! The EN 319 102-1 building blocks over facts, policy and time.
//!
//! [`validate`] runs the basic validation (5.3), the validation of timestamps (5.4) and the validation with time
//! (5.5) and with archival material (5.6) over [`Facts`](kenin_facts::Facts) and gives every conclusion with its tree of checks. It knows nothing
//! of PDF, CMS or XML, and nothing of licences or guidelines; it never reads a clock and never fetches.
//! Deliberate additions to the standard are recorded in `docs/decisions.md`.

mod acceptance;
mod algorithms;
mod certificate;
mod check;
mod coherence;
mod covering;
mod cryptographic;
mod forecast;
mod format_check;
mod identification;
mod indication;
mod material;
mod modifications;
mod outcome;
mod past;
mod path;
mod proofs;
mod record;
mod report;
mod signature;
mod sliding;
mod status;
mod timestamp;
mod usage;
mod validate;
mod walk;

pub use certificate::{CertificateValidation, validate_certificate};
pub use check::{Check, CheckId, CheckStatus, check_ids};
pub use cryptographic::{Integrity, ValueStatus};
pub use indication::{Conclusion, Indication, SubIndication};
pub use kenin_x509::revocation::ConsideredDatum;
pub use material::Caches;
pub use outcome::{
    EvidenceRecordValidation, Forecast, ForecastReason, JudgedModification, PathLink, PathReport, SignatureValidation,
    StatusAtTime, TimestampValidation, Validation, Wanted,
};
pub use path::path_reasons;
pub use proofs::{ProofOfExistence, Proofs};
pub use validate::validate;
