use kenin_validation::{CheckStatus, check_ids};

use super::tone::Tone;
use crate::messages::{Catalogue, check_key, status_name};
use crate::report::{CheckReport, SignatureReport};

/// A check in a tree that is told line by line.
pub(crate) struct CheckLine<'a> {
    pub check: &'a CheckReport,
    /// How deep in the tree, from 0.
    pub depth: usize,
}

/// The checks that did not simply pass, each with those of its parts that did not. Changes after signing are told with
/// the answers.
pub(crate) fn open_lines(signature: &SignatureReport) -> Vec<CheckLine<'_>> {
    let mut lines = Vec::new();
    for check in signature.checks.iter().filter(|check| !wholly_passed(check)) {
        add(check, 0, &mut lines);
    }
    lines
}

fn add<'a>(check: &'a CheckReport, depth: usize, lines: &mut Vec<CheckLine<'a>>) {
    lines.push(CheckLine { check, depth });
    let own = |child: &&CheckReport| child.id != check_ids::MODIFICATION && !wholly_passed(child);
    for child in check.children.iter().filter(own) {
        add(child, depth + 1, lines);
    }
}

/// How many of a signature's checks simply passed, and which; `None` for none.
pub(crate) fn passed(signature: &SignatureReport, catalogue: &Catalogue) -> Option<String> {
    let passed: Vec<_> = signature.checks.iter().filter(|check| wholly_passed(check)).collect();
    let count = u64::try_from(passed.len()).unwrap_or(u64::MAX);
    let mut names: Vec<_> = passed.iter().map(|check| catalogue.text(&check_key(check.id), &[])).collect();
    names.dedup();
    let names = catalogue.join(&names);
    (count > 0).then(|| catalogue.text("text-folded", &[("count", count.into()), ("names", (&names).into())]))
}

/// Whether there is nothing to tell of a signature but its answers.
pub(crate) fn is_quiet(signature: &SignatureReport) -> bool {
    signature.checks.iter().all(wholly_passed) && signature.findings.is_empty()
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

/// The word for how a check came out.
pub(crate) fn status_word(status: CheckStatus, catalogue: &Catalogue) -> (Tone, String) {
    let tone = match status {
        CheckStatus::Passed => Tone::Good,
        CheckStatus::Failed => Tone::Bad,
        CheckStatus::Indeterminate | CheckStatus::Warning => Tone::Unsure,
        CheckStatus::Info | CheckStatus::Skipped => Tone::Plain,
    };
    (tone, catalogue.text(&format!("status-{}", status_name(status)), &[]))
}
