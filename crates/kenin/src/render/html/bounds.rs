//! How much of a report a page shows. A document chooses how many signatures, changes and findings there are and how
//! long their names; the page stays one that a browser opens and a person reads, and says what it leaves out.

use std::collections::BTreeMap;

use crate::messages::Catalogue;
use crate::report::{CertificateReport, CheckReport, FindingReport, Report, SignatureReport};

/// Signatures and timestamps told with everything that they rest on.
pub(super) const SIGNATURES: usize = 100;

/// Entries of a list.
pub(super) const ENTRIES: usize = 100;

/// Objects in the list of evidence.
pub(super) const OBJECTS: usize = 1_000;

/// Checks on the whole page.
pub(super) const CHECKS: usize = 10_000;

/// Characters of a name or another text that the document chooses.
const CHARACTERS: usize = 1_000;

/// The beginning of a list, and that there is more where there is.
pub(super) fn beginning<T>(mut list: Vec<T>, most: usize, catalogue: &Catalogue) -> (Vec<T>, Option<String>) {
    let more = more(list.len().saturating_sub(most), catalogue);
    list.truncate(most);
    (list, more)
}

/// That so many are left out.
pub(super) fn more(count: usize, catalogue: &Catalogue) -> Option<String> {
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    (count > 0).then(|| catalogue.text("changes-more", &[("count", count.into())]))
}

/// The signatures that a page tells in full, the one that decides among them, in the order of the report.
pub(super) fn shown<'a>(report: &'a Report, main: Option<&SignatureReport>) -> Vec<&'a SignatureReport> {
    let is_main = |signature: &SignatureReport| main.is_some_and(|main| std::ptr::eq(main, signature));
    let mut room = SIGNATURES - 1;
    let fits = |signature: &&SignatureReport| {
        let fits = is_main(signature) || room > 0;
        room = room.saturating_sub(usize::from(fits && !is_main(signature)));
        fits
    };
    report.signatures.iter().filter(fits).collect()
}

/// Cuts every text that the document chooses, and says so where it was cut.
pub(super) fn cut_texts(report: &mut Report, catalogue: &Catalogue) {
    let cut = |text: &mut String| cut(text, catalogue);
    report.document.path.iter_mut().for_each(cut);
    report.findings.iter_mut().for_each(|finding| cut_finding(finding, &cut));
    for signature in &mut report.signatures {
        cut_signature(signature, &cut);
    }
    let requirements =
        report.requirements.iter_mut().chain(report.signatures.iter_mut().flat_map(|s| &mut s.requirements));
    requirements.for_each(|requirement| cut_checks(&mut requirement.checks, &cut));
    report.evidence.iter_mut().flat_map(|evidence| &mut evidence.source).for_each(cut);
}

fn cut_signature(signature: &mut SignatureReport, cut: &impl Fn(&mut String)) {
    let claims = signature.claimed_reason.iter_mut().chain(&mut signature.claimed_location);
    let own =
        claims.chain(&mut signature.field).chain(&mut signature.anchor).chain(&mut signature.preservation.subject);
    own.for_each(cut);
    if let Some(signer) = &mut signature.signer {
        cut(&mut signer.subject);
        cut(&mut signer.issuer);
        signer.policies.iter_mut().chain(signer.roles.iter_mut().map(|role| &mut role.name)).for_each(cut);
    }
    signature.chain.iter_mut().for_each(|link| cut_link(link, cut));
    for stamp in &mut signature.timestamps {
        stamp.tsa.iter_mut().for_each(cut);
        stamp.chain.iter_mut().for_each(|link| cut_link(link, cut));
        stamp.findings.iter_mut().for_each(|finding| cut_finding(finding, cut));
    }
    for change in signature.integrity.modifications.iter_mut().flatten() {
        change.field.iter_mut().chain([&mut change.object, &mut change.what]).for_each(cut);
    }
    let missing = signature.next_level.iter_mut().flat_map(|next| &mut next.missing);
    missing.filter_map(|missing| missing.subject.as_mut()).for_each(cut);
    signature.findings.iter_mut().for_each(|finding| cut_finding(finding, cut));
    cut_checks(&mut signature.checks, cut);
}

fn cut_link(link: &mut CertificateReport, cut: &impl Fn(&mut String)) {
    cut(&mut link.subject);
    link.source.iter_mut().for_each(cut);
}

fn cut_finding(finding: &mut FindingReport, cut: &impl Fn(&mut String)) {
    finding.subject.iter_mut().for_each(cut);
    cut_params(&mut finding.params, cut);
}

fn cut_checks(checks: &mut [CheckReport], cut: &impl Fn(&mut String)) {
    for check in checks {
        cut_params(&mut check.params, cut);
        cut_checks(&mut check.children, cut);
    }
}

fn cut_params<N>(params: &mut BTreeMap<N, String>, cut: &impl Fn(&mut String)) {
    params.values_mut().for_each(cut);
}

fn cut(text: &mut String, catalogue: &Catalogue) {
    // Never shorter in characters than in bytes.
    if text.len() <= CHARACTERS {
        return;
    }
    let characters = text.chars().count();
    if characters > CHARACTERS {
        let kept: String = text.chars().take(CHARACTERS).collect();
        let count = u64::try_from(characters - CHARACTERS).unwrap_or(u64::MAX);
        *text = catalogue.text("html-cut", &[("text", (&kept).into()), ("count", count.into())]);
    }
}
