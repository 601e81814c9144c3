//! What a signer's certificate may be used for: its keyUsage and extendedKeyUsage (5.2.6, constraints of the policy).

use kenin_base::Oid;
use kenin_x509::{ANY_EXTENDED_KEY_USAGE, Certificate};

use crate::check::{Check, CheckStatus, check_ids};
use crate::indication::SubIndication;
use crate::path::CheckedPath;

/// Key purposes under which documents are signed: id-kp-documentSigning (RFC 9336), id-kp-emailProtection (RFC 5280),
/// Adobe Authentic Documents Trust and Microsoft document signing, as deployed certificates have them.
const SIGNING_PURPOSES: &[Oid] = &[
    Oid::new(&[1, 3, 6, 1, 5, 5, 7, 3, 36]),
    Oid::new(&[1, 3, 6, 1, 5, 5, 7, 3, 4]),
    Oid::new(&[1, 2, 840, 113583, 1, 1, 5]),
    Oid::new(&[1, 3, 6, 1, 4, 1, 311, 10, 3, 12]),
];

/// Checks both usages; one that does not allow signing documents turns a path that passed into CHAIN_CONSTRAINTS_FAILURE.
pub(crate) fn usages(certificate: &Certificate, path: &mut CheckedPath) -> [Check; 2] {
    let usages = [key_usage(certificate), extended_key_usage(certificate, path)];
    if usages.iter().any(|usage| usage.status == CheckStatus::Failed) && path.conclusion.passed() {
        path.conclusion = SubIndication::ChainConstraintsFailure.into();
    }
    usages
}

/// A signing certificate's keyUsage, where present, allows signatures on content (RFC 5280 4.2.1.3).
fn key_usage(certificate: &Certificate) -> Check {
    let usage = certificate.extensions().key_usage;
    let allowed = usage.is_none_or(|usage| usage.digital_signature() || usage.non_repudiation());
    let status = if allowed { CheckStatus::Passed } else { CheckStatus::Failed };
    let names = usage.map(|usage| usage.names().join(", ")).unwrap_or_default();
    Check::new(check_ids::KEY_USAGE, status, "RFC 5280 4.2.1.3").with("usage", names)
}

/// A signing certificate's extendedKeyUsage, where present, allows signing documents (RFC 5280 4.2.1.12), and what the
/// anchor is trusted for. Deployed cards list other purposes without making the extension critical: that is a warning.
pub(crate) fn extended_key_usage(certificate: &Certificate, path: &CheckedPath) -> Check {
    let usage = certificate.extensions().extended_key_usage.as_ref();
    let purposes: Vec<Oid> = usage.iter().flat_map(|usage| &usage.purposes).copied().collect();
    let allows =
        |wanted: &[Oid]| usage.is_none() || purposes.iter().any(|p| wanted.contains(p) || *p == ANY_EXTENDED_KEY_USAGE);
    let trusted_for = path.anchor.as_ref().map(|anchor| anchor.purposes.as_slice()).filter(|list| !list.is_empty());
    let status = if trusted_for.is_some_and(|wanted| !allows(wanted)) {
        CheckStatus::Failed
    } else if allows(SIGNING_PURPOSES) {
        CheckStatus::Passed
    } else if usage.is_some_and(|usage| usage.critical) {
        CheckStatus::Failed
    } else {
        CheckStatus::Warning
    };
    let listed: Vec<String> = purposes.iter().map(ToString::to_string).collect();
    Check::new(check_ids::EXTENDED_KEY_USAGE, status, "RFC 5280 4.2.1.12").with("purposes", listed.join(", "))
}
