use kenin_base::UtcTime;

use crate::messages::Catalogue;
use crate::report::PreservationReport;

/// Until when it can be verified and when to renew, as of `now`; `None` for what does not verify then.
pub(crate) fn validity(preservation: &PreservationReport, now: UtcTime, catalogue: &Catalogue) -> Option<String> {
    let because = preservation.because?;
    let date = |time: Option<UtcTime>| time.map(UtcTime::to_jst_date_string).unwrap_or_default();
    let key = match (preservation.verifiable_until, preservation.renew_before) {
        (None, _) => "validity-now",
        (until, renew) if until == renew => "validity-until",
        (_, Some(renew)) if renew < now => "validity-overdue",
        _ => "validity-renew",
    };
    let values = [
        ("until", date(preservation.verifiable_until)),
        ("renew", date(preservation.renew_before)),
        ("because", because.to_owned()),
        ("subject", preservation.subject.clone().unwrap_or_default()),
    ];
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.into())).collect();
    Some(catalogue.text(key, &values))
}
