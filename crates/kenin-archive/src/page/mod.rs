//! The report of an archive as one HTML page that needs nothing else, in the look of the report on one document: what the
//! person responsible has to do, the red list, and the renewal calendar, with links to `records/ID.html`.

mod bar;
mod calendar;
mod facts;
mod first;
mod records;
mod shares;
mod shown;
mod words;

use askama::Template;
use kenin::render::parts::{STYLE, Tone, class, sanitised_page, sign};
use kenin::{Catalogue, Lang};

use crate::Summary;
use bar::Bar;
use calendar::Panel;
use facts::Facts;
use first::First;
use records::Records;
use shares::{LicenceLine, ReasonLine, StampLine};
use words::Words;

/// Records of a list that stand open; the others are folded.
const OPEN: usize = 20;

/// Records that are to be stamped again first.
const FIRST: usize = 10;

/// The page about a whole archive. `results` is what the results file is called.
pub fn archive_page(summary: &Summary, results: &str, lang: Lang) -> String {
    let words = Words::new(Catalogue::for_people(lang));
    let page = Page::new(summary, results, &words);
    // The template has no filter of its own that could fail.
    sanitised_page(&page.render().unwrap_or_else(|error| error.to_string()))
}

#[derive(Template)]
#[template(path = "archive.html")]
struct Page<'a> {
    words: &'a Words,
    results: String,
    date: String,
    first: First,
    facts: Facts,
    verdicts: Vec<Bar>,
    red: Records,
    red_none: Option<String>,
    reasons: Vec<ReasonLine>,
    panels: Vec<Panel>,
    undated: Option<String>,
    renewals: Records,
    renewals_title: String,
    licences: Vec<LicenceLine>,
    stamps: Vec<StampLine>,
    levels: Vec<Bar>,
}

impl<'a> Page<'a> {
    fn new(summary: &Summary, results: &str, words: &'a Words) -> Self {
        let red = Records::new(&summary.red, OPEN, summary.red_total(), words);
        let renewals = Records::of_renewals(summary, FIRST, words);
        let none = match (summary.counts.total(), summary.counts.gone) {
            (0, 0) => "archive-no-documents",
            (0, _) => "archive-none-left",
            _ => "archive-red-none",
        };
        Self {
            words,
            results: shown::cut(results, words),
            date: summary.time.to_jst_date_string(),
            first: First::new(summary, words),
            facts: Facts::new(summary, words),
            verdicts: shares::verdicts(summary, words),
            red_none: red.open.is_empty().then(|| words.text(none)),
            red,
            reasons: shares::reasons(summary, words),
            panels: calendar::panels(&summary.calendar, words),
            undated: (summary.undated > 0).then(|| words.counted("archive-undated", summary.undated)),
            renewals_title: words.counted("archive-first", u64::try_from(renewals.open.len()).unwrap_or_default()),
            renewals,
            licences: shares::licences(summary, words),
            stamps: shares::stamps(summary, words),
            levels: shares::levels(summary, words),
        }
    }

    /// A text of the catalogue.
    fn t(&self, key: &str) -> String {
        self.words.text(key)
    }

    fn lang(&self) -> &'static str {
        match self.words.catalogue.lang() {
            Lang::Ja => "ja",
            Lang::En => "en",
        }
    }
}
