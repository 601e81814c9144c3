//! What machine formats other than the JSON show beside it: octets, references, and what proves what. None of it is part of
//! the report's JSON.

use kenin_base::{Sha256, UtcTime};
use kenin_facts::{DigestFact, Octets, SignatureAlgorithm};
use kenin_validation::{Indication, SubIndication};

/// What a signature or token holds, in octets.
#[derive(Clone, Debug, Default)]
pub struct SignatureDetails {
    /// The signature value.
    pub signature_value: Option<Octets>,
    /// The digest of the octets that the signature value was made over: of the signed attributes, else of the content.
    pub signed_octets: Option<DigestReport>,
    /// The digest computed over the signed (of a token: the time-stamped) content; absent when it is not at hand.
    pub content: Option<DigestReport>,
    /// The message-digest attribute.
    pub message_digest: Option<Octets>,
    /// The signature algorithm as its identifiers name it.
    pub signature_algorithm: Option<SignatureAlgorithm>,
    /// The references of the signing-certificate attributes, in their order.
    pub certificate_references: Vec<DigestReport>,
    /// Whether the claimed signing time is the signing-time attribute, and not the PDF dictionary's /M.
    pub signing_time_attribute: bool,
    /// The text of claimed attributes in signer-attributes(-v2): the signer's own word.
    pub claimed_attributes: Vec<String>,
    /// Entries of a PDF signature dictionary.
    pub pdf: Option<PdfEntries>,
}

/// Entries of a PDF signature dictionary that the report shows nowhere else.
#[derive(Clone, Debug, Default)]
pub struct PdfEntries {
    /// /SubFilter.
    pub sub_filter: Option<String>,
    /// /ByteRange.
    pub byte_range: Vec<i64>,
    /// /Name: a claim.
    pub name: Option<String>,
}

/// A digest with its algorithm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigestReport {
    /// The algorithm.
    pub algorithm: DigestFact,
    /// The digest.
    pub value: Octets,
}

/// That an object existed before validation time, and what shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofReport {
    /// The time.
    pub time: UtcTime,
    /// Id of the timestamp that proves it.
    pub by: String,
}

/// An evidence record over a signature, or on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceRecordReport {
    /// Unique in the document.
    pub id: String,
    /// Outcome of RFC 4998 5.3.
    pub indication: Indication,
    /// Why it did not pass.
    pub sub_indication: Option<SubIndication>,
    /// Ids of its archive timestamps, oldest first.
    pub timestamps: Vec<String>,
    /// genTime of the first of them, at which it proves what it covers; only of one that passed.
    pub gen_time: Option<UtcTime>,
    /// SHA-256 of the record, where it is the document itself.
    pub sha256: Option<Sha256>,
}
