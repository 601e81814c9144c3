use kenin_crypto::Refusal;
use kenin_facts::SignatureCheck;

/// Why a signature value was not checked under a candidate's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotChecked {
    /// digestAlgorithm contradicts signatureAlgorithm.
    AlgorithmMismatch,
    /// The signature algorithm is unknown, or its parameters are not supported.
    UnsupportedAlgorithm,
    /// The candidate's key is of a kind that is not supported, or malformed.
    UnsupportedKey,
    /// The key is of another kind than the algorithm.
    KeyDoesNotFit,
    /// The key takes its parameters from its issuer, which is not at hand.
    KeyParametersMissing,
    /// The digest cannot be computed.
    DigestUnavailable,
    /// The digest has another length than the algorithm asks for.
    DigestLength,
    /// The signed content is not at hand.
    ContentNotFound,
    /// The algorithm needs the whole content, of which the digest alone is known.
    NeedsMessage,
    /// It was not tried.
    NotTried,
    /// A budget was reached.
    LimitExceeded,
}

impl NotChecked {
    kenin_base::stable_codes! {
        Self::AlgorithmMismatch => "algorithm-mismatch",
        Self::UnsupportedAlgorithm => "unsupported-algorithm",
        Self::UnsupportedKey => "unsupported-key",
        Self::KeyDoesNotFit => "key-does-not-fit",
        Self::KeyParametersMissing => "key-parameters-missing",
        Self::DigestUnavailable => "digest-unavailable",
        Self::DigestLength => "digest-length",
        Self::ContentNotFound => "content-not-found",
        Self::NeedsMessage => "needs-message",
        Self::NotTried => "not-checked",
        Self::LimitExceeded => "limit-exceeded",
    }
}

impl From<Refusal> for NotChecked {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::KeyDoesNotFit => Self::KeyDoesNotFit,
            Refusal::KeyParametersMissing => Self::KeyParametersMissing,
            Refusal::DigestUnavailable => Self::DigestUnavailable,
            Refusal::DigestLength => Self::DigestLength,
            Refusal::NeedsMessage => Self::NeedsMessage,
            _ => Self::UnsupportedAlgorithm,
        }
    }
}

impl From<NotChecked> for SignatureCheck {
    fn from(reason: NotChecked) -> Self {
        Self::Refused(reason.code().to_owned())
    }
}
