use kenin_base::Sha256;
use serde::Serialize;

/// A signature level by structure or as validated (EN 319 122-1, EN 319 142-1; C, X, XL and A are the legacy
/// forms of TS 101 733).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Level {
    /// None of them.
    #[serde(rename = "none")]
    None,
    /// Basic.
    B,
    /// With a trusted time.
    T,
    /// With validation material.
    LT,
    /// With long-term availability and integrity of validation material.
    LTA,
    /// With complete references.
    C,
    /// With timestamps over references.
    X,
    /// With validation values.
    XL,
    /// With archive timestamps (legacy).
    A,
}

/// The next level up and what the document lacks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NextLevelReport {
    /// The level.
    pub level: Level,
    /// Everything that would have to be added, at least one thing.
    pub missing: Vec<MissingReport>,
}

/// One thing that a document lacks for a level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MissingReport {
    /// What it is.
    pub what: What,
    /// The certificate it is about.
    pub certificate: Option<Sha256>,
    /// That certificate's subject.
    pub subject: Option<String>,
}

/// Kinds of things that a document can lack for a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// A timestamp over the signature, made before the signer's certificate ends.
    SignatureTimestamp,
    /// The signing certificate of the signature, or of one of its timestamps.
    SigningCertificate,
    /// A certificate of the path.
    Certificate,
    /// A usable CRL or OCSP response for a certificate.
    RevocationData,
    /// A PDF's document security store, made or extended after the signature.
    SecurityStore,
    /// References to certificates and to revocation data (CAdES-C).
    CompleteReferences,
    /// A timestamp over those references (CAdES-X).
    ReferencesTimestamp,
    /// An archive timestamp; in a PDF a document timestamp.
    ArchiveTimestamp,
    /// An archive timestamp that covers a certificate's revocation data; without one, an earlier timestamp.
    ArchiveTimestampCovering,
}

impl What {
    /// Every kind, in the order of the levels.
    pub const ALL: [Self; 9] = [
        Self::SignatureTimestamp,
        Self::SigningCertificate,
        Self::Certificate,
        Self::RevocationData,
        Self::SecurityStore,
        Self::CompleteReferences,
        Self::ReferencesTimestamp,
        Self::ArchiveTimestamp,
        Self::ArchiveTimestampCovering,
    ];
}
