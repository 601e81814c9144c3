//! The level a signature claims by structure and the level it reaches as validated.

use kenin_facts::{EvidenceKind, EvidenceSource, Facts, Signature, SignatureFormat, SignatureKind, TimestampKind};
use kenin_validation::{SignatureValidation, StatusAtTime};

use super::timestamps::evidence_not_covered;
use crate::report::Level;

/// The level that the structure claims (EN 319 122-1, EN 319 142-1).
pub(crate) fn claimed_level(facts: &Facts, signature: &Signature) -> Level {
    if signature.kind != SignatureKind::Signature {
        return Level::None;
    }
    match signature.format {
        SignatureFormat::PAdES => pades(facts, signature),
        SignatureFormat::CAdES => cades(facts, signature),
        _ => Level::None,
    }
}

fn has(signature: &Signature, kind: TimestampKind) -> bool {
    signature.timestamps.iter().any(|timestamp| timestamp.kind == kind)
}

fn cades(facts: &Facts, signature: &Signature) -> Level {
    let own =
        |source: &EvidenceSource| matches!(source, EvidenceSource::SignedData { signature: id } if *id == signature.id);
    let revocation = facts
        .evidence
        .iter()
        .any(|(_, item)| matches!(item.kind, EvidenceKind::Crl | EvidenceKind::Ocsp) && item.sources.iter().any(own));
    if has(signature, TimestampKind::ArchiveV3) {
        Level::LTA
    } else if has(signature, TimestampKind::ArchiveV2) {
        Level::A
    } else if has(signature, TimestampKind::CadesC) || has(signature, TimestampKind::CertsCrls) {
        Level::X
    } else if has(signature, TimestampKind::Signature) {
        if revocation { Level::LT } else { Level::T }
    } else {
        Level::B
    }
}

fn pades(facts: &Facts, signature: &Signature) -> Level {
    let mut dss = facts.evidence.iter().flat_map(|(_, item)| &item.sources);
    let dss = dss.any(|source| matches!(source, EvidenceSource::Dss { .. }));
    let mut document_timestamps = facts.signatures.iter().filter(|other| {
        let covers = other.token.as_ref().map(|token| &token.covers);
        other.kind == SignatureKind::DocumentTimestamp && covers.is_some_and(|c| c.signatures.contains(&signature.id))
    });
    let covered_dss = |other: &Signature| {
        let evidence = other.token.iter().flat_map(|token| &token.covers.evidence);
        let mut sources = evidence.filter_map(|key| facts.evidence.get(key)).flat_map(|item| &item.sources);
        sources.any(|source| matches!(source, EvidenceSource::Dss { .. }))
    };
    let timestamped = has(signature, TimestampKind::Signature) || document_timestamps.clone().next().is_some();
    match (timestamped, dss) {
        (true, true) if document_timestamps.any(covered_dss) => Level::LTA,
        (true, true) => Level::LT,
        (true, false) => Level::T,
        (false, _) => Level::B,
    }
}

/// The level that the signature reaches as validated: never above the claimed one.
pub(crate) fn reached_level(claimed: Level, validation: &SignatureValidation) -> Level {
    if claimed == Level::None || !validation.integrity.intact() || validation.certificate.is_none() {
        return Level::None;
    }
    let passed = || validation.timestamps.iter().filter(|t| t.conclusion.passed());
    let proven = || passed().any(|t| t.signer_status == Some(StatusAtTime::Good));
    match claimed {
        Level::B => Level::B,
        _ if passed().next().is_none() => Level::B,
        Level::T => Level::T,
        _ if !proven() => Level::T,
        Level::LTA if evidence_not_covered(validation) => Level::LT,
        // Archive timestamps of CAdES are read and not validated yet.
        Level::LTA if validation.timestamps.iter().all(|t| t.kind != TimestampKind::Document) => Level::LT,
        Level::X | Level::XL | Level::A => Level::T,
        other => other,
    }
}
