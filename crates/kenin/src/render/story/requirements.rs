use super::tone::Tone;
use crate::messages::Catalogue;
use crate::render::serde_name;
use crate::report::{Report, RequirementReport, RequirementStatus};

/// One requirement of the guideline as it is told.
pub(crate) struct RequirementLine<'a> {
    pub requirement: &'a RequirementReport,
    /// The id as the guideline writes it.
    pub id: String,
    pub status: (Tone, String),
    /// Its title, with the route of 14①1(2) where one was taken.
    pub title: String,
    /// Why it is not met or not decided.
    pub reason: Option<&'a str>,
}

/// Every requirement; none without signatures.
pub(crate) fn requirement_lines<'a>(report: &'a Report, catalogue: &Catalogue) -> Vec<RequirementLine<'a>> {
    let asked = report.requirements.iter().filter(|_| !report.signatures.is_empty());
    asked.map(|requirement| line(requirement, catalogue)).collect()
}

fn line<'a>(requirement: &'a RequirementReport, catalogue: &Catalogue) -> RequirementLine<'a> {
    let title = match requirement.route.map(|route| serde_name(&route)) {
        Some(route) => catalogue
            .text("requirement-by-route", &[("title", (&requirement.title).into()), ("route", (&route).into())]),
        None => requirement.title.clone(),
    };
    let reason = (requirement.status != RequirementStatus::Satisfied).then_some(requirement.message.as_str());
    RequirementLine {
        requirement,
        id: shown_id(requirement.id, catalogue),
        status: status(requirement, catalogue),
        title,
        reason,
    }
}

fn status(requirement: &RequirementReport, catalogue: &Catalogue) -> (Tone, String) {
    let tone = match (requirement.status, requirement.blocking) {
        (RequirementStatus::Satisfied, _) => Tone::Good,
        (RequirementStatus::NotSatisfied, _) => Tone::Bad,
        (RequirementStatus::Undetermined, true) => Tone::Unsure,
        (RequirementStatus::Undetermined, false) | (RequirementStatus::NotApplicable, _) => Tone::Plain,
    };
    let word = match requirement.reason {
        // No document can show it, so nothing is left open in this one.
        "organisational" => "organisational".to_owned(),
        _ => serde_name(&requirement.status),
    };
    (tone, catalogue.text(&format!("requirement-status-{word}"), &[]))
}

/// The id as the guideline writes it: `14-1-1(1)` is 14①1(1).
pub(crate) fn shown_id(id: &str, catalogue: &Catalogue) -> String {
    match (id.strip_prefix("14-1-"), id) {
        (Some(item), _) => catalogue.text("requirement-id-rule-1", &[("item", item.into())]),
        (None, "14-2") => catalogue.text("requirement-id-rule-2", &[]),
        (None, other) => other.to_owned(),
    }
}
