use foldhash::HashMap;
use kenin_base::FindingCode;

use super::changes::{are_listed, is_change};
use super::superseded::Superseded;
use crate::report::{FindingReport, SignatureReport};

/// A finding, or several with the same message.
pub(crate) struct FindingLine {
    pub message: String,
    /// For `kenin explain`.
    pub code: FindingCode,
    /// What it is about, where there is one.
    pub subject: Option<String>,
    pub count: usize,
}

/// The same message is said once, with its number.
pub(crate) fn finding_lines(findings: &[FindingReport]) -> Vec<FindingLine> {
    let mut lines: Vec<FindingLine> = Vec::new();
    let mut said: HashMap<&str, usize> = HashMap::default();
    for finding in findings {
        let place = *said.entry(&finding.message).or_insert(lines.len());
        match lines.get_mut(place) {
            Some(line) => {
                line.count += 1;
                line.subject = None;
            }
            None => lines.push(FindingLine {
                message: finding.message.clone(),
                code: finding.code,
                subject: finding.subject.clone(),
                count: 1,
            }),
        }
    }
    lines
}

/// The findings about a signature that its changes and answers do not already tell.
pub(crate) fn own_findings(signature: &SignatureReport) -> Vec<FindingLine> {
    let listed = are_listed(signature);
    let superseded = Superseded::of(signature).is_some();
    // That the later revisions are harmless would contradict what makes the signature fail beside them.
    let said = |code| listed && is_change(code) || superseded && code == FindingCode::LaterRevisions;
    let own = signature.findings.iter().filter(|finding| !said(finding.code)).cloned();
    finding_lines(&own.collect::<Vec<_>>())
}
