use kenin_base::FindingCode;
use kenin_validation::SubIndication;

use super::answers::is_stamp;
use super::superseded::Superseded;
use crate::messages::{Catalogue, finding_key, sub_indication_key};
use crate::report::{FindingReport, SignatureReport};

/// The sentence for what a signature came to; `None` where nothing is to be said. A change after signing is worth more
/// words than the format it offends.
pub(crate) fn conclusion(signature: &SignatureReport, catalogue: &Catalogue) -> Option<String> {
    let sub = signature.sub_indication?;
    let unclear = |finding: &&FindingReport| finding.code == FindingCode::ModificationUnclear;
    let of_change = match sub {
        SubIndication::FormatFailure => Superseded::of(signature).map(|then| then.cause),
        SubIndication::SigConstraintsFailure => signature.findings.iter().find(unclear).map(|finding| finding.code),
        _ => None,
    };
    Some(match of_change {
        Some(code) => catalogue.text(&finding_key(code), &[]),
        None => sub_indication(sub, is_stamp(signature), catalogue),
    })
}

/// The sentence for a sub-indication; some read differently about a timestamp.
pub(super) fn sub_indication(sub: SubIndication, stamp: bool, catalogue: &Catalogue) -> String {
    let key = sub_indication_key(sub);
    let about_stamp = stamp.then(|| catalogue.find(&format!("{key}.stamp"), &[])).flatten();
    about_stamp.unwrap_or_else(|| catalogue.sub_indication(sub))
}
