use kenin_base::{LimitExceeded, Oid};
use kenin_crypto::SchemeError;

/// Why a revocation datum says nothing usable about a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RejectedDatum {
    /// The CRL's issuer is neither the certificate's issuer nor named as its CRL issuer.
    #[error("the CRL is of another issuer")]
    CrlOtherIssuer,
    /// No acceptable key verifies the CRL: it was changed, or another CA of the same name signed it.
    #[error("no key of the CRL's issuer verifies it")]
    CrlSignature,
    /// Every key that could have signed the CRL belongs to a certificate without cRLSign in its keyUsage.
    #[error("the CRL issuer's keyUsage does not allow signing CRLs")]
    CrlSignMissing,
    /// tbsCertList.signature differs from signatureAlgorithm (RFC 5280 5.1.1.2).
    #[error("the CRL's two signature algorithm fields differ")]
    CrlAlgorithmsDisagree,
    /// The issuing distribution point matches none of the certificate's distribution points.
    #[error("the CRL is for another distribution point")]
    CrlDistributionPoint,
    /// onlyContainsUserCerts and the certificate is a CA's.
    #[error("the CRL covers end-entity certificates only")]
    CrlOnlyUserCerts,
    /// onlyContainsCACerts and the certificate is an end entity's.
    #[error("the CRL covers CA certificates only")]
    CrlOnlyCaCerts,
    /// onlyContainsAttributeCerts.
    #[error("the CRL covers attribute certificates only")]
    CrlOnlyAttributeCerts,
    /// Not listed, on a CRL that covers some reasons only.
    #[error("the CRL covers some revocation reasons only")]
    CrlOnlySomeReasons,
    /// A delta CRL without the complete CRL that it brings up to date.
    #[error("a delta CRL says nothing without its base")]
    CrlDelta,
    /// A critical extension that is not processed, in the CRL or in an entry.
    #[error("unknown critical CRL extension {0}")]
    CrlUnknownCriticalExtension(Oid),
    /// An extension that cannot be decoded.
    #[error("malformed CRL extension {0}")]
    CrlMalformedExtension(Oid),
    /// No path leads from the signer of the datum to the trust anchor of the certificate without the certificate
    /// itself, or the signer is another CA's that has the name of the certificate's issuer.
    #[error("the signer of the revocation data has no path of its own to the certificate's trust anchor")]
    SignerPath,
    /// A certificate on that path was not yet or no longer valid when the datum was issued.
    #[error("the signer of the revocation data was not valid when it signed")]
    SignerNotValid,
    /// A certificate on that path was revoked then, or later for a reason that casts doubt on its earlier signatures.
    #[error("the signer of the revocation data is revoked")]
    SignerRevoked,
    /// Nothing at hand shows that the certificates on that path were not revoked then.
    #[error("the signer's own revocation status is not known")]
    SignerStatusUnknown,
    /// No answer is for this certificate: another serial number.
    #[error("the OCSP response is about another certificate")]
    OcspOtherCertificate,
    /// The answer has the serial number, and the name or key hash of another issuer.
    #[error("the OCSP answer is about a certificate of another issuer")]
    OcspOtherIssuer,
    /// The answer identifies the certificate by a digest algorithm this library does not know.
    #[error("the OCSP answer uses an unknown digest algorithm")]
    OcspDigestAlgorithm,
    /// No certificate at hand fits the responder's identifier.
    #[error("no certificate of the OCSP responder is at hand")]
    OcspResponderNotFound,
    /// The responder's key does not verify the response.
    #[error("the OCSP responder's key does not verify the response")]
    OcspSignature,
    /// The responder is not the certificate's issuer, and its certificate was not issued by that issuer.
    #[error("the OCSP responder was not authorised by the certificate's issuer")]
    OcspDelegateOtherIssuer,
    /// The responder's certificate lacks id-kp-OCSPSigning, or its keyUsage allows no signatures on answers.
    #[error("the OCSP responder's certificate is not for signing OCSP responses")]
    OcspDelegateUsage,
    /// The responder's certificate has an extension that forbids its use.
    #[error("extension {0} of the OCSP responder's certificate is critical and unknown, or malformed")]
    OcspDelegateExtension(Oid),
    /// The response was produced before the time its status is said to be of.
    #[error("the OCSP response was produced before its thisUpdate")]
    OcspProducedBeforeUpdate,
    /// The responder does not know the certificate.
    #[error("the OCSP responder does not know the certificate")]
    OcspUnknown,
    /// It says revoked for the reason removeFromCRL, which only a delta CRL can state.
    #[error("removeFromCRL as the reason, which only a delta CRL can state")]
    RemoveFromCrl,
    /// certHash names another certificate.
    #[error("the OCSP answer's certHash is of another certificate")]
    OcspCertHash,
    /// A critical extension that is not processed.
    #[error("unknown critical OCSP extension {0}")]
    OcspUnknownCriticalExtension(Oid),
    /// The signature algorithm is not supported.
    #[error(transparent)]
    Scheme(SchemeError),
    /// A budget was reached.
    #[error(transparent)]
    Limit(LimitExceeded),
}

impl RejectedDatum {
    kenin_base::stable_codes! {
        Self::CrlOtherIssuer => "crl-other-issuer",
        Self::CrlSignature => "crl-signature",
        Self::CrlSignMissing => "crl-sign-missing",
        Self::CrlAlgorithmsDisagree => "crl-algorithms-disagree",
        Self::CrlDistributionPoint => "crl-distribution-point",
        Self::CrlOnlyUserCerts => "crl-only-user-certs",
        Self::CrlOnlyCaCerts => "crl-only-ca-certs",
        Self::CrlOnlyAttributeCerts => "crl-only-attribute-certs",
        Self::CrlOnlySomeReasons => "crl-only-some-reasons",
        Self::CrlDelta => "crl-delta",
        Self::CrlUnknownCriticalExtension(_) => "crl-unknown-critical-extension",
        Self::CrlMalformedExtension(_) => "crl-malformed-extension",
        Self::SignerPath => "datum-signer-path",
        Self::SignerNotValid => "datum-signer-not-valid",
        Self::SignerRevoked => "datum-signer-revoked",
        Self::SignerStatusUnknown => "datum-signer-status-unknown",
        Self::OcspOtherCertificate => "ocsp-other-certificate",
        Self::OcspOtherIssuer => "ocsp-other-issuer",
        Self::OcspDigestAlgorithm => "ocsp-digest-algorithm",
        Self::OcspResponderNotFound => "ocsp-responder-not-found",
        Self::OcspSignature => "ocsp-signature",
        Self::OcspDelegateOtherIssuer => "ocsp-delegate-other-issuer",
        Self::OcspDelegateUsage => "ocsp-delegate-usage",
        Self::OcspDelegateExtension(_) => "ocsp-delegate-extension",
        Self::OcspProducedBeforeUpdate => "ocsp-produced-before-update",
        Self::OcspUnknown => "ocsp-unknown",
        Self::RemoveFromCrl => "remove-from-crl",
        Self::OcspCertHash => "ocsp-cert-hash",
        Self::OcspUnknownCriticalExtension(_) => "ocsp-unknown-critical-extension",
        Self::Scheme(_) => "datum-signature-algorithm",
        Self::Limit(_) => "limit-exceeded",
    }
}
