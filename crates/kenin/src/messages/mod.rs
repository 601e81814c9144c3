//! The message catalogue: every stable code of a report in Japanese and English.
//!
//! Texts live in `locales/{ja,en}.ftl` (Project Fluent) and are found by code alone; no other module holds
//! prose. A missing text falls back to the code and never fails; a test proves that none is missing.

mod keys;
mod localise;
mod name;
mod symbols;

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use kenin_base::UtcTime;

pub(crate) use keys::{
    check_key, finding_key, modification_key, reason_key, requirement_key, revocation_reason_key, status_name,
    sub_indication_key,
};
pub use name::common_name;
pub(crate) use symbols::in_ascii;

/// A language of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Japanese.
    Ja,
    /// English.
    En,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Lang; 2] = [Lang::Ja, Lang::En];

    /// The language of a POSIX locale name such as `ja_JP.UTF-8`: Japanese for `ja`, else English.
    pub fn of_locale(name: &str) -> Self {
        match name.split(['_', '.', '@']).next() {
            Some("ja") => Self::Ja,
            _ => Self::En,
        }
    }
}

/// A value that a message shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Text, or an RFC 3339 time, which is shown as the catalogue shows times.
    Text(&'a str),
    /// A number that may choose between singular and plural.
    Count(u64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Value<'_> {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

/// The messages of one language.
#[derive(Clone, Copy)]
pub struct Catalogue {
    lang: Lang,
    reader: Reader,
    bundle: &'static FluentBundle<FluentResource>,
}

/// For whom values inside messages are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// As everywhere in machine formats: times in RFC 3339 and UTC, names as distinguished names.
    Program,
    /// Times in Japan Standard Time, of a distinguished name the common name.
    Person,
    /// The same, with UTC beside the time: for what is kept.
    Keeper,
}

impl Catalogue {
    /// Messages for machine formats: times stay RFC 3339 in UTC, names whole.
    pub fn new(lang: Lang) -> Self {
        Self { lang, reader: Reader::Program, bundle: bundle(lang, false) }
    }

    /// Messages for people: times in Japan Standard Time, of a distinguished name the common name.
    pub fn for_people(lang: Lang) -> Self {
        Self { reader: Reader::Person, ..Self::new(lang) }
    }

    /// Messages for what people keep: as for people, with UTC beside every time.
    pub(crate) fn for_keeping(lang: Lang) -> Self {
        Self { reader: Reader::Keeper, ..Self::new(lang) }
    }

    /// The same messages; when `ascii`, with the catalogue's own symbols in ASCII, such as `14(1)1(1)` for 14①1(1).
    pub fn in_ascii(self, ascii: bool) -> Self {
        Self { bundle: bundle(self.lang, ascii), ..self }
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The text of `key` (`id`, or `id.attribute`) with its values; the key itself when there is no such text.
    pub fn text(&self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        self.find(key, values).unwrap_or_else(|| key.to_owned())
    }

    /// The text of `key`, or `None` when there is no such text or it names a value that is not given.
    pub fn find(&self, key: &str, values: &[(&str, Value<'_>)]) -> Option<String> {
        let (id, attribute) = key.split_once('.').map_or((key, None), |(id, attribute)| (id, Some(attribute)));
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            arguments.set(*name, self.argument(name, *value));
            if let ("reason", Value::Text(code)) = (*name, *value) {
                // A code to choose a sentence by, and in words where there is none.
                let words = self.find(&format!("path-reason-{code}"), &[]);
                arguments.set("reason_words", words.unwrap_or_else(|| code.to_owned()));
            }
        }
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&arguments), &mut errors);
        errors.is_empty().then(|| text.into_owned())
    }

    /// The first of `keys` that has a text for these values; the last key itself when none has.
    pub(crate) fn first_of(&self, keys: &[&str], values: &[(&str, Value<'_>)]) -> String {
        let found = keys.iter().find_map(|key| self.find(key, values));
        found.unwrap_or_else(|| keys.last().copied().unwrap_or_default().to_owned())
    }

    /// The text of `key` as a label before what it names.
    pub(crate) fn label(&self, key: &str) -> String {
        let label = self.text(key, &[]);
        self.text("text-label", &[("label", (&label).into())])
    }

    /// Items of an enumeration.
    pub fn join(&self, items: impl IntoIterator<Item = impl AsRef<str>>) -> String {
        let separator = self.text("list-separator", &[]);
        let mut joined = String::new();
        for item in items {
            if !joined.is_empty() {
                joined.push_str(&separator);
            }
            joined.push_str(item.as_ref());
        }
        joined
    }

    /// A time as this catalogue shows times.
    pub(crate) fn time(&self, time: UtcTime) -> String {
        match self.reader {
            Reader::Program => time.to_string(),
            Reader::Person => time.to_jst_string(),
            Reader::Keeper => time.to_jst_and_utc_string(),
        }
    }

    /// A kind of change after signing, by its id.
    fn rule(&self, id: &str) -> String {
        self.find(&modification_key(id), &[]).unwrap_or_else(|| id.to_owned())
    }

    fn argument<'v>(&self, name: &str, value: Value<'v>) -> FluentValue<'v> {
        let text = match value {
            Value::Count(count) => return FluentValue::from(count),
            // A kind of change is named in words, for whomever.
            Value::Text(rule) if name == "rule" => return FluentValue::from(self.rule(rule)),
            Value::Text(text) if self.reader == Reader::Program => return FluentValue::from(text),
            Value::Text(text) => text,
        };
        match UtcTime::parse(text) {
            Ok(time) => FluentValue::from(self.time(time)),
            Err(_) if matches!(name, "subject" | "issuer") => FluentValue::from(common_name(text)),
            Err(_) => FluentValue::from(text),
        }
    }
}

/// The parsed texts of a language, built once in a process.
fn bundle(lang: Lang, ascii: bool) -> &'static FluentBundle<FluentResource> {
    static JA: [OnceLock<FluentBundle<FluentResource>>; 2] = [OnceLock::new(), OnceLock::new()];
    static EN: [OnceLock<FluentBundle<FluentResource>>; 2] = [OnceLock::new(), OnceLock::new()];
    let ([usual, plain], name, text) = match lang {
        Lang::Ja => (&JA, "ja", JA_TEXT),
        Lang::En => (&EN, "en", EN_TEXT),
    };
    let cell = if ascii { plain } else { usual };
    cell.get_or_init(|| {
        // What could be parsed of an embedded file is kept; a test proves that all of it was.
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(parsed, _)| parsed);
        let mut bundle = FluentBundle::new_concurrent(name.parse().into_iter().collect());
        // Isolation marks are invisible characters that would end up in files and terminals.
        bundle.set_use_isolating(false);
        // Of texts, and not of the values in them.
        bundle.set_transform(ascii.then_some(symbols::in_ascii));
        let _ = bundle.add_resource(resource);
        bundle
    })
}

const JA_TEXT: &str = include_str!("../../locales/ja.ftl");
const EN_TEXT: &str = include_str!("../../locales/en.ftl");

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// `id` and `id.attribute` of every text of a file.
    fn keys(text: &str) -> BTreeSet<String> {
        let mut id = String::new();
        let mut keys = BTreeSet::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((name, _)) = line.split_once('=') else { continue };
            match name.trim().strip_prefix('.') {
                Some(attribute) if line.starts_with("    .") => assert!(keys.insert(format!("{id}.{attribute}"))),
                None if !line.starts_with(' ') => {
                    id = name.trim().to_owned();
                    assert!(keys.insert(id.clone()), "{id} twice");
                }
                _ => {}
            }
        }
        keys
    }

    #[test]
    fn both_files_parse_completely_and_have_the_same_keys() {
        for text in [JA_TEXT, EN_TEXT] {
            if let Err((_, errors)) = FluentResource::try_new(text.to_owned()) {
                panic!("{errors:?}");
            }
        }
        assert_eq!(keys(JA_TEXT), keys(EN_TEXT));
    }

    #[test]
    fn no_code_is_without_a_text() {
        for lang in Lang::ALL {
            let catalogue = Catalogue::new(lang);
            let missing: Vec<_> = keys::required().filter(|key| !has(&catalogue, key)).collect();
            assert_eq!(missing, Vec::<String>::new(), "{lang:?}");
        }
    }

    fn has(catalogue: &Catalogue, key: &str) -> bool {
        let (id, attribute) = key.split_once('.').map_or((key, None), |(id, a)| (id, Some(a)));
        catalogue.bundle.get_message(id).is_some_and(|message| match attribute {
            Some(name) => message.get_attribute(name).is_some(),
            None => message.value().is_some(),
        })
    }

    #[test]
    fn times_in_values_follow_the_reader() {
        let key = "when-claimed";
        let values = [("time", "2026-11-22T00:00:00Z".into())];
        assert_eq!(
            Catalogue::for_people(Lang::Ja).text(key, &values),
            "証明されていません。署名者の申告は 2026-11-22 09:00:00 JST です"
        );
        assert_eq!(Catalogue::new(Lang::En).text(key, &values), "not proven; the signer claims 2026-11-22T00:00:00Z");
    }

    #[test]
    fn numbers_choose_singular_and_plural() {
        let english = Catalogue::new(Lang::En);
        assert_eq!(english.text("text-all-passed", &[("count", 1.into())]), "the one check passed");
        assert_eq!(english.text("text-all-passed", &[("count", 12.into())]), "all 12 checks passed");
    }

    #[test]
    fn an_unknown_key_or_a_missing_value_falls_back() {
        let english = Catalogue::new(Lang::En);
        assert_eq!(english.text("no-such-code", &[]), "no-such-code");
        let keys = ["finding-limit-exceeded.detail", "finding-limit-exceeded"];
        assert!(!english.first_of(&keys, &[]).contains('{'));
        assert!(!english.first_of(&keys, &[("limit", "64".into())]).contains("64"));
        let values = [("resource", "asn1-depth".into()), ("limit", "64".into())];
        assert!(english.first_of(&keys, &values).contains("(asn1-depth, 64)"));
    }

    #[test]
    fn the_language_follows_the_locale() {
        assert_eq!(Lang::of_locale("ja_JP.UTF-8"), Lang::Ja);
        assert_eq!(Lang::of_locale("ja"), Lang::Ja);
        assert_eq!(Lang::of_locale("C.UTF-8"), Lang::En);
        assert_eq!(Lang::of_locale("jam_JM"), Lang::En);
    }
}
