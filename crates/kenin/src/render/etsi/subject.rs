//! What a validation report can be about: a signature, a timestamp or an evidence record.

use kenin_base::{Sha256, UtcTime};
use kenin_facts::SignatureKind;
use kenin_validation::{Indication, SubIndication, check_ids};

use crate::report::{
    CertificateReport, CheckReport, EvidenceRecordReport, FindingReport, SignatureDetails, SignatureReport,
    TimestampReport,
};

/// One subject, as the report knows it.
#[derive(Clone, Debug)]
pub struct Subject<'r> {
    /// The XML id of its SignatureIdentifier.
    pub xml_id: String,
    /// Whether its report stands on its own and not in a validation object.
    pub alone: bool,
    /// Its entry among the report's signatures, if it has one.
    pub entry: Option<&'r SignatureReport>,
    /// Whether it is a timestamp or evidence record.
    pub is_proof: bool,
    /// The main indication.
    pub indication: Indication,
    /// Why it did not pass.
    pub sub_indication: Option<SubIndication>,
    /// The signing certificate.
    pub signer: Option<Sha256>,
    /// Its subject.
    pub signer_name: Option<&'r str>,
    /// The certification path.
    pub chain: &'r [CertificateReport],
    /// The pin of its anchor.
    pub anchor: Option<Sha256>,
    /// The time it is proven for, and the timestamp that proves it.
    pub best_time: Option<(UtcTime, Option<&'r str>)>,
    /// The timestamps that are about it.
    pub timestamps: &'r [TimestampReport],
    /// What it holds; an evidence record has no octets of its own.
    pub details: Option<&'r SignatureDetails>,
    /// What was noticed.
    pub findings: &'r [FindingReport],
    /// Its checks.
    pub checks: Vec<&'r CheckReport>,
}

impl<'r> Subject<'r> {
    /// An entry of the report.
    pub fn of_entry(entry: &'r SignatureReport, xml_id: String, alone: bool) -> Self {
        let signs = matches!(entry.kind, SignatureKind::Signature | SignatureKind::CounterSignature);
        Self {
            xml_id,
            alone,
            entry: Some(entry),
            is_proof: !signs,
            indication: entry.indication,
            sub_indication: entry.sub_indication,
            signer: entry.signer.as_ref().map(|signer| signer.certificate_sha256),
            signer_name: entry.signer.as_ref().map(|signer| signer.subject.as_str()),
            chain: &entry.chain,
            anchor: entry.anchor_sha256,
            best_time: entry.best_signature_time.map(|time| (time, entry.best_signature_time_by.as_deref())),
            // A token is among the timestamps about itself.
            timestamps: if entry.kind == SignatureKind::EvidenceRecord || signs { &entry.timestamps } else { &[] },
            details: (entry.kind != SignatureKind::EvidenceRecord).then_some(&entry.details),
            findings: &entry.findings,
            checks: entry.checks.iter().collect(),
        }
    }

    /// A timestamp in a signature's attributes or of an evidence record.
    pub fn of_timestamp(timestamp: &'r TimestampReport, xml_id: String, check: Option<&'r CheckReport>) -> Self {
        let passed = timestamp.indication == Indication::Passed;
        Self {
            xml_id,
            alone: false,
            entry: None,
            is_proof: true,
            indication: timestamp.indication,
            sub_indication: timestamp.sub_indication,
            signer: timestamp.chain.first().map(|certificate| certificate.certificate_sha256),
            signer_name: timestamp.tsa.as_deref(),
            chain: &timestamp.chain,
            anchor: timestamp.anchor_sha256,
            best_time: timestamp.gen_time.filter(|_| passed).map(|time| (time, Some(timestamp.id.as_str()))),
            timestamps: &[],
            details: Some(&timestamp.details),
            findings: &timestamp.findings,
            checks: check.into_iter().collect(),
        }
    }

    /// An evidence record over a signature.
    pub fn of_record(record: &'r EvidenceRecordReport, xml_id: String, check: Option<&'r CheckReport>) -> Self {
        Self {
            xml_id,
            alone: false,
            entry: None,
            is_proof: true,
            indication: record.indication,
            sub_indication: record.sub_indication,
            signer: None,
            signer_name: None,
            chain: &[],
            anchor: None,
            best_time: record.gen_time.map(|time| (time, record.timestamps.first().map(String::as_str))),
            timestamps: &[],
            details: None,
            findings: &[],
            checks: check.into_iter().collect(),
        }
    }

    /// Its checks, parents first, each with the check it is a part of. What a check of another timestamp or record is made
    /// of stands in the report about that one.
    pub fn flat_checks(&self) -> Vec<(&'r CheckReport, Option<&'r CheckReport>)> {
        let mut flat = Vec::new();
        for check in &self.checks {
            flat.push((*check, None));
            if self.is_proof || !is_of_proof(check) {
                flatten(check, &mut flat);
            }
        }
        flat
    }
}

fn flatten<'r>(parent: &'r CheckReport, flat: &mut Vec<(&'r CheckReport, Option<&'r CheckReport>)>) {
    for check in &parent.children {
        flat.push((check, Some(parent)));
        if !is_of_proof(check) {
            flatten(check, flat);
        }
    }
}

/// Whether a check is all of a timestamp's or evidence record's.
pub fn is_of_proof(check: &CheckReport) -> bool {
    [check_ids::TIMESTAMP_VALIDATION, check_ids::EVIDENCE_RECORD_VALIDATION].contains(&check.id)
}
