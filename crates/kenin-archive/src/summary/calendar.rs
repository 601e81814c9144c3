use std::collections::BTreeMap;

use kenin::UtcTime;
use rusqlite::Connection;

use crate::StoreError;

/// Months that are counted one by one.
const MONTHS: u16 = 24;

/// Years after them that are counted one by one.
const YEARS: u16 = 12;

/// How many documents must be stamped again by when, in Japan Standard Time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Documents whose date has passed.
    pub overdue: u64,
    /// The month of the report's time and those after it.
    pub months: Vec<Month>,
    /// Years after those months, the last one with everything that comes later. Empty when nothing does.
    pub years: Vec<Year>,
}

/// A month of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// Its year.
    pub year: u16,
    /// 1 to 12.
    pub month: u16,
    /// Documents to be stamped again within it.
    pub count: u64,
}

/// A year of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Year {
    /// The year.
    pub year: u16,
    /// The first of its months that is counted here, when earlier ones stand for themselves.
    pub from: Option<u16>,
    /// Whether later years are counted here as well.
    pub and_later: bool,
    /// Documents to be stamped again within it.
    pub count: u64,
}

impl Calendar {
    /// Documents that have a date.
    pub fn total(&self) -> u64 {
        self.overdue + self.within(self.months.len()) + self.years.iter().map(|year| year.count).sum::<u64>()
    }

    /// Documents to be stamped again within the next so many months, this one included; overdue ones are not among them.
    pub fn within(&self, months: usize) -> u64 {
        self.months.iter().take(months).map(|month| month.count).sum()
    }

    /// Lays counts by month (months since year 0) out from the month `now`.
    fn of(now: u32, overdue: u64, counts: &BTreeMap<u32, u64>) -> Self {
        let end = now + u32::from(MONTHS);
        let sum = |from: u32, to: u32| counts.range(from..to).map(|(_, count)| count).sum::<u64>();
        let part = |value: u32| u16::try_from(value).unwrap_or(u16::MAX);
        let month =
            |month: u32| Month { year: part(month / 12), month: part(month % 12 + 1), count: sum(month, month + 1) };
        let last = counts.last_key_value().map(|(month, _)| month / 12).filter(|_| sum(end, u32::MAX) > 0);
        let years = last.into_iter().flat_map(|last| end / 12..=last.min(end / 12 + u32::from(YEARS) - 1));
        let year = |year: u32| {
            let and_later = year == end / 12 + u32::from(YEARS) - 1 && last > Some(year);
            Year {
                year: part(year),
                from: Some(part(end % 12 + 1)).filter(|from| year == end / 12 && *from > 1),
                and_later,
                count: sum(end.max(year * 12), if and_later { u32::MAX } else { (year + 1) * 12 }),
            }
        };
        Self { overdue, months: (now..end).map(month).collect(), years: years.map(year).collect() }
    }
}

/// Counts by the month in Japan.
pub(super) fn read(connection: &Connection, time: UtcTime) -> Result<Calendar, StoreError> {
    let now = time.to_string();
    let sql = "SELECT count(*) FROM document WHERE gone IS NULL AND renew_before IS NOT NULL AND renew_before < ?1";
    let overdue = connection.query_row(sql, [&now], |row| row.get(0))?;
    // Nine hours after the last instant that SQLite knows there is no date.
    let sql = "SELECT coalesce(strftime('%Y-%m', renew_before, '+9 hours'), '9999-12') AS month, count(*) FROM document
        WHERE gone IS NULL AND renew_before IS NOT NULL AND renew_before >= ?1 GROUP BY month";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([&now])?;
    let mut counts = BTreeMap::new();
    while let Some(row) = rows.next()? {
        if let Some(month) = month(&row.get::<_, String>(0)?) {
            counts.insert(month, row.get(1)?);
        }
    }
    Ok(Calendar::of(month(&time.to_jst_date_string()).unwrap_or_default(), overdue, &counts))
}

/// Valid documents that no date is known of.
pub(super) fn undated(connection: &Connection) -> Result<u64, StoreError> {
    let sql = "SELECT count(*) FROM document WHERE gone IS NULL AND verdict = 'valid' AND renew_before IS NULL";
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}

/// Months since year 0 of a date that begins `YYYY-MM`.
fn month(date: &str) -> Option<u32> {
    let year: u32 = date.get(..4)?.parse().ok()?;
    let month: u32 = date.get(5..7)?.parse().ok()?;
    Some(year * 12 + month.checked_sub(1)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(now: &str, counts: &[(&str, u64)]) -> Calendar {
        let counts = counts.iter().map(|(date, count)| (month(date).unwrap(), *count)).collect();
        Calendar::of(month(now).unwrap(), 3, &counts)
    }

    #[test]
    fn months_come_one_by_one_and_years_after_them() {
        let calendar = calendar("2026-11", &[("2026-11", 1), ("2028-10", 2), ("2028-11", 4), ("2030-01", 8)]);
        let first = calendar.months.first().unwrap();
        let last = calendar.months.last().unwrap();
        assert_eq!((first.year, first.month, first.count), (2026, 11, 1));
        assert_eq!((last.year, last.month, last.count), (2028, 10, 2));
        let years: Vec<_> = calendar.years.iter().map(|year| (year.year, year.from, year.count)).collect();
        assert_eq!(years, [(2028, Some(11), 4), (2029, None, 0), (2030, None, 8)]);
        assert_eq!((calendar.total(), calendar.within(12)), (18, 1));
    }

    #[test]
    fn a_year_that_begins_after_the_months_is_whole() {
        let years = calendar("2027-01", &[("2029-05", 1)]).years;
        assert_eq!(years, [Year { year: 2029, from: None, and_later: false, count: 1 }]);
    }

    #[test]
    fn nothing_is_lost_beyond_the_last_year() {
        let calendar = calendar("2026-11", &[("2028-12", 1), ("2039-12", 2), ("2040-01", 4), ("9999-12", 8)]);
        assert_eq!((calendar.years.len(), calendar.total()), (usize::from(YEARS), 18));
        let last = calendar.years.last().unwrap();
        assert_eq!((last.year, last.and_later, last.count), (2039, true, 14));
    }

    #[test]
    fn without_later_dates_there_are_no_years() {
        assert_eq!(calendar("2026-11", &[("2026-12", 1)]).years, []);
        assert_eq!(calendar("2026-11", &[]).total(), 3);
    }
}
