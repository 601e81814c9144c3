//! OCSP responses (RFC 6960 4.2.1) with every field open.

use der::Encode;
use x509_cert::ext::Extension;
use x509_cert::name::Name;

use crate::algorithms::Hash;
use crate::certificates::Identity;
use crate::encode::{bits, explicit, generalized, implicit, null, octets, oid, sequence, tlv};
use crate::extensions::{extension, key_identifier};

/// CertID: the digests of the issuer's name and key, and the serial number.
#[derive(Clone)]
pub struct CertId {
    /// The digest algorithm of both digests.
    pub hash: Hash,
    /// Whose name is digested.
    pub name: Name,
    /// Whose key is digested: its subjectPublicKey bits.
    pub key: Vec<u8>,
    /// serialNumber, encoded.
    pub serial: Vec<u8>,
}

impl CertId {
    /// The right CertID of `subject` under `issuer`.
    #[must_use]
    pub fn of(subject: &Identity, issuer: &Identity, hash: Hash) -> CertId {
        CertId {
            hash,
            name: issuer.subject.clone(),
            key: issuer.key.public().subject_public_key.raw_bytes().to_vec(),
            serial: subject.serial.to_der().unwrap(),
        }
    }

    fn to_der(&self) -> Vec<u8> {
        sequence(&[
            &self.hash.identifier_with_null(),
            &octets(&self.hash.digest(&self.name.to_der().unwrap())),
            &octets(&self.hash.digest(&self.key)),
            &self.serial,
        ])
    }
}

/// CertStatus.
#[derive(Clone, Copy)]
pub enum CertStatus {
    /// good.
    Good,
    /// revoked at an instant (RFC 3339), perhaps with a CRLReason code.
    Revoked(&'static str, Option<u8>),
    /// unknown.
    Unknown,
}

/// SingleResponse.
#[derive(Clone)]
pub struct Single {
    /// certID.
    pub id: CertId,
    /// certStatus.
    pub status: CertStatus,
    /// thisUpdate, RFC 3339.
    pub this_update: &'static str,
    /// nextUpdate, RFC 3339, when there is one.
    pub next_update: Option<&'static str>,
    /// singleExtensions.
    pub extensions: Vec<Extension>,
}

impl Single {
    /// `subject` is good from the afternoon before the demo world's signatures for four days.
    #[must_use]
    pub fn good(subject: &Identity, issuer: &Identity) -> Single {
        Single {
            id: CertId::of(subject, issuer, Hash::Sha1),
            status: CertStatus::Good,
            this_update: "2024-05-19T06:00:00Z",
            next_update: Some("2024-05-23T06:00:00Z"),
            extensions: Vec::new(),
        }
    }

    fn to_der(&self) -> Vec<u8> {
        let status = match self.status {
            CertStatus::Good => implicit(0, &null()),
            CertStatus::Revoked(date, reason) => {
                let reason = reason.map_or_else(Vec::new, |code| explicit(0, &tlv(0x0a, &[code])));
                implicit(1, &sequence(&[&generalized(date), &reason]))
            }
            CertStatus::Unknown => implicit(2, &null()),
        };
        sequence(&[
            &self.id.to_der(),
            &status,
            &generalized(self.this_update),
            &self.next_update.map_or_else(Vec::new, |instant| explicit(0, &generalized(instant))),
            &tagged_extensions(&self.extensions),
        ])
    }
}

/// ResponderID.
#[derive(Clone)]
pub enum ResponderId {
    /// byName.
    Name(Name),
    /// byKey: SHA-1 of the subjectPublicKey bits.
    Key(Vec<u8>),
}

/// What a response states, before it is signed.
#[derive(Clone)]
pub struct ResponseSpec<'a> {
    /// responseStatus; other than 0 (successful) goes without responseBytes (RFC 6960 4.2.2.3).
    pub status: u8,
    /// Whose key signs.
    pub signer: &'a Identity,
    /// responderID.
    pub responder: ResponderId,
    /// producedAt, RFC 3339.
    pub produced_at: &'static str,
    /// responses.
    pub singles: Vec<Single>,
    /// certs.
    pub certificates: Vec<&'a [u8]>,
}

impl<'a> ResponseSpec<'a> {
    /// A response signed by the issuer of the certificate itself, named by its key.
    #[must_use]
    pub fn by_issuer(issuer: &'a Identity, single: Single) -> ResponseSpec<'a> {
        ResponseSpec {
            status: 0,
            signer: issuer,
            responder: ResponderId::Key(key_identifier(&issuer.key)),
            produced_at: single.this_update,
            singles: vec![single],
            certificates: Vec::new(),
        }
    }

    /// A response signed by a delegated responder, named by its key, with its certificate.
    #[must_use]
    pub fn by_delegate(delegate: &'a Identity, single: Single) -> ResponseSpec<'a> {
        ResponseSpec { certificates: vec![&delegate.der], ..ResponseSpec::by_issuer(delegate, single) }
    }

    /// OCSPResponse in DER.
    #[must_use]
    pub fn to_der(&self) -> Vec<u8> {
        if self.status != 0 {
            return sequence(&[&tlv(0x0a, &[self.status])]);
        }
        let responder = match &self.responder {
            ResponderId::Name(name) => explicit(1, &name.to_der().unwrap()),
            ResponderId::Key(digest) => explicit(2, &octets(digest)),
        };
        let singles: Vec<u8> = self.singles.iter().flat_map(Single::to_der).collect();
        let data = sequence(&[&responder, &generalized(self.produced_at), &sequence(&[&singles])]);
        let algorithm = self.signer.key.usual_algorithm();
        let signature = bits(&self.signer.key.sign(algorithm, &data));
        let certificates = match self.certificates.as_slice() {
            [] => Vec::new(),
            certificates => explicit(0, &sequence(certificates)),
        };
        let basic = sequence(&[&data, &algorithm.identifier(), &signature, &certificates]);
        let response = sequence(&[&oid("1.3.6.1.5.5.7.48.1.1"), &octets(&basic)]);
        sequence(&[&tlv(0x0a, &[0]), &explicit(0, &response)])
    }
}

fn tagged_extensions(extensions: &[Extension]) -> Vec<u8> {
    if extensions.is_empty() { Vec::new() } else { explicit(1, &extensions.to_vec().to_der().unwrap()) }
}

/// id-pkix-ocsp-nocheck (RFC 6960 4.2.2.2.1), for the certificate of a responder.
#[must_use]
pub fn no_check() -> Extension {
    extension("1.3.6.1.5.5.7.48.1.5", false, null())
}

/// id-pkix-ocsp-archive-cutoff (RFC 6960 4.4.4): the responder keeps certificates that expired since then, RFC 3339.
#[must_use]
pub fn archive_cutoff(instant: &str) -> Extension {
    extension("1.3.6.1.5.5.7.48.1.6", false, generalized(instant))
}

/// certHash (Common PKI, 1.3.36.8.3.13): SHA-256 of the certificate the status is about.
#[must_use]
pub fn cert_hash(certificate: &[u8]) -> Extension {
    let value = sequence(&[&Hash::Sha256.identifier(), &octets(&Hash::Sha256.digest(certificate))]);
    extension("1.3.36.8.3.13", false, value)
}
