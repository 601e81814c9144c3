use std::sync::Arc;

use kenin_base::{Budget, LimitExceeded, Sha256, UtcTime};

use super::rejected::RejectedDatum;
use super::scope::concerns;
use super::statement::{Statement, Status};
use super::{crl, delta, ocsp};
use crate::path::CertificatePool;
use crate::{Certificate, CertificateCache, Crl, OcspResponse, SignatureCache};

/// The revocation data at hand, and what is needed to find out who signed it.
#[derive(Clone, Copy, Debug)]
pub struct RevocationMaterial<'a> {
    /// Complete and delta CRLs.
    pub crls: &'a [Arc<Crl>],
    /// OCSP responses.
    pub ocsps: &'a [Arc<OcspResponse>],
    /// Certificates among which CRL issuers and OCSP responders are looked for.
    pub pool: &'a CertificatePool,
    /// Decoded certificates shared with everything else.
    pub certificates: &'a CertificateCache,
    /// Answers shared with everything else.
    pub signatures: &'a SignatureCache,
    /// Spent on signature checks.
    pub budget: &'a Budget,
    /// Validation time: data issued later may worsen an answer and never improve it.
    pub time: UtcTime,
}

/// Everything the data at hand says about one certificate, without regard to the time that is asked about.
#[derive(Clone, Debug, Default)]
pub struct RevocationEvidence {
    /// What usable data states.
    pub statements: Vec<Statement>,
    /// Data about this certificate or its issuer that says nothing usable, and why.
    pub rejected: Vec<(Sha256, RejectedDatum)>,
}

impl RevocationEvidence {
    /// The budget that cut the data short: what was left unread may say revoked.
    pub fn limit(&self) -> Option<LimitExceeded> {
        self.rejected.iter().find_map(|(_, why)| match why {
            RejectedDatum::Limit(limit) => Some(*limit),
            _ => None,
        })
    }
}

impl RevocationMaterial<'_> {
    /// Collects what the data says about the first certificate of `path`, a certification path without its head: the
    /// certificate, its issuer, and so on up to and with the trust anchor.
    ///
    /// CRLs that name neither the certificate's issuer nor a cRLIssuer of its distribution points, and OCSP responses
    /// about other serial numbers, were never meant for the certificate and are left out silently.
    pub fn collect(&self, path: &[Arc<Certificate>]) -> RevocationEvidence {
        self.collect_below(path, &[])
    }

    /// As [`Self::collect`] while the standing of `judged` is being found out: data that one of them signed cannot
    /// vouch for its own signer.
    pub(super) fn collect_below(&self, path: &[Arc<Certificate>], judged: &[Sha256]) -> RevocationEvidence {
        let mut evidence = RevocationEvidence::default();
        let [certificate, _issuer, ..] = path else { return evidence };
        self.collect_crls(certificate, path, judged, &mut evidence);
        let is_about = |response: &&Arc<OcspResponse>| {
            response.singles().iter().any(|single| *single.cert_id.serial == *certificate.serial())
        };
        for response in self.ocsps.iter().filter(is_about) {
            match ocsp::assess(self, path, response, judged) {
                Ok(statements) => evidence.statements.extend(statements),
                Err(reason) => evidence.rejected.push((response.sha256(), reason)),
            }
        }
        evidence
    }

    fn collect_crls(
        &self,
        certificate: &Certificate,
        path: &[Arc<Certificate>],
        judged: &[Sha256],
        evidence: &mut RevocationEvidence,
    ) {
        let concerning = self.crls.iter().filter(|crl| concerns(crl, certificate));
        let (deltas, complete): (Vec<_>, Vec<_>) = concerning.partition(|crl| crl.is_delta());
        let mut bases: Vec<(&Crl, Vec<Statement>)> = Vec::new();
        for crl in complete {
            match crl::assess(self, path, crl, judged) {
                Ok(statements) => bases.push((crl, statements)),
                Err(reason) => evidence.rejected.push((crl.sha256(), reason)),
            }
        }
        for crl in deltas {
            match crl::assess(self, path, crl, judged) {
                Ok(of_delta) => {
                    let updated = bases.iter().filter(|(base, _)| delta::updates(crl, base));
                    let mut combined: Vec<Statement> =
                        updated.flat_map(|(base, of_base)| delta::combine(crl, &of_delta, base, of_base)).collect();
                    if combined.is_empty() {
                        // Signed and in scope: without a base it proves nothing good, but what it lists is listed.
                        combined.extend(of_delta.into_iter().filter(|statement| statement.status != Status::Good));
                    }
                    if combined.is_empty() {
                        evidence.rejected.push((crl.sha256(), RejectedDatum::CrlDelta));
                    }
                    evidence.statements.extend(combined);
                }
                Err(reason) => evidence.rejected.push((crl.sha256(), reason)),
            }
        }
        evidence.statements.extend(bases.into_iter().flat_map(|(_, statements)| statements));
    }
}
