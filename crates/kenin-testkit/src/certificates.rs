//! Public-key certificates (RFC 5280 4.1) and the attribute certificate some tokens carry (RFC 5755).

use std::sync::Arc;

use der::asn1::BitString;
use der::{DateTime, Decode, Encode};
use x509_cert::certificate::{Certificate, TbsCertificate, Version};
use x509_cert::ext::Extension;
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::AlgorithmIdentifierOwned;
use x509_cert::time::{Time, Validity};

use crate::algorithms::{Hash, SignatureAlgorithm};
use crate::encode::{bits, explicit, generalized, implicit, integer, oid, sequence, tlv};
use crate::extensions::{authority_key, authority_key_identifier, serial, subject_key_identifier};
use crate::keys::Key;

/// A certificate together with the private key it certifies.
#[derive(Clone)]
pub struct Identity {
    /// The DER certificate.
    pub der: Vec<u8>,
    /// The key pair.
    pub key: Arc<Key>,
    /// Subject name.
    pub subject: Name,
    /// Issuer name.
    pub issuer: Name,
    /// Serial number.
    pub serial: SerialNumber,
}

impl Identity {
    /// SHA-256 of the DER certificate in lowercase hex: the pin of trust profiles.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hex::encode(Hash::Sha256.digest(&self.der))
    }

    /// IssuerAndSerialNumber (RFC 5652 10.2.4).
    #[must_use]
    pub fn issuer_and_serial(&self) -> Vec<u8> {
        sequence(&[&self.issuer.to_der().unwrap(), &self.serial.to_der().unwrap()])
    }
}

/// What a certificate states, before it is issued.
pub struct CertificateSpec {
    /// Subject name.
    pub subject: Name,
    /// The key pair to certify.
    pub key: Arc<Key>,
    /// Serial number.
    pub serial: u64,
    /// First and last instant of validity, RFC 3339.
    pub validity: (&'static str, &'static str),
    /// Extensions after authorityKeyIdentifier and subjectKeyIdentifier, in order.
    pub extensions: Vec<Extension>,
}

impl CertificateSpec {
    /// Issues the certificate under `issuer`, or self-signed without one; authorityKeyIdentifier has all three fields.
    #[must_use]
    pub fn issue(self, issuer: Option<&Identity>) -> Identity {
        let authority = match issuer {
            Some(issuer) => authority_key_identifier(&issuer.key, &issuer.issuer, &issuer.serial),
            None => authority_key_identifier(&self.key, &self.subject, &serial(self.serial)),
        };
        self.issue_with(issuer, authority)
    }

    /// The same with only keyIdentifier in authorityKeyIdentifier, which fits every certificate of the issuer's key.
    #[must_use]
    pub fn issue_by_key(self, issuer: Option<&Identity>) -> Identity {
        let authority = authority_key(issuer.map_or(&self.key, |issuer| &issuer.key));
        self.issue_with(issuer, authority)
    }

    fn issue_with(self, issuer: Option<&Identity>, authority: Extension) -> Identity {
        let key = self.key;
        let own_serial = serial(self.serial);
        let issuer_name = issuer.map_or(&self.subject, |issuer| &issuer.subject).clone();
        let issuer_key = issuer.map_or(&key, |issuer| &issuer.key);
        let algorithm = issuer_key.usual_algorithm();
        let identifier = AlgorithmIdentifierOwned::from_der(&algorithm.identifier()).unwrap();
        let tbs_certificate = TbsCertificate {
            version: Version::V3,
            serial_number: own_serial.clone(),
            signature: identifier.clone(),
            issuer: issuer_name.clone(),
            validity: Validity { not_before: instant(self.validity.0), not_after: instant(self.validity.1) },
            subject: self.subject.clone(),
            subject_public_key_info: key.public(),
            issuer_unique_id: None,
            subject_unique_id: None,
            extensions: Some([vec![authority, subject_key_identifier(&key)], self.extensions].concat()),
        };
        let signature = issuer_key.sign(algorithm, &tbs_certificate.to_der().unwrap());
        let certificate = Certificate {
            tbs_certificate,
            signature_algorithm: identifier,
            signature: BitString::from_bytes(&signature).unwrap(),
        };
        Identity {
            der: certificate.to_der().unwrap(),
            key,
            subject: self.subject,
            issuer: issuer_name,
            serial: own_serial,
        }
    }
}

fn instant(rfc3339: &str) -> Time {
    let instant: DateTime = rfc3339.parse().unwrap();
    if instant.year() < 2050 {
        Time::UtcTime(der::asn1::UtcTime::from_date_time(instant).unwrap())
    } else {
        Time::GeneralTime(der::asn1::GeneralizedTime::from_date_time(instant))
    }
}

/// A version 2 attribute certificate for `holder`, as the `[2]` CertificateChoices alternative of RFC 5652 10.2.2.
/// Its one attribute is id-aca-group with a text value.
#[must_use]
pub fn attribute_certificate(holder: &Identity, issuer: &Identity, from: &str, to: &str) -> Vec<u8> {
    let algorithm: SignatureAlgorithm = issuer.key.usual_algorithm();
    let directory = |name: &Name| explicit(4, &name.to_der().unwrap());
    let base = sequence(&[&sequence(&[&directory(&holder.issuer)]), &holder.serial.to_der().unwrap()]);
    let attribute = sequence(&[
        &oid("1.3.6.1.5.5.7.10.4"),
        &tlv(0x31, &sequence(&[&sequence(&[&crate::encode::utf8("DEMO time calibration")])])),
    ]);
    let information = sequence(&[
        &integer(1),
        &sequence(&[&implicit(0, &base)]),
        &implicit(0, &sequence(&[&sequence(&[&directory(&issuer.subject)])])),
        &algorithm.identifier(),
        &integer(77),
        &sequence(&[&generalized(from), &generalized(to)]),
        &sequence(&[&attribute]),
    ]);
    let signature = issuer.key.sign(algorithm, &information);
    implicit(2, &sequence(&[&information, &algorithm.identifier(), &bits(&signature)]))
}
