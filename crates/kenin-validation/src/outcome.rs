//! What a validation gives: the conclusion of every signature and timestamp, and what assessment and reports need.

use std::sync::Arc;

use kenin_base::{Finding, Sha256, UtcTime};
use kenin_facts::{Covered, ImprintStatus, Modification, TimestampKind};
use kenin_policy::{AccreditationStatus, Purpose, Severity};
use kenin_x509::revocation::ConsideredDatum;
use kenin_x509::{Certificate, Crl, OcspResponse};

use crate::check::Check;
use crate::cryptographic::Integrity;
use crate::indication::Conclusion;
use crate::proofs::Proofs;

/// The validation of every signature of a document at one time.
#[derive(Clone, Debug)]
pub struct Validation {
    /// One entry for each signature of the facts, in their order.
    pub signatures: Vec<SignatureValidation>,
    /// Since when everything is proven to have existed, and by what.
    pub proofs: Proofs,
    /// Findings about the judgement as a whole.
    pub findings: Vec<Finding>,
    /// The CRLs of the facts that could be decoded.
    pub crls: Vec<Arc<Crl>>,
    /// The OCSP responses of the facts that could be decoded.
    pub ocsps: Vec<Arc<OcspResponse>>,
}

/// Evidence whose absence kept a conclusion open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Usable and fresh revocation data for this certificate.
    Revocation(Arc<Certificate>),
    /// The certificate of this certificate's issuer.
    Issuer(Arc<Certificate>),
}

/// The validation of one signature (5.5), document timestamp or stand-alone timestamp (5.4).
#[derive(Clone, Debug)]
pub struct SignatureValidation {
    /// The signature's id in the facts.
    pub id: String,
    /// The outcome.
    pub conclusion: Conclusion,
    /// Digest and signature value.
    pub integrity: Integrity,
    /// The outcome of the format check alone.
    pub format_ok: bool,
    /// The identified signing certificate.
    pub certificate: Option<Arc<Certificate>>,
    /// Whether the signing certificate is positively contradicted by the signing-certificate attribute.
    pub certificate_contradicted: bool,
    /// The certification path and what the revocation data says about it.
    pub path: Option<PathReport>,
    /// The outcome of building and validating the path, times and revocation aside.
    pub path_conclusion: Conclusion,
    /// The outcome of 5.3 at validation time.
    pub basic: Conclusion,
    /// Whether it stands by past signature validation (5.6.2.4) alone.
    pub past: bool,
    /// The earliest time at which the signature is proven to have existed; validation time without a proof.
    pub best_signature_time: UtcTime,
    /// Its timestamps, document timestamps over it included.
    pub timestamps: Vec<TimestampValidation>,
    /// Its evidence records, those given beside the document included.
    pub evidence_records: Vec<EvidenceRecordValidation>,
    /// Until when it can be verified; only for one that passed.
    pub forecast: Option<Forecast>,
    /// What later revisions change, judged; `None` when there is no telling, or outside a PDF.
    pub modifications: Option<Vec<JudgedModification>>,
    /// Evidence that would have helped, that of its timestamps included.
    pub wanted: Vec<Wanted>,
    /// Findings of the judgement.
    pub findings: Vec<Finding>,
    /// The tree of checks.
    pub checks: Vec<Check>,
}

/// A change after signing, held against permissions and policy.
#[derive(Clone, Debug)]
pub struct JudgedModification {
    /// The change.
    pub modification: Modification,
    /// What the policy makes of it.
    pub severity: Severity,
    /// Whether the permissions in force allow it.
    pub permitted: bool,
}

/// A certification path as it was judged.
#[derive(Clone, Debug)]
pub struct PathReport {
    /// From the signing certificate up to, and with, the anchor (if its certificate is at hand).
    pub links: Vec<PathLink>,
    /// SHA-256 pin of the anchor.
    pub anchor: Sha256,
    /// The anchor's name in the trust profile.
    pub anchor_name: String,
    /// What the entry of the trust profile that the path was accepted by is for; `None` for a TSA.
    pub purpose: Option<Purpose>,
}

/// One certificate of a path.
#[derive(Clone, Debug)]
pub struct PathLink {
    /// The certificate.
    pub certificate: Arc<Certificate>,
    /// The revocation data considered for it; empty for the anchor.
    pub revocation: Vec<ConsideredDatum>,
}

/// The validation of one timestamp (5.4).
#[derive(Clone, Debug)]
pub struct TimestampValidation {
    /// Its id in the facts: a timestamp's own, or the document timestamp's signature id.
    pub id: String,
    /// What it was made over.
    pub kind: TimestampKind,
    /// The outcome, past validation included.
    pub conclusion: Conclusion,
    /// The outcome at validation time (5.4).
    pub basic: Conclusion,
    /// Since when the token is known to have existed, where that made it pass (5.6.2.4).
    pub proven_at: Option<UtcTime>,
    /// Digest and signature value of the token.
    pub integrity: Integrity,
    /// Whether its imprint fits.
    pub imprint: ImprintStatus,
    /// genTime.
    pub gen_time: Option<UtcTime>,
    /// accuracy in nanoseconds; one second where the token states none.
    pub accuracy_nanos: u64,
    /// The TSA certificate.
    pub certificate: Option<Arc<Certificate>>,
    /// The certification path.
    pub path: Option<PathReport>,
    /// What the trust profile says about the service's accreditation at genTime.
    pub accreditation: AccreditationStatus,
    /// What the signer's certificate was like at genTime; only for a timestamp that passed and is over the signature.
    pub signer_status: Option<StatusAtTime>,
    /// It is of an evidence record that does not stand, so that it proves nothing and contradicts nothing, whatever the
    /// token itself came to.
    pub is_void: bool,
    /// What the timestamp covers; the evidence is sorted.
    pub covers: Arc<Covered>,
    /// Evidence that would have helped.
    pub wanted: Vec<Wanted>,
    /// Findings of the judgement.
    pub findings: Vec<Finding>,
    /// The check tree.
    pub check: Arc<Check>,
}

impl TimestampValidation {
    /// Whether it passed and what it is part of stands.
    pub fn stands(&self) -> bool {
        self.conclusion.passed() && !self.is_void
    }
}

/// The validation of one evidence record (RFC 4998 5.3).
#[derive(Clone, Debug)]
pub struct EvidenceRecordValidation {
    /// Its id in the facts.
    pub id: String,
    /// The outcome.
    pub conclusion: Conclusion,
    /// The check tree; the archive timestamps are among [`SignatureValidation::timestamps`].
    pub check: Check,
}

/// Until when a signature can be verified, found by judging it at later times.
///
/// What can be had at such a time is taken as had: fresh revocation data for certificates that are valid then. What was
/// given beside the document is not, since it may be lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// The last second at which it verifies; `None` when the evidence in the document does not carry it even now.
    pub until: Option<UtcTime>,
    /// When it must be renewed at the latest: then, or before an announced end of use of an algorithm that it rests on.
    pub renew_before: Option<UtcTime>,
    /// What asks for the renewal.
    pub because: ForecastReason,
    /// The certificate or algorithm that it is about.
    pub subject: String,
}

/// What ends the time for which a signature can be verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ForecastReason {
    /// A certificate of a time-stamping unit expires.
    TsaCertificateExpiry,
    /// A CA certificate expires.
    CaCertificateExpiry,
    /// The signer's certificate expires, and no timestamp takes its place.
    SignerCertificateExpiry,
    /// An algorithm is no longer accepted, or its end of use is announced.
    AlgorithmEnd,
    /// The trust profile ends the trust in an anchor.
    AnchorSunset,
    /// The document lacks certificates or revocation data that can still be had until then.
    MissingMaterial,
}

impl ForecastReason {
    kenin_base::stable_codes! {
        Self::TsaCertificateExpiry => "tsa-certificate-expiry",
        Self::CaCertificateExpiry => "ca-certificate-expiry",
        Self::SignerCertificateExpiry => "signer-certificate-expiry",
        Self::AlgorithmEnd => "algorithm-horizon",
        Self::AnchorSunset => "anchor-sunset",
        Self::MissingMaterial => "missing-material",
    }
}

/// What the certificates of a path were like at a time, as far as the evidence shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusAtTime {
    /// Within validity and not revoked, shown by fresh data.
    Good,
    /// Not yet valid or no longer valid then.
    OutOfValidity,
    /// Revoked then.
    Revoked,
    /// Not revoked then, but the revocation names an invalidity date at or before that time.
    InvalidityDateBefore,
    /// The evidence does not show it.
    Unknown,
}
