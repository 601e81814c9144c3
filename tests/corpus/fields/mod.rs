//! Certificates, CRLs and OCSP responses field by field against what OpenSSL 3.0 prints of them, recorded in the corpus'
//! `oracles.jsonl.gz`.

mod openssl;

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::fs;
use std::io::Read as _;
use std::panic::catch_unwind;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kenin::{EvidenceKind, SuppliedEvidence};
use kenin_crypto::KeyAlgorithm;
use kenin_x509::{Certificate, Crl, Name, OcspCertStatus, OcspResponse, ResponderId};
use libtest_mimic::Failed;
use serde::Deserialize;
use serde_json::Value;

use crate::corpus::none;
use crate::exceptions::{self, Divergence};

/// Everything that is compared.
pub struct Fields {
    facts: Vec<Fact>,
    /// Files read, and those refused with an error, by kind; without regard to OpenSSL.
    read: BTreeMap<&'static str, (usize, Vec<String>)>,
    panics: Vec<String>,
}

/// One field of one file.
struct Fact {
    path: String,
    name: &'static str,
    expected: String,
    actual: String,
}

impl Fact {
    fn agrees(&self) -> bool {
        self.expected == self.actual
    }

    fn divergence(&self) -> Divergence<'_> {
        let Self { path, name, expected, actual } = self;
        Divergence { path, field: "", fact: (*name).to_owned(), expected, actual }
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, name, expected, actual } = self;
        write!(f, "{path}: {name}: expected {expected}, actual {actual}")
    }
}

#[derive(Deserialize)]
struct Row {
    path: String,
    oracle: BTreeMap<String, Value>,
}

/// Fields by OpenSSL's name, and what kenin says; `None` when the object has no such field.
type Said = BTreeMap<&'static str, Option<String>>;

impl Fields {
    /// Reads every file of the three kinds and compares those that OpenSSL was asked about.
    pub fn over(corpus: &Path) -> Self {
        let mut fields = Self { facts: Vec::new(), read: BTreeMap::new(), panics: Vec::new() };
        let mut text = String::new();
        let packed = fs::File::open(corpus.join("oracles.jsonl.gz")).unwrap();
        flate2::read::GzDecoder::new(packed).read_to_string(&mut text).unwrap();
        for line in text.lines() {
            let Row { path, oracle } = serde_json::from_str(line).unwrap();
            let (Some(openssl), Some(kind)) = (oracle.get("openssl"), kind_of(&path)) else { continue };
            let said = fields.read(corpus, &path, kind);
            fields.compare(&path, openssl, said);
        }
        // Without facts: read or refused.
        for (folder, kind) in [
            ("hpki/ca", "cert"),
            ("hpki/end-entity", "cert"),
            ("hpki/tsa", "cert"),
            ("hpki/crl", "crl"),
            ("pkits/certs", "cert"),
            ("pkits/crls", "crl"),
        ] {
            for entry in fs::read_dir(corpus.join(folder)).unwrap() {
                let path = format!("{folder}/{}", entry.unwrap().file_name().to_string_lossy());
                drop(fields.read(corpus, &path, kind));
            }
        }
        println!("{}", fields.summary());
        fields
    }

    fn read(&mut self, corpus: &Path, path: &str, kind: &'static str) -> Result<Said, String> {
        let bytes = fs::read(corpus.join(path)).unwrap();
        let said = catch_unwind(|| said(&bytes, kind));
        let said = said.unwrap_or_else(|_| {
            self.panics.push(path.to_owned());
            Err("panic".to_owned())
        });
        let (read, refused) = self.read.entry(kind).or_default();
        match &said {
            Ok(_) => *read += 1,
            Err(why) => refused.push(format!("{path}: {why}")),
        }
        said
    }

    fn compare(&mut self, path: &str, openssl: &Value, said: Result<Said, String>) {
        let mut add = |name, expected: String, actual: String| {
            self.facts.push(Fact { path: path.to_owned(), name, expected, actual });
        };
        let readable = openssl.get("rc").and_then(Value::as_i64) == Some(0);
        let yes_or_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        add("readable", yes_or_no(readable), yes_or_no(said.is_ok()));
        for (name, actual) in said.into_iter().flatten().filter(|_| readable) {
            // What OpenSSL prints nothing of is absent.
            let printed = openssl.get(name).filter(|value| !value.is_null());
            let printed = printed.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            let expected = printed.and_then(|text| openssl::normal(name, &text));
            let none = || "none".to_owned();
            add(name, expected.unwrap_or_else(none), actual.unwrap_or_else(none));
        }
    }

    fn summary(&self) -> String {
        let mut text = String::new();
        writeln!(text, "\ncertificates, CRLs and OCSP responses").unwrap();
        for (kind, (read, refused)) in &self.read {
            writeln!(text, "  {kind:16} {read:4} read, {} refused", refused.len()).unwrap();
            for refused in refused {
                writeln!(text, "    {refused}").unwrap();
            }
        }
        let mut tally: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for fact in &self.facts {
            let (agreed, all) = tally.entry(fact.name).or_default();
            *agreed += usize::from(fact.agrees());
            *all += 1;
        }
        let agreed: usize = tally.values().map(|(agreed, _)| agreed).sum();
        writeln!(text, "fields that agree with OpenSSL: {agreed} of {}", self.facts.len()).unwrap();
        for (name, (agreed, all)) in tally {
            writeln!(text, "  {name:20} {agreed:4} of {all:4}").unwrap();
        }
        let known = exceptions::of_fields();
        for fact in self.divergences() {
            let mark = if known.iter().any(|e| e.explains(&fact.divergence())) { "known" } else { "NEW  " };
            writeln!(text, "  {mark} {fact}").unwrap();
        }
        text
    }

    fn divergences(&self) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(|fact| !fact.agrees())
    }
}

pub fn every_object_is_read_or_refused(fields: &Fields) -> Result<(), Failed> {
    none(fields.panics.iter().cloned())
}

pub fn every_divergence_is_explained(fields: &Fields) -> Result<(), Failed> {
    let known = exceptions::of_fields();
    let new = fields.divergences().filter(|fact| !known.iter().any(|e| e.explains(&fact.divergence())));
    none(new.map(ToString::to_string))
}

pub fn no_exception_is_stale(fields: &Fields) -> Result<(), Failed> {
    let known = exceptions::of_fields();
    let stale = known.iter().filter(|e| !fields.divergences().any(|fact| e.explains(&fact.divergence())));
    none(stale.map(|exception| format!("{}: {}", exception.path, exception.fact)))
}

/// The kind of object a corpus file holds, by its folder: `files/SOURCE/KIND/…`.
fn kind_of(path: &str) -> Option<&'static str> {
    let folder = path.split('/').nth(2)?;
    ["cert", "crl", "ocsp"].into_iter().find(|kind| *kind == folder)
}

/// What kenin reads in a file, DER or PEM: of several objects the first, as OpenSSL does.
fn said(bytes: &[u8], kind: &str) -> Result<Said, String> {
    // Some OCSP responses of the corpus are kept as bare base64.
    let packed: Vec<u8> = bytes.iter().copied().filter(|octet| !octet.is_ascii_whitespace()).collect();
    let unpacked = STANDARD.decode(packed).unwrap_or_else(|_| bytes.to_vec());
    let supplied = SuppliedEvidence::read("file", &unpacked).map_err(|error| error.to_string())?;
    let (wanted, read): (_, fn(&[u8]) -> Said) = match kind {
        "cert" => (EvidenceKind::Certificate, certificate),
        "crl" => (EvidenceKind::Crl, crl),
        _ => (EvidenceKind::Ocsp, ocsp),
    };
    let object = supplied.iter().find(|object| object.kind() == Some(wanted));
    object.map(|object| read(object.der())).ok_or_else(|| format!("holds no {wanted:?}"))
}

fn certificate(der: &[u8]) -> Said {
    let certificate = Certificate::parse(der).unwrap();
    let key = certificate.public_key().map(|key| key_type(key.algorithm()));
    BTreeMap::from([
        ("subject", Some(name_from_last(certificate.subject()))),
        ("issuer", Some(name_from_last(certificate.issuer()))),
        ("serial", Some(openssl::signed_hex(certificate.serial()))),
        ("notbefore", Some(certificate.not_before().to_string())),
        ("notafter", Some(certificate.not_after().to_string())),
        ("sha256_fingerprint", Some(certificate.sha256().to_string())),
        ("sig_alg", Some(certificate.signature_algorithm().to_string())),
        ("key_alg", Some(key.unwrap_or_else(|error| error.to_string()))),
    ])
}

fn crl(der: &[u8]) -> Said {
    let crl = Crl::parse(der).unwrap();
    BTreeMap::from([
        ("issuer", Some(name_from_last(crl.issuer()))),
        ("lastupdate", Some(crl.this_update().to_string())),
        ("nextupdate", crl.next_update().map(|time| time.to_string())),
        ("crlnumber", crl.extensions().crl_number.as_deref().map(openssl::signed_hex)),
        ("sha2-256_fingerprint", Some(crl.sha256().to_string())),
        ("n_revoked", Some(crl.len().to_string())),
        ("sig_alg", Some(crl.signature_algorithm().to_string())),
    ])
}

fn ocsp(der: &[u8]) -> Said {
    let response = OcspResponse::parse(der).unwrap();
    let responder = match response.responder() {
        ResponderId::ByKey(hash) => hex_of(hash),
        ResponderId::ByName(name) => openssl::name(name.attributes().iter()),
    };
    let single = response.singles().first();
    let status = single.map(|single| match single.status {
        OcspCertStatus::Good => "good".to_owned(),
        OcspCertStatus::Revoked { .. } => "revoked".to_owned(),
        OcspCertStatus::Unknown => "unknown".to_owned(),
    });
    BTreeMap::from([
        ("responder", Some(responder)),
        ("produced_at", Some(response.produced_at().to_string())),
        ("cert_status", status),
        ("this_update", single.map(|single| single.this_update.to_string())),
        ("next_update", single.and_then(|single| single.next_update).map(|time| time.to_string())),
        ("serial", single.map(|single| openssl::signed_hex(&single.cert_id.serial))),
    ])
}

/// RFC 2253 writes a name from its last attribute.
fn name_from_last(name: &Name) -> String {
    openssl::name(name.attributes().iter().rev())
}

fn key_type(algorithm: KeyAlgorithm) -> String {
    match algorithm {
        KeyAlgorithm::Rsa { .. } => "RSA".to_owned(),
        KeyAlgorithm::RsaPss { .. } => "RSASSA-PSS".to_owned(),
        KeyAlgorithm::Ec(_) => "EC".to_owned(),
        KeyAlgorithm::Dsa { .. } => "DSA".to_owned(),
        KeyAlgorithm::Unknown(oid) => oid.to_string(),
        other => other.to_string(),
    }
}

fn hex_of(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}
