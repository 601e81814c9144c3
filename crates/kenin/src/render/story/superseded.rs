//! A signature that holds for its own revision of a PDF and fails only by what came after it.

use kenin_base::FindingCode;
use kenin_validation::{CheckStatus, check_ids};

use crate::report::{CheckReport, FindingReport, SignatureReport, SignedDataReport, ValueReport};

/// What a signature still says although the document as it is now is not what was signed.
pub(super) struct Superseded<'a> {
    /// What came after, the gravest first.
    pub cause: FindingCode,
    /// The revision that was signed, counted from 1, and how many the file has.
    pub revision: &'a str,
    pub revisions: &'a str,
}

impl<'a> Superseded<'a> {
    pub(super) fn of(signature: &'a SignatureReport) -> Option<Self> {
        let integrity = &signature.integrity;
        let intact =
            integrity.signed_data == SignedDataReport::Intact && integrity.signature_value == ValueReport::Intact;
        let failed = |id| signature.checks.iter().find_map(|check| failed(check, id));
        if !intact || failed(check_ids::FORMAT_CHECKING.0).is_some() {
            return None;
        }
        let later = failed(check_ids::LATER_REVISIONS.0)?;
        let parameter = |name| later.params.get(name).map(String::as_str);
        let cause = signature.findings.iter().filter_map(cause).min_by_key(|(rank, _)| *rank);
        Some(Self {
            cause: cause.map_or(FindingCode::LaterRevisionsDoubtful, |(_, code)| code),
            revision: parameter("revision")?,
            revisions: parameter("revisions")?,
        })
    }
}

/// What a finding says about the document behind the signed revision, by how much it tells.
fn cause(finding: &FindingReport) -> Option<(u8, FindingCode)> {
    let rank = match finding.code {
        FindingCode::ModificationForbidden => 0,
        FindingCode::ParserDifferential if finding.params.get("reaches").is_some_and(|reach| reach != "nothing") => 1,
        FindingCode::TrailingJunk => 2,
        _ => return None,
    };
    Some((rank, finding.code))
}

fn failed<'c>(check: &'c CheckReport, id: &str) -> Option<&'c CheckReport> {
    if check.id.0 == id && check.status == CheckStatus::Failed {
        return Some(check);
    }
    check.children.iter().find_map(|child| failed(child, id))
}
