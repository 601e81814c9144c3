//! What a code means, what to do about it and whom to ask.
//!
//! A code's texts are those of its key in the catalogue: the value says what is so (`.explain` where a value stands in it),
//! `.about` what that means, `.next` what to do (as reports say it too) or `.explain-next` where reports say it by another
//! code, `.ask` whom to ask. What a code does not say for itself its kind says (`explain-limit.next`), and where neither
//! says anything, nothing is to be done.

mod codes;
mod kind;

use kenin_facts::ModificationRule;

pub use kind::CodeKind;

use crate::messages::{Catalogue, Lang};
use crate::render::serde_name;

/// The explanation of one code in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The code as reports write it.
    pub code: String,
    /// What kind of code it is, for people; several where one explanation is true of all of them.
    pub kinds: Vec<String>,
    /// What happened.
    pub meaning: String,
    /// What that means, where there is more to say.
    pub background: Option<String>,
    /// What to do; also said where nothing is to be done.
    pub next: String,
    /// Whom to ask, where there is anything to do.
    pub ask: Option<String>,
}

/// Every code that [`explain`] knows, sorted, each once.
pub fn explainable_codes() -> Vec<String> {
    let mut all: Vec<_> = CodeKind::ALL.iter().flat_map(|kind| kind.codes()).collect();
    all.sort();
    all.dedup();
    all
}

/// What `code` means, in any case, with `_` or `-`; nothing for a code that kenin does not have. A code of several kinds
/// (such as `test-certificate`, a finding and a reason) has an explanation for each, in the order of [`CodeKind::ALL`];
/// those that say the same are one.
pub fn explain(code: &str, lang: Lang) -> Vec<Explanation> {
    let wanted = canonical(code);
    let mut found: Vec<Explanation> = Vec::new();
    for explanation in CodeKind::ALL.iter().flat_map(|kind| explanations(*kind, lang)) {
        if canonical(&explanation.code) != wanted {
            continue;
        }
        match found.iter_mut().find(|known| known.says_the_same_as(&explanation)) {
            Some(known) => known.kinds.extend(explanation.kinds),
            None => found.push(explanation),
        }
    }
    found
}

/// Every code of a kind, explained.
pub fn explanations(kind: CodeKind, lang: Lang) -> Vec<Explanation> {
    let catalogue = Catalogue::new(lang);
    kind.entries().into_iter().map(|entry| explanation(&catalogue, kind, entry)).collect()
}

impl Explanation {
    fn says_the_same_as(&self, other: &Self) -> bool {
        let said = |of: &Self| (of.meaning.clone(), of.background.clone(), of.next.clone(), of.ask.clone());
        said(self) == said(other)
    }
}

fn explanation(catalogue: &Catalogue, kind: CodeKind, (code, key): codes::Entry) -> Explanation {
    let of_kind = of_kind(kind);
    let class = change_class(kind, &code);
    let first = |parts: &[&str]| {
        let keys = [Some(&key), class.as_ref(), Some(&of_kind)];
        let keys = keys.into_iter().flatten().flat_map(|key| parts.iter().map(move |part| format!("{key}.{part}")));
        keys.into_iter().find_map(|key| catalogue.find(&key, &[]))
    };
    // When a change is permitted depends on its class alone.
    let about = [catalogue.find(&format!("{key}.about"), &[]), class.as_ref().and_then(|key| catalogue.find(key, &[]))];
    let about: Vec<String> = about.into_iter().flatten().collect();
    let nothing = catalogue.text("nothing-to-do", &[]);
    let next = first(&["explain-next", "next"]).unwrap_or_else(|| nothing.clone());
    Explanation {
        kinds: vec![catalogue.text(&of_kind, &[])],
        meaning: catalogue.first_of(&[&format!("{key}.explain"), &key], &[]),
        background: (!about.is_empty()).then(|| about.join(if catalogue.lang() == Lang::Ja { "" } else { " " })),
        ask: first(&["ask"]).filter(|_| next != nothing),
        next,
        code,
    }
}

/// The key of a kind's name.
fn of_kind(kind: CodeKind) -> String {
    format!("explain-{}", kind.id())
}

/// The key of the class that a kind of change after signing belongs to.
fn change_class(kind: CodeKind, code: &str) -> Option<String> {
    let rules = ModificationRule::ALL.iter().filter(|_| kind == CodeKind::Modification);
    let rule = rules.into_iter().find(|rule| rule.as_str() == code)?;
    Some(format!("change-class-{}", serde_name(&rule.class())))
}

/// `14①1(1)`, `14-1-1(1)` and `14-1-1-1` are one; so are `HASH_FAILURE` and `hash-failure`.
fn canonical(code: &str) -> String {
    let code = code.trim().to_lowercase().replace('_', "-").replace('①', "-1-").replace('②', "-2");
    code.replace('(', "-").replace(')', "")
}

#[cfg(test)]
mod tests;
