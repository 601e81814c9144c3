//! Everything about one signature that its answers rest on.

use kenin_validation::Indication;

use super::bounds::{ENTRIES, beginning};
use super::checks::Check;
use crate::messages::Catalogue;
use crate::render::story::{self, FindingLine, StampLine, Tone};
use crate::render::{serde_name, story::is_stamp};
use crate::report::{CertificateReport, NextLevelReport, Report, SignatureReport};

pub(super) struct Details {
    pub id: String,
    pub title: String,
    pub tone: Tone,
    pub about: String,
    pub conclusion: Option<String>,
    /// Names and values, the empty ones left out.
    pub facts: Vec<(String, String)>,
    pub chain: (Vec<Link>, Option<String>),
    pub stamps: (Vec<Stamp>, Option<String>),
    pub findings: (Vec<FindingLine>, Option<String>),
    pub next_level: Option<NextLevel>,
    pub checks: (Vec<Check>, Option<String>),
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
    pub missing: (Vec<String>, Option<String>),
}

impl Details {
    /// With as many checks as there is room for.
    pub(super) fn new(report: &Report, signature: &SignatureReport, room: &mut usize, catalogue: &Catalogue) -> Self {
        let stamp = |line: StampLine| Stamp { when: story::stamp_time(&line, catalogue), line };
        let stamps = story::stamp_lines(signature, catalogue).into_iter().map(stamp).collect();
        let chain = signature.chain.iter().map(|link| self::link(link, catalogue)).collect();
        let missing = |next: &NextLevelReport| {
            next.missing.iter().map(|missing| story::missing_text(missing, catalogue)).collect()
        };
        let next = signature.next_level.as_ref().filter(|_| signature.indication != Indication::Failed);
        Self {
            id: signature.id.clone(),
            title: story::title(signature, catalogue),
            tone: story::indication_word(signature.indication, catalogue).0,
            about: story::about(signature, catalogue),
            conclusion: story::conclusion(signature, catalogue),
            facts: facts(report, signature, catalogue),
            chain: beginning(chain, ENTRIES, catalogue),
            stamps: beginning(stamps, ENTRIES, catalogue),
            findings: beginning(story::own_findings(signature), ENTRIES, catalogue),
            next_level: next.map(|next| NextLevel {
                heading: catalogue.text("text-next-level", &[("level", (&serde_name(&next.level)).into())]),
                missing: beginning(missing(next), ENTRIES, catalogue),
            }),
            checks: Check::list(&signature.checks, room, catalogue),
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
    let signed = story::signed_parts(signature, catalogue).into_iter().map(|(_, part)| part).collect();
    let (signed, more): (Vec<String>, _) = beginning(signed, ENTRIES, catalogue);
    let signed = catalogue.join(signed.into_iter().chain(more).collect::<Vec<_>>());
    let names = catalogue.join(&signature.level_names);
    let validity =
        story::validity(&signature.preservation, report.validation_time, catalogue).filter(|_| !is_stamp(signature));
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
        ("html-fact-signed", Some(signed)),
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
    let (data, more) = beginning(link.revocation.iter().collect(), ENTRIES, catalogue);
    Link {
        subject: link.subject.clone(),
        valid: catalogue.text("html-from-to", &[("from", (&from).into()), ("to", (&to).into())]),
        source: catalogue.join(&link.source),
        sha256: link.certificate_sha256.to_string(),
        revocation: data.into_iter().map(|datum| story::revocation_text(datum, catalogue)).chain(more).collect(),
    }
}
