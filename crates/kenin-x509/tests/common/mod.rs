//! A miniature CA that writes DER by hand and signs with another implementation than the one under test.
#![allow(dead_code)] // every test file uses its own part

use std::sync::Arc;

use kenin_base::{Budget, Oid, UtcTime};
use kenin_x509::path::{CertificatePool, PathErrorKind, PathInputs, PolicySet, validate_path};
use kenin_x509::revocation::{RevocationEvidence, RevocationMaterial};
use kenin_x509::{Certificate, CertificateCache, Crl, OcspResponse, SignatureCache};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::signature::hazmat::PrehashSigner;
use p256::ecdsa::{DerSignature, SigningKey};
use sha1::{Digest, Sha1};
use sha2::Sha224;

/// A definite-length element.
pub fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let mut out = vec![tag];
    let len = u32::try_from(content.len()).unwrap().to_be_bytes();
    match content.len() {
        0..=0x7f => out.push(len[3]),
        0x80..=0xffff => out.extend([0x82, len[2], len[3]]),
        _ => out.extend([0x83, len[1], len[2], len[3]]),
    }
    out.extend(content);
    out
}

pub fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tlv(0x30, parts)
}

pub fn oid(text: &str) -> Vec<u8> {
    tlv(0x06, &[text.parse::<Oid>().unwrap().as_octets()])
}

pub fn utf8(text: &str) -> Vec<u8> {
    tlv(0x0c, &[text.as_bytes()])
}

pub fn integer(value: u32) -> Vec<u8> {
    let bytes = [&[0][..], &value.to_be_bytes()].concat();
    let start = (0..4).find(|i| bytes[*i] != 0 || bytes[i + 1] & 0x80 != 0).unwrap_or(4);
    tlv(0x02, &[&bytes[start..]])
}

/// GeneralizedTime for `2026-01-02T00:00:00Z` given as `20260102`.
pub fn time(date: &str) -> Vec<u8> {
    tlv(0x18, &[date.as_bytes(), b"000000Z"])
}

pub fn bits(octets: &[u8]) -> Vec<u8> {
    tlv(0x03, &[&[0], octets])
}

pub fn octets(content: &[u8]) -> Vec<u8> {
    tlv(0x04, &[content])
}

/// A name of one organization and one common name.
pub fn name(common_name: &str) -> Vec<u8> {
    let attribute = |kind: &str, text: &str| tlv(0x31, &[&sequence(&[&oid(kind), &utf8(text)])]);
    sequence(&[&attribute("2.5.4.10", "DEMO"), &attribute("2.5.4.3", common_name)])
}

pub fn extension(id: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let critical: &[u8] = if critical { &[0x01, 0x01, 0xff] } else { &[] };
    sequence(&[&oid(id), critical, &octets(value)])
}

pub fn directory_name(name: &[u8]) -> Vec<u8> {
    tlv(0xa4, &[name])
}

pub fn uri(text: &str) -> Vec<u8> {
    tlv(0x86, &[text.as_bytes()])
}

/// `[0] DistributionPointName` with full names.
pub fn full_name(names: &[&[u8]]) -> Vec<u8> {
    tlv(0xa0, &[&tlv(0xa0, names)])
}

/// cRLDistributionPoints of one point.
pub fn distribution_point(fields: &[&[u8]]) -> Vec<u8> {
    extension("2.5.29.31", false, &sequence(&[&sequence(fields)]))
}

pub fn issuing_distribution_point(fields: &[&[u8]]) -> Vec<u8> {
    extension("2.5.29.28", true, &sequence(fields))
}

pub fn ca_constraints() -> Vec<u8> {
    extension("2.5.29.19", true, &sequence(&[&[0x01, 0x01, 0xff]]))
}

/// keyUsage from the octet of its first eight bits.
pub fn key_usage(octet: u8) -> Vec<u8> {
    extension("2.5.29.15", true, &tlv(0x03, &[&[0, octet]]))
}

pub fn policies(list: &[&str]) -> Vec<u8> {
    let list: Vec<Vec<u8>> = list.iter().map(|policy| sequence(&[&oid(policy)])).collect();
    extension("2.5.29.32", true, &tlv(0x30, &list.iter().map(Vec::as_slice).collect::<Vec<_>>()))
}

pub fn extended_key_usage(purpose: &str) -> Vec<u8> {
    extension("2.5.29.37", true, &sequence(&[&oid(purpose)]))
}

/// A key pair.
#[derive(Clone)]
pub struct Key(SigningKey);

impl Key {
    pub fn new(seed: u32) -> Self {
        let mut scalar = [7u8; 32];
        scalar[28..].copy_from_slice(&seed.to_be_bytes());
        Self(SigningKey::from_slice(&scalar).unwrap())
    }

    pub fn point(&self) -> Vec<u8> {
        self.0.verifying_key().to_encoded_point(false).as_bytes().to_vec()
    }

    pub fn spki(&self) -> Vec<u8> {
        let algorithm = sequence(&[&oid("1.2.840.10045.2.1"), &oid("1.2.840.10045.3.1.7")]);
        sequence(&[&algorithm, &bits(&self.point())])
    }

    /// `SEQUENCE { tbs, ecdsa-with-SHA256, signature, more }`
    pub fn sign(&self, tbs: &[u8], more: &[u8]) -> Vec<u8> {
        let signature: DerSignature = self.0.sign(tbs);
        sequence(&[tbs, &ecdsa_sha256(), &bits(signature.as_bytes()), more])
    }

    /// The same object signed with ecdsa-with-SHA224, whose identifier is as long.
    pub fn sign_sha224(&self, tbs: &[u8]) -> Vec<u8> {
        let (from, to) = (ecdsa_sha256(), sequence(&[&oid("1.2.840.10045.4.3.1")]));
        let at = tbs.windows(from.len()).position(|window| window == from).unwrap();
        let tbs = [&tbs[..at], &to, &tbs[at + from.len()..]].concat();
        let signature: DerSignature = self.0.sign_prehash(&Sha224::digest(&tbs)).unwrap();
        sequence(&[&tbs, &to, &bits(signature.as_bytes())])
    }
}

pub fn ecdsa_sha256() -> Vec<u8> {
    sequence(&[&oid("1.2.840.10045.4.3.2")])
}

pub fn sha1(data: &[u8]) -> Vec<u8> {
    Sha1::digest(data).to_vec()
}

/// What a test CA writes into a certificate.
pub struct Template<'a> {
    pub serial: u32,
    pub issuer: &'a [u8],
    pub subject: &'a [u8],
    pub key: &'a Key,
    pub extensions: Vec<Vec<u8>>,
}

/// A version 3 certificate valid from 2020 to 2040.
pub fn issue(by: &Key, template: &Template<'_>) -> Arc<Certificate> {
    let extensions: Vec<&[u8]> = template.extensions.iter().map(Vec::as_slice).collect();
    let extensions = if extensions.is_empty() { Vec::new() } else { tlv(0xa3, &[&tlv(0x30, &extensions)]) };
    let tbs = sequence(&[
        &tlv(0xa0, &[&integer(2)]),
        &integer(template.serial),
        &ecdsa_sha256(),
        template.issuer,
        &sequence(&[&time("20200101"), &time("20400101")]),
        template.subject,
        &template.key.spki(),
        &extensions,
    ]);
    Arc::new(Certificate::parse(&by.sign(&tbs, &[])).unwrap())
}

/// A CA or an end entity with its key.
#[derive(Clone)]
pub struct Party {
    pub name: Vec<u8>,
    pub key: Key,
    pub certificate: Arc<Certificate>,
}

impl Party {
    /// The same whose certificate has a point that is on no curve.
    pub fn with_unusable_key(mut self) -> Self {
        let mut der = self.certificate.der().to_vec();
        let key = self.certificate.public_key_bits();
        let at = der.windows(key.len()).position(|window| window == key).unwrap();
        der[at] = 5;
        self.certificate = Arc::new(Certificate::parse(der.as_slice()).unwrap());
        assert!(self.certificate.public_key().is_err());
        self
    }

    /// A self-signed CA.
    pub fn root(common_name: &str, seed: u32) -> Self {
        Self::root_with(common_name, seed, vec![ca_constraints(), key_usage(0x06)])
    }

    /// A self-signed certificate with just these extensions.
    pub fn root_with(common_name: &str, seed: u32, extensions: Vec<Vec<u8>>) -> Self {
        let (name, key) = (name(common_name), Key::new(seed));
        let template = Template { serial: 1, issuer: &name, subject: &name, key: &key, extensions };
        Self { certificate: issue(&key, &template), name, key }
    }

    /// A certificate below this CA; a CA when `extensions` say so.
    pub fn issue(&self, common_name: &str, serial: u32, extensions: Vec<Vec<u8>>) -> Self {
        self.issue_named(name(common_name), serial, extensions)
    }

    pub fn issue_named(&self, name: Vec<u8>, serial: u32, extensions: Vec<Vec<u8>>) -> Self {
        let key = Key::new(serial.wrapping_mul(2_654_435_761).wrapping_add(self.certificate.sha256().0[0].into()));
        let template = Template { serial, issuer: &self.name, subject: &name, key: &key, extensions };
        Self { certificate: issue(&self.key, &template), name, key }
    }

    pub fn intermediate(&self, common_name: &str, serial: u32, mut extensions: Vec<Vec<u8>>) -> Self {
        extensions.extend([ca_constraints(), key_usage(0x06)]);
        self.issue(common_name, serial, extensions)
    }

    /// A CRL dated 2026-01-01 to 2026-01-05 that lists `entries`.
    pub fn crl(&self, entries: &[Vec<u8>], extensions: &[Vec<u8>]) -> Crl {
        self.crl_dated("20260101", entries, extensions)
    }

    /// A CRL from `this_update` to 2026-01-05 that lists `entries`.
    pub fn crl_dated(&self, this_update: &str, entries: &[Vec<u8>], extensions: &[Vec<u8>]) -> Crl {
        let flat = |parts: &[Vec<u8>]| parts.concat();
        let list = if entries.is_empty() { Vec::new() } else { sequence(&[&flat(entries)]) };
        let extensions = match extensions {
            [] => Vec::new(),
            some => tlv(0xa0, &[&sequence(&[&flat(some)])]),
        };
        let fields = [&integer(1)[..], &ecdsa_sha256(), &self.name, &time(this_update), &time("20260105")];
        let tbs = sequence(&[&fields.concat(), &list, &extensions]);
        Crl::parse(&self.key.sign(&tbs, &[])).unwrap()
    }
}

/// The error of validating `path`, given from the end entity to the anchor.
pub fn error(path: &[&Party], inputs: &PathInputs) -> PathErrorKind {
    validate(path, inputs).unwrap_err()
}

pub fn validate(path: &[&Party], inputs: &PathInputs) -> Result<PolicySet, PathErrorKind> {
    let path: Vec<_> = path.iter().map(|party| Arc::clone(&party.certificate)).collect();
    let result = validate_path(&path, inputs, &SignatureCache::new(), &Budget::default());
    result.map(|outcome| outcome.policies).map_err(|error| error.kind)
}

/// An entry of revokedCertificates, revoked on 2025-12-24.
pub fn entry(serial: u32, extensions: &[Vec<u8>]) -> Vec<u8> {
    entry_dated(serial, "20251224", extensions)
}

/// An entry of revokedCertificates, revoked on `date`.
pub fn entry_dated(serial: u32, date: &str, extensions: &[Vec<u8>]) -> Vec<u8> {
    let extensions = if extensions.is_empty() { Vec::new() } else { sequence(&[&extensions.concat()]) };
    sequence(&[&integer(serial), &time(date), &extensions])
}

pub fn reason(code: u8) -> Vec<u8> {
    extension("2.5.29.21", false, &tlv(0x0a, &[&[code]]))
}

/// CertID with SHA-1.
pub fn cert_id(issuer_name: &[u8], issuer_point: &[u8], serial: u32) -> Vec<u8> {
    let algorithm = sequence(&[&oid("1.3.14.3.2.26"), &[5, 0]]);
    sequence(&[&algorithm, &octets(&sha1(issuer_name)), &octets(&sha1(issuer_point)), &integer(serial)])
}

pub const GOOD: &[u8] = &[0x80, 0x00];

/// A SingleResponse of 2026-01-01 to 2026-01-05.
pub fn single(cert_id: &[u8], status: &[u8], extensions: &[Vec<u8>]) -> Vec<u8> {
    let extensions = match extensions {
        [] => Vec::new(),
        some => tlv(0xa1, &[&sequence(&[&some.concat()])]),
    };
    sequence(&[cert_id, status, &time("20260101"), &tlv(0xa0, &[&time("20260105")]), &extensions])
}

/// An OCSPResponse with a basic response.
pub fn ocsp(
    signer: &Key,
    responder: &[u8],
    produced_at: &str,
    singles: &[Vec<u8>],
    certificates: &[&Certificate],
) -> OcspResponse {
    let tbs = sequence(&[responder, &time(produced_at), &sequence(&[&singles.concat()])]);
    let list: Vec<&[u8]> = certificates.iter().map(|certificate| certificate.der()).collect();
    let certificates = if list.is_empty() { Vec::new() } else { tlv(0xa0, &[&tlv(0x30, &list)]) };
    let basic = signer.sign(&tbs, &certificates);
    let bytes = sequence(&[&oid("1.3.6.1.5.5.7.48.1.1"), &octets(&basic)]);
    OcspResponse::parse(&sequence(&[&tlv(0x0a, &[&[0]]), &tlv(0xa0, &[&bytes])])).unwrap()
}

pub fn by_name(name: &[u8]) -> Vec<u8> {
    tlv(0xa1, &[name])
}

pub fn by_key(key: &Key) -> Vec<u8> {
    tlv(0xa2, &[&octets(&sha1(&key.point()))])
}

/// What assessments share.
#[derive(Default)]
pub struct Shared {
    pub certificates: CertificateCache,
    pub signatures: SignatureCache,
    pub budget: Budget,
}

impl Shared {
    pub fn material<'a>(
        &'a self,
        crls: &'a [Arc<Crl>],
        ocsps: &'a [Arc<OcspResponse>],
        pool: &'a CertificatePool,
    ) -> RevocationMaterial<'a> {
        let time = UtcTime::parse("2026-01-02T00:00:00Z").unwrap();
        let Self { certificates, signatures, budget } = self;
        RevocationMaterial { crls, ocsps, pool, certificates, signatures, budget, time }
    }
}

/// What CRLs and OCSP responses say about the first of `path`, with the certificates of `others` at hand too.
pub fn collect_with(
    shared: &Shared,
    path: &[&Party],
    crls: &[&Crl],
    ocsps: &[&OcspResponse],
    others: &[&Party],
) -> RevocationEvidence {
    let crls: Vec<Arc<Crl>> = crls.iter().map(|crl| Arc::new(Crl::parse(crl.der()).unwrap())).collect();
    let ocsps: Vec<Arc<OcspResponse>> =
        ocsps.iter().map(|ocsp| Arc::new(OcspResponse::parse(ocsp.der()).unwrap())).collect();
    let pool: CertificatePool = others.iter().chain(path).map(|party| Arc::clone(&party.certificate)).collect();
    let path: Vec<Arc<Certificate>> = path.iter().map(|party| Arc::clone(&party.certificate)).collect();
    shared.material(&crls, &ocsps, &pool).collect(&path)
}

/// What CRLs say about the first of `path`, with the certificates of `others` at hand too.
pub fn collect(path: &[&Party], crls: &[&Crl], others: &[&Party]) -> RevocationEvidence {
    collect_with(&Shared::default(), path, crls, &[], others)
}
