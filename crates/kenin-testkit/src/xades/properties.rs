//! Qualifying properties that are not timestamps (EN 319 132-1 5.2, 5.4; TS 101 903 7).

use super::algorithms::{SHA1, SHA256, SHA512, base64};
use super::element::Element;
use super::signature::Names;
use crate::algorithms::Hash;
use crate::certificates::Identity;
use crate::cms::issuer_serial;

/// SigningTime (EN 319 132-1 5.2.1).
#[must_use]
pub fn signing_time(names: Names, instant: &str) -> Element {
    Element::new(names.xades, "SigningTime").text(instant)
}

/// SigningCertificateV2 (EN 319 132-1 5.2.2), with or without IssuerSerialV2.
#[must_use]
pub fn signing_certificate_v2(names: Names, identity: &Identity, hash: Hash, with_serial: bool) -> Element {
    let mut certificate = Element::new(names.xades, "Cert").child(certificate_digest(names, &identity.der, hash));
    if with_serial {
        certificate.push(Element::new(names.xades, "IssuerSerialV2").text(&base64(&issuer_serial(identity))));
    }
    Element::new(names.xades, "SigningCertificateV2").child(certificate)
}

/// SigningCertificate (TS 101 903 7.2.2), whose IssuerSerial is mandatory.
#[must_use]
pub fn signing_certificate_v1(names: Names, identity: &Identity) -> Element {
    Element::new(names.xades, "SigningCertificate").child(certificate_reference(names, identity, Hash::Sha256))
}

/// CertIDType (TS 101 903 7.2.2): digest, issuer and serial number.
pub fn certificate_reference(names: Names, identity: &Identity, hash: Hash) -> Element {
    let octets = identity.serial.as_bytes();
    let serial = octets.iter().fold(0_u128, |value, octet| value << 8 | u128::from(*octet));
    let issuer_serial = Element::new(names.xades, "IssuerSerial")
        .child(Element::new(names.ds, "X509IssuerName").text(&identity.issuer.to_string()))
        .child(Element::new(names.ds, "X509SerialNumber").text(&serial.to_string()));
    let digest = certificate_digest(names, &identity.der, hash);
    Element::new(names.xades, "Cert").child(digest).child(issuer_serial)
}

fn certificate_digest(names: Names, der: &[u8], hash: Hash) -> Element {
    Element::new(names.xades, "CertDigest").children(digest_elements(names, der, hash))
}

/// DigestMethod and DigestValue of `octets`.
///
/// # Panics
/// On SHA-384, which no fixture uses in XML.
pub fn digest_elements(names: Names, octets: &[u8], hash: Hash) -> [Element; 2] {
    let method = match hash {
        Hash::Sha1 => SHA1,
        Hash::Sha256 => SHA256,
        Hash::Sha512 => SHA512,
        Hash::Sha384 => panic!("no fixture"),
    };
    method.elements(names.ds, &hash.digest(octets))
}

/// SignerRoleV2 with one claimed role (EN 319 132-1 5.2.6).
#[must_use]
pub fn claimed_role(names: Names, role: &str) -> Element {
    let role = Element::new(names.xades, "ClaimedRole").text(role);
    Element::new(names.xades, "SignerRoleV2").child(Element::new(names.xades, "ClaimedRoles").child(role))
}

/// DataObjectFormat (EN 319 132-1 5.2.4) of the Reference with the Id `reference`.
#[must_use]
pub fn data_object_format(names: Names, reference: &str, mime_type: &str) -> Element {
    let format = Element::new(names.xades, "DataObjectFormat").with("ObjectReference", &format!("#{reference}"));
    format.child(Element::new(names.xades, "MimeType").text(mime_type))
}

/// CertificateValues (EN 319 132-1 5.4.1).
#[must_use]
pub fn certificate_values(names: Names, certificates: &[&[u8]]) -> Element {
    let values =
        certificates.iter().map(|der| Element::new(names.xades, "EncapsulatedX509Certificate").text(&base64(der)));
    Element::new(names.xades, "CertificateValues").children(values)
}

/// RevocationValues with CRLs (EN 319 132-1 5.4.2).
#[must_use]
pub fn revocation_values(names: Names, crls: &[&[u8]]) -> Element {
    let values = crls.iter().map(|der| Element::new(names.xades, "EncapsulatedCRLValue").text(&base64(der)));
    Element::new(names.xades, "RevocationValues").child(Element::new(names.xades, "CRLValues").children(values))
}

/// TimeStampValidationData about the timestamp with the Id `of` (EN 319 132-1 5.5.1).
#[must_use]
pub fn timestamp_validation_data(names: Names, of: &str, certificates: &[&[u8]], crls: &[&[u8]]) -> Element {
    Element::new(names.xades_141, "TimeStampValidationData")
        .with("URI", &format!("#{of}"))
        .child(certificate_values(names, certificates))
        .child(revocation_values(names, crls))
}

/// CounterSignature around a Signature (EN 319 132-1 5.2.7).
#[must_use]
pub fn countersignature(names: Names, signature: Element) -> Element {
    Element::new(names.xades, "CounterSignature").child(signature)
}
