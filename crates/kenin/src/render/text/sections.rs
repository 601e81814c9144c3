use kenin_validation::CheckStatus;

use super::page::{Page, Shade, width_of};
use super::{changes, levels};
use crate::messages::Catalogue;
use crate::render::story::{self, Answers, CheckLine, FindingLine, is_stamp};
use crate::report::{Report, SignatureReport};

/// The five answers about one signature; fewer about a timestamp.
pub(super) fn answers(report: &Report, signature: &SignatureReport, catalogue: &Catalogue, page: &mut Page) {
    page.blank();
    page.pieces(0, &[(Shade::Strong, &story::title(signature, catalogue))]);
    page.paragraph(2, Shade::Faint, &story::about(signature, catalogue));
    let rows = Answers::new(report, signature, catalogue).all();
    let labels: Vec<_> = rows.iter().map(|answer| catalogue.text(answer.question.key(), &[])).collect();
    let column = labels.iter().map(|label| width_of(label)).max().unwrap_or(0) + 2;
    for (label, answer) in labels.iter().zip(&rows) {
        page.labelled(2, &[(Shade::Plain, label, column)], answer.tone.into(), &answer.text);
    }
    changes::changes(report, signature, catalogue, page);
}

/// Every requirement with its id, status and title, and the reason where it is not met.
pub(super) fn requirements(report: &Report, catalogue: &Catalogue, page: &mut Page) {
    let lines = story::requirement_lines(report, catalogue);
    if lines.is_empty() {
        return;
    }
    page.blank();
    page.paragraph(0, Shade::Strong, &catalogue.text("text-requirements", &[]));
    let column = lines.iter().map(|line| width_of(&line.status.1)).max().unwrap_or(0) + 2;
    for line in &lines {
        let (tone, word) = &line.status;
        page.labelled(2, &[(Shade::Plain, &line.id, 12), ((*tone).into(), word, column)], Shade::Plain, &line.title);
        if let Some(reason) = line.reason {
            page.paragraph(2 + 12 + column, Shade::Faint, reason);
        }
    }
}

/// The checks, timestamps and findings of one signature. What passed is folded into one line.
/// A timestamp about which there is nothing to add to its answers has no such section.
pub(super) fn details(report: &Report, signature: &SignatureReport, catalogue: &Catalogue, page: &mut Page) {
    if is_stamp(signature) && story::is_quiet(signature) {
        return;
    }
    let several = report.signatures.len() > 1;
    page.blank();
    let title = match several {
        true => catalogue.text("text-checks-of", &[("id", (&signature.id).into())]),
        false => catalogue.text("text-checks", &[]),
    };
    page.paragraph(0, Shade::Strong, &title);
    if let Some(conclusion) = story::conclusion(signature, catalogue) {
        page.paragraph(2, Shade::Plain, &conclusion);
    }
    checks_of(signature, catalogue, page);
    signed_parts(signature, catalogue, page);
    timestamps_of(signature, catalogue, page);
    let validity = story::validity(&signature.preservation, report.validation_time, catalogue);
    if let Some(validity) = validity.filter(|_| !is_stamp(signature)) {
        let label = catalogue.label("text-validity");
        page.labelled(2, &[(Shade::Plain, &label, 0)], Shade::Plain, &validity);
    }
    levels::levels(signature, catalogue, page);
    findings(&story::own_findings(signature), catalogue, page);
}

fn checks_of(signature: &SignatureReport, catalogue: &Catalogue, page: &mut Page) {
    for line in story::open_lines(signature) {
        check(&line, catalogue, page);
    }
    if let Some(text) = story::passed(signature, catalogue) {
        let (tone, word) = story::status_word(CheckStatus::Passed, catalogue);
        page.labelled(2, &[(tone.into(), &word, status_column(catalogue))], Shade::Plain, &text);
    }
}

fn signed_parts(signature: &SignatureReport, catalogue: &Catalogue, page: &mut Page) {
    let parts = story::signed_parts(signature, catalogue);
    if parts.is_empty() {
        return;
    }
    page.paragraph(2, Shade::Plain, &catalogue.label("text-signed-parts"));
    for (tone, part) in parts {
        page.paragraph(4, tone.into(), &part);
    }
}

/// Columns of the longest word for a status, and of the space behind it.
fn status_column(catalogue: &Catalogue) -> usize {
    use CheckStatus::{Failed, Indeterminate, Info, Passed, Skipped, Warning};
    let words =
        [Passed, Failed, Indeterminate, Warning, Info, Skipped].map(|status| story::status_word(status, catalogue));
    words.iter().map(|(_, word)| width_of(word)).max().unwrap_or(0) + 2
}

fn check(line: &CheckLine<'_>, catalogue: &Catalogue, page: &mut Page) {
    let check = line.check;
    let (tone, word) = story::status_word(check.status, catalogue);
    let open = matches!(check.status, CheckStatus::Failed | CheckStatus::Indeterminate);
    let text = match open && !check.rule.is_empty() {
        true => catalogue.text("text-check", &[("message", (&check.message).into()), ("rule", check.rule.into())]),
        false => check.message.clone(),
    };
    let indent = 2 + 2 * line.depth;
    page.labelled(indent, &[(tone.into(), &word, status_column(catalogue))], Shade::Plain, &text);
}

fn timestamps_of(signature: &SignatureReport, catalogue: &Catalogue, page: &mut Page) {
    if is_stamp(signature) || signature.timestamps.is_empty() {
        return;
    }
    page.paragraph(2, Shade::Plain, &catalogue.label("text-timestamps"));
    for stamp in story::stamp_lines(signature, catalogue) {
        let time = story::stamp_time(&stamp, catalogue);
        page.labelled(4, &[(Shade::Plain, &time, 0)], Shade::Plain, &stamp.about);
        if let Some(reason) = &stamp.reason {
            page.paragraph(6, Shade::Plain, reason);
        }
        for line in &stamp.findings {
            page.paragraph(6, Shade::Plain, &finding(line, catalogue));
        }
    }
}

fn findings(findings: &[FindingLine], catalogue: &Catalogue, page: &mut Page) {
    if findings.is_empty() {
        return;
    }
    page.paragraph(2, Shade::Plain, &catalogue.label("text-findings"));
    for line in findings {
        page.labelled(4, &[(Shade::Plain, "-", 2)], Shade::Plain, &finding(line, catalogue));
    }
}

/// Message, code (for `kenin explain`) and place of a finding.
fn finding(line: &FindingLine, catalogue: &Catalogue) -> String {
    let code = line.code.to_string();
    let mut values = vec![("message", (&line.message).into()), ("code", (&code).into())];
    let key = match (&line.subject, line.count) {
        (Some(subject), _) => {
            values.push(("subject", subject.into()));
            "text-finding.subject"
        }
        (None, 1) => "text-finding",
        (None, count) => {
            values.push(("count", u64::try_from(count).unwrap_or(u64::MAX).into()));
            "text-finding.count"
        }
    };
    catalogue.text(key, &values)
}

/// Findings about the document as a whole.
pub(super) fn document_findings(report: &Report, catalogue: &Catalogue, page: &mut Page) {
    if report.findings.is_empty() {
        return;
    }
    page.blank();
    page.paragraph(0, Shade::Strong, &catalogue.text("text-document-findings", &[]));
    for line in story::finding_lines(&report.findings) {
        page.labelled(2, &[(Shade::Plain, "-", 2)], Shade::Plain, &finding(&line, catalogue));
    }
}

/// What to do next, numbered.
pub(super) fn next_steps(report: &Report, catalogue: &Catalogue, page: &mut Page) {
    let steps = story::steps(report, catalogue);
    if steps.is_empty() {
        return;
    }
    page.blank();
    page.paragraph(0, Shade::Strong, &catalogue.text("text-next", &[]));
    for (index, step) in steps.iter().enumerate() {
        page.labelled(2, &[(Shade::Plain, &format!("{}.", index + 1), 4)], Shade::Plain, step);
    }
}
