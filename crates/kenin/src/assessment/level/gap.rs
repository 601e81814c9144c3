//! What a signature's document lacks for a level: one list decides the level that is claimed, the one that is reached
//! and what is shown as missing.

use std::collections::BTreeSet;
use std::sync::Arc;

use kenin_base::{DigestAlgorithm, Finding, FindingCode, Oid, Sha256, UtcTime};
use kenin_facts::{
    Coverage, ModificationRule, Signature, SignatureCheck, SignatureFormat, TimestampKind, XmlReference,
    XmlReferenceKind,
};
use kenin_validation::{PathReport, SignatureValidation, TimestampValidation};
use kenin_x509::Certificate;

use super::embedded::{Embedded, Link};
use crate::report::{Level, MissingReport, What};

const fn attribute(number: u64) -> Oid {
    Oid::new(&[1, 2, 840, 113549, 1, 9, 16, 2, number])
}

// Unsigned attributes of EN 319 122-1 annex A
const CERTIFICATE_REFERENCES: Oid = attribute(21);
const REVOCATION_REFERENCES: Oid = attribute(22);
const CERTIFICATE_VALUES: Oid = attribute(23);
const REVOCATION_VALUES: Oid = attribute(24);
const CERTS_CRLS_TIME_STAMP: Oid = attribute(26);
// RFC 4998 annex A
const INTERNAL_EVIDENCE_RECORDS: Oid = attribute(49);
const EXTERNAL_EVIDENCE_RECORDS: Oid = attribute(50);
const SEALING_EVIDENCE_RECORDS: &str = "{http://uri.etsi.org/19132/v1.1.1#}SealingEvidenceRecords";
const ID_DATA: Oid = Oid::new(&[1, 2, 840, 113549, 1, 7, 1]);

/// What is asked of revocation data.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Basis {
    /// That it names the certificate: what the structure claims.
    Structure,
    /// That it was found usable, where a path was judged, and the certificates are there too.
    Judged,
}

/// One signature, looked at for its levels.
pub(crate) struct Subject<'a> {
    pub embedded: &'a Embedded<'a>,
    pub signature: &'a Signature,
    pub validation: &'a SignatureValidation,
    pub stamps: &'a [TimestampValidation],
}

impl<'a> Subject<'a> {
    pub fn new(embedded: &'a Embedded<'a>, signature: &'a Signature, validation: &'a SignatureValidation) -> Self {
        Self { embedded, signature, validation, stamps: &validation.timestamps }
    }

    pub fn in_pdf(&self) -> bool {
        matches!(self.signature.format, SignatureFormat::PAdES | SignatureFormat::PdfCms)
    }

    pub fn has(&self, kind: TimestampKind) -> bool {
        self.stamps.iter().any(|stamp| stamp.kind == kind)
    }

    fn has_attribute(&self, kind: Oid) -> bool {
        self.signature.signer.as_ref().is_some_and(|signer| signer.unsigned_attributes.contains(&kind))
    }

    /// Whether an XML signature has one of these unsigned properties (EN 319 132-1 annex A).
    fn has_property(&self, names: &[&str]) -> bool {
        let properties = self.signature.xml.iter().flat_map(|xml| &xml.unsigned_properties);
        properties.into_iter().any(|property| names.contains(&property.as_str()))
    }

    /// Both kinds of complete references (EN 319 122-1 A.1.1, A.1.2; EN 319 132-1 A.1.1, A.1.2).
    pub fn has_references(&self) -> bool {
        if self.signature.xml.is_some() {
            return self.has_property(&["CompleteCertificateRefs", "CompleteCertificateRefsV2"])
                && self.has_property(&["CompleteRevocationRefs"]);
        }
        self.has_attribute(CERTIFICATE_REFERENCES) && self.has_attribute(REVOCATION_REFERENCES)
    }

    /// Whether there is a timestamp of the kinds that are over references.
    pub fn has_references_timestamp(&self) -> bool {
        self.has(TimestampKind::CadesC) || self.has(TimestampKind::CertsCrls)
    }

    /// Whether there is a timestamp over the complete references (EN 319 122-1 A.1.5). In XAdES it is over those before it,
    /// of its own version (TS 101 903 7.5, EN 319 132-1 A.1.5).
    pub fn has_stamped_references(&self) -> bool {
        let Some(xml) = &self.signature.xml else { return self.has_references_timestamp() };
        let [mut first, mut second, mut revocation] = [false; 3];
        xml.unsigned_properties.iter().any(|property| {
            match property.as_str() {
                "CompleteCertificateRefs" => first = true,
                "CompleteCertificateRefsV2" => second = true,
                "CompleteRevocationRefs" => revocation = true,
                "SigAndRefsTimeStamp" | "RefsOnlyTimeStamp" => return first && revocation,
                "SigAndRefsTimeStampV2" | "RefsOnlyTimeStampV2" => return second && revocation,
                _ => {}
            }
            false
        })
    }

    /// Attributes that EN 319 122-1 6.3 table 1, or properties that EN 319 132-1 6.3 table 2, does not allow at the LT level.
    pub fn has_legacy_attributes(&self) -> bool {
        if self.signature.xml.is_some() {
            return self.has_property(&[
                "CompleteCertificateRefs",
                "CompleteCertificateRefsV2",
                "CompleteRevocationRefs",
                "AttributeCertificateRefs",
                "AttributeCertificateRefsV2",
                "AttributeRevocationRefs",
                "SigAndRefsTimeStamp",
                "SigAndRefsTimeStampV2",
                "RefsOnlyTimeStamp",
                "RefsOnlyTimeStampV2",
            ]);
        }
        let kinds = [
            CERTIFICATE_REFERENCES,
            REVOCATION_REFERENCES,
            CERTIFICATE_VALUES,
            REVOCATION_VALUES,
            CERTS_CRLS_TIME_STAMP,
        ];
        kinds.into_iter().any(|kind| self.has_attribute(kind))
    }

    /// Whether an evidence record is in the attribute that fits the content: internal where it is attached, external
    /// where it is detached (EN 319 122-2 (q)); in XAdES, the property for them (EN 319 132-3).
    pub fn has_evidence_record(&self) -> bool {
        if self.signature.xml.is_some() {
            return self.has_property(&[SEALING_EVIDENCE_RECORDS]);
        }
        let [internal, external] = [INTERNAL_EVIDENCE_RECORDS, EXTERNAL_EVIDENCE_RECORDS];
        let (fits, other) = match self.signature.coverage {
            Coverage::Attached => (internal, external),
            _ => (external, internal),
        };
        self.has_attribute(fits) && !self.has_attribute(other)
    }

    /// Whether the signing certificate is named as CAdES asks: by version 2 of the attribute for every digest but SHA-1
    /// (EN 319 122-1 6.3 (h), (i)).
    pub fn names_certificate(&self) -> bool {
        if let Some(xml) = &self.signature.xml {
            let named = ["SigningCertificate", "SigningCertificateV2"];
            return xml.signed_properties.iter().any(|property| named.contains(&property.as_str()));
        }
        let first = self.signature.signer.as_ref().and_then(|signer| signer.signing_certificate.first());
        first.is_some_and(|first| {
            (first.version == 1) == (first.digest_algorithm.algorithm == Some(DigestAlgorithm::Sha1))
        })
    }

    /// What EN 319 122-1 6.3 table 1 and EN 319 132-1 6.3 table 2 ask of the signed attributes and certificates of a baseline
    /// signature.
    pub fn is_baseline(&self) -> bool {
        let Some(signer) = &self.signature.signer else { return false };
        // Where the signer is not identified, the certificate whose key verifies the value is the one that is meant.
        let verifying = || {
            signer.candidates.iter().find(|c| matches!(c.signature, SignatureCheck::Intact(_))).map(|c| c.certificate)
        };
        let certificate = self.validation.certificate.as_ref().map(|c| c.sha256()).or_else(verifying);
        let carried = certificate.is_some_and(|certificate| signer.certificates.contains(&certificate));
        let single = |finding: &Finding| finding.code != FindingCode::SeveralTokensInTimestamp;
        let described = self.signature.findings.iter().all(single);
        // Where a Reference is not what its Type says, the signature fails, and nobody can say what should describe it.
        let is_mistyped = |finding: &Finding| finding.code == FindingCode::ReferenceTypeMismatch;
        let mistyped = self.signature.findings.iter().any(is_mistyped);
        let references = self.signature.xml.iter().flat_map(|xml| &xml.references);
        let described = described && (mistyped || references.into_iter().all(is_described));
        carried && signer.claimed_signing_time.is_some() && signer.content_type == ID_DATA && described
    }

    /// Whether a DataObjectFormat property describes nothing that is signed, so that the signature is of no level (EN 319 132-1
    /// 5.2.4).
    pub fn describes_nothing(&self) -> bool {
        self.signature.findings.iter().any(|finding| finding.code == FindingCode::DataObjectFormatMalformed)
    }

    /// Archive timestamps, oldest first.
    pub fn archives(&self) -> Vec<&'a TimestampValidation> {
        let mut archives: Vec<_> = self.stamps.iter().filter(|stamp| is_archive(stamp.kind)).collect();
        archives.sort_by_key(|stamp| stamp.gen_time);
        archives
    }

    /// Every timestamp whose authority needs validation data in the document: all but the last archive timestamp, and those
    /// that passed beside it and no other is over, whose data the next one will cover; and those of evidence records,
    /// which keep their own (RFC 4998 5.3). A timestamp that stands alone proves the time and needs its own.
    pub fn data_needing(&self) -> impl Iterator<Item = &'a TimestampValidation> {
        let mut archives = self.archives();
        let last = archives.pop().filter(|_| self.stamps.len() > 1);
        let covered: BTreeSet<&str> =
            archives.iter().chain(&last).flat_map(|archive| &archive.covers.timestamps).map(String::as_str).collect();
        let beside = archives.iter().filter(|a| a.conclusion.passed() && !covered.contains(a.id.as_str()));
        let outermost: BTreeSet<&str> = beside.chain(&last).map(|archive| archive.id.as_str()).collect();
        let needs = move |stamp: &&TimestampValidation| {
            stamp.kind != TimestampKind::EvidenceRecord && !outermost.contains(stamp.id.as_str())
        };
        self.stamps.iter().filter(needs)
    }

    /// What is missing for one level above the one below it; empty when nothing is.
    pub fn missing(&self, level: Level, basis: Basis) -> Vec<MissingReport> {
        match level {
            Level::T if self.time_stamped() => Vec::new(),
            Level::T => vec![what(What::SignatureTimestamp)],
            Level::C if self.has_references() => Vec::new(),
            Level::C => vec![what(What::CompleteReferences)],
            // Whether it is over the references decides what is reached.
            Level::X if self.has_references_timestamp() => Vec::new(),
            Level::X => vec![what(What::ReferencesTimestamp)],
            Level::LT | Level::XL => self.missing_data(basis),
            Level::LTA | Level::A => self.missing_archive(&self.archives_for(level), basis),
            Level::B | Level::None => Vec::new(),
        }
    }

    /// EN 319 122-1 6.3 (m): the timestamp is made before the signing certificate ends. In a PDF a document timestamp
    /// does as well (EN 319 142-1 6.3).
    fn time_stamped(&self) -> bool {
        if self.in_pdf() {
            return self.has(TimestampKind::Signature) || self.has(TimestampKind::Document);
        }
        let end = self.validation.certificate.as_ref().map(|certificate| certificate.not_after());
        let in_time = |time: Option<UtcTime>| end.is_none_or(|end| time.is_some_and(|time| time <= end));
        let mut times = self.stamps.iter().filter(|v| v.kind == TimestampKind::Signature);
        self.has(TimestampKind::Signature) && times.all(|stamp| in_time(stamp.gen_time))
    }

    /// EN 319 122-1 6.3 (n) to (q), EN 319 142-1 6.3: all that validates the signing certificate and the authorities
    /// of the timestamps.
    fn missing_data(&self, basis: Basis) -> Vec<MissingReport> {
        let mut missing = Missing::default();
        if self.in_pdf() && !self.stored_since() {
            missing.add(what(What::SecurityStore));
        }
        for link in self.links(&mut missing, basis) {
            if basis == Basis::Judged && !link.anchor && !self.embedded.has(&link.certificate.sha256()) {
                missing.add(about(What::Certificate, &link.certificate));
            }
            if basis == Basis::Judged && link.without_issuer {
                let subject = Some(link.certificate.issuer().to_string());
                missing.add(MissingReport { what: What::Certificate, certificate: None, subject });
            }
            if link.needs_data() && self.data_for(&link, basis).next().is_none() {
                let responder = self.embedded.unsettled_responder(&link.certificate);
                missing.add(about(What::RevocationData, responder.unwrap_or(&link.certificate)));
            }
        }
        missing.list
    }

    /// The archive timestamps that make a level: the third form of CAdES for LTA, any for A.
    fn archives_for(&self, level: Level) -> Vec<&'a TimestampValidation> {
        let fits = |stamp: &&'a TimestampValidation| match level {
            Level::LTA => {
                matches!(stamp.kind, TimestampKind::ArchiveV3 | TimestampKind::XadesArchive | TimestampKind::Document)
            }
            _ => is_archive(stamp.kind),
        };
        self.archives().into_iter().filter(fits).collect()
    }

    /// What these archive timestamps lack: that there is one, and that the level below lies under them.
    pub fn missing_archive(&self, archives: &[&'a TimestampValidation], basis: Basis) -> Vec<MissingReport> {
        if archives.is_empty() {
            return vec![what(What::ArchiveTimestamp)];
        }
        // What an attribute's archive timestamp leaves out is no matter of its presence, but of its hash index.
        if basis == Basis::Structure && !self.in_pdf() {
            return Vec::new();
        }
        let mut missing = Missing::default();
        // By structure the signer's own data decides, as with EU DSS; to be reached, all of it must lie there.
        let links = match basis {
            Basis::Structure => self.signer_links(&mut missing),
            Basis::Judged => self.links(&mut missing, basis),
        };
        for link in links.into_iter().filter(Link::needs_data) {
            let covered = |key: &Sha256| archives.iter().any(|stamp| covers_evidence(stamp, key));
            if !self.data_for(&link, basis).any(covered) {
                missing.add(about(What::ArchiveTimestampCovering, &link.certificate));
            }
        }
        if !archives.iter().any(|stamp| self.protects_a_time(stamp)) {
            missing.add(what(What::ArchiveTimestampCovering));
        }
        missing.list
    }

    /// Whether an archive timestamp covers another timestamp over the signature. Where it stands alone it proves the
    /// time itself, and what its authority needs is in [`Self::data_needing`].
    fn protects_a_time(&self, archive: &TimestampValidation) -> bool {
        archive.covers.timestamps.iter().any(|id| self.stamps.iter().any(|stamp| stamp.id == *id))
            || self.stamps.len() == 1
    }

    /// The chains of the signer and of every timestamp that needs data. What has no certificate is noted.
    fn links(&self, missing: &mut Missing, basis: Basis) -> Vec<Link<'a>> {
        // Trusted lists name units that issue timestamps themselves (ETSI TS 119 612 5.5.3): one whose issuer is left out may be
        // trusted as it is, for what the structure claims.
        let lone_authority = basis == Basis::Structure;
        let mut links = self.signer_links(missing);
        for stamp in self.data_needing() {
            let path = stamp.path.as_ref();
            links.extend(self.chain(stamp.certificate.as_ref(), path, lone_authority, missing));
        }
        links
    }

    fn signer_links(&self, missing: &mut Missing) -> Vec<Link<'a>> {
        self.chain(self.validation.certificate.as_ref(), self.validation.path.as_ref(), false, missing)
    }

    fn chain(
        &self,
        certificate: Option<&Arc<Certificate>>,
        path: Option<&'a PathReport>,
        may_be_trusted: bool,
        missing: &mut Missing,
    ) -> Vec<Link<'a>> {
        if certificate.is_none() {
            missing.add(what(What::SigningCertificate));
        }
        certificate.map(|certificate| self.embedded.chain(certificate, path, may_be_trusted)).unwrap_or_default()
    }

    /// The embedded revocation data for a certificate.
    fn data_for<'l>(&'l self, link: &'l Link<'_>, basis: Basis) -> Box<dyn Iterator<Item = &'l Sha256> + 'l> {
        match link.considered {
            Some(considered) if basis == Basis::Judged => Box::new(
                considered.iter().filter(|datum| datum.usable && self.embedded.has(&datum.datum)).map(|d| &d.datum),
            ),
            _ => Box::new(self.embedded.naming(&link.certificate)),
        }
    }

    /// Whether the security store was made or extended after the signature: what was there before is another one's.
    fn stored_since(&self) -> bool {
        let Some(pdf) = &self.signature.pdf else { return false };
        pdf.modifications.iter().any(|made| made.rule == ModificationRule::SecurityStore)
            || self.embedded.last_store.is_some_and(|revision| revision > pdf.revision)
    }
}

/// Whether a DataObjectFormat states the media type of what is referenced, as a baseline signature has to for its data (EN 319
/// 132-1 6.3); a Reference without an Id cannot be described.
fn is_described(reference: &XmlReference) -> bool {
    reference.kind != XmlReferenceKind::Data || reference.id.is_none() || reference.media_type.is_some()
}

/// Whether revocation data or a certificate lies under a timestamp.
fn covers_evidence(stamp: &TimestampValidation, key: &Sha256) -> bool {
    stamp.covers.evidence.binary_search(key).is_ok()
}

/// Whether timestamps of this kind keep a signature verifiable.
pub(crate) fn is_archive(kind: TimestampKind) -> bool {
    use TimestampKind::{ArchiveV2, ArchiveV3, Document, EvidenceRecord, XadesArchive};
    matches!(kind, ArchiveV2 | ArchiveV3 | XadesArchive | EvidenceRecord | Document)
}

/// What is missing, each thing once.
#[derive(Default)]
struct Missing {
    list: Vec<MissingReport>,
}

impl Missing {
    fn add(&mut self, missing: MissingReport) {
        if !self.list.contains(&missing) {
            self.list.push(missing);
        }
    }
}

fn what(what: What) -> MissingReport {
    MissingReport { what, certificate: None, subject: None }
}

fn about(what: What, certificate: &Certificate) -> MissingReport {
    let subject = Some(certificate.subject().to_string());
    MissingReport { what, certificate: Some(certificate.sha256()), subject }
}
