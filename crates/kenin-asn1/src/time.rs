use kenin_base::UtcTime;

use crate::Tag;

/// A UTCTime or GeneralizedTime, and whether it was written as DER and RFC 5280 4.1.2.5 ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asn1Time {
    /// The instant, in UTC, with the fraction digits of the source (at most nine).
    pub time: UtcTime,
    /// Whether the text has seconds, ends in `Z`, and its fraction has neither trailing zeros nor a comma.
    pub der: bool,
}

impl Asn1Time {
    /// Reads the content octets of a time; `None` when they are not one. Deployed files have times without
    /// seconds and with offsets, so those are read too and marked as not DER. A 60th second is refused.
    pub fn parse(tag: Tag, content: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(content).ok()?;
        let year_digits = match tag {
            Tag::UTC_TIME => 2,
            Tag::GENERALIZED_TIME => 4,
            _ => return None,
        };
        let year: i32 = number(text, 0, year_digits)?;
        // RFC 5280 4.1.2.5.1: two-digit years 50 to 99 are 19YY.
        let year = match year_digits {
            2 if year >= 50 => 1900 + year,
            2 => 2000 + year,
            _ => year,
        };
        let field = |index: usize| number::<u8>(text, year_digits + 2 * index, 2);
        let (month, day, hour) = (field(0)?, field(1)?, field(2)?);
        let minute = field(3);
        let second = if minute.is_some() { field(4) } else { None };
        let fields = 3 + usize::from(minute.is_some()) + usize::from(second.is_some());
        let mut rest = text.get(year_digits + 2 * fields..)?;
        let mut time = UtcTime::from_civil(year, month, day, hour, minute.unwrap_or(0), second.unwrap_or(0))?;
        let mut der = second.is_some();

        if let Some(fraction) = rest.strip_prefix(['.', ',']) {
            if tag == Tag::UTC_TIME || second.is_none() {
                return None;
            }
            let count = fraction.bytes().take_while(u8::is_ascii_digit).count();
            let digits = fraction.get(..count).filter(|digits| !digits.is_empty())?;
            // Below a nanosecond nothing is compared or shown.
            let kept = digits.get(..count.min(9))?;
            time = time.with_fraction(format!("{kept:0<9}").parse().ok()?, u8::try_from(kept.len()).ok()?);
            der &= rest.starts_with('.') && !digits.ends_with('0');
            rest = fraction.get(count..)?;
        }
        if rest == "Z" {
            return Some(Self { time, der });
        }
        let sign = match rest.as_bytes().first() {
            Some(b'+') => -1,
            Some(b'-') => 1,
            // Local time without an offset has no place in a signature: its instant is unknown.
            _ => return None,
        };
        let (hours, minutes): (i64, i64) = (number(rest, 1, 2)?, number(rest, 3, 2)?);
        let well_formed = rest.len() == 5 && hours < 24 && minutes < 60;
        let time = time.plus_seconds(sign * (hours * 3600 + minutes * 60));
        well_formed.then_some(Self { time, der: false })
    }
}

fn number<T: std::str::FromStr>(text: &str, from: usize, len: usize) -> Option<T> {
    let digits = text.get(from..from + len)?;
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generalized(text: &str) -> Option<(String, bool)> {
        Asn1Time::parse(Tag::GENERALIZED_TIME, text.as_bytes()).map(|t| (t.time.to_string(), t.der))
    }

    fn utc(text: &str) -> Option<(String, bool)> {
        Asn1Time::parse(Tag::UTC_TIME, text.as_bytes()).map(|t| (t.time.to_string(), t.der))
    }

    #[test]
    fn fractions_keep_their_digits() {
        assert_eq!(generalized("20240520030405.12Z"), Some(("2024-05-20T03:04:05.12Z".into(), true)));
        assert_eq!(generalized("20240520030405.120Z"), Some(("2024-05-20T03:04:05.120Z".into(), false)));
        assert_eq!(generalized("20240520030405.1234567891Z").unwrap().0, "2024-05-20T03:04:05.123456789Z");
        assert_eq!(generalized("20240520030405.Z"), None);
    }

    #[test]
    fn two_digit_years_turn_at_fifty() {
        assert_eq!(utc("491231235959Z"), Some(("2049-12-31T23:59:59Z".into(), true)));
        assert_eq!(utc("500101000000Z"), Some(("1950-01-01T00:00:00Z".into(), true)));
    }

    #[test]
    fn deployed_irregularities_are_read_and_marked() {
        assert_eq!(utc("2405200304Z"), Some(("2024-05-20T03:04:00Z".into(), false)));
        assert_eq!(utc("240520120405+0900"), Some(("2024-05-20T03:04:05Z".into(), false)));
    }

    #[test]
    fn impossible_times_are_refused() {
        for text in ["20240520030460Z", "20240230000000Z", "20240520030405", "2024052003040Z", "20240520030405+2400"] {
            assert_eq!(generalized(text), None, "{text}");
        }
    }
}
