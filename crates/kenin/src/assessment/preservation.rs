//! Until when a signature can be verified and when to renew it, as the forecast of the validator says.

use kenin_validation::SignatureValidation;

use crate::report::PreservationReport;

/// The forecast as the report has it; empty for what does not verify now.
pub(crate) fn preservation(validation: &SignatureValidation) -> PreservationReport {
    let Some(forecast) = &validation.forecast else { return PreservationReport::default() };
    PreservationReport {
        verifiable_until: forecast.until,
        renew_before: forecast.renew_before,
        because: Some(forecast.because.code()),
        subject: Some(forecast.subject.clone()).filter(|subject| !subject.is_empty()),
    }
}
