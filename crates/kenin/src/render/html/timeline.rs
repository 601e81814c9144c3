//! When everything about one signature was: a table whose every row has its own strip of one picture.

use std::collections::BTreeSet;

use askama::Template;
use kenin_base::{Sha256, UtcTime};

use super::scale::{Percent, Scale, Tick};
use crate::messages::{Catalogue, common_name};
use crate::render::serde_name;
use crate::render::story::{Tone, is_stamp, stamp_name};
use crate::report::{CertificateReport, Grade, Report, RevocationReport, SignatureReport, TimestampReport};

/// How far into the future the picture reaches for a date of renewal.
const HORIZON_YEARS: u32 = 15;

/// Revocation data shown for one certificate.
const DATA: usize = 3;

pub(super) struct Timeline {
    pub lanes: Vec<Lane>,
    pub ticks: Vec<Tick>,
}

/// One row: what, when, and its strip of the picture.
pub(super) struct Lane {
    pub label: String,
    pub note: Option<String>,
    pub when: String,
    /// The same in UTC.
    pub utc: String,
    pub tone: Tone,
    pub strip: Strip,
}

/// Everything on one strip.
#[derive(Template)]
#[template(path = "strip.html")]
pub(super) struct Strip {
    ticks: Vec<Percent>,
    rules: Vec<Line>,
    bar: Option<Bar>,
    mark: Option<Mark>,
    class: &'static str,
}

#[derive(Clone)]
struct Line {
    at: Percent,
    class: &'static str,
}

struct Bar {
    at: Percent,
    width: Percent,
    /// Whether it goes on beyond the picture.
    before: bool,
    after: bool,
}

struct Mark {
    at: Percent,
    shape: Shape,
}

#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Claim,
    Stamp,
    Revoked,
    Now,
    Renewal,
    /// Beyond the picture.
    Later,
}

/// What a row shows.
struct Event {
    label: String,
    note: Option<String>,
    class: &'static str,
    tone: Tone,
    span: Option<(UtcTime, UtcTime)>,
    mark: Option<(UtcTime, Shape)>,
}

impl Timeline {
    /// `None` where there is nothing to show but the time of judging.
    pub(super) fn new(report: &Report, signature: &SignatureReport, catalogue: &Catalogue) -> Option<Self> {
        let events = events(report, signature, catalogue);
        if events.len() < 2 {
            return None;
        }
        let horizon = report.validation_time.plus_years(HORIZON_YEARS);
        let marks = events.iter().filter_map(|event| event.mark).map(|(time, _)| time).filter(|time| *time <= horizon);
        let signer = signature.chain.first().into_iter().flat_map(|link| [link.not_before, link.not_after]);
        let scale = Scale::over(&marks.chain(signer).collect::<Vec<_>>())?;
        let ticks = scale.ticks();
        let rule = |event: &Event| {
            let (time, shape) = event.mark?;
            let class = match shape {
                Shape::Now => "now",
                Shape::Renewal => "renewal",
                _ => return None,
            };
            (!scale.ends_before(time)).then(|| Line { at: scale.at(time), class })
        };
        let rules: Vec<Line> = events.iter().filter_map(rule).collect();
        let lane = |event: &Event| Lane {
            label: event.label.clone(),
            note: event.note.clone(),
            when: when(event, catalogue, |time| time.to_jst_string()),
            utc: when(event, catalogue, |time| time.to_utc_string()),
            tone: event.tone,
            strip: Strip {
                ticks: ticks.iter().map(|tick| tick.at).collect(),
                rules: rules.clone(),
                bar: event.span.map(|(from, to)| Bar {
                    at: scale.at(from),
                    width: scale.at(from).until(scale.at(to)),
                    before: scale.starts_after(from),
                    after: scale.ends_before(to),
                }),
                mark: event.mark.map(|(time, shape)| Mark {
                    at: scale.at(time),
                    shape: if scale.ends_before(time) { Shape::Later } else { shape },
                }),
                class: event.class,
            },
        };
        Some(Self { lanes: events.iter().map(lane).collect(), ticks })
    }
}

fn when(event: &Event, catalogue: &Catalogue, shown: impl Fn(UtcTime) -> String) -> String {
    match (event.mark, event.span) {
        (_, Some((from, to))) => {
            let (from, to) = (shown(from), shown(to));
            catalogue.text("html-from-to", &[("from", (&from).into()), ("to", (&to).into())])
        }
        (Some((time, _)), None) => shown(time),
        (None, None) => String::new(),
    }
}

fn events(report: &Report, signature: &SignatureReport, catalogue: &Catalogue) -> Vec<Event> {
    let mut events = Vec::new();
    let moment = |key: &str, time: UtcTime, shape, tone| Event {
        label: catalogue.text(key, &[]),
        note: None,
        class: "moment",
        tone,
        span: None,
        mark: Some((time, shape)),
    };
    events.extend(signature.claimed_signing_time.map(|time| Event {
        note: Some(catalogue.text("html-claim-note", &[])),
        ..moment("html-claim", time, Shape::Claim, Tone::Plain)
    }));
    let mut stamps: Vec<&TimestampReport> = signature.timestamps.iter().collect();
    stamps.sort_by_key(|stamp| stamp.gen_time);
    events.extend(stamps.iter().filter_map(|stamp| stamped(stamp, signature, catalogue)));
    let own_time = signature.best_signature_time.filter(|_| is_stamp(signature) && stamps.is_empty());
    events.extend(own_time.map(|time| moment("html-stamped", time, Shape::Stamp, Tone::Good)));
    let mut seen: BTreeSet<Sha256> = BTreeSet::new();
    let of_stamps = stamps.iter().flat_map(|stamp| &stamp.chain);
    for certificate in signature.chain.iter().chain(of_stamps) {
        if seen.insert(certificate.certificate_sha256) {
            events.push(lifetime(certificate, catalogue));
            events.extend(revocation(certificate, catalogue));
        }
    }
    let preservation = &signature.preservation;
    let renew = preservation.renew_before;
    events.extend(renew.map(|time| moment("html-renew-before", time, Shape::Renewal, Tone::Unsure)));
    let until = preservation.verifiable_until.filter(|until| Some(*until) != renew);
    events.extend(until.map(|time| moment("html-verifiable-until", time, Shape::Renewal, Tone::Plain)));
    events.push(moment("html-judged-at", report.validation_time, Shape::Now, Tone::Plain));
    events
}

fn stamped(stamp: &TimestampReport, signature: &SignatureReport, catalogue: &Catalogue) -> Option<Event> {
    let time = stamp.gen_time?;
    let name = stamp_name(stamp).unwrap_or_default();
    let kind = catalogue.text(&format!("timestamp-kind-{}", serde_name(&stamp.kind)), &[]);
    let grade = catalogue.text(&format!("grade-{}", serde_name(&stamp.grade)), &[]);
    let proves = signature.best_signature_time == Some(time) && stamp.grade >= Grade::Trusted;
    let note = match proves {
        true => catalogue.text("html-stamp-proves", &[("grade", (&grade).into())]),
        false => grade,
    };
    Some(Event {
        label: catalogue.text("html-stamp", &[("kind", (&kind).into()), ("tsa", (&name).into())]),
        note: Some(note),
        class: "moment",
        tone: match stamp.grade {
            Grade::None => Tone::Bad,
            Grade::Verified => Tone::Unsure,
            Grade::Trusted | Grade::Accredited => Tone::Good,
        },
        span: None,
        mark: Some((time, Shape::Stamp)),
    })
}

fn lifetime(certificate: &CertificateReport, catalogue: &Catalogue) -> Event {
    let name = common_name(&certificate.subject);
    Event {
        label: catalogue.text("html-certificate-of", &[("name", (&name).into())]),
        note: None,
        class: "certificate",
        tone: Tone::Plain,
        span: Some((certificate.not_before, certificate.not_after)),
        mark: None,
    }
}

/// What was relied upon; what was not, where there is nothing better.
fn revocation(certificate: &CertificateReport, catalogue: &Catalogue) -> Vec<Event> {
    let data = || certificate.revocation.iter();
    let used: Vec<_> = data().filter(|datum| datum.usable && datum.why == "fresh").collect();
    let shown = if used.is_empty() { data().collect() } else { used };
    shown.into_iter().take(DATA).filter_map(|datum| datum_event(certificate, datum, catalogue)).collect()
}

fn datum_event(certificate: &CertificateReport, datum: &RevocationReport, catalogue: &Catalogue) -> Option<Event> {
    let from = datum.this_update?;
    let name = common_name(&certificate.subject);
    let status = catalogue.text(&format!("revocation-status-{}", datum.status), &[]);
    let note = match datum.revocation_date {
        Some(date) => {
            catalogue.text("html-revoked-on", &[("status", (&status).into()), ("date", (&catalogue.time(date)).into())])
        }
        None => status,
    };
    Some(Event {
        label: catalogue.text("html-revocation-of", &[("name", (&name).into())]),
        note: Some(note),
        class: "revocation",
        tone: match datum.status {
            "good" => Tone::Plain,
            "revoked" => Tone::Bad,
            _ => Tone::Unsure,
        },
        span: Some((from, datum.next_update.unwrap_or(from))),
        mark: datum.revocation_date.map(|date| (date, Shape::Revoked)),
    })
}
