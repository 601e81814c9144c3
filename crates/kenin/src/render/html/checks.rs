use askama::Template;

use super::class;
use crate::messages::Catalogue;
use crate::render::story;
use crate::report::CheckReport;

/// A check with the checks that it is made of.
#[derive(Template)]
#[template(path = "check.html")]
pub(super) struct Check {
    class: &'static str,
    word: String,
    message: String,
    id: &'static str,
    rule: &'static str,
    /// What it looked at and with which values, as the JSON has them.
    params: Vec<(String, String)>,
    facts: String,
    children: Vec<Check>,
}

impl Check {
    pub(super) fn new(check: &CheckReport, catalogue: &Catalogue) -> Self {
        let (tone, word) = story::status_word(check.status, catalogue);
        Self {
            class: class(tone),
            word,
            message: check.message.clone(),
            id: check.id.0,
            rule: check.rule,
            params: check.params.clone().into_iter().collect(),
            facts: catalogue.join(&check.facts),
            children: check.children.iter().map(|child| Self::new(child, catalogue)).collect(),
        }
    }
}
