//! Parts of the HTML report for pages about many documents, so that they look and speak as the report does.

use std::borrow::Borrow;

use super::{html, story, text};
use crate::messages::{Catalogue, requirement_key};

pub use super::story::Tone;
pub use crate::messages::common_name;

/// The style sheet.
pub const STYLE: &str = include_str!("../../templates/report.css");

/// The class of the style sheet for a tone.
pub fn class(tone: impl Borrow<Tone>) -> &'static str {
    html::class(tone)
}

/// A sign whose shape tells the tone without its colour, as SVG.
pub fn sign(tone: impl Borrow<Tone>) -> String {
    html::sign(tone).to_string()
}

/// A page without characters that steer a terminal or reorder a line.
pub fn sanitised_page(page: &str) -> String {
    text::page::sanitised_lines(page)
}

/// A requirement's id as the guideline writes it, and its title.
pub fn requirement(id: &str, catalogue: &Catalogue) -> (String, String) {
    (story::shown_id(id, catalogue), catalogue.text(&requirement_key(id), &[]))
}

/// Why a requirement or a signature was judged as it was, and what to do: by a reason's code or a sub-indication's.
pub fn why(code: &str, catalogue: &Catalogue) -> (String, Option<String>) {
    let sub_indication = format!("sub-{}", code.to_ascii_lowercase().replace('_', "-"));
    let keys = [format!("reason-{code}"), sub_indication];
    let found = keys.iter().find_map(|key| Some((catalogue.find(key, &[])?, next(key, catalogue))));
    found.unwrap_or_else(|| (code.to_owned(), None))
}

/// What went wrong with a document that could not be processed, and what to do; in general where no reason is given.
pub fn error(code: &str, reason: Option<&str>, catalogue: &Catalogue) -> (String, Option<String>) {
    let key = format!("error-{code}");
    let text = match reason {
        Some(reason) => catalogue.text(&key, &[("reason", reason.into())]),
        None => catalogue.first_of(&[&format!("{key}.explain"), &key], &[]),
    };
    (text, next(&key, catalogue))
}

fn next(key: &str, catalogue: &Catalogue) -> Option<String> {
    let find = |part| catalogue.find(&format!("{key}.{part}"), &[]);
    find("next").or_else(|| find("explain-next"))
}
