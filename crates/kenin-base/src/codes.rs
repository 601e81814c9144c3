use serde::{Deserialize, Serialize};

macro_rules! finding_codes {
    ($( $(#[doc = $group:literal])* $variant:ident => $code:literal, $meaning:literal; )*) => {
        /// The stable code of a [`Finding`](crate::Finding). The message catalogue has every code in every
        /// language; codes are added, never renamed or removed, within a report schema version.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum FindingCode {
            $( #[doc = $meaning] #[serde(rename = $code)] $variant, )*
        }

        impl FindingCode {
            /// Every code, in the order they are grouped in the source.
            pub const ALL: &'static [FindingCode] = &[ $( FindingCode::$variant, )* ];

            /// The kebab-case text of the code.
            pub const fn as_str(self) -> &'static str {
                match self { $( FindingCode::$variant => $code, )* }
            }
        }
    };
}

finding_codes! {
    // Whole document
    LimitExceeded => "limit-exceeded", "A budget of `Limits` was reached; what lies beyond was not examined.";
    UnsupportedFormat => "unsupported-format", "The format is recognised but not judged yet.";
    EncryptedNeedsPassword => "encrypted-needs-password", "The document is encrypted and no password opened it.";
    Truncated => "truncated", "The document ends before its structure does.";
    ContentMissing => "content-missing", "A detached signature was given without the content it signs.";
    FromStoredFacts => "from-stored-facts", "The report is about facts that were stored earlier; `sha256` is their document's.";
    StoredFactsUnchecked => "stored-facts-unchecked", "The stored facts were not compared with the document, so that the report proves nothing.";
    StoredFactsDiffer => "stored-facts-differ", "The document gives other facts than the stored ones; its own were judged.";

    // ASN.1 and CMS encoding
    BerEncoding => "ber-encoding", "A structure uses BER that DER forbids (indefinite length, constructed strings).";
    NonMinimalEncoding => "non-minimal-encoding", "A length or integer is encoded in more octets than needed.";
    TrailingBytes => "trailing-bytes", "Bytes follow the end of a structure.";
    Malformed => "malformed", "A structure could not be decoded; `path` and the span say where.";
    CmsNotSignedData => "cms-not-signed-data", "The CMS ContentInfo holds no SignedData (RFC 5652 5).";
    NoSignerInfo => "no-signer-info", "SignedData has no SignerInfo.";
    SeveralSignerInfos => "several-signer-infos", "There is more than one SignerInfo where the profile allows one.";
    DigestAlgorithmsMissing => "digest-algorithms-missing", "SignedData.digestAlgorithms does not list the signer's digest algorithm.";
    ContentAndExternalContent => "content-and-external-content", "The signature carries content and external content was given too.";
    AttributeCertificatePresent => "attribute-certificate-present", "SignedData.certificates holds an attribute certificate; it was kept and not judged.";
    OtherCertificateSkipped => "other-certificate-skipped", "A certificate choice of an unknown kind was skipped.";
    OtherRevocationSkipped => "other-revocation-skipped", "A revocation information choice of an unknown kind was skipped.";

    // XML signatures
    XmlDtd => "xml-dtd", "The XML document has a document type declaration; it could define anything anew, and is not read.";
    DuplicateId => "duplicate-id", "Several elements have the identifier that a reference names: which of them was signed is open (signature wrapping).";
    ReferenceNotFound => "reference-not-found", "A reference names an element that is not in the document.";
    ReferencePartial => "reference-partial", "Transforms leave a part of what a reference names out of the signature.";
    ReferenceTypeMismatch => "reference-type-mismatch", "A reference leads to another kind of element, or another place, than it says (signature wrapping).";
    TransformRefused => "transform-refused", "A transform or canonicalization is not allowed, not known, or does not fit what it is applied to.";
    SignedPropertiesNotSigned => "signed-properties-not-signed", "No reference covers the SignedProperties; nothing in them counts.";
    QualifyingPropertiesTarget => "qualifying-properties-target", "The Target of QualifyingProperties names something else than the signature they are in; nothing in them counts.";
    QualifyingPropertiesTargetMissing => "qualifying-properties-target-missing", "The Target of QualifyingProperties names nothing in the document; they count for the signature they are in.";
    SignedPropertiesType => "signed-properties-type", "The Reference to the SignedProperties does not have the Type that says so (EN 319 132-1 4.4).";
    DataObjectFormatMalformed => "data-object-format-malformed", "DataObjectFormat describes no Reference of its signature, says nothing, or differs from the Object (EN 319 132-1 5.2.4).";
    SeveralTokensInTimestamp => "several-tokens-in-timestamp", "A timestamp property has several tokens where EN 319 132-1 6.3 allows one.";
    TimestampEmpty => "timestamp-empty", "A timestamp property has no RFC 3161 token.";
    RecordPartUnsigned => "record-part-unsigned", "A part of the record has no signature, though others have.";
    RecordPartNotCovered => "record-part-not-covered", "The signature does not cover the part of the record that it stands for.";
    TimestampFormatUnsupported => "timestamp-format-unsupported", "A timestamp is in XML (XMLTimeStamp), or an evidence record in a property of XAdES, and was not judged.";

    // Signed attributes
    SignedAttributesMissing => "signed-attributes-missing", "The signature has no signed attributes.";
    SignedAttributesConfusion => "signed-attributes-confusion", "The signed content reads as a SET OF Attribute: it may be another signature's signed attributes.";
    SignedAttributesUnsorted => "signed-attributes-unsorted", "The signed attributes are not in DER order; they verify in the order received.";
    SignedAttributesResorted => "signed-attributes-resorted", "The signed attributes verify only after sorting into DER order.";
    AttributeDuplicated => "attribute-duplicated", "An attribute that may occur once occurs more often.";
    AttributeValueCount => "attribute-value-count", "A single-valued attribute has no or several values.";
    AttributeMalformed => "attribute-malformed", "An attribute value has the wrong type or cannot be decoded.";
    SignerClaimMalformed => "signer-claim-malformed", "A commitment or an attribute that the signer claims cannot be decoded.";
    MessageDigestMissing => "message-digest-missing", "The message-digest attribute is absent.";
    ContentTypeMissing => "content-type-missing", "The content-type attribute is absent.";
    ContentTypeMismatch => "content-type-mismatch", "The content-type attribute differs from eContentType (RFC 5652 11.1).";
    AlgorithmProtectionMismatch => "algorithm-protection-mismatch", "cmsAlgorithmProtection differs from the algorithms used (RFC 6211).";
    AlgorithmMismatch => "algorithm-mismatch", "digestAlgorithm contradicts signatureAlgorithm.";
    UnknownDigestAlgorithm => "unknown-digest-algorithm", "The digest algorithm is unknown.";
    UnknownSignatureAlgorithm => "unknown-signature-algorithm", "The signature algorithm is unknown or its parameters are not supported.";

    // Signing certificate
    SigningCertificateAttributeMissing => "signing-certificate-attribute-missing", "No signing-certificate attribute protects the certificate: substitution is possible.";
    SigningCertificateMismatch => "signing-certificate-mismatch", "The signing-certificate attribute matches no certificate at hand, or another one than the signer identifier.";
    SigningCertificateNotFirst => "signing-certificate-not-first", "The certificate that verifies is named only in a later position of the signing-certificate attribute.";
    SigningCertificateIssuerSerialMismatch => "signing-certificate-issuer-serial-mismatch", "issuerSerial in the signing-certificate attribute does not match the certificate whose hash matches.";
    SigningCertificateV1 => "signing-certificate-v1", "The certificate is referenced by the SHA-1 signing-certificate attribute (ESSCertID v1).";
    SeveralCertificatesWithOneKey => "several-certificates-with-one-key", "Several certificates carry the signer's public key.";
    SignaturePolicyStoreMismatch => "signature-policy-store-mismatch", "The stored signature policy document is not the one that the signature names (EN 319 122-1 5.2.10).";
    SigningTimePresent => "signing-time-present", "PAdES forbids the signing-time attribute.";
    SigningTimeMissing => "signing-time-missing", "CAdES asks for the signing-time attribute.";

    // Timestamp tokens
    TokenContentType => "token-content-type", "The token's content is not id-ct-TSTInfo.";
    TstInfoMalformed => "tst-info-malformed", "TSTInfo cannot be decoded (RFC 3161 2.4.2).";
    TstInfoVersion => "tst-info-version", "TSTInfo.version is not 1.";
    TstInfoSerialLength => "tst-info-serial-length", "TSTInfo.serialNumber is longer than the 160 bits of RFC 3161 2.4.2.";
    TstInfoCriticalExtension => "tst-info-critical-extension", "TSTInfo has a critical extension that is not understood.";
    GenTimeNotDer => "gen-time-not-der", "genTime is valid but not DER (for example a trailing zero in the fraction).";
    ImprintAlgorithmUnknown => "imprint-algorithm-unknown", "The message imprint's hash algorithm is unknown.";
    ImprintLength => "imprint-length", "The message imprint's length does not fit its hash algorithm.";
    TimestampRejected => "timestamp-rejected", "The TimeStampResp status is not granted; its token does not count.";
    TsaNameMismatch => "tsa-name-mismatch", "TSTInfo.tsa names neither the subject nor a subjectAltName of the TSA certificate.";
    EkuNotCritical => "eku-not-critical", "The TSA certificate's extendedKeyUsage is not critical (RFC 3161 2.3).";
    TimestampInFuture => "timestamp-in-future", "genTime lies more than a minute after the validation time.";

    // PDF structure
    ByteRangeMalformed => "byte-range-malformed", "/ByteRange is missing or is not four non-negative increasing integers from 0.";
    ByteRangeGap => "byte-range-gap", "The gap in /ByteRange is not exactly the /Contents value.";
    ByteRangeBeyondEnd => "byte-range-beyond-end", "/ByteRange reaches beyond the end of the file.";
    ContentsMalformed => "contents-malformed", "/Contents is missing, empty, or not an even number of hexadecimal digits.";
    ContentsTrailingData => "contents-trailing-data", "Bytes other than zero follow the CMS inside /Contents.";
    ByteRangeObjectMismatch => "byte-range-object-mismatch", "A /ByteRange in the file belongs to no signature field that the document reaches.";
    SignatureDictionaryReplaced => "signature-dictionary-replaced", "A later revision replaces the signature dictionary; the signed one is judged.";
    SignatureReused => "signature-reused", "Two signature fields share one signature.";
    DuplicateField => "duplicate-field", "Another signature field has the same name.";
    SubFilterUnsupported => "sub-filter-unsupported", "The signature handler's /SubFilter is not supported.";
    LaterRevisions => "later-revisions", "Revisions follow the signed one that only preserve it: validation material, document timestamps, metadata.";
    LaterRevisionsAnalysed => "later-revisions-analysed", "Revisions follow the signed one; every change they make is listed.";
    LaterRevisionsDoubtful => "later-revisions-doubtful", "Readers may see more in the later revisions than the changes listed: the file is damaged, or bytes belong to no object.";
    LaterRevisionsNotAnalysed => "later-revisions-not-analysed", "Revisions follow the signed one and could not be compared with it.";
    ModificationForbidden => "modification-forbidden", "A later revision changes what the signature does not permit.";
    ModificationUnclear => "modification-unclear", "A later revision changes what the signature neither permits nor forbids.";
    ModificationNoticed => "modification-noticed", "A later revision makes a permitted change that shows on a page.";
    CertificationNotFirst => "certification-not-first", "A certification signature follows another signature (ISO 32000-1 12.8.1).";
    PreparedContent => "prepared-content", "The signed revision holds content that nothing shows: one changed reference would show it.";
    AppearanceDiffers => "appearance-differs", "A form field's appearance does not show its value.";
    FieldOverText => "field-over-text", "A form field or annotation that may change later lies over text of its page.";
    DuplicateKey => "duplicate-key", "A dictionary that the signature depends on repeats a key; readers differ in which one they take.";
    TrailingJunk => "trailing-junk", "Bytes other than white space follow the last end-of-file marker.";
    HeaderOffset => "header-offset", "The PDF header is not at the first byte.";
    ParserDifferential => "parser-differential", "The cross-reference view and a scan for objects differ.";
    XrefRepaired => "xref-repaired", "The cross-reference data is damaged; objects were found by other means.";
    PublicKeyEncryption => "public-key-encryption", "The document is encrypted for certificates (public-key security handler); it was not opened.";
    EncryptionMac => "encryption-mac", "The encrypted document has an integrity code (ISO/TS 32004); it is recognised and not judged.";
    PadesCertEntry => "pades-cert-entry", "A PAdES signature dictionary has /Cert, which EN 319 142-1 6.3 forbids.";
    PadesDateMissing => "pades-date-missing", "A PAdES signature dictionary has no /M, which EN 319 142-1 6.3 demands.";
    VriKeyMismatch => "vri-key-mismatch", "A /VRI key matches no signature; its material was used all the same.";
    CertificationSignature => "certification-signature", "The signature certifies the document (DocMDP).";

    // Certificates and revocation
    CertificateMalformed => "certificate-malformed", "A certificate cannot be decoded.";
    CrlMalformed => "crl-malformed", "A CRL cannot be decoded.";
    OcspMalformed => "ocsp-malformed", "An OCSP response cannot be decoded.";
    AuthenticationCertificate => "authentication-certificate", "An HPKI authentication certificate was used for signing.";
    HcRoleMalformed => "hc-role-malformed", "The certificate's hcRole attribute (ISO 17090) cannot be decoded.";
    TestCertificate => "test-certificate", "An HPKI TEST certificate was used.";
    EvidenceNotCovered => "evidence-not-covered", "The validation material is not itself covered by a timestamp.";
    ArchiveTimestampWithoutTag => "archive-timestamp-without-tag", "An archive timestamp v2 leaves out tag and length of the unsigned attributes, as TS 101 733 v1.8.3 reads.";
    AtsHashIndexMissing => "ats-hash-index-missing", "An archive timestamp v3 has no ats-hash-index (EN 319 122-1 5.5.2).";
    AtsHashIndexMalformed => "ats-hash-index-malformed", "The ats-hash-index of an archive timestamp cannot be decoded.";
    AtsHashIndexAlgorithm => "ats-hash-index-algorithm", "The ats-hash-index has another hash algorithm than the imprint.";
    AtsHashIndexUnmatched => "ats-hash-index-unmatched", "The ats-hash-index lists something that is not there.";
    AtsHashIndexPartial => "ats-hash-index-partial", "The ats-hash-index leaves out certificates or revocation data; they are not protected.";
    ReferencesMalformed => "references-malformed", "The complete certificate or revocation references cannot be decoded.";
    EvidenceRecordAlgorithm => "evidence-record-algorithm", "An archive timestamp has another hash algorithm than its chain (RFC 4998 5.1).";
    EvidenceRecordUnmatched => "evidence-record-unmatched", "An evidence record given beside the document is not over it as it is.";
    EvidenceRecordSortedRenewal => "evidence-record-sorted-renewal", "A hash-tree renewal hashes the data and the chains before it in sorted order, as an erratum to RFC 4998 reads it.";
    AlgorithmHorizon => "algorithm-horizon", "An algorithm is accepted now and its end of use is set.";
    RevokedAfterSigning => "revoked-after-signing", "The certificate was revoked after the proven signing time.";
    InvalidityDateBeforeSigning => "invalidity-date-before-signing", "The revocation names an invalidity date at or before the proven signing time.";
    TsaRevokedAcceptedRfc3161 => "tsa-revoked-accepted-rfc3161", "The TSA certificate was revoked later for a reason that RFC 3161 4 lets earlier tokens survive.";
    PersonalDataRedacted => "personal-data-redacted", "Personal data of a JPKI certificate is not shown.";
}

impl std::fmt::Display for FindingCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_unique_kebab_case() {
        let texts: BTreeSet<_> = FindingCode::ALL.iter().map(|c| c.as_str()).collect();
        assert_eq!(texts.len(), FindingCode::ALL.len());
        for text in texts {
            assert!(text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{text}");
        }
    }
}
