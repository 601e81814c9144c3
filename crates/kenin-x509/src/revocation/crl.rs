use std::sync::Arc;

use kenin_base::Sha256;

use super::evidence::RevocationMaterial;
use super::issuer::{Standing, verifies};
use super::rejected::RejectedDatum;
use super::scope::{has_name, names_crl_issuer, reasons_covered};
use super::statement::{DatumKind, Statement, Status, together};
use crate::{Certificate, Crl, GeneralName, RevokedEntry, SignedObject};

/// What `crl` says about the first certificate of `path` (RFC 5280 6.3.3 (b) to (l), without its time checks): one
/// statement, or one of a revocation and one of a hold. A delta CRL is read as if it were complete; what that means is for
/// the caller.
///
/// # Errors
/// [`RejectedDatum`] when the CRL does not speak for the certificate.
pub(super) fn assess(
    material: &RevocationMaterial<'_>,
    path: &[Arc<Certificate>],
    crl: &Crl,
    judged: &[Sha256],
) -> Result<Vec<Statement>, RejectedDatum> {
    let certificate = path.first().ok_or(RejectedDatum::CrlOtherIssuer)?;
    let extensions = crl.extensions();
    if let Some(oid) = extensions.unknown_critical.first() {
        return Err(RejectedDatum::CrlUnknownCriticalExtension(*oid));
    }
    if let Some(oid) = extensions.malformed.first() {
        return Err(RejectedDatum::CrlMalformedExtension(*oid));
    }
    let reasons = reasons_covered(certificate, crl)?;
    let signer = issuer_of(material, path, crl, judged)?;
    let entries = together(statuses_in(certificate, crl));
    let listed = !entries.is_empty();
    // The reason belongs to delta CRLs (RFC 5280 5.3.1).
    if entries.contains(&Status::Good) && !crl.is_delta() {
        return Err(RejectedDatum::RemoveFromCrl);
    }
    let statuses = if listed { entries } else { vec![Status::Good] };
    let statement = |status| Statement {
        datum: crl.sha256(),
        base: None,
        kind: DatumKind::Crl,
        status,
        listed,
        reasons,
        this_update: crl.this_update(),
        next_update: crl.next_update(),
        produced_at: None,
        expired_since: extensions.expired_certs_on_crl,
        cert_hash_matches: false,
        signer: Arc::clone(&signer),
        schemes: crl.scheme().into_iter().collect(),
    };
    Ok(statuses.into_iter().map(statement).collect())
}

/// What the certificate's entries say, on an indirect CRL those that name its issuer. A list has one entry for each
/// certificate (RFC 5280 5.3.1 knows no undoing of an entry by another).
fn statuses_in(certificate: &Certificate, crl: &Crl) -> Vec<Status> {
    // Entries that inherit their issuer share its names, which may be many: they are looked through once.
    let mut known: Option<(Arc<[GeneralName]>, bool)> = None;
    let mut is_for = |entry: &RevokedEntry| match &entry.certificate_issuer {
        None => crl.issuer() == certificate.issuer(),
        Some(names) => match &known {
            Some((last, answer)) if Arc::ptr_eq(last, names) => *answer,
            _ => {
                let answer = has_name(names, certificate.issuer());
                known = Some((Arc::clone(names), answer));
                answer
            }
        },
    };
    crl.lookup_all(certificate.serial()).into_iter().filter(|entry| is_for(entry)).map(Status::from).collect()
}

/// The certificate whose key verifies the CRL (RFC 5280 6.3.3 (f), (g)): a CA of the path itself, or another certificate
/// of the CRL issuer's name that has the standing for it ([`Standing::is_proven`]). A CA that merely has the same name is
/// neither.
fn issuer_of(
    material: &RevocationMaterial<'_>,
    path: &[Arc<Certificate>],
    crl: &Crl,
    judged: &[Sha256],
) -> Result<Arc<Certificate>, RejectedDatum> {
    if !crl.signature_algorithms_agree() {
        return Err(RejectedDatum::CrlAlgorithmsDisagree);
    }
    let mut reason = RejectedDatum::CrlSignature;
    let mut signs = |candidate: &Arc<Certificate>, above: &[Arc<Certificate>]| {
        if !verifies(material, candidate, above, SignedObject::crl(crl))? {
            return Ok(false);
        }
        let allowed = candidate.extensions().key_usage.is_none_or(|usage| usage.crl_sign());
        if !allowed {
            reason = RejectedDatum::CrlSignMissing;
        }
        Ok(allowed)
    };
    for (index, candidate) in path.iter().enumerate().skip(1).filter(|(_, c)| c.subject() == crl.issuer()) {
        if signs(candidate, path.get(index.saturating_add(1)..).unwrap_or_default())? {
            return Ok(Arc::clone(candidate));
        }
    }
    let others = material.pool.with_subject(crl.issuer()).iter();
    let mut unproven = None;
    let own = path.first();
    let standing = Standing {
        material,
        target: path,
        issued: crl.this_update(),
        // A CRL in the name of the certificate's issuer is that CA's own.
        namesake: own.map(|own| own.issuer()).filter(|issuer| *issuer == crl.issuer()),
        judged,
    };
    let above = path.get(1..).unwrap_or_default();
    for candidate in others.filter(|candidate| !above.contains(candidate)) {
        if !signs(candidate, &[])? {
            continue;
        }
        // RFC 5280 5.2.5 lets an indirect CRL cover its own issuer. That counts where the CA says so itself, by naming
        // the issuer as the cRLIssuer of its own distribution point.
        let proven = match own {
            Some(own) if own.has_key_of(candidate) && names_crl_issuer(own, crl) => Ok(()),
            Some(own) if own.has_key_of(candidate) => Err(RejectedDatum::SignerStatusUnknown),
            _ => standing.is_proven(candidate),
        };
        match proven {
            Ok(()) => return Ok(Arc::clone(candidate)),
            Err(limit @ RejectedDatum::Limit(_)) => return Err(limit),
            Err(why) => unproven = Some(why),
        }
    }
    Err(unproven.unwrap_or(reason))
}
