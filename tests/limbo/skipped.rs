//! The cases that are not asked, by feature or id, each group with its reason.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::case::Outcome;

/// Cases that are not asked for one reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Why.
    pub reason: String,
    /// Ids of cases, or beginnings of ids with `*`.
    #[serde(default)]
    cases: Vec<String>,
    /// Features of cases.
    #[serde(default)]
    features: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    skip: Vec<Group>,
}

static GROUPS: LazyLock<Vec<Group>> =
    LazyLock::new(|| toml::from_str::<File>(include_str!("skipped.toml")).unwrap().skip);

/// The group that a case belongs to.
pub fn group_of(id: &str, features: &[String]) -> Option<&'static Group> {
    GROUPS.iter().find(|group| group.entries().any(|entry| entry.covers(id, features)))
}

/// Entries that no case needs any more.
pub fn stale(outcomes: &[Outcome]) -> impl Iterator<Item = String> {
    let needed = |entry: &Entry<'_>| {
        outcomes.iter().any(|outcome| entry.covers(&outcome.id, &outcome.features) && !outcome.as_expected())
    };
    let stale = GROUPS.iter().flat_map(Group::entries).filter(move |entry| !needed(entry));
    stale.map(|entry| format!("{entry:?}: every case it covers comes out as the suite states"))
}

/// One entry of a group.
#[derive(Debug)]
enum Entry<'a> {
    Id(&'a str),
    IdsBeginning(&'a str),
    Feature(&'a str),
}

impl Group {
    fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        let id = |id| str::strip_suffix(id, "*").map_or(Entry::Id(id), Entry::IdsBeginning);
        let ids = self.cases.iter().map(move |case| id(case.as_str()));
        ids.chain(self.features.iter().map(|feature| Entry::Feature(feature)))
    }
}

impl Entry<'_> {
    fn covers(&self, id: &str, features: &[String]) -> bool {
        match self {
            Self::Id(exact) => id == *exact,
            Self::IdsBeginning(beginning) => id.starts_with(beginning),
            Self::Feature(feature) => features.iter().any(|has| has == feature),
        }
    }
}
