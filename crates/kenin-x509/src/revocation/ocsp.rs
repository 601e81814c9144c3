use std::collections::BTreeSet;
use std::sync::Arc;

use kenin_base::{Sha256, UtcTime};
use kenin_crypto::digest;

use super::evidence::RevocationMaterial;
use super::issuer::{is_unrevoked, verifies};
use super::rejected::RejectedDatum;
use super::statement::{DatumKind, Statement, Status, together};
use crate::{
    CertId, Certificate, KP_OCSP_SIGNING, OcspCertStatus, OcspResponse, ReasonFlags, ResponderId, SignedObject,
    SingleResponse,
};

/// How far producedAt may precede thisUpdate: the difference of two clocks in one service.
const CLOCK_SKEW_SECONDS: i64 = 60;

/// Certificates of a response that are looked at; a responder sends its own chain.
const MAX_EMBEDDED: usize = 32;

/// What `response` says about the first certificate of `path` (RFC 6960 3.2, without its time checks): one statement, or
/// one of a revocation and one of a hold, where it has several answers.
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
) -> Result<Vec<Statement>, RejectedDatum> {
    let [certificate, issuer, ..] = path else { return Err(RejectedDatum::OcspOtherCertificate) };
    if let Some(oid) = response.unknown_critical().first() {
        return Err(RejectedDatum::OcspUnknownCriticalExtension(*oid));
    }
    let answers = answers_for(certificate, issuer, response)?;
    if let Some(oid) = answers.iter().find_map(|single| single.unknown_critical.first()) {
        return Err(RejectedDatum::OcspUnknownCriticalExtension(*oid));
    }
    let signer = responder(material, path, response, judged)?;
    let early = |single: &SingleResponse| response.produced_at() < single.this_update.plus_seconds(-CLOCK_SKEW_SECONDS);
    if answers.iter().any(|single| early(single)) {
        return Err(RejectedDatum::OcspProducedBeforeUpdate);
    }
    let mut cert_hash_matches = false;
    for hash in answers.iter().filter_map(|single| single.cert_hash.as_ref()) {
        if digest(hash.algorithm, certificate.der()).ok().as_deref() != Some(&*hash.value) {
            return Err(RejectedDatum::OcspCertHash);
        }
        cert_hash_matches = true;
    }
    let stated: Vec<_> = answers.iter().map(|single| (status_of(single), *single)).collect();
    let statuses = together(stated.iter().filter_map(|(status, _)| status.as_ref().ok()).copied());
    // One that does not decide outranks a good one: which stands first must not matter.
    let open = stated.iter().find_map(|(status, _)| status.as_ref().err());
    if let Some(why) = open.filter(|_| statuses.iter().all(|status| *status == Status::Good)) {
        return Err(*why);
    }
    let statement = |status: Status| {
        let kind = std::mem::discriminant(&status);
        let of_kind = stated.iter().filter(|(of, _)| of.as_ref().is_ok_and(|of| std::mem::discriminant(of) == kind));
        let (_, single) = of_kind.max_by_key(|(_, single)| single.this_update)?;
        Some(Statement {
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
            signer: Arc::clone(&signer),
            schemes: response.scheme().into_iter().collect(),
        })
    };
    Ok(statuses.into_iter().filter_map(statement).collect())
}

/// The answers whose CertID is that of the certificate.
fn answers_for<'r>(
    certificate: &Certificate,
    issuer: &Certificate,
    response: &'r OcspResponse,
) -> Result<Vec<&'r SingleResponse>, RejectedDatum> {
    let mut reason = RejectedDatum::OcspOtherCertificate;
    let mut answers = Vec::new();
    for single in response.singles().iter().filter(|single| *single.cert_id.serial == *certificate.serial()) {
        match is_issued_by(&single.cert_id, certificate, issuer) {
            Ok(()) => answers.push(single),
            Err(why) => reason = why,
        }
    }
    if answers.is_empty() { Err(reason) } else { Ok(answers) }
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
        Status::Good => Err(RejectedDatum::RemoveFromCrl),
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
    for candidate in candidates.filter(|candidate| response.responder().names(candidate)) {
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
