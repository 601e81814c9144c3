use std::rc::Rc;

use foldhash::HashMap;
use kenin_base::{Finding, FindingCode, Resource, Span};

use crate::byte_range::ByteRange;
use crate::chain::View;
use crate::document::Document;
use crate::error::ReadError;
use crate::field::{SignatureField, signature_fields};
use crate::object::{Dictionary, Object, PdfString};
use crate::parser::Parser;
use crate::reader::Place;

/// Occurrences of /ByteRange that belong to no signature are reported up to this many.
const REPORTED_STRAYS: usize = 64;

/// A signature dictionary with what its own revision says about it.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub field: SignatureField,
    /// Position of the revision it was made in.
    pub revision: usize,
    /// The document as of that revision.
    pub view: View,
    pub byte_range: ByteRange,
    pub contents: Option<Rc<PdfString>>,
    /// The /Contents value in the file, delimiters included.
    pub contents_span: Option<Span>,
    pub findings: Vec<Finding>,
}

impl Site {
    /// A dictionary that the signature's field has under a key, as the signed revision has it: /Lock, /SV.
    pub(crate) fn field_entry(&self, document: &Document<'_>, key: &[u8]) -> Result<Option<Dictionary>, ReadError> {
        let Some(holder) = self.field.holder else { return Ok(None) };
        let field = document.reader.load(&self.view, holder)?.object;
        let Some(field) = field.as_dictionary() else { return Ok(None) };
        Ok(document.reader.entry(&self.view, field, key)?.as_dictionary().cloned())
    }
}

/// Every signature of the file: what the last revision reaches, and what earlier revisions reached and later ones
/// replaced or removed. Occurrences of /ByteRange that belong to none of them become findings of the document.
pub(crate) fn locate(document: &Document<'_>, findings: &mut Vec<Finding>) -> Result<Vec<Site>, ReadError> {
    let last = document.last_view();
    let fields = signature_fields(document, &last)?;
    let mut sites = Vec::new();
    for field in fields {
        sites.push(resolve(document, field)?);
    }
    let shown = Spans::new(sites.iter().filter_map(|site| site.field.span));
    let mut strays = 0;
    let mut earlier: HashMap<usize, Vec<SignatureField>> = HashMap::default();
    for at in &document.byte_ranges {
        let key = Span::at(*at, 1);
        let holds = |span: Option<Span>| span.is_some_and(|span| span.contains(key));
        if shown.hold(*at) {
            continue;
        }
        let position = document.revision_at(*at);
        if let std::collections::hash_map::Entry::Vacant(entry) = earlier.entry(position) {
            let view = document.revisions.get(position).map(|revision| revision.view.clone());
            entry.insert(view.map_or(Ok(Vec::new()), |view| signature_fields(document, &view))?);
        }
        let reached = earlier.get(&position).into_iter().flatten().find(|field| holds(field.span)).cloned();
        if let Some(field) = reached {
            add_replaced(&mut sites, resolve(document, field)?);
            check_count(document, &sites)?;
        } else if let Some(site) = damaged(document, &last, *at, &mut sites)? {
            sites.push(site);
            check_count(document, &sites)?;
        } else {
            strays += 1;
            if strays <= REPORTED_STRAYS {
                findings.push(Finding::new(FindingCode::ByteRangeObjectMismatch).at(Span::at(*at, 10)));
            }
        }
    }
    sites.sort_by_key(|site| site.contents_span.or(site.field.span).map_or(u64::MAX, |span| span.start));
    Ok(sites)
}

fn check_count(document: &Document<'_>, sites: &[Site]) -> Result<(), ReadError> {
    let count = u64::try_from(sites.len()).unwrap_or(u64::MAX);
    Ok(document.reader.budget.check(Resource::Signatures, count)?)
}

/// Spans that are asked which offsets they hold.
struct Spans {
    /// The start of each, ascending, and the furthest end of it and those before.
    ends: Vec<(u64, u64)>,
}

impl Spans {
    fn new(spans: impl Iterator<Item = Span>) -> Self {
        let mut ends: Vec<(u64, u64)> = spans.map(|span| (span.start, span.end)).collect();
        ends.sort_unstable();
        let mut furthest = 0;
        for (_, end) in &mut ends {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self { ends }
    }

    /// Whether one of the spans has this offset.
    fn hold(&self, offset: u64) -> bool {
        let before = self.ends.partition_point(|(start, _)| *start <= offset);
        before.checked_sub(1).and_then(|last| self.ends.get(last)).is_some_and(|(_, end)| *end > offset)
    }
}

/// A signature that a later revision took out of its field. What stands there now is dropped unless it is a whole
/// signature of its own: the one that was signed is judged.
fn add_replaced(sites: &mut Vec<Site>, mut replaced: Site) {
    let finding = Finding::new(FindingCode::SignatureDictionaryReplaced).about(replaced.field.name.clone());
    replaced.findings.push(finding);
    if replaced.byte_range.well_formed {
        sites.retain(|site| site.field.name != replaced.field.name || site.byte_range.well_formed);
    }
    sites.push(replaced);
}

/// Reads a field's dictionary and finds the revision it belongs to.
fn resolve(document: &Document<'_>, field: SignatureField) -> Result<Site, ReadError> {
    let reader = &document.reader;
    let dictionary = &field.dictionary;
    let holding =
        field.span.map_or(document.revisions.len().saturating_sub(1), |span| document.revision_at(span.start));
    let mut view = document.revisions.get(holding).map_or_else(|| document.last_view(), |r| r.view.clone());
    let contents = match reader.entry(&view, dictionary, b"Contents")? {
        Object::String(string) => Some(string),
        _ => None,
    };
    let direct = matches!(dictionary.get(b"Contents"), Some(Object::String(_))) && field.span.is_some();
    let contents_span = contents.as_ref().filter(|_| direct).map(|contents| contents.span);
    let written = reader.entry(&view, dictionary, b"ByteRange")?;
    let written = match &written {
        Object::Array(items) => {
            let items = items.iter().map(|item| reader.resolve(&view, item)).collect::<Result<_, _>>()?;
            Object::Array(Rc::new(items))
        }
        other => other.clone(),
    };
    let mut byte_range = ByteRange::read(&written, contents_span, reader.file.len);
    for key in [&b"ByteRange"[..], b"Contents"] {
        // Readers differ in which of two entries they take.
        if dictionary.count(key) > 1 {
            let finding = Finding::new(FindingCode::ByteRangeMalformed);
            byte_range.findings.push(finding.with("repeated", String::from_utf8_lossy(key)));
            (byte_range.well_formed, byte_range.in_form) = (false, false);
        }
    }
    let mut findings = std::mem::take(&mut byte_range.findings);
    let mut revision = holding;
    if byte_range.well_formed
        && let Some(end) = byte_range.end()
        && let Some(own) = document.view_ending_at(end)?
    {
        view = own;
        let covered = document.revisions.partition_point(|revision| revision.end <= end);
        revision = covered.saturating_sub(1).max(holding);
    }
    if let Some(reference) = field.reference
        && reader.load(&view, reference)?.place != field.place
    {
        let finding = Finding::new(FindingCode::ByteRangeObjectMismatch).about(format!("{reference} R"));
        findings.push(finding);
    }
    Ok(Site { revision, view, byte_range, contents, contents_span, findings, field })
}

/// The signature dictionary around a /ByteRange, or what is left of it: one that a field names and that cannot be
/// read, or any where the structure is broken or the file ends before its last revision does.
fn damaged(document: &Document<'_>, last: &View, at: u64, sites: &mut Vec<Site>) -> Result<Option<Site>, ReadError> {
    let reader = &document.reader;
    let complete = document.revisions.last().map_or(0, |revision| revision.end);
    let claims = sites.iter().any(|site| site.field.dictionary.entries.is_empty());
    if !claims && !last.is_damaged() && at < complete {
        return Ok(None);
    }
    let before = Span::new(at.saturating_sub(4096), at);
    let Some((reference, offset)) = reader.scan_span(before)?.pop() else { return Ok(None) };
    let is_claim = |site: &Site| site.field.reference == Some(reference) && site.field.dictionary.entries.is_empty();
    let claim = sites.iter().position(is_claim);
    if claim.is_none() && !last.is_damaged() && at < complete {
        return Ok(None);
    }
    let found = reader.object_at(offset)?;
    let dictionary = found.as_ref().and_then(|found| found.object.as_dictionary());
    let span = dictionary.map(|dictionary| dictionary.span.0);
    if span.is_some_and(|span| !span.contains(Span::at(at, 1))) {
        return Ok(None);
    }
    let dictionary = match dictionary {
        Some(dictionary) => dictionary.clone(),
        None => remnant(document, at)?,
    };
    let name = claim.map(|claim| sites.swap_remove(claim).field.name).unwrap_or_default();
    // No view reaches the object, so there is none to compare its place with.
    let mut site = resolve(
        document,
        SignatureField { name, holder: None, reference: None, place: Place::Nowhere, dictionary, span },
    )?;
    site.field.reference = Some(reference);
    if claim.is_none() {
        (site.byte_range.well_formed, site.byte_range.in_form) = (false, false);
        site.findings.push(Finding::new(FindingCode::ByteRangeObjectMismatch).about(format!("{reference} R")));
    }
    Ok(Some(site))
}

/// A dictionary that was cut short, as far as its /ByteRange.
fn remnant(document: &Document<'_>, at: u64) -> Result<Dictionary, ReadError> {
    let reader = &document.reader;
    let start = at.saturating_add(10);
    let value = reader.file.parse_at(start, |data, complete| Parser::new(data, start, complete, reader.budget).value());
    let value = ReadError::tolerate(value)?.unwrap_or(Object::Null);
    Ok(Dictionary { entries: vec![(Rc::from(&b"ByteRange"[..]), value)], ..Dictionary::default() })
}
