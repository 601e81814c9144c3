//! Certification paths: building them over a pool of certificates, and validating them by RFC 5280 6.1
//! without its time and revocation checks.

mod error;
mod name_constraints;
mod name_forms;
mod policy;
mod pool;
mod rejected;
mod search;
mod validate;

pub use error::{PathError, PathErrorKind};
pub use policy::PolicySet;
pub use pool::{CertificatePool, TrustAnchors};
pub use rejected::{PathFailure, RejectedPath};
pub use search::{FoundPath, PathSearch, SearchResult};
pub use validate::{PathInputs, PathOutcome, validate_path};
