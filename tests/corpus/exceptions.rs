//! Known divergences: each with the reason, by the standard, why kenin answers otherwise.

use serde::Deserialize;

use crate::agreement::Fact;

/// One divergence. It must stay exactly as it is written, or the entry is stale.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The corpus file.
    pub path: String,
    /// The PDF field, the number of the signature or the timestamp; absent for a fact about the file.
    #[serde(default)]
    pub field: String,
    /// The kind of fact, as the runner prints it.
    pub fact: String,
    /// What the verifiers agree on.
    pub expected: String,
    /// What kenin says.
    pub actual: String,
    /// Why, by the standard.
    #[allow(dead_code, reason = "required in the file, read by people")]
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    exception: Vec<Exception>,
}

/// One divergence that several files share.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    reason: String,
    fact: String,
    expected: String,
    actual: String,
    paths: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Groups {
    #[serde(default)]
    group: Vec<Group>,
}

/// The entries of `exceptions.toml`, facts on which independent verifiers agree, and of `xades_exceptions.toml`.
pub fn exceptions() -> Vec<Exception> {
    let mut all = toml::from_str::<File>(include_str!("exceptions.toml")).unwrap().exception;
    all.extend(grouped(include_str!("xades_exceptions.toml")));
    all
}

/// The entries of `field_exceptions.toml`, one for each path: fields of certificates, CRLs and OCSP responses.
pub fn of_fields() -> Vec<Exception> {
    grouped(include_str!("field_exceptions.toml"))
}

/// The entries of `object_exceptions.toml`, one for each path: places of PDF objects.
pub fn of_objects() -> Vec<Exception> {
    grouped(include_str!("object_exceptions.toml"))
}

/// The entries of `value_exceptions.toml`, one for each path: values in PDFs.
pub fn of_values() -> Vec<Exception> {
    grouped(include_str!("value_exceptions.toml"))
}

/// The entries of `level_exceptions.toml`, one for each path: levels that EU DSS sees otherwise.
pub fn of_levels() -> Vec<Exception> {
    grouped(include_str!("level_exceptions.toml"))
}

/// The entries of `xmlsec_exceptions.toml`, one for each path: XML signatures that xmlsec1 sees otherwise.
pub fn of_xmlsec() -> Vec<Exception> {
    grouped(include_str!("xmlsec_exceptions.toml"))
}

fn grouped(text: &str) -> Vec<Exception> {
    let file: Groups = toml::from_str(text).unwrap();
    // Where a fact is about a part of a file, its name follows in brackets.
    let place = |path: &str| match path.strip_suffix(']').and_then(|path| path.split_once(" [")) {
        Some((path, field)) => (path.to_owned(), field.to_owned()),
        None => (path.to_owned(), String::new()),
    };
    let of_path = |group: &Group, path: &String| Exception {
        path: place(path).0,
        field: place(path).1,
        fact: group.fact.clone(),
        expected: group.expected.clone(),
        actual: group.actual.clone(),
        reason: group.reason.clone(),
    };
    file.group.iter().flat_map(|group| group.paths.iter().map(move |path| of_path(group, path))).collect()
}

/// A fact that came out otherwise.
pub struct Divergence<'a> {
    pub path: &'a str,
    pub field: &'a str,
    pub fact: String,
    pub expected: &'a str,
    pub actual: &'a str,
}

impl Exception {
    /// Whether this entry is about that divergence, and it is still just this one.
    pub fn explains(&self, found: &Divergence<'_>) -> bool {
        let Divergence { path, field, fact, expected, actual } = found;
        let Self { path: p, field: f, fact: n, expected: e, actual: a, .. } = self;
        [p, f, n, e, a].map(String::as_str) == [*path, *field, fact.as_str(), *expected, *actual]
    }

    /// Whether the fact still diverges in just this way.
    pub fn holds(&self, fact: &Fact) -> bool {
        let Fact { path, field, kind, expected, actual, .. } = fact;
        !fact.agrees() && self.explains(&Divergence { path, field, fact: kind.to_string(), expected, actual })
    }
}
