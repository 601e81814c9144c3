//! What is odd about a certificate that is about to be trusted. Nothing here refuses it: the person decides.

use kenin::{Catalogue, UtcTime};
use kenin_policy::Purpose;
use kenin_x509::{Certificate, KP_TIME_STAMPING};

use super::entry::Entry;

/// Sentences about what does not fit the use.
pub fn warnings(certificate: &Certificate, entry: &Entry, time: UtcTime, catalogue: &Catalogue) -> Vec<String> {
    let mut keys = Vec::new();
    if time > certificate.not_after() {
        keys.push("import-warns-expired");
    } else if time < certificate.not_before() {
        keys.push("import-warns-not-yet-valid");
    }
    let extensions = certificate.extensions();
    let ca = certificate.is_ca();
    if ca && extensions.key_usage.is_some_and(|usage| !usage.key_cert_sign()) {
        keys.push("import-warns-key-usage");
    }
    match entry {
        Entry::Signer(anchor) => {
            if !ca {
                keys.push("import-warns-not-ca");
            }
            if anchor.policies.is_empty() {
                keys.push(match anchor.purpose {
                    Purpose::Hpki | Purpose::Jpki => "import-warns-test-cards",
                    Purpose::AccreditedCa | Purpose::Other => "import-warns-any-policy",
                });
            }
        }
        Entry::Tsa(anchor) => {
            // RFC 3161 2.3: critical, and timeStamping alone.
            let usage = extensions.extended_key_usage.as_ref();
            if !ca && !usage.is_some_and(|usage| usage.critical && usage.purposes == [KP_TIME_STAMPING]) {
                keys.push("import-warns-tsu-usage");
            }
            if ca && anchor.policies.is_empty() {
                keys.push("import-warns-tsa-ca");
            }
            if anchor.accreditation.is_empty() {
                keys.push("import-warns-no-accreditation");
            }
        }
    }
    keys.into_iter().map(|key| catalogue.text(key, &[])).collect()
}
