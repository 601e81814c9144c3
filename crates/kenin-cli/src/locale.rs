//! In which language the program speaks.

use kenin::render::{TextOptions, cp932};
use kenin::{Catalogue, Lang};

use crate::args::LangArg;

/// The catalogues for people and for machine formats.
pub struct Speech {
    /// Terminal text and errors: `--lang`, else the locale's language.
    pub people: Catalogue,
    /// Machine formats: `--lang`, else English, never the locale.
    pub machines: Catalogue,
    /// Whether text goes through CP932 (`--ascii`). Machine formats stay in UTF-8.
    ascii: bool,
}

impl Speech {
    /// The languages for a `--lang` as typed and the process's locale; with `--ascii` or without.
    pub fn new(typed: Option<LangArg>, ascii: bool) -> Self {
        let typed = typed.map(|lang| match lang {
            LangArg::Ja => Lang::Ja,
            LangArg::En => Lang::En,
        });
        let people = typed.unwrap_or_else(|| Lang::of_locale(&locale()));
        Self {
            people: Catalogue::for_people(people).in_ascii(ascii),
            machines: Catalogue::new(typed.unwrap_or(Lang::En)),
            ascii,
        }
    }

    /// How pages are laid out.
    pub fn layout(&self, colour: bool) -> TextOptions {
        TextOptions { colour, ascii: self.ascii, ..TextOptions::default() }
    }

    /// A text that is on no page, as it is shown.
    pub fn shown(&self, text: &str) -> String {
        if self.ascii { cp932(text) } else { text.to_owned() }
    }
}

/// The locale for messages (POSIX 8.2): the first of LC_ALL, LC_MESSAGES and LANG that is set and not empty.
fn locale() -> String {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).unwrap_or_default()
}
