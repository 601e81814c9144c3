//! Everything about one signature that its answers rest on.

use kenin_validation::Indication;

use super::checks::Check;
use crate::messages::Catalogue;
use crate::render::story::{self, FindingLine, StampLine, Tone};
use crate::render::{serde_name, story::is_stamp};
use crate::report::{CertificateReport, Report, SignatureReport};

pub(super) struct Details {
    pub id: String,
    pub title: String,
    pub tone: Tone,
    pub about: String,
    pub conclusion: Option<String>,
    /// Names and values, the empty ones left out.
    pub facts: Vec<(String, String)>,
    pub chain: Vec<Link>,
    pub stamps: Vec<Stamp>,
    pub findings: Vec<FindingLine>,
    pub next_level: Option<NextLevel>,
    pub checks: Vec<Check>,
}

/// A certificate of the path.
pub(super) struct Link {
    pub subject: String,
    pub valid: String,
    pub source: String,
    pub sha256: String,
    pub revocation: Vec<String>,
}

pub(super) struct Stamp {
    pub when: String,
    pub line: StampLine,
}

/// What the document lacks for the next level.
pub(super) struct NextLevel {
    pub heading: String,
    pub missing: Vec<String>,
}

impl Details {
    pub(super) fn new(report: &Report, signature: &SignatureReport, catalogue: &Catalogue) -> Self {
        let stamps = story::stamp_lines(signature, catalogue).into_iter();
        let next = signature.next_level.as_ref().filter(|_| signature.indication != Indication::Failed);
        Self {
            id: signature.id.clone(),
            title: story::title(signature, catalogue),
            tone: story::indication_word(signature.indication, catalogue).0,
            about: story::about(signature, catalogue),
            conclusion: story::conclusion(signature, catalogue),
            facts: facts(report, signature, catalogue),
            chain: signature.chain.iter().map(|link| self::link(link, catalogue)).collect(),
            stamps: stamps.map(|line| Stamp { when: story::stamp_time(&line, catalogue), line }).collect(),
            findings: story::own_findings(signature),
            next_level: next.map(|next| NextLevel {
                heading: catalogue.text("text-next-level", &[("level", (&serde_name(&next.level)).into())]),
                missing: next.missing.iter().map(|missing| story::missing_text(missing, catalogue)).collect(),
            }),
            checks: signature.checks.iter().map(|check| Check::new(check, catalogue)).collect(),
        }
    }
}

fn facts(report: &Report, signature: &SignatureReport, catalogue: &Catalogue) -> Vec<(String, String)> {
    let signer = signature.signer.as_ref();
    let of_signer = |get: fn(&crate::report::SignerReport) -> String| signer.map(get);
    let roles = signer.map(|signer| {
        let roles: Vec<_> = signer.roles.iter().map(|role| story::role_text(role, catalogue)).collect();
        catalogue.join(&roles)
    });
    let time = |time: Option<kenin_base::UtcTime>| time.map(|time| catalogue.time(time));
    let coverage = catalogue.text(&format!("coverage-{}", serde_name(&signature.integrity.coverage)), &[]);
    let names = catalogue.join(&signature.level_names);
    let validity = story::validity(&signature.preservation, catalogue).filter(|_| !is_stamp(signature));
    let revision = signature.revision.zip(report.document.revisions).map(|(revision, revisions)| {
        let values = [("revision", u64::from(revision).into()), ("revisions", u64::from(revisions).into())];
        catalogue.text("html-revision-of", &values)
    });
    let facts = [
        ("html-fact-subject", of_signer(|signer| signer.subject.clone())),
        ("html-fact-issuer", of_signer(|signer| signer.issuer.clone())),
        ("html-fact-serial", of_signer(|signer| signer.serial.clone())),
        ("html-fact-certificate", of_signer(|signer| signer.certificate_sha256.to_string())),
        ("html-fact-policies", of_signer(|signer| signer.policies.join(" "))),
        ("html-fact-roles", roles),
        ("html-fact-anchor", signature.anchor.clone()),
        ("html-fact-claimed", time(signature.claimed_signing_time)),
        ("html-fact-proven", time(signature.best_signature_time)),
        ("html-fact-coverage", Some(coverage)),
        ("html-fact-revision", revision),
        ("html-fact-algorithm", signature.signature_algorithm.clone()),
        ("html-fact-digest", signature.digest_algorithm.clone()),
        ("text-level-names", Some(names)),
        ("text-validity", validity),
    ];
    let filled = |(key, value): (&str, Option<String>)| {
        value.filter(|value| !value.is_empty()).map(|value| (catalogue.text(key, &[]), value))
    };
    facts.into_iter().filter_map(filled).collect()
}

fn link(link: &CertificateReport, catalogue: &Catalogue) -> Link {
    let (from, to) = (catalogue.time(link.not_before), catalogue.time(link.not_after));
    Link {
        subject: link.subject.clone(),
        valid: catalogue.text("html-from-to", &[("from", (&from).into()), ("to", (&to).into())]),
        source: catalogue.join(&link.source),
        sha256: link.certificate_sha256.to_string(),
        revocation: link.revocation.iter().map(|datum| story::revocation_text(datum, catalogue)).collect(),
    }
}
