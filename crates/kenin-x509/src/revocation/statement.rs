use std::sync::Arc;

use kenin_base::{Sha256, UtcTime};
use kenin_crypto::SignatureScheme;
use serde::{Deserialize, Serialize};

use crate::{Certificate, ReasonFlags, RevocationReason, RevokedEntry};

/// What a usable datum says about a certificate.
#[derive(Clone, Debug)]
pub struct Statement {
    /// SHA-256 of the CRL or OCSP response.
    pub datum: Sha256,
    /// For a delta CRL, SHA-256 of the complete CRL that it brings up to date.
    pub base: Option<Sha256>,
    /// Which of the two it is.
    pub kind: DatumKind,
    /// What it says.
    pub status: Status,
    /// Whether the datum names the certificate: an entry of the CRL, or the OCSP answer.
    pub listed: bool,
    /// The reasons it answers for: not revoked for some reasons is not yet good (RFC 5280 6.3.3, reasons_mask).
    pub reasons: ReasonFlags,
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
    /// How it was signed; for a delta CRL with its base, how each was.
    pub schemes: Vec<SignatureScheme>,
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
    /// How much the status weighs against the certificate, where data or entries disagree: a revocation outranks a
    /// hold, a hold outranks good, and among reasons those that say most against the key come first. A datum that
    /// states no reason does not contradict one that does.
    pub(super) fn gravity(self) -> u8 {
        use RevocationReason::{AffiliationChanged, CessationOfOperation, Superseded, Unspecified};
        match self {
            Self::Good => 0,
            Self::OnHold { .. } => 1,
            Self::Revoked { reason: None, .. } => 2,
            Self::Revoked { reason: Some(AffiliationChanged | Superseded | CessationOfOperation), .. } => 3,
            Self::Revoked { reason: Some(Unspecified), .. } => 4,
            Self::Revoked { .. } => 5,
        }
    }

    /// Two statements of one kind as one.
    fn with(self, other: Self) -> Self {
        match (self, other) {
            (
                Self::Revoked { date, reason, invalidity_date },
                Self::Revoked { date: other_date, reason: other_reason, invalidity_date: other_invalidity },
            ) => Self::Revoked {
                date: date.min(other_date),
                reason: if other.gravity() > self.gravity() { other_reason } else { reason },
                invalidity_date: invalidity_date.into_iter().chain(other_invalidity).min(),
            },
            (Self::OnHold { date }, Self::OnHold { date: other }) => Self::OnHold { date: date.min(other) },
            _ => self,
        }
    }

    pub(crate) fn revoked(date: UtcTime, reason: Option<RevocationReason>, invalidity_date: Option<UtcTime>) -> Self {
        match reason {
            Some(RevocationReason::CertificateHold) => Self::OnHold { date },
            // The certificate was released from hold or has expired (RFC 5280 5.3.1).
            Some(RevocationReason::RemoveFromCrl) => Self::Good,
            reason => Self::Revoked { date, reason, invalidity_date },
        }
    }
}

/// What several entries or answers of one datum say: of revocations the earliest date, the earliest invalidity date and the
/// gravest reason, of holds the earliest date; good only where nothing else is said.
pub(super) fn together(stated: impl IntoIterator<Item = Status>) -> Vec<Status> {
    let (mut revoked, mut held, mut good) = (None, None, None);
    for status in stated {
        let place = match status {
            Status::Revoked { .. } => &mut revoked,
            Status::OnHold { .. } => &mut held,
            Status::Good => &mut good,
        };
        *place = Some(match *place {
            Some(known) => status.with(known),
            None => status,
        });
    }
    let against: Vec<Status> = revoked.into_iter().chain(held).collect();
    if against.is_empty() { good.into_iter().collect() } else { against }
}

impl From<RevokedEntry> for Status {
    fn from(entry: RevokedEntry) -> Self {
        Self::revoked(entry.revocation_date, entry.reason, entry.invalidity_date)
    }
}

impl Statement {
    /// Whether the datum says that the certificate's key is in other hands (RFC 5280 5.3.1), which holds for every
    /// certificate of that key.
    pub fn states_compromise(&self) -> bool {
        use RevocationReason::{CaCompromise, KeyCompromise};
        matches!(self.status, Status::Revoked { reason: Some(KeyCompromise | CaCompromise), .. })
    }

    /// Whether the datum would know the certificate: it was issued before the datum, and had not expired by
    /// then, or the datum keeps expired certificates (EN 319 102-1 5.2.6, RAC).
    pub fn knows(&self, certificate: &Certificate) -> bool {
        let issued = certificate.not_before() <= self.this_update;
        let kept = self.expired_since.is_some_and(|since| certificate.not_after() >= since);
        issued && (certificate.not_after() >= self.this_update || kept || self.cert_hash_matches)
    }
}
