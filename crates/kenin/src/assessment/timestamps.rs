//! Which timestamps count for the guideline, and how far each can be relied upon.

use kenin_facts::{ImprintStatus, TimestampKind};
use kenin_policy::{AccreditationStatus, TimestampBasis};
use kenin_validation::{EvidenceRecordValidation, SignatureValidation, SubIndication, TimestampValidation};

use crate::report::Grade;

/// How far a timestamp can be relied upon.
pub(crate) fn grade(timestamp: &TimestampValidation) -> Grade {
    if timestamp.stands() {
        match timestamp.accreditation {
            AccreditationStatus::Accredited => Grade::Accredited,
            _ => Grade::Trusted,
        }
    } else if timestamp.integrity.intact() && timestamp.imprint == ImprintStatus::Intact {
        Grade::Verified
    } else {
        Grade::None
    }
}

/// The timestamps that 14①2 speaks of: over the signature value, or over the whole document (document timestamps, archive
/// timestamps, evidence records).
/// A content timestamp never counts: it is older than the signature.
pub(crate) fn counting(
    validation: &SignatureValidation,
    basis: TimestampBasis,
) -> impl Iterator<Item = &TimestampValidation> {
    validation.timestamps.iter().filter(move |timestamp| match timestamp.kind {
        // A CAdES-C timestamp and SigAndRefsTimeStamp are over the value, too (TS 101 733 6.3.5, TS 101 903 7.5.1).
        TimestampKind::Signature | TimestampKind::CadesC => basis == TimestampBasis::Any,
        TimestampKind::Document | TimestampKind::ArchiveV2 | TimestampKind::ArchiveV3 | TimestampKind::XadesArchive => {
            true
        }
        // The initial one of a record that stands as a whole.
        TimestampKind::EvidenceRecord => timestamp.covers.signatures.contains(&validation.id),
        _ => false,
    })
}

/// Whether a timestamp's failure is positive proof against it, rather than missing information: imprint,
/// format, extended key usage, an impossible time, or a certificate reference that contradicts the token's own
/// certificates.
pub(crate) fn decidably_bad(timestamp: &TimestampValidation) -> bool {
    match timestamp.conclusion.sub_indication {
        Some(SubIndication::NoSigningCertificateFound) => timestamp.integrity.intact(),
        failed => is_proof(failed),
    }
}

/// The same of an evidence record.
pub(crate) fn is_bad_record(record: &EvidenceRecordValidation) -> bool {
    is_proof(record.conclusion.sub_indication)
}

fn is_proof(failed: Option<SubIndication>) -> bool {
    use SubIndication as Sub;
    matches!(
        failed,
        Some(
            Sub::FormatFailure
                | Sub::HashFailure
                | Sub::SigCryptoFailure
                | Sub::ChainConstraintsFailure
                | Sub::TimestampOrderFailure
                | Sub::NotYetValid
                | Sub::Expired
        )
    )
}

/// Whether a timestamp of a trusted service did not pass for want of revocation data or of a proof of existence alone. A revoked
/// one is no such thing, nor one of somebody whom nobody trusts: who signed too late could make those at will.
pub(crate) fn may_pass(timestamp: &TimestampValidation) -> bool {
    use SubIndication as Sub;
    let open = matches!(
        timestamp.conclusion.sub_indication,
        Some(
            Sub::TryLater
                | Sub::OutOfBoundsNoPoe
                | Sub::OutOfBoundsNotRevoked
                | Sub::RevocationOutOfBoundsNoPoe
                | Sub::CryptoConstraintsFailureNoPoe
        )
    );
    open && timestamp.path.is_some()
}

/// Whether the trust profile leaves it possible that a timestamp is by an accredited service.
pub(crate) fn may_be_accredited(timestamp: &TimestampValidation) -> bool {
    timestamp.accreditation != AccreditationStatus::NotAccredited
}

/// The earliest accredited timestamp that passed, or else the earliest that passed.
pub(crate) fn earliest(validation: &SignatureValidation, basis: TimestampBasis) -> Option<&TimestampValidation> {
    let passed = || counting(validation, basis).filter(|t| t.stands());
    let accredited = passed().filter(|t| t.accreditation == AccreditationStatus::Accredited);
    accredited.min_by_key(|t| t.gen_time).or_else(|| passed().min_by_key(|t| t.gen_time))
}

/// Whether the revocation data that the path relies on lies outside every timestamp that passed (14①3 (ii)).
pub(crate) fn evidence_not_covered(validation: &SignatureValidation) -> bool {
    let covered = |datum| {
        validation.timestamps.iter().filter(|t| t.stands()).any(|t| t.covers.evidence.binary_search(datum).is_ok())
    };
    let links = validation.path.iter().flat_map(|path| &path.links);
    links.filter(|link| !link.revocation.is_empty()).any(|link| {
        let mut usable = link.revocation.iter().filter(|datum| datum.usable);
        !usable.any(|datum| covered(&datum.datum))
    })
}
