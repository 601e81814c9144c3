//! The HTML report of every case of `tests/cases.toml`, in both languages, as a browser's parser reads it.
//! One test for each case, named by its id:
//!
//!     cargo test --test html b5-unsorted
// A test program: a failed assumption about the table should stop it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod safety;
mod shape;
mod story;
mod words;

#[path = "../support/library.rs"]
mod library;
#[path = "../support/page.rs"]
mod page;
#[path = "../support/sound.rs"]
mod sound;
#[path = "../cases/table.rs"]
#[allow(dead_code, reason = "the case table compares more of a row than is rendered here")]
mod table;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use kenin::render::{TextOptions, html, text};
use kenin::{Catalogue, Lang, Report};
use libtest_mimic::{Arguments, Failed, Trial};
use page::Page;
use sound::Complaints;
use table::Case;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cases = table::read(&root().join("tests/cases.toml"));
    let trials = cases.into_iter().map(|case| Trial::test(case.id.clone(), move || check(&case)));
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// One page with everything it is held against.
struct Subject<'a> {
    case: &'a Case,
    report: &'a Report,
    lang: Lang,
    catalogue: Catalogue,
    html: String,
    page: Page,
    /// The text report without line breaks inside paragraphs.
    text: String,
}

fn check(case: &Case) -> Result<(), Failed> {
    let report = library::report(case, &root().join("testdata"));
    let mut complaints = Complaints::default();
    for lang in Lang::ALL {
        let page = html(&report, lang);
        let options = TextOptions { width: 1 << 20, ..TextOptions::default() };
        let subject = Subject {
            case,
            report: &report,
            lang,
            catalogue: Catalogue::for_people(lang),
            page: Page::parse(&page),
            text: text(&report, lang, &options),
            html: page,
        };
        let before = complaints.0.len();
        complaints.unless(subject.html == html(&report, lang), || "two renderings differ".to_owned());
        safety::check(&subject, &mut complaints);
        shape::check(&subject, &mut complaints);
        story::check(&subject, &mut complaints);
        words::check(&subject, &mut complaints);
        for complaint in complaints.0.iter_mut().skip(before) {
            *complaint = format!("{lang:?}: {complaint}");
        }
    }
    if complaints.0.is_empty() { Ok(()) } else { Err(complaints.0.join("\n").into()) }
}
