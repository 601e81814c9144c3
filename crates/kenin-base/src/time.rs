use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::{Date, Month, OffsetDateTime, Time};

use crate::decimal;

/// Japan Standard Time is UTC+9 all year; people read times in it.
const JST_OFFSET_SECONDS: i64 = 9 * 3600;

/// An instant in UTC with nanoseconds, remembering how many fraction digits its source wrote.
///
/// The digits are kept for display alone: comparison looks at the instant. Years are 0000 to 9999.
#[derive(Clone, Copy)]
pub struct UtcTime {
    seconds: i64,
    nanoseconds: u32,
    fraction_digits: u8,
}

/// Why a text is not a time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a time; write RFC 3339, for example 2026-11-22T00:00:00Z or 2026-11-22T09:00:00+09:00")]
pub struct TimeError {
    text: String,
}

impl UtcTime {
    /// The earliest instant this type can show.
    pub const MIN: Self = Self { seconds: -62_167_219_200, nanoseconds: 0, fraction_digits: 0 };
    /// The last instant this type can show; RFC 5280 4.1.2.5 uses it for "no well-defined expiration date".
    pub const MAX: Self = Self { seconds: 253_402_300_799, nanoseconds: 0, fraction_digits: 0 };

    /// The instant `seconds` after 1970-01-01T00:00:00Z, held within years 0000 to 9999.
    pub fn from_unix(seconds: i64) -> Self {
        let seconds = seconds.clamp(Self::MIN.seconds, Self::MAX.seconds);
        Self { seconds, nanoseconds: 0, fraction_digits: 0 }
    }

    /// A civil date and time in UTC, or `None` when a field is out of range (a 60th second included).
    pub fn from_civil(year: i32, month: u8, day: u8, hour: u8, minute: u8, second: u8) -> Option<Self> {
        let date = Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()?;
        let time = Time::from_hms(hour, minute, second).ok()?;
        let seconds = date.with_time(time).assume_utc().unix_timestamp();
        (Self::MIN.seconds..=Self::MAX.seconds).contains(&seconds).then(|| Self::from_unix(seconds))
    }

    /// The same second with a fraction: `nanoseconds` below 10⁹, written with `digits` digits (at most 9).
    #[must_use]
    pub fn with_fraction(mut self, nanoseconds: u32, digits: u8) -> Self {
        self.nanoseconds = nanoseconds.min(999_999_999);
        self.fraction_digits = digits.min(9);
        self
    }

    /// Reads RFC 3339 text; an offset is converted to UTC.
    ///
    /// # Errors
    /// [`TimeError`] when the text is not RFC 3339 or not within years 0000 to 9999.
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        parse_rfc3339(text).ok_or_else(|| TimeError { text: text.chars().take(64).collect() })
    }

    /// Whole seconds since 1970-01-01T00:00:00Z.
    pub fn unix_seconds(self) -> i64 {
        self.seconds
    }

    /// The fraction of the second in nanoseconds.
    pub fn subsec_nanos(self) -> u32 {
        self.nanoseconds
    }

    /// The instant `seconds` later (earlier when negative), held within years 0000 to 9999.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        let moved = self.seconds.saturating_add(seconds).clamp(Self::MIN.seconds, Self::MAX.seconds);
        Self { seconds: moved, ..self }
    }

    /// The same date and time `years` later; from 29 February, 1 March where that year has none.
    #[must_use]
    pub fn plus_years(self, years: u32) -> Self {
        let Ok(t) = OffsetDateTime::from_unix_timestamp(self.seconds) else { return Self::MAX };
        let year = i32::try_from(years).ok().and_then(|years| t.year().checked_add(years)).unwrap_or(i32::MAX);
        let (hour, minute, second) = (t.hour(), t.minute(), t.second());
        let on = |month, day| Self::from_civil(year, month, day, hour, minute, second);
        on(u8::from(t.month()), t.day())
            .or_else(|| on(3, 1))
            .map_or(Self::MAX, |moved| Self { seconds: moved.seconds, ..self })
    }

    /// Nanoseconds from `earlier` to `self`; negative when `earlier` is later.
    pub fn nanos_since(self, earlier: Self) -> i128 {
        let whole = i128::from(self.seconds) - i128::from(earlier.seconds);
        whole * 1_000_000_000 + i128::from(self.nanoseconds) - i128::from(earlier.nanoseconds)
    }

    /// The time as people in Japan read it: `2026-11-22 09:00:00 JST`.
    pub fn to_jst_string(self) -> String {
        let local = Self { seconds: self.seconds.saturating_add(JST_OFFSET_SECONDS), ..self };
        format!("{} JST", local.civil(' '))
    }

    /// The time in UTC for people: `2026-11-22 00:00:00 UTC`.
    pub fn to_utc_string(self) -> String {
        format!("{} UTC", self.civil(' '))
    }

    /// The time as people in Japan read it, with UTC beside it, the date where it is another:
    /// `2026-11-22 09:00:00 JST (00:00:00 UTC)`.
    pub fn to_jst_and_utc_string(self) -> String {
        let utc = self.to_utc_string();
        let time = utc.strip_prefix(&self.to_jst_date_string()).map_or(utc.as_str(), str::trim_start);
        format!("{} ({time})", self.to_jst_string())
    }

    /// The date in Japan Standard Time: `2026-11-22`.
    pub fn to_jst_date_string(self) -> String {
        let local = Self { seconds: self.seconds.saturating_add(JST_OFFSET_SECONDS), ..self };
        local.civil(' ').chars().take(10).collect()
    }

    fn to_rfc3339(self) -> String {
        let mut text = self.civil('T');
        text.push('Z');
        text
    }

    fn civil(self, separator: char) -> String {
        let Ok(t) = OffsetDateTime::from_unix_timestamp(self.seconds) else {
            return format!("{}s", self.seconds);
        };
        let (year, month, day) = (t.year(), u8::from(t.month()), t.day());
        let (hour, minute, second) = (t.hour(), t.minute(), t.second());
        let mut text = String::with_capacity("0000-00-00T00:00:00.000000000Z".len());
        decimal::push(&mut text, u64::from(year.unsigned_abs()), 4);
        for (before, number) in [('-', month), ('-', day), (separator, hour), (':', minute), (':', second)] {
            text.push(before);
            decimal::push(&mut text, u64::from(number), 2);
        }
        if self.fraction_digits > 0 {
            let cut = 10u32.pow(u32::from(9u8.saturating_sub(self.fraction_digits)));
            text.push('.');
            decimal::push(&mut text, u64::from(self.nanoseconds / cut), usize::from(self.fraction_digits));
        }
        text
    }
}

/// `YYYY-MM-DDThh:mm:ss[.fraction](Z|±hh:mm)`, RFC 3339 section 5.6.
fn parse_rfc3339(text: &str) -> Option<UtcTime> {
    let digits = |from: usize, to: usize| -> Option<u32> {
        let part = text.get(from..to)?;
        part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?
    };
    let two = |from: usize| digits(from, from + 2).and_then(|v| u8::try_from(v).ok());
    let byte = |at: usize| text.as_bytes().get(at).copied();
    if byte(4) != Some(b'-') || byte(7) != Some(b'-') || byte(13) != Some(b':') || byte(16) != Some(b':') {
        return None;
    }
    if !matches!(byte(10), Some(b'T' | b't' | b' ')) {
        return None;
    }
    let year = i32::try_from(digits(0, 4)?).ok()?;
    let mut time = UtcTime::from_civil(year, two(5)?, two(8)?, two(11)?, two(14)?, two(17)?)?;
    let mut rest = text.get(19..)?;
    if let Some(after_dot) = rest.strip_prefix('.') {
        let count = after_dot.bytes().take_while(u8::is_ascii_digit).count();
        let kept = after_dot.get(..count.min(9))?;
        let padded = format!("{kept:0<9}");
        time = time.with_fraction(padded.parse().ok().filter(|_| count > 0)?, u8::try_from(kept.len()).ok()?);
        rest = after_dot.get(count..)?;
    }
    if matches!(rest, "Z" | "z") {
        return Some(time);
    }
    let sign = match rest.as_bytes().first()? {
        b'+' => -1,
        b'-' => 1,
        _ => return None,
    };
    let at = text.len() - rest.len();
    let (hours, minutes) = (two(at + 1)?, two(at + 4)?);
    let well_formed = rest.len() == 6 && byte(at + 3) == Some(b':') && hours < 24 && minutes < 60;
    well_formed.then(|| time.plus_seconds(sign * (i64::from(hours) * 3600 + i64::from(minutes) * 60)))
}

impl PartialEq for UtcTime {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for UtcTime {}

impl PartialOrd for UtcTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for UtcTime {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.seconds, self.nanoseconds).cmp(&(other.seconds, other.nanoseconds))
    }
}

impl Hash for UtcTime {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.seconds, self.nanoseconds).hash(state);
    }
}

/// RFC 3339 in UTC, with the fraction digits the source had.
impl fmt::Display for UtcTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_rfc3339())
    }
}

impl fmt::Debug for UtcTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for UtcTime {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl Serialize for UtcTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_rfc3339())
    }
}

impl<'de> Deserialize<'de> for UtcTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_those_of_the_calendar() {
        let at = |text: &str| UtcTime::parse(text).unwrap();
        assert_eq!(at("2024-02-29T01:00:00.5Z").plus_years(5), at("2029-03-01T01:00:00.5Z"));
        assert_eq!(at("2024-02-29T01:00:00Z").plus_years(4), at("2028-02-29T01:00:00Z"));
        assert_eq!(at("2024-05-20T00:00:00Z").plus_years(30), at("2054-05-20T00:00:00Z"));
        assert_eq!(at("9990-01-01T00:00:00Z").plus_years(u32::MAX), UtcTime::MAX);
    }

    #[test]
    fn rfc3339_round_trips_with_its_fraction() {
        for text in ["2026-11-22T00:00:00Z", "2024-05-20T03:04:05.120Z", "9999-12-31T23:59:59Z"] {
            assert_eq!(UtcTime::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(UtcTime::parse("2026-11-22T09:00:00+09:00").unwrap().to_string(), "2026-11-22T00:00:00Z");
        assert_eq!(UtcTime::parse("1970-01-01T00:00:01Z").unwrap().unix_seconds(), 1);
    }

    #[test]
    fn what_is_not_rfc3339_is_refused() {
        for text in [
            "",
            "2026-11-22",
            "2026-13-01T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-11-22T00:00:60Z",
            "2026-11-22T00:00:00",
            "2026-11-22T00:00:00.Z",
            "2026-11-22T00:00:00+0900",
            "２026-11-22T00:00:00Z",
        ] {
            assert!(UtcTime::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn comparison_looks_at_the_instant_not_the_digits() {
        let short = UtcTime::parse("2024-05-20T03:04:05.1Z").unwrap();
        let long = UtcTime::parse("2024-05-20T03:04:05.100Z").unwrap();
        assert_eq!(short, long);
        assert!(short > UtcTime::parse("2024-05-20T03:04:05Z").unwrap());
        assert_eq!(long.nanos_since(UtcTime::parse("2024-05-20T03:04:05Z").unwrap()), 100_000_000);
    }

    #[test]
    fn people_read_japan_standard_time() {
        let time = UtcTime::parse("2026-11-22T15:00:00Z").unwrap();
        assert_eq!(time.to_jst_string(), "2026-11-23 00:00:00 JST");
        assert_eq!(time.to_jst_date_string(), "2026-11-23");
        assert_eq!(time.to_jst_and_utc_string(), "2026-11-23 00:00:00 JST (2026-11-22 15:00:00 UTC)");
        let same_day = UtcTime::parse("2026-11-22T00:00:00.25Z").unwrap();
        assert_eq!(same_day.to_jst_and_utc_string(), "2026-11-22 09:00:00.25 JST (00:00:00.25 UTC)");
    }
}
