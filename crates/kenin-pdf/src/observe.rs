use std::collections::BTreeSet;

use kenin_asn1::Decoder;
use kenin_base::{DigestAlgorithm, Finding, FindingCode, Resource, Sha256, Source, Span};
use kenin_cms::{Cms, CmsError, Content, Imprinted, Observer, TimestampToken};
use kenin_crypto::Digests;
use kenin_facts::{
    Coverage, Document as DocumentFacts, DocumentFormat, EvidenceSource, Facts, LaterRevisions, Modification,
    PdfPlacement, Problem, Signature, SignatureFormat, SignatureKind,
};

use memchr::memmem;

use crate::changes::Changes;
use crate::document::{Document, Encryption, header_offset};
use crate::dss::{self, Store};
use crate::error::{PdfError, ReadError};
use crate::gap::read_gaps;
use crate::hashing::{self, Job};
use crate::notices::{
    contents_findings, document_findings, later_revisions_finding, of_limit, pades_entries, repeated_keys,
    report_late_certification, report_one_name, report_reuse, trailing_junk,
};
use crate::object::Object;
use crate::parser::header_before;
use crate::permissions;
use crate::rsa_sha1;
use crate::seed_values::seed_values;
use crate::site::{Site, locate};
use crate::text::date;

/// Content up to this size is handed over as octets where a signature needs them.
const CONTENT_OCTETS: u64 = 16 << 20;

/// How a PDF is opened.
#[derive(Clone, Debug, Default)]
pub struct PdfOptions {
    /// Passwords to try on an encrypted document after the empty one, as octets (UTF-8 for AES-256).
    pub passwords: Vec<Vec<u8>>,
}

/// Whether the document is a PDF by its content: `%PDF-` within the first 1024 bytes.
///
/// # Errors
/// [`PdfError`] when the document cannot be read.
pub fn looks_like_pdf(source: &Source) -> Result<bool, PdfError> {
    match header_offset(source) {
        Ok(header) => Ok(header.is_some()),
        Err(ReadError::Source(error)) => Err(error.into()),
        Err(_) => Ok(false),
    }
}

/// Whether octets behind a PDF could make a reader show something else than the PDF: it takes the last `startxref` (7.5.5),
/// or rebuilds the table from every object header and `trailer` that it finds.
pub fn overrides_pdf(behind: &[u8]) -> bool {
    let has = |keyword: &[u8]| memmem::find(behind, keyword).is_some();
    let is_header = |at: usize| header_before(behind, at).is_some();
    has(b"startxref") || has(b"trailer") || memmem::find_iter(behind, b"obj").any(is_header)
}

/// Reads a PDF into facts: every signature and document timestamp through its own revision, the validation
/// material of every /DSS, and what was noticed about the structure.
///
/// # Errors
/// [`PdfError`] when the document's bytes cannot be read. Damage, missing passwords and limits are facts.
pub fn observe(source: &Source, options: &PdfOptions, mut observer: Observer<'_>) -> Result<Facts, PdfError> {
    let mut parts = Parts::default();
    let budget = observer.budget();
    let outcome = Document::open(source, &options.passwords, budget)
        .and_then(|document| observe_document(&document, &mut observer, &mut parts));
    match outcome {
        Ok(()) => {}
        Err(ReadError::Source(error)) => return Err(error.into()),
        Err(ReadError::Limit(limit)) => {
            parts.problem = Some(Problem::LimitExceeded);
            parts.findings.push(of_limit(limit));
        }
        Err(ReadError::Truncated | ReadError::Malformed(_)) => {
            parts.findings.push(Finding::new(FindingCode::Malformed));
        }
    }
    let sha256 = match parts.sha256 {
        Some(sha256) => sha256,
        None => hashing::hash(source, &[])?.0,
    };
    let (evidence, noticed) = observer.finish();
    parts.findings.extend(noticed);
    let document = DocumentFacts { size: source.len(), sha256, format: DocumentFormat::Pdf, content: None };
    let Parts { signatures, findings, problem, .. } = parts;
    Ok(Facts { document, signatures, evidence, evidence_records: Vec::new(), findings, problem })
}

/// What an observation has gathered when it ends, early or not.
#[derive(Default)]
struct Parts {
    signatures: Vec<Signature>,
    findings: Vec<Finding>,
    problem: Option<Problem>,
    sha256: Option<Sha256>,
}

fn observe_document(document: &Document<'_>, observer: &mut Observer<'_>, parts: &mut Parts) -> Result<(), ReadError> {
    let budget = observer.budget();
    if document.encryption == Encryption::Locked {
        parts.problem = Some(Problem::EncryptedNeedsPassword);
        parts.findings.push(Finding::new(FindingCode::EncryptedNeedsPassword));
    }
    if document.protection.public_key {
        parts.findings.push(Finding::new(FindingCode::PublicKeyEncryption));
    }
    if document.protection.auth_code || document.protection.kdf_salt {
        parts.findings.push(Finding::new(FindingCode::EncryptionMac));
    }
    let mut sites = locate(document, &mut parts.findings)?;
    resolve_sub_filters(document, &mut sites)?;
    let decoders: Vec<Decoder<'_>> = sites.iter().map(|_| Decoder::new(budget)).collect();
    let values: Vec<Value<'_, '_>> = sites.iter().zip(&decoders).map(|(site, decoder)| value(site, decoder)).collect();
    let jobs: Vec<Job> = sites.iter().zip(&values).map(|(site, value)| job(site, value)).collect();
    let (sha256, digests) = hashing::hash(document.reader.file.source, &jobs)?;
    parts.sha256 = Some(sha256);

    // Without the password the streams are noise.
    let locked = document.encryption == Encryption::Locked;
    let store = if locked { Store::default() } else { dss::collect(document, observer)? };
    let contents: Vec<&[u8]> = sites.iter().filter_map(|site| site.contents.as_ref()).map(|c| &*c.bytes).collect();
    parts.findings.extend(store.unknown_keys(&contents));

    let changes = or_limit(Changes::new(document, &sites), parts)?.unwrap_or_else(|| Changes::unknown(document));
    let mut file_findings = or_limit(changes.differentials(&sites), parts)?.unwrap_or_default();
    file_findings.extend(trailing_junk(document)?.map(|junk| Finding::new(FindingCode::TrailingJunk).at(junk)));
    let gaps = or_limit(read_gaps(document, &sites), parts)?.unwrap_or_default();
    let mut places = Vec::new();
    for (position, ((site, value), digests)) in sites.iter().zip(values).zip(&digests).enumerate() {
        budget.spend(Resource::Signatures, 1)?;
        let first = parts.signatures.len();
        let id = parts.signatures.iter().filter(|signature| signature.parent.is_none()).count() + 1;
        let coverage = coverage(document, site)?;
        let mut made = observe_site(document, observer, site, value, digests, id, coverage)?;
        let later = or_limit(changes.after(site), parts)?.unwrap_or((LaterRevisions::NotAnalysed, Vec::new()));
        let placement = placement(document, site, later)?;
        for signature in made.iter_mut().filter(|signature| signature.parent.is_none()) {
            signature.findings.extend(site.findings.iter().cloned());
            signature.findings.extend(gaps.get(position).cloned().flatten());
            signature.findings.extend(repeated_keys(site));
            signature.findings.extend(pades_entries(site));
            if placement.doc_mdp.is_some() {
                signature.findings.push(Finding::new(FindingCode::CertificationSignature));
            }
            signature.findings.extend(later_revisions_finding(placement.later_revisions));
            signature.findings.extend(file_findings.iter().cloned());
            signature.findings.extend(changes.disguises(position, &placement.modifications));
            signature.pdf = Some(placement.clone());
        }
        places.push(first);
        parts.signatures.append(&mut made);
    }
    report_reuse(&sites, &places, &mut parts.signatures);
    report_one_name(&sites, &places, &mut parts.signatures);
    report_late_certification(&places, &mut parts.signatures);
    cover(&sites, &places, &store, observer, &mut parts.signatures);
    document_findings(document, &mut parts.findings);
    if places.is_empty() {
        parts.findings.extend(file_findings);
    }
    Ok(())
}

/// What was asked for, unless a budget stops it: then the verdict stays open, and the rest is told all the same.
fn or_limit<T>(result: Result<T, ReadError>, parts: &mut Parts) -> Result<Option<T>, ReadError> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(ReadError::Limit(limit)) => {
            parts.problem = Some(Problem::LimitExceeded);
            let finding = of_limit(limit);
            if !parts.findings.contains(&finding) {
                parts.findings.push(finding);
            }
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// What /Contents holds, by the subfilter. One exists per signature, only while it is observed.
#[allow(clippy::large_enum_variant)]
enum Value<'d, 'a> {
    Cms(Cms<'d, 'a>),
    Token(TimestampToken<'d, 'a>),
    Pkcs1(&'a [u8]),
    /// Missing, empty or not decodable.
    Unreadable(Option<CmsError>),
}

fn value<'d, 'a>(site: &'a Site, decoder: &'d Decoder<'d>) -> Value<'d, 'a> {
    let contents = site.contents.as_ref().map(|contents| &*contents.bytes).unwrap_or_default();
    if contents.iter().all(|byte| *byte == 0) {
        return Value::Unreadable(None);
    }
    if sub_filter(site) == Some(b"adbe.x509.rsa_sha1") {
        return Value::Pkcs1(contents);
    }
    match Cms::parse(decoder, contents, 0) {
        Ok(cms) if is_document_timestamp(site) => Value::Token(TimestampToken::from_cms(cms)),
        Ok(cms) => Value::Cms(cms),
        Err(error) => Value::Unreadable(Some(error)),
    }
}

fn job(site: &Site, value: &Value<'_, '_>) -> Job {
    let algorithms = match value {
        Value::Cms(_) if sub_filter(site) == Some(b"adbe.pkcs7.sha1") => BTreeSet::from([DigestAlgorithm::Sha1]),
        Value::Cms(cms) => cms.required_digests(),
        Value::Token(token) => token.imprint_algorithm().into_iter().collect(),
        Value::Pkcs1(_) => rsa_sha1::DIGESTS.into_iter().collect(),
        Value::Unreadable(_) => BTreeSet::new(),
    };
    let ranges = if algorithms.is_empty() { None } else { site.byte_range.ranges.clone() };
    Job { ranges: ranges.unwrap_or_default(), algorithms }
}

fn observe_site(
    document: &Document<'_>,
    observer: &mut Observer<'_>,
    site: &Site,
    value: Value<'_, '_>,
    digests: &Digests,
    id: usize,
    coverage: Coverage,
) -> Result<Vec<Signature>, ReadError> {
    let name = format!("sig-{id}");
    let at_hand = site.byte_range.ranges.is_some();
    let (kind, format) = kind_and_format(site);
    let mut single = Signature::new(name.clone(), kind, format, coverage);
    let trailing = match &value {
        Value::Cms(cms) => cms.trailing(),
        Value::Token(token) => token.trailing(),
        Value::Pkcs1(_) | Value::Unreadable(_) => &[],
    };
    let mut findings = contents_findings(site, trailing);
    let mut made = match value {
        Value::Token(token) => {
            let imprinted = if at_hand { Imprinted::Digests(digests) } else { Imprinted::NotFound };
            let source = EvidenceSource::SignedData { signature: name.clone() };
            single.token = Some(kenin_cms::observe_token(observer, &name, source, &token, imprinted));
            vec![single]
        }
        Value::Cms(cms) => {
            let octets = content_octets(document, site, &cms)?;
            let content = match digests.get(DigestAlgorithm::Sha1) {
                _ if !at_hand => Content::NotFound,
                Some(sha1) if sub_filter(site) == Some(b"adbe.pkcs7.sha1") => Content::Sha1OfDocument(sha1),
                _ => Content::Detached { digests, octets: octets.as_deref() },
            };
            let mut made = kenin_cms::observe_signatures(observer, &cms, &content, id, coverage);
            if made.is_empty() {
                findings.push(Finding::new(FindingCode::NoSignerInfo));
                made.push(single);
            }
            if cms.signer_count() > 1 {
                findings.push(Finding::new(FindingCode::SeveralSignerInfos).with("signers", cms.signer_count()));
            }
            made
        }
        Value::Pkcs1(contents) => {
            let certificates = certificates(document, site)?;
            let digests = at_hand.then_some(digests);
            single.signer = rsa_sha1::observe(observer, &name, contents, &certificates, digests);
            if single.signer.is_none() {
                findings.push(Finding::new(FindingCode::ContentsMalformed));
            }
            vec![single]
        }
        Value::Unreadable(error) => {
            let finding = Finding::new(FindingCode::ContentsMalformed);
            findings.push(match (error.as_ref().and_then(CmsError::limit), &error, site.contents_span) {
                // Nobody has seen whether it is malformed.
                (Some(limit), ..) => of_limit(limit),
                (None, Some(error), Some(span)) => finding.with("problem", error).at(span),
                (None, Some(error), None) => finding.with("problem", error),
                (None, None, _) => finding,
            });
            vec![single]
        }
    };
    for signature in made.iter_mut().filter(|signature| signature.parent.is_none()) {
        signature.kind = kind;
        signature.format = format;
        signature.findings.extend(findings.iter().cloned());
    }
    Ok(made)
}

/// Puts the name in the place of a /SubFilter that is an object of its own (7.3.10).
fn resolve_sub_filters(document: &Document<'_>, sites: &mut [Site]) -> Result<(), ReadError> {
    for Site { field, view, .. } in sites {
        for (_, value) in field.dictionary.entries.iter_mut().filter(|(key, _)| **key == *b"SubFilter") {
            *value = document.reader.resolve(view, value)?;
        }
    }
    Ok(())
}

pub(crate) fn sub_filter(site: &Site) -> Option<&[u8]> {
    site.field.dictionary.get(b"SubFilter").and_then(Object::as_name)
}

fn is_document_timestamp(site: &Site) -> bool {
    sub_filter(site) == Some(b"ETSI.RFC3161")
}

fn kind_and_format(site: &Site) -> (SignatureKind, SignatureFormat) {
    match sub_filter(site) {
        Some(b"ETSI.RFC3161") => (SignatureKind::DocumentTimestamp, SignatureFormat::Rfc3161),
        Some(b"ETSI.CAdES.detached") => (SignatureKind::Signature, SignatureFormat::PAdES),
        Some(b"adbe.pkcs7.detached" | b"adbe.pkcs7.sha1" | b"adbe.x509.rsa_sha1") => {
            (SignatureKind::Signature, SignatureFormat::PdfCms)
        }
        _ => (SignatureKind::Signature, SignatureFormat::Other),
    }
}

/// The signed octets, for the few signatures that need more than their digest.
fn content_octets(document: &Document<'_>, site: &Site, cms: &Cms<'_, '_>) -> Result<Option<Vec<u8>>, ReadError> {
    let ranges = site.byte_range.ranges.as_deref().unwrap_or_default();
    let total: u64 = ranges.iter().map(|range| range.len()).sum();
    if !cms.needs_content_octets() || total > CONTENT_OCTETS {
        return Ok(None);
    }
    let mut octets = Vec::new();
    for range in ranges {
        octets.extend_from_slice(&document.reader.file.read(*range)?);
    }
    Ok(Some(octets))
}

/// /Cert: one string or an array of them.
fn certificates(document: &Document<'_>, site: &Site) -> Result<Vec<Vec<u8>>, ReadError> {
    let reader = &document.reader;
    Ok(match reader.entry(&site.view, &site.field.dictionary, b"Cert")? {
        Object::String(one) => vec![one.bytes.clone()],
        Object::Array(several) => {
            let mut certificates = Vec::new();
            for item in several.iter() {
                if let Object::String(string) = reader.resolve(&site.view, item)? {
                    certificates.push(string.bytes.clone());
                }
            }
            certificates
        }
        _ => Vec::new(),
    })
}

fn coverage(document: &Document<'_>, site: &Site) -> Result<Coverage, ReadError> {
    let Some(end) = site.byte_range.end().filter(|_| site.byte_range.well_formed) else {
        return Ok(if site.byte_range.in_form { Coverage::Partial } else { Coverage::Unclear });
    };
    let len = document.reader.file.len;
    if end == len || document.only_line_ends(Span::new(end, len))? {
        return Ok(Coverage::EntireFile);
    }
    Ok(if document.view_ending_at(end)?.is_some() { Coverage::EntireRevision } else { Coverage::Partial })
}

fn placement(
    document: &Document<'_>,
    site: &Site,
    (later_revisions, modifications): (LaterRevisions, Vec<Modification>),
) -> Result<PdfPlacement, ReadError> {
    let reader = &document.reader;
    let dictionary = &site.field.dictionary;
    let text = |key: &[u8]| -> Result<Option<String>, ReadError> {
        let value = reader.entry(&site.view, dictionary, key)?;
        Ok(value.as_string().and_then(|string| document.text(&string.bytes)))
    };
    let claimed = reader.entry(&site.view, dictionary, b"M")?;
    let number = |position: usize| u32::try_from(position + 1).unwrap_or(u32::MAX);
    Ok(PdfPlacement {
        field: site.field.name.clone(),
        object: site.field.reference.map(|reference| reference.to_string()).unwrap_or_default(),
        sub_filter: sub_filter(site).map(|name| String::from_utf8_lossy(name).into_owned()),
        byte_range: site.byte_range.written.clone(),
        contents: site.contents_span,
        revision: number(site.revision),
        revisions: number(document.revisions.len().saturating_sub(1)),
        later_revisions,
        modifications,
        field_lock: permissions::field_lock(document, site)?,
        lock_mdp: permissions::lock_mdp(document, site)?,
        doc_mdp: permissions::doc_mdp(document, site)?,
        seed_values: seed_values(document, site)?,
        claimed_time: claimed.as_string().and_then(|string| date(&string.bytes)),
        name: text(b"Name")?,
        reason: text(b"Reason")?,
        location: text(b"Location")?,
    })
}

/// Fills in what each document timestamp covers: signatures whose /Contents lie in its byte range, the material
/// they carry, and the streams of every /DSS that lie there (EN 319 142-1 5.4, 5.5).
fn cover(sites: &[Site], places: &[usize], store: &Store, observer: &Observer<'_>, signatures: &mut [Signature]) {
    let ids: Vec<String> = places
        .iter()
        .map(|place| signatures.get(*place).map(|signature| signature.id.clone()).unwrap_or_default())
        .collect();
    let tokens: Vec<Vec<String>> =
        places.iter().map(|place| signatures.get(*place).map(tokens_of).unwrap_or_default()).collect();
    for (site, place) in sites.iter().zip(places) {
        let Some(token) = signatures.get_mut(*place).and_then(|signature| signature.token.as_mut()) else { continue };
        let Some(end) = site.byte_range.end().filter(|_| site.byte_range.well_formed) else { continue };
        let inside = |other: &Site| other.contents_span.is_some_and(|span| site.byte_range.covers(span));
        let covered: Vec<String> =
            sites.iter().zip(&ids).filter(|(other, _)| inside(other)).map(|(_, id)| id.clone()).collect();
        token.covers.timestamps =
            sites.iter().zip(&tokens).filter(|(other, _)| inside(other)).flat_map(|(_, ids)| ids).cloned().collect();
        let mut evidence: BTreeSet<Sha256> =
            store.objects.iter().filter(|(_, stream_end)| *stream_end <= end).map(|(key, _)| *key).collect();
        for (key, item) in observer.evidence().iter() {
            let inside = |source: &EvidenceSource| match source {
                EvidenceSource::SignedData { signature } | EvidenceSource::UnsignedAttribute { signature } => {
                    covered.iter().any(|id| belongs_to(signature, id))
                }
                _ => false,
            };
            if item.sources.iter().any(inside) {
                evidence.insert(*key);
            }
        }
        token.covers.signatures = covered;
        token.covers.evidence = evidence.into_iter().collect();
    }
}

/// The ids of the tokens inside a signature's /Contents: its own, for a document timestamp, and those in its attributes.
fn tokens_of(signature: &Signature) -> Vec<String> {
    let own = signature.token.as_ref().map(|_| &signature.id);
    own.into_iter().chain(signature.timestamps.iter().map(|timestamp| &timestamp.id)).cloned().collect()
}

/// Whether `id` is a signature's id or that of something inside it (`sig-1-tst-1`).
fn belongs_to(id: &str, signature: &str) -> bool {
    id.strip_prefix(signature).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}
