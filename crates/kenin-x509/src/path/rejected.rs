use std::sync::Arc;

use kenin_base::Sha256;

use super::error::PathError;
use crate::{Certificate, Name};

/// Rejected paths that are kept for the report.
const MAX_REJECTED: usize = 32;

/// A path that failed.
#[derive(Clone, Debug)]
pub struct RejectedPath {
    /// The end entity first, as far as the path went.
    pub certificates: Vec<Arc<Certificate>>,
    /// Why it went no further.
    pub reason: PathFailure,
}

/// Why a path failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PathFailure {
    /// The last certificate signed itself and is no anchor.
    #[error("the chain ends at {subject}, which is not a trust anchor")]
    UntrustedRoot {
        /// Its subject.
        subject: Name,
    },
    /// No certificate with the issuer's name is at hand.
    #[error("no certificate of the issuer {issuer} is at hand")]
    IssuerNotFound {
        /// The missing subject.
        issuer: Name,
    },
    /// A certificate has the issuer's name and its key does not verify.
    #[error("the key of certificate {issuer} does not verify the signature")]
    NotSignedBy {
        /// The candidate issuer.
        issuer: Sha256,
    },
    /// The path is longer than is searched.
    #[error("the path is longer than is searched")]
    TooLong,
    /// The path reaches an anchor and fails RFC 5280 6.1.
    #[error(transparent)]
    Invalid(PathError),
}

impl PathFailure {
    kenin_base::stable_codes! {
        Self::UntrustedRoot { .. } => "untrusted-root",
        Self::IssuerNotFound { .. } => "issuer-not-found",
        Self::NotSignedBy { .. } => "not-signed-by",
        Self::TooLong => "path-too-long",
        ; Self::Invalid(error) => error.kind.code(),
    }
}

/// How much a failure after `length` certificates says about why no path is valid: failed by its policies alone, failed
/// RFC 5280 6.1, else how far it got; a key that does not verify says least.
fn weight(reason: &PathFailure, length: usize) -> (u8, usize, bool) {
    match reason {
        PathFailure::Invalid(error) if error.kind.is_policy_failure() => (2, 0, true),
        PathFailure::Invalid(_) => (1, 0, true),
        PathFailure::NotSignedBy { .. } => (0, length, false),
        _ => (0, length, true),
    }
}

/// Adds a path to those that are kept: while there is room, then instead of the last of those that say least, if it says
/// more. Hundreds of certificates that merely have the issuer's name hide no better reason.
pub(super) fn keep(rejected: &mut Vec<RejectedPath>, path: &[Arc<Certificate>], reason: PathFailure) {
    if rejected.len() >= MAX_REJECTED {
        let weights = rejected.iter().map(|kept| weight(&kept.reason, kept.certificates.len()));
        let least = weights.enumerate().rev().min_by_key(|(_, weight)| *weight);
        match least {
            Some((index, least)) if least < weight(&reason, path.len()) => drop(rejected.remove(index)),
            _ => return,
        }
    }
    rejected.push(RejectedPath { certificates: path.to_vec(), reason });
}
