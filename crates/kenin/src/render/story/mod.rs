//! What a report says to people, in their language and in no particular layout: the answers to the five questions with
//! one next step each, what changed, what was found. Text and HTML lay out the same story, so neither can say more,
//! less or something else.

mod answers;
mod changes;
mod checks;
mod conclusion;
mod findings;
mod headline;
mod next;
mod requirements;
mod signature;
mod step;
mod superseded;
mod tone;
mod validity;

pub(crate) use answers::{Answer, Answers, Question, is_stamp, role_text, stamp_name};
pub(crate) use changes::{changes, counted, heading, places};
pub(crate) use checks::{CheckLine, is_quiet, open_lines, passed, status_word};
pub(crate) use conclusion::conclusion;
pub(crate) use findings::{FindingLine, finding_lines, own_findings};
pub(crate) use headline::{Headline, conformity_word, document, headline, indication_word, judged};
pub(crate) use next::steps;
pub(crate) use requirements::{RequirementLine, requirement_lines, shown_id};
pub(crate) use signature::{
    StampLine, about, form, missing_text, revocation_text, signed_parts, stamp_lines, stamp_time, title,
};
pub use tone::Tone;
pub(crate) use validity::validity;
