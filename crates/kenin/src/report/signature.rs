use std::collections::BTreeMap;
use std::sync::Arc;

use kenin_base::{FindingCode, Oid, Sha256, Span, UtcTime};
use kenin_facts::{Coverage, Covered, ModificationRule, SignatureFormat, SignatureKind, TimestampKind};
use kenin_policy::Severity;
use kenin_validation::{CheckId, CheckStatus, ConsideredDatum, Indication, PathLink, SubIndication};
use serde::{Serialize, Serializer};

use super::{
    AxisStatus, EvidenceRecordReport, Grade, Level, NextLevelReport, ProofReport, RequirementReport, SignatureDetails,
    WantedEvidence, XmlReport,
};

/// One signature, document timestamp, counter-signature or stand-alone timestamp.
#[derive(Clone, Debug, Serialize)]
pub struct SignatureReport {
    /// Unique in the document.
    pub id: String,
    /// The signature that a counter-signature signs.
    pub parent: Option<String>,
    /// PDF: fully qualified field name.
    pub field: Option<String>,
    /// PDF: the revision it was made in, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    /// XML: where it is and what it references.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub xml: Option<XmlReport>,
    /// What it is.
    pub kind: SignatureKind,
    /// The format its structure claims.
    pub format: SignatureFormat,
    /// The level its structure claims.
    pub level: Level,
    /// The level it reaches as validated.
    pub reached_level: Level,
    /// What standards call the claimed level; empty for none.
    pub level_names: Vec<String>,
    /// The next level up and what the document lacks for it; absent where there is no level, or no higher one.
    pub next_level: Option<NextLevelReport>,
    /// The main indication (EN 319 102-1).
    pub indication: Indication,
    /// Why it did not pass.
    pub sub_indication: Option<SubIndication>,
    /// The four axes.
    pub axes: Axes,
    /// Digest, signature value and coverage.
    pub integrity: IntegrityReport,
    /// The message imprint of a timestamp or document timestamp.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imprint: Option<ImprintReport>,
    /// The digest algorithm's standard name.
    pub digest_algorithm: Option<String>,
    /// The signature algorithm's standard name.
    pub signature_algorithm: Option<String>,
    /// Who signed; absent when the certificate is not identified.
    pub signer: Option<SignerReport>,
    /// The certification path from the signer to the anchor, without the anchor's own revocation.
    pub chain: Vec<CertificateReport>,
    /// Name of the trust anchor that the path ends at.
    pub anchor: Option<String>,
    /// The signing time the signature claims; never believed.
    pub claimed_signing_time: Option<UtcTime>,
    /// /Reason of a PDF signature: a claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claimed_reason: Option<String>,
    /// /Location of a PDF signature: a claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claimed_location: Option<String>,
    /// The policy under which the signature says it was made; not applied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature_policy: Option<SignaturePolicyReport>,
    /// What the signer says the signature commits to: identifiers of commitment types.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub commitments: Vec<Oid>,
    /// The earliest time at which the signature is proven to have existed.
    pub best_signature_time: Option<UtcTime>,
    /// Its timestamps, document timestamps over it included.
    pub timestamps: Vec<TimestampReport>,
    /// Conformance to the format's profile.
    pub profile: ProfileReport,
    /// Until when it can be verified and when to renew.
    pub preservation: PreservationReport,
    /// The guideline's requirements, judged for this signature alone.
    pub requirements: Vec<RequirementReport>,
    /// What was noticed.
    pub findings: Vec<FindingReport>,
    /// The tree of checks.
    pub checks: Vec<CheckReport>,
    /// SHA-256 pin of the trust anchor that the path ends at. Not part of the report's JSON.
    #[serde(skip)]
    pub anchor_sha256: Option<Sha256>,
    /// Id of the timestamp that proves `best_signature_time`; a token's own for itself. Not part of the report's JSON.
    #[serde(skip)]
    pub best_signature_time_by: Option<String>,
    /// The evidence records over it; of an evidence record on its own, that one. Not part of the report's JSON.
    #[serde(skip)]
    pub evidence_records: Vec<EvidenceRecordReport>,
    /// What it holds in octets. Not part of the report's JSON.
    #[serde(skip)]
    pub details: SignatureDetails,
}

/// The policy under which a signature says it was made (EN 319 122-1 5.2.9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "form")]
pub enum SignaturePolicyReport {
    /// The context implies it.
    Implied,
    /// It is named.
    Identified {
        /// Its identifier: an OID, or in XAdES also another URI.
        id: String,
        /// Where it can be had.
        uri: Option<String>,
        /// Whether the document stored with the signature is the one signed for; `null` where there is no telling.
        store_matches: Option<bool>,
    },
}

/// The four axes of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Axes {
    /// Are the bytes what was signed?
    pub integrity: AxisStatus,
    /// Who, when, and trusted how?
    pub identity: AxisStatus,
    /// Does it follow its format's profile?
    pub profile: AxisStatus,
    /// Does the certificate show the licence asked for?
    pub licence: AxisStatus,
}

/// Digest, signature value and coverage.
#[derive(Clone, Debug, Serialize)]
pub struct IntegrityReport {
    /// Whether the signature value verifies.
    pub signature_value: ValueReport,
    /// Whether the signed content is unchanged.
    pub signed_data: SignedDataReport,
    /// How much of the document is covered.
    pub coverage: Coverage,
    /// What changed after signing; `null` where it could not be told, and outside PDF.
    pub modifications: Option<Vec<ModificationReport>>,
}

/// A change after signing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ModificationReport {
    /// Whether the permissions in force allow it.
    pub status: ModificationStatus,
    /// What the policy makes of it.
    pub severity: Severity,
    /// The stable id of the kind of change.
    pub rule: ModificationRule,
    /// The revision that makes it, counted from 1.
    pub revision: u32,
    /// Number and generation of the object that changed.
    pub object: String,
    /// The page it shows on, counted from 1.
    pub page: Option<u32>,
    /// Left, bottom, right and top on the page, in default user space units.
    pub rect: Option<[f64; 4]>,
    /// The visible box of that page as the revision has it: left, bottom, right and top in the same units, before the
    /// page is turned. Absent where `page` is, and where the page does not say it.
    pub page_box: Option<[f64; 4]>,
    /// By how many degrees clockwise the page is turned when it is shown: 0, 90, 180 or 270. Present with `page_box`.
    pub page_rotate: Option<u16>,
    /// Whether that place lies over text of the signed page.
    pub over_text: bool,
    /// The form field concerned.
    pub field: Option<String>,
    /// The path of keys to the value that differs.
    pub what: String,
}

/// Whether a change after signing is permitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ModificationStatus {
    /// The permissions in force allow it.
    Allowed,
    /// They do not, or nobody has said.
    Suspicious,
}

/// Whether a signature value verifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueReport {
    /// It does.
    Intact,
    /// It does not.
    Broken,
    /// It could not be checked.
    Unknown,
}

/// Whether signed content is unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignedDataReport {
    /// It is.
    Intact,
    /// It is not.
    Broken,
    /// It is not at hand.
    NotFound,
}

/// Whether a message imprint fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImprintReport {
    /// It does.
    Intact,
    /// It does not.
    Broken,
    /// The time-stamped bytes are not at hand.
    NotChecked,
}

/// Who signed.
#[derive(Clone, Debug, Serialize)]
pub struct SignerReport {
    /// Subject name (RFC 4514).
    pub subject: String,
    /// Issuer name (RFC 4514).
    pub issuer: String,
    /// Serial number in lowercase hex.
    pub serial: String,
    /// SHA-256 of the certificate.
    pub certificate_sha256: Sha256,
    /// First instant of its validity.
    pub not_before: UtcTime,
    /// Last instant of its validity.
    pub not_after: UtcTime,
    /// Certificate policies.
    pub policies: Vec<String>,
    /// Roles in the certificate.
    pub roles: Vec<RoleReport>,
}

/// A role that a certificate states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleReport {
    /// The text in the certificate.
    pub name: String,
    /// Its Japanese name, for a role of the licence table.
    pub name_ja: Option<String>,
    /// What the licence table says of it.
    pub kind: kenin_hpki::RoleKind,
}

/// One certificate of the path.
#[derive(Clone, Debug, Serialize)]
pub struct CertificateReport {
    /// Its key in the evidence.
    pub certificate_sha256: Sha256,
    /// Subject name.
    pub subject: String,
    /// First instant of its validity.
    pub not_before: UtcTime,
    /// Last instant of its validity.
    pub not_after: UtcTime,
    /// Where it was found: the first 16 places; all of them are in [`Report::evidence`](crate::Report::evidence).
    pub source: Vec<String>,
    /// Every revocation datum that was considered for it.
    pub revocation: Vec<RevocationReport>,
}

impl CertificateReport {
    /// One certificate of a path as it was judged; where it was found is not known here.
    pub fn of(link: &PathLink) -> Self {
        let datum = |datum: &ConsideredDatum| RevocationReport {
            datum_sha256: datum.datum,
            status: datum.status,
            usable: datum.usable,
            why: datum.why.to_owned(),
            this_update: datum.this_update,
            next_update: datum.next_update,
            revocation_date: datum.revocation_date,
        };
        Self {
            certificate_sha256: link.certificate.sha256(),
            subject: link.certificate.subject().to_string(),
            not_before: link.certificate.not_before(),
            not_after: link.certificate.not_after(),
            source: Vec::new(),
            revocation: link.revocation.iter().map(datum).collect(),
        }
    }
}

/// A revocation datum considered for a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RevocationReport {
    /// Its key in the evidence.
    pub datum_sha256: Sha256,
    /// `good`, `revoked`, `on-hold` or `unknown`.
    pub status: &'static str,
    /// Whether it may be relied upon.
    pub usable: bool,
    /// Stable code of the reason it may not, or `fresh` / `not-fresh`.
    pub why: String,
    /// thisUpdate.
    pub this_update: Option<UtcTime>,
    /// nextUpdate.
    pub next_update: Option<UtcTime>,
    /// When the certificate was revoked.
    pub revocation_date: Option<UtcTime>,
}

/// A timestamp of a signature.
#[derive(Clone, Debug, Serialize)]
pub struct TimestampReport {
    /// Unique in the document.
    pub id: String,
    /// What it was made over.
    pub kind: TimestampKind,
    /// genTime; absent when it cannot be read.
    pub gen_time: Option<UtcTime>,
    /// Subject of the TSA certificate.
    pub tsa: Option<String>,
    /// TSA policy.
    pub policy: Option<String>,
    /// Whether the imprint fits.
    pub imprint: ImprintReport,
    /// Outcome of 5.4.
    #[serde(serialize_with = "as_block")]
    pub indication: Indication,
    /// Why it did not pass.
    pub sub_indication: Option<SubIndication>,
    /// How far it can be relied upon.
    pub grade: Grade,
    /// The trust profile's name of the time-stamping anchor.
    pub anchor: Option<String>,
    /// The certification path from the TSA certificate to the anchor; that certificate alone when there is none. Not
    /// part of the report's JSON.
    #[serde(skip)]
    pub chain: Vec<CertificateReport>,
    /// Evidence whose absence kept it from being decided; the report's own list has only what kept a signature open.
    /// Not part of the report's JSON.
    #[serde(skip)]
    pub wanted: Vec<WantedEvidence>,
    /// What was noticed.
    pub findings: Vec<FindingReport>,
    /// SHA-256 of the token. Not part of the report's JSON.
    #[serde(skip)]
    pub token_sha256: Option<Sha256>,
    /// SHA-256 pin of the trust anchor. Not part of the report's JSON.
    #[serde(skip)]
    pub anchor_sha256: Option<Sha256>,
    /// What other timestamp proves the token to be older than the validation. Not part of the report's JSON.
    #[serde(skip)]
    pub proven: Option<ProofReport>,
    /// What it proves to have existed at genTime; only of one that passed. Not part of the report's JSON.
    #[serde(skip)]
    pub proves: Option<Arc<Covered>>,
    /// What the token holds in octets. Not part of the report's JSON.
    #[serde(skip)]
    pub details: Arc<SignatureDetails>,
}

fn as_block<S: Serializer>(indication: &Indication, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(indication.block())
}

/// Conformance to the format's profile.
#[derive(Clone, Debug, Serialize)]
pub struct ProfileReport {
    /// Codes of the findings that speak about the profile.
    pub findings: Vec<FindingCode>,
}

/// Until when a signature can be verified with the evidence at hand.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PreservationReport {
    /// Last second at which the document verifies by itself, with the revocation data that can be had then; absent when it
    /// does not verify now, or only with what was given beside it.
    pub verifiable_until: Option<UtcTime>,
    /// When to renew at the latest: then, or before an announced end of use of an algorithm.
    pub renew_before: Option<UtcTime>,
    /// Stable code of what ends it.
    pub because: Option<&'static str>,
    /// The certificate, algorithm or anchor that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

/// A finding with its message.
#[derive(Clone, Debug, Serialize)]
pub struct FindingReport {
    /// The stable code.
    pub code: FindingCode,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Where in the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// Named values.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
    /// The message in the report's language.
    pub message: String,
}

/// A check with its message.
#[derive(Clone, Debug, Serialize)]
pub struct CheckReport {
    /// The stable id.
    pub id: CheckId,
    /// How it came out.
    pub status: CheckStatus,
    /// The rule it enforces.
    pub rule: &'static str,
    /// Named values.
    pub params: BTreeMap<&'static str, String>,
    /// Ids of what it looked at.
    pub facts: Vec<String>,
    /// The message in the report's language.
    pub message: String,
    /// The checks it is made of.
    pub children: Vec<CheckReport>,
}
