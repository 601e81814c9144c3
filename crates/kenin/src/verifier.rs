//! The judge: facts, trust, policy and time in; a report out.

use std::sync::Arc;

use kenin_base::{Limits, UtcTime};
use kenin_facts::Facts;
use kenin_policy::{Policy, TrustProfile};
use kenin_validation::{Caches, validate};
use kenin_x509::CertificateCache;

use crate::build::build_report;
use crate::report::{Report, TimeSource};

/// Judges documents under one trust profile and one policy.
///
/// Send + Sync: one verifier serves every thread of a run and owns the caches they share. A verdict is a pure
/// function of facts, trust, policy and time; the caches change nothing but speed.
///
/// ```
/// use kenin::{ObserveOptions, Policy, Source, TrustProfile, UtcTime, Verdict, Verifier, observe};
///
/// let verifier = Verifier::new(TrustProfile::jp_hpki(), Policy::mhlw_6_0());
/// let source = Source::bytes(b"not signed".to_vec());
/// let facts = observe(&source, &verifier.observe_options())?;
/// let report = verifier.judge(&facts, UtcTime::parse("2026-11-22T00:00:00Z")?);
/// assert_eq!(report.verdict, Verdict::NoSignature);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Verifier {
    trust: TrustProfile,
    policy: Policy,
    limits: Limits,
    caches: Caches,
}

impl Verifier {
    /// A verifier with default limits and empty caches.
    pub fn new(trust: TrustProfile, policy: Policy) -> Self {
        Self { trust, policy, limits: Limits::default(), caches: Caches::default() }
    }

    /// Sets the budgets of each judgement.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The trust profile.
    pub fn trust(&self) -> &TrustProfile {
        &self.trust
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The cache of parsed certificates, to share with observation.
    pub fn certificates(&self) -> Arc<CertificateCache> {
        Arc::clone(&self.caches.certificates)
    }

    /// Options for observing documents that this verifier will judge: its limits and its certificate cache.
    pub fn observe_options(&self) -> crate::ObserveOptions {
        crate::ObserveOptions {
            limits: self.limits.clone(),
            certificates: self.certificates(),
            ..crate::ObserveOptions::default()
        }
    }

    /// Judges a document now; `now` is the caller's clock, read once for a run.
    pub fn judge(&self, facts: &Facts, now: UtcTime) -> Report {
        self.report(facts, now, TimeSource::Now)
    }

    /// Judges a document as of a time the caller gives. That everything existed then is the caller's assertion;
    /// the report says so (`time_source: given`).
    pub fn judge_at(&self, facts: &Facts, time: UtcTime) -> Report {
        self.report(facts, time, TimeSource::Given)
    }

    fn report(&self, facts: &Facts, time: UtcTime, time_source: TimeSource) -> Report {
        let validation = validate(facts, &self.trust, &self.policy, time, &self.limits, &self.caches);
        build_report(facts, &validation, &self.trust, &self.policy, time, time_source)
    }
}
