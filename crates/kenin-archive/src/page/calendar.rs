use kenin::render::parts::Tone;

use super::bar::Bar;
use super::words::Words;
use crate::{Calendar, Month, Year};

/// Months in one panel.
const PANEL: usize = 12;

/// A part of the calendar that stands beside the others.
pub(super) struct Panel {
    pub caption: String,
    /// What its rows are: months or years.
    pub unit: String,
    pub bars: Vec<Bar>,
    pub total: String,
}

/// Overdue and the first months, the months after them, the years after those.
pub(super) fn panels(calendar: &Calendar, words: &Words) -> Vec<Panel> {
    let months = calendar.months.iter().map(|month| month.count);
    let most = months.chain([calendar.overdue]).max().unwrap_or_default();
    let overdue = Bar::new(Tone::Bad, words.text("archive-overdue"), calendar.overdue, most);
    let mut panels = Vec::new();
    for (index, months) in calendar.months.chunks(PANEL).enumerate() {
        let bars = months.iter().map(|month| Bar::new(Tone::Plain, month_name(month, words), month.count, most));
        let caption = if index == 0 { "archive-months-first" } else { "archive-months-next" };
        let before = (index == 0).then_some(&overdue).into_iter();
        let before = before.map(|bar| Bar::new(bar.tone, bar.label.clone(), bar.count, most));
        panels.push(panel(caption, "archive-month-column", before.chain(bars).collect(), words));
    }
    let most = calendar.years.iter().map(|year| year.count).max().unwrap_or_default();
    let years = calendar.years.iter().map(|year| Bar::new(Tone::Plain, year_name(year, words), year.count, most));
    let years: Vec<_> = years.collect();
    if !years.is_empty() {
        panels.push(panel("archive-years", "archive-year-column", years, words));
    }
    panels
}

fn panel(caption: &str, unit: &str, bars: Vec<Bar>, words: &Words) -> Panel {
    let total = bars.iter().map(|bar| bar.count).sum();
    Panel { caption: words.text(caption), unit: words.text(unit), total: words.counted("archive-records", total), bars }
}

fn month_name(month: &Month, words: &Words) -> String {
    let Month { year, month, .. } = month;
    let values = [("year", format!("{year}")), ("month", format!("{month}")), ("digits", format!("{month:02}"))];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    words.with("archive-month", &values)
}

fn year_name(year: &Year, words: &Words) -> String {
    let (name, from) = (year.year.to_string(), year.from.unwrap_or(1));
    let key = match (year.from, year.and_later) {
        (_, true) => "archive-year-and-later",
        (Some(_), false) => "archive-year-from",
        (None, false) => "archive-year",
    };
    words.with(key, &[("year", &name), ("month", &from.to_string()), ("digits", &format!("{from:02}"))])
}
