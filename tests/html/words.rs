//! Every word on the page is in its language: no key of the catalogue, no code where a sentence belongs.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use kenin_base::Resource;

use crate::page::{Child, Element};
use crate::{Complaints, Subject};

/// Keys of the catalogue, which no reader is to see.
static KEYS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let path = crate::root().join("crates/kenin/locales/en.ftl");
    let text = std::fs::read_to_string(path).expect("the catalogue is there");
    let ids = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    ids.filter_map(|line| line.split_once(" = ")).map(|(id, _)| id.to_owned()).filter(|id| id.contains('-')).collect()
});

/// Their beginnings: what the catalogue does not know is shown as its key.
static PREFIXES: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| KEYS.iter().filter_map(|key| key.split_once('-')).map(|(prefix, _)| prefix).collect());

/// Beginnings of keys that begin words as well: time-stamped.
const WORDS: &[&str] = &["time"];

pub fn check(subject: &Subject<'_>, complaints: &mut Complaints) {
    // Codes are shown as such, for `kenin explain`, and so are the values of a check.
    let code = |element: &Element| element.name() == "code";
    let params = |element: &Element| {
        let children = element.children().into_iter();
        let names = children.filter(|child| matches!(child, Child::Element(element) if code(element)));
        element.name() == "p" && element.has_class("faint") && names.count() > 0
    };
    let bodies = subject.page.root.named("body");
    let shown: String = bodies.iter().map(|body| body.text_without(|part| code(part) || params(part))).collect();
    for brace in ['{', '}'] {
        complaints.unless(!shown.contains(brace), || format!("{brace} on the page"));
    }
    let path = subject.report.document.path.as_deref().unwrap_or_default();
    let shown = shown.replace(path, "");
    let words = shown.split(|c: char| !(c.is_ascii_alphanumeric() || "-._/@:".contains(c)));
    let words: BTreeSet<&str> = words.map(|word| word.trim_matches([':', '.', '-'])).collect();
    for word in words.into_iter().filter(|word| is_key(word)) {
        complaints.0.push(format!("{word:?} is a key, not a text"));
    }
}

fn is_key(word: &str) -> bool {
    let spelt = word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-._".contains(c));
    let Some((prefix, _)) = word.split_once('-').filter(|_| spelt) else { return false };
    // Which limit was reached is told by its code.
    let is_limit = Resource::ALL.iter().any(|resource| resource.name() == word);
    !is_limit && !WORDS.contains(&prefix) && PREFIXES.contains(prefix)
}
