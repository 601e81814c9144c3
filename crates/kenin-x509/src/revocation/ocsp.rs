use std::collections::BTreeSet;
use std::sync::Arc;

use kenin_base::{Sha256, UtcTime};
use kenin_crypto::digest;

use super::evidence::RevocationMaterial;
use super::issuer::{is_unrevoked, verifies};
use super::rejected::RejectedDatum;
use super::statement::{DatumKind, Statement, Status};
use crate::{
    CertId, Certificate, KP_OCSP_SIGNING, OcspCertStatus, OcspResponse, ReasonFlags, ResponderId, SignedObject,
    SingleResponse,
};

/// How far producedAt may precede thisUpdate: the difference of two clocks in one service.
const CLOCK_SKEW_SECONDS: i64 = 60;

/// Certificates of a response that are looked at; a responder sends its own chain.
const MAX_EMBEDDED: usize = 32;

/// What `response` says about the first certificate of `path` (RFC 6960 3.2, without its time checks).
///
/// The responder is authorised when it is the issuer itself, or when the issuer signed its certificate with
/// id-kp-OCSPSigning (4.2.2.2); then it must have been valid when it answered and not revoked, which must be known where it
/// is without id-pkix-ocsp-nocheck (4.2.2.2.1).
///
/// # Errors
/// [`RejectedDatum`] when the response does not speak for the certificate.
pub(super) fn assess(
    material: &RevocationMaterial<'_>,
    path: &[Arc<Certificate>],
    response: &OcspResponse,
    judged: &[Sha256],
) -> Result<Statement, RejectedDatum> {
    let [certificate, issuer, ..] = path else { return Err(RejectedDatum::OcspOtherCertificate) };
    if let Some(oid) = response.unknown_critical().first() {
        return Err(RejectedDatum::OcspUnknownCriticalExtension(*oid));
    }
    let single = answer_for(certificate, issuer, response)?;
    if let Some(oid) = single.unknown_critical.first() {
        return Err(RejectedDatum::OcspUnknownCriticalExtension(*oid));
    }
    let signer = responder(material, path, response, judged)?;
    if response.produced_at() < single.this_update.plus_seconds(-CLOCK_SKEW_SECONDS) {
        return Err(RejectedDatum::OcspProducedBeforeUpdate);
    }
    let cert_hash_matches = match &single.cert_hash {
        Some(hash) if digest(hash.algorithm, certificate.der()).ok().as_deref() == Some(&*hash.value) => true,
        Some(_) => return Err(RejectedDatum::OcspCertHash),
        None => false,
    };
    let status = status_of(single)?;
    Ok(Statement {
        datum: response.sha256(),
        base: None,
        kind: DatumKind::Ocsp,
        status,
        listed: true,
        reasons: ReasonFlags::ALL,
        this_update: single.this_update,
        next_update: single.next_update,
        produced_at: Some(response.produced_at()),
        expired_since: single.archive_cutoff,
        cert_hash_matches,
        signer,
        schemes: response.scheme().into_iter().collect(),
    })
}

/// The answer whose CertID is that of the certificate; of several the gravest, then the latest. One that does not decide
/// outranks a good one: which stands first must not matter.
fn answer_for<'r>(
    certificate: &Certificate,
    issuer: &Certificate,
    response: &'r OcspResponse,
) -> Result<&'r SingleResponse, RejectedDatum> {
    let mut reason = RejectedDatum::OcspOtherCertificate;
    let mut best: Option<&SingleResponse> = None;
    for single in response.singles().iter().filter(|single| *single.cert_id.serial == *certificate.serial()) {
        match is_issued_by(&single.cert_id, certificate, issuer) {
            Ok(()) => {
                let weight = |single: &SingleResponse| {
                    let stated = match status_of(single) {
                        Ok(Status::Good) => 0,
                        Err(_) => 1,
                        Ok(status) => status.gravity().saturating_add(1),
                    };
                    (stated, single.this_update)
                };
                if best.is_none_or(|best| weight(best) < weight(single)) {
                    best = Some(single);
                }
            }
            Err(why) => reason = why,
        }
    }
    best.ok_or(reason)
}

/// What the answer says, with what the extensions of a CRL entry add to it (RFC 6960 4.4.5); of two reasons the graver.
fn status_of(single: &SingleResponse) -> Result<Status, RejectedDatum> {
    let (date, reason) = match single.status {
        OcspCertStatus::Good => return Ok(Status::Good),
        OcspCertStatus::Unknown => return Err(RejectedDatum::OcspUnknown),
        OcspCertStatus::Revoked { revocation_date, reason } => (revocation_date, reason),
    };
    let revoked = |reason| Status::revoked(date, reason, single.invalidity_date);
    let stated = reason.into_iter().chain(single.reason_code).map(|reason| revoked(Some(reason)));
    match stated.max_by_key(|status| status.gravity()).unwrap_or_else(|| revoked(None)) {
        // The reason belongs to delta CRLs (RFC 5280 5.3.1): an answer with it is neither good nor revoked.
        Status::Good => Err(RejectedDatum::OcspRemoveFromCrl),
        status => Ok(status),
    }
}

fn is_issued_by(id: &CertId, certificate: &Certificate, issuer: &Certificate) -> Result<(), RejectedDatum> {
    let algorithm = id.digest_algorithm.ok_or(RejectedDatum::OcspDigestAlgorithm)?;
    let has_digest = |data: &[u8], expected: &[u8]| digest(algorithm, data).is_ok_and(|value| value == expected);
    // The requester hashes the issuer's name as either certificate writes it.
    let name = has_digest(certificate.issuer().der(), &id.issuer_name_hash)
        || has_digest(issuer.subject().der(), &id.issuer_name_hash);
    let both = name && has_digest(issuer.public_key_bits(), &id.issuer_key_hash);
    both.then_some(()).ok_or(RejectedDatum::OcspOtherIssuer)
}

/// The authorised certificate whose key verifies the response.
fn responder(
    material: &RevocationMaterial<'_>,
    path: &[Arc<Certificate>],
    response: &OcspResponse,
    judged: &[Sha256],
) -> Result<Arc<Certificate>, RejectedDatum> {
    let above = path.get(1..).unwrap_or_default();
    let embedded = response.certificates().take(MAX_EMBEDDED);
    let embedded = embedded.filter_map(|der| material.certificates.get_or_parse(der).ok());
    let named = match response.responder() {
        ResponderId::ByName(name) => material.pool.with_subject(name),
        ResponderId::ByKey(hash) => material.pool.with_key_hash(hash),
    };
    let candidates = above.iter().take(1).cloned().chain(embedded).chain(named.iter().cloned());
    let mut reason = RejectedDatum::OcspResponderNotFound;
    let mut seen = BTreeSet::new();
    for candidate in candidates.filter(|candidate| is_named(response.responder(), candidate)) {
        if !seen.insert(candidate.sha256()) {
            continue;
        }
        if !verifies(material, &candidate, above, SignedObject::ocsp(response))? {
            if reason == RejectedDatum::OcspResponderNotFound {
                reason = RejectedDatum::OcspSignature;
            }
            continue;
        }
        match authorised(material, path, &candidate, response.produced_at(), judged) {
            Ok(()) => return Ok(candidate),
            Err(limit @ RejectedDatum::Limit(_)) => return Err(limit),
            Err(why) => reason = why,
        }
    }
    Err(reason)
}

fn is_named(id: &ResponderId, candidate: &Certificate) -> bool {
    match id {
        ResponderId::ByName(name) => candidate.subject() == name,
        ResponderId::ByKey(hash) => candidate.key_hash().as_deref() == Some(&**hash),
    }
}

/// RFC 6960 4.2.2.2
fn authorised(
    material: &RevocationMaterial<'_>,
    path: &[Arc<Certificate>],
    responder: &Arc<Certificate>,
    answered: UtcTime,
    judged: &[Sha256],
) -> Result<(), RejectedDatum> {
    let [certificate, issuer, above @ ..] = path else { return Err(RejectedDatum::OcspOtherCertificate) };
    if responder.has_key_of(issuer) {
        return Ok(());
    }
    // A key does not vouch for itself, in another certificate either.
    let vouches = responder.issuer() == issuer.subject() && responder.spki() != certificate.spki();
    if !vouches || !verifies(material, issuer, above, SignedObject::certificate(responder))? {
        return Err(RejectedDatum::OcspDelegateOtherIssuer);
    }
    let extensions = responder.extensions();
    // Purpose and usage must both allow it (RFC 5280 4.2.1.12): a subordinate CA that lists the purpose to pass it on
    // to its own responders is none itself.
    let signs = extensions.key_usage.is_none_or(|usage| usage.digital_signature() || usage.non_repudiation());
    if !signs || !extensions.has_purpose(&KP_OCSP_SIGNING) {
        return Err(RejectedDatum::OcspDelegateUsage);
    }
    let unusable = extensions.unknown_critical.iter().chain(&extensions.malformed).chain(&extensions.duplicated);
    if let Some(oid) = unusable.copied().next() {
        return Err(RejectedDatum::OcspDelegateExtension(oid));
    }
    if !responder.is_valid_at(answered) {
        return Err(RejectedDatum::SignerNotValid);
    }
    // The issuer and what is above it are judged with the path itself.
    match is_unrevoked(material, responder, path.get(1..).unwrap_or_default(), answered, judged) {
        // It need not be known that it was not revoked (4.2.2.2.1); what is at hand and says that it was counts.
        Err(RejectedDatum::SignerStatusUnknown) if extensions.ocsp_nocheck => Ok(()),
        standing => standing,
    }
}
