//! The EN 319 102-1 building blocks over facts, policy and time.
//!
//! [`validate`] runs the basic validation (5.3), the validation of timestamps (5.4) and the validation with time
//! (5.5) over [`Facts`](kenin_facts::Facts) and gives every conclusion with its tree of checks. It knows nothing
//! of PDF, CMS or XML, and nothing of licences or guidelines; it never reads a clock and never fetches.
//! Deliberate additions to the standard are recorded in `docs/decisions.md`.

mod algorithms;
mod certificate;
mod check;
mod cryptographic;
mod format_check;
mod identification;
mod indication;
mod material;
mod modifications;
mod outcome;
mod path;
mod report;
mod signature;
mod status;
mod timestamp;
mod usage;
mod validate;

pub use certificate::{CertificateValidation, validate_certificate};
pub use check::{Check, CheckId, CheckStatus, check_ids};
pub use cryptographic::{Integrity, ValueStatus};
pub use indication::{Conclusion, Indication, SubIndication};
pub use kenin_x509::revocation::ConsideredDatum;
pub use material::Caches;
pub use outcome::{
    JudgedModification, PathLink, PathReport, SignatureValidation, StatusAtTime, TimestampValidation, Validation,
    Wanted,
};
pub use validate::validate;
