//! Certificate and CRL extensions (RFC 5280 4.2, 5.2) and the hcRole attribute of ISO 17090.

use der::asn1::{Any, Ia5String, ObjectIdentifier, OctetString};
use der::flagset::FlagSet;
use der::{Decode, Encode};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::certpolicy::{PolicyInformation, PolicyQualifierInfo};
use x509_cert::ext::pkix::crl::dp::{DistributionPoint, IssuingDistributionPoint, Reasons};
use x509_cert::ext::pkix::name::{DistributionPointName, GeneralName};
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, CertificatePolicies, CrlDistributionPoints, KeyUsage, KeyUsages,
    SubjectAltName, SubjectKeyIdentifier,
};
use x509_cert::name::{Name, RelativeDistinguishedName};
use x509_cert::serial_number::SerialNumber;

use crate::algorithms::Hash;
use crate::encode::{explicit, generalized, oid, sequence, set_of, tlv, utf8};
use crate::keys::Key;

/// id-jhpki-cdata, the only coding scheme under which HPKI states a licence.
pub const HPKI_CODING_SCHEME: &str = "1.2.392.100495.1.6.1.1";
/// id-hcpki-at-healthcareactor, the attribute type of hcRole (ISO 17090-2).
pub const HEALTHCARE_ACTOR: &str = "1.0.17090.0.1";
/// id-kp-timeStamping.
pub const TIME_STAMPING: &str = "1.3.6.1.5.5.7.3.8";

pub(crate) fn extension(dotted: &str, critical: bool, value: Vec<u8>) -> Extension {
    Extension { extn_id: ObjectIdentifier::new_unwrap(dotted), critical, extn_value: OctetString::new(value).unwrap() }
}

/// The key identifier of RFC 5280 4.2.1.2 (1): SHA-1 of the subjectPublicKey bits.
#[must_use]
pub fn key_identifier(key: &Key) -> Vec<u8> {
    Hash::Sha1.digest(key.public().subject_public_key.raw_bytes())
}

/// subjectKeyIdentifier.
#[must_use]
pub fn subject_key_identifier(key: &Key) -> Extension {
    let value = SubjectKeyIdentifier(OctetString::new(key_identifier(key)).unwrap());
    extension("2.5.29.14", false, value.to_der().unwrap())
}

/// authorityKeyIdentifier with all three fields, as HPKI writes it: key identifier, the issuer certificate's own
/// issuer and its serial number.
#[must_use]
pub fn authority_key_identifier(key: &Key, issuer: &Name, serial: &SerialNumber) -> Extension {
    let value = AuthorityKeyIdentifier {
        key_identifier: Some(OctetString::new(key_identifier(key)).unwrap()),
        authority_cert_issuer: Some(vec![GeneralName::DirectoryName(issuer.clone())]),
        authority_cert_serial_number: Some(serial.clone()),
    };
    extension("2.5.29.35", false, value.to_der().unwrap())
}

/// authorityKeyIdentifier with the key identifier alone.
#[must_use]
pub fn authority_key(key: &Key) -> Extension {
    let value = AuthorityKeyIdentifier {
        key_identifier: Some(OctetString::new(key_identifier(key)).unwrap()),
        authority_cert_issuer: None,
        authority_cert_serial_number: None,
    };
    extension("2.5.29.35", false, value.to_der().unwrap())
}

/// Critical basicConstraints of a CA without pathLenConstraint.
#[must_use]
pub fn certification_authority() -> Extension {
    let value = BasicConstraints { ca: true, path_len_constraint: None };
    extension("2.5.29.19", true, value.to_der().unwrap())
}

/// Critical keyUsage.
#[must_use]
pub fn key_usage(usages: &[KeyUsages]) -> Extension {
    let flags = usages.iter().fold(FlagSet::default(), |set, usage| set | *usage);
    extension("2.5.29.15", true, KeyUsage(flags).to_der().unwrap())
}

/// extendedKeyUsage.
#[must_use]
pub fn extended_key_usage(purposes: &[&str], critical: bool) -> Extension {
    let purposes = purposes.iter().map(|purpose| ObjectIdentifier::new_unwrap(purpose)).collect();
    let value = x509_cert::ext::pkix::ExtendedKeyUsage(purposes);
    extension("2.5.29.37", critical, value.to_der().unwrap())
}

/// Critical certificatePolicies with one policy and its CPS URI.
#[must_use]
pub fn certificate_policy(policy: &str) -> Extension {
    let cps = PolicyQualifierInfo {
        policy_qualifier_id: ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.2.1"),
        qualifier: Some(Any::encode_from(&Ia5String::new("http://demo.example/cps/").unwrap()).unwrap()),
    };
    let policy = PolicyInformation {
        policy_identifier: ObjectIdentifier::new_unwrap(policy),
        policy_qualifiers: Some(vec![cps]),
    };
    extension("2.5.29.32", true, CertificatePolicies(vec![policy]).to_der().unwrap())
}

/// One distribution point with every field of RFC 5280 4.2.1.13 open.
#[derive(Clone, Default)]
pub struct Point<'a> {
    /// fullName with one URI.
    pub uri: Option<&'a str>,
    /// fullName with one directoryName.
    pub directory: Option<&'a Name>,
    /// nameRelativeToCRLIssuer with one attribute.
    pub relative: Option<&'a RelativeDistinguishedName>,
    /// reasons.
    pub reasons: &'a [Reasons],
    /// cRLIssuer with one directoryName.
    pub issuer: Option<&'a Name>,
}

/// cRLDistributionPoints with these points.
#[must_use]
pub fn points(points: &[Point]) -> Extension {
    let points = points.iter().map(|point| DistributionPoint {
        distribution_point: point_name(point.directory, point.uri, point.relative),
        reasons: reason_flags(point.reasons),
        crl_issuer: point.issuer.map(|name| vec![GeneralName::DirectoryName(name.clone())]),
    });
    extension("2.5.29.31", false, CrlDistributionPoints(points.collect()).to_der().unwrap())
}

fn point_name(
    directory: Option<&Name>,
    uri: Option<&str>,
    relative: Option<&RelativeDistinguishedName>,
) -> Option<DistributionPointName> {
    if let Some(relative) = relative {
        return Some(DistributionPointName::NameRelativeToCRLIssuer(relative.clone()));
    }
    let mut names = Vec::new();
    names.extend(directory.map(|name| GeneralName::DirectoryName(name.clone())));
    names.extend(uri.map(|uri| GeneralName::UniformResourceIdentifier(Ia5String::new(uri).unwrap())));
    (!names.is_empty()).then_some(DistributionPointName::FullName(names))
}

fn reason_flags(reasons: &[Reasons]) -> Option<FlagSet<Reasons>> {
    (!reasons.is_empty()).then(|| reasons.iter().fold(FlagSet::default(), |set, reason| set | *reason))
}

/// cRLDistributionPoints: a point holding a directoryName, when given, and a point holding an http URI.
#[must_use]
pub fn distribution_points(directory: Option<&Name>, uri: &str) -> Extension {
    let mut all: Vec<Point> = Vec::new();
    all.extend(directory.map(|name| Point { directory: Some(name), ..Point::default() }));
    all.push(Point { uri: Some(uri), ..Point::default() });
    points(&all)
}

/// What an issuingDistributionPoint limits its CRL to (RFC 5280 5.2.5).
#[derive(Clone, Default)]
pub struct Scope<'a> {
    /// A directoryName as distribution point name.
    pub directory: Option<&'a Name>,
    /// A URI as distribution point name.
    pub uri: Option<&'a str>,
    /// nameRelativeToCRLIssuer instead of a full name.
    pub relative: Option<&'a RelativeDistinguishedName>,
    /// onlyContainsUserCerts.
    pub user_certificates: bool,
    /// onlyContainsCACerts.
    pub ca_certificates: bool,
    /// onlySomeReasons, as a list of reasons.
    pub reasons: &'a [Reasons],
    /// indirectCRL.
    pub indirect: bool,
}

/// Critical issuingDistributionPoint.
#[must_use]
pub fn issuing_distribution_point(scope: &Scope) -> Extension {
    let value = IssuingDistributionPoint {
        distribution_point: point_name(scope.directory, scope.uri, scope.relative),
        only_contains_user_certs: scope.user_certificates,
        only_contains_ca_certs: scope.ca_certificates,
        only_some_reasons: reason_flags(scope.reasons),
        indirect_crl: scope.indirect,
        only_contains_attribute_certs: false,
    };
    extension("2.5.29.28", true, value.to_der().unwrap())
}

/// Critical deltaCRLIndicator (RFC 5280 5.2.4).
#[must_use]
pub fn delta_crl_indicator(base: u32) -> Extension {
    extension("2.5.29.27", true, base.to_der().unwrap())
}

/// expiredCertsOnCRL (X.509 9.5.2.8): the list keeps certificates that expired since this instant, RFC 3339.
#[must_use]
pub fn expired_certificates_since(instant: &str) -> Extension {
    extension("2.5.29.60", false, generalized(instant))
}

/// A critical extension nobody knows (documentation arc, RFC 5612).
#[must_use]
pub fn unknown_critical() -> Extension {
    extension("1.3.6.1.4.1.32473.7.1", true, utf8("DEMO"))
}

/// cRLNumber.
#[must_use]
pub fn crl_number(number: u32) -> Extension {
    extension("2.5.29.20", false, number.to_der().unwrap())
}

/// subjectAltName with a directoryName (MEDIS writes the name in kanji there).
#[must_use]
pub fn alternative_directory_name(name: &Name) -> Extension {
    let value = SubjectAltName(vec![GeneralName::DirectoryName(name.clone())]);
    extension("2.5.29.17", false, value.to_der().unwrap())
}

/// subjectDirectoryAttributes with one hcRole attribute holding one HCActor per role:
/// `(coding scheme, codeDataFreeText)`. Context tags are EXPLICIT.
#[must_use]
pub fn healthcare_roles(roles: &[(&str, &str)]) -> Extension {
    let actors: Vec<Vec<u8>> = roles
        .iter()
        .map(|(scheme, text)| {
            let coded = tlv(0x31, &[explicit(0, &oid(scheme)), explicit(2, &utf8(text))].concat());
            sequence(&[&explicit(0, &coded)])
        })
        .collect();
    let attribute = sequence(&[&oid(HEALTHCARE_ACTOR), &set_of(&[set_of(&actors)])]);
    extension("2.5.29.9", false, sequence(&[&attribute]))
}

/// A serial number from a small integer, minimally encoded.
#[must_use]
pub fn serial(number: u64) -> SerialNumber {
    SerialNumber::from_der(&number.to_der().unwrap()).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole extension values of real HPKI cards (their shape is what every reader of hcRole must meet).
    #[test]
    fn healthcare_role_has_the_shape_of_real_cards() {
        for (text, expected) in [
            (
                "Medical Doctor",
                "303430320606288185420001312831263024A0223120A00C060A2A830886910F01060101\
                 A2100C0E4D65646963616C20446F63746F72",
            ),
            (
                "Pharmacist",
                "3030302E0606288185420001312431223020A01E311CA00C060A2A830886910F01060101\
                 A20C0C0A506861726D6163697374",
            ),
        ] {
            let extension = healthcare_roles(&[(HPKI_CODING_SCHEME, text)]);
            assert_eq!(hex::encode_upper(extension.extn_value.as_bytes()), expected);
            assert!(!extension.critical);
        }
    }
}
