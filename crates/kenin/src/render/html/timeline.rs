//! When everything about one signature was: a table whose every row has its own strip of one picture.

use std::collections::BTreeSet;

use askama::Template;
use kenin_base::{Sha256, UtcTime};

use super::bounds;
use super::scale::{Percent, Scale, Tick};
use crate::messages::{Catalogue, common_name};
use crate::render::serde_name;
use crate::render::story::{Tone, is_stamp, stamp_name};
use crate::report::{CertificateReport, Grade, Report, RevocationReport, SignatureReport, TimestampReport};

/// How far into the future the picture reaches for a date of renewal.
const HORIZON_YEARS: u32 = 15;

/// Revocation data shown for one certificate.
const DATA: usize = 3;

/// Timestamps and certificates shown, of each.
const SHOWN: usize = 30;

pub(super) struct Timeline {
    pub lanes: Vec<Lane>,
    /// How many more timestamps and certificates there are.
    pub more: Option<String>,
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
        let mut left_out = 0;
        let events = events(report, signature, &mut left_out, catalogue);
        if events.len() < 2 {
            return None;
        }
        let horizon = report.validation_time.plus_years(HORIZON_YEARS);
        let marks = events.iter().filter_map(|event| event.mark).map(|(time, _)| time).filter(|time| *time <= horizon);
        let signer = signature.signer.iter().flat_map(|signer| [signer.not_before, signer.not_after.min(horizon)]);
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
        Some(Self { lanes: events.iter().map(lane).collect(), more: bounds::more(left_out, catalogue), ticks })
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

fn events(report: &Report, signature: &SignatureReport, left_out: &mut usize, catalogue: &Catalogue) -> Vec<Event> {
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
    *left_out += stamps.len().saturating_sub(SHOWN);
    stamps.truncate(SHOWN);
    events.extend(stamps.iter().filter_map(|stamp| stamped(stamp, signature, catalogue)));
    let own_time = signature.best_signature_time.filter(|_| is_stamp(signature) && stamps.is_empty());
    events.extend(own_time.map(|time| moment("html-stamped", time, Shape::Stamp, Tone::Good)));
    let mut seen: BTreeSet<Sha256> = BTreeSet::new();
    let pathless = signature.signer.iter().filter(|_| signature.chain.is_empty());
    for signer in pathless {
        seen.insert(signer.certificate_sha256);
        events.push(lifetime(&signer.subject, (signer.not_before, signer.not_after), catalogue));
    }
    let of_stamps = stamps.iter().flat_map(|stamp| &stamp.chain);
    for certificate in signature.chain.iter().chain(of_stamps) {
        if !seen.insert(certificate.certificate_sha256) {
            continue;
        }
        if seen.len() > SHOWN {
            *left_out += 1;
        } else {
            events.push(lifetime(&certificate.subject, (certificate.not_before, certificate.not_after), catalogue));
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

fn lifetime(subject: &str, validity: (UtcTime, UtcTime), catalogue: &Catalogue) -> Event {
    let name = common_name(subject);
    Event {
        label: catalogue.text("html-certificate-of", &[("name", (&name).into())]),
        note: None,
        class: "certificate",
        tone: Tone::Plain,
        span: Some(validity),
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
        None if datum.why == "fresh" => status,
        None => {
            let why = catalogue.text(&format!("datum-{}", datum.why), &[]);
            catalogue.text("html-datum-note", &[("status", (&status).into()), ("why", (&why).into())])
        }
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

#[cfg(test)]
mod tests {
    use super::super::tests::{report, time};
    use super::*;
    use crate::messages::Lang;
    use crate::report::PreservationReport;

    fn timeline(report: &Report) -> Option<Timeline> {
        Timeline::new(report, &report.signatures[0], &Catalogue::for_keeping(Lang::En))
    }

    fn lane<'t>(timeline: &'t Timeline, label: &str) -> &'t Lane {
        let mut lanes = timeline.lanes.iter().filter(|lane| lane.label == label);
        let lane = lanes.next().unwrap_or_else(|| panic!("no {label}"));
        assert!(lanes.next().is_none(), "{label} twice");
        lane
    }

    /// A signature of which nothing but the time of judging is known.
    fn bare() -> Report {
        let mut report = report("discharge-summary.pdf");
        let signature = &mut report.signatures[0];
        signature.claimed_signing_time = None;
        signature.signer = None;
        signature.timestamps.clear();
        signature.chain.clear();
        signature.preservation = PreservationReport::default();
        report
    }

    #[test]
    fn the_time_of_judging_alone_is_no_timeline() {
        assert!(timeline(&bare()).is_none());
        let mut claimed = bare();
        claimed.signatures[0].claimed_signing_time = Some(time("2024-05-20T01:30:00Z"));
        let lanes = timeline(&claimed).unwrap().lanes;
        assert_eq!(
            lanes.iter().map(|lane| lane.label.as_str()).collect::<Vec<_>>(),
            ["Signing time that the signer claims", "Judged at"]
        );
        assert_eq!(lanes[0].when, "2024-05-20 10:30:00 JST");
        assert_eq!(lanes[0].utc, "2024-05-20 01:30:00 UTC");
    }

    #[test]
    fn a_date_beyond_the_picture_becomes_an_arrow_at_its_end() {
        let mut report = bare();
        report.signatures[0].claimed_signing_time = Some(time("2024-05-20T01:30:00Z"));
        let judged = report.validation_time;
        for (years, beyond) in [(HORIZON_YEARS - 1, false), (HORIZON_YEARS + 1, true)] {
            let renew = judged.plus_years(years);
            report.signatures[0].preservation.renew_before = Some(renew);
            let timeline = timeline(&report).unwrap();
            let lane = lane(&timeline, "Renew by");
            let mark = lane.strip.mark.as_ref().unwrap();
            assert_eq!(mark.shape == Shape::Later, beyond, "{years}");
            assert_eq!(mark.at.to_string() == "100.00%", beyond, "{}", mark.at);
            assert_eq!(lane.strip.rules.iter().any(|rule| rule.class == "renewal"), !beyond);
            assert_eq!(lane.when, renew.to_jst_string());
            assert_eq!(lane.strip.render().unwrap().contains("M-10 -6l9 6-9 6z"), beyond);
        }
    }

    #[test]
    fn lifetimes_beyond_the_picture_go_on_and_others_do_not() {
        let report = report("discharge-summary.pdf");
        let timeline = timeline(&report).unwrap();
        let bar = |label: &str| lane(&timeline, label).strip.bar.as_ref().unwrap();
        let signer = bar("Certificate of Taro DEMO");
        assert!(!signer.before && !signer.after);
        let root = bar("Certificate of DEMO HPKI Root CA");
        assert!(root.before && root.after);
    }

    /// RFC 5280 4.1.2.5: 99991231235959Z is a certificate without an end.
    #[test]
    fn a_certificate_without_an_end_does_not_squeeze_everything_else() {
        let mut report = report("discharge-summary.pdf");
        report.signatures[0].chain[0].not_after = time("9999-12-31T23:59:59Z");
        let timeline = timeline(&report).unwrap();
        let signer = lane(&timeline, "Certificate of Taro DEMO").strip.bar.as_ref().unwrap();
        assert!(!signer.before && signer.after);
        // A picture of about fifteen years, not of eight thousand.
        let years: Vec<i32> = timeline.ticks.iter().map(|tick| tick.label.parse().unwrap()).collect();
        assert!(years.len() >= 2 && years.iter().all(|year| (2020..2045).contains(year)), "{years:?}");
    }

    #[test]
    fn a_certificate_has_one_row_however_often_it_is_used() {
        let mut report = report("discharge-summary.pdf");
        let before = timeline(&report).unwrap().lanes.len();
        let chain = report.signatures[0].chain.clone();
        report.signatures[0].chain.extend(chain.clone());
        report.signatures[0].timestamps[0].chain.extend(chain);
        assert_eq!(timeline(&report).unwrap().lanes.len(), before);
    }

    #[test]
    fn the_date_to_renew_by_is_not_told_twice() {
        let mut report = bare();
        let date = Some(report.validation_time.plus_years(2));
        report.signatures[0].preservation =
            PreservationReport { renew_before: date, verifiable_until: date, ..PreservationReport::default() };
        let labels: Vec<_> = timeline(&report).unwrap().lanes.into_iter().map(|lane| lane.label).collect();
        assert_eq!(labels, ["Renew by", "Judged at"]);
    }

    #[test]
    fn timestamps_are_in_the_order_of_their_times_and_the_rest_is_counted() {
        let mut report = report("discharge-summary.pdf");
        let signature = &mut report.signatures[0];
        signature.timestamps.reverse();
        let stamp = signature.timestamps[0].clone();
        signature.timestamps.extend(std::iter::repeat_n(stamp, SHOWN));
        let timeline = timeline(&report).unwrap();
        let stamps: Vec<_> = timeline.lanes.iter().filter(|lane| lane.label.contains(" timestamp, ")).collect();
        assert_eq!(stamps.len(), SHOWN);
        assert!(
            stamps[0].label.starts_with("signature timestamp") && stamps[1].label.starts_with("document timestamp")
        );
        assert_eq!(timeline.more.as_deref(), Some("and 2 more (see --format json)"));
    }
}
