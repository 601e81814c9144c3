//! 5.2.7 Cryptographic verification: the digest of the signed data and the signature value.

use kenin_facts::{Candidate, SignatureCheck, SignatureFormat, SignedDataStatus, Signer};

use crate::check::{Check, CheckStatus, check_ids};
use crate::indication::{Conclusion, SubIndication};

/// Whether digest and signature value hold, independent of trust, policy and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Integrity {
    /// Whether the signature value verifies under the signer's key.
    pub signature_value: ValueStatus,
    /// Whether the signed content is what was signed.
    pub signed_data: SignedDataStatus,
    /// Whether the signature states a digest of the content, so that the content is judged apart from the value.
    pub digest_stated: bool,
}

/// Whether a signature value verifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueStatus {
    /// It does.
    Intact,
    /// It does not.
    Broken,
    /// It could not be checked: no certificate, or an unsupported algorithm.
    Unknown,
}

impl Integrity {
    /// Nothing is known.
    pub const UNKNOWN: Self =
        Self { signature_value: ValueStatus::Unknown, signed_data: SignedDataStatus::NotFound, digest_stated: false };

    /// Whether both hold.
    pub fn intact(self) -> bool {
        self.signature_value == ValueStatus::Intact && self.signed_data == SignedDataStatus::Intact
    }

    /// The conclusion of the block.
    pub fn conclusion(self) -> Conclusion {
        match (self.signed_data, self.signature_value) {
            (SignedDataStatus::Broken, _) if self.digest_stated => SubIndication::HashFailure.into(),
            (_, ValueStatus::Broken) => SubIndication::SigCryptoFailure.into(),
            (SignedDataStatus::NotFound, _) => SubIndication::SignedDataNotFound.into(),
            (_, ValueStatus::Unknown) => SubIndication::CryptoConstraintsFailure.into(),
            (SignedDataStatus::Intact, ValueStatus::Intact) => Conclusion::PASSED,
            (SignedDataStatus::Broken, ValueStatus::Intact) => SubIndication::HashFailure.into(),
        }
    }
}

/// Reads the block's outcome off the facts, under the key of `candidate`.
pub(crate) fn verify(signer: &Signer, candidate: Option<&Candidate>, format: SignatureFormat) -> (Integrity, Check) {
    let (of_digest, of_value) = match format {
        SignatureFormat::XAdES | SignatureFormat::XmlDSig => ("XMLDSig 1.1 3.2.1", "XMLDSig 1.1 3.2.2"),
        _ => ("RFC 5652 5.4", "RFC 5652 5.6"),
    };
    let signature_value = match candidate.map(|c| &c.signature) {
        Some(SignatureCheck::Intact(_)) => ValueStatus::Intact,
        Some(SignatureCheck::Broken) => ValueStatus::Broken,
        Some(SignatureCheck::Refused(_)) | None => ValueStatus::Unknown,
    };
    let digest_stated = signer.signed_data.claimed.is_some();
    let integrity = Integrity { signature_value, signed_data: signer.signed_data.status, digest_stated };
    let digest = Check::new(
        check_ids::SIGNED_DATA_DIGEST,
        match integrity.signed_data {
            SignedDataStatus::Intact => CheckStatus::Passed,
            SignedDataStatus::Broken => CheckStatus::Failed,
            SignedDataStatus::NotFound => CheckStatus::Indeterminate,
        },
        of_digest,
    )
    .with("algorithm", signer.digest_algorithm.name());
    let mut value = Check::new(
        check_ids::SIGNATURE_VALUE,
        match signature_value {
            ValueStatus::Intact => CheckStatus::Passed,
            ValueStatus::Broken => CheckStatus::Failed,
            ValueStatus::Unknown => CheckStatus::Indeterminate,
        },
        of_value,
    )
    .with("algorithm", &signer.signature_algorithm.name);
    if let Some(Candidate { signature: SignatureCheck::Refused(reason), .. }) = candidate {
        value = value.with("reason", reason);
    }
    let status = status_of(integrity.conclusion());
    let check = Check::new(check_ids::CRYPTOGRAPHIC_VERIFICATION, status, "EN 319 102-1 5.2.7").of([digest, value]);
    (integrity, check)
}

/// The check status that goes with a conclusion.
pub(crate) fn status_of(conclusion: Conclusion) -> CheckStatus {
    match conclusion.indication {
        crate::Indication::Passed => CheckStatus::Passed,
        crate::Indication::Indeterminate => CheckStatus::Indeterminate,
        crate::Indication::Failed => CheckStatus::Failed,
    }
}
