//! What goes into the document, with the ids of everything, before anything is written.

use std::collections::{BTreeMap, BTreeSet};

use kenin_base::{Oid, Sha256};
use kenin_facts::{DocumentFormat, EvidenceKind, SignatureKind};

use super::ids::Ids;
use super::names::{
    OBJECT_CERTIFICATE, OBJECT_EVIDENCE_RECORD, OBJECT_OTHER, OBJECT_SIGNED_DATA, OBJECT_TIMESTAMP, object_type,
};
use super::subject::{Subject, is_of_proof};
use crate::report::{
    CheckReport, DigestReport, EvidenceRecordReport, ProofReport, Report, SignatureReport, TimestampReport,
};

/// Everything that the document will hold.
pub struct Plan<'r> {
    /// The report.
    pub report: &'r Report,
    /// The ids of the objects.
    pub ids: Ids,
    /// The ids of the entries, in the report's order.
    pub entry_ids: Vec<String>,
    /// The places of the entries by what the report calls them; of several with one name the first.
    places: BTreeMap<&'r str, usize>,
    /// What the document's validation reports are about: the signatures, or else whatever there is.
    pub top: Vec<Subject<'r>>,
    /// The validation objects.
    pub objects: Vec<Object<'r>>,
    /// The document itself.
    pub document: Option<String>,
    /// Signed content outside the structure that signs it, by its digest.
    contents: BTreeMap<(Oid, Vec<u8>), String>,
}

/// A validation object.
pub struct Object<'r> {
    /// Its XML id.
    pub id: String,
    /// Its type.
    pub kind: &'static str,
    /// What shows which object it is.
    pub shown: Shown<'r>,
    /// What proves it to be older than the validation.
    pub proven: Option<&'r ProofReport>,
    /// The timestamp that it is, which may prove something itself.
    pub timestamp: Option<&'r TimestampReport>,
    /// Its own validation report.
    pub validated: Option<Subject<'r>>,
}

/// What shows which object it is.
pub enum Shown<'r> {
    /// Its digest.
    Sha256(Sha256),
    /// Its digest by another algorithm.
    Digest(&'r DigestReport),
    /// An evidence record whose octets the facts do not keep: its archive timestamps.
    Record(&'r EvidenceRecordReport),
    /// Something that could not be read: its name in the report.
    Name(&'r str),
}

impl<'r> Plan<'r> {
    /// Looks through a report.
    pub fn new(report: &'r Report) -> Self {
        let mut ids = Ids::default();
        let entry_ids: Vec<String> = report.signatures.iter().map(|entry| ids.unique(&entry.id)).collect();
        let mut places = BTreeMap::new();
        for (index, entry) in report.signatures.iter().enumerate() {
            places.entry(entry.id.as_str()).or_insert(index);
        }
        let any_signs = report.signatures.iter().any(signs);
        let entries = report.signatures.iter().zip(&entry_ids);
        let top = entries.filter(|(entry, _)| signs(entry) || !any_signs);
        let top = top.map(|(entry, id)| Subject::of_entry(entry, id.clone(), true)).collect();
        let mut plan = Self {
            report,
            ids,
            entry_ids,
            places,
            top,
            objects: Vec::new(),
            document: None,
            contents: BTreeMap::new(),
        };
        plan.add_document();
        plan.add_contents();
        plan.add_proofs(any_signs);
        plan.add_evidence();
        plan
    }

    /// An entry by what the report calls it, with its XML id.
    pub fn named(&self, name: &str) -> Option<(&'r SignatureReport, &str)> {
        let index = *self.places.get(name)?;
        Some((self.report.signatures.get(index)?, self.entry_ids.get(index)?))
    }

    /// The object of signed content outside the structure that signs it.
    pub fn content(&self, digest: &DigestReport) -> Option<&str> {
        let key = (digest.algorithm.oid, digest.value.as_slice().to_vec());
        self.contents.get(&key).map(String::as_str)
    }

    fn add(&mut self, id: String, kind: &'static str, shown: Shown<'r>, proven: Option<&'r ProofReport>) {
        self.objects.push(Object { id, kind, shown, proven, timestamp: None, validated: None });
    }

    /// The file. A PDF holds what it signs; other files hold or accompany it.
    fn add_document(&mut self) {
        let Some(sha256) = self.report.document.sha256 else { return };
        let id = self.ids.unique(&format!("D-{sha256}"));
        let kind = if self.is_pdf() { OBJECT_SIGNED_DATA } else { OBJECT_OTHER };
        self.add(id.clone(), kind, Shown::Sha256(sha256), None);
        self.document = Some(id);
    }

    fn add_contents(&mut self) {
        if self.is_pdf() {
            return;
        }
        let has_content = |entry: &&SignatureReport| entry.kind != SignatureKind::CounterSignature;
        for entry in self.report.signatures.iter().filter(has_content) {
            let Some(digest) = &entry.details.content else { continue };
            if self.content(digest).is_none() {
                let id = self.ids.unique(&format!("D-{}", hex::encode(digest.value.as_slice())));
                let key = (digest.algorithm.oid, digest.value.as_slice().to_vec());
                self.contents.insert(key, id.clone());
                self.add(id, OBJECT_SIGNED_DATA, Shown::Digest(digest), None);
            }
        }
    }

    fn is_pdf(&self) -> bool {
        self.report.document.format == DocumentFormat::Pdf
    }

    /// Timestamps and evidence records, each with its validation report unless that stands at the top.
    fn add_proofs(&mut self, any_signs: bool) {
        let report = self.report;
        let checks = checks_of_proofs(report);
        let mut own: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, entry) in report.signatures.iter().enumerate().filter(|(_, entry)| !signs(entry)) {
            own.entry(entry.id.as_str()).or_insert(index);
        }
        let entry_of = |id: &str| own.get(id).copied();
        let mut seen = BTreeSet::new();
        for timestamp in report.signatures.iter().flat_map(|entry| &entry.timestamps) {
            if !seen.insert(timestamp.id.as_str()) {
                continue;
            }
            let id = self.ids.name("T", &timestamp.id);
            if let Some(sha256) = timestamp.token_sha256 {
                self.ids.also(sha256, &id);
            }
            let shown = timestamp.token_sha256.map_or(Shown::Name(&timestamp.id), Shown::Sha256);
            self.add(id, OBJECT_TIMESTAMP, shown, timestamp.proven.as_ref());
            let validated = match entry_of(&timestamp.id) {
                Some(_) if !any_signs => None,
                Some(index) => self.entry(index),
                None => {
                    let xml_id = self.ids.unique(&timestamp.id);
                    Some(Subject::of_timestamp(timestamp, xml_id, checks.get(timestamp.id.as_str()).copied()))
                }
            };
            self.complete(Some(timestamp), validated);
        }
        for record in report.signatures.iter().flat_map(|entry| &entry.evidence_records) {
            if !seen.insert(record.id.as_str()) {
                continue;
            }
            let id = self.ids.name("E", &record.id);
            let shown = record.sha256.map_or(Shown::Record(record), Shown::Sha256);
            self.add(id, OBJECT_EVIDENCE_RECORD, shown, None);
            let owner = report.signatures.iter().position(|entry| {
                entry.kind == SignatureKind::EvidenceRecord
                    && entry.evidence_records.iter().any(|own| own.id == record.id)
            });
            let validated = match owner {
                Some(_) if !any_signs => None,
                Some(index) => {
                    seen.insert(report.signatures.get(index).map(|entry| entry.id.as_str()).unwrap_or_default());
                    self.entry(index)
                }
                None => {
                    let xml_id = self.ids.unique(&record.id);
                    Some(Subject::of_record(record, xml_id, checks.get(record.id.as_str()).copied()))
                }
            };
            self.complete(None, validated);
        }
        // Timestamps and records of their own that could not be read.
        for (index, entry) in report.signatures.iter().enumerate().filter(|(_, entry)| any_signs && !signs(entry)) {
            if seen.insert(entry.id.as_str()) {
                let record = entry.kind == SignatureKind::EvidenceRecord;
                let (prefix, kind) = if record { ("E", OBJECT_EVIDENCE_RECORD) } else { ("T", OBJECT_TIMESTAMP) };
                let id = self.ids.name(prefix, &entry.id);
                self.add(id, kind, Shown::Name(&entry.id), None);
                let validated = self.entry(index);
                self.complete(None, validated);
            }
        }
    }

    fn entry(&self, index: usize) -> Option<Subject<'r>> {
        let entry = self.report.signatures.get(index)?;
        Some(Subject::of_entry(entry, self.entry_ids.get(index)?.clone(), false))
    }

    /// Says more about the object added last.
    fn complete(&mut self, timestamp: Option<&'r TimestampReport>, validated: Option<Subject<'r>>) {
        if let Some(object) = self.objects.last_mut() {
            (object.timestamp, object.validated) = (timestamp, validated);
        }
    }

    /// Certificates, revocation data and tokens, and the certificates of the paths that lie elsewhere: in the trust profile.
    fn add_evidence(&mut self) {
        for item in &self.report.evidence {
            if self.ids.of_evidence(&item.sha256).is_some() {
                continue;
            }
            let prefix = match item.kind {
                EvidenceKind::Certificate => "C",
                EvidenceKind::AttributeCertificate => "A",
                EvidenceKind::Crl | EvidenceKind::Ocsp => "R",
                EvidenceKind::TimestampToken => "T",
            };
            let id = self.ids.evidence(prefix, item.sha256);
            self.add(id, object_type(item.kind), Shown::Sha256(item.sha256), item.proven.as_ref());
        }
        let signatures = || self.report.signatures.iter();
        let timestamps = || signatures().flat_map(|entry| &entry.timestamps);
        let chains = signatures().map(|entry| &entry.chain).chain(timestamps().map(|timestamp| &timestamp.chain));
        let certificates = chains.flatten().map(|certificate| certificate.certificate_sha256);
        let signers = signatures().filter_map(|entry| entry.signer.as_ref()).map(|signer| signer.certificate_sha256);
        let anchors = signatures().filter_map(|entry| entry.anchor_sha256);
        let anchors = anchors.chain(timestamps().filter_map(|timestamp| timestamp.anchor_sha256));
        let others: BTreeSet<Sha256> = certificates.chain(signers).chain(anchors).collect();
        for sha256 in others {
            if self.ids.of_evidence(&sha256).is_none() {
                let id = self.ids.evidence("C", sha256);
                self.add(id, OBJECT_CERTIFICATE, Shown::Sha256(sha256), None);
            }
        }
    }
}

/// Whether an entry is a signature and not a timestamp or evidence record.
fn signs(entry: &SignatureReport) -> bool {
    matches!(entry.kind, SignatureKind::Signature | SignatureKind::CounterSignature)
}

/// The checks of timestamps and evidence records, by what they are about.
fn checks_of_proofs(report: &Report) -> BTreeMap<&str, &CheckReport> {
    let mut found = BTreeMap::new();
    let mut open: Vec<&CheckReport> = report.signatures.iter().flat_map(|entry| &entry.checks).collect();
    while let Some(check) = open.pop() {
        if is_of_proof(check)
            && let Some(about) = check.facts.first()
        {
            found.entry(about.as_str()).or_insert(check);
        }
        open.extend(&check.children);
    }
    found
}
