//! 5.2.2 Format checking: which observed findings mean that a structure does not conform to its format.

use kenin_base::{Finding, FindingCode as Code, Oid};
use kenin_facts::{EvidenceRecord, Signature, SignatureFormat, SignatureKind, Token};

use crate::check::{Check, CheckStatus, check_ids};
use crate::indication::SubIndication;

/// id-data (RFC 5652 4).
const ID_DATA: Oid = Oid::new(&[1, 2, 840, 113549, 1, 7, 1]);

/// Findings that break every format.
fn breaks_any_format(code: Code) -> bool {
    matches!(
        code,
        // Structure of the CMS envelope and its SignerInfo (RFC 5652 5.1, 5.3, 11).
        Code::Malformed
            | Code::CmsNotSignedData
            | Code::NoSignerInfo
            | Code::DigestAlgorithmsMissing
            | Code::ContentAndExternalContent
            | Code::AttributeDuplicated
            | Code::AttributeValueCount
            | Code::AttributeMalformed
            | Code::MessageDigestMissing
            | Code::ContentTypeMissing
            | Code::ContentTypeMismatch
            | Code::AlgorithmProtectionMismatch
            | Code::AlgorithmMismatch
            // XMLDSig 1.1 8.1.3 and 8.3: what was signed and what a reader sees are not shown to be one.
            | Code::DuplicateId
            | Code::ReferenceTypeMismatch
            | Code::RecordPartNotCovered
            // ISO 32000-1 12.8.1: what a PDF signature covers.
            | Code::ByteRangeMalformed
            | Code::ByteRangeGap
            | Code::ByteRangeBeyondEnd
            | Code::ContentsMalformed
            | Code::ContentsTrailingData
            | Code::SignatureReused
            | Code::DuplicateField
    )
}

/// Findings that break a timestamp token (RFC 3161 2.4.2).
fn breaks_token(code: Code) -> bool {
    breaks_any_format(code)
        || matches!(
            code,
            Code::TokenContentType
                | Code::SeveralSignerInfos
                | Code::SignedAttributesMissing
                | Code::TstInfoMalformed
                | Code::TstInfoVersion
                | Code::TstInfoCriticalExtension
                | Code::ImprintAlgorithmUnknown
                | Code::ImprintLength
                | Code::TrailingBytes
                | Code::TimestampRejected
                | Code::AtsHashIndexMissing
                | Code::AtsHashIndexMalformed
                | Code::AtsHashIndexAlgorithm
                | Code::AtsHashIndexUnmatched
        )
}

/// Checks the format of a signature.
pub(crate) fn check_signature(signature: &Signature) -> Check {
    // EN 319 142-1 4.1: a PAdES signature has one signer.
    let pades = matches!(signature.format, SignatureFormat::PAdES | SignatureFormat::PdfCms);
    // RFC 5652 5.3: signed attributes must be there when the content type is not id-data.
    let needs_attributes = signature.signer.as_ref().is_some_and(|s| s.content_type != ID_DATA);
    let breaking = signature.findings.iter().filter(|finding| {
        breaks_any_format(finding.code)
            || (pades && finding.code == Code::SeveralSignerInfos)
            || (needs_attributes && finding.code == Code::SignedAttributesMissing)
    });
    let signs = !matches!(signature.kind, SignatureKind::Timestamp | SignatureKind::EvidenceRecord);
    let unread = signature.signer().is_none() && signs;
    conclude(breaking, unread, &signature.findings)
}

/// Checks the format of a timestamp token.
pub(crate) fn check_token(token: &Token, outer: &[Finding]) -> Check {
    let breaking = token.findings.iter().chain(outer).filter(|finding| breaks_token(finding.code));
    conclude(breaking, token.signer.is_none() || token.tst_info.is_none(), token.findings.iter().chain(outer))
}

/// Checks the format of an evidence record, its tokens aside.
pub(crate) fn check_record(record: &EvidenceRecord) -> Check {
    let breaks = |code| breaks_any_format(code) || matches!(code, Code::EvidenceRecordAlgorithm | Code::TrailingBytes);
    let breaking = record.findings.iter().filter(|finding| breaks(finding.code));
    conclude(breaking, record.timestamps().next().is_none(), &record.findings)
}

/// What the outcome of format checking makes of a signature or token. Where a limit ended the reading, nobody knows whose it is.
pub(crate) fn format_failure(check: &Check) -> Option<SubIndication> {
    match check.status {
        CheckStatus::Failed => Some(SubIndication::FormatFailure),
        CheckStatus::Indeterminate => Some(SubIndication::NoSigningCertificateFound),
        _ => None,
    }
}

/// Where a limit kept something from being read, what is missing or wrong may be so for that reason alone.
fn conclude<'f>(
    breaking: impl Iterator<Item = &'f Finding>,
    unread: bool,
    findings: impl IntoIterator<Item = &'f Finding>,
) -> Check {
    let mut codes: Vec<&str> = breaking.map(|finding| finding.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    let limited = findings.into_iter().any(|finding| finding.code == Code::LimitExceeded);
    let status = match (codes.is_empty() && !unread, limited) {
        (true, _) => CheckStatus::Passed,
        (false, true) => CheckStatus::Indeterminate,
        (false, false) => CheckStatus::Failed,
    };
    Check::new(check_ids::FORMAT_CHECKING, status, "EN 319 102-1 5.2.2").with("findings", codes.join(", "))
}
