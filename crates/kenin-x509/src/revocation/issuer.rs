//! Whether a certificate that is not on the path may speak for its issuer: CRL issuers (RFC 5280 6.3.3 (f)) and
//! delegated OCSP responders (RFC 6960 4.2.2.2).

use std::sync::Arc;

use kenin_base::{Resource, Sha256, UtcTime};
use kenin_crypto::{PublicKey, Refusal, SchemeError, Verification};

use super::evidence::RevocationMaterial;
use super::rejected::RejectedDatum;
use super::status::{Instant, RevocationState};
use crate::cache::charge;
use crate::path::{PathInputs, PathSearch, TrustAnchors};
use crate::{Certificate, Name, RevocationReason, SignedObject};

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
    let Ok(key) = signer.public_key() else {
        // Nothing is verified, and ten thousand such certificates may be weighed for each of as many data.
        material.budget.spend(Resource::PathCandidates, 1).map_err(RejectedDatum::Limit)?;
        return Ok(false);
    };
    let verify = |key: &PublicKey| {
        charge(material.budget, key, &datum)
            .and_then(|()| material.signatures.verify(key, &datum, material.budget, Resource::SignatureChecks))
            .map_err(RejectedDatum::Limit)
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

/// What the signer of a CRL is held against.
pub(super) struct Standing<'a> {
    pub material: &'a RevocationMaterial<'a>,
    /// The path of the certificate in question.
    pub target: &'a [Arc<Certificate>],
    /// When the CRL was issued.
    pub issued: UtcTime,
    /// The name of the certificate's issuer, when the CRL is in that name.
    pub namesake: Option<&'a Name>,
    /// Signers whose own standing is being found out.
    pub judged: &'a [Sha256],
}

impl Standing<'_> {
    /// That `signer` has a path to the trust anchor of the certificate in question, and that the certificates of that
    /// path, when the CRL was issued, were valid and known not to be revoked.
    ///
    /// # Errors
    /// [`RejectedDatum`] with what is missing.
    pub fn is_proven(&self, signer: &Arc<Certificate>) -> Result<(), RejectedDatum> {
        let anchor = self.target.last().ok_or(RejectedDatum::SignerPath)?;
        let anchors: TrustAnchors = [anchor.sha256()].into_iter().collect();
        // A CRL is not issued under a certificate policy.
        let inputs = PathInputs { preferred_time: Some(self.issued), ..PathInputs::default() };
        let search = PathSearch {
            pool: self.material.pool,
            anchors: &anchors,
            inputs: &inputs,
            signatures: self.material.signatures,
            budget: self.material.budget,
        };
        let mut reason = RejectedDatum::SignerPath;
        let result = search.find(signer);
        for found in result.paths {
            match self.stood(&found.certificates) {
                Ok(()) => return Ok(()),
                Err(limit @ RejectedDatum::Limit(_)) => return Err(limit),
                Err(why) => reason = why,
            }
        }
        Err(result.limit.map_or(reason, RejectedDatum::Limit))
    }

    /// That the signer's `path` is one that may speak for the certificate, and that every certificate of it below the
    /// anchor was valid and known not to be revoked. Those that are on the path of the certificate in question are
    /// judged with it.
    fn stood(&self, path: &[Arc<Certificate>]) -> Result<(), RejectedDatum> {
        let Some((_anchor, below)) = path.split_last() else { return Err(RejectedDatum::SignerPath) };
        if !self.may_speak(path) {
            return Err(RejectedDatum::SignerPath);
        }
        for (index, certificate) in below.iter().enumerate() {
            if self.target.contains(certificate) {
                continue;
            }
            if !certificate.is_valid_at(self.issued) {
                return Err(RejectedDatum::SignerNotValid);
            }
            let above = path.get(index.saturating_add(1)..).unwrap_or_default();
            is_unrevoked(self.material, certificate, above, self.issued, self.judged)?;
        }
        Ok(())
    }

    /// Nobody vouches for itself, by a signer below itself either. And a CA's name is that of its keys alone: the
    /// signer's key was certified by a CA of the certificate's path, or by other keys of that name. RFC 5280 6.3.3 (f)
    /// asks for the trust anchor alone, which would let every CA below it speak in every other's name.
    fn may_speak(&self, path: &[Arc<Certificate>]) -> bool {
        let Some((certificate, issuers)) = self.target.split_first() else { return false };
        let is_on_path = |link: &&Arc<Certificate>| issuers.iter().any(|issuer| issuer.has_key_of(link));
        let mut own_links = path.iter().take_while(|link| !is_on_path(link));
        !path.iter().any(|link| link.has_key_of(certificate))
            && self.namesake.is_none_or(|name| own_links.all(|link| link.subject() == name))
    }
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
    let evidence = material.collect_below(&path, &judged);
    match evidence.status_at(certificate, at).state {
        RevocationState::Good { fresh: true, revoked_later: None } => Ok(()),
        RevocationState::Good { fresh: true, revoked_later: Some(later) } if harmless(later.reason) => Ok(()),
        RevocationState::Revoked(_) | RevocationState::Good { revoked_later: Some(_), .. } => {
            Err(RejectedDatum::SignerRevoked)
        }
        _ => Err(evidence.limit().map_or(RejectedDatum::SignerStatusUnknown, RejectedDatum::Limit)),
    }
}

/// Reasons that say nothing against what was signed before: a key that may have been in other hands could have signed
/// anything with any date.
fn harmless(reason: Option<RevocationReason>) -> bool {
    use RevocationReason::{AffiliationChanged, CessationOfOperation, Superseded};
    matches!(reason, Some(AffiliationChanged | Superseded | CessationOfOperation))
}
