//! Validation policies, trust profiles and the dated algorithm table, read from TOML.
//!
//! A [`Policy`] says what is asked of a signature; a [`TrustProfile`] says whom to believe, with signers and
//! time-stamping authorities kept apart. Both are dated files with embedded defaults, and a report names each
//! by its SHA-256, so that a verdict can be repeated.
//!
//! ```
//! use kenin_policy::{Policy, TrustProfile};
//! let policy = Policy::mhlw_6_0();
//! assert_eq!(policy.name, "mhlw-6.0");
//! let trust = TrustProfile::jp_hpki();
//! assert!(trust.signer.iter().any(|anchor| anchor.name == "MHLW HPKI Root CA V2"));
//! ```

mod algorithms;
mod error;
mod modifications;
mod policy;
mod trust;

pub use algorithms::{Acceptability, AlgorithmEntry, AlgorithmTable};
pub use error::PolicyError;
pub use modifications::{Modifications, Severity};
pub use policy::{
    ExplicitPolicy, Freshness, Needed, Policy, Requirements, Slide, TimestampBasis, TsaRevocation, Validation,
    ValidityModel,
};
pub use trust::{
    Accreditation, AccreditationStatus, Certainty, Purpose, Scheme, SignerAnchor, TrustProfile, TsaAnchor,
};
