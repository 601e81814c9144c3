use std::sync::Arc;

use kenin_base::{Budget, Resource, Sha256, UtcTime};
use kenin_crypto::{SchemeError, SignatureScheme, Verification};
use serde::{Deserialize, Serialize};

use super::rejected::RejectedDatum;
use crate::{Certificate, CertificateCache, RevocationReason, SignatureCache};

/// What every assessment shares.
#[derive(Clone, Copy, Debug)]
pub struct RevocationContext<'a> {
    /// Decoded certificates shared with everything else.
    pub certificates: &'a CertificateCache,
    /// Answers shared with everything else.
    pub signatures: &'a SignatureCache,
    /// Spent on signature checks.
    pub budget: &'a Budget,
    /// Certificates besides the issuer's that may sign CRLs for it: the caller has validated a path from each to
    /// the anchor of the certificate in question, for example with [`crl_signers`](super::crl_signers).
    pub crl_signers: &'a [Arc<Certificate>],
}

/// What a usable datum says about a certificate.
#[derive(Clone, Debug)]
pub struct Statement {
    /// SHA-256 of the CRL or OCSP response.
    pub datum: Sha256,
    /// Which of the two it is.
    pub kind: DatumKind,
    /// What it says.
    pub status: Status,
    /// thisUpdate of the CRL or of the single response.
    pub this_update: UtcTime,
    /// nextUpdate of the CRL or of the single response.
    pub next_update: Option<UtcTime>,
    /// producedAt of an OCSP response.
    pub produced_at: Option<UtcTime>,
    /// The datum knows certificates that expired after this time (expiredCertsOnCRL, archiveCutoff).
    pub expired_since: Option<UtcTime>,
    /// A certHash in the OCSP response is that of the certificate: the responder knows it, expired or not.
    pub cert_hash_matches: bool,
    /// Who signed the datum: the certificate's issuer, another CRL signer, or an OCSP responder.
    pub signer: Arc<Certificate>,
}

/// The kind of a revocation datum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DatumKind {
    /// A CRL.
    Crl,
    /// An OCSP response.
    Ocsp,
}

/// The status of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Status {
    /// Not revoked.
    Good,
    /// Revoked for good.
    Revoked {
        /// When.
        date: UtcTime,
        /// Why; `None` when the datum does not say.
        reason: Option<RevocationReason>,
        /// When it is known or suspected to have become invalid.
        invalidity_date: Option<UtcTime>,
    },
    /// On hold (certificateHold): may be released again.
    OnHold {
        /// Since when.
        date: UtcTime,
    },
}

impl Status {
    pub(crate) fn revoked(date: UtcTime, reason: Option<RevocationReason>, invalidity_date: Option<UtcTime>) -> Self {
        match reason {
            Some(RevocationReason::CertificateHold) => Self::OnHold { date },
            // The certificate was released from hold or has expired (RFC 5280 5.3.1).
            Some(RevocationReason::RemoveFromCrl) => Self::Good,
            reason => Self::Revoked { date, reason, invalidity_date },
        }
    }
}

impl Statement {
    /// Whether the datum would know the certificate: it was issued before the datum, and had not expired by
    /// then, or the datum keeps expired certificates (EN 319 102-1 5.2.6, RAC).
    pub fn knows(&self, certificate: &Certificate) -> bool {
        let issued = certificate.not_before() <= self.this_update;
        let kept = self.expired_since.is_some_and(|since| certificate.not_after() >= since);
        issued && (certificate.not_after() >= self.this_update || kept || self.cert_hash_matches)
    }
}

impl RevocationContext<'_> {
    /// Whether the key of `signer` verifies a datum.
    pub(crate) fn verify(
        &self,
        signer: &Certificate,
        scheme: Result<SignatureScheme, SchemeError>,
        signed: &[u8],
        signature: &[u8],
    ) -> Result<bool, RejectedDatum> {
        let scheme = scheme.map_err(RejectedDatum::Scheme)?;
        let Ok(key) = signer.public_key() else { return Ok(false) };
        let answer = self.signatures.verify(key, &scheme, signed, signature, self.budget, Resource::SignatureChecks);
        Ok(answer.map_err(RejectedDatum::Limit)? == Verification::Intact)
    }
}
