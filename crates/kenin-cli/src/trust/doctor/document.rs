use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use kenin::{
    CertificateReport, CheckReport, CheckStatus, EvidenceKind, Grade, ObserveOptions, Report, Sha256, SignatureKind,
    SignatureReport, Source, SubIndication, Verdict, Verifier, WantedEvidence,
};
use kenin_policy::AccreditationStatus;
use kenin_validation::Check;
use kenin_x509::Certificate;

use super::chain::{Chain, Use};
use super::{Beside, Doctor};
use crate::exit::{Exit, Failure};
use crate::inspect::{name, names_a_person};
use crate::locale::Speech;
use crate::observed::Observed;
use crate::resolve::{Judging, Time};

/// The check that is about finding a path to an anchor.
const CERTIFICATION_PATH: &str = "certification-path";

impl Doctor<'_> {
    /// A document: every certificate that a signature or timestamp rests on. Some other exit when there is none.
    pub(super) fn document(
        &mut self,
        path: &Path,
        source: &Source,
        beside: Beside,
        judging: &Judging,
        speech: &Speech,
    ) -> Result<Option<Exit>, Failure> {
        let verifier = Verifier::new(judging.trust.clone(), judging.policy.clone());
        let options = ObserveOptions {
            content: beside.content,
            passwords: beside.passwords,
            evidence: judging.evidence.clone(),
            ..verifier.observe_options()
        };
        let observed = Observed::of(path, source, &options).map_err(|reason| super::unreadable(path, &reason))?;
        let facts = observed.facts;
        let mut report = match judging.time {
            Time::Now(time) => verifier.judge(&facts, time),
            Time::Given(time) => verifier.judge_at(&facts, time),
        };
        report.redact_personal();
        report.localise(&speech.people);
        let certificates = facts.evidence.of_kind(EvidenceKind::Certificate);
        let parsed = certificates.filter_map(|(_, item)| Certificate::parse(item.der.as_slice()).ok().map(Arc::new));
        self.certificates = parsed.map(|certificate| (certificate.sha256(), certificate)).collect();
        let timestamps = report.signatures.iter().flat_map(|signature| &signature.timestamps);
        let of_timestamps = timestamps.flat_map(|timestamp| &timestamp.wanted);
        self.wanted = report.wanted_evidence().iter().chain(of_timestamps).cloned().collect();
        // What no chain below shows is missing all the same.
        self.missing = !self.wanted.is_empty();
        let unknown = self.unknown_accreditations(&report, judging);
        for signature in &report.signatures {
            self.signature(signature, &report, &unknown);
        }
        let error = report.error.as_ref().map(|error| error.message.clone());
        let unsigned = || (report.verdict == Verdict::NoSignature).then(|| self.say("text-unsigned"));
        self.problem = error.or_else(unsigned);
        Ok(self.problem.is_some().then(|| Exit::of(&report)))
    }

    fn signature(&mut self, signature: &SignatureReport, report: &Report, unknown: &BTreeSet<String>) {
        let kind = self.say(&format!("kind-{}", name(&signature.kind)));
        let links = match (signature.chain.is_empty(), &signature.signer) {
            (true, Some(signer)) => self.alone(signer.certificate_sha256),
            _ => signature.chain.clone(),
        };
        let is_signature = matches!(signature.kind, SignatureKind::Signature | SignatureKind::CounterSignature);
        self.chain(&Chain {
            heading: self.titled(&kind, &signature.id),
            conclusion: self.conclusion(&name(&signature.indication), signature.sub_indication),
            problem: problem(&signature.checks, links.first()),
            links: &links,
            anchor: signature.anchor.as_deref(),
            purpose: if is_signature { Use::Signer } else { Use::Tsa },
            accreditation_unknown: unknown.contains(&signature.id),
        });
        // A document timestamp is a signature of its own.
        let own = |id: &str| report.signatures.iter().all(|other| other.id != id);
        for timestamp in signature.timestamps.iter().filter(|timestamp| own(&timestamp.id)) {
            let kind = self.say(&format!("timestamp-kind-{}", name(&timestamp.kind)));
            self.chain(&Chain {
                heading: self
                    .catalogue
                    .text("doctor-timestamp", &[("kind", (&kind).into()), ("id", (&timestamp.id).into())]),
                conclusion: self.conclusion(timestamp.indication.block(), timestamp.sub_indication),
                problem: problem(&signature.checks, timestamp.chain.first()),
                links: &timestamp.chain,
                anchor: timestamp.anchor.as_deref(),
                purpose: Use::Tsa,
                accreditation_unknown: unknown.contains(&timestamp.id),
            });
        }
    }

    /// A signer's certificate by itself.
    pub(super) fn one_certificate(&mut self, certificate: &Arc<Certificate>, judging: &Judging) {
        let verifier = Verifier::new(judging.trust.clone(), judging.policy.clone());
        let options = ObserveOptions { evidence: judging.evidence.clone(), ..verifier.observe_options() };
        let Ok(judged) = verifier.judge_certificate(certificate.der(), &options, judging.time.time()) else { return };
        let given = judging.evidence.iter().filter_map(|object| Certificate::parse(object.der()).ok().map(Arc::new));
        let at_hand = given.chain([Arc::clone(certificate)]);
        self.certificates = at_hand.map(|certificate| (certificate.sha256(), certificate)).collect();
        self.wanted = judged.wanted.iter().map(WantedEvidence::of).collect();
        self.missing = !self.wanted.is_empty();
        let mut links = match &judged.path {
            Some(path) => path.links.iter().map(CertificateReport::of).collect(),
            None => self.alone(certificate.sha256()),
        };
        if let Some(first) = links.first_mut().filter(|_| names_a_person(certificate)) {
            first.subject = self.say("who-redacted");
        }
        let open = |check: &&Check| check.id.0 == CERTIFICATION_PATH && check.status != CheckStatus::Passed;
        let problem = judged.check.children.iter().find(open);
        let problem = problem.map(|check| self.catalogue.check(check.id, check.status, &check.params));
        self.chain(&Chain {
            heading: self.say("inspect-certificate"),
            conclusion: self.conclusion(judged.conclusion.indication.block(), judged.conclusion.sub_indication),
            problem,
            links: &links,
            anchor: judged.path.as_ref().map(|path| path.anchor_name.as_str()),
            purpose: Use::Signer,
            accreditation_unknown: false,
        });
    }

    /// A certificate without a path, as far as it is at hand.
    fn alone(&self, sha256: Sha256) -> Vec<CertificateReport> {
        let certificate = self.certificates.get(&sha256);
        let report = |certificate: &Arc<Certificate>| CertificateReport {
            certificate_sha256: sha256,
            subject: self.subject(certificate),
            not_before: certificate.not_before(),
            not_after: certificate.not_after(),
            source: Vec::new(),
            revocation: Vec::new(),
        };
        certificate.map(report).into_iter().collect()
    }

    fn titled(&self, kind: &str, id: &str) -> String {
        self.catalogue.text("text-signature-title", &[("kind", kind.into()), ("id", id.into())])
    }

    fn conclusion(&self, indication: &str, sub: Option<SubIndication>) -> String {
        match sub {
            Some(sub) => self.catalogue.conclusion(indication, sub),
            None => indication.to_owned(),
        }
    }

    /// Timestamps that count except that the profile does not say whether their service was accredited then.
    fn unknown_accreditations(&self, report: &Report, judging: &Judging) -> BTreeSet<String> {
        if judging.policy.guideline.is_none() {
            return BTreeSet::new();
        }
        let timestamps = report.signatures.iter().flat_map(|signature| &signature.timestamps);
        let trusted = timestamps.filter(|timestamp| timestamp.grade == Grade::Trusted);
        let unknown = trusted.filter(|timestamp| {
            let pin = timestamp.chain.last().map(|anchor| anchor.certificate_sha256);
            let anchor = self.trust.tsa.iter().find(|anchor| anchor.sha256.is_some() && anchor.sha256 == pin);
            let status = anchor.zip(timestamp.gen_time).map(|(anchor, time)| anchor.accreditation_at(time));
            status == Some(AccreditationStatus::Unknown)
        });
        unknown.map(|timestamp| timestamp.id.clone()).collect()
    }
}

/// Why no path was found for a certificate, in the report's words.
fn problem(checks: &[CheckReport], certificate: Option<&CertificateReport>) -> Option<String> {
    let about = certificate?.certificate_sha256.to_string();
    let is_it = |check: &CheckReport| {
        check.id.0 == CERTIFICATION_PATH && check.status != CheckStatus::Passed && check.facts.contains(&about)
    };
    checks.iter().find_map(|check| match is_it(check) {
        true => Some(check.message.clone()),
        false => problem(&check.children, certificate),
    })
}
