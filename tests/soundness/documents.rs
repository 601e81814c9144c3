//! The documents that are changed, each once for every way in which it is judged.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use kenin::{
    AxisStatus, Facts, FindingCode, Report, RevocationReport, SignatureKind, SignatureReport, SubIndication, Verdict,
};
use kenin_testkit::mutate::pdf;
use rayon::prelude::*;

use crate::claims::Claims;
use crate::coverage::{Coverage, is_xml};
use crate::mutants::structures;
use crate::subject::{Subject, all};
use crate::tally::Outcome;

/// What may become of a document that is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It is valid, and may stay so by what it claims and others do.
    Sound,
    /// It has other content than was signed, an untrusted signer or one without a licence: it must never be valid.
    Forged,
    /// Something says that a certificate was revoked: without that, another verdict is right (verdicts rule 6).
    Revoked,
    /// It lacks a time, evidence or a better form, and may lack it no more; it may claim what others do.
    Other,
}

impl Standing {
    fn of(report: &Report) -> Self {
        use SubIndication::{
            CertificateChainGeneralFailure, FormatFailure, HashFailure, NoCertificateChainFound, SigCryptoFailure,
        };
        let chains = report.signatures.iter().flat_map(|signature| &signature.chain);
        let timestamps = report.signatures.iter().flat_map(|signature| &signature.timestamps);
        let revocation = chains.chain(timestamps.flat_map(|t| &t.chain)).flat_map(|link| &link.revocation);
        let forged = |signature: &SignatureReport| match signature.sub_indication {
            Some(HashFailure | SigCryptoFailure | NoCertificateChainFound | CertificateChainGeneralFailure) => true,
            Some(FormatFailure) => {
                signature.findings.iter().any(|finding| finding.code == FindingCode::ModificationForbidden)
            }
            _ => signature.axes.licence == AxisStatus::Failed,
        };
        let mut signatures = report.signatures.iter().filter(|signature| signature.kind == SignatureKind::Signature);
        match report.verdict {
            Verdict::Valid => Self::Sound,
            _ if revocation.into_iter().any(states_revoked) => Self::Revoked,
            _ if signatures.any(forged) => Self::Forged,
            _ => Self::Other,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Sound => "sound",
            Self::Forged => "forged",
            Self::Revoked => "revoked",
            Self::Other => "other",
        }
    }
}

fn states_revoked(datum: &RevocationReport) -> bool {
    matches!(datum.status, "revoked" | "on-hold")
}

/// One of them.
pub struct Document {
    pub subject: Subject,
    /// Trust and policy, by number.
    pub world: usize,
    pub coverage: Coverage,
    pub standing: Standing,
}

impl Document {
    pub fn is_pdf(&self) -> bool {
        self.subject.document.starts_with(b"%PDF-")
    }

    pub fn is_xml(&self) -> bool {
        is_xml(&self.subject.document)
    }

    pub fn octets(&self) -> &[u8] {
        &self.subject.document
    }

    /// Where in it a CMS lies as hexadecimal digits, for each signature of a PDF.
    pub fn places_of_cms(&self) -> Vec<std::ops::Range<usize>> {
        let ranges = pdf::byte_ranges(self.octets());
        ranges.into_iter().filter_map(|range| pdf::contents_digits(self.octets(), range)).collect()
    }
}

/// All of them, and what they claim.
pub struct Documents {
    pub all: Vec<Document>,
    claims: Claims,
    /// Changes that were judged so far.
    judged: AtomicU64,
}

/// A run says how far it is after so many changes.
const TOLD: u64 = 100_000;

impl Documents {
    pub fn read() -> Self {
        let mut worlds = Vec::new();
        let mut verifiers = Vec::new();
        let mut cases = Vec::new();
        for case in all() {
            let world = (case.trust.clone(), case.policy.clone());
            let number = worlds.iter().position(|known| *known == world).unwrap_or_else(|| {
                worlds.push(world);
                verifiers.push(Arc::new(Subject::verifier_of(&case)));
                worlds.len() - 1
            });
            cases.push((number, case));
        }
        let read: Vec<_> = cases
            .par_iter()
            .map(|(world, case)| {
                // One verifier for all of a world, as a batch has one: what it keeps of a changed document must not matter for
                // the next, and stays bounded.
                let subject = Subject::judged_by(Arc::clone(&verifiers[*world]), case);
                let facts = subject.facts(&subject.document, subject.content.as_deref());
                let report = subject.verifier.judge_at(&facts, subject.time);
                let coverage = Coverage::of(&subject.document);
                let standing = Standing::of(&report);
                (Document { subject, world: *world, coverage, standing }, facts, report)
            })
            .collect();
        let mut claims = Claims::default();
        read.iter().for_each(|(document, facts, report)| claims.learn(document.world, facts, report));
        // Who was revoked had signed before: at a time at which others are judged that may be sound.
        let times: BTreeSet<_> = read.iter().map(|(document, ..)| (document.world, document.subject.time)).collect();
        for (document, facts, _) in read.iter().filter(|(document, ..)| document.standing == Standing::Revoked) {
            for (_, time) in
                times.iter().filter(|(world, time)| *world == document.world && *time != document.subject.time)
            {
                let report = document.subject.verifier.judge_at(facts, *time);
                claims.learn_at_another_time(document.world, facts, &report);
            }
        }
        let all: Vec<Document> = read.into_iter().map(|(document, _, _)| document).collect();
        // A CMS with its content inside is a document of its own, also where it was made for a PDF (adbe.pkcs7.sha1).
        for document in all.iter().filter(|document| document.is_pdf()) {
            for (_, cms) in structures(document) {
                let facts = document.subject.facts(&cms, None);
                let report = document.subject.verifier.judge_at(&facts, document.subject.time);
                claims.learn(document.world, &facts, &report);
            }
        }
        Self { all, claims, judged: AtomicU64::new(0) }
    }

    /// What comes of a document that was changed by itself, judged as the original is.
    pub fn weigh(&self, original: &Document, changed: &[u8], content: Option<&[u8]>) -> Outcome {
        self.weighed(original, changed, content, |facts, report| match original.standing {
            Standing::Sound | Standing::Other => self.claims.unknown(original.world, facts, report, false),
            Standing::Forged => Some("now valid".to_owned()),
            Standing::Revoked => overruled(report),
        })
    }

    /// What comes of a document with parts of another: what is sound of either may be sound in it.
    pub fn weigh_mixed(&self, original: &Document, changed: &[u8], content: Option<&[u8]>) -> Outcome {
        self.weighed(original, changed, content, |facts, report| {
            let unknown = self.claims.unknown(original.world, facts, report, true)?;
            if original.standing == Standing::Revoked { overruled(report) } else { Some(unknown) }
        })
    }

    fn weighed(
        &self,
        original: &Document,
        changed: &[u8],
        content: Option<&[u8]>,
        complaint: impl Fn(&Facts, &Report) -> Option<String>,
    ) -> Outcome {
        let subject = &original.subject;
        let facts = subject.facts(changed, content);
        let report = subject.verifier.judge_at(&facts, subject.time);
        let judged = self.judged.fetch_add(1, Ordering::Relaxed) + 1;
        if judged.is_multiple_of(TOLD) {
            eprintln!("soundness: {judged} changes judged so far");
        }
        if report.verdict != Verdict::Valid {
            return Outcome::NotValid;
        }
        let complaint = complaint(&facts, &report);
        complaint.map_or(Outcome::StillValid, |why| Outcome::Survived(format!("{}: {why}", subject.id)))
    }
}

/// Whether it is valid though a datum that counts says that a certificate was revoked when the signature is proven to have
/// existed.
fn overruled(report: &Report) -> Option<String> {
    report.signatures.iter().find_map(|signature| {
        let since = signature.best_signature_time.unwrap_or(report.validation_time);
        let before = |datum: &&RevocationReport| datum.revocation_date.is_none_or(|revoked| revoked <= since);
        let data = signature.chain.iter().flat_map(|link| &link.revocation);
        let revoking = data.filter(|datum| datum.usable && states_revoked(datum)).find(before)?;
        Some(format!("valid though {}", revoking.status))
    })
}
