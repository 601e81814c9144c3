//! Until when a signature can be verified and when to renew it, as the forecast of the validator says.

use kenin_validation::{ForecastReason, SignatureValidation};

use crate::report::PreservationReport;

/// The forecast as the report has it; empty for what does not verify now.
pub(crate) fn preservation(validation: &SignatureValidation) -> PreservationReport {
    let Some(forecast) = &validation.forecast else { return PreservationReport::default() };
    PreservationReport {
        verifiable_until: forecast.until,
        renew_before: forecast.renew_before,
        because: Some(code(forecast.because)),
        subject: Some(forecast.subject.clone()).filter(|subject| !subject.is_empty()),
    }
}

fn code(reason: ForecastReason) -> &'static str {
    match reason {
        ForecastReason::TsaCertificateExpiry => "tsa-certificate-expiry",
        ForecastReason::CaCertificateExpiry => "ca-certificate-expiry",
        ForecastReason::SignerCertificateExpiry => "signer-certificate-expiry",
        ForecastReason::AlgorithmEnd => "algorithm-horizon",
        ForecastReason::AnchorSunset => "anchor-sunset",
        ForecastReason::MissingMaterial => "missing-material",
    }
}
