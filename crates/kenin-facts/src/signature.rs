use kenin_base::Finding;
use serde::{Deserialize, Serialize};

use crate::{EvidenceRecord, PdfPlacement, Signer, Timestamp, Token, XmlPlacement};

/// One signature, document timestamp, stand-alone timestamp or evidence record of a document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Signature {
    /// Unique in the document and stable: `sig-1`, `sig-2`, … in document order; a counter-signature appends
    /// `-counter-1` to the id of its parent.
    pub id: String,
    /// The signature this one counter-signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// What it is.
    pub kind: SignatureKind,
    /// The format its structure claims.
    pub format: SignatureFormat,
    /// Which bytes of the document it covers.
    pub coverage: Coverage,
    /// Its place in a PDF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pdf: Option<PdfPlacement>,
    /// Its place in an XML document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub xml: Option<XmlPlacement>,
    /// The SignerInfo of a signature; `None` when it could not be read, or when [`Self::token`] has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signer: Option<Signer>,
    /// The token of a document timestamp or stand-alone timestamp.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<Token>,
    /// Timestamps found in the signature's attributes, in their order there.
    pub timestamps: Vec<Timestamp>,
    /// Evidence records found in its attributes; for an evidence record on its own, that record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence_records: Vec<EvidenceRecord>,
    /// What was noticed about its structure.
    pub findings: Vec<Finding>,
}

impl Signature {
    /// A signature about which nothing is known yet but its id and place.
    pub fn new(id: String, kind: SignatureKind, format: SignatureFormat, coverage: Coverage) -> Self {
        Self {
            id,
            parent: None,
            kind,
            format,
            coverage,
            pdf: None,
            xml: None,
            signer: None,
            token: None,
            timestamps: Vec::new(),
            evidence_records: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// The SignerInfo, wherever it is.
    pub fn signer(&self) -> Option<&Signer> {
        self.signer.as_ref().or_else(|| self.token.as_ref()?.signer.as_ref())
    }
}

/// What a [`Signature`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureKind {
    /// A person's or organisation's signature.
    Signature,
    /// A PDF document timestamp.
    DocumentTimestamp,
    /// A counter-signature over another signature's value.
    CounterSignature,
    /// A stand-alone timestamp token or response.
    Timestamp,
    /// An evidence record on its own.
    EvidenceRecord,
}

/// The signature format that the structure claims; whether it conforms is judged on the profile axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum SignatureFormat {
    /// PDF with SubFilter ETSI.CAdES.detached (EN 319 142-1).
    PAdES,
    /// PDF with an adbe.* SubFilter (ISO 32000-1).
    #[serde(rename = "PDF-CMS")]
    PdfCms,
    /// CMS with a signing-certificate attribute (EN 319 122-1).
    CAdES,
    /// CMS SignedData (RFC 5652).
    #[serde(rename = "CMS")]
    Cms,
    /// XAdES (EN 319 132-1).
    XAdES,
    /// XML-DSig.
    #[serde(rename = "XMLDSig")]
    XmlDSig,
    /// A timestamp token (RFC 3161).
    #[serde(rename = "RFC3161")]
    Rfc3161,
    /// An evidence record (RFC 4998).
    #[serde(rename = "RFC4998")]
    Rfc4998,
    /// None of these.
    #[serde(rename = "other")]
    Other,
}

/// How much of the document a signature covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Coverage {
    /// Every byte but the signature's own /Contents value.
    EntireFile,
    /// Every byte of the revision it was made in; later revisions follow.
    EntireRevision,
    /// A part of a revision: the /ByteRange does not end where a revision does, or leaves out something else that is as
    /// long as /Contents.
    Partial,
    /// The byte range has another form, or the structure around it is damaged.
    Unclear,
    /// Content held outside the signature.
    Detached,
    /// Content held inside the signature.
    Attached,
    /// Elements of an XML document, which its references name.
    Elements,
}
