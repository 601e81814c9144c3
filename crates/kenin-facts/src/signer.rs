use kenin_base::{DigestAlgorithm, Oid, Sha256, UtcTime};
use serde::{Deserialize, Serialize};

use crate::Octets;

/// What a SignerInfo (RFC 5652 5.3), or its PDF equivalent without CMS, says and how it computes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Signer {
    /// SignerInfo.version.
    pub version: i64,
    /// SignerInfo.sid.
    pub sid: SignerIdentifier,
    /// SignerInfo.digestAlgorithm.
    pub digest_algorithm: DigestFact,
    /// SignerInfo.signatureAlgorithm.
    pub signature_algorithm: SignatureAlgorithm,
    /// The signature value's octets.
    pub signature_value: Octets,
    /// SignedData.encapContentInfo.eContentType.
    pub content_type: Oid,
    /// The digest of the signed content, claimed and computed.
    pub signed_data: SignedData,
    /// The signed attributes, if there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_attributes: Option<SignedAttributes>,
    /// The types of the unsigned attributes in wire order.
    #[serde(default)]
    pub unsigned_attributes: Vec<Oid>,
    /// signature-policy-identifier (EN 319 122-1 5.2.9).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature_policy: Option<SignaturePolicy>,
    /// The types of commitment-type-indication (EN 319 122-1 5.2.3).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commitments: Vec<Oid>,
    /// What signer-attributes(-v2) states (EN 319 122-1 5.2.6): claims and attribute certificates to display.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signer_attributes: Vec<SignerAttribute>,
    /// The references of the signing-certificate attributes, in their order.
    pub signing_certificate: Vec<CertificateReference>,
    /// Every certificate at hand that the signer identifier or a reference names, and what it verifies.
    pub candidates: Vec<Candidate>,
    /// The certificates carried beside the signature, in wire order.
    pub certificates: Vec<Sha256>,
    /// The signing-time attribute: a claim, never believed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_signing_time: Option<UtcTime>,
}

/// How a SignerInfo names its certificate (RFC 5652 5.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignerIdentifier {
    /// issuerAndSerialNumber.
    IssuerAndSerialNumber {
        /// The issuer Name's DER.
        issuer: Octets,
        /// The serial number's octets in lowercase hex.
        serial: String,
    },
    /// subjectKeyIdentifier.
    SubjectKeyIdentifier(Octets),
    /// The format has no identifier (adbe.x509.rsa_sha1): the first certificate signs.
    FirstCertificate,
    /// The KeyInfo of an XML signature (XMLDSig 1.1 4.5).
    KeyInfo,
}

/// A digest algorithm as named by its identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestFact {
    /// The identifier found.
    pub oid: Oid,
    /// The algorithm, if it is known.
    pub algorithm: Option<DigestAlgorithm>,
}

impl DigestFact {
    /// The fact for an identifier.
    pub fn from_oid(oid: Oid) -> Self {
        Self { oid, algorithm: DigestAlgorithm::from_oid(&oid) }
    }

    /// The standard name, or the identifier for an unknown one.
    pub fn name(&self) -> String {
        self.algorithm.map_or_else(|| self.oid.to_string(), |a| a.name().to_owned())
    }
}

/// A signature algorithm as its identifiers name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureAlgorithm {
    /// The identifier found.
    pub oid: Oid,
    /// The standard name with its digest, or the identifier for an unknown one.
    pub name: String,
    /// The digest that the scheme really uses; `None` for one that has none of its own or is unknown.
    pub digest: Option<DigestAlgorithm>,
}

/// The digest of the signed content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedData {
    /// Whether claim and computation agree.
    pub status: SignedDataStatus,
    /// The message-digest attribute (or the inner digest of adbe.pkcs7.sha1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed: Option<Octets>,
    /// The digest computed over the content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed: Option<Octets>,
}

/// Whether the signed content is what was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignedDataStatus {
    /// The digests agree. Without signed attributes there is no claimed digest: the content is intact exactly
    /// when the signature value verifies over it.
    Intact,
    /// The digests differ.
    Broken,
    /// The content is not at hand, or its digest cannot be computed.
    NotFound,
}

/// The signed attributes as they were received.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignedAttributes {
    /// The octets that are signed: the received SET with its first octet set to 31 (RFC 5652 5.4).
    pub octets: Octets,
    /// Whether the attributes stand in DER order.
    pub der_sorted: bool,
    /// The attribute types in wire order.
    pub types: Vec<Oid>,
}

/// One ESSCertID or ESSCertIDv2 of a signing-certificate attribute (RFC 5035).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateReference {
    /// 1 for signing-certificate (SHA-1), 2 for signing-certificate-v2.
    pub version: u8,
    /// The hash algorithm.
    pub digest_algorithm: DigestFact,
    /// The certificate's hash.
    pub hash: Octets,
    /// The serial number of issuerSerial in lowercase hex, if present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// The DER of the issuer's directoryName in issuerSerial, if present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Octets>,
}

/// A certificate that may be the signer's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Its key in the evidence.
    pub certificate: Sha256,
    /// Whether the signer identifier names it.
    pub matches_sid: bool,
    /// Position of the first signing-certificate reference whose hash is its hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<usize>,
    /// Whether it is not what the first reference of every signing-certificate attribute is to, although one is: each
    /// attribute is evaluated by itself (RFC 5035 3).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub contradicted: bool,
    /// Whether that reference's issuerSerial, if present, names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer_serial_matches: Option<bool>,
    /// Whether the signature value verifies under its key.
    pub signature: SignatureCheck,
}

/// The outcome of one public-key verification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureCheck {
    /// The value verifies over this form of the signed octets.
    Intact(AttributeForm),
    /// The value does not verify.
    Broken,
    /// The check was not made; the text is a stable code such as `unsupported-algorithm`.
    Refused(String),
}

/// Which octets a signature value verified over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttributeForm {
    /// The signed attributes in the order received.
    AsReceived,
    /// The signed attributes sorted into DER order.
    DerSorted,
    /// The content itself; there are no signed attributes.
    Content,
    /// The canonical form of an XML signature's SignedInfo (XMLDSig 1.1 4.4).
    SignedInfo,
}

/// The policy under which a signature says it was made (EN 319 122-1 5.2.9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "form")]
pub enum SignaturePolicy {
    /// signaturePolicyImplied.
    Implied,
    /// signaturePolicyId.
    #[serde(rename_all = "kebab-case")]
    Identified {
        /// The policy's identifier: an OID, or in XAdES also another URI.
        id: String,
        /// The algorithm of sigPolicyHash.
        digest_algorithm: DigestFact,
        /// sigPolicyHash.
        hash: Octets,
        /// Where the policy can be had (id-spq-ets-uri).
        uri: Option<String>,
        /// Whether the policy document in signature-policy-store (5.2.10) has that hash; `None` without a document.
        store_matches: Option<bool>,
    },
}

/// One entry of signer-attributes or signer-attributes-v2.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "form")]
pub enum SignerAttribute {
    /// claimedAttributes: the signer's own word.
    Claimed {
        /// The attribute's type.
        kind: Oid,
        /// Its values as far as they are text.
        text: Vec<String>,
    },
    /// An attribute certificate, kept in the evidence and not judged.
    Certified {
        /// Its key in the evidence.
        certificate: Sha256,
    },
    /// signedAssertions or another form, by the identifier it names.
    Other {
        /// The identifier.
        kind: Oid,
    },
}
