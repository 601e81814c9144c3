use serde::Serialize;

use super::CheckReport;

/// One requirement of the guideline, judged.
#[derive(Clone, Debug, Serialize)]
pub struct RequirementReport {
    /// Stable id, for example `14-1-1(1)`.
    pub id: &'static str,
    /// Title in the report's language.
    pub title: String,
    /// The judgement.
    pub status: RequirementStatus,
    /// Whether the requirement decides conformity.
    pub blocking: bool,
    /// The route of 14①1(2), where one was taken.
    pub route: Option<Route>,
    /// Ids of the signatures and timestamps that were looked at.
    pub signatures: Vec<String>,
    /// Stable code of the reason, key of its message.
    pub reason: &'static str,
    /// The reason in the report's language.
    pub message: String,
    /// The checks behind it.
    pub checks: Vec<CheckReport>,
}

/// The judgement of one requirement. `not-satisfied` needs positive proof; missing data is `undetermined`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequirementStatus {
    /// Shown to be met.
    Satisfied,
    /// Shown not to be met.
    NotSatisfied,
    /// Cannot be decided from the evidence at hand.
    Undetermined,
    /// The policy does not ask for it.
    NotApplicable,
}

/// How the national licence is shown (14①1(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Route {
    /// (a) HPKI: in the certificate.
    A,
    /// (b) An accredited or other certification business.
    B,
    /// (c) JPKI.
    C,
}
