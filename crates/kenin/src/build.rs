//! Facts, validation and assessment put together into a report. Nothing is decided here.

use kenin_base::{Finding, FindingCode, Sha256, UtcTime};
use kenin_facts::{EvidenceItem, EvidenceSource, Facts, Problem, Signature, SignatureKind};
use kenin_policy::{Policy, TrustProfile};
use kenin_validation::{Check, Conclusion, Indication, Proofs, SignatureValidation, Validation, Wanted};
use kenin_x509::{AD_CA_ISSUERS, AD_OCSP, Certificate, CertificateCache, DistributionPointName, GeneralName};

use crate::assessment::{
    Embedded, Entry, Judged, SignerRoles, judge_document, judge_requirements, preservation, roles_of,
};
use crate::build_details::{Named, proof};
use crate::build_signature::{SignatureInputs, build_signature};
use crate::report::{
    CheckReport, DocumentReport, ErrorReport, EvidenceReport, FindingReport, Report, RequirementReport,
    SignatureReport, TimeSource, Tool, Verdict, WantedEvidence,
};
use crate::verification_id::verification_id;

/// Builds the report of a judged document; its messages are empty until [`Report::localise`].
pub(crate) fn build_report(
    facts: &Facts,
    validation: Validation,
    trust: &TrustProfile,
    policy: &Policy,
    time: UtcTime,
    time_source: TimeSource,
    certificates: &CertificateCache,
) -> Report {
    let guideline = policy.guideline.is_some();
    let roles = |validated: &SignatureValidation| validated.certificate.as_deref().map(roles_of).unwrap_or_default();
    let roles: Vec<SignerRoles> = validation.signatures.iter().map(roles).collect();
    let judged: Vec<Vec<Judged>> = facts
        .signatures
        .iter()
        .zip(&validation.signatures)
        .zip(&roles)
        .map(|((signature, validated), roles)| {
            if guideline && signature.kind == SignatureKind::Signature {
                let judged = requirements_of(signature, validated, roles, policy);
                let limited = facts.problem == Some(Problem::LimitExceeded);
                // What a broken signature shows it shows all the same.
                let open = limited && validated.conclusion.indication != Indication::Failed;
                if open { judged.into_iter().map(Judged::of_a_part).collect() } else { judged }
            } else {
                Vec::new()
            }
        })
        .collect();
    let pairs = || facts.signatures.iter().zip(&validation.signatures).zip(&judged);
    let entries: Vec<Entry<'_>> = pairs()
        .map(|((signature, validated), requirements)| Entry {
            kind: signature.kind,
            part: signature.xml.as_ref().and_then(|xml| Some((xml.part?, holder(&xml.path)))),
            indication: validated.conclusion.indication,
            requirements,
        })
        .collect();
    let unsigned = facts.findings.iter().any(|finding| finding.code == FindingCode::RecordPartUnsigned);
    let outcome = judge_document(&entries, guideline, unsigned);
    let embedded = Embedded::of(facts, &validation, certificates);
    let named = Named::of(facts);
    let signatures: Vec<SignatureReport> = pairs()
        .zip(&roles)
        .map(|(((signature, validated), requirements), roles)| {
            let (embedded, named) = (&embedded, &named);
            let proofs = &validation.proofs;
            build_signature(&SignatureInputs {
                facts,
                embedded,
                signature,
                validated,
                proofs,
                named,
                roles,
                requirements,
                time,
            })
        })
        .collect();
    let problem = facts.problem.map(problem_code);
    let revisions = facts.signatures.iter().filter_map(|signature| signature.pdf.as_ref()).map(|pdf| pdf.revisions);
    let mut report = Report {
        schema: "kenin-report/1",
        verification_id: String::new(),
        tool: tool(trust, policy),
        validation_time: time,
        time_source,
        document: DocumentReport {
            path: None,
            path_bytes: None,
            size: Some(facts.document.size),
            sha256: Some(facts.document.sha256),
            format: facts.document.format,
            content: facts.document.content,
            content_path: None,
            revisions: revisions.max().filter(|revisions| *revisions > 0),
        },
        verdict: with_problem(outcome.verdict, facts.problem),
        conformity: outcome.conformity,
        error: problem.map(|code| ErrorReport {
            code: code.to_owned(),
            message: String::new(),
            reason: None,
            offset: None,
        }),
        signatures,
        evidence: facts.evidence.iter().map(|(sha256, item)| evidence(*sha256, item, &validation.proofs)).collect(),
        findings: facts.findings.iter().chain(&validation.findings).map(finding).collect(),
        requirements: outcome.requirements.iter().map(|judged| requirement(judged, &[])).collect(),
        wanted: wanted(&validation),
    };
    for (entry, validated) in report.signatures.iter_mut().zip(validation.signatures) {
        entry.checks = validated.checks.into_iter().map(check_report).collect();
    }
    Report { verification_id: verification_id(&report), ..report }
}

impl Report {
    /// A report about a document that could not be read at all. `code` is stable: `io`, `usage` or `internal`.
    pub fn error(trust: &TrustProfile, policy: &Policy, time: UtcTime, source: TimeSource, code: &str) -> Self {
        let report = Self {
            schema: "kenin-report/1",
            verification_id: String::new(),
            tool: tool(trust, policy),
            validation_time: time,
            time_source: source,
            document: DocumentReport {
                path: None,
                path_bytes: None,
                size: None,
                sha256: None,
                format: kenin_facts::DocumentFormat::Other,
                content: None,
                content_path: None,
                revisions: None,
            },
            verdict: Verdict::Error,
            conformity: crate::report::Conformity::NotAssessed,
            error: Some(ErrorReport { code: code.to_owned(), message: String::new(), reason: None, offset: None }),
            signatures: Vec::new(),
            evidence: Vec::new(),
            findings: Vec::new(),
            requirements: Vec::new(),
            wanted: Vec::new(),
        };
        Self { verification_id: verification_id(&report), ..report }
    }
}

fn tool(trust: &TrustProfile, policy: &Policy) -> Tool {
    Tool {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        policy: policy.name.clone(),
        policy_sha256: policy.sha256,
        trust: trust.name.clone(),
        trust_sha256: trust.sha256,
    }
}

/// What could not be read may hold anything: it turns every answer but `invalid` into `indeterminate`
/// (verdicts rule 12).
fn with_problem(verdict: Verdict, problem: Option<Problem>) -> Verdict {
    match problem {
        Some(_) if verdict != Verdict::Invalid => Verdict::Indeterminate,
        _ => verdict,
    }
}

fn problem_code(problem: Problem) -> &'static str {
    match problem {
        Problem::EncryptedNeedsPassword => "encrypted-needs-password",
        Problem::LimitExceeded => "limit-exceeded",
        _ => "unsupported-format",
    }
}

fn requirements_of(
    signature: &Signature,
    validated: &SignatureValidation,
    roles: &SignerRoles,
    policy: &Policy,
) -> Vec<Judged> {
    let lasting = preservation(validated);
    let purpose = validated.path.as_ref().and_then(|path| path.purpose);
    judge_requirements(signature, validated, purpose, roles, &lasting, policy)
}

/// The element that a signature is in, by the path of the signature.
fn holder(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(above, _)| above)
}

/// A requirement for the report, with the checks among `checks` that it rests on.
pub(crate) fn requirement(judged: &Judged, checks: &[Check]) -> RequirementReport {
    let rests_on: &[&str] = match judged.id {
        "14-1-1(1)" => &["format-checking", "cryptographic-verification", "signing-certificate-identification"],
        "14-1-1(2)" => &["x509-certificate-validation"],
        "14-1-2" | "14-1-2(1)" => &["timestamp-validation"],
        "14-1-3" => &["best-signature-time"],
        _ => &[],
    };
    RequirementReport {
        id: judged.id,
        title: String::new(),
        status: judged.status,
        blocking: judged.blocking,
        route: judged.route,
        signatures: judged.looked_at.clone(),
        reason: judged.reason,
        message: String::new(),
        checks: checks.iter().filter(|check| rests_on.contains(&check.id.0)).map(alone).collect(),
    }
}

pub(crate) fn finding(finding: &Finding) -> FindingReport {
    let Finding { code, subject, span, params } = finding.clone();
    FindingReport { code, subject, span, params, message: String::new() }
}

/// Without the checks it is made of.
fn alone(check: &Check) -> CheckReport {
    let Check { id, status, rule, params, facts, children: _ } = check;
    let (params, facts) = (params.clone(), facts.clone());
    CheckReport { id: *id, status: *status, rule, params, facts, message: String::new(), children: Vec::new() }
}

fn check_report(check: Check) -> CheckReport {
    let Check { id, status, rule, params, facts, children } = check;
    let children = children.into_iter().map(check_report).collect();
    CheckReport { id, status, rule, params, facts, message: String::new(), children }
}

fn evidence(sha256: Sha256, item: &EvidenceItem, proofs: &Proofs) -> EvidenceReport {
    EvidenceReport {
        sha256,
        kind: item.kind,
        source: sources(item).collect(),
        proven: proofs.proof_of_evidence(&sha256).map(proof),
    }
}

/// Where an object was found, as the report writes it.
pub(crate) fn sources(item: &EvidenceItem) -> impl Iterator<Item = String> {
    let write = |source: &EvidenceSource| match source {
        EvidenceSource::SignedData { signature } => format!("signed-data:{signature}"),
        EvidenceSource::KeyInfo { signature } => format!("key-info:{signature}"),
        EvidenceSource::UnsignedAttribute { signature } => format!("unsigned-attribute:{signature}"),
        EvidenceSource::Dss { revision } => format!("dss:{revision}"),
        EvidenceSource::Supplied { from, .. } => format!("supplied:{from}"),
        EvidenceSource::TrustProfile => "trust-profile".to_owned(),
    };
    item.sources.iter().map(write)
}

fn wanted(validation: &Validation) -> Vec<WantedEvidence> {
    let open = validation.signatures.iter().filter(|validated| validated.conclusion != Conclusion::PASSED);
    let mut wanted: Vec<WantedEvidence> =
        open.flat_map(|validated| &validated.wanted).map(WantedEvidence::of).collect();
    wanted.sort();
    wanted.dedup();
    wanted
}

impl WantedEvidence {
    /// What a validation missed, with the places its issuer names.
    pub fn of(wanted: &Wanted) -> Self {
        let access = |certificate: &Certificate, method| {
            let descriptions = certificate.extensions().authority_info_access.iter().filter(|d| d.method == method);
            uris(descriptions.map(|d| &d.location)).collect::<Vec<_>>()
        };
        match wanted {
            Wanted::Revocation(certificate) => {
                let points = certificate.extensions().crl_distribution_points.iter();
                let names = points.filter_map(|point| match &point.name {
                    Some(DistributionPointName::FullName(names)) => Some(names),
                    _ => None,
                });
                Self::Revocation {
                    certificate: certificate.sha256(),
                    subject: certificate.subject().to_string(),
                    crl_uris: uris(names.flatten()).collect(),
                    ocsp_uris: access(certificate, AD_OCSP),
                }
            }
            Wanted::Issuer(certificate) => Self::Issuer {
                certificate: certificate.sha256(),
                issuer: certificate.issuer().to_string(),
                uris: access(certificate, AD_CA_ISSUERS),
            },
        }
    }
}

fn uris<'n>(names: impl Iterator<Item = &'n GeneralName>) -> impl Iterator<Item = String> {
    names.filter_map(|name| match name {
        GeneralName::Uri(uri) => Some(uri.clone()),
        _ => None,
    })
}

/// Whether a finding speaks about conformance to the format's profile rather than about trust.
pub(crate) fn is_profile_finding(code: FindingCode) -> bool {
    matches!(
        code,
        FindingCode::SigningTimePresent
            | FindingCode::SigningTimeMissing
            | FindingCode::SigningCertificateAttributeMissing
            | FindingCode::SigningCertificateIssuerSerialMismatch
            | FindingCode::SignedAttributesMissing
            | FindingCode::SignedAttributesUnsorted
            | FindingCode::SignedAttributesResorted
            | FindingCode::SeveralSignerInfos
            | FindingCode::NonMinimalEncoding
            | FindingCode::SubFilterUnsupported
            | FindingCode::PadesCertEntry
            | FindingCode::PadesDateMissing
            | FindingCode::SignedPropertiesNotSigned
            | FindingCode::QualifyingPropertiesTarget
            | FindingCode::QualifyingPropertiesTargetMissing
            | FindingCode::SignedPropertiesType
            | FindingCode::DataObjectFormatMalformed
            | FindingCode::SeveralTokensInTimestamp
    )
}
