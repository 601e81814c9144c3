//! Cryptographic Message Syntax (RFC 5652) with every field open, so that a case can bend exactly one of them.

use der::Encode;

use crate::algorithms::{Hash, SignatureAlgorithm};
use crate::certificates::Identity;
use crate::encode::{
    explicit, implicit, indefinite, integer, octets, oid, segmented_octets, sequence, set_of, time, tlv,
};

/// id-data.
pub const DATA: &str = "1.2.840.113549.1.7.1";
/// id-signedData.
pub const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";
/// id-ct-TSTInfo.
pub const TST_INFO: &str = "1.2.840.113549.1.9.16.1.4";
/// id-aa-signatureTimeStampToken.
pub const SIGNATURE_TIME_STAMP: &str = "1.2.840.113549.1.9.16.2.14";

/// An Attribute with one value.
#[must_use]
pub fn attribute(kind: &str, value: &[u8]) -> Vec<u8> {
    attribute_of(kind, &[value.to_vec()])
}

/// An Attribute with any number of values.
#[must_use]
pub fn attribute_of(kind: &str, values: &[Vec<u8>]) -> Vec<u8> {
    sequence(&[&oid(kind), &set_of(values)])
}

/// content-type (RFC 5652 11.1).
#[must_use]
pub fn content_type(kind: &str) -> Vec<u8> {
    attribute("1.2.840.113549.1.9.3", &oid(kind))
}

/// message-digest (RFC 5652 11.2).
#[must_use]
pub fn message_digest(digest: &[u8]) -> Vec<u8> {
    attribute("1.2.840.113549.1.9.4", &octets(digest))
}

/// signing-time (RFC 5652 11.3).
#[must_use]
pub fn signing_time(instant: &str) -> Vec<u8> {
    attribute("1.2.840.113549.1.9.5", &time(instant))
}

/// IssuerSerial (RFC 5035 4) of a certificate.
pub(crate) fn issuer_serial(identity: &Identity) -> Vec<u8> {
    let name = explicit(4, &identity.issuer.to_der().unwrap());
    sequence(&[&sequence(&[&name]), &identity.serial.to_der().unwrap()])
}

/// ESSCertID (RFC 5035 5.4.1): SHA-1 of the certificate, with or without issuerSerial.
#[must_use]
pub fn ess_cert_id(identity: &Identity, with_serial: bool) -> Vec<u8> {
    let serial = if with_serial { issuer_serial(identity) } else { Vec::new() };
    sequence(&[&octets(&Hash::Sha1.digest(&identity.der)), &serial])
}

/// ESSCertIDv2 (RFC 5035 4): SHA-256 as the absent default, or SHA-512 named.
#[must_use]
pub fn ess_cert_id_v2(identity: &Identity, hash: Hash) -> Vec<u8> {
    let algorithm = if hash == Hash::Sha256 { Vec::new() } else { hash.identifier() };
    sequence(&[&algorithm, &octets(&hash.digest(&identity.der)), &issuer_serial(identity)])
}

/// signing-certificate (RFC 2634 5.4) from ESSCertIDs.
#[must_use]
pub fn signing_certificate(ids: &[Vec<u8>]) -> Vec<u8> {
    attribute("1.2.840.113549.1.9.16.2.12", &sequence(&[&tlv(0x30, &ids.concat())]))
}

/// signing-certificate-v2 (RFC 5035 3) from ESSCertIDv2s.
#[must_use]
pub fn signing_certificate_v2(ids: &[Vec<u8>]) -> Vec<u8> {
    attribute("1.2.840.113549.1.9.16.2.47", &sequence(&[&tlv(0x30, &ids.concat())]))
}

/// CMSAlgorithmProtection (RFC 6211) naming a digest and a signature algorithm.
#[must_use]
pub fn algorithm_protection(hash: Hash, signature: SignatureAlgorithm) -> Vec<u8> {
    let value = sequence(&[&hash.identifier(), &implicit(1, &signature.identifier())]);
    attribute("1.2.840.113549.1.9.52", &value)
}

/// The RevocationInfoChoice that carries an OCSP response (RFC 5940): `[1] { id-ri-ocsp-response, OCSPResponse }`.
#[must_use]
pub fn ocsp_revocation(response: &[u8]) -> Vec<u8> {
    implicit(1, &sequence(&[&oid("1.3.6.1.5.5.7.16.2"), response]))
}

/// A signer about to sign: who, how, and what kind of content.
pub struct Signer<'a> {
    /// The signing certificate and key.
    pub identity: &'a Identity,
    /// The signature algorithm.
    pub algorithm: SignatureAlgorithm,
    /// eContentType.
    pub content_type: &'a str,
}

impl<'a> Signer<'a> {
    /// A signer of id-data with the usual algorithm of its key.
    #[must_use]
    pub fn of_data(identity: &'a Identity) -> Signer<'a> {
        Signer { identity, algorithm: identity.key.usual_algorithm(), content_type: DATA }
    }

    /// content-type, message-digest and signing-certificate-v2: the attributes every baseline profile demands.
    #[must_use]
    pub fn attributes(&self, content: &[u8]) -> Vec<Vec<u8>> {
        vec![
            content_type(self.content_type),
            message_digest(&self.algorithm.hash().digest(content)),
            signing_certificate_v2(&[ess_cert_id_v2(self.identity, Hash::Sha256)]),
        ]
    }

    /// Signs `attributes` in DER order.
    #[must_use]
    pub fn sign(&self, mut attributes: Vec<Vec<u8>>) -> SignerInfo {
        attributes.sort();
        self.sign_in_order(attributes)
    }

    /// Signs `attributes` exactly in the order given.
    #[must_use]
    pub fn sign_in_order(&self, attributes: Vec<Vec<u8>>) -> SignerInfo {
        let signature = self.identity.key.sign(self.algorithm, &tlv(0x31, &attributes.concat()));
        self.signer_info(Some(attributes), signature)
    }

    /// Signs the content octets themselves, without signed attributes.
    #[must_use]
    pub fn sign_content(&self, content: &[u8]) -> SignerInfo {
        self.signer_info(None, self.identity.key.sign(self.algorithm, content))
    }

    fn signer_info(&self, signed_attributes: Option<Vec<Vec<u8>>>, signature: Vec<u8>) -> SignerInfo {
        SignerInfo {
            sid: self.identity.issuer_and_serial(),
            digest_algorithm: self.algorithm.hash().identifier(),
            signed_attributes,
            signature_algorithm: self.algorithm.identifier(),
            signature,
            unsigned_attributes: Vec::new(),
        }
    }
}

/// SignerInfo (RFC 5652 5.3); the version follows from the kind of `sid`.
#[derive(Clone)]
pub struct SignerInfo {
    /// SignerIdentifier.
    pub sid: Vec<u8>,
    /// digestAlgorithm.
    pub digest_algorithm: Vec<u8>,
    /// signedAttrs in stored order, or absent.
    pub signed_attributes: Option<Vec<Vec<u8>>>,
    /// signatureAlgorithm.
    pub signature_algorithm: Vec<u8>,
    /// The signature value octets.
    pub signature: Vec<u8>,
    /// unsignedAttrs; absent when empty.
    pub unsigned_attributes: Vec<Vec<u8>>,
}

impl SignerInfo {
    /// Adds a signature-time-stamp.
    #[must_use]
    pub fn with_timestamp(mut self, token: &[u8]) -> SignerInfo {
        self.unsigned_attributes.push(attribute(SIGNATURE_TIME_STAMP, token));
        self
    }

    /// The encoded fields before unsignedAttrs.
    #[must_use]
    pub fn fields(&self) -> Vec<u8> {
        let signed =
            self.signed_attributes.as_ref().map_or_else(Vec::new, |attributes| tlv(0xa0, &attributes.concat()));
        let version = if self.sid.first() == Some(&0x80) { 3 } else { 1 };
        [
            integer(version),
            self.sid.clone(),
            self.digest_algorithm.clone(),
            signed,
            self.signature_algorithm.clone(),
            octets(&self.signature),
        ]
        .concat()
    }

    /// The encoded SignerInfo.
    #[must_use]
    pub fn to_der(&self) -> Vec<u8> {
        let unsigned = if self.unsigned_attributes.is_empty() {
            Vec::new()
        } else {
            implicit(1, &set_of(&self.unsigned_attributes))
        };
        sequence(&[&self.fields(), &unsigned])
    }
}

/// SignedData (RFC 5652 5.1).
#[derive(Clone)]
pub struct SignedData {
    /// version.
    pub version: u64,
    /// digestAlgorithms.
    pub digest_algorithms: Vec<Vec<u8>>,
    /// eContentType.
    pub content_type: String,
    /// The eContent octets; `None` when detached.
    pub content: Option<Vec<u8>>,
    /// CertificateChoices, encoded.
    pub certificates: Vec<Vec<u8>>,
    /// RevocationInfoChoices, encoded.
    pub crls: Vec<Vec<u8>>,
    /// The signers.
    pub signers: Vec<SignerInfo>,
}

impl SignedData {
    /// Detached SignedData over id-data with one signer and no certificates.
    #[must_use]
    pub fn detached(signer: SignerInfo) -> SignedData {
        SignedData {
            version: 1,
            digest_algorithms: vec![signer.digest_algorithm.clone()],
            content_type: DATA.to_owned(),
            content: None,
            certificates: Vec::new(),
            crls: Vec::new(),
            signers: vec![signer],
        }
    }

    /// The same with the content inside.
    #[must_use]
    pub fn attached(signer: SignerInfo, content: &[u8]) -> SignedData {
        SignedData { content: Some(content.to_vec()), ..SignedData::detached(signer) }
    }

    /// Adds certificates and revocation data.
    #[must_use]
    pub fn carrying(mut self, certificates: &[&[u8]], crls: &[&[u8]]) -> SignedData {
        self.certificates.extend(certificates.iter().map(|der| der.to_vec()));
        self.crls.extend(crls.iter().map(|der| der.to_vec()));
        self
    }

    /// encapContentInfo in DER.
    #[must_use]
    pub fn encapsulated(&self) -> Vec<u8> {
        let content = self.content.as_ref().map_or_else(Vec::new, |content| explicit(0, &octets(content)));
        sequence(&[&oid(&self.content_type), &content])
    }

    /// ContentInfo in DER.
    #[must_use]
    pub fn to_der(&self) -> Vec<u8> {
        let signers: Vec<Vec<u8>> = self.signers.iter().map(SignerInfo::to_der).collect();
        let signed_data = sequence(&[
            &integer(self.version),
            &set_of(&self.digest_algorithms),
            &self.encapsulated(),
            &implicit_set(0, &self.certificates),
            &implicit_set(1, &self.crls),
            &set_of(&signers),
        ]);
        sequence(&[&oid(SIGNED_DATA), &explicit(0, &signed_data)])
    }

    /// ContentInfo in BER: indefinite lengths outside and a content of constructed octet strings of 100 octets.
    #[must_use]
    pub fn to_ber(&self) -> Vec<u8> {
        let content =
            self.content.as_ref().map_or_else(Vec::new, |content| indefinite(0xa0, &[&segmented_octets(content, 100)]));
        let signers: Vec<Vec<u8>> = self.signers.iter().map(SignerInfo::to_der).collect();
        let certificates: Vec<&[u8]> = self.certificates.iter().map(Vec::as_slice).collect();
        let signed_data = indefinite(
            0x30,
            &[
                &integer(self.version),
                &set_of(&self.digest_algorithms),
                &indefinite(0x30, &[&oid(&self.content_type), &content]),
                &indefinite(0xa0, &certificates),
                &implicit_set(1, &self.crls),
                &set_of(&signers),
            ],
        );
        indefinite(0x30, &[&oid(SIGNED_DATA), &indefinite(0xa0, &[&signed_data])])
    }
}

fn implicit_set(number: u8, elements: &[Vec<u8>]) -> Vec<u8> {
    if elements.is_empty() { Vec::new() } else { implicit(number, &set_of(elements)) }
}
