//! What is noticed about a PDF and its signatures, as findings.

use std::collections::{BTreeMap, BTreeSet};

use kenin_base::{Finding, FindingCode, LimitExceeded, Span};
use kenin_facts::{LaterRevisions, Signature, SignatureKind};

use crate::document::Document;
use crate::error::ReadError;
use crate::lexer::is_white;
use crate::observe::sub_filter;
use crate::site::Site;

/// White space that may follow the last end-of-file marker.
const MAX_TRAILING_SPACE: u64 = 64;

/// Findings about the /Contents value and what follows the structure in it.
pub(crate) fn contents_findings(site: &Site, trailing: &[u8]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let locate = |finding: Finding| match site.contents_span {
        Some(span) => finding.at(span),
        None => finding,
    };
    if site.contents.as_ref().is_some_and(|contents| contents.malformed) {
        findings.push(locate(Finding::new(FindingCode::ContentsMalformed)));
    }
    if trailing.iter().any(|byte| *byte != 0) {
        findings.push(locate(Finding::new(FindingCode::ContentsTrailingData).with("octets", trailing.len())));
    }
    let known: [&[u8]; 5] =
        [b"ETSI.CAdES.detached", b"ETSI.RFC3161", b"adbe.pkcs7.detached", b"adbe.pkcs7.sha1", b"adbe.x509.rsa_sha1"];
    let name = sub_filter(site).unwrap_or_default();
    if !known.contains(&name) && site.field.dictionary.get(b"Filter").is_some() {
        let finding = Finding::new(FindingCode::SubFilterUnsupported);
        findings.push(finding.with("sub_filter", String::from_utf8_lossy(name)));
    }
    findings
}

/// Entries that PAdES demands and forbids (EN 319 142-1 6.3, table 1).
pub(crate) fn pades_entries(site: &Site) -> Vec<Finding> {
    if sub_filter(site) != Some(b"ETSI.CAdES.detached") {
        return Vec::new();
    }
    let has = |key: &[u8]| site.field.dictionary.get(key).is_some_and(|value| !value.is_null());
    let mut findings = Vec::new();
    findings.extend(has(b"Cert").then(|| Finding::new(FindingCode::PadesCertEntry)));
    findings.extend((!has(b"M")).then(|| Finding::new(FindingCode::PadesDateMissing)));
    findings
}

/// Repeated keys are named up to this many.
const MAX_REPEATED: usize = 16;

/// Keys that the signature dictionary has twice.
pub(crate) fn repeated_keys(site: &Site) -> Vec<Finding> {
    let (mut seen, mut repeated) = (BTreeSet::new(), BTreeSet::new());
    for (key, _) in &site.field.dictionary.entries {
        if !seen.insert(&**key) {
            repeated.insert(&**key);
        }
    }
    let finding = |key: &[u8]| Finding::new(FindingCode::DuplicateKey).with("key", String::from_utf8_lossy(key));
    repeated.into_iter().take(MAX_REPEATED).map(finding).collect()
}

pub(crate) fn later_revisions_finding(later: LaterRevisions) -> Option<Finding> {
    match later {
        LaterRevisions::None => None,
        LaterRevisions::ValidationMaterialOnly => Some(Finding::new(FindingCode::LaterRevisions)),
        LaterRevisions::Analysed => Some(Finding::new(FindingCode::LaterRevisionsAnalysed)),
        LaterRevisions::Doubtful => Some(Finding::new(FindingCode::LaterRevisionsDoubtful)),
        LaterRevisions::NotAnalysed => Some(Finding::new(FindingCode::LaterRevisionsNotAnalysed)),
    }
}

/// Two fields that show one signature dictionary, or the same octets.
pub(crate) fn report_reuse(sites: &[Site], places: &[usize], signatures: &mut [Signature]) {
    // Ordered, not hashed: one signature is mostly alone, and the octets are many.
    let mut seen: BTreeMap<&[u8], &str> = BTreeMap::new();
    for (site, place) in sites.iter().zip(places) {
        let Some(contents) = site.contents.as_ref().filter(|contents| contents.bytes.iter().any(|b| *b != 0)) else {
            continue;
        };
        match seen.get(contents.bytes.as_slice()) {
            Some(other) => {
                let finding = Finding::new(FindingCode::SignatureReused).with("field", other);
                signatures.get_mut(*place).into_iter().for_each(|s| s.findings.push(finding.clone()));
            }
            None => drop(seen.insert(&contents.bytes, &site.field.name)),
        }
    }
}

/// Two fields of one name, though each has a signature of its own: fields of one name are one field with one value (12.7.3.2), and
/// readers differ in which of the two they show. One that a later revision replaced is not there any more.
pub(crate) fn report_one_name(sites: &[Site], places: &[usize], signatures: &mut [Signature]) {
    let mut seen: BTreeMap<&str, &Site> = BTreeMap::new();
    let is_replaced = |site: &Site| site.findings.iter().any(|f| f.code == FindingCode::SignatureDictionaryReplaced);
    let named = sites.iter().zip(places).filter(|(site, _)| !site.field.name.is_empty() && !is_replaced(site));
    for (site, place) in named {
        match seen.get(site.field.name.as_str()) {
            Some(other) if other.field.holder != site.field.holder => {
                let finding = Finding::new(FindingCode::DuplicateField).about(&site.field.name);
                signatures.get_mut(*place).into_iter().for_each(|s| s.findings.push(finding.clone()));
            }
            Some(_) => {}
            None => drop(seen.insert(&site.field.name, site)),
        }
    }
}

/// A certification signature comes first (12.8.1); one that follows another signature restricts nothing for that one.
pub(crate) fn report_late_certification(places: &[usize], signatures: &mut [Signature]) {
    let mut earlier = false;
    for place in places {
        let Some(signature) = signatures.get_mut(*place) else { continue };
        if earlier && signature.pdf.as_ref().is_some_and(|pdf| pdf.doc_mdp.is_some()) {
            signature.findings.push(Finding::new(FindingCode::CertificationNotFirst));
        }
        earlier |= signature.kind == SignatureKind::Signature;
    }
}

pub(crate) fn document_findings(document: &Document<'_>, findings: &mut Vec<Finding>) {
    if let Some(header) = document.header.filter(|header| *header > 0) {
        findings.push(Finding::new(FindingCode::HeaderOffset).with("offset", header));
    }
    if document.reader.repaired.get() || document.last_view().is_damaged() {
        findings.push(Finding::new(FindingCode::XrefRepaired));
    }
    let complete = document.revisions.last().map_or(0, |revision| revision.end);
    if document.markers.is_empty() || document.byte_ranges.last().is_some_and(|at| *at > complete) {
        findings.push(Finding::new(FindingCode::Truncated));
    }
}

/// What follows the last end-of-file marker, if it is more than white space. NUL counts as something: a reader that
/// looks for the marker at the end of the file does not find it.
pub(crate) fn trailing_junk(document: &Document<'_>) -> Result<Option<Span>, ReadError> {
    let Some(last) = document.markers.last() else { return Ok(None) };
    let tail = Span::new(last.end, document.reader.file.len);
    let head = document.reader.file.read(Span::new(tail.start, tail.end.min(tail.start.saturating_add(1 << 20))))?;
    let white = head.iter().all(|byte| is_white(*byte) && *byte != 0);
    // More than a little white space moves the marker out of the window in which readers look for it.
    Ok((!white || tail.len() > MAX_TRAILING_SPACE).then_some(tail))
}

pub(crate) fn of_limit(limit: LimitExceeded) -> Finding {
    let finding = Finding::new(FindingCode::LimitExceeded);
    finding.with("resource", limit.resource.name()).with("limit", limit.limit)
}
