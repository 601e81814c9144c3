//! Assessment: what the validated signatures mean for the guideline, on the four axes, and as one verdict.
//!
//! Knows licences, routes and requirements; knows nothing of ASN.1. Requirements are judged per signature, and the
//! document satisfies them only through one signature that satisfies all of them (`docs/decisions.md`).

mod axes;
mod level;
mod licence;
mod preservation;
mod requirement;
mod timestamps;
mod verdict;

pub(crate) use axes::axes;
pub(crate) use level::{Embedded, Subject, claimed_level, level_names, next_level, reached_level};
pub(crate) use licence::{SignerRoles, roles_of};
pub(crate) use preservation::preservation;
pub(crate) use requirement::{Judged, judge_requirements};
pub(crate) use timestamps::{evidence_not_covered, grade};
pub(crate) use verdict::{Entry, judge_document};

pub use requirement::{REQUIREMENT_IDS, requirement_reasons};
