//! Until when a signature can be verified with the evidence at hand.

use kenin_base::UtcTime;
use kenin_validation::{PathReport, SignatureValidation};

use crate::report::PreservationReport;

/// The earliest end of what the verdict stands on: the certificates of the time-stamping authority, and the
/// CA certificates above the signer. Assumes that the TSA's revocation data stays obtainable. The latest end among the
/// timestamps that passed counts, since one of them is enough.
pub(crate) fn preservation(validation: &SignatureValidation) -> PreservationReport {
    if !validation.conclusion.passed() {
        return PreservationReport::default();
    }
    let end_of = |path: &PathReport, skip: usize| -> Option<UtcTime> {
        path.links.iter().skip(skip).map(|link| link.certificate.not_after()).min()
    };
    let passed = validation.timestamps.iter().filter(|t| t.conclusion.passed());
    let tsa = passed.filter_map(|t| end_of(t.path.as_ref()?, 0)).max();
    // Without a timestamp the signer's own certificate must still be valid.
    let own = validation.path.as_ref().and_then(|path| end_of(path, usize::from(tsa.is_some())));
    let (until, because) = match (tsa, own) {
        (Some(tsa), Some(own)) if own < tsa => (own, "ca-certificate-expiry"),
        (Some(tsa), _) => (tsa, "tsa-certificate-expiry"),
        (None, Some(own)) => (own, "signer-certificate-expiry"),
        (None, None) => return PreservationReport::default(),
    };
    PreservationReport { verifiable_until: Some(until), renew_before: Some(until), because: Some(because) }
}
