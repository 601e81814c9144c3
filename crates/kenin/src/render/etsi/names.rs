//! The identifiers of TS 119 102-2, of the digest and signature algorithms, and our own where the standard has none.

use kenin_base::{DigestAlgorithm, Oid, UtcTime};
use kenin_facts::{DigestFact, EvidenceKind, SignatureAlgorithm};
use kenin_validation::{Indication, SubIndication};

/// TS 119 102-2 V1.4.1.
pub const NS_REPORT: &str = "http://uri.etsi.org/19102/v1.4.1#";
/// XML-DSig.
pub const NS_DS: &str = "http://www.w3.org/2000/09/xmldsig#";
/// XAdES 1.3.2.
pub const NS_XADES: &str = "http://uri.etsi.org/01903/v1.3.2#";
/// TS 119 612, for the validator's identity.
pub const NS_TSL: &str = "http://uri.etsi.org/02231/v2#";
/// What the standard leaves to others.
pub const NS_OWN: &str = "https://kenin.invalid/etsi-report/1";

/// The process of EN 319 102-1 5.6, which every signature goes through.
pub const PROCESS: &str = "urn:etsi:019102:validationprocess:LTA";
/// A constraint that was looked at.
pub const CONSTRAINT_APPLIED: &str = "urn:etsi:019102:constraintStatus:applied";
/// A constraint that was not.
pub const CONSTRAINT_DISABLED: &str = "urn:etsi:019102:constraintStatus:disabled";
/// A proof that the validation found.
pub const POE_VALIDATION: &str = "urn:etsi:019102:poetype:validation";
/// A proof that the caller vouches for.
pub const POE_PROVIDED: &str = "urn:etsi:019102:poetype:provided";

/// Type of an evidence record.
pub const OBJECT_EVIDENCE_RECORD: &str = "urn:etsi:019102:validationObject:evidencerecord";
/// Type of signed data.
pub const OBJECT_SIGNED_DATA: &str = "urn:etsi:019102:validationObject:signedData";
/// Type of a timestamp token.
pub const OBJECT_TIMESTAMP: &str = "urn:etsi:019102:validationObject:timestamp";
/// Type of a certificate.
pub const OBJECT_CERTIFICATE: &str = "urn:etsi:019102:validationObject:certificate";
/// Type of anything else.
pub const OBJECT_OTHER: &str = "urn:etsi:019102:validationObject:other";

/// An identifier of ours.
pub fn own(class: &str, name: &str) -> String {
    format!("{NS_OWN}/{class}/{name}")
}

/// The type of a piece of evidence.
pub fn object_type(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Certificate => OBJECT_CERTIFICATE,
        EvidenceKind::Crl => "urn:etsi:019102:validationObject:CRL",
        EvidenceKind::Ocsp => "urn:etsi:019102:validationObject:OCSPResponse",
        EvidenceKind::TimestampToken => OBJECT_TIMESTAMP,
        EvidenceKind::AttributeCertificate => OBJECT_OTHER,
    }
}

/// The main indication of a signature.
pub fn of_signature(indication: Indication) -> &'static str {
    match indication {
        Indication::Passed => "urn:etsi:019102:mainindication:total-passed",
        Indication::Failed => "urn:etsi:019102:mainindication:total-failed",
        Indication::Indeterminate => INDETERMINATE,
    }
}

/// The main indication of a validation object or a constraint.
pub fn of_block(indication: Indication) -> &'static str {
    match indication {
        Indication::Passed => "urn:etsi:019102:mainindication:passed",
        Indication::Failed => "urn:etsi:019102:mainindication:failed",
        Indication::Indeterminate => INDETERMINATE,
    }
}

/// What is undecided, everywhere.
pub const INDETERMINATE: &str = "urn:etsi:019102:mainindication:indeterminate";

/// A sub-indication. TS 119 102-2 lists one for each name of EN 319 102-1, built from it; for the names that came into the
/// latter since, the same rule gives theirs.
pub fn sub_indication(sub_indication: SubIndication) -> String {
    format!("urn:etsi:019102:subindication:{sub_indication}")
}

/// The sub-indication with the name that a check's parameter has.
pub fn named_sub_indication(name: &str) -> Option<String> {
    SubIndication::ALL.iter().find(|sub| sub.as_str() == name).map(|sub| sub_indication(*sub))
}

/// A digest algorithm: XML-DSig, XML encryption or RFC 9231, else its object identifier.
pub fn digest_algorithm(digest: &DigestFact) -> String {
    let known = match digest.algorithm {
        Some(DigestAlgorithm::Md5) => "http://www.w3.org/2001/04/xmldsig-more#md5",
        Some(DigestAlgorithm::Ripemd160) => "http://www.w3.org/2001/04/xmlenc#ripemd160",
        Some(DigestAlgorithm::Sha1) => "http://www.w3.org/2000/09/xmldsig#sha1",
        Some(DigestAlgorithm::Sha224) => "http://www.w3.org/2001/04/xmldsig-more#sha224",
        Some(DigestAlgorithm::Sha256) => SHA256,
        Some(DigestAlgorithm::Sha384) => "http://www.w3.org/2001/04/xmldsig-more#sha384",
        Some(DigestAlgorithm::Sha512) => "http://www.w3.org/2001/04/xmlenc#sha512",
        Some(DigestAlgorithm::Sha3_224) => "http://www.w3.org/2007/05/xmldsig-more#sha3-224",
        Some(DigestAlgorithm::Sha3_256) => "http://www.w3.org/2007/05/xmldsig-more#sha3-256",
        Some(DigestAlgorithm::Sha3_384) => "http://www.w3.org/2007/05/xmldsig-more#sha3-384",
        Some(DigestAlgorithm::Sha3_512) => "http://www.w3.org/2007/05/xmldsig-more#sha3-512",
        _ => return object_identifier(&digest.oid),
    };
    known.to_owned()
}

/// SHA-256.
pub const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";

/// A signature algorithm: XML-DSig or RFC 9231 where that says all of it, else its object identifier.
pub fn signature_algorithm(algorithm: &SignatureAlgorithm) -> String {
    let table: &[(&str, &str)] = &[
        ("RSASSA-PKCS1-v1_5 with MD5", "http://www.w3.org/2001/04/xmldsig-more#rsa-md5"),
        ("RSASSA-PKCS1-v1_5 with RIPEMD-160", "http://www.w3.org/2001/04/xmldsig-more#rsa-ripemd160"),
        ("RSASSA-PKCS1-v1_5 with SHA-1", "http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
        ("RSASSA-PKCS1-v1_5 with SHA-224", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha224"),
        ("RSASSA-PKCS1-v1_5 with SHA-256", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"),
        ("RSASSA-PKCS1-v1_5 with SHA-384", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384"),
        ("RSASSA-PKCS1-v1_5 with SHA-512", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"),
        ("RSASSA-PSS with SHA-224", "http://www.w3.org/2007/05/xmldsig-more#sha224-rsa-MGF1"),
        ("RSASSA-PSS with SHA-256", "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1"),
        ("RSASSA-PSS with SHA-384", "http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1"),
        ("RSASSA-PSS with SHA-512", "http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1"),
        ("ECDSA with SHA-1", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1"),
        ("ECDSA with SHA-224", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha224"),
        ("ECDSA with SHA-256", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"),
        ("ECDSA with SHA-384", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384"),
        ("ECDSA with SHA-512", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512"),
        ("DSA with SHA-1", "http://www.w3.org/2000/09/xmldsig#dsa-sha1"),
        ("DSA with SHA-256", "http://www.w3.org/2009/xmldsig11#dsa-sha256"),
        ("Ed25519", "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519"),
        ("Ed448", "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed448"),
    ];
    let known = table.iter().find(|(name, _)| *name == algorithm.name);
    known.map_or_else(|| object_identifier(&algorithm.oid), |(_, uri)| (*uri).to_owned())
}

/// An object identifier as a URN (RFC 3061).
pub fn object_identifier(oid: &Oid) -> String {
    format!("urn:oid:{oid}")
}

/// A policy's identifier as a URI: an OID, or already one.
pub fn policy_identifier(id: &str) -> String {
    if id.parse::<Oid>().is_ok() { format!("urn:oid:{id}") } else { id.to_owned() }
}

/// A time as xs:dateTime, which has no year 0.
pub fn date_time(time: UtcTime) -> Option<String> {
    let text = time.to_string();
    (!text.starts_with("0000")).then_some(text)
}
