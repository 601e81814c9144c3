//! PAdES-LTA documents whose every certificate expires in its time, each time-stamping unit under a CA of its own, so that
//! no list issued after a unit expired speaks of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kenin_testkit::TSA_POLICY;
use kenin_testkit::algorithms::Hash;
use kenin_testkit::certificates::{CertificateSpec, Identity};
use kenin_testkit::cms::{SignedData, Signer};
use kenin_testkit::crl::{CrlSpec, Revoked};
use kenin_testkit::extensions as ext;
use kenin_testkit::keys::Key;
use kenin_testkit::names::authority;
use kenin_testkit::pdf::{Document, Layout, SignatureField};
use kenin_testkit::tokens::TokenSpec;
use x509_cert::ext::pkix::KeyUsages;

/// Lists by name: issuer, from, to. What a late list shows ends before the certificate expires that it is about: pyHanko
/// validates the whole path once more at control-time.
const LISTS: [(&str, &str, &str, &str); 8] = [
    ("card", "ca", "2016-05-11T00:00:00Z", "2016-05-18T00:00:00Z"),
    ("arl", "root", "2016-05-11T00:00:00Z", "2016-08-11T00:00:00Z"),
    ("arl-late", "root", "2021-01-20T00:00:00Z", "2021-06-20T00:00:00Z"),
    ("tsa-1", "tsa-1", "2016-05-11T00:00:00Z", "2016-08-11T00:00:00Z"),
    ("tsa-1-late", "tsa-1", "2021-08-20T00:00:00Z", "2022-01-20T00:00:00Z"),
    ("tsa-2", "tsa-2", "2021-03-02T00:00:00Z", "2021-06-02T00:00:00Z"),
    ("tsa-2-late", "tsa-2", "2031-08-20T00:00:00Z", "2032-01-20T00:00:00Z"),
    ("tsa-3", "tsa-3", "2026-03-02T00:00:00Z", "2026-06-02T00:00:00Z"),
];

pub struct World {
    identities: BTreeMap<&'static str, Identity>,
    folder: PathBuf,
}

impl World {
    /// Issues everything and writes the roots into `folder`; the signing CA lives until `ca_end`.
    pub fn new(folder: &Path, ca_end: &'static str) -> Self {
        let mut world = Self { identities: BTreeMap::new(), folder: folder.to_owned() };
        let ca = || vec![ext::certification_authority(), ext::key_usage(&[KeyUsages::KeyCertSign, KeyUsages::CRLSign])];
        let unit = || {
            vec![ext::key_usage(&[KeyUsages::DigitalSignature]), ext::extended_key_usage(&[ext::TIME_STAMPING], true)]
        };
        let long = ("2010-01-01T00:00:00Z", "2045-01-01T00:00:00Z");
        for name in ["root", "tsa-1", "tsa-2", "tsa-3"] {
            world.issue(name, 1, long, ca(), None);
        }
        world.issue("ca", 2, ("2011-01-01T00:00:00Z", ca_end), ca(), Some("root"));
        let card = vec![ext::key_usage(&[KeyUsages::NonRepudiation])];
        world.issue("doctor", 3, ("2016-01-01T00:00:00Z", "2021-01-01T00:00:00Z"), card, Some("ca"));
        for (name, number, validity, issuer) in [
            ("tsu-1", 11, ("2015-01-01T00:00:00Z", "2022-01-01T00:00:00Z"), "tsa-1"),
            ("tsu-2", 12, ("2020-01-01T00:00:00Z", "2032-01-01T00:00:00Z"), "tsa-2"),
            ("tsu-3", 13, ("2025-01-01T00:00:00Z", "2037-01-01T00:00:00Z"), "tsa-3"),
        ] {
            world.issue(name, number, validity, unit(), Some(issuer));
        }
        for name in ["root", "tsa-1", "tsa-2", "tsa-3"] {
            std::fs::write(folder.join(format!("{name}.cer")), &world.identities[name].der).unwrap();
        }
        world
    }

    fn issue(
        &mut self,
        name: &'static str,
        serial: u64,
        validity: (&'static str, &'static str),
        extensions: Vec<x509_cert::ext::Extension>,
        issuer: Option<&str>,
    ) {
        let subject = authority("DEMO differential", "DEMO", name);
        let key = Key::derived(&format!("differential {name}"));
        let issuer = issuer.map(|issuer| self.identities[issuer].clone());
        let spec = CertificateSpec { subject, key, serial, validity, extensions };
        self.identities.insert(name, spec.issue(issuer.as_ref()));
    }

    pub fn fingerprint(&self, name: &str) -> String {
        hex::encode(Hash::Sha256.digest(&self.identities[name].der))
    }

    fn list(&self, name: &str) -> Vec<u8> {
        let (_, issuer, from, to) = LISTS.iter().find(|(known, ..)| *known == name).unwrap();
        self.crl(issuer, from, to, Vec::new())
    }

    fn crl(&self, issuer: &str, from: &'static str, to: &'static str, revoked: Vec<Revoked>) -> Vec<u8> {
        let spec = CrlSpec { this_update: from, next_update: Some(to), number: 1, revoked, extensions: Vec::new() };
        spec.issue(&self.identities[issuer])
    }

    /// Writes a list as a file; `revoked` is a certificate, when, and why.
    pub fn write_crl(
        &self,
        issuer: &str,
        from: &'static str,
        to: &'static str,
        revoked: Option<(&str, &'static str, u8)>,
    ) -> PathBuf {
        let entries: Vec<Revoked> =
            revoked.iter().map(|(name, date, reason)| Revoked::new(&self.identities[*name], date, *reason)).collect();
        let suffix = revoked.map_or("good", |(name, ..)| name);
        let path = self.folder.join(format!("{issuer}-{}-{suffix}.crl", &from[..10]));
        std::fs::write(&path, self.crl(issuer, from, to, entries)).unwrap();
        path
    }

    pub fn write_list(&self, name: &str) -> PathBuf {
        let path = self.folder.join(format!("{name}.crl"));
        std::fs::write(&path, self.list(name)).unwrap();
        path
    }

    /// A document with as many document timestamps as `generations`: of 2016, 2021 and 2026.
    pub fn write_document(&self, generations: usize) -> PathBuf {
        let signer = Signer::of_data(&self.identities["doctor"]);
        let mut document = Document::one_line(Layout::Classic, "DEMO note of 2016");
        let token = |unit: &str, data: &[u8], time: &'static str| {
            let mut token = TokenSpec::over(data, &self.identities[unit], TSA_POLICY, time);
            token.certificates.push(self.identities[unit.replace("tsu", "tsa").as_str()].der.clone());
            token.to_der()
        };
        let contents = document.sign(&SignatureField::pades("Signature1", 5000), |covered| {
            let info = signer.sign(signer.attributes(covered));
            let stamp = token("tsu-1", &info.signature, "20160510013005Z");
            let chain = ["doctor", "ca", "root"].map(|name| self.identities[name].der.as_slice());
            SignedData::detached(info.with_timestamp(&stamp)).carrying(&chain, &[]).to_der()
        });
        let certificates: Vec<&[u8]> = self.identities.values().map(|identity| identity.der.as_slice()).collect();
        let mut stored = vec!["card", "arl", "tsa-1"];
        for (number, (unit, time, more)) in [
            ("tsu-1", "20160512010000Z", &[][..]),
            ("tsu-2", "20210301010000Z", &[][..]),
            ("tsu-3", "20260301010000Z", &["arl-late", "tsa-1-late", "tsa-2"][..]),
        ]
        .into_iter()
        .enumerate()
        {
            if number == generations.max(1) {
                break;
            }
            stored.extend(more);
            let lists: Vec<Vec<u8>> = stored.iter().map(|name| self.list(name)).collect();
            let lists: Vec<&[u8]> = lists.iter().map(Vec::as_slice).collect();
            document.add_dss(&certificates, &lists, &contents);
            if generations > number {
                let field = format!("Timestamp{}", number + 1);
                document.sign(&SignatureField::timestamp(&field, 3000), |covered| token(unit, covered, time));
            }
        }
        let path = self.folder.join(format!("generations-{generations}.pdf"));
        std::fs::write(&path, document.into_bytes()).unwrap();
        path
    }
}
