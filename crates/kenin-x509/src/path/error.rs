use kenin_base::{LimitExceeded, Oid, Sha256};
use kenin_crypto::{KeyError, Refusal, SchemeError};

/// Why a path does not validate, and at which certificate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("certificate {certificate}: {kind}")]
pub struct PathError {
    /// The certificate whose processing failed.
    pub certificate: Sha256,
    /// What failed.
    pub kind: PathErrorKind,
}

/// What failed in RFC 5280 6.1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PathErrorKind {
    /// The path has no certificate.
    #[error("the path is empty")]
    Empty,
    /// 6.1.3 (a)(1): the issuer's key does not verify the signature.
    #[error("the signature does not verify with the issuer's key")]
    SignatureBroken,
    /// The signature was not computed.
    #[error("the signature cannot be checked: {0}")]
    SignatureRefused(Refusal),
    /// The signature algorithm is not supported.
    #[error(transparent)]
    Scheme(SchemeError),
    /// RFC 5280 4.1.1.2: the algorithm inside and outside the signed octets differ.
    #[error("tbsCertificate.signature differs from signatureAlgorithm")]
    AlgorithmsDisagree,
    /// The certificate holds no usable key.
    #[error(transparent)]
    Key(KeyError),
    /// 6.1.3 (a)(4): the issuer is not the next certificate's subject.
    #[error("the issuer's name differs from the subject above it")]
    NameChaining,
    /// 6.1.4 (k): the certificate is not a version 3 CA certificate.
    #[error("the certificate is not a CA certificate")]
    NotCa,
    /// 6.1.4 (l), (m): pathLenConstraint.
    #[error("more CA certificates follow than pathLenConstraint allows")]
    PathLength,
    /// 6.1.4 (n): keyUsage without keyCertSign.
    #[error("keyUsage does not allow signing certificates")]
    KeyCertSign,
    /// 6.1.4 (o), 6.1.5 (e): a critical extension that is not processed.
    #[error("unknown critical extension {0}")]
    UnknownCriticalExtension(Oid),
    /// A known extension that cannot be decoded.
    #[error("malformed extension {0}")]
    MalformedExtension(Oid),
    /// RFC 5280 4.2: an extension occurs more than once.
    #[error("extension {0} occurs more than once")]
    DuplicateExtension(Oid),
    /// 6.1.3 (b), (c): a name outside the permitted or inside an excluded subtree.
    #[error("the name `{0}` violates name constraints")]
    NameConstraints(String),
    /// RFC 5280 4.2.1.10: constraints of a kind that is not processed, on a name the certificate has.
    #[error("name constraints that cannot be processed apply")]
    NameConstraintsUnsupported,
    /// More names times constraints than are compared.
    #[error("too many names and name constraints")]
    NameConstraintsTooLarge,
    /// 6.1.4 (a): anyPolicy in a policy mapping.
    #[error("a policy mapping names anyPolicy")]
    AnyPolicyMapped,
    /// 6.1.3 (f), 6.1.5 (g): an acceptable policy is required and none is valid for the whole path.
    #[error("no acceptable certificate policy is valid for the whole path")]
    ExplicitPolicy,
    /// A budget was reached.
    #[error(transparent)]
    Limit(LimitExceeded),
}

impl PathErrorKind {
    /// Whether the path is sound but its policies are not those asked for: CHAIN_CONSTRAINTS_FAILURE in
    /// EN 319 102-1 where every other kind is CERTIFICATE_CHAIN_GENERAL_FAILURE.
    pub fn is_policy_failure(&self) -> bool {
        matches!(self, Self::ExplicitPolicy)
    }

    kenin_base::stable_codes! {
        Self::Empty => "path-empty",
        Self::SignatureBroken => "certificate-signature-broken",
        Self::SignatureRefused(_) => "certificate-signature-refused",
        Self::Scheme(_) => "certificate-signature-algorithm",
        Self::AlgorithmsDisagree => "certificate-algorithms-disagree",
        Self::Key(_) => "certificate-key",
        Self::NameChaining => "name-chaining",
        Self::NotCa => "not-a-ca",
        Self::PathLength => "path-length",
        Self::KeyCertSign => "key-cert-sign-missing",
        Self::UnknownCriticalExtension(_) => "unknown-critical-extension",
        Self::MalformedExtension(_) => "malformed-extension",
        Self::DuplicateExtension(_) => "duplicate-extension",
        Self::NameConstraints(_) => "name-constraints",
        Self::NameConstraintsUnsupported => "name-constraints-unsupported",
        Self::NameConstraintsTooLarge => "name-constraints-too-large",
        Self::AnyPolicyMapped => "any-policy-mapped",
        Self::ExplicitPolicy => "explicit-policy",
        Self::Limit(_) => "limit-exceeded",
    }
}
