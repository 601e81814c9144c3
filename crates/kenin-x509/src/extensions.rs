use std::collections::BTreeSet;

use kenin_asn1::{Decoder, Element, Error, Reader, Tag};
use kenin_base::Oid;

use crate::decode::{each, minimal, single, some};
use crate::{DistributionPoint, GeneralName, PolicyQualifier};

/// anyPolicy (RFC 5280 4.2.1.4)
pub const ANY_POLICY: Oid = Oid::new(&[2, 5, 29, 32, 0]);
/// anyExtendedKeyUsage (RFC 5280 4.2.1.12)
pub const ANY_EXTENDED_KEY_USAGE: Oid = Oid::new(&[2, 5, 29, 37, 0]);
/// id-kp-timeStamping (RFC 5280 4.2.1.12)
pub const KP_TIME_STAMPING: Oid = Oid::new(&[1, 3, 6, 1, 5, 5, 7, 3, 8]);
/// id-kp-OCSPSigning (RFC 5280 4.2.1.12)
pub const KP_OCSP_SIGNING: Oid = Oid::new(&[1, 3, 6, 1, 5, 5, 7, 3, 9]);
/// id-ad-ocsp (RFC 5280 4.2.2.1)
pub const AD_OCSP: Oid = Oid::new(&[1, 3, 6, 1, 5, 5, 7, 48, 1]);
/// id-ad-caIssuers (RFC 5280 4.2.2.1)
pub const AD_CA_ISSUERS: Oid = Oid::new(&[1, 3, 6, 1, 5, 5, 7, 48, 2]);

const SUBJECT_DIRECTORY_ATTRIBUTES: Oid = Oid::new(&[2, 5, 29, 9]);
const SUBJECT_KEY_IDENTIFIER: Oid = Oid::new(&[2, 5, 29, 14]);
const KEY_USAGE: Oid = Oid::new(&[2, 5, 29, 15]);
const SUBJECT_ALT_NAME: Oid = Oid::new(&[2, 5, 29, 17]);
const ISSUER_ALT_NAME: Oid = Oid::new(&[2, 5, 29, 18]);
const BASIC_CONSTRAINTS: Oid = Oid::new(&[2, 5, 29, 19]);
const NAME_CONSTRAINTS: Oid = Oid::new(&[2, 5, 29, 30]);
const CRL_DISTRIBUTION_POINTS: Oid = Oid::new(&[2, 5, 29, 31]);
const CERTIFICATE_POLICIES: Oid = Oid::new(&[2, 5, 29, 32]);
const POLICY_MAPPINGS: Oid = Oid::new(&[2, 5, 29, 33]);
pub(crate) const AUTHORITY_KEY_IDENTIFIER: Oid = Oid::new(&[2, 5, 29, 35]);
const POLICY_CONSTRAINTS: Oid = Oid::new(&[2, 5, 29, 36]);
const EXTENDED_KEY_USAGE: Oid = Oid::new(&[2, 5, 29, 37]);
const INHIBIT_ANY_POLICY: Oid = Oid::new(&[2, 5, 29, 54]);
const NO_REV_AVAIL: Oid = Oid::new(&[2, 5, 29, 56]);
const AUTHORITY_INFO_ACCESS: Oid = Oid::new(&[1, 3, 6, 1, 5, 5, 7, 1, 1]);
const QC_STATEMENTS: Oid = Oid::new(&[1, 3, 6, 1, 5, 5, 7, 1, 3]);
const OCSP_NOCHECK: Oid = Oid::new(&[1, 3, 6, 1, 5, 5, 7, 48, 1, 5]);
/// EN 319 412-1 5.2
const VALIDITY_ASSURED_SHORT_TERM: Oid = Oid::new(&[0, 4, 0, 194121, 2, 1]);

/// The extensions that are processed. The values of others are not even looked at: private ones need not be DER.
const KNOWN: &[Oid] = &[
    BASIC_CONSTRAINTS,
    KEY_USAGE,
    EXTENDED_KEY_USAGE,
    CERTIFICATE_POLICIES,
    POLICY_MAPPINGS,
    POLICY_CONSTRAINTS,
    INHIBIT_ANY_POLICY,
    NAME_CONSTRAINTS,
    SUBJECT_ALT_NAME,
    ISSUER_ALT_NAME,
    SUBJECT_DIRECTORY_ATTRIBUTES,
    AUTHORITY_KEY_IDENTIFIER,
    SUBJECT_KEY_IDENTIFIER,
    CRL_DISTRIBUTION_POINTS,
    AUTHORITY_INFO_ACCESS,
    QC_STATEMENTS,
    OCSP_NOCHECK,
    NO_REV_AVAIL,
    VALIDITY_ASSURED_SHORT_TERM,
];

/// The extensions of a certificate (RFC 5280 4.2), decoded. What is absent is `None` or empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extensions {
    /// basicConstraints
    pub basic_constraints: Option<BasicConstraints>,
    /// keyUsage
    pub key_usage: Option<KeyUsage>,
    /// extKeyUsage
    pub extended_key_usage: Option<ExtendedKeyUsage>,
    /// certificatePolicies
    pub certificate_policies: Option<CertificatePolicies>,
    /// policyMappings: issuerDomainPolicy and subjectDomainPolicy
    pub policy_mappings: Vec<(Oid, Oid)>,
    /// policyConstraints
    pub policy_constraints: Option<PolicyConstraints>,
    /// inhibitAnyPolicy: SkipCerts
    pub inhibit_any_policy: Option<u32>,
    /// nameConstraints
    pub name_constraints: Option<NameConstraints>,
    /// subjectAltName
    pub subject_alt_names: Vec<GeneralName>,
    /// The octets inside subjectDirectoryAttributes, a SEQUENCE OF Attribute
    pub subject_directory_attributes: Option<Box<[u8]>>,
    /// authorityKeyIdentifier
    pub authority_key_identifier: Option<AuthorityKeyIdentifier>,
    /// subjectKeyIdentifier
    pub subject_key_identifier: Option<Box<[u8]>>,
    /// cRLDistributionPoints
    pub crl_distribution_points: Vec<DistributionPoint>,
    /// authorityInfoAccess
    pub authority_info_access: Vec<AccessDescription>,
    /// qcStatements: the statement identifiers
    pub qc_statements: Vec<Oid>,
    /// id-pkix-ocsp-nocheck (RFC 6960 4.2.2.2.1)
    pub ocsp_nocheck: bool,
    /// noRevAvail (RFC 9608)
    pub no_rev_avail: bool,
    /// ext-etsi-valassured-ST-certs (EN 319 412-1 5.2)
    pub validity_assured_short_term: bool,
    /// Every extension's identifier and criticality, in the order of encoding.
    pub present: Vec<(Oid, bool)>,
    /// Critical extensions this library does not process: path validation refuses the certificate.
    pub unknown_critical: Vec<Oid>,
    /// Known extensions that cannot be decoded: path validation refuses the certificate.
    pub malformed: Vec<Oid>,
    /// Extensions that occur more than once, against RFC 5280 4.2: path validation refuses the certificate.
    pub duplicated: Vec<Oid>,
}

/// basicConstraints (RFC 5280 4.2.1.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BasicConstraints {
    /// Whether the subject is a CA.
    pub ca: bool,
    /// How many non-self-issued intermediate certificates may follow.
    pub path_len: Option<u32>,
}

/// keyUsage (RFC 5280 4.2.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyUsage {
    /// Bit *n* of the named bit list as `1 << n`.
    pub bits: u16,
    /// Whether the extension is critical.
    pub critical: bool,
}

impl KeyUsage {
    /// digitalSignature (0)
    pub fn digital_signature(self) -> bool {
        self.bits & 1 != 0
    }

    /// nonRepudiation, also called contentCommitment (1)
    pub fn non_repudiation(self) -> bool {
        self.bits & 1 << 1 != 0
    }

    /// keyCertSign (5)
    pub fn key_cert_sign(self) -> bool {
        self.bits & 1 << 5 != 0
    }

    /// cRLSign (6)
    pub fn crl_sign(self) -> bool {
        self.bits & 1 << 6 != 0
    }

    /// The names of the bits that are set.
    pub fn names(self) -> Vec<&'static str> {
        const NAMES: [&str; 9] = [
            "digitalSignature",
            "nonRepudiation",
            "keyEncipherment",
            "dataEncipherment",
            "keyAgreement",
            "keyCertSign",
            "cRLSign",
            "encipherOnly",
            "decipherOnly",
        ];
        NAMES.into_iter().enumerate().filter(|(n, _)| self.bits & 1 << n != 0).map(|(_, name)| name).collect()
    }
}

/// extKeyUsage (RFC 5280 4.2.1.12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtendedKeyUsage {
    /// The key purposes.
    pub purposes: Vec<Oid>,
    /// Whether the extension is critical.
    pub critical: bool,
}

/// certificatePolicies (RFC 5280 4.2.1.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificatePolicies {
    /// The policies, each with its qualifiers.
    pub policies: Vec<PolicyInformation>,
    /// Whether the extension is critical.
    pub critical: bool,
}

/// PolicyInformation (RFC 5280 4.2.1.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyInformation {
    /// policyIdentifier
    pub policy: Oid,
    /// policyQualifiers
    pub qualifiers: Vec<PolicyQualifier>,
}

/// policyConstraints (RFC 5280 4.2.1.11).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PolicyConstraints {
    /// requireExplicitPolicy: SkipCerts
    pub require_explicit_policy: Option<u32>,
    /// inhibitPolicyMapping: SkipCerts
    pub inhibit_policy_mapping: Option<u32>,
}

/// nameConstraints (RFC 5280 4.2.1.10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameConstraints {
    /// Bases of the permitted subtrees.
    pub permitted: Vec<GeneralName>,
    /// Bases of the excluded subtrees.
    pub excluded: Vec<GeneralName>,
    /// Whether the extension is critical.
    pub critical: bool,
    /// Whether a subtree has a minimum other than 0 or a maximum, which RFC 5280 does not allow.
    pub has_distances: bool,
}

/// authorityKeyIdentifier (RFC 5280 4.2.1.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthorityKeyIdentifier {
    /// keyIdentifier
    pub key_identifier: Option<Box<[u8]>>,
    /// authorityCertIssuer
    pub issuer: Vec<GeneralName>,
    /// authorityCertSerialNumber, without redundant leading octets
    pub serial: Option<Box<[u8]>>,
}

/// AccessDescription (RFC 5280 4.2.2.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessDescription {
    /// accessMethod
    pub method: Oid,
    /// accessLocation
    pub location: GeneralName,
}

/// One Extension before its value is decoded.
pub(crate) struct RawExtension<'a> {
    pub oid: Oid,
    pub critical: bool,
    pub value: &'a [u8],
}

impl Extensions {
    pub(crate) fn decode<'a>(decoder: &Decoder<'_>, list: impl Iterator<Item = RawExtension<'a>>) -> Self {
        let mut result = Self::default();
        let mut seen = BTreeSet::new();
        for extension in list {
            result.present.push((extension.oid, extension.critical));
            if !seen.insert(extension.oid) {
                result.duplicated.push(extension.oid);
                continue;
            }
            if !KNOWN.contains(&extension.oid) {
                if extension.critical {
                    result.unknown_critical.push(extension.oid);
                }
                continue;
            }
            if single(decoder, extension.value).and_then(|value| result.set(&extension, value)).is_err() {
                result.malformed.push(extension.oid);
            }
        }
        result
    }

    /// Whether a purpose is among the extended key usages (`false` when there is no such extension).
    pub fn has_purpose(&self, purpose: &Oid) -> bool {
        self.extended_key_usage.as_ref().is_some_and(|usage| usage.purposes.contains(purpose))
    }

    /// Stores one of the [`KNOWN`] extensions.
    fn set(&mut self, extension: &RawExtension<'_>, value: Element<'_, '_>) -> Result<(), Error> {
        let critical = extension.critical;
        match extension.oid {
            BASIC_CONSTRAINTS => self.basic_constraints = Some(basic_constraints(value)?),
            KEY_USAGE => {
                let value = value.bit_string()?;
                let set = (0..9u16).filter(|n| value.bit(usize::from(*n)));
                self.key_usage = Some(KeyUsage { bits: set.fold(0, |bits, n| bits | 1 << n), critical });
            }
            EXTENDED_KEY_USAGE => {
                let purposes = some(value, |purpose| purpose.oid())?;
                self.extended_key_usage = Some(ExtendedKeyUsage { purposes, critical });
            }
            CERTIFICATE_POLICIES => {
                let policies = some(value, policy_information)?;
                self.certificate_policies = Some(CertificatePolicies { policies, critical });
            }
            POLICY_MAPPINGS => {
                self.policy_mappings = some(value, |mapping| {
                    let mut fields = mapping.with_tag(Tag::SEQUENCE)?.children()?;
                    let pair = (fields.expect(Tag::OID)?.oid()?, fields.expect(Tag::OID)?.oid()?);
                    fields.finish()?;
                    Ok(pair)
                })?;
            }
            POLICY_CONSTRAINTS => {
                let mut fields = value.with_tag(Tag::SEQUENCE)?.children()?;
                let constraints = PolicyConstraints {
                    require_explicit_policy: skip_certs(&mut fields, 0)?,
                    inhibit_policy_mapping: skip_certs(&mut fields, 1)?,
                };
                fields.finish()?;
                self.policy_constraints = Some(constraints);
            }
            INHIBIT_ANY_POLICY => self.inhibit_any_policy = Some(count(value)?),
            NAME_CONSTRAINTS => self.name_constraints = Some(name_constraints(value, critical)?),
            SUBJECT_ALT_NAME => self.subject_alt_names = GeneralName::sequence(value)?,
            // Nothing here depends on the issuer's other names; being able to read them is enough.
            ISSUER_ALT_NAME => drop(GeneralName::sequence(value)?),
            SUBJECT_DIRECTORY_ATTRIBUTES => self.subject_directory_attributes = Some(value.bytes.into()),
            AUTHORITY_KEY_IDENTIFIER => {
                self.authority_key_identifier = Some(AuthorityKeyIdentifier::from_element(value)?);
            }
            SUBJECT_KEY_IDENTIFIER => {
                self.subject_key_identifier = Some(value.octet_string()?.into());
            }
            CRL_DISTRIBUTION_POINTS => self.crl_distribution_points = DistributionPoint::sequence(value)?,
            AUTHORITY_INFO_ACCESS => {
                self.authority_info_access = each(value, Tag::SEQUENCE, |access| {
                    let mut fields = access.with_tag(Tag::SEQUENCE)?.children()?;
                    let method = fields.expect(Tag::OID)?.oid()?;
                    let location = GeneralName::from_element(fields.element()?)?;
                    fields.finish()?;
                    Ok(AccessDescription { method, location })
                })?;
            }
            QC_STATEMENTS => {
                self.qc_statements = each(value, Tag::SEQUENCE, |statement| {
                    statement.with_tag(Tag::SEQUENCE)?.children()?.expect(Tag::OID)?.oid()
                })?;
            }
            OCSP_NOCHECK => self.ocsp_nocheck = true,
            NO_REV_AVAIL => self.no_rev_avail = true,
            VALIDITY_ASSURED_SHORT_TERM => self.validity_assured_short_term = true,
            _ => {}
        }
        Ok(())
    }
}

impl AuthorityKeyIdentifier {
    pub(crate) fn from_element(value: Element<'_, '_>) -> Result<Self, Error> {
        let mut fields = value.with_tag(Tag::SEQUENCE)?.children()?;
        let mut result = Self::default();
        if let Some(id) = fields.optional(Tag::context(0))? {
            result.key_identifier = Some(id.content.into());
        }
        if let Some(issuer) = fields.optional(Tag::context(1))? {
            result.issuer = GeneralName::sequence(issuer.implicit(Tag::SEQUENCE))?;
        }
        if let Some(serial) = fields.optional(Tag::context(2))? {
            result.serial = Some(minimal(serial.implicit(Tag::INTEGER).integer()?).into());
        }
        fields.finish()?;
        Ok(result)
    }
}

fn basic_constraints(value: Element<'_, '_>) -> Result<BasicConstraints, Error> {
    let mut fields = value.with_tag(Tag::SEQUENCE)?.children()?;
    let ca = fields.optional(Tag::BOOLEAN)?.map_or(Ok(false), |ca| ca.boolean())?;
    let path_len = fields.optional(Tag::INTEGER)?.map(count).transpose()?;
    fields.finish()?;
    Ok(BasicConstraints { ca, path_len })
}

fn policy_information(value: Element<'_, '_>) -> Result<PolicyInformation, Error> {
    let mut fields = value.with_tag(Tag::SEQUENCE)?.children()?;
    let policy = fields.expect(Tag::OID)?.oid()?;
    let qualifiers = fields.optional(Tag::SEQUENCE)?.map_or(Ok(Vec::new()), PolicyQualifier::sequence)?;
    fields.finish()?;
    Ok(PolicyInformation { policy, qualifiers })
}

fn name_constraints(value: Element<'_, '_>, critical: bool) -> Result<NameConstraints, Error> {
    let mut fields = value.with_tag(Tag::SEQUENCE)?.children()?;
    let mut has_distances = false;
    let mut subtrees = |field: Option<Element<'_, '_>>| -> Result<Vec<GeneralName>, Error> {
        let Some(field) = field else { return Ok(Vec::new()) };
        some(field.implicit(Tag::SEQUENCE), |subtree| {
            let mut fields = subtree.with_tag(Tag::SEQUENCE)?.children()?;
            let base = GeneralName::from_element(fields.element()?)?;
            if let Some(minimum) = fields.optional(Tag::context(0))? {
                has_distances |= count(minimum.implicit(Tag::INTEGER))? != 0;
            }
            has_distances |= fields.optional(Tag::context(1))?.is_some();
            fields.finish()?;
            Ok(base)
        })
    };
    let permitted = subtrees(fields.optional(Tag::context(0))?)?;
    let excluded = subtrees(fields.optional(Tag::context(1))?)?;
    fields.finish()?;
    if permitted.is_empty() && excluded.is_empty() {
        return Err(value.invalid("permittedSubtrees or excludedSubtrees"));
    }
    Ok(NameConstraints { permitted, excluded, critical, has_distances })
}

/// `SkipCerts ::= INTEGER (0..MAX)`, and the other counts; one beyond 32 bits limits nothing a path can reach.
fn count(value: Element<'_, '_>) -> Result<u32, Error> {
    let octets = value.integer()?;
    if octets.first().is_some_and(|first| first & 0x80 != 0) {
        return Err(value.invalid("non-negative INTEGER"));
    }
    Ok(value.integer_i64().ok().and_then(|n| u32::try_from(n).ok()).unwrap_or(u32::MAX))
}

fn skip_certs(fields: &mut Reader<'_, '_>, number: u32) -> Result<Option<u32>, Error> {
    fields.optional(Tag::context(number))?.map(|skip| count(skip.implicit(Tag::INTEGER))).transpose()
}
