//! Constructs of deployed files that break readers, each shown on a file that has it: it is noticed, and what it
//! signs is still found intact.

use std::fs;
use std::path::Path;

use kenin::{
    FindingCode, FindingReport, ImprintReport, Report, SignatureReport, SignedDataReport, SuppliedEvidence, ValueReport,
};
use kenin_facts::EvidenceKind;
use kenin_x509::Crl;
use libtest_mimic::Failed;

use crate::run::Outcome;

/// A finding, and a file whose signature has it and verifies.
const IN_SIGNATURES: &[(FindingCode, &str)] = &[
    (FindingCode::BerEncoding, "files/dss/pades/DSS-2025.pdf"),
    (FindingCode::SignedAttributesUnsorted, "files/dss/pades/pades-5-signatures-and-1-document-timestamp.pdf"),
    (FindingCode::AttributeCertificatePresent, "files/dss/pades/adbe_crl_signed.pdf"),
    (FindingCode::SigningCertificateV1, "files/dss/pades/DSS-3298.pdf"),
    (FindingCode::SignedAttributesMissing, "files/dss/pades/DSS-1683.pdf"),
];

/// A finding, and a file whose timestamp has it and fits the signature.
const IN_TIMESTAMPS: &[(FindingCode, &str)] = &[
    (FindingCode::BerEncoding, "files/dss/pades/doc-firmado.pdf"),
    (FindingCode::SignedAttributesUnsorted, "files/dss/pades/TestToSignPDFSHA256_TST_SIG_NOT_FOUND.pdf"),
    (FindingCode::AttributeCertificatePresent, "files/dss/cms/sig_with_atsv2.p7s"),
];

/// A finding, and a file in which it must not end in an intact signature value.
const REFUSED: &[(FindingCode, &str)] =
    &[(FindingCode::AlgorithmMismatch, "files/pyhanko-gen/pades/test_sign_weak_sig_digest_mismatch-ee08a3.pdf")];

/// Noticed, and intact all the same.
pub fn deployed_constructs(outcomes: &[Outcome]) -> Result<(), Failed> {
    let mut wrong = Vec::new();
    for (code, path) in IN_SIGNATURES {
        let shown = report(outcomes, path).signatures.iter().any(|s| has(&s.findings, *code) && intact(s));
        wrong.extend((!shown).then(|| format!("{path}: no intact signature with {code}")));
    }
    for (code, path) in IN_TIMESTAMPS {
        let mut timestamps = report(outcomes, path).signatures.iter().flat_map(|s| &s.timestamps);
        let shown = timestamps.any(|t| has(&t.findings, *code) && t.imprint == ImprintReport::Intact);
        wrong.extend((!shown).then(|| format!("{path}: no fitting timestamp with {code}")));
    }
    for (code, path) in REFUSED {
        let signatures = &report(outcomes, path).signatures;
        // Not computed, or against the format whatever the value says.
        let refuses = |s: &SignatureReport| {
            s.integrity.signature_value != ValueReport::Intact || s.indication.total() == "TOTAL-FAILED"
        };
        let refused = signatures.iter().any(|s| has(&s.findings, *code) && refuses(s));
        wrong.extend((!refused).then(|| format!("{path}: no refused signature with {code}")));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// genTime keeps the fraction it was written with: about one deployed token in four has one.
pub fn fractional_gen_time(outcomes: &[Outcome]) -> Result<(), Failed> {
    let timestamps = reports(outcomes).flat_map(|report| &report.signatures).flat_map(|s| &s.timestamps);
    let times: Vec<String> = timestamps.filter_map(|t| t.gen_time).map(|time| time.to_string()).collect();
    let fractional = times.iter().filter(|time| time.contains('.')).count();
    if fractional > 20 { Ok(()) } else { Err(format!("{fractional} of {} times have a fraction", times.len()).into()) }
}

/// Zeros after the CMS inside /Contents are padding and no finding: nearly every PDF signature has them.
pub fn zero_padding(outcomes: &[Outcome]) -> Result<(), Failed> {
    let pdf = outcomes.iter().filter(|outcome| outcome.row.format == "pades").filter_map(|o| o.report.as_ref().ok());
    let signatures: Vec<&SignatureReport> = pdf.flat_map(|report| &report.signatures).collect();
    let clean = signatures.iter().filter(|s| intact(s) && !has(&s.findings, FindingCode::ContentsTrailingData)).count();
    let whole = signatures.len();
    if clean * 10 > whole * 9 { Ok(()) } else { Err(format!("{clean} of {whole} without trailing data").into()) }
}

/// Certificates, CRLs (of version 1 too) and OCSP responses of the corpus are evidence, whoever issued them.
pub fn evidence_files(corpus: &Path, outcomes: &[Outcome]) -> Result<(), Failed> {
    let (mut wrong, mut version_1) = (Vec::new(), 0);
    for outcome in outcomes {
        let kind = match outcome.row.format.as_str() {
            "cert" => EvidenceKind::Certificate,
            "crl" => EvidenceKind::Crl,
            "ocsp" => EvidenceKind::Ocsp,
            _ => continue,
        };
        let path = &outcome.row.path;
        let octets = fs::read(corpus.join(path)).unwrap();
        if not_evidence(path, &octets) {
            continue;
        }
        let is_kind =
            SuppliedEvidence::read(path, &octets).is_ok_and(|items| items.iter().any(|item| item.kind() == Some(kind)));
        version_1 += usize::from(Crl::parse(&octets).is_ok_and(|crl| is_version_1(&crl)));
        wrong.extend((!is_kind).then(|| format!("{path} is not read as {kind:?}")));
    }
    if wrong.is_empty() && version_1 > 0 {
        Ok(())
    } else {
        Err(format!("{version_1} CRLs of version 1; {} files are unread\n{}", wrong.len(), wrong.join("\n")).into())
    }
}

/// Files that do not hold what their folder says in DER or PEM, or hold it damaged on purpose.
fn not_evidence(path: &str, octets: &[u8]) -> bool {
    // OpenSSL's own format, a certificate followed by trust settings; and base64 without PEM's lines around it.
    let foreign = octets.windows(25).any(|window| window == b"BEGIN TRUSTED CERTIFICATE") || path.ends_with(".ors");
    foreign || DAMAGED.contains(&path)
}

/// Base64 without PEM's lines, a response of a type nobody knows, and two bundles with something else between the
/// certificates.
const DAMAGED: &[&str] = &[
    "files/dss/crl/infinite-loop.crl",
    "files/pyca/ocsp/resp-response-type-unknown-oid.der",
    "files/openssl/cert/cert-key-cert.pem",
    "files/pyca/cert/cryptography.io.chain_with_garbage.pem",
];

/// A TBSCertList that begins with its AlgorithmIdentifier instead of a version (RFC 5280 5.1.2.1).
fn is_version_1(crl: &Crl) -> bool {
    let header = match crl.tbs()[1] {
        long @ 0x81.. => 2 + usize::from(long & 0x7f),
        _ => 2,
    };
    crl.tbs()[header] == 0x30
}

/// OCSP responses inside SignedData, as RFC 5940 puts them there.
pub fn ocsp_inside_signed_data(outcomes: &[Outcome]) -> Result<(), Failed> {
    let evidence = reports(outcomes).flat_map(|report| &report.evidence).filter(|item| item.kind == EvidenceKind::Ocsp);
    let inside = evidence.filter(|item| item.source.iter().any(|source| source.starts_with("signed-data"))).count();
    if inside > 0 { Ok(()) } else { Err("no OCSP response was found inside SignedData".into()) }
}

fn reports(outcomes: &[Outcome]) -> impl Iterator<Item = &Report> {
    outcomes.iter().filter_map(|outcome| outcome.report.as_ref().ok())
}

fn report<'o>(outcomes: &'o [Outcome], path: &str) -> &'o Report {
    let outcome = outcomes.iter().find(|outcome| outcome.row.path == path);
    outcome.unwrap_or_else(|| panic!("{path} is not in the corpus")).report.as_ref().unwrap()
}

fn has(findings: &[FindingReport], code: FindingCode) -> bool {
    findings.iter().any(|finding| finding.code == code)
}

fn intact(signature: &SignatureReport) -> bool {
    signature.integrity.signature_value == ValueReport::Intact
        && signature.integrity.signed_data == SignedDataReport::Intact
}
