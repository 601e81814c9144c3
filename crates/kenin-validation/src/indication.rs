use std::fmt;

use serde::Serialize;

/// The main status indication of a validation (EN 319 102-1 5.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Indication {
    /// The checks passed: TOTAL-PASSED of a signature, PASSED of a building block.
    #[serde(rename = "TOTAL-PASSED")]
    Passed,
    /// The information at hand does not decide it.
    #[serde(rename = "INDETERMINATE")]
    Indeterminate,
    /// The checks failed for good: TOTAL-FAILED of a signature, FAILED of a building block.
    #[serde(rename = "TOTAL-FAILED")]
    Failed,
}

impl Indication {
    /// The name for a whole signature: `TOTAL-PASSED`, `INDETERMINATE` or `TOTAL-FAILED`.
    pub fn total(self) -> &'static str {
        match self {
            Self::Passed => "TOTAL-PASSED",
            Self::Indeterminate => "INDETERMINATE",
            Self::Failed => "TOTAL-FAILED",
        }
    }

    /// The name for a building block or timestamp: `PASSED`, `INDETERMINATE` or `FAILED`.
    pub fn block(self) -> &'static str {
        match self {
            Self::Passed => "PASSED",
            Self::Indeterminate => "INDETERMINATE",
            Self::Failed => "FAILED",
        }
    }
}

macro_rules! sub_indications {
    ($( $variant:ident => $name:literal, $class:ident, $meaning:literal; )*) => {
        /// The sub-indication that tells why a validation did not pass (EN 319 102-1 tables 5 and 6).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[non_exhaustive]
        pub enum SubIndication {
            $( #[doc = $meaning] #[serde(rename = $name)] $variant, )*
        }

        impl SubIndication {
            /// Every sub-indication: those of FAILED first.
            pub const ALL: &'static [SubIndication] = &[ $( SubIndication::$variant, )* ];

            /// The standard's name.
            pub const fn as_str(self) -> &'static str {
                match self { $( SubIndication::$variant => $name, )* }
            }

            /// The main indication it belongs to.
            pub const fn indication(self) -> Indication {
                match self { $( SubIndication::$variant => Indication::$class, )* }
            }
        }
    };
}

sub_indications! {
    FormatFailure => "FORMAT_FAILURE", Failed, "The signature does not conform to its format.";
    HashFailure => "HASH_FAILURE", Failed, "A digest of signed data differs from the one that was signed.";
    SigCryptoFailure => "SIG_CRYPTO_FAILURE", Failed, "The signature value does not verify under the signer's key.";
    Revoked => "REVOKED", Failed, "The certificate was revoked and the signature was proven to be made later.";
    Expired => "EXPIRED", Failed, "The signature was proven to be made after the certificate expired.";
    NotYetValid => "NOT_YET_VALID", Failed, "The signature was proven to be made before the certificate became valid.";
    SigConstraintsFailure => "SIG_CONSTRAINTS_FAILURE", Indeterminate, "The signature's attributes do not meet the policy's constraints.";
    ChainConstraintsFailure => "CHAIN_CONSTRAINTS_FAILURE", Indeterminate, "The certificate chain does not meet the policy's constraints.";
    CertificateChainGeneralFailure => "CERTIFICATE_CHAIN_GENERAL_FAILURE", Indeterminate, "The certificate chain does not validate.";
    CryptoConstraintsFailure => "CRYPTO_CONSTRAINTS_FAILURE", Indeterminate, "An algorithm or key size is below the policy's constraints.";
    PolicyProcessingError => "POLICY_PROCESSING_ERROR", Indeterminate, "A given formal policy could not be processed.";
    SignaturePolicyNotAvailable => "SIGNATURE_POLICY_NOT_AVAILABLE", Indeterminate, "The document with the details of the policy is not available.";
    TimestampOrderFailure => "TIMESTAMP_ORDER_FAILURE", Indeterminate, "The order of timestamps and signing is not respected.";
    NoSigningCertificateFound => "NO_SIGNING_CERTIFICATE_FOUND", Indeterminate, "The signing certificate cannot be identified.";
    NoCertificateChainFound => "NO_CERTIFICATE_CHAIN_FOUND", Indeterminate, "No certificate chain leads to a trust anchor.";
    NoCertificateChainFoundNoPoe => "NO_CERTIFICATE_CHAIN_FOUND_NO_POE", Indeterminate, "The trust anchor is not valid now, and no proof of existence helps.";
    RevokedNoPoe => "REVOKED_NO_POE", Indeterminate, "The signing certificate is revoked and nothing proves that the signature is older.";
    RevokedCaNoPoe => "REVOKED_CA_NO_POE", Indeterminate, "A CA certificate is revoked and nothing proves that the signature is older.";
    OutOfBoundsNotRevoked => "OUT_OF_BOUNDS_NOT_REVOKED", Indeterminate, "The signing certificate is outside its validity; it is known not to be revoked.";
    OutOfBoundsNoPoe => "OUT_OF_BOUNDS_NO_POE", Indeterminate, "A certificate is outside its validity and nothing proves that the signature is older.";
    RevocationOutOfBoundsNoPoe => "REVOCATION_OUT_OF_BOUNDS_NO_POE", Indeterminate, "The certificate of a revocation datum's issuer is outside its validity.";
    CryptoConstraintsFailureNoPoe => "CRYPTO_CONSTRAINTS_FAILURE_NO_POE", Indeterminate, "An algorithm is no longer acceptable and nothing proves that the material is older.";
    NoPoe => "NO_POE", Indeterminate, "A proof of existence is missing.";
    TryLater => "TRY_LATER", Indeterminate, "Usable and fresh revocation information is missing.";
    SignedDataNotFound => "SIGNED_DATA_NOT_FOUND", Indeterminate, "The signed data cannot be obtained.";
}

impl fmt::Display for SubIndication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The outcome of a validation process: indication and, unless it passed, the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conclusion {
    /// The main indication.
    pub indication: Indication,
    /// Why it did not pass.
    pub sub_indication: Option<SubIndication>,
}

impl Conclusion {
    /// The checks passed.
    pub const PASSED: Self = Self { indication: Indication::Passed, sub_indication: None };

    /// Whether the checks passed.
    pub fn passed(self) -> bool {
        self.indication == Indication::Passed
    }

    /// Whether this is the outcome for that reason.
    pub fn is(self, sub_indication: SubIndication) -> bool {
        self.sub_indication == Some(sub_indication)
    }
}

impl From<SubIndication> for Conclusion {
    fn from(sub_indication: SubIndication) -> Self {
        Self { indication: sub_indication.indication(), sub_indication: Some(sub_indication) }
    }
}
