//! Expected against actual, fact by fact.

use std::collections::BTreeMap;
use std::fmt;

use kenin::{ImprintReport, Report, SignatureReport, SignedDataReport, ValueReport};
use serde::Serialize;

use crate::expected::PdfSignature;
use crate::run::Outcome;

/// The kinds of facts that are compared, by the family of formats they belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    PdfCryptoOk,
    PdfDigest,
    PdfType,
    PdfSignatureCount,
    PdfTimestampCount,
    PdfCoverage,
    CmsCryptoOk,
    CmsSignatureCount,
    TokenCryptoOk,
    TokenImprintOk,
    XadesCryptoOk,
    XadesSignatureCount,
    XadesFailure,
    XadesLevel,
    XadesImprintOk,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::PdfCryptoOk => "pdf crypto_ok",
            Self::PdfDigest => "pdf digest_alg",
            Self::PdfType => "pdf type",
            Self::PdfSignatureCount => "pdf n_signatures",
            Self::PdfTimestampCount => "pdf n_doc_timestamps",
            Self::PdfCoverage => "pdf coverage",
            Self::CmsCryptoOk => "cms crypto_ok",
            Self::CmsSignatureCount => "cms n_signatures",
            Self::TokenCryptoOk => "token crypto_ok",
            Self::TokenImprintOk => "token imprint_ok",
            Self::XadesCryptoOk => "xades crypto_ok",
            Self::XadesSignatureCount => "xades n_signatures",
            Self::XadesFailure => "xades failure",
            Self::XadesLevel => "xades level",
            Self::XadesImprintOk => "xades imprint_ok",
        })
    }
}

/// One fact that two verifiers or more agree on (XAdES: that EU DSS states), beside what kenin says.
#[derive(Debug)]
pub struct Fact {
    /// What kind of fact.
    pub kind: Kind,
    /// The corpus file.
    pub path: String,
    /// The PDF field, in XAdES the number of the signature or the timestamp, or nothing.
    pub field: String,
    /// What the verifiers agree on.
    pub expected: String,
    /// What the report says, or why it says nothing.
    pub actual: String,
    /// Indication and sub-indication of the signature, for people.
    pub conclusion: String,
}

impl Fact {
    /// Whether kenin says the same. A parse error, a skip or a crash is a disagreement.
    pub fn agrees(&self) -> bool {
        self.expected == self.actual
    }

    /// Whether verifiers agree that something is broken.
    pub fn is_false(&self) -> bool {
        self.expected == "false"
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, path, field, expected, actual, conclusion } = self;
        let field = if field.is_empty() { String::new() } else { format!(" [{field}]") };
        write!(f, "{path}{field}: {kind}: expected {expected}, actual {actual} ({conclusion})")
    }
}

/// Every fact with at least two votes, and those that rest on one verifier.
pub fn facts(outcomes: &[Outcome]) -> Vec<Fact> {
    outcomes.iter().flat_map(facts_of).collect()
}

/// Facts and agreements by kind.
pub fn tally(facts: &[Fact]) -> BTreeMap<Kind, (usize, usize)> {
    let mut tally = BTreeMap::new();
    for fact in facts {
        let (agreed, all) = tally.entry(fact.kind).or_default();
        *agreed += usize::from(fact.agrees());
        *all += 1;
    }
    tally
}

fn facts_of(outcome: &Outcome) -> Vec<Fact> {
    match outcome.row.format.as_str() {
        "pades" | "pdf" => pdf_facts(outcome),
        "cms" => cms_facts(outcome),
        "tst" => token_facts(outcome),
        _ => Vec::new(),
    }
}

fn pdf_facts(outcome: &Outcome) -> Vec<Fact> {
    let consensus = &outcome.row.consensus;
    let mut facts = Vec::new();
    for (field, agreed) in &consensus.signatures {
        let found = || {
            let report = outcome.report.as_ref().map_err(Clone::clone)?;
            in_field(report, field).ok_or_else(|| "no such field".to_owned())
        };
        let mut add = |kind, name: &str, expected: Option<String>, actual: fn(&SignatureReport) -> String| {
            // Facts without a count of votes are one verifier's own: pyHanko's coverage.
            let votes = agreed.votes.get(name).copied();
            facts.extend(expected.filter(|_| votes.is_none_or(|votes| votes >= 2)).map(|expected| Fact {
                kind,
                path: outcome.row.path.clone(),
                field: field.clone(),
                expected,
                actual: found().map_or_else(|why| why, actual),
                conclusion: found().map_or_else(|_| "-".to_owned(), conclusion),
            }));
        };
        let PdfSignature { crypto_ok, digest_alg, kind, pyhanko_coverage, .. } = agreed;
        add(Kind::PdfCryptoOk, "crypto_ok", crypto_ok.map(|ok| ok.to_string()), |s| crypto_ok_of(s).to_string());
        add(Kind::PdfDigest, "digest_alg", digest_alg.as_deref().map(digest_name), |s| {
            s.digest_algorithm.as_deref().map_or_else(|| "unknown".to_owned(), digest_name)
        });
        add(Kind::PdfType, "type", kind.clone(), |s| kind_of(s).to_owned());
        let coverage = pyhanko_coverage.as_deref().map(|name| coverage_by_pyhanko(name).to_owned());
        add(Kind::PdfCoverage, "pyhanko_coverage", coverage, |s| name_of(&s.integrity.coverage));
    }
    for (kind, name, expected) in [
        (Kind::PdfSignatureCount, "sig", consensus.n_signatures.filter(|_| votes(outcome, "n_signatures") >= 2)),
        (
            Kind::PdfTimestampCount,
            "dts",
            consensus.n_doc_timestamps.filter(|_| votes(outcome, "n_doc_timestamps") >= 2),
        ),
    ] {
        let count = |report: &Report| report.signatures.iter().filter(|s| kind_of(s) == name).count().to_string();
        facts.extend(expected.map(|expected| about_file(outcome, kind, expected.to_string(), count)));
    }
    facts
}

fn cms_facts(outcome: &Outcome) -> Vec<Fact> {
    let consensus = &outcome.row.consensus;
    let mut facts = Vec::new();
    if let (Some(ok), true) = (&consensus.crypto_ok, votes(outcome, "crypto_ok") >= 2) {
        facts.push(about_file(outcome, Kind::CmsCryptoOk, ok.to_string(), |report| {
            let mut signatures = top_level(report).peekable();
            (signatures.peek().is_some() && signatures.all(crypto_ok_of)).to_string()
        }));
    }
    // Two tools counted independently; where they agree, that is two votes.
    if let (Some(count), true) = (consensus.n_signatures, consensus.n_signatures == consensus.n_signer_infos) {
        let counted = |report: &Report| top_level(report).count().to_string();
        facts.push(about_file(outcome, Kind::CmsSignatureCount, count.to_string(), counted));
    }
    facts
}

fn token_facts(outcome: &Outcome) -> Vec<Fact> {
    let consensus = &outcome.row.consensus;
    let mut facts = Vec::new();
    let token = |report: &Report, say: fn(&SignatureReport) -> String| {
        top_level(report).next().map_or_else(|| "no token".to_owned(), say)
    };
    if let (Some(ok), true) = (&consensus.crypto_ok, votes(outcome, "crypto_ok") >= 2) {
        facts.push(about_file(outcome, Kind::TokenCryptoOk, ok.to_string(), |report| {
            token(report, |s| value_and_digest(s).to_string())
        }));
    }
    if let Some(ok) = consensus.imprint_ok {
        facts.push(about_file(outcome, Kind::TokenImprintOk, ok.to_string(), |report| {
            token(report, |s| match s.imprint {
                Some(ImprintReport::Intact) => "true".to_owned(),
                Some(ImprintReport::Broken) => "false".to_owned(),
                _ => "not checked".to_owned(),
            })
        }));
    }
    facts
}

pub fn about_file(outcome: &Outcome, kind: Kind, expected: String, say: impl Fn(&Report) -> String) -> Fact {
    let conclusion = |report: &Report| report.signatures.iter().map(conclusion).collect::<Vec<_>>().join(", ");
    let (actual, conclusion) = match &outcome.report {
        Ok(report) => (say(report), conclusion(report)),
        Err(why) => (why.clone(), "-".to_owned()),
    };
    Fact { kind, path: outcome.row.path.clone(), field: String::new(), expected, actual, conclusion }
}

fn votes(outcome: &Outcome, name: &str) -> u64 {
    outcome.row.consensus.votes.get(name).copied().unwrap_or_default()
}

/// Signatures and timestamps of their own; counter-signatures belong to their parents.
fn top_level(report: &Report) -> impl Iterator<Item = &SignatureReport> {
    report.signatures.iter().filter(|s| s.parent.is_none())
}

fn in_field<'r>(report: &'r Report, field: &str) -> Option<&'r SignatureReport> {
    top_level(report).find(|s| s.field.as_deref() == Some(field))
}

fn kind_of(signature: &SignatureReport) -> &'static str {
    match signature.kind {
        kenin_facts::SignatureKind::Signature => "sig",
        kenin_facts::SignatureKind::DocumentTimestamp => "dts",
        _ => "other",
    }
}

/// Digest and signature value hold, whatever trust and format say. What a document timestamp digests is the document,
/// so its imprint counts too.
pub fn crypto_ok_of(signature: &SignatureReport) -> bool {
    let imprint = signature.imprint.is_none_or(|imprint| imprint == ImprintReport::Intact);
    value_and_digest(signature) && imprint
}

fn value_and_digest(signature: &SignatureReport) -> bool {
    signature.integrity.signature_value == ValueReport::Intact
        && signature.integrity.signed_data == SignedDataReport::Intact
}

pub fn conclusion(signature: &SignatureReport) -> String {
    let indication = signature.indication.total();
    signature.sub_indication.map_or_else(|| indication.to_owned(), |sub| format!("{indication}/{sub}"))
}

/// pyHanko's `SignatureCoverageLevel` in the words of the report.
fn coverage_by_pyhanko(name: &str) -> &str {
    match name {
        "ENTIRE_FILE" => "entire-file",
        "ENTIRE_REVISION" => "entire-revision",
        "CONTIGUOUS_BLOCK_FROM_START" => "partial",
        "UNCLEAR" => "unclear",
        other => other,
    }
}

/// As the report writes it.
pub fn name_of(value: &impl Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

/// `SHA3-256`, `sha3_256` and `SHA3256` are one name.
fn digest_name(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}
