//! The judge: facts, trust, policy and time in; a report out.

use std::sync::Arc;

use kenin_base::{Budget, Limits, UtcTime};
use kenin_cms::Observer;
use kenin_facts::Facts;
use kenin_policy::{Policy, TrustProfile};
use kenin_validation::{Caches, CertificateValidation, validate, validate_certificate};
use kenin_x509::{CertificateCache, ParseError};

use crate::ObserveOptions;
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
    pub fn observe_options(&self) -> ObserveOptions {
        ObserveOptions { limits: self.limits.clone(), certificates: self.certificates(), ..ObserveOptions::default() }
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

    /// Judges a signer's certificate by itself at `time`, with the certificates and revocation data in `options`.
    ///
    /// # Errors
    /// [`ParseError`] when `der` is not a certificate.
    pub fn judge_certificate(
        &self,
        der: &[u8],
        options: &ObserveOptions,
        time: UtcTime,
    ) -> Result<CertificateValidation, ParseError> {
        let certificate = self.caches.certificates.get_or_parse(der)?;
        let budget = Budget::new(&self.limits);
        let mut observer = Observer::new(&budget, &self.caches.certificates);
        options.evidence.iter().for_each(|supplied| supplied.add_to(&mut observer));
        let (evidence, _) = observer.finish();
        let Self { trust, policy, limits, caches } = self;
        Ok(validate_certificate(&certificate, &evidence, trust, policy, time, limits, caches))
    }

    fn report(&self, facts: &Facts, time: UtcTime, time_source: TimeSource) -> Report {
        let validation = validate(facts, &self.trust, &self.policy, time, &self.limits, &self.caches);
        build_report(facts, validation, &self.trust, &self.policy, time, time_source, &self.caches.certificates)
    }
}
