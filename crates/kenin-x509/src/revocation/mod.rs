//! What CRLs and OCSP responses say about a certificate of a path (RFC 5280 6.3.3, RFC 6960 3.2).
//!
//! [`RevocationMaterial::collect`] finds every datum that speaks for the certificate: its scope holds the certificate,
//! and an authorised key signed it. Each gives a [`Statement`], or is rejected with its reason.
//! [`RevocationEvidence::status_at`] then answers for one instant: good, revoked, on hold or unknown, by which data,
//! and whether they are fresh.

mod crl;
mod delta;
mod evidence;
mod issuer;
mod ocsp;
mod rejected;
mod scope;
mod statement;
mod status;

pub use evidence::{RevocationEvidence, RevocationMaterial};
pub use rejected::RejectedDatum;
pub use statement::{DatumKind, Statement, Status};
pub use status::{ConsideredDatum, Instant, Revocation, RevocationState, RevocationStatus};
