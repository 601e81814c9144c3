use std::sync::Arc;

use super::rejected::RejectedDatum;
use super::scope::{has_name, reasons_covered};
use super::statement::{DatumKind, RevocationContext, Statement, Status};
use crate::path::{PathInputs, PathSearch, TrustAnchors};
use crate::{Certificate, Crl, ReasonFlags, RevokedEntry};

/// Certificates of one name that are searched for as CRL signers.
const MAX_SIGNERS: usize = 16;

/// What `crl` says about `certificate`, whose issuer on the path is `issuer` (RFC 5280 6.3.3 (b) to (l), without
/// its time checks).
///
/// # Errors
/// [`RejectedDatum`] when the CRL does not speak for the certificate, or cannot be used alone.
pub fn assess_crl(
    certificate: &Certificate,
    issuer: &Arc<Certificate>,
    crl: &Crl,
    context: &RevocationContext<'_>,
) -> Result<Statement, RejectedDatum> {
    let (statement, reasons) = assess_crl_for_reasons(certificate, issuer, crl, context)?;
    // Revoked for one reason is revoked; not revoked for some reasons is not yet good.
    if statement.status == Status::Good && !reasons.covers_all() {
        return Err(RejectedDatum::CrlOnlySomeReasons);
    }
    Ok(statement)
}

/// As [`assess_crl`], for the reasons this CRL covers: the status is known when the statements of several CRLs
/// together cover every reason, or one of them says revoked (RFC 5280 6.3.3, reasons_mask).
///
/// # Errors
/// [`RejectedDatum`] when the CRL does not speak for the certificate.
pub fn assess_crl_for_reasons(
    certificate: &Certificate,
    issuer: &Arc<Certificate>,
    crl: &Crl,
    context: &RevocationContext<'_>,
) -> Result<(Statement, ReasonFlags), RejectedDatum> {
    let extensions = crl.extensions();
    if let Some(oid) = extensions.unknown_critical.first() {
        return Err(RejectedDatum::CrlUnknownCriticalExtension(*oid));
    }
    if let Some(oid) = extensions.malformed.first() {
        return Err(RejectedDatum::CrlMalformedExtension(*oid));
    }
    if crl.is_delta() {
        return Err(RejectedDatum::CrlDelta);
    }
    let reasons = reasons_covered(certificate, crl)?;
    let signer = signer(issuer, crl, context)?;
    let status = match listed(certificate, crl) {
        Some(entry) => Status::revoked(entry.revocation_date, entry.reason, entry.invalidity_date),
        None => Status::Good,
    };
    let statement = Statement {
        datum: crl.sha256(),
        kind: DatumKind::Crl,
        status,
        this_update: crl.this_update(),
        next_update: crl.next_update(),
        produced_at: None,
        expired_since: extensions.expired_certs_on_crl,
        cert_hash_matches: false,
        signer,
    };
    Ok((statement, reasons))
}

/// The certificates in the pool that may sign `crl` besides the issuer of the certificate in question: those named like
/// the CRL's issuer that have a path to `anchor`, the anchor of that certificate (RFC 5280 6.3.3 (f)). A CA of the same
/// name below another anchor is not among them. Whether they were valid and unrevoked is the caller's to judge.
pub fn crl_signers(crl: &Crl, anchor: &Certificate, search: &PathSearch<'_>) -> Vec<Arc<Certificate>> {
    let anchors: TrustAnchors = [anchor.sha256()].into_iter().collect();
    // A CRL is not issued under a certificate policy.
    let inputs = PathInputs { preferred_time: search.inputs.preferred_time, ..PathInputs::default() };
    let search = PathSearch { anchors: &anchors, inputs: &inputs, ..*search };
    let named = search.pool.with_subject(crl.issuer()).iter().take(MAX_SIGNERS);
    named.filter(|candidate| search.find(candidate).best().is_some()).map(Arc::clone).collect()
}

/// The certificate whose key verifies the CRL: the issuer's own, or one of the same name as the CRL's issuer that
/// the caller validated. A CA that merely has the same name is neither.
fn signer(
    issuer: &Arc<Certificate>,
    crl: &Crl,
    context: &RevocationContext<'_>,
) -> Result<Arc<Certificate>, RejectedDatum> {
    if !crl.signature_algorithms_agree() {
        return Err(RejectedDatum::CrlAlgorithmsDisagree);
    }
    let named = std::iter::once(issuer).chain(context.crl_signers).filter(|c| c.subject() == crl.issuer());
    let mut reason = RejectedDatum::CrlSignature;
    for candidate in named {
        if !context.verify(candidate, crl.scheme(), crl.tbs(), crl.signature())? {
            continue;
        }
        if candidate.extensions().key_usage.is_none_or(|usage| usage.crl_sign()) {
            return Ok(Arc::clone(candidate));
        }
        reason = RejectedDatum::CrlSignMissing;
    }
    Err(reason)
}

/// The certificate's entry; on an indirect CRL the one that names its issuer.
fn listed(certificate: &Certificate, crl: &Crl) -> Option<RevokedEntry> {
    let is_for = |entry: &RevokedEntry| match &entry.certificate_issuer {
        Some(names) => has_name(names, certificate.issuer()),
        None => crl.issuer() == certificate.issuer(),
    };
    crl.lookup_all(certificate.serial()).into_iter().rfind(is_for)
}
