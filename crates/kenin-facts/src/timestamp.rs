use kenin_base::{Finding, Oid, Sha256, UtcTime};
use serde::{Deserialize, Serialize};

use crate::{DigestFact, Octets, Signer};

/// A timestamp found in a signature's attributes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Timestamp {
    /// Unique in the document: the signature's id followed by `-tst-1`, `-tst-2`, …
    pub id: String,
    /// Which attribute it came from.
    pub kind: TimestampKind,
    /// The token.
    pub token: Token,
}

/// What a timestamp was made over, by the attribute or structure that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum TimestampKind {
    /// content-time-stamp: the signed content.
    Content,
    /// signature-time-stamp: the signature value.
    Signature,
    /// CAdES-C-timestamp: signature value, signature timestamps and references.
    CadesC,
    /// time-stamped-certs-crls-references: the references.
    CertsCrls,
    /// archive-time-stamp v2.
    ArchiveV2,
    /// archive-time-stamp v3.
    ArchiveV3,
    /// An archive timestamp of XAdES.
    XadesArchive,
    /// An evidence record.
    EvidenceRecord,
    /// A PDF document timestamp.
    Document,
}

/// A TimeStampToken (RFC 3161 2.4.2).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Token {
    /// Its key in the evidence.
    pub sha256: Sha256,
    /// Its only SignerInfo; `None` when it has none or cannot be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signer: Option<Signer>,
    /// Its content; `None` when it cannot be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tst_info: Option<TstInfo>,
    /// The message imprint, claimed (in [`TstInfo`]) against computed.
    pub imprint: Imprint,
    /// What else the token proves to have existed.
    #[serde(default)]
    pub covers: Covered,
    /// What was noticed about its structure.
    pub findings: Vec<Finding>,
}

/// Objects whose bytes lie inside what a timestamp was made over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covered {
    /// Ids of signatures whose value is covered.
    pub signatures: Vec<String>,
    /// Ids of timestamps and document timestamps whose token is covered.
    #[serde(default)]
    pub timestamps: Vec<String>,
    /// Keys of covered evidence.
    pub evidence: Vec<Sha256>,
}

/// ```text
/// TSTInfo ::= SEQUENCE { version INTEGER, policy OBJECT IDENTIFIER, messageImprint, serialNumber INTEGER,
///     genTime GeneralizedTime, accuracy OPTIONAL, ordering BOOLEAN DEFAULT FALSE, nonce INTEGER OPTIONAL,
///     tsa [0] GeneralName OPTIONAL, extensions [1] OPTIONAL }
/// ```
/// (RFC 3161 2.4.2)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TstInfo {
    /// TSTInfo.version.
    pub version: i64,
    /// The TSA policy.
    pub policy: Oid,
    /// messageImprint.hashAlgorithm.
    pub imprint_algorithm: DigestFact,
    /// messageImprint.hashedMessage.
    pub imprint: Octets,
    /// serialNumber in lowercase hex.
    pub serial: String,
    /// genTime with its fraction.
    pub gen_time: UtcTime,
    /// accuracy in nanoseconds; `None` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy_nanos: Option<u64>,
    /// ordering.
    pub ordering: bool,
    /// nonce in lowercase hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// The DER of the tsa GeneralName.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tsa: Option<Octets>,
}

/// The message imprint computed over the time-stamped bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imprint {
    /// Whether it equals the token's.
    pub status: ImprintStatus,
    /// The digest computed, if the bytes were at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed: Option<Octets>,
}

/// Whether a message imprint fits the time-stamped bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImprintStatus {
    /// It does.
    Intact,
    /// It does not.
    Broken,
    /// The bytes are not at hand, or their digest cannot be computed.
    NotChecked,
}
