//! XAdES signatures: what EU DSS, the only verifier of the corpus that reads them, says of each, beside ours.
//!
//! What makes it true or false is the digest of every reference and the signature value. Evidence records in XAdES are not
//! read yet: their timestamps are left out, and levels that rest on them are exceptions.

use std::collections::BTreeSet;
use std::path::Path;

use kenin::{
    FindingCode, ImprintReport, Report, SignatureReport, SignedDataReport, TimestampKind, TimestampReport, UtcTime,
    ValueReport, Verdict, XmlReferenceKind,
};
use libtest_mimic::Failed;
use serde_json::Value;

use crate::agreement::{Fact, Kind, about_file, conclusion, crypto_ok_of};
use crate::corpus::none;
use crate::expected::oracles;
use crate::run::Outcome;

/// Signature wrapping: each with its sub-indication and the finding that says it.
const WRAPPING: &[(&str, &str, FindingCode)] = &[
    ("files/dss/xades/XSW-enveloped-fake-signedProperties.xml", "FORMAT_FAILURE", FindingCode::ReferenceTypeMismatch),
    ("files/dss/xades/XSW-enveloping-fake-manifest.xml", "FORMAT_FAILURE", FindingCode::ReferenceTypeMismatch),
    ("files/dss/xades/XSW-enveloping-fake-object.xml", "FORMAT_FAILURE", FindingCode::ReferenceTypeMismatch),
];

/// Documents with a document type declaration: an entity of a local file, and one that unfolds to gigabytes.
const TYPE_DECLARATIONS: &[&str] =
    &["files/dss/xades/xades-with-dtd-injection.xml", "files/dss/xades/xml_expansion.xml"];

/// Everything that EU DSS says about a XAdES file and that can be told from the document alone.
pub fn facts(folder: &Path, outcomes: &[Outcome]) -> Vec<Fact> {
    let oracles = oracles(folder);
    let nothing = Value::Null;
    let said = |path: &str| oracles.get(path).map_or(&nothing, |oracle| &oracle["dss_run"]);
    of_format(outcomes).flat_map(|outcome| facts_of(outcome, said(&outcome.row.path))).collect()
}

/// What fails shows it where the sub-indication says: the reference, the value, the missing data, or the form.
pub fn failures_have_their_reasons(outcomes: &[Outcome]) -> Result<(), Failed> {
    let reports = of_format(outcomes).filter_map(|outcome| Some((&outcome.row.path, outcome.report.as_ref().ok()?)));
    let signatures = reports.flat_map(|(path, report)| report.signatures.iter().map(move |s| (path, s)));
    let without = signatures.filter(|(_, signature)| !shows_its_failure(signature));
    none(without.map(|(path, signature)| {
        let codes: Vec<FindingCode> = signature.findings.iter().map(|finding| finding.code).collect();
        format!("{path} {}: {}: {:?}, {codes:?}", signature.id, conclusion(signature), signature.integrity)
    }))
}

/// No wrapped signature holds, and each fails for what is wrapped.
pub fn wrapping_fails(outcomes: &[Outcome]) -> Result<(), Failed> {
    none(WRAPPING.iter().filter_map(|(path, sub, code)| {
        let outcome = outcomes.iter().find(|outcome| outcome.row.path == *path);
        let report = outcome.and_then(|outcome| outcome.report.as_ref().ok());
        let Some(report) = report else { return Some(format!("{path}: no report")) };
        let fails =
            |s: &SignatureReport| s.sub_indication.is_some_and(|found| found.to_string() == *sub) && has(s, &[*code]);
        let said = || report.signatures.iter().map(conclusion).collect::<Vec<_>>().join(", ");
        let all_fail = !report.signatures.is_empty() && report.signatures.iter().all(fails);
        (!all_fail).then(|| format!("{path}: {}, expected {sub} for {code:?}", said()))
    }))
}

/// Members of a Manifest count: where one is not at hand or does not fit, what was signed is not called intact.
pub fn members_count(outcomes: &[Outcome]) -> Result<(), Failed> {
    let reports = of_format(outcomes).filter_map(|outcome| Some((&outcome.row.path, outcome.report.as_ref().ok()?)));
    let signatures = reports.flat_map(|(path, report)| report.signatures.iter().map(move |s| (path, s)));
    let lacking = |signature: &SignatureReport| {
        let references = signature.xml.iter().flat_map(|xml| &xml.references);
        let mut members = references.filter(|reference| reference.kind == XmlReferenceKind::ManifestMember);
        members.any(|member| member.status != SignedDataReport::Intact)
    };
    let lacking: Vec<_> = signatures.filter(|(_, signature)| lacking(signature)).collect();
    if lacking.is_empty() {
        return Err("no signature with a member that is missing".into());
    }
    let called_intact = lacking.iter().filter(|(_, s)| s.integrity.signed_data == SignedDataReport::Intact);
    none(called_intact.map(|(path, signature)| format!("{path} {}: {}", signature.id, conclusion(signature))))
}

/// Nothing is said of a document that could define its content anew.
pub fn type_declarations_are_refused(outcomes: &[Outcome]) -> Result<(), Failed> {
    let refused = |report: &Report| {
        report.verdict == Verdict::Indeterminate
            && report.signatures.is_empty()
            && report.findings.iter().any(|finding| finding.code == FindingCode::XmlDtd)
    };
    let documents = outcomes.iter().filter(|outcome| TYPE_DECLARATIONS.contains(&outcome.row.path.as_str()));
    let read = documents.filter(|outcome| !outcome.report.as_ref().is_ok_and(refused));
    none(read.map(|outcome| format!("{}: {:?}", outcome.row.path, outcome.report.as_ref().map(|r| r.verdict))))
}

fn of_format(outcomes: &[Outcome]) -> impl Iterator<Item = &Outcome> {
    outcomes.iter().filter(|outcome| outcome.row.format == "xades")
}

fn facts_of(outcome: &Outcome, dss: &Value) -> Vec<Fact> {
    let consensus = &outcome.row.consensus;
    let counted = |report: &Report| report.signatures.len().to_string();
    let count = consensus.n_signatures;
    let count = count.map(|count| about_file(outcome, Kind::XadesSignatureCount, count.to_string(), counted));
    let mut facts: Vec<Fact> = count.into_iter().collect();
    let oks = consensus.crypto_ok.as_ref().and_then(Value::as_array);
    for (at, ok) in oks.into_iter().flatten().enumerate() {
        // Where EU DSS has no certificate it does not know.
        let Some(ok) = ok.as_bool() else { continue };
        let core = |signature: &SignatureReport| core_validation(signature).to_string();
        facts.push(about(outcome, Kind::XadesCryptoOk, at, ok.to_string(), core));
        let failure = dss["signatures"][at]["subindication"].as_str().filter(|_| !ok);
        facts.extend(failure.map(|failure| about(outcome, Kind::XadesFailure, at, failure.to_owned(), failure_of)));
    }
    for (at, level) in consensus.dss_levels.iter().enumerate() {
        facts.push(about(outcome, Kind::XadesLevel, at, of_eu_dss(level).to_owned(), level_of));
    }
    facts.extend(imprints(outcome, dss));
    facts
}

/// What `crypto_ok` says of an XML signature is core validation (XMLDSig 1.1 3.2): the References of SignedInfo and the
/// value over it. Members of a Manifest are not part of it (5.1): kenin asks for them, too, and EU DSS reports them apart.
fn core_validation(signature: &SignatureReport) -> bool {
    let Some(xml) = &signature.xml else { return crypto_ok_of(signature) };
    let mut core =
        xml.references.iter().filter(|reference| reference.kind != XmlReferenceKind::ManifestMember).peekable();
    signature.integrity.signature_value == ValueReport::Intact
        && core.peek().is_some()
        && core.all(|reference| reference.status == SignedDataReport::Intact)
}

/// About one signature: EU DSS lists them in document order, counter-signatures behind the one they are for, as we do.
fn about(outcome: &Outcome, kind: Kind, at: usize, expected: String, say: impl Fn(&SignatureReport) -> String) -> Fact {
    let found = || {
        let report = outcome.report.as_ref().map_err(Clone::clone)?;
        report.signatures.get(at).ok_or_else(|| "no such signature".to_owned())
    };
    Fact {
        kind,
        path: outcome.row.path.clone(),
        field: (at + 1).to_string(),
        expected,
        actual: found().map_or_else(|why| why, say),
        conclusion: found().map_or_else(|_| "-".to_owned(), conclusion),
    }
}

/// Every timestamp that EU DSS names, by its property and its time.
fn imprints(outcome: &Outcome, dss: &Value) -> Vec<Fact> {
    let signatures = outcome.report.iter().flat_map(|report| &report.signatures);
    let timestamps: Vec<&TimestampReport> = signatures.flat_map(|signature| &signature.timestamps).collect();
    let mut taken = BTreeSet::new();
    let mut facts = Vec::new();
    for said in dss["timestamps"].as_array().into_iter().flatten() {
        let name = said["type"].as_str().unwrap_or_default();
        let time = said["time"].as_str().and_then(|time| UtcTime::parse(time).ok());
        let (Some(kind), Some(time)) = (kind_of(name), time) else { continue };
        let fits = |t: &&&TimestampReport| t.kind == kind && t.gen_time == Some(time) && !taken.contains(&t.id);
        let found = timestamps.iter().find(fits).copied();
        taken.extend(found.map(|found| found.id.clone()));
        let expected = match (said["imprint_found"].as_bool(), said["imprint_intact"].as_bool()) {
            (Some(true), Some(intact)) => intact.to_string(),
            _ => "not checked".to_owned(),
        };
        facts.push(Fact {
            kind: Kind::XadesImprintOk,
            path: outcome.row.path.clone(),
            field: format!("{name} {time}"),
            expected,
            actual: found.map_or("no such timestamp", |found| imprint_ok_of(found.imprint)).to_owned(),
            conclusion: found.map_or_else(|| "-".to_owned(), conclusion_of_timestamp),
        });
    }
    facts
}

fn kind_of(name: &str) -> Option<TimestampKind> {
    Some(match name {
        "ALL_DATA_OBJECTS_TIMESTAMP" | "INDIVIDUAL_DATA_OBJECTS_TIMESTAMP" => TimestampKind::Content,
        "SIGNATURE_TIMESTAMP" => TimestampKind::Signature,
        "VALIDATION_DATA_TIMESTAMP" => TimestampKind::CadesC,
        "VALIDATION_DATA_REFSONLY_TIMESTAMP" => TimestampKind::CertsCrls,
        "ARCHIVE_TIMESTAMP" => TimestampKind::XadesArchive,
        _ => return None,
    })
}

fn imprint_ok_of(imprint: ImprintReport) -> &'static str {
    match imprint {
        ImprintReport::Intact => "true",
        ImprintReport::Broken => "false",
        ImprintReport::NotChecked => "not checked",
    }
}

pub fn conclusion_of_timestamp(timestamp: &TimestampReport) -> String {
    let indication = timestamp.indication.block();
    timestamp.sub_indication.map_or_else(|| indication.to_owned(), |sub| format!("{indication}/{sub}"))
}

fn failure_of(signature: &SignatureReport) -> String {
    signature.sub_indication.map_or_else(|| "none".to_owned(), |sub| sub.to_string())
}

/// EU DSS's name of a level in the words of the report.
fn of_eu_dss(name: &str) -> &str {
    match name {
        "XML-NOT-ETSI" => "none",
        "XAdES-XL" => "XAdES-X-L",
        "XAdES-ERS" => "XAdES-E-ERS",
        other => other,
    }
}

fn level_of(signature: &SignatureReport) -> String {
    let mut names = signature.level_names.iter();
    names.find(|name| name.starts_with("XAdES-")).map_or("none", String::as_str).to_owned()
}

fn shows_its_failure(signature: &SignatureReport) -> bool {
    let integrity = &signature.integrity;
    let is_broken = integrity.signed_data == SignedDataReport::Broken;
    let lacks = [
        FindingCode::ContentMissing,
        FindingCode::ReferenceNotFound,
        FindingCode::TransformRefused,
        FindingCode::UnknownDigestAlgorithm,
    ];
    let misshapen = [
        FindingCode::Malformed,
        FindingCode::AttributeMalformed,
        FindingCode::DuplicateId,
        FindingCode::ReferenceTypeMismatch,
        FindingCode::ContentAndExternalContent,
    ];
    match failure_of(signature).as_str() {
        "HASH_FAILURE" => is_broken,
        "SIG_CRYPTO_FAILURE" => integrity.signature_value == ValueReport::Broken && !is_broken,
        "SIGNED_DATA_NOT_FOUND" => integrity.signed_data == SignedDataReport::NotFound && has(signature, &lacks),
        "FORMAT_FAILURE" => has(signature, &misshapen),
        // Whose key would have to verify it is open.
        "NO_SIGNING_CERTIFICATE_FOUND" => !is_broken,
        _ => !is_broken && integrity.signature_value != ValueReport::Broken,
    }
}

fn has(signature: &SignatureReport, codes: &[FindingCode]) -> bool {
    signature.findings.iter().any(|finding| codes.contains(&finding.code))
}
