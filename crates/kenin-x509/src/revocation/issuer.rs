//! Whether a certificate that is not on the path may speak for its issuer: CRL issuers (RFC 5280 6.3.3 (f)) and
//! delegated OCSP responders (RFC 6960 4.2.2.2).

use std::sync::Arc;

use kenin_base::{Resource, Sha256, UtcTime};
use kenin_crypto::{PublicKey, Refusal, SchemeError, Verification};

use super::evidence::RevocationMaterial;
use super::rejected::RejectedDatum;
use super::status::{Instant, RevocationState};
use crate::path::{PathInputs, PathSearch, TrustAnchors};
use crate::{Certificate, RevocationReason, SignedObject};

/// How many signers may vouch for each other in a row: a CRL issuer whose own status another CRL issuer states.
const MAX_DEPTH: usize = 4;

/// Whether the key of `signer`, whose issuers are `above`, verifies a datum.
pub(super) fn verifies(
    material: &RevocationMaterial<'_>,
    signer: &Certificate,
    above: &[Arc<Certificate>],
    datum: Result<SignedObject<'_>, SchemeError>,
) -> Result<bool, RejectedDatum> {
    let datum = datum.map_err(RejectedDatum::Scheme)?;
    let Ok(key) = signer.public_key() else { return Ok(false) };
    let verify = |key: &PublicKey| {
        let answer = material.signatures.verify(key, &datum, material.budget, Resource::SignatureChecks);
        answer.map_err(RejectedDatum::Limit)
    };
    let mut answer = verify(key)?;
    if answer == Verification::Refused(Refusal::KeyParametersMissing)
        && let Some(complete) = inherited(key, above)
    {
        answer = verify(&complete)?;
    }
    Ok(answer == Verification::Intact)
}

/// A key without parameters, completed with those of the nearest issuer that has some (RFC 3279 2.3.2).
fn inherited(key: &PublicKey, above: &[Arc<Certificate>]) -> Option<PublicKey> {
    above.iter().filter_map(|issuer| issuer.public_key().ok()).find_map(|issuer| key.inherit_parameters(issuer))
}

/// That `signer` has a path to the trust anchor of `target`, the path of the certificate in question, and that the
/// certificates of that path, when it signed at `issued`, were valid and known not to be revoked.
pub(super) fn is_proven(
    material: &RevocationMaterial<'_>,
    signer: &Arc<Certificate>,
    target: &[Arc<Certificate>],
    issued: UtcTime,
    judged: &[Sha256],
) -> Result<(), RejectedDatum> {
    let anchor = target.last().ok_or(RejectedDatum::SignerPath)?;
    let anchors: TrustAnchors = [anchor.sha256()].into_iter().collect();
    // A CRL is not issued under a certificate policy.
    let inputs = PathInputs { preferred_time: Some(issued), ..PathInputs::default() };
    let search = PathSearch {
        pool: material.pool,
        anchors: &anchors,
        inputs: &inputs,
        signatures: material.signatures,
        budget: material.budget,
    };
    let mut reason = RejectedDatum::SignerPath;
    for found in search.find(signer).paths {
        match stood(material, &found.certificates, target, issued, judged) {
            Ok(()) => return Ok(()),
            Err(why) => reason = why,
        }
    }
    Err(reason)
}

/// That every certificate of `path` below the anchor was valid at `issued` and known not to be revoked. Those that are
/// on the path of the certificate in question are judged with it.
fn stood(
    material: &RevocationMaterial<'_>,
    path: &[Arc<Certificate>],
    target: &[Arc<Certificate>],
    issued: UtcTime,
    judged: &[Sha256],
) -> Result<(), RejectedDatum> {
    let Some((_anchor, below)) = path.split_last() else { return Err(RejectedDatum::SignerPath) };
    for (index, certificate) in below.iter().enumerate().filter(|(_, certificate)| !target.contains(certificate)) {
        if !certificate.is_valid_at(issued) {
            return Err(RejectedDatum::SignerNotValid);
        }
        is_unrevoked(material, certificate, path.get(index.saturating_add(1)..).unwrap_or_default(), issued, judged)?;
    }
    Ok(())
}

/// That `certificate`, whose issuers are `above`, was known not to be revoked when it signed at `issued`.
pub(super) fn is_unrevoked(
    material: &RevocationMaterial<'_>,
    certificate: &Arc<Certificate>,
    above: &[Arc<Certificate>],
    issued: UtcTime,
    judged: &[Sha256],
) -> Result<(), RejectedDatum> {
    if judged.len() >= MAX_DEPTH || judged.contains(&certificate.sha256()) {
        return Err(RejectedDatum::SignerStatusUnknown);
    }
    let path: Vec<Arc<Certificate>> = std::iter::once(certificate).chain(above).cloned().collect();
    let judged: Vec<Sha256> = judged.iter().copied().chain([certificate.sha256()]).collect();
    let at = Instant { time: issued, known_at: material.time, max_age_days: None };
    match material.collect_below(&path, &judged).status_at(certificate, at).state {
        RevocationState::Good { fresh: true, revoked_later: None } => Ok(()),
        RevocationState::Good { fresh: true, revoked_later: Some(later) } if harmless(later.reason) => Ok(()),
        RevocationState::Revoked(_) | RevocationState::Good { revoked_later: Some(_), .. } => {
            Err(RejectedDatum::SignerRevoked)
        }
        _ => Err(RejectedDatum::SignerStatusUnknown),
    }
}

/// Reasons that say nothing against what was signed before: a key that may have been in other hands could have signed
/// anything with any date.
fn harmless(reason: Option<RevocationReason>) -> bool {
    use RevocationReason::{AffiliationChanged, CessationOfOperation, Superseded};
    matches!(reason, Some(AffiliationChanged | Superseded | CessationOfOperation))
}
