use std::fmt;

use kenin_base::UtcTime;

/// A day in seconds.
const DAY: i64 = 86_400;

/// Japan Standard Time is nine hours ahead of UTC.
const JST: i64 = 9 * 3_600;

/// A stretch of time laid over a width of 100.
pub(super) struct Scale {
    from: i64,
    to: i64,
}

/// Per cent of a width, as SVG writes it.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) struct Percent(f64);

impl Percent {
    /// How far it is to another place, and enough to be seen.
    pub(super) fn until(self, other: Self) -> Self {
        Self((other.0 - self.0).max(0.4))
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}%", self.0)
    }
}

/// A mark on the axis.
pub(super) struct Tick {
    /// From the left.
    pub at: Percent,
    pub label: String,
}

impl Scale {
    /// Over all of these times, with a little air at both ends. `None` for no time at all.
    pub(super) fn over(times: &[UtcTime]) -> Option<Self> {
        let seconds = || times.iter().map(|time| time.unix_seconds());
        let (first, last) = (seconds().min()?, seconds().max()?);
        let air = ((last - first) / 33).max(DAY);
        Some(Self { from: first.saturating_sub(air), to: last.saturating_add(air) })
    }

    /// Where a time lies from the left; outside the stretch at its end.
    pub(super) fn at(&self, time: UtcTime) -> Percent {
        let clamped = time.unix_seconds().clamp(self.from, self.to);
        share(clamped - self.from, self.to - self.from)
    }

    pub(super) fn starts_after(&self, time: UtcTime) -> bool {
        time.unix_seconds() < self.from
    }

    pub(super) fn ends_before(&self, time: UtcTime) -> bool {
        time.unix_seconds() > self.to
    }

    /// Beginnings of years, or of months where there are few years, ten at most.
    pub(super) fn ticks(&self) -> Vec<Tick> {
        let years = (self.to - self.from) / (365 * DAY);
        let months = match years {
            0 if self.to - self.from < 70 * DAY => return Vec::new(),
            0 => 2,
            1 => 4,
            2..=7 => 12,
            8..=15 => 24,
            16..=40 => 60,
            41..=80 => 120,
            81..=800 => 1_200,
            _ => 12_000,
        };
        let start = UtcTime::from_unix(self.from).to_jst_date_string();
        let Some(year) = start.get(..4).and_then(|year| year.parse::<i32>().ok()) else { return Vec::new() };
        let step_years = (months / 12).max(1);
        let first = year - year.rem_euclid(step_years);
        let mut ticks = Vec::new();
        for month in (0..).step_by(usize::try_from(months).unwrap_or(12)).map(|m: i32| (first + m / 12, m % 12 + 1)) {
            let (year, number) = month;
            let day = u8::try_from(number).ok().and_then(|number| UtcTime::from_civil(year, number, 1, 0, 0, 0));
            let Some(day) = day.map(|day| day.plus_seconds(-JST)) else { break };
            if self.ends_before(day) {
                break;
            }
            if !self.starts_after(day) {
                let label = if months < 12 { format!("{year}-{number:02}") } else { year.to_string() };
                ticks.push(Tick { at: self.at(day), label });
            }
        }
        ticks
    }
}

/// `part` of `whole`.
fn share(part: i64, whole: i64) -> Percent {
    // Times of a few thousand years in seconds are far below 2^53.
    #[allow(clippy::cast_precision_loss)]
    let (part, whole) = (part as f64, whole.max(1) as f64);
    Percent(part / whole * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> UtcTime {
        UtcTime::parse(text).unwrap()
    }

    #[test]
    fn times_lie_in_order_and_what_is_outside_at_the_end() {
        let scale = Scale::over(&[time("2020-01-01T00:00:00Z"), time("2030-01-01T00:00:00Z")]).unwrap();
        let at = |text| scale.at(time(text));
        assert!(at("2020-01-01T00:00:00Z") > Percent(2.0) && at("2030-01-01T00:00:00Z") < Percent(98.0));
        assert!((at("2024-12-31T12:00:00Z").0 - 50.0).abs() < 0.1);
        assert!(scale.starts_after(time("1990-01-01T00:00:00Z")) && at("1990-01-01T00:00:00Z") == Percent(0.0));
        assert!(scale.ends_before(UtcTime::MAX) && at("9999-01-01T00:00:00Z") == Percent(100.0));
    }

    #[test]
    fn ticks_are_few_and_at_the_beginning_of_a_year_in_japan() {
        for (from, to) in [
            ("2024-01-01T00:00:00Z", "2024-12-01T00:00:00Z"),
            ("2023-05-01T00:00:00Z", "2025-01-01T00:00:00Z"),
            ("2020-05-01T00:00:00Z", "2026-01-01T00:00:00Z"),
            ("2010-05-01T00:00:00Z", "2054-01-01T00:00:00Z"),
            ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"),
        ] {
            let ticks = Scale::over(&[time(from), time(to)]).unwrap().ticks();
            assert!((2..=10).contains(&ticks.len()), "{from} {to}: {}", ticks.len());
            assert!(ticks.is_sorted_by(|a, b| a.at < b.at));
        }
        let ticks = Scale::over(&[time("2020-05-01T00:00:00Z"), time("2026-01-01T00:00:00Z")]).unwrap().ticks();
        assert_eq!(ticks.first().unwrap().label, "2021");
    }

    #[test]
    fn one_instant_has_a_place_and_no_axis() {
        let scale = Scale::over(&[time("2024-01-01T00:00:00Z")]).unwrap();
        assert!((scale.at(time("2024-01-01T00:00:00Z")).0 - 50.0).abs() < 0.1);
        assert!(scale.ticks().is_empty() && Scale::over(&[]).is_none());
    }
}
