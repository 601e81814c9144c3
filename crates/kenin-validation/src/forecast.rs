//! Until when a signature can be verified: the validator is run at the times at which something ends.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use kenin_base::UtcTime;
use kenin_facts::{EvidenceItem, EvidenceSource, Facts, TimestampKind};
use kenin_policy::{AccreditationStatus, Policy};
use kenin_x509::Certificate;

use crate::algorithms::{Acceptance, of_certificate};
use crate::material::{Context, Material};
use crate::outcome::{Forecast, ForecastReason, SignatureValidation, TimestampValidation};
use crate::status::Detail;
use crate::validate::Document;

/// Fills in the forecast of every entry that passed. Time only takes away: what fails at one time fails at every later
/// one, so that the end is found by halving the list of times at which something ends.
pub(crate) fn forecast(
    context: &Context<'_>,
    facts: &Facts,
    document: &Document<'_>,
    signatures: &mut [SignatureValidation],
) {
    if !signatures.iter().any(|signature| signature.conclusion.passed()) {
        return;
    }
    let announced = Announced::new(context.policy, context.now);
    let forecasts: Vec<Option<Forecast>> = if facts.evidence.iter().all(|(_, item)| stays(item)) {
        let outlook = Outlook::new(*context, &announced, document, signatures, context.material.expiries());
        signatures.iter().enumerate().map(|(index, present)| outlook.of(index, present)).collect()
    } else {
        let material = Material::kept(&facts.evidence, context.caches, stays);
        let context = Context { material: &material, ..*context };
        let document = Document::new(&context, facts);
        let outlook = Outlook::new(context, &announced, &document, signatures, material.expiries());
        signatures.iter().enumerate().map(|(index, present)| outlook.of(index, present)).collect()
    };
    for (signature, forecast) in signatures.iter_mut().zip(forecasts) {
        signature.forecast = forecast;
    }
}

/// Whether an object will be at hand with the document: it is in it, or comes with the trust profile.
fn stays(item: &EvidenceItem) -> bool {
    item.sources.iter().any(|source| !matches!(source, EvidenceSource::Supplied { .. }))
}

/// The policy as it will be when every end of use that is announced has become one of acceptance.
struct Announced {
    policy: Policy,
    /// The last second of use by each announcement, and the one for which `policy` has it, sorted.
    ends: BTreeSet<(UtcTime, UtcTime)>,
}

impl Announced {
    /// An end that has passed counts from now on: what was renewed after it, while acceptance lasted, is renewed.
    fn new(policy: &Policy, now: UtcTime) -> Self {
        let horizons: BTreeSet<UtcTime> = policy.algorithms.entries.iter().filter_map(|entry| entry.horizon).collect();
        // One after the other, in their order: each can be told to be the first.
        let firsts: BTreeMap<UtcTime, UtcTime> = horizons
            .into_iter()
            .zip(1..)
            .map(|(horizon, rank)| (horizon, horizon.max(now.plus_seconds(rank))))
            .collect();
        let mut announced = policy.clone();
        for entry in &mut announced.algorithms.entries {
            let first = entry.horizon.and_then(|horizon| firsts.get(&horizon).copied());
            entry.until = entry.until.into_iter().chain(first).min();
        }
        let ends = firsts.into_iter().map(|(horizon, first)| (horizon.plus_seconds(-1), first.plus_seconds(-1)));
        Self { policy: announced, ends: ends.collect() }
    }
}

/// What is left of a signature at a time.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Left {
    passed: bool,
    timestamped: bool,
    accredited: bool,
}

impl Left {
    fn of(signature: &SignatureValidation) -> Self {
        let counts = |timestamp: &&TimestampValidation| timestamp.stands() && timestamp.kind != TimestampKind::Content;
        let mut counting = signature.timestamps.iter().filter(counts);
        Self {
            passed: signature.conclusion.passed(),
            timestamped: counting.clone().next().is_some(),
            accredited: counting.any(|timestamp| timestamp.accreditation == AccreditationStatus::Accredited),
        }
    }

    /// Whether everything that stood before still stands.
    fn keeps(self, before: Self) -> bool {
        self.passed && (self.timestamped || !before.timestamped) && (self.accredited || !before.accredited)
    }
}

/// A document at later times.
struct Outlook<'a, 'f> {
    context: Context<'a>,
    announced: &'a Announced,
    document: &'a Document<'f>,
    /// Every entry as it is at the time of the judgement.
    present: &'a [SignatureValidation],
    /// The last second of each thing that ends after the judgement, sorted.
    ends: Vec<UtcTime>,
    judged: RefCell<BTreeMap<(UtcTime, bool), Vec<Left>>>,
}

impl<'a, 'f> Outlook<'a, 'f> {
    fn new(
        context: Context<'a>,
        announced: &'a Announced,
        document: &'a Document<'f>,
        present: &'a [SignatureValidation],
        expiries: impl Iterator<Item = UtcTime>,
    ) -> Self {
        let algorithms = announced.policy.algorithms.entries.iter().flat_map(|entry| [entry.until, entry.horizon]);
        let table = context.policy.algorithms.entries.iter().filter_map(|entry| entry.until);
        let sunsets = context.trust.signer.iter().filter_map(|anchor| anchor.not_after);
        let sunsets = sunsets.chain(context.trust.tsa.iter().filter_map(|anchor| anchor.not_after));
        let firsts = algorithms.flatten().chain(table).chain(sunsets).map(|first| first.plus_seconds(-1));
        let ends: BTreeSet<UtcTime> = expiries.chain(firsts).filter(|end| *end > context.now).collect();
        let judged = RefCell::default();
        Self { context, announced, document, present, ends: ends.into_iter().collect(), judged }
    }

    fn of(&self, index: usize, present: &SignatureValidation) -> Option<Forecast> {
        let before = Left::of(present);
        if !before.passed {
            return None;
        }
        let lasts = |end: UtcTime, announced: bool| {
            self.at(end.plus_seconds(1), announced).get(index).is_some_and(|left| left.keeps(before))
        };
        let Some(until) = self.until(present, |end| lasts(end, false)) else {
            let subject = subject_of(present.certificate.as_ref());
            let because = ForecastReason::MissingMaterial;
            return Some(Forecast { until: None, renew_before: None, because, subject });
        };
        let mut ends = self.announced.ends.iter().filter(|(_, counted)| *counted < until);
        if let Some((end, counted)) = ends.find(|(_, counted)| !lasts(*counted, true)).copied() {
            let subject = self.algorithms_ending_at(index, present, counted);
            let because = ForecastReason::AlgorithmEnd;
            return Some(Forecast { until: Some(until), renew_before: Some(end), because, subject });
        }
        let (because, subject) = self.what_ends(index, present, until);
        Some(Forecast { until: Some(until), renew_before: Some(until), because, subject })
    }

    /// The last second at which it `lasts`; `None` when it does not even now.
    fn until(&self, present: &SignatureValidation, lasts: impl Fn(UtcTime) -> bool) -> Option<UtcTime> {
        let before = |position: usize| position.checked_sub(1).and_then(|at| self.ends.get(at));
        let lasts_before = |position: usize| lasts(before(position).copied().unwrap_or(self.context.now));
        // Mostly the newest time-stamping unit decides: two questions tell, where halving would take more.
        let passed = present.timestamps.iter().filter(|timestamp| timestamp.stands());
        let unit = passed.filter_map(|timestamp| Some(timestamp.certificate.as_ref()?.not_after())).max();
        if let Some(guess) = unit.and_then(|end| self.ends.binary_search(&end).ok())
            && let Some(end) = self.ends.get(guess)
            && !lasts(*end)
            && lasts_before(guess)
        {
            return Some(*end);
        }
        let first = self.ends.partition_point(|end| lasts(*end));
        (first > 0 || lasts(self.context.now)).then(|| self.ends.get(first).copied().unwrap_or(UtcTime::MAX))
    }

    /// What is left of every entry at a time.
    fn at(&self, time: UtcTime, announced: bool) -> Vec<Left> {
        if let Some(known) = self.judged.borrow().get(&(time, announced)) {
            return known.clone();
        }
        let policy = if announced { &self.announced.policy } else { self.context.policy };
        let context = Context { policy, ..self.context.at(time) };
        let (judged, _) = self.document.judge(&context, Detail::Outcome);
        let left: Vec<Left> = judged.iter().map(Left::of).collect();
        self.judged.borrow_mut().insert((time, announced), left.clone());
        left
    }

    /// What ends at the last second of verifiability.
    fn what_ends(&self, index: usize, present: &SignatureValidation, until: UtcTime) -> (ForecastReason, String) {
        let expiring = |certificate: &&Arc<Certificate>| certificate.not_after() == until;
        let chain = |path: &'_ Option<crate::PathReport>| -> Vec<Arc<Certificate>> {
            path.iter().flat_map(|path| &path.links).map(|link| Arc::clone(&link.certificate)).collect()
        };
        // A timestamp may end with the one that proves it.
        let timestamps = present.timestamps.iter().chain(self.present.iter().flat_map(|entry| &entry.timestamps));
        let of_timestamps: Vec<Vec<Arc<Certificate>>> =
            timestamps.filter(|t| t.stands()).map(|t| chain(&t.path)).collect();
        let units = of_timestamps.iter().filter_map(|path| path.first());
        if let Some(unit) = units.into_iter().find(expiring) {
            return (ForecastReason::TsaCertificateExpiry, unit.subject().to_string());
        }
        let own = chain(&present.path);
        let authorities = own.iter().skip(1).chain(of_timestamps.iter().flat_map(|path| path.iter().skip(1)));
        if let Some(authority) = authorities.into_iter().find(expiring) {
            return (ForecastReason::CaCertificateExpiry, authority.subject().to_string());
        }
        if let Some(signer) = own.first().filter(expiring) {
            let because = match Left::of(present).timestamped {
                true => ForecastReason::MissingMaterial,
                false => ForecastReason::SignerCertificateExpiry,
            };
            return (because, signer.subject().to_string());
        }
        let signer = self.context.trust.signer.iter().map(|anchor| (&anchor.name, anchor.not_after));
        let tsa = self.context.trust.tsa.iter().map(|anchor| (&anchor.name, anchor.not_after));
        if let Some((name, _)) = signer.chain(tsa).find(|(_, end)| *end == Some(until.plus_seconds(1))) {
            return (ForecastReason::AnchorSunset, name.clone());
        }
        match self.algorithms_ending_at(index, present, until) {
            // The certificate of whoever signed a revocation datum that no timestamp covers.
            none if none.is_empty() => (ForecastReason::MissingMaterial, subject_of(present.certificate.as_ref())),
            name => (ForecastReason::AlgorithmEnd, name),
        }
    }

    /// The algorithms it rests on that are accepted up to a second, by name.
    fn algorithms_ending_at(&self, index: usize, present: &SignatureValidation, last: UtcTime) -> String {
        let mut uses = self.document.digests(index);
        let passed = present.timestamps.iter().filter(|timestamp| timestamp.stands());
        let paths = passed.map(|timestamp| &timestamp.path).chain([&present.path]).flatten();
        paths.flat_map(|path| &path.links).for_each(|link| of_certificate(&link.certificate, &mut uses));
        let refused = |time| Acceptance::at(&uses, &self.announced.policy.algorithms, time).refused;
        let before = refused(last);
        let ended: Vec<String> =
            refused(last.plus_seconds(1)).into_iter().filter(|name| !before.contains(name)).collect();
        ended.join(", ")
    }
}

fn subject_of(certificate: Option<&Arc<Certificate>>) -> String {
    certificate.map(|certificate| certificate.subject().to_string()).unwrap_or_default()
}
