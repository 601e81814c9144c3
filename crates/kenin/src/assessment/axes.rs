//! The four axes of a signature.

use kenin_validation::{Indication, SignatureValidation, SubIndication};

use super::requirement::Judged;
use crate::report::{Axes, AxisStatus, RequirementStatus};

/// Projects a validated signature onto the four axes. Integrity and identity are judged apart, so that a sound
/// signature with an expired certificate never looks like a forgery.
pub(crate) fn axes(validation: &SignatureValidation, profile_findings: bool, requirements: &[Judged]) -> Axes {
    let integrity = match validation.integrity.conclusion().indication {
        Indication::Failed => AxisStatus::Failed,
        // A change after signing that the signature forbids breaks the document like one within what it covers.
        _ if !validation.format_ok || validation.conclusion.is(SubIndication::FormatFailure) => AxisStatus::Failed,
        _ if validation.conclusion.is(SubIndication::SigConstraintsFailure) => AxisStatus::Indeterminate,
        Indication::Indeterminate => AxisStatus::Indeterminate,
        Indication::Passed => AxisStatus::Passed,
    };
    let identity = match (validation.conclusion.indication, validation.conclusion.sub_indication) {
        (Indication::Passed, _) => AxisStatus::Passed,
        (_, Some(SubIndication::Revoked | SubIndication::Expired | SubIndication::NotYetValid)) => AxisStatus::Failed,
        _ if validation.certificate_contradicted => AxisStatus::Failed,
        _ => AxisStatus::Indeterminate,
    };
    let licence = requirements.iter().find(|judged| judged.id == "14-1-1(2)").map(|judged| judged.status);
    Axes {
        integrity,
        identity,
        profile: if profile_findings { AxisStatus::Failed } else { AxisStatus::Passed },
        licence: match licence {
            Some(RequirementStatus::Satisfied) => AxisStatus::Passed,
            Some(RequirementStatus::NotSatisfied) => AxisStatus::Failed,
            Some(RequirementStatus::Undetermined) => AxisStatus::Indeterminate,
            Some(RequirementStatus::NotApplicable) | None => AxisStatus::NotApplicable,
        },
    }
}
