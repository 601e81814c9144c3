use kenin_base::Oid;

const fn pkcs9(number: u64) -> Oid {
    Oid::new(&[1, 2, 840, 113549, 1, 9, number])
}

/// id-aa, the S/MIME attribute arc (RFC 2634, RFC 5126).
const fn smime_attribute(number: u64) -> Oid {
    Oid::new(&[1, 2, 840, 113549, 1, 9, 16, 2, number])
}

// Content types (RFC 5652, RFC 3161)
pub(crate) const ID_DATA: Oid = Oid::new(&[1, 2, 840, 113549, 1, 7, 1]);
pub(crate) const ID_SIGNED_DATA: Oid = Oid::new(&[1, 2, 840, 113549, 1, 7, 2]);
pub(crate) const ID_CT_TST_INFO: Oid = Oid::new(&[1, 2, 840, 113549, 1, 9, 16, 1, 4]);

// Signed attributes
pub(crate) const CONTENT_TYPE: Oid = pkcs9(3);
pub(crate) const MESSAGE_DIGEST: Oid = pkcs9(4);
pub(crate) const SIGNING_TIME: Oid = pkcs9(5);
pub(crate) const CMS_ALGORITHM_PROTECTION: Oid = pkcs9(52);
pub(crate) const SIGNING_CERTIFICATE: Oid = smime_attribute(12);
pub(crate) const SIGNING_CERTIFICATE_V2: Oid = smime_attribute(47);
pub(crate) const CONTENT_TIME_STAMP: Oid = smime_attribute(20);
pub(crate) const SIGNATURE_POLICY_IDENTIFIER: Oid = smime_attribute(15);
pub(crate) const COMMITMENT_TYPE_INDICATION: Oid = smime_attribute(16);
pub(crate) const SIGNER_ATTRIBUTES: Oid = smime_attribute(18);
pub(crate) const SIGNER_ATTRIBUTES_V2: Oid = Oid::new(&[0, 4, 0, 19122, 1, 1]);
pub(crate) const ADBE_REVOCATION_INFO_ARCHIVAL: Oid = Oid::new(&[1, 2, 840, 113583, 1, 1, 8]);

// Unsigned attributes
pub(crate) const COUNTER_SIGNATURE: Oid = pkcs9(6);
pub(crate) const SIGNATURE_TIME_STAMP: Oid = smime_attribute(14);
pub(crate) const CERTIFICATE_VALUES: Oid = smime_attribute(23);
pub(crate) const REVOCATION_VALUES: Oid = smime_attribute(24);
pub(crate) const CERTIFICATE_REFERENCES: Oid = smime_attribute(21);
pub(crate) const REVOCATION_REFERENCES: Oid = smime_attribute(22);
pub(crate) const INTERNAL_EVIDENCE_RECORDS: Oid = smime_attribute(49);
pub(crate) const EXTERNAL_EVIDENCE_RECORDS: Oid = smime_attribute(50);
pub(crate) const CADES_C_TIME_STAMP: Oid = smime_attribute(25);
pub(crate) const CERTS_CRLS_TIME_STAMP: Oid = smime_attribute(26);
pub(crate) const ARCHIVE_TIME_STAMP_V2: Oid = smime_attribute(48);
/// id-aa-ets-archiveTimestamp of TS 101 733 before version 1.5.1.
pub(crate) const ARCHIVE_TIME_STAMP_V1: Oid = smime_attribute(27);
pub(crate) const ATS_HASH_INDEX_V1: Oid = Oid::new(&[0, 4, 0, 1733, 2, 5]);
pub(crate) const ATS_HASH_INDEX_V2: Oid = Oid::new(&[0, 4, 0, 19122, 1, 4]);
pub(crate) const ATS_HASH_INDEX_V3: Oid = Oid::new(&[0, 4, 0, 19122, 1, 5]);
pub(crate) const ARCHIVE_TIME_STAMP_V3: Oid = Oid::new(&[0, 4, 0, 1733, 2, 4]);
pub(crate) const SIGNATURE_POLICY_STORE: Oid = Oid::new(&[0, 4, 0, 19122, 1, 3]);

// Signature policy qualifiers (EN 319 122-1 5.2.9.2)
pub(crate) const ID_SPQ_ETS_URI: Oid = Oid::new(&[1, 2, 840, 113549, 1, 9, 16, 5, 1]);

// OtherRevocationInfoFormat (RFC 5940; id-pkix-ocsp-basic as EN 319 122-1 5.5.3 writes it)
pub(crate) const ID_RI_OCSP_RESPONSE: Oid = Oid::new(&[1, 3, 6, 1, 5, 5, 7, 16, 2]);
pub(crate) const ID_PKIX_OCSP_BASIC: Oid = Oid::new(&[1, 3, 6, 1, 5, 5, 7, 48, 1, 1]);
