use askama::Template;

use super::{bounds, class};
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
    params: Vec<(&'static str, String)>,
    facts: String,
    children: Vec<Check>,
    /// How many more children there are.
    more: Option<String>,
}

impl Check {
    /// As many checks as there is room for, and how many more there are.
    pub(super) fn list(checks: &[CheckReport], room: &mut usize, catalogue: &Catalogue) -> (Vec<Self>, Option<String>) {
        let mut shown = Vec::new();
        for check in checks {
            let Some(left) = room.checked_sub(1) else { break };
            *room = left;
            shown.push(Self::new(check, room, catalogue));
        }
        let more = bounds::more(checks.len() - shown.len(), catalogue);
        (shown, more)
    }

    fn new(check: &CheckReport, room: &mut usize, catalogue: &Catalogue) -> Self {
        let (children, more) = Self::list(&check.children, room, catalogue);
        let (tone, word) = story::status_word(check.status, catalogue);
        Self {
            class: class(tone),
            word,
            message: check.message.clone(),
            id: check.id.0,
            rule: check.rule,
            params: check.params.clone().into_iter().collect(),
            facts: catalogue.join(&check.facts),
            children,
            more,
        }
    }
}
