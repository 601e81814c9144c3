//! The level a signature claims by structure and the level it reaches as validated.

use std::sync::Arc;

use kenin_facts::{
    EvidenceKind, EvidenceSource, Facts, ModificationRule, Signature, SignatureFormat, SignatureKind, TimestampKind,
};
use kenin_validation::{SignatureValidation, StatusAtTime};
use kenin_x509::{Certificate, Crl, Name, OcspResponse};

use super::timestamps::evidence_not_covered;
use crate::report::Level;

/// Certificates of a chain that is put together by names.
const MAX_CHAIN: usize = 16;

/// The level that the structure claims (EN 319 122-1, EN 319 142-1).
pub(crate) fn claimed_level(facts: &Facts, signature: &Signature, validation: &SignatureValidation) -> Level {
    if signature.kind != SignatureKind::Signature {
        return Level::None;
    }
    match signature.format {
        // A CMS signature of ISO 32000-1 has the levels' timestamps and material without being PAdES; the format says so.
        SignatureFormat::PAdES | SignatureFormat::PdfCms => pades(facts, signature, validation),
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

fn pades(facts: &Facts, signature: &Signature, validation: &SignatureValidation) -> Level {
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
    if !timestamped {
        Level::B
    } else if !stored_since(facts, signature) || !Told::in_store(facts).whole(facts, validation) {
        Level::T
    } else if document_timestamps.any(covered_dss) {
        Level::LTA
    } else {
        Level::LT
    }
}

/// Whether the security store was made or extended after the signature: what was there before is another one's.
fn stored_since(facts: &Facts, signature: &Signature) -> bool {
    let Some(pdf) = &signature.pdf else { return false };
    let later =
        |source: &EvidenceSource| matches!(source, EvidenceSource::Dss { revision } if *revision > pdf.revision);
    pdf.modifications.iter().any(|made| made.rule == ModificationRule::SecurityStore)
        || facts.evidence.iter().any(|(_, item)| item.sources.iter().any(later))
}

/// Whose revocation status the document security store tells of.
#[derive(Default)]
struct Told {
    /// Issuers of CRLs.
    issuers: Vec<Name>,
    /// Serial numbers that OCSP responses answer for.
    serials: Vec<Box<[u8]>>,
}

impl Told {
    fn in_store(facts: &Facts) -> Self {
        let mut told = Self::default();
        let in_store = |source: &EvidenceSource| matches!(source, EvidenceSource::Dss { .. });
        for (_, item) in facts.evidence.iter().filter(|(_, item)| item.sources.iter().any(in_store)) {
            match item.kind {
                EvidenceKind::Crl => told.issuers.extend(Crl::issuer_of(item.der.as_slice()).ok()),
                EvidenceKind::Ocsp => {
                    let response = OcspResponse::parse(item.der.as_slice()).ok();
                    let singles = response.iter().flat_map(|response| response.singles());
                    told.serials.extend(singles.map(|single| single.cert_id.serial.clone()));
                }
                _ => {}
            }
        }
        told
    }

    fn is_empty(&self) -> bool {
        self.issuers.is_empty() && self.serials.is_empty()
    }

    /// Whether it has data for the signer and every CA above, as EN 319 142-1 6.3 asks of the LT level.
    fn whole(&self, facts: &Facts, validation: &SignatureValidation) -> bool {
        if self.is_empty() {
            return false;
        }
        let Some(signer) = &validation.certificate else { return false };
        let chain = match &validation.path {
            Some(path) => path.links.iter().map(|link| Arc::clone(&link.certificate)).collect(),
            None => carried_chain(facts, signer),
        };
        chain.iter().filter(|certificate| !certificate.is_self_issued()).all(|certificate| self.tells(certificate))
    }

    fn tells(&self, certificate: &Certificate) -> bool {
        self.issuers.contains(certificate.issuer())
            || self.serials.iter().any(|serial| **serial == *certificate.serial())
    }
}

/// The certificates that lead up from the signer's by their names, among those that the document carries.
fn carried_chain(facts: &Facts, certificate: &Arc<Certificate>) -> Vec<Arc<Certificate>> {
    let of_kind = facts.evidence.iter().filter(|(_, item)| item.kind == EvidenceKind::Certificate);
    let carried: Vec<Arc<Certificate>> =
        of_kind.filter_map(|(_, item)| Certificate::parse(item.der.as_slice()).ok()).map(Arc::new).collect();
    let mut chain = vec![Arc::clone(certificate)];
    while let Some(last) = chain.last().filter(|last| !last.is_self_issued() && chain.len() < MAX_CHAIN) {
        match carried.iter().find(|above| above.subject() == last.issuer()) {
            Some(above) => chain.push(Arc::clone(above)),
            None => break,
        }
    }
    chain
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
