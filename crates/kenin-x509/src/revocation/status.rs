use std::cmp::Reverse;

use kenin_base::{Sha256, UtcTime};

use super::evidence::RevocationEvidence;
use super::rejected::RejectedDatum;
use super::statement::{Statement, Status};
use crate::{Certificate, ReasonFlags, RevocationReason};

const DAY_SECONDS: i64 = 86_400;

/// The instant a status is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instant {
    /// The time asked about.
    pub time: UtcTime,
    /// What was known by then counts: good answers issued later do not.
    pub known_at: UtcTime,
    /// Greatest age of data that is fresh, in days; `None` leaves it to nextUpdate alone.
    pub max_age_days: Option<u32>,
}

/// A certificate's revocation status at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevocationStatus {
    /// The answer.
    pub state: RevocationState,
    /// SHA-256 of the data it rests on, in the order in which they were given; empty when there is none.
    pub basis: Vec<Sha256>,
}

/// The answer to "is it revoked".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevocationState {
    /// Not revoked then, as far as data shows that may be relied upon.
    Good {
        /// Whether fresh data shows it (EN 319 102-1 5.2.5).
        fresh: bool,
        /// A revocation after that time.
        revoked_later: Option<Revocation>,
    },
    /// Revoked then.
    Revoked(Revocation),
    /// On hold since.
    OnHold(UtcTime),
    /// No usable datum.
    Unknown,
}

/// A revocation as a datum states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// When.
    pub date: UtcTime,
    /// Why; `None` when the datum does not say.
    pub reason: Option<RevocationReason>,
    /// When the key is known or suspected to have been compromised (RFC 5280 5.3.2).
    pub invalidity_date: Option<UtcTime>,
}

impl Revocation {
    /// From when on the certificate is not to be relied upon: the invalidity date, where that is earlier.
    pub fn since(&self) -> UtcTime {
        self.invalidity_date.map_or(self.date, |invalid| invalid.min(self.date))
    }
}

/// How a datum whose signature and scope fit a certificate stands at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Fresh,
    NotFresh,
    FromFuture,
    CertificateNotKnown,
}

impl Standing {
    kenin_base::stable_codes! {
        Self::Fresh => "fresh",
        Self::NotFresh => "not-fresh",
        Self::FromFuture => "this-update-in-future",
        Self::CertificateNotKnown => "certificate-not-known-to-datum",
    }
}

/// A revocation datum considered for a certificate, as reports list it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsideredDatum {
    /// SHA-256 of the CRL or OCSP response.
    pub datum: Sha256,
    /// One of [`Self::STATUSES`].
    pub status: &'static str,
    /// Whether it may be relied upon.
    pub usable: bool,
    /// `fresh`, `not-fresh`, or the stable code of why it may not be relied upon; one of [`Self::why_codes`].
    pub why: &'static str,
    /// thisUpdate.
    pub this_update: Option<UtcTime>,
    /// nextUpdate.
    pub next_update: Option<UtcTime>,
    /// When the certificate was revoked.
    pub revocation_date: Option<UtcTime>,
}

impl ConsideredDatum {
    /// Everything [`Self::status`] can be.
    pub const STATUSES: &'static [&'static str] = &["good", "revoked", "on-hold", "unknown"];

    /// Everything [`Self::why`] can be.
    pub fn why_codes() -> impl Iterator<Item = &'static str> {
        Standing::CODES.iter().chain(RejectedDatum::CODES).copied()
    }
}

impl RevocationStatus {
    /// A revocation after the time asked about.
    pub fn revoked_later(&self) -> Option<Revocation> {
        match self.state {
            RevocationState::Good { revoked_later, .. } => revoked_later,
            _ => None,
        }
    }
}

impl RevocationEvidence {
    /// The status of `certificate`, which this evidence was collected for, at an instant.
    pub fn status_at(&self, certificate: &Certificate, at: Instant) -> RevocationStatus {
        let status = |state, basis: &[&Statement]| RevocationStatus {
            state,
            basis: basis.iter().map(|statement| statement.datum).collect(),
        };
        // A revocation outranks every good answer, later ones and those that are themselves from beyond `known_at`
        // included: later data may worsen and never improve.
        let revocation = self.revocation();
        if let Some(revoked) = revocation.filter(|revoked| revoked.date <= at.time) {
            let says_so = |statement: &&Statement| matches!(statement.status, Status::Revoked { .. });
            let basis: Vec<&Statement> = self.statements.iter().filter(says_so).collect();
            return status(RevocationState::Revoked(revoked), &basis);
        }
        let relied = || self.statements.iter().filter(|statement| unreliable(statement, certificate, at).is_none());
        if let Some((date, statement)) = self.hold_at(at.time) {
            // RFC 5280 5.3.1: a hold ends by a release or becomes a revocation, which is none.
            let releases = |s: &Statement| {
                s.status == Status::Good && s.reasons.covers_holds() && s.this_update > statement.this_update
            };
            if !relied().any(releases) {
                return status(RevocationState::OnHold(date), &[statement]);
            }
        }
        // What a budget left unread may say revoked.
        if self.limit().is_some() {
            return status(RevocationState::Unknown, &[]);
        }
        let good: Vec<&Statement> = relied()
            .filter(|statement| match statement.status {
                Status::Good => true,
                Status::Revoked { date, .. } | Status::OnHold { date } => date > at.time,
            })
            .collect();
        if !cover_every_reason(&good) {
            return status(RevocationState::Unknown, &[]);
        }
        let current: Vec<&Statement> = good.iter().copied().filter(|statement| is_fresh(statement, at)).collect();
        let fresh = cover_every_reason(&current);
        status(RevocationState::Good { fresh, revoked_later: revocation }, if fresh { &current } else { &good })
    }

    /// What all data together say of a revocation: the earliest dates and the gravest reason, so that none hides what
    /// another states.
    fn revocation(&self) -> Option<Revocation> {
        let mut gravest = None;
        let mut together: Option<Revocation> = None;
        for statement in &self.statements {
            let Status::Revoked { date, reason, invalidity_date } = statement.status else { continue };
            let known = together.get_or_insert(Revocation { date, reason, invalidity_date });
            known.date = known.date.min(date);
            known.invalidity_date = known.invalidity_date.into_iter().chain(invalidity_date).min();
            if gravest < Some(statement.status.gravity()) {
                (gravest, known.reason) = (Some(statement.status.gravity()), reason);
            }
        }
        together
    }

    /// The latest datum with a hold that had begun by `time`, known by then or not.
    fn hold_at(&self, time: UtcTime) -> Option<(UtcTime, &Statement)> {
        let holds = self.statements.iter().filter_map(|statement| match statement.status {
            Status::OnHold { date } if date <= time => Some((date, statement)),
            _ => None,
        });
        holds.max_by_key(|(date, statement)| (statement.this_update, Reverse(*date)))
    }

    /// Every datum with what it says and whether it may be relied upon at an instant.
    pub fn considered(&self, certificate: &Certificate, at: Instant) -> Vec<ConsideredDatum> {
        let all: Vec<&Statement> = self.statements.iter().collect();
        let every_reason = cover_every_reason(&all);
        let stated = self.statements.iter().map(|statement| {
            let (status, revocation_date) = match statement.status {
                Status::Good => ("good", None),
                Status::Revoked { date, .. } => ("revoked", Some(date)),
                Status::OnHold { date } => ("on-hold", Some(date)),
            };
            let unusable = match statement.status {
                Status::Revoked { .. } | Status::OnHold { .. } => None,
                Status::Good if !every_reason => Some(RejectedDatum::CrlOnlySomeReasons.code()),
                Status::Good => unreliable(statement, certificate, at).map(|standing| standing.code()),
            };
            let standing = if is_fresh(statement, at) { Standing::Fresh } else { Standing::NotFresh };
            ConsideredDatum {
                datum: statement.datum,
                status,
                usable: unusable.is_none(),
                why: unusable.unwrap_or(standing.code()),
                this_update: Some(statement.this_update),
                next_update: statement.next_update,
                revocation_date,
            }
        });
        let rejected = self.rejected.iter().map(|(datum, why)| ConsideredDatum {
            datum: *datum,
            status: "unknown",
            usable: false,
            why: why.code(),
            this_update: None,
            next_update: None,
            revocation_date: None,
        });
        stated.chain(rejected).collect()
    }
}

/// Why a datum that does not say revoked may not be relied upon.
fn unreliable(statement: &Statement, certificate: &Certificate, at: Instant) -> Option<Standing> {
    // An OCSP response is issued when it is produced, of whatever time its status is.
    let issued = statement.produced_at.map_or(statement.this_update, |produced| produced.max(statement.this_update));
    if issued > at.known_at {
        Some(Standing::FromFuture)
    } else if !statement.knows(certificate) {
        Some(Standing::CertificateNotKnown)
    } else {
        None
    }
}

/// RFC 5280 6.3.3: the status is determined when the reasons of all CRLs together are all reasons.
fn cover_every_reason(statements: &[&Statement]) -> bool {
    statements.iter().fold(ReasonFlags::NONE, |covered, statement| covered.or(statement.reasons)).covers_all()
}

/// Freshness at a time (EN 319 102-1 5.2.5): before nextUpdate and not older than allowed, or issued at or after that
/// time.
fn is_fresh(statement: &Statement, at: Instant) -> bool {
    let young = at
        .max_age_days
        .is_none_or(|days| statement.this_update >= at.time.plus_seconds(-i64::from(days).saturating_mul(DAY_SECONDS)));
    let current = statement.next_update.is_some_and(|next| at.time < next) && young;
    current || statement.this_update >= at.time
}
