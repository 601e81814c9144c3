use super::bounds::{ENTRIES, beginning};
use super::class;
use crate::messages::{Catalogue, common_name};
use crate::render::story::{self, RequirementLine};
use crate::report::{CheckReport, Report, SignatureReport};
use kenin_base::UtcTime;

/// A requirement of the guideline and what its answer rests on.
pub(super) struct Requirement<'a> {
    pub line: RequirementLine<'a>,
    pub evidence: (Vec<Evidence>, Option<String>),
}

/// One thing that was looked at.
pub(super) struct Evidence {
    pub class: &'static str,
    pub text: String,
}

/// Every requirement, with what the signatures shown have to do with it.
pub(super) fn requirements<'a>(
    report: &'a Report,
    shown: &[&SignatureReport],
    catalogue: &Catalogue,
) -> Vec<Requirement<'a>> {
    let lines = story::requirement_lines(report, catalogue).into_iter();
    let evidence = |line: &_| beginning(evidence(line, shown, report.validation_time, catalogue), ENTRIES, catalogue);
    lines.map(|line| Requirement { evidence: evidence(&line), line }).collect()
}

fn evidence(
    line: &RequirementLine<'_>,
    shown: &[&SignatureReport],
    now: UtcTime,
    catalogue: &Catalogue,
) -> Vec<Evidence> {
    let looked_at = |signature: &&&SignatureReport| {
        signature.requirements.iter().any(|requirement| requirement.id == line.requirement.id)
    };
    let mut evidence = Vec::new();
    for signature in shown.iter().filter(looked_at) {
        let own = signature.requirements.iter().filter(|requirement| requirement.id == line.requirement.id);
        let checks = own.flat_map(|requirement| &requirement.checks);
        evidence.extend(checks.map(|check| of_check(signature, check, catalogue)));
        evidence.extend(facts(line.requirement.id, signature, now, catalogue).into_iter().map(|text| {
            let values = [("id", (&signature.id).into()), ("text", (&text).into())];
            Evidence { class: "plain", text: catalogue.text("html-evidence", &values) }
        }));
    }
    evidence
}

fn of_check(signature: &SignatureReport, check: &CheckReport, catalogue: &Catalogue) -> Evidence {
    let (tone, _) = story::status_word(check.status, catalogue);
    let values = [("id", (&signature.id).into()), ("text", (&check.message).into())];
    Evidence { class: class(tone), text: catalogue.text("html-evidence", &values) }
}

/// What of a signature a requirement is about.
fn facts(id: &str, signature: &SignatureReport, now: UtcTime, catalogue: &Catalogue) -> Vec<String> {
    match id {
        "14-1-1(2)" => signature.signer.iter().map(|signer| licence(signer, catalogue)).collect(),
        "14-1-2" | "14-1-2(1)" => stamps(signature, catalogue),
        "14-1-2(2)" => story::validity(&signature.preservation, now, catalogue).into_iter().collect(),
        "14-1-2(3)" => algorithms(signature, catalogue),
        "14-1-3" => revocation(signature, catalogue),
        _ => Vec::new(),
    }
}

fn licence(signer: &crate::report::SignerReport, catalogue: &Catalogue) -> String {
    let roles: Vec<_> = signer.roles.iter().map(|role| story::role_text(role, catalogue)).collect();
    let (subject, roles) = (common_name(&signer.subject), catalogue.join(&roles));
    let key = if roles.is_empty() { "html-no-role" } else { "html-roles" };
    catalogue.text(key, &[("name", (&subject).into()), ("roles", (&roles).into())])
}

fn stamps(signature: &SignatureReport, catalogue: &Catalogue) -> Vec<String> {
    let line = |stamp: story::StampLine| {
        let time = stamp.gen_time.map(|time| catalogue.time(time)).unwrap_or_default();
        catalogue.text("html-stamp-line", &[("time", (&time).into()), ("about", (&stamp.about).into())])
    };
    story::stamp_lines(signature, catalogue).into_iter().map(line).collect()
}

fn algorithms(signature: &SignatureReport, catalogue: &Catalogue) -> Vec<String> {
    let names = signature.signature_algorithm.iter().chain(&signature.digest_algorithm).collect::<Vec<_>>();
    if names.is_empty() { Vec::new() } else { vec![catalogue.join(names)] }
}

/// What is said of the signer's own certificate.
fn revocation(signature: &SignatureReport, catalogue: &Catalogue) -> Vec<String> {
    let data = signature.chain.first().into_iter().flat_map(|link| &link.revocation);
    data.map(|datum| story::revocation_text(datum, catalogue)).collect()
}
