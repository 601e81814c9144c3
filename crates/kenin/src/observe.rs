//! From bytes to facts: recognise the format by content and let its reader observe.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use kenin_asn1::{Decoder, ErrorKind};
use kenin_base::{
    Budget, DigestAlgorithm, Finding, FindingCode, LimitExceeded, Limits, Resource, Source, SourceError, Span,
};
use kenin_cms::{Cms, CmsError, Content, EvidenceRecord, Imprinted, Observer, TimestampResponse, TimestampToken};
use kenin_crypto::{Digests, MultiDigest};
use kenin_facts::{
    Coverage, Document, DocumentFormat, EvidenceSource, Facts, GivenContent, Problem, Signature, SignatureFormat,
    SignatureKind,
};
use kenin_pdf::{PdfError, PdfOptions};
use kenin_x509::CertificateCache;
use kenin_xml::{Companions, XmlError, XmlOptions, finding_of, observe_xml};

use crate::evidence::SuppliedEvidence;
use crate::folder::Folder;
use crate::sniff::{Sniffed, behind_pem, der_of, is_evidence_record, is_signed_data, sniff};
use crate::supplied_records::{add_supplied_records, observe_record};

/// Detached content up to this size is handed over as octets where a signature needs them.
const CONTENT_OCTETS: u64 = 64 << 20;

/// What is given beside the document.
#[derive(Clone, Debug, Default)]
pub struct ObserveOptions {
    /// The content of a detached signature or timestamp.
    pub content: Option<Source>,
    /// Files beside the document, which references of an XML signature may name; nothing is ever fetched.
    pub companions: Option<Arc<dyn Companions>>,
    /// Passwords to try on an encrypted document, as octets.
    pub passwords: Vec<Vec<u8>>,
    /// Certificates and revocation data that may be missing in the document.
    pub evidence: Vec<SuppliedEvidence>,
    /// Budgets over the document.
    pub limits: Limits,
    /// Parsed certificates, shared by the documents of a run; see [`Verifier::certificates`](crate::Verifier::certificates).
    pub certificates: Arc<CertificateCache>,
}

/// A document, or the content beside it, could not be read. Everything else about a document is a fact.
#[derive(Debug, thiserror::Error)]
#[error("{what} cannot be read: {source}")]
pub struct ObserveError {
    what: &'static str,
    source: SourceError,
}

impl ObserveError {
    pub(crate) fn document(source: SourceError) -> Self {
        Self { what: "the document", source }
    }

    fn pdf(error: PdfError) -> Self {
        match error {
            PdfError::Source(source) => Self::document(source),
            other => Self::document(SourceError::Io { offset: 0, source: std::io::Error::other(other) }),
        }
    }

    fn content(source: SourceError) -> Self {
        Self { what: "the detached content", source }
    }
}

/// Observes everything about a document that needs its bytes.
///
/// # Errors
/// [`ObserveError`] when bytes cannot be read. Damage, missing passwords and limits are facts.
pub fn observe(source: &Source, options: &ObserveOptions) -> Result<Facts, ObserveError> {
    let budget = Budget::new(&options.limits);
    let mut observer = Observer::new(&budget, &options.certificates);
    for supplied in &options.evidence {
        supplied.add_to(&mut observer);
    }
    let sniffed = sniff(source).map_err(ObserveError::pdf)?;
    if sniffed == Sniffed::Pdf {
        let pdf = PdfOptions { passwords: options.passwords.clone() };
        let mut facts = kenin_pdf::observe(source, &pdf, observer).map_err(ObserveError::pdf)?;
        add_supplied_records(&mut facts, source, options, &budget)?;
        if let Some(given) = &options.content {
            facts.document.content = Some(given_content(given)?);
            // As with CMS and XML: what was given is signed by nobody, and who gave it should not take it for signed.
            let finding = || Finding::new(FindingCode::ContentAndExternalContent);
            match facts.signatures.is_empty() {
                true => facts.findings.push(finding()),
                false => facts.signatures.iter_mut().for_each(|signature| signature.findings.push(finding())),
            }
        }
        return Ok(note_limits(facts, &budget));
    }
    let mut observation = Observation::default();
    let format = match sniffed {
        Sniffed::Der => {
            let format = observation.observe_der(source, options, &mut observer)?;
            observation.refuse_other_pdf(source, &budget)?;
            format
        }
        Sniffed::Xml => observation.observe_xml(source, options, &mut observer)?,
        Sniffed::Unsupported(format) => {
            observation.problem = Some(Problem::UnsupportedFormat);
            observation.findings.push(Finding::new(FindingCode::UnsupportedFormat));
            format
        }
        Sniffed::Container => DocumentFormat::Container,
        _ => DocumentFormat::Other,
    };
    let sha256 = sha256_of(&digests_of(source, &[DigestAlgorithm::Sha256].into()).map_err(ObserveError::document)?);
    let (evidence, noticed) = observer.finish();
    let Observation { signatures, mut findings, problem, content } = observation;
    findings.extend(noticed);
    let content = match (content, &options.content) {
        (None, Some(given)) => Some(given_content(given)?),
        (content, _) => content,
    };
    let document = Document { size: source.len(), sha256, format, content };
    let mut facts = Facts { document, signatures, evidence, evidence_records: Vec::new(), findings, problem };
    add_supplied_records(&mut facts, source, options, &budget)?;
    Ok(note_limits(facts, &budget))
}

/// As [`observe`], of a file: where an XML signature refers to files beside it, they are looked up in its folder.
///
/// # Errors
/// As [`observe`].
pub fn observe_beside(path: &Path, source: &Source, options: &ObserveOptions) -> Result<Facts, ObserveError> {
    let facts = observe(source, options)?;
    let lacks_content = |finding: &Finding| finding.code == FindingCode::ContentMissing;
    let may_refer = facts.document.format == DocumentFormat::Xml && options.companions.is_none();
    if !may_refer || !facts.all_findings().any(lacks_content) {
        return Ok(facts);
    }
    let Some(folder) = Folder::of(path) else { return Ok(facts) };
    let companions: Option<Arc<dyn Companions>> = Some(Arc::new(folder));
    observe(source, &ObserveOptions { companions, ..options.clone() })
}

/// A budget that was reached leaves the document undecided, wherever it was, and is said.
fn note_limits(mut facts: Facts, budget: &Budget) -> Facts {
    let is_limit = |finding: &Finding| finding.code == FindingCode::LimitExceeded;
    let said = facts.findings.iter().any(is_limit);
    if let Some(limit) = budget.reached().filter(|_| !said) {
        facts.findings.push(of_limit(limit));
    }
    if facts.all_findings().any(is_limit) {
        facts.problem = facts.problem.or(Some(Problem::LimitExceeded));
    }
    facts
}

fn sha256_of(digests: &Digests) -> kenin_base::Sha256 {
    let value = digests.get(DigestAlgorithm::Sha256).and_then(|value| value.try_into().ok());
    kenin_base::Sha256(value.unwrap_or_default())
}

/// The digests of a source by some algorithms, in one pass.
pub(crate) fn digests_of(source: &Source, algorithms: &BTreeSet<DigestAlgorithm>) -> Result<Digests, SourceError> {
    let mut digests = MultiDigest::new(algorithms);
    source.for_each_chunk(Span::new(0, source.len()), |bytes| digests.update(bytes))?;
    Ok(digests.finish())
}

/// Which content was given, where nothing else was asked of it.
fn given_content(content: &Source) -> Result<GivenContent, ObserveError> {
    let digests = digests_of(content, &[DigestAlgorithm::Sha256].into()).map_err(ObserveError::content)?;
    Ok(GivenContent { size: content.len(), sha256: sha256_of(&digests) })
}

#[derive(Default)]
struct Observation {
    signatures: Vec<Signature>,
    findings: Vec<Finding>,
    problem: Option<Problem>,
    /// The content that was given, where its digests were asked for.
    content: Option<GivenContent>,
}

impl Observation {
    /// The digests of the content that was given, noting which one that is.
    fn digests_of_content(
        &mut self,
        content: &Source,
        mut algorithms: BTreeSet<DigestAlgorithm>,
    ) -> Result<Digests, ObserveError> {
        algorithms.insert(DigestAlgorithm::Sha256);
        let digests = digests_of(content, &algorithms).map_err(ObserveError::content)?;
        self.content = Some(GivenContent { size: content.len(), sha256: sha256_of(&digests) });
        Ok(digests)
    }

    /// XML with signatures of its own.
    fn observe_xml(
        &mut self,
        source: &Source,
        options: &ObserveOptions,
        observer: &mut Observer<'_>,
    ) -> Result<DocumentFormat, ObserveError> {
        if let Err(limit) = observer.budget().check(Resource::XmlBytes, source.len()) {
            self.take_limit(limit);
            return Ok(DocumentFormat::Xml);
        }
        let document = source.read(Span::new(0, source.len())).map_err(ObserveError::document)?;
        let beside = XmlOptions { content: options.content.as_ref(), companions: options.companions.as_deref() };
        match observe_xml(observer, &document, &beside) {
            Ok(signatures) => self.signatures = signatures,
            Err(XmlError::Limit(limit)) => self.take_limit(limit),
            // What it defines anew could be anything: neither that there are signatures nor that there are none is known.
            Err(error @ (XmlError::Dtd { .. } | XmlError::Encoding { .. })) => {
                self.findings.push(finding_of(&error));
                self.problem = Some(Problem::UnsupportedFormat);
            }
            // It has the namespace of XML signatures and cannot be read: damage, not absence.
            Err(error) => self.add_unreadable(SignatureFormat::XmlDSig, finding_of(&error)),
        }
        Ok(DocumentFormat::Xml)
    }

    /// CMS, a timestamp token or response, or something in DER that carries no signature of its own.
    fn observe_der(
        &mut self,
        source: &Source,
        options: &ObserveOptions,
        observer: &mut Observer<'_>,
    ) -> Result<DocumentFormat, ObserveError> {
        let budget = observer.budget();
        if let Err(limit) = budget.check(Resource::Asn1Bytes, source.len()) {
            self.take_limit(limit);
            return Ok(DocumentFormat::Cms);
        }
        let document = source.read(Span::new(0, source.len())).map_err(ObserveError::document)?;
        let der = der_of(&document);
        let behind = behind_pem(&document);
        if behind > 0 {
            self.findings.push(Finding::new(FindingCode::TrailingBytes).with("bytes", behind));
        }
        let decoder = Decoder::new(budget);
        match Cms::parse(&decoder, &der, 0) {
            Ok(cms) if cms.is_timestamp_token() => {
                self.observe_token(TimestampToken::from_cms(cms), options, observer, Vec::new())?;
                return Ok(DocumentFormat::TimestampToken);
            }
            Ok(cms) => {
                self.observe_cms(&cms, options, observer)?;
                return Ok(DocumentFormat::Cms);
            }
            Err(CmsError::Malformed(error)) if error.limit().is_some() => {
                error.limit().into_iter().for_each(|limit| self.take_limit(limit));
                return Ok(DocumentFormat::Cms);
            }
            Err(CmsError::Malformed(error)) if error.kind == ErrorKind::Truncated && is_signed_data(&der) => {
                // Rule 12 of the verdicts: what is cut off is no signature.
                self.findings.push(Finding::new(FindingCode::Truncated).about("ContentInfo"));
                return Ok(DocumentFormat::Cms);
            }
            Err(_) => {}
        }
        match TimestampResponse::parse(&Decoder::new(budget), &der, 0) {
            Ok(response) => return self.observe_response(&response, options, observer),
            Err(error) => {
                if let Some(limit) = error.limit() {
                    self.take_limit(limit);
                    return Ok(DocumentFormat::TimestampResponse);
                }
            }
        }
        if is_evidence_record(&der) {
            self.observe_evidence_record(&der, options, observer)?;
            return Ok(DocumentFormat::EvidenceRecord);
        }
        if is_signed_data(&der) {
            // It says SignedData and cannot be read as one: damage, not absence.
            self.add_unreadable(SignatureFormat::Cms, Finding::new(FindingCode::Malformed).about("ContentInfo"));
            return Ok(DocumentFormat::Cms);
        }
        Ok(DocumentFormat::Other)
    }

    /// A viewer shows a PDF whose header lies in the first kilobyte. Only one that is the signed content, with nothing behind
    /// the structure and nothing of a PDF in what is behind the content, is what the signature is over.
    fn refuse_other_pdf(&mut self, source: &Source, budget: &Budget) -> Result<(), ObserveError> {
        if !kenin_pdf::looks_like_pdf(source).map_err(ObserveError::pdf)? {
            return Ok(());
        }
        let document = source.read(Span::new(0, source.len())).map_err(ObserveError::document)?;
        let header = memchr::memmem::find(&document, b"%PDF-").and_then(|at| u64::try_from(at).ok()).unwrap_or(0);
        let decoder = Decoder::new(budget);
        let is_shown = |span: Span| {
            let behind = Span::new(span.end, source.len()).slice(&document).unwrap_or_default();
            span.start <= header && header < span.end && !kenin_pdf::overrides_pdf(behind)
        };
        let is_content = match Cms::parse(&decoder, &document, 0) {
            Ok(cms) => {
                cms.trailing().is_empty() && cms.attached_content().is_some_and(|content| is_shown(content.span()))
            }
            // A budget proves nothing against it.
            Err(CmsError::Malformed(error)) => error.limit().is_some(),
            Err(_) => false,
        };
        let finding = || Finding::new(FindingCode::Malformed).about("ContentInfo").with("problem", "%PDF-");
        for signature in self.signatures.iter_mut().filter(|_| !is_content) {
            signature.findings.push(finding());
        }
        Ok(())
    }

    fn observe_cms(
        &mut self,
        cms: &Cms<'_, '_>,
        options: &ObserveOptions,
        observer: &mut Observer<'_>,
    ) -> Result<(), ObserveError> {
        let coverage = if cms.attached_content().is_some() { Coverage::Attached } else { Coverage::Detached };
        let first = 1;
        self.signatures = match (&options.content, coverage) {
            (None, Coverage::Attached) => {
                kenin_cms::observe_signatures(observer, cms, &Content::Attached, first, coverage)
            }
            (None, _) => {
                self.findings.push(Finding::new(FindingCode::ContentMissing));
                kenin_cms::observe_signatures(observer, cms, &Content::NotFound, first, coverage)
            }
            (Some(content), _) => {
                let digests = self.digests_of_content(content, cms.required_digests())?;
                let span = Span::new(0, content.len());
                let wanted = cms.needs_content_octets() && content.len() <= CONTENT_OCTETS;
                let octets = if wanted { Some(content.read(span).map_err(ObserveError::content)?) } else { None };
                let content = Content::Detached { digests: &digests, octets: octets.as_deref() };
                kenin_cms::observe_signatures(observer, cms, &content, first, coverage)
            }
        };
        // Content that nobody signed is a damaged signature; certificates alone are a container for them.
        let has_content = cms.attached_content().is_some_and(|content| content.octets().is_ok_and(|o| !o.is_empty()));
        if cms.signer_count() == 0 && (has_content || options.content.is_some()) {
            self.add_unreadable(SignatureFormat::Cms, Finding::new(FindingCode::NoSignerInfo).about("signerInfos"));
        }
        if !cms.trailing().is_empty() {
            self.findings.push(Finding::new(FindingCode::TrailingBytes).with("bytes", cms.trailing().len()));
        }
        Ok(())
    }

    fn observe_response(
        &mut self,
        response: &TimestampResponse<'_, '_>,
        options: &ObserveOptions,
        observer: &mut Observer<'_>,
    ) -> Result<DocumentFormat, ObserveError> {
        let mut outer: Vec<Finding> = response.finding().into_iter().collect();
        if !response.trailing().is_empty() {
            outer.push(Finding::new(FindingCode::TrailingBytes).with("bytes", response.trailing().len()));
        }
        match response.token() {
            Some((bytes, offset)) => {
                let decoder = Decoder::new(observer.budget());
                match TimestampToken::parse(&decoder, bytes, offset) {
                    Ok(token) => self.observe_token(token, options, observer, outer)?,
                    Err(error) => match error.limit() {
                        Some(limit) => self.take_limit(limit),
                        None => self.findings.push(Finding::new(FindingCode::Malformed).with("problem", error)),
                    },
                }
            }
            // A rejection without a token is an answer, and no timestamp.
            None => self.findings.extend(outer),
        }
        Ok(DocumentFormat::TimestampResponse)
    }

    fn observe_token(
        &mut self,
        token: TimestampToken<'_, '_>,
        options: &ObserveOptions,
        observer: &mut Observer<'_>,
        outer: Vec<Finding>,
    ) -> Result<(), ObserveError> {
        let id = "sig-1".to_owned();
        let asked = options.content.as_ref().zip(token.imprint_algorithm());
        let digests = asked.map(|(content, algorithm)| self.digests_of_content(content, [algorithm].into()));
        let digests = digests.transpose()?;
        let imprinted = digests.as_ref().map_or(Imprinted::NotFound, Imprinted::Digests);
        let source = EvidenceSource::SignedData { signature: id.clone() };
        let trailing = token.trailing().len();
        let facts = kenin_cms::observe_token(observer, &id, source, &token, imprinted);
        let (kind, format) = (SignatureKind::Timestamp, SignatureFormat::Rfc3161);
        let mut signature = Signature::new(id, kind, format, Coverage::Detached);
        signature.token = Some(facts);
        signature.findings = outer;
        if trailing > 0 {
            signature.findings.push(Finding::new(FindingCode::TrailingBytes).with("bytes", trailing));
        }
        if options.content.is_none() {
            self.findings.push(Finding::new(FindingCode::ContentMissing));
        }
        self.signatures.push(signature);
        Ok(())
    }

    /// An evidence record on its own, over content beside it.
    fn observe_evidence_record(
        &mut self,
        der: &[u8],
        options: &ObserveOptions,
        observer: &mut Observer<'_>,
    ) -> Result<(), ObserveError> {
        let (kind, format) = (SignatureKind::EvidenceRecord, SignatureFormat::Rfc4998);
        let mut signature = Signature::new("sig-1".to_owned(), kind, format, Coverage::Detached);
        let decoder = Decoder::new(observer.budget());
        match EvidenceRecord::parse(&decoder, der, 0) {
            Ok(record) => {
                let content = options.content.as_ref();
                let digests = content.map(|content| self.digests_of_content(content, record.required_digests()));
                let digests = digests.transpose()?;
                let facts = observe_record(observer, "sig-1-er-1", &record, digests.as_ref());
                signature.evidence_records.push(facts);
                if content.is_none() {
                    self.findings.push(Finding::new(FindingCode::ContentMissing));
                }
            }
            Err(error) => match error.limit() {
                Some(limit) => self.take_limit(limit),
                None => signature.findings.push(Finding::new(FindingCode::Malformed).with("problem", error)),
            },
        }
        self.signatures.push(signature);
        Ok(())
    }

    /// A signature that is claimed and cannot be read.
    fn add_unreadable(&mut self, format: SignatureFormat, why: Finding) {
        let kind = SignatureKind::Signature;
        let mut signature = Signature::new("sig-1".to_owned(), kind, format, Coverage::Unclear);
        signature.findings.push(why);
        self.signatures.push(signature);
    }

    fn take_limit(&mut self, limit: LimitExceeded) {
        self.problem = Some(Problem::LimitExceeded);
        self.findings.push(of_limit(limit));
    }
}

pub(crate) fn of_limit(limit: LimitExceeded) -> Finding {
    let finding = Finding::new(FindingCode::LimitExceeded);
    finding.with("resource", limit.resource.name()).with("limit", limit.limit)
}
