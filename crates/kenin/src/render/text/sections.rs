use kenin_base::{FindingCode, UtcTime};
use kenin_validation::{CheckStatus, SubIndication, check_ids};

use super::answers::{Answers, is_stamp, open, stamp_name};
use super::page::{Page, Tone, width_of};
use super::superseded::Superseded;
use super::{changes, levels, next, separator, serde_name};
use crate::messages::{Catalogue, Lang, check_key, finding_key, status_name, sub_indication_key};
use crate::report::{
    CheckReport, FindingReport, Level, PreservationReport, Report, RequirementReport, RequirementStatus,
    SignatureReport,
};

/// The id as the guideline writes it: `14-1-1(1)` is 14①1(1).
pub(super) fn shown_id(id: &str) -> String {
    match id {
        "14-2" => "14②".to_owned(),
        _ => id.replacen("14-1-", "14①", 1),
    }
}

/// The five answers about one signature; fewer about a timestamp.
pub(super) fn answers(report: &Report, signature: &SignatureReport, catalogue: &Catalogue, page: &mut Page) {
    page.blank();
    heading(signature, catalogue, page);
    let answers = Answers::new(report, signature, catalogue);
    let mut rows =
        vec![("text-who", answers.who()), ("text-when", answers.when()), ("text-tampering", answers.tampering())];
    rows.push(("text-certificate", answers.certificate()));
    if !is_stamp(signature) && !report.requirements.is_empty() {
        rows.extend(answers.guideline().map(|answer| ("text-guideline", answer)));
    }
    rows.extend(answers.claims().map(|answer| ("text-claims", answer)));
    let labels: Vec<_> = rows.iter().map(|(key, _)| catalogue.text(key, &[])).collect();
    let column = labels.iter().map(|label| width_of(label)).max().unwrap_or(0) + 2;
    for (label, (_, (tone, answer))) in labels.iter().zip(&rows) {
        page.labelled(2, &[(Tone::Plain, label, column)], *tone, answer);
    }
    changes::changes(report, signature, catalogue, page);
}

/// What it is, where, and how it came out.
fn heading(signature: &SignatureReport, catalogue: &Catalogue, page: &mut Page) {
    let kind = catalogue.text(&format!("kind-{}", serde_name(&signature.kind)), &[]);
    let mut about = Vec::new();
    if let Some(parent) = &signature.parent {
        about.push(catalogue.text("text-counter-of", &[("parent", parent.into())]));
    }
    if let Some(field) = signature.field.as_ref().filter(|field| !field.is_empty()) {
        about.push(catalogue.text("text-field", &[("field", field.into())]));
    }
    about.push(serde_name(&signature.format));
    if signature.level != Level::None {
        let level = |level: Level| match level {
            Level::None => catalogue.text("level-none", &[]),
            known => serde_name(&known),
        };
        let (claimed, reached) = (level(signature.level), level(signature.reached_level));
        let key = if claimed == reached { "text-level-same" } else { "text-level" };
        about.push(catalogue.text(key, &[("claimed", (&claimed).into()), ("reached", (&reached).into())]));
    }
    let mut outcome = signature.indication.total().to_owned();
    if let Some(sub) = signature.sub_indication {
        outcome = format!("{outcome} / {sub}");
    }
    about.push(outcome);
    let separator = separator(catalogue.lang());
    page.pieces(0, &[(Tone::Strong, &format!("{kind} {}", signature.id))]);
    page.paragraph(2, Tone::Faint, &about.join(separator));
}

/// Every requirement with its id, status and title, and the reason where it is not met.
pub(super) fn requirements(report: &Report, catalogue: &Catalogue, page: &mut Page) {
    if report.requirements.is_empty() || report.signatures.is_empty() {
        return;
    }
    page.blank();
    page.paragraph(0, Tone::Strong, &catalogue.text("text-requirements", &[]));
    let words: Vec<_> = report.requirements.iter().map(|r| requirement_word(r, catalogue)).collect();
    let column = words.iter().map(|(_, word)| width_of(word)).max().unwrap_or(0) + 2;
    for (requirement, (tone, word)) in report.requirements.iter().zip(&words) {
        let id = shown_id(requirement.id);
        let route = requirement.route.map(|route| format!(" ({})", serde_name(&route))).unwrap_or_default();
        let title = format!("{}{route}", requirement.title);
        page.labelled(2, &[(Tone::Plain, &id, 12), (*tone, word, column)], Tone::Plain, &title);
        if requirement.status != RequirementStatus::Satisfied {
            page.paragraph(2 + 12 + column, Tone::Faint, &requirement.message);
        }
    }
}

fn requirement_word(requirement: &RequirementReport, catalogue: &Catalogue) -> (Tone, String) {
    let tone = match (requirement.status, requirement.blocking) {
        (RequirementStatus::Satisfied, _) => Tone::Good,
        (RequirementStatus::NotSatisfied, _) => Tone::Bad,
        (RequirementStatus::Undetermined, true) => Tone::Unsure,
        (RequirementStatus::Undetermined, false) | (RequirementStatus::NotApplicable, _) => Tone::Plain,
    };
    let word = match requirement.reason {
        // No document can show it, so nothing is left open in this one.
        "organisational" => "organisational".to_owned(),
        _ => serde_name(&requirement.status),
    };
    (tone, catalogue.text(&format!("requirement-status-{word}"), &[]))
}

/// The checks, timestamps and findings of one signature. What passed is folded into one line.
/// A timestamp about which there is nothing to add to its answers has no such section.
pub(super) fn details(report: &Report, signature: &SignatureReport, catalogue: &Catalogue, page: &mut Page) {
    if is_stamp(signature) && signature.checks.iter().all(wholly_passed) && signature.findings.is_empty() {
        return;
    }
    let several = report.signatures.len() > 1;
    page.blank();
    let checks = catalogue.text("text-checks", &[]);
    let title = if several { format!("{checks}: {}", signature.id) } else { checks };
    page.paragraph(0, Tone::Strong, &title);
    if let Some(sub) = signature.sub_indication {
        page.paragraph(2, Tone::Plain, &conclusion(signature, sub, catalogue));
    }
    checks_of(signature, catalogue, page);
    timestamps_of(signature, catalogue, page);
    if !is_stamp(signature) {
        validity(&signature.preservation, catalogue, page);
    }
    levels::levels(signature, catalogue, page);
    let listed = changes::are_listed(signature);
    let superseded = Superseded::of(signature).is_some();
    // That the later revisions are harmless would contradict what makes the signature fail beside them.
    let said = |code| listed && changes::is_change(code) || superseded && code == FindingCode::LaterRevisions;
    let own = signature.findings.iter().filter(|finding| !said(finding.code));
    findings(&own.cloned().collect::<Vec<_>>(), catalogue, page);
}

/// Until when it can be verified, and when to renew.
fn validity(preservation: &PreservationReport, catalogue: &Catalogue, page: &mut Page) {
    let Some(because) = preservation.because else { return };
    let date = |time: Option<UtcTime>| time.map(|time| time.to_jst_date_string()).unwrap_or_default();
    let key = match (preservation.verifiable_until, preservation.renew_before) {
        (None, _) => "validity-now",
        (until, renew) if until == renew => "validity-until",
        _ => "validity-renew",
    };
    let values = [
        ("until", date(preservation.verifiable_until)),
        ("renew", date(preservation.renew_before)),
        ("because", because.to_owned()),
        ("subject", preservation.subject.clone().unwrap_or_default()),
    ];
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.into())).collect();
    let label = catalogue.text("text-validity", &[]) + ":";
    page.labelled(2, &[(Tone::Plain, &label, 0)], Tone::Plain, &catalogue.text(key, &values));
}

/// The sentence for what a signature came to. A change after signing is worth more words than the format it offends.
fn conclusion(signature: &SignatureReport, sub: SubIndication, catalogue: &Catalogue) -> String {
    let unclear = |finding: &&FindingReport| finding.code == FindingCode::ModificationUnclear;
    let of_change = match sub {
        SubIndication::FormatFailure => Superseded::of(signature).map(|then| then.cause),
        SubIndication::SigConstraintsFailure => signature.findings.iter().find(unclear).map(|finding| finding.code),
        _ => None,
    };
    match of_change {
        Some(code) => catalogue.text(&finding_key(code), &[]),
        None => sub_indication(sub, is_stamp(signature), catalogue),
    }
}

/// The sentence for a sub-indication; some read differently about a timestamp.
fn sub_indication(sub: SubIndication, stamp: bool, catalogue: &Catalogue) -> String {
    let key = sub_indication_key(sub);
    let about_stamp = stamp.then(|| catalogue.find(&format!("{key}.stamp"), &[])).flatten();
    about_stamp.unwrap_or_else(|| catalogue.sub_indication(sub))
}

fn checks_of(signature: &SignatureReport, catalogue: &Catalogue, page: &mut Page) {
    let passed: Vec<_> = signature.checks.iter().filter(|check| wholly_passed(check)).collect();
    for check in signature.checks.iter().filter(|check| !wholly_passed(check)) {
        tree(check, 2, catalogue, page);
    }
    let count = u64::try_from(passed.len()).unwrap_or(u64::MAX);
    let mut names: Vec<_> = passed.iter().map(|check| catalogue.text(&check_key(check.id), &[])).collect();
    names.dedup();
    let names = names.join(separator(catalogue.lang()));
    if count > 0 {
        let text = catalogue.text("text-folded", &[("count", count.into()), ("names", (&names).into())]);
        let word = catalogue.text("status-passed", &[]);
        page.labelled(2, &[(Tone::Good, &word, status_column(catalogue))], Tone::Plain, &text);
    }
}

/// Passed with everything in it that is asked; what only shows a fact is no reason to open it.
fn wholly_passed(check: &CheckReport) -> bool {
    let settled = |child: &CheckReport| wholly_passed(child) || only_shows(child);
    check.status == CheckStatus::Passed && check.children.iter().all(settled)
}

fn only_shows(check: &CheckReport) -> bool {
    let settled = |child: &CheckReport| child.status == CheckStatus::Passed || only_shows(child);
    check.status == CheckStatus::Info && check.children.iter().all(settled)
}

fn status_column(catalogue: &Catalogue) -> usize {
    if catalogue.lang() == Lang::Ja { 10 } else { 11 }
}

/// A check that did not simply pass, and below it those of its parts that did not.
fn tree(check: &CheckReport, indent: usize, catalogue: &Catalogue, page: &mut Page) {
    let tone = match check.status {
        CheckStatus::Passed => Tone::Good,
        CheckStatus::Failed => Tone::Bad,
        CheckStatus::Indeterminate | CheckStatus::Warning => Tone::Unsure,
        CheckStatus::Info | CheckStatus::Skipped => Tone::Plain,
    };
    let word = catalogue.text(&format!("status-{}", status_name(check.status)), &[]);
    let rule = if open(check.status) && !check.rule.is_empty() { format!(" [{}]", check.rule) } else { String::new() };
    let text = format!("{}{rule}", check.message);
    page.labelled(indent, &[(tone, &word, status_column(catalogue))], Tone::Plain, &text);
    // Changes after signing are listed with the answers.
    let own = |child: &&CheckReport| child.id != check_ids::MODIFICATION && !wholly_passed(child);
    for child in check.children.iter().filter(own) {
        tree(child, indent + 2, catalogue, page);
    }
}

fn timestamps_of(signature: &SignatureReport, catalogue: &Catalogue, page: &mut Page) {
    if is_stamp(signature) || signature.timestamps.is_empty() {
        return;
    }
    page.paragraph(2, Tone::Plain, &(catalogue.text("text-timestamps", &[]) + ":"));
    for stamp in &signature.timestamps {
        let mut parts = vec![catalogue.text(&format!("timestamp-kind-{}", serde_name(&stamp.kind)), &[])];
        parts.extend(stamp_name(stamp));
        let grade = catalogue.text(&format!("grade-{}", serde_name(&stamp.grade)), &[]);
        parts.push(match stamp.sub_indication {
            Some(sub) => format!("{grade} ({} / {sub})", stamp.indication.block()),
            None => grade,
        });
        let time = stamp.gen_time.map_or_else(|| "?".to_owned(), |time| catalogue.time(time));
        let text = parts.join(separator(catalogue.lang()));
        page.labelled(4, &[(Tone::Plain, &time, 0)], Tone::Plain, &text);
        if let Some(sub) = stamp.sub_indication {
            page.paragraph(6, Tone::Plain, &sub_indication(sub, true, catalogue));
        }
        for text in finding_texts(&stamp.findings) {
            page.paragraph(6, Tone::Plain, &text);
        }
    }
}

fn findings(findings: &[FindingReport], catalogue: &Catalogue, page: &mut Page) {
    if findings.is_empty() {
        return;
    }
    page.paragraph(2, Tone::Plain, &(catalogue.text("text-findings", &[]) + ":"));
    for text in finding_texts(findings) {
        page.labelled(4, &[(Tone::Plain, "-", 2)], Tone::Plain, &text);
    }
}

/// Message, code (for `kenin explain`) and place of every finding; the same message is said once, with its number.
fn finding_texts(findings: &[FindingReport]) -> Vec<String> {
    let mut groups: Vec<(&FindingReport, usize)> = Vec::new();
    for finding in findings {
        match groups.iter_mut().find(|(first, _)| first.message == finding.message) {
            Some((_, count)) => *count += 1,
            None => groups.push((finding, 1)),
        }
    }
    let text = |(finding, count): (&FindingReport, usize)| match (&finding.subject, count) {
        (Some(subject), 1) => format!("{} [{}: {subject}]", finding.message, finding.code),
        (_, 1) => format!("{} [{}]", finding.message, finding.code),
        _ => format!("{} [{} x{count}]", finding.message, finding.code),
    };
    groups.into_iter().map(text).collect()
}

/// Findings about the document as a whole.
pub(super) fn document_findings(report: &Report, catalogue: &Catalogue, page: &mut Page) {
    if report.findings.is_empty() {
        return;
    }
    page.blank();
    page.paragraph(0, Tone::Strong, &catalogue.text("text-document-findings", &[]));
    for text in finding_texts(&report.findings) {
        page.labelled(2, &[(Tone::Plain, "-", 2)], Tone::Plain, &text);
    }
}

/// What to do next, numbered.
pub(super) fn next_steps(report: &Report, catalogue: &Catalogue, page: &mut Page) {
    let steps = next::steps(report, catalogue);
    if steps.is_empty() {
        return;
    }
    page.blank();
    page.paragraph(0, Tone::Strong, &catalogue.text("text-next", &[]));
    for (index, step) in steps.iter().enumerate() {
        page.labelled(2, &[(Tone::Plain, &format!("{}.", index + 1), 4)], Tone::Plain, step);
    }
}
