//! 5.2.3 Identification of the signing certificate.

use kenin_facts::{Candidate, Signer};

use crate::check::{Check, CheckStatus, check_ids};

/// Which certificate signed, as far as the signature itself says.
pub(crate) struct Identification<'f> {
    /// The identified certificate.
    pub candidate: Option<&'f Candidate>,
    /// The certificate whose key the integrity checks use when none is identified: what the signer identifier
    /// names. It never stands for an identity.
    pub key_only: Option<&'f Candidate>,
    /// Whether the failure is positive: a reference is there and contradicts the certificate at hand.
    pub contradicted: bool,
    /// The check.
    pub check: Check,
}

/// Identifies the signing certificate: the one that the first reference of each signing-certificate attribute hashes to
/// and the signer identifier names (RFC 5035 3). Without a reference the signer identifier alone decides; whether
/// that suffices is a constraint of the policy.
pub(crate) fn identify(signer: &Signer) -> Identification<'_> {
    let referenced = !signer.signing_certificate.is_empty();
    let named = || signer.candidates.iter().filter(|c| c.matches_sid);
    // Several certificates may carry one name or key identifier: without a reference prefer one that verifies.
    let verifies = |c: &&Candidate| matches!(c.signature, kenin_facts::SignatureCheck::Intact(_));
    let by_sid = named().find(verifies).or_else(|| named().next());
    let candidate = match referenced {
        true => named().find(|c| c.reference == Some(0) && !c.contradicted),
        false => by_sid,
    };
    let contradicted = referenced && candidate.is_none() && !signer.candidates.is_empty();
    let status = if candidate.is_some() { CheckStatus::Passed } else { CheckStatus::Indeterminate };
    let mut check = Check::new(check_ids::SIGNING_CERTIFICATE_IDENTIFICATION, status, "EN 319 102-1 5.2.3")
        .with("reference", if referenced { "signing-certificate" } else { "none" });
    check.facts.extend(candidate.map(|c| c.certificate.to_string()));
    let key_only = candidate.or(by_sid).or_else(|| signer.candidates.first());
    Identification { candidate, key_only, contradicted, check }
}
