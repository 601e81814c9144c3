//! One signature's entry of the report.

use std::sync::Arc;

use kenin_base::{Finding, FindingCode, UtcTime};
use kenin_facts::{
    Facts, ImprintStatus, Rect, Signature, SignatureFormat, SignatureKind, SignaturePolicy, SignedDataStatus, Signer,
    XmlPlacement, XmlReference,
};
use kenin_hpki::CertificateKind;
use kenin_validation::{JudgedModification, PathLink, Proofs, SignatureValidation, TimestampValidation, ValueStatus};
use kenin_x509::Certificate;

use crate::assessment::{
    Embedded, Judged, SignerRoles, Subject, axes, claimed_level, evidence_not_covered, grade, level_names, next_level,
    preservation, reached_level,
};
use crate::build::{finding, is_profile_finding, requirement, sources};
use crate::build_details::{Named, anchor, proof, proven_by, signature_details};
use crate::report::{
    CertificateReport, ImprintReport, IntegrityReport, ModificationReport, ModificationStatus, ProfileReport,
    ReferenceReport, RoleReport, SignaturePolicyReport, SignatureReport, SignedDataReport, SignerReport,
    TimestampReport, ValueReport, WantedEvidence, XmlReport,
};

/// Places where a certificate of a path was found that its entry names.
const SOURCES_OF_A_LINK: usize = 16;

/// What one entry is built from.
pub(crate) struct SignatureInputs<'a> {
    pub facts: &'a Facts,
    pub embedded: &'a Embedded<'a>,
    pub signature: &'a Signature,
    pub validated: &'a SignatureValidation,
    pub proofs: &'a Proofs,
    pub named: &'a Named<'a>,
    pub roles: &'a SignerRoles,
    pub requirements: &'a [Judged],
    pub time: UtcTime,
}

/// The entry but for the checks, which others are built from as well.
pub(crate) fn build_signature(inputs: &SignatureInputs<'_>) -> SignatureReport {
    let SignatureInputs { facts, embedded, signature, validated, proofs, named, roles, requirements, time } = *inputs;
    let findings = findings_of(signature, validated, roles);
    let profile: Vec<FindingCode> = {
        let mut codes: Vec<_> = findings.iter().map(|f| f.code).filter(|code| is_profile_finding(*code)).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    };
    let subject = Subject::new(embedded, signature, validated);
    let level = claimed_level(&subject);
    let signer = signature.signer();
    let imprint = signature.token.as_ref().map(|token| imprint_report(token.imprint.status));
    let best_signature_time = proven_time(signature, validated, time);
    SignatureReport {
        id: signature.id.clone(),
        parent: signature.parent.clone(),
        field: signature.pdf.as_ref().map(|pdf| pdf.field.clone()),
        revision: signature.pdf.as_ref().map(|pdf| pdf.revision).filter(|revision| *revision > 0),
        xml: signature.xml.as_ref().map(xml_report),
        kind: signature.kind,
        format: signature.format,
        level,
        reached_level: reached_level(&subject, level),
        level_names: level_names(&subject, level),
        next_level: next_level(&subject, level),
        indication: validated.conclusion.indication,
        sub_indication: validated.conclusion.sub_indication,
        axes: axes(validated, !profile.is_empty(), requirements),
        integrity: integrity(signature, validated),
        imprint,
        digest_algorithm: digest_algorithm(signature),
        signature_algorithm: signer.map(|signer| signer.signature_algorithm.name.clone()),
        signer: validated.certificate.as_deref().map(|certificate| signer_report(certificate, roles)),
        chain: validated.path.as_ref().map(|path| chain(facts, &path.links)).unwrap_or_default(),
        anchor: validated.path.as_ref().map(|path| path.anchor_name.clone()),
        claimed_signing_time: claimed_time(signature, signer),
        claimed_reason: signature.pdf.as_ref().and_then(|pdf| pdf.reason.clone()),
        claimed_location: signature.pdf.as_ref().and_then(|pdf| pdf.location.clone()),
        signature_policy: signer.and_then(|signer| signer.signature_policy.as_ref()).map(policy_report),
        commitments: signer.map(|signer| signer.commitments.clone()).unwrap_or_default(),
        best_signature_time,
        timestamps: validated.timestamps.iter().map(|timestamp| timestamp_report(inputs, timestamp)).collect(),
        profile: ProfileReport { findings: profile },
        preservation: preservation(validated),
        requirements: requirements.iter().map(|judged| requirement(judged, &validated.checks)).collect(),
        findings: findings.iter().map(finding).collect(),
        checks: Vec::new(),
        anchor_sha256: anchor(validated.path.as_ref()),
        best_signature_time_by: best_signature_time
            .and_then(|_| proven_by(signature, validated, proofs.proof_of_signature(&signature.id).map(proof))),
        evidence_records: named.evidence_records(validated),
        details: signature_details(signature),
    }
}

fn findings_of(signature: &Signature, validated: &SignatureValidation, roles: &SignerRoles) -> Vec<Finding> {
    let token = signature.token.iter().flat_map(|token| &token.findings);
    let mut findings: Vec<Finding> =
        signature.findings.iter().chain(token).chain(&validated.findings).cloned().collect();
    if let Some(certificate) = validated.certificate.as_deref().filter(|_| signature.kind == SignatureKind::Signature) {
        let code = match CertificateKind::of(certificate) {
            CertificateKind::Test => Some(FindingCode::TestCertificate),
            CertificateKind::Authentication => Some(FindingCode::AuthenticationCertificate),
            _ => None,
        };
        let unreadable = roles.unreadable.then_some(FindingCode::HcRoleMalformed);
        let about = |code| Finding::new(code).about(certificate.subject().to_string());
        findings.extend(code.into_iter().chain(unreadable).map(about));
    }
    findings.extend(signing_time(signature));
    let timestamped = validated.timestamps.iter().any(TimestampValidation::stands);
    if validated.conclusion.passed() && timestamped && evidence_not_covered(validated) {
        findings.push(Finding::new(FindingCode::EvidenceNotCovered).about(&signature.id));
    }
    findings
}

/// EN 319 142-1 6.3 forbids the signing-time attribute in PAdES, EN 319 122-1 5.2.1 demands it in CAdES.
fn signing_time(signature: &Signature) -> Option<Finding> {
    let signer = signature.signer.as_ref()?;
    let code = match (signature.format, signer.claimed_signing_time) {
        (SignatureFormat::PAdES, Some(_)) => FindingCode::SigningTimePresent,
        (SignatureFormat::CAdES, None) => FindingCode::SigningTimeMissing,
        _ => return None,
    };
    Some(Finding::new(code).about(&signature.id))
}

fn integrity(signature: &Signature, validated: &SignatureValidation) -> IntegrityReport {
    IntegrityReport {
        signature_value: match validated.integrity.signature_value {
            ValueStatus::Intact => ValueReport::Intact,
            ValueStatus::Broken => ValueReport::Broken,
            ValueStatus::Unknown => ValueReport::Unknown,
        },
        signed_data: signed_data(validated.integrity.signed_data),
        coverage: signature.coverage,
        modifications: validated.modifications.as_ref().map(|judged| judged.iter().map(modification).collect()),
    }
}

fn signed_data(status: SignedDataStatus) -> SignedDataReport {
    match status {
        SignedDataStatus::Intact => SignedDataReport::Intact,
        SignedDataStatus::Broken => SignedDataReport::Broken,
        SignedDataStatus::NotFound => SignedDataReport::NotFound,
    }
}

/// That of the content; an XML signature names it by a URI, which is shown where it is unknown.
fn digest_algorithm(signature: &Signature) -> Option<String> {
    let referenced = signature.xml.as_ref().and_then(|xml| Some(xml.data()?.digest_name().to_owned()));
    referenced.or_else(|| signature.signer().map(|signer| signer.digest_algorithm.name()))
}

fn xml_report(xml: &XmlPlacement) -> XmlReport {
    let reference = |reference: &XmlReference| ReferenceReport {
        kind: reference.kind,
        uri: reference.uri.clone(),
        element: reference.element.clone(),
        media_type: reference.media_type.clone(),
        digest_algorithm: reference.digest_name().to_owned(),
        status: signed_data(reference.status),
    };
    XmlReport { path: xml.path.clone(), part: xml.part, references: xml.references.iter().map(reference).collect() }
}

fn modification(judged: &JudgedModification) -> ModificationReport {
    let made = judged.modification.clone();
    let corners = |rect: Rect| [rect.left, rect.bottom, rect.right, rect.top];
    ModificationReport {
        status: if judged.permitted { ModificationStatus::Allowed } else { ModificationStatus::Suspicious },
        severity: judged.severity,
        rule: made.rule,
        revision: made.revision,
        object: made.object,
        page: made.page,
        rect: made.rect.map(corners),
        page_box: made.page_box.map(corners),
        page_rotate: made.page_box.map(|_| made.page_rotate.degrees()),
        over_text: made.over_text,
        field: made.field,
        what: made.what,
    }
}

fn policy_report(policy: &SignaturePolicy) -> SignaturePolicyReport {
    match policy {
        SignaturePolicy::Implied => SignaturePolicyReport::Implied,
        SignaturePolicy::Identified { id, uri, store_matches, .. } => {
            SignaturePolicyReport::Identified { id: id.clone(), uri: uri.clone(), store_matches: *store_matches }
        }
    }
}

fn imprint_report(status: ImprintStatus) -> ImprintReport {
    match status {
        ImprintStatus::Intact => ImprintReport::Intact,
        ImprintStatus::Broken => ImprintReport::Broken,
        ImprintStatus::NotChecked => ImprintReport::NotChecked,
    }
}

/// Who a certificate says its subject is.
fn signer_report(certificate: &Certificate, roles: &SignerRoles) -> SignerReport {
    let policies = certificate.extensions().certificate_policies.iter().flat_map(|policies| &policies.policies);
    let roles = roles.roles.iter().map(|(role, kind, licence)| RoleReport {
        name: role.text.clone().unwrap_or_default(),
        name_ja: licence.map(|licence| licence.name_ja.to_owned()),
        kind: *kind,
    });
    SignerReport {
        subject: certificate.subject().to_string(),
        issuer: certificate.issuer().to_string(),
        serial: certificate.serial_hex(),
        certificate_sha256: certificate.sha256(),
        not_before: certificate.not_before(),
        not_after: certificate.not_after(),
        policies: policies.map(|policy| policy.policy.to_string()).collect(),
        roles: roles.collect(),
    }
}

/// The certificates of a path. Where each was found is cut: a thousand timestamps of one authority would each name a thousand.
fn chain(facts: &Facts, links: &[PathLink]) -> Vec<CertificateReport> {
    let item = |link: &PathLink| facts.evidence.get(&link.certificate.sha256());
    let report = |link: &PathLink| CertificateReport {
        source: item(link).into_iter().flat_map(sources).take(SOURCES_OF_A_LINK).collect(),
        ..CertificateReport::of(link)
    };
    links.iter().map(report).collect()
}

/// What the signature itself claims: the signing-time attribute, or the PDF dictionary's /M.
fn claimed_time(signature: &Signature, signer: Option<&Signer>) -> Option<UtcTime> {
    if matches!(signature.format, SignatureFormat::Rfc3161 | SignatureFormat::Rfc4998) {
        return None;
    }
    let attribute = signer.and_then(|signer| signer.claimed_signing_time);
    attribute.or_else(|| signature.pdf.as_ref()?.claimed_time)
}

/// A time that is proven, by timestamps, evidence records or the token itself. Everything exists at validation time: that is
/// no proof, whatever other timestamps there are.
fn proven_time(signature: &Signature, validated: &SignatureValidation, time: UtcTime) -> Option<UtcTime> {
    if let Some(token) = &signature.token {
        return token.tst_info.as_ref().map(|t| t.gen_time).filter(|_| validated.conclusion.passed());
    }
    let proven = match signature.kind {
        SignatureKind::EvidenceRecord => validated.conclusion.passed(),
        _ => validated.best_signature_time < time,
    };
    proven.then_some(validated.best_signature_time)
}

fn timestamp_report(inputs: &SignatureInputs<'_>, timestamp: &TimestampValidation) -> TimestampReport {
    let SignatureInputs { facts, signature, proofs, named, .. } = *inputs;
    let found = named.token(&timestamp.id);
    let own = signature.timestamps.iter().find(|own| own.id == timestamp.id).map(|own| &own.token);
    let document = || facts.signatures.iter().find(|other| other.id == timestamp.id)?.token.as_ref();
    let token = own.or_else(document);
    let observed = token.iter().flat_map(|token| &token.findings);
    TimestampReport {
        id: timestamp.id.clone(),
        kind: timestamp.kind,
        gen_time: timestamp.gen_time,
        tsa: timestamp.certificate.as_ref().map(|certificate| certificate.subject().to_string()),
        policy: token.and_then(|token| token.tst_info.as_ref()).map(|info| info.policy.to_string()),
        imprint: imprint_report(timestamp.imprint),
        indication: timestamp.conclusion.indication,
        sub_indication: timestamp.conclusion.sub_indication,
        grade: grade(timestamp),
        anchor: timestamp.path.as_ref().map(|path| path.anchor_name.clone()),
        chain: match (&timestamp.path, &timestamp.certificate) {
            (Some(path), _) => chain(facts, &path.links),
            (None, Some(alone)) => chain(facts, &[PathLink { certificate: alone.clone(), revocation: Vec::new() }]),
            (None, None) => Vec::new(),
        },
        wanted: match timestamp.conclusion.passed() {
            true => Vec::new(),
            false => timestamp.wanted.iter().map(WantedEvidence::of).collect(),
        },
        findings: observed.chain(&timestamp.findings).map(finding).collect(),
        token_sha256: found.map(|(token, _)| token.sha256),
        anchor_sha256: anchor(timestamp.path.as_ref()),
        proven: proofs.proof_of_timestamp(&timestamp.id).map(proof),
        proves: timestamp.conclusion.passed().then(|| Arc::clone(&timestamp.covers)),
        details: found.map(|(_, details)| Arc::clone(details)).unwrap_or_default(),
    }
}
