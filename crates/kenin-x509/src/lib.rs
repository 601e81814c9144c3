//! Certificates, CRLs, OCSP responses and attribute certificates; certification paths (RFC 5280 6.1) and what
//! a revocation datum says about a certificate (RFC 5280 6.3, RFC 6960).
//!
//! Everything here is mechanism without time and without trust of its own: a path says which certificates link
//! to which anchor and which policies are valid, a [`Statement`](crate::revocation::Statement) says what a datum proves.
//! Whether that holds at some instant under some policy is judged elsewhere.
//!
//! x509-parser reads the certificate's envelope. Extension values, names, CRLs and OCSP responses are read
//! with kenin-asn1's cursor: the same GeneralName must compare equal wherever it occurs, CRL entries are kept as
//! offsets, and signatures need exact octets.

mod attribute_certificate;
mod cache;
mod certificate;
mod crl;
mod crl_serials;
mod decode;
mod distribution_point;
mod error;
mod extensions;
mod general_name;
mod name;
mod ocsp;
pub mod path;
mod policy_qualifier;
pub mod revocation;
mod signed_object;

pub use attribute_certificate::AttributeCertificate;
pub use cache::{CertificateCache, SignatureCache};
pub use certificate::Certificate;
pub use crl::{Crl, CrlExtensions, RevocationReason, RevokedEntry};
pub use distribution_point::{DistributionPoint, DistributionPointName, IssuingDistributionPoint, ReasonFlags};
pub use error::ParseError;
pub use extensions::{
    AD_CA_ISSUERS, AD_OCSP, ANY_EXTENDED_KEY_USAGE, ANY_POLICY, AccessDescription, AuthorityKeyIdentifier,
    BasicConstraints, CertificatePolicies, ExtendedKeyUsage, Extensions, KP_OCSP_SIGNING, KP_TIME_STAMPING, KeyUsage,
    NameConstraints, PolicyConstraints, PolicyInformation,
};
pub use general_name::GeneralName;
pub use name::{
    COMMON_NAME, COUNTRY, EMAIL_ADDRESS, Name, NameAttribute, ORGANIZATION, ORGANIZATIONAL_UNIT, RelativeName,
    SUBJECT_SERIAL_NUMBER,
};
pub use ocsp::{CertHash, CertId, OcspCertStatus, OcspResponse, ResponderId, SingleResponse};
pub use policy_qualifier::PolicyQualifier;
pub use signed_object::SignedObject;
