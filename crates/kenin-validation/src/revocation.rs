//! What the revocation data at hand says about one certificate of a path: RAC (5.2.6) without time, then the
//! certificate's revocation status at a time with RFC (5.2.5, revocation freshness).

use std::sync::Arc;

use kenin_base::{Sha256, UtcTime};
use kenin_x509::revocation::{RevocationContext, Statement, Status, assess_crl, assess_ocsp};
use kenin_x509::{Certificate, RevocationReason};

use crate::material::Context;
use crate::outcome::ConsideredDatum;

const DAY_SECONDS: i64 = 86_400;

/// Every revocation datum that names a certificate's issuer, assessed without regard to time.
#[derive(Default)]
pub(crate) struct LinkEvidence {
    /// Data that say something about the certificate.
    pub statements: Vec<Statement>,
    /// Data that do not, with the stable code of the reason.
    pub rejected: Vec<(Sha256, String)>,
}

/// Assesses every CRL and OCSP response at hand for `certificate`.
pub(crate) fn gather(context: &Context<'_>, certificate: &Arc<Certificate>, issuer: &Arc<Certificate>) -> LinkEvidence {
    let revocation = revocation_context(context);
    let mut evidence = LinkEvidence::default();
    // A CRL of another issuer was never meant for this certificate and is no finding.
    for crl in context.crls.iter().filter(|crl| crl.issuer() == issuer.subject()) {
        match assess_crl(certificate, issuer, crl, &revocation) {
            Ok(statement) => evidence.statements.push(statement),
            Err(reason) => evidence.rejected.push((crl.sha256(), reason.code().to_owned())),
        }
    }
    let about = |serial: &[u8]| *serial == *certificate.serial();
    for response in context.ocsps.iter().filter(|r| r.singles().iter().any(|s| about(&s.cert_id.serial))) {
        match assess_ocsp(certificate, issuer, response, &[], &revocation) {
            Ok(statement) => match responder_problem(context, issuer, &statement) {
                None => evidence.statements.push(statement),
                Some(code) => evidence.rejected.push((response.sha256(), code.to_owned())),
            },
            Err(reason) => evidence.rejected.push((response.sha256(), reason.code().to_owned())),
        }
    }
    evidence
}

/// CRLs are taken from the certificate's issuer under the key that signed the certificate.
fn revocation_context<'c>(context: &'c Context<'_>) -> RevocationContext<'c> {
    RevocationContext {
        certificates: &context.caches.certificates,
        signatures: &context.caches.signatures,
        budget: context.budget,
        crl_signers: &[],
    }
}

/// A delegated responder must be valid when it answered and, without ocsp-nocheck, known not to be revoked
/// (RFC 6960 4.2.2.2.1).
fn responder_problem(context: &Context<'_>, issuer: &Arc<Certificate>, statement: &Statement) -> Option<&'static str> {
    let responder = &statement.signer;
    if responder.sha256() == issuer.sha256() || responder.spki() == issuer.spki() {
        return None;
    }
    let answered = statement.produced_at.unwrap_or(statement.this_update);
    if !responder.is_valid_at(answered) {
        return Some("ocsp-responder-not-valid");
    }
    if responder.extensions().ocsp_nocheck {
        return None;
    }
    let revocation = revocation_context(context);
    let crls = context.crls.iter().filter(|crl| crl.issuer() == issuer.subject());
    let said: Vec<Statement> = crls.filter_map(|crl| assess_crl(responder, issuer, crl, &revocation).ok()).collect();
    let good = said.iter().any(|s| s.status == Status::Good);
    let revoked = said.iter().any(|s| s.status != Status::Good);
    (revoked || !good).then_some("ocsp-responder-status-unknown")
}

/// A certificate's revocation status at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RevocationAt {
    /// Not revoked then, as far as data shows that may be relied upon.
    Good {
        /// Whether some of that data is fresh then.
        fresh: bool,
        /// A revocation after that time.
        revoked_later: Option<Revocation>,
    },
    /// Revoked then.
    Revoked(Revocation),
    /// On hold then.
    OnHold(UtcTime),
    /// No usable datum.
    NoData,
}

/// A revocation as a datum states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Revocation {
    pub date: UtcTime,
    pub reason: Option<RevocationReason>,
    pub invalidity_date: Option<UtcTime>,
}

impl LinkEvidence {
    /// The status of `certificate` at `time`, as known at `now`, with data at most `max_age_days` old.
    pub fn status_at(&self, certificate: &Certificate, time: UtcTime, now: UtcTime, max_age_days: u32) -> RevocationAt {
        let revocation = |statement: &Statement| match statement.status {
            Status::Revoked { date, reason, invalidity_date } => Some(Revocation { date, reason, invalidity_date }),
            _ => None,
        };
        // A revocation outranks every good answer, later ones and those from beyond `now` included: with a
        // validation time in the past, later data may worsen and never improve (verdicts rule 6).
        let earliest = self.statements.iter().filter_map(revocation).min_by_key(|r| r.date);
        if let Some(revoked) = earliest.filter(|r| r.date <= time) {
            return RevocationAt::Revoked(revoked);
        }
        let relied = || self.statements.iter().filter(|s| s.this_update <= now && s.knows(certificate));
        // On hold and released again: the latest datum decides.
        if let Some(Statement { status: Status::OnHold { date }, .. }) = relied().max_by_key(|s| s.this_update)
            && *date <= time
        {
            return RevocationAt::OnHold(*date);
        }
        let good = || {
            relied().filter(|s| match s.status {
                Status::Good => true,
                Status::Revoked { date, .. } | Status::OnHold { date } => date > time,
            })
        };
        if good().next().is_none() {
            return RevocationAt::NoData;
        }
        let fresh = good().any(|statement| is_fresh(statement, time, max_age_days));
        RevocationAt::Good { fresh, revoked_later: earliest }
    }

    /// The data as the report lists them.
    pub fn considered(
        &self,
        certificate: &Certificate,
        time: UtcTime,
        now: UtcTime,
        days: u32,
    ) -> Vec<ConsideredDatum> {
        let stated = self.statements.iter().map(|statement| {
            let (status, revocation_date) = match statement.status {
                Status::Good => ("good", None),
                Status::Revoked { date, .. } => ("revoked", Some(date)),
                Status::OnHold { date } => ("on-hold", Some(date)),
            };
            let revoked = matches!(statement.status, Status::Revoked { .. });
            let (usable, why) = match () {
                () if !revoked && statement.this_update > now => (false, "this-update-in-future"),
                () if !revoked && !statement.knows(certificate) => (false, "certificate-not-known-to-datum"),
                () if is_fresh(statement, time, days) => (true, "fresh"),
                () => (true, "not-fresh"),
            };
            ConsideredDatum {
                datum: statement.datum,
                status,
                usable,
                why: why.to_owned(),
                this_update: Some(statement.this_update),
                next_update: statement.next_update,
                revocation_date,
            }
        });
        let rejected = self.rejected.iter().map(|(datum, why)| ConsideredDatum {
            datum: *datum,
            status: "unknown",
            usable: false,
            why: why.clone(),
            this_update: None,
            next_update: None,
            revocation_date: None,
        });
        stated.chain(rejected).collect()
    }
}

/// Freshness at a time (verdicts rule 5): before nextUpdate and not older than the policy allows, or issued at or
/// after that time.
fn is_fresh(statement: &Statement, time: UtcTime, max_age_days: u32) -> bool {
    let oldest = time.plus_seconds(-i64::from(max_age_days).saturating_mul(DAY_SECONDS));
    let current = statement.next_update.is_some_and(|next| time < next) && statement.this_update >= oldest;
    current || statement.this_update >= time
}
