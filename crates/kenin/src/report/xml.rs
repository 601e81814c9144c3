use kenin_facts::{RecordPart, XmlReferenceKind};
use serde::Serialize;

use super::SignedDataReport;

/// Where an XML signature is, and what it references (XMLDSig 1.1 4.4.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct XmlReport {
    /// The Signature element: names from the root down, `ds:` for XMLDSig and `xades:` for XAdES, with `[2]` for the second of
    /// one name.
    pub path: String,
    /// The part of a record of the electronic prescription service that it signs.
    pub part: Option<RecordPart>,
    /// Its references, each Manifest followed by its members.
    pub references: Vec<ReferenceReport>,
}

/// One Reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReferenceReport {
    /// What it is to.
    pub kind: XmlReferenceKind,
    /// Its URI; `null` when it has none.
    pub uri: Option<String>,
    /// The element that it is to, written as `path` is; `/` is the whole document, `null` something outside of it.
    pub element: Option<String>,
    /// The media type that the signature states for it: a claim.
    pub media_type: Option<String>,
    /// Standard name of its digest algorithm.
    pub digest_algorithm: String,
    /// Whether what it is to is unchanged.
    pub status: SignedDataReport,
}
