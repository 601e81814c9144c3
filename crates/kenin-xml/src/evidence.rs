//! Certificates and revocation data that elements hold in base64.

use kenin_base::{Finding, FindingCode, LimitExceeded, Resource, Sha256};
use kenin_cms::Observer;
use kenin_facts::EvidenceSource;
use roxmltree::Node;

use crate::findings::note;
use crate::names::{base64, text};

/// What an element holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Certificate,
    Crl,
    Ocsp,
}

/// Takes what an element holds into the evidence and gives its key. What is no base64 is material that is missing, not a
/// broken signature format; it counts as what it should be.
pub(crate) fn take(
    observer: &mut Observer<'_>,
    (element, kind): (Node<'_, '_>, Kind),
    source: &EvidenceSource,
    out: &mut Vec<Finding>,
) -> Result<Option<Sha256>, LimitExceeded> {
    let Some(der) = base64(&text(element)) else {
        let (code, resource) = match kind {
            Kind::Certificate => (FindingCode::CertificateMalformed, Resource::Certificates),
            Kind::Crl => (FindingCode::CrlMalformed, Resource::RevocationData),
            Kind::Ocsp => (FindingCode::OcspMalformed, Resource::RevocationData),
        };
        note(out, Finding::new(code).about(element.tag_name().name()).with("problem", "base64"));
        return observer.budget().spend(resource, 1).map(|()| None);
    };
    Ok(match kind {
        Kind::Certificate => observer.add_certificate(&der, source.clone()).map(|certificate| certificate.sha256()),
        Kind::Crl => Some(observer.add_crl(&der, source.clone())),
        Kind::Ocsp => Some(observer.add_ocsp(&der, source.clone())),
    })
}
