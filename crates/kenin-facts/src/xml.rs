use kenin_base::DigestAlgorithm;
use serde::{Deserialize, Serialize};

use crate::{Octets, SignedDataStatus};

/// The place of an XML signature in its document, and everything that it references.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct XmlPlacement {
    /// Where its Signature element is: `/Document/PrescriptionSign/ds:Signature`, with `[2]` for the second of one name.
    pub path: String,
    /// Its Id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The identifier of the canonicalization of SignedInfo.
    pub canonicalization: String,
    /// The identifier of the signature method.
    pub signature_method: String,
    /// The references of SignedInfo, each Manifest followed by its own.
    pub references: Vec<XmlReference>,
    /// The names of the signed properties (EN 319 132-1 5.2) in document order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signed_properties: Vec<String>,
    /// The names of the unsigned properties (EN 319 132-1 5.3 to 5.5) in document order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unsigned_properties: Vec<String>,
    /// Which part of a known kind of record it signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<RecordPart>,
}

impl XmlPlacement {
    /// The first reference to data; without one, the first.
    pub fn data(&self) -> Option<&XmlReference> {
        let is_data = |reference: &&XmlReference| {
            !matches!(reference.kind, XmlReferenceKind::SignedProperties | XmlReferenceKind::KeyInfo)
        };
        self.references.iter().find(is_data).or_else(|| self.references.first())
    }
}

/// One Reference (XMLDSig 1.1 4.4.3), or a member of a Manifest (5.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct XmlReference {
    /// What it is to.
    pub kind: XmlReferenceKind,
    /// Its Id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its URI; `None` when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// The element that it is to, as [`XmlPlacement::path`] writes it; `/` is the whole document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element: Option<String>,
    /// The media type that a signed DataObjectFormat states for it (EN 319 132-1 5.2.4): a claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// The identifier of DigestMethod.
    pub digest_method: String,
    /// The algorithm that it names, if it is known.
    pub digest_algorithm: Option<DigestAlgorithm>,
    /// DigestValue.
    pub claimed: Octets,
    /// The digest computed; `None` where it could not be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed: Option<Octets>,
    /// Whether they agree.
    pub status: SignedDataStatus,
}

impl XmlReference {
    /// The digest algorithm's standard name, or the identifier of an unknown one.
    pub fn digest_name(&self) -> &str {
        self.digest_algorithm.map_or(self.digest_method.as_str(), |algorithm| algorithm.name())
    }
}

/// What a Reference is to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum XmlReferenceKind {
    /// Data: an element, the document around the signature, or a file.
    Data,
    /// The signature's own SignedProperties.
    SignedProperties,
    /// The signature's own KeyInfo.
    KeyInfo,
    /// SignatureProperties (XMLDSig 1.1 5.2): statements about the signature.
    SignatureProperties,
    /// A Manifest, whose own references follow.
    Manifest,
    /// A member of the Manifest before it.
    ManifestMember,
    /// The SignatureValue of the signature that it counter-signs (EN 319 132-1 5.2.7.3).
    CountersignedSignature,
}

/// The part of an electronic prescription's record that a signature is for (電子処方箋管理サービス).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum RecordPart {
    /// 処方情報: what the prescriber signs.
    Prescription,
    /// 調剤情報: what the pharmacist signs.
    Dispensing,
}
