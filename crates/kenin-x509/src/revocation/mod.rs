//! What a CRL or an OCSP response says about a certificate, without time: whether the datum speaks for the
//! certificate at all (issuer, key, scope), and if so what it states. Freshness, and whether the signer of the
//! datum was itself valid, are judged elsewhere.

mod crl;
mod ocsp;
mod rejected;
mod scope;
mod statement;

pub use crl::{assess_crl, assess_crl_for_reasons, crl_signers};
pub use ocsp::assess_ocsp;
pub use rejected::RejectedDatum;
pub use statement::{DatumKind, RevocationContext, Statement, Status};
