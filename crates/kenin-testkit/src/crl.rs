//! Certificate revocation lists (RFC 5280 5).

use der::Encode;
use x509_cert::ext::Extension;
use x509_cert::name::Name;

use crate::certificates::Identity;
use crate::encode::{bits, boolean, explicit, generalized, integer, octets, oid, sequence, time, tlv};
use crate::extensions::{authority_key_identifier, crl_number};

/// One entry of revokedCertificates.
#[derive(Clone)]
pub struct Revoked {
    /// The serial number of the certificate.
    pub serial: Vec<u8>,
    /// revocationDate, RFC 3339.
    pub date: &'static str,
    /// CRLReason code.
    pub reason: Option<u8>,
    /// invalidityDate, RFC 3339.
    pub invalidity: Option<&'static str>,
    /// certificateIssuer, on indirect CRLs; nothing of the kind when empty.
    pub issuer: Vec<Name>,
}

impl Revoked {
    /// Revocation of `identity` with a reason code.
    #[must_use]
    pub fn new(identity: &Identity, date: &'static str, reason: u8) -> Revoked {
        Revoked {
            serial: identity.serial.to_der().unwrap(),
            date,
            reason: Some(reason),
            invalidity: None,
            issuer: Vec::new(),
        }
    }

    fn to_der(&self) -> Vec<u8> {
        let mut extensions = Vec::new();
        if let Some(reason) = self.reason {
            extensions.extend(sequence(&[&oid("2.5.29.21"), &octets(&tlv(0x0a, &[reason]))]));
        }
        if let Some(invalidity) = self.invalidity {
            extensions.extend(sequence(&[&oid("2.5.29.24"), &octets(&generalized(invalidity))]));
        }
        if !self.issuer.is_empty() {
            let names: Vec<u8> = self.issuer.iter().flat_map(|name| explicit(4, &name.to_der().unwrap())).collect();
            extensions.extend(sequence(&[&oid("2.5.29.29"), &boolean(true), &octets(&sequence(&[&names]))]));
        }
        let extensions = if extensions.is_empty() { Vec::new() } else { sequence(&[&extensions]) };
        sequence(&[&self.serial, &time(self.date), &extensions])
    }
}

/// What a CRL states, before it is signed.
pub struct CrlSpec {
    /// thisUpdate, RFC 3339.
    pub this_update: &'static str,
    /// nextUpdate, RFC 3339, when the CRL has one.
    pub next_update: Option<&'static str>,
    /// cRLNumber.
    pub number: u32,
    /// The entries.
    pub revoked: Vec<Revoked>,
    /// Extensions after authorityKeyIdentifier and cRLNumber.
    pub extensions: Vec<Extension>,
}

impl CrlSpec {
    /// The version 2 CRL signed by `issuer`, with authorityKeyIdentifier and cRLNumber.
    #[must_use]
    pub fn issue(&self, issuer: &Identity) -> Vec<u8> {
        let mut extensions =
            vec![authority_key_identifier(&issuer.key, &issuer.issuer, &issuer.serial), crl_number(self.number)];
        extensions.extend(self.extensions.clone());
        self.sign(issuer, &integer(1), &explicit(0, &extensions.to_der().unwrap()))
    }

    /// The version 1 CRL signed by `issuer`: no version field, no extensions.
    #[must_use]
    pub fn issue_version_1(&self, issuer: &Identity) -> Vec<u8> {
        self.sign(issuer, &[], &[])
    }

    fn sign(&self, issuer: &Identity, version: &[u8], extensions: &[u8]) -> Vec<u8> {
        let algorithm = issuer.key.usual_algorithm();
        let entries: Vec<u8> = self.revoked.iter().flat_map(Revoked::to_der).collect();
        let entries = if entries.is_empty() { Vec::new() } else { sequence(&[&entries]) };
        let list = sequence(&[
            version,
            &algorithm.identifier(),
            &issuer.subject.to_der().unwrap(),
            &time(self.this_update),
            &self.next_update.map_or_else(Vec::new, time),
            &entries,
            extensions,
        ]);
        let signature = issuer.key.sign(algorithm, &list);
        sequence(&[&list, &algorithm.identifier(), &bits(&signature)])
    }
}
