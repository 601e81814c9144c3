//! What a report claims of content, signer and time.

use std::collections::BTreeMap;

use kenin::{Facts, Indication, Report, Sha256, SignatureKind, UtcTime};

/// Something signed and who signed it, as judged in one world of trust and policy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct What {
    pub world: usize,
    pub kind: &'static str,
    /// The digest of what is signed: of a document's bytes, a content or a TSTInfo.
    pub content: Vec<u8>,
    pub signer: Option<Sha256>,
}

/// What the originals claim: the earliest time at which each signature that passed is said to have existed.
#[derive(Default)]
pub struct Claims(BTreeMap<What, UtcTime>);

impl Claims {
    /// Adds what an original says.
    pub fn learn(&mut self, world: usize, facts: &Facts, report: &Report) {
        for (what, time) in passed(world, facts, report) {
            let known = self.0.entry(what).or_insert(time);
            *known = time.min(*known);
        }
    }

    /// What a document that is judged valid claims and no original does. Each of its signatures has to pass, over the same
    /// content, by the same signer and no earlier, in one of the originals.
    pub fn unknown(&self, world: usize, facts: &Facts, report: &Report) -> Option<String> {
        passed(world, facts, report).into_iter().find_map(|(what, time)| match self.0.get(&what) {
            None => Some(format!("{} by {:?}, which nobody made", what.kind, what.signer)),
            Some(known) if time < *known => Some(format!("{} at {time}, known from {known}", what.kind)),
            Some(_) => None,
        })
    }
}

/// The signatures that pass, and since when they exist.
fn passed(world: usize, facts: &Facts, report: &Report) -> Vec<(What, UtcTime)> {
    let passing = report.signatures.iter().filter(|signature| signature.indication == Indication::Passed);
    let claim = |signature: &kenin::SignatureReport| {
        let observed = facts.signatures.iter().find(|observed| observed.id == signature.id)?;
        let records = observed.evidence_records.iter().flat_map(|record| &record.chains);
        let initial = records.flat_map(|chain| &chain.timestamps).find_map(|timestamp| timestamp.token.signer.as_ref());
        let signer = observed.signer().or(initial).unwrap();
        let content = signer.signed_data.computed.as_ref().map(|octets| octets.as_slice().to_vec()).unwrap_or_default();
        let kind = match observed.kind {
            SignatureKind::Signature => "signature",
            SignatureKind::CounterSignature => "counter-signature",
            SignatureKind::DocumentTimestamp => "document timestamp",
            SignatureKind::Timestamp => "timestamp",
            SignatureKind::EvidenceRecord => "evidence record",
        };
        let what =
            What { world, kind, content, signer: signature.signer.as_ref().map(|signer| signer.certificate_sha256) };
        Some((what, signature.best_signature_time.unwrap_or(report.validation_time)))
    };
    passing.filter_map(claim).collect()
}
