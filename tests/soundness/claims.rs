//! What a report claims of content, signer and time.

use std::collections::BTreeMap;

use kenin::{Facts, Indication, Report, Sha256, SignatureKind, SignatureReport, SubIndication, UtcTime};
use kenin_facts::Octets;

/// Something signed and who signed it, as judged in one world of trust and policy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct What {
    pub world: usize,
    pub kind: &'static str,
    /// The digest of what is signed: of a document's bytes, a content or a TSTInfo. Of an XML signature what each reference is to,
    /// with its digest.
    pub content: Vec<u8>,
    pub signer: Option<Sha256>,
}

/// What the originals claim: the earliest time at which each signature that passed is said to have existed.
#[derive(Default)]
pub struct Claims {
    known: BTreeMap<What, UtcTime>,
    /// The same of signatures that lack nothing but revocation data, which parts of another document may have.
    wanting: BTreeMap<What, UtcTime>,
    /// What passed at another validation time than the original's own: before a revocation, for one.
    at_times: BTreeMap<(UtcTime, What), UtcTime>,
}

impl Claims {
    /// Adds what an original says.
    pub fn learn(&mut self, world: usize, facts: &Facts, report: &Report) {
        let passed = |signature: &SignatureReport| signature.indication == Indication::Passed;
        let wants = |signature: &SignatureReport| signature.sub_indication == Some(SubIndication::TryLater);
        add(&mut self.known, claimed(world, facts, report, passed));
        add(&mut self.wanting, claimed(world, facts, report, wants));
    }

    /// Adds what an original says at another time than its own, which a document with parts of it may be judged at.
    pub fn learn_at_another_time(&mut self, world: usize, facts: &Facts, report: &Report) {
        let passed = claimed(world, facts, report, |signature| signature.indication == Indication::Passed);
        let at = report.validation_time;
        add(&mut self.at_times, passed.into_iter().map(|(what, time)| ((at, what), time)).collect());
    }

    /// What a document that is judged valid claims and no original does. Each of its signatures has to pass, over the same
    /// content, by the same signer and no earlier, in one of the originals, or, in a document with parts of another, to have
    /// lacked revocation data there, or to have passed at the time that the document is judged at.
    pub fn unknown(&self, world: usize, facts: &Facts, report: &Report, mixed: bool) -> Option<String> {
        claimed(world, facts, report, |signature| signature.indication == Indication::Passed).into_iter().find_map(
            |(what, time)| {
                let wanting = self.wanting.get(&what).filter(|_| mixed);
                let key = (report.validation_time, what);
                let then = self.at_times.get(&key).filter(|_| mixed);
                let (_, what) = &key;
                match self.known.get(what).into_iter().chain(wanting).chain(then).min() {
                    None => Some(format!("{} by {:?}, which nobody made", what.kind, what.signer)),
                    Some(known) if time < *known => Some(format!("{} at {time}, known from {known}", what.kind)),
                    Some(_) => None,
                }
            },
        )
    }
}

fn add<K: Ord>(claims: &mut BTreeMap<K, UtcTime>, new: Vec<(K, UtcTime)>) {
    for (what, time) in new {
        let known = claims.entry(what).or_insert(time);
        *known = time.min(*known);
    }
}

/// What some signatures claim, and since when they exist.
fn claimed(
    world: usize,
    facts: &Facts,
    report: &Report,
    which: impl Fn(&SignatureReport) -> bool,
) -> Vec<(What, UtcTime)> {
    let claim = |signature: &SignatureReport| {
        let observed = facts.signatures.iter().find(|observed| observed.id == signature.id)?;
        let records = observed.evidence_records.iter().flat_map(|record| &record.chains);
        let initial = records.flat_map(|chain| &chain.timestamps).find_map(|timestamp| timestamp.token.signer.as_ref());
        let signer = observed.signer().or(initial)?;
        let digest = |octets: &Option<Octets>| octets.as_ref().map(|o| o.as_slice().to_vec()).unwrap_or_default();
        let content = match &observed.xml {
            Some(xml) => {
                let references = xml.references.iter();
                references.flat_map(|r| [format!("{:?} ", r.kind).into_bytes(), digest(&r.computed)].concat()).collect()
            }
            None => digest(&signer.signed_data.computed),
        };
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
    report.signatures.iter().filter(|signature| which(signature)).filter_map(claim).collect()
}
