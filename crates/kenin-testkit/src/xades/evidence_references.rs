//! References to certificates and revocation lists (TS 101 903 7.4; EN 319 132-1 A.1).

use super::element::Element;
use super::properties::{certificate_reference, digest_elements};
use super::signature::Names;
use crate::algorithms::Hash;
use crate::certificates::Identity;

/// CompleteCertificateRefs (TS 101 903 7.4.1): the authorities, not the signer.
#[must_use]
pub fn complete_certificate_references(names: Names, authorities: &[&Identity]) -> Element {
    let references = authorities.iter().map(|authority| certificate_reference(names, authority, Hash::Sha256));
    let inner = Element::new(names.xades, "CertRefs").children(references);
    Element::new(names.xades, "CompleteCertificateRefs").child(inner)
}

/// CompleteRevocationRefs (TS 101 903 7.4.2) to CRLs: issuer, octets and thisUpdate of each.
#[must_use]
pub fn complete_revocation_references(names: Names, lists: &[(&Identity, &[u8], &str)]) -> Element {
    let references = lists.iter().map(|(issuer, der, issued)| {
        let digest = Element::new(names.xades, "DigestAlgAndValue").children(digest_elements(names, der, Hash::Sha256));
        let identifier = Element::new(names.xades, "CRLIdentifier")
            .child(Element::new(names.xades, "Issuer").text(&issuer.subject.to_string()))
            .child(Element::new(names.xades, "IssueTime").text(issued));
        Element::new(names.xades, "CRLRef").child(digest).child(identifier)
    });
    let inner = Element::new(names.xades, "CRLRefs").children(references);
    Element::new(names.xades, "CompleteRevocationRefs").child(inner)
}
