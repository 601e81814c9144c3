//! The Ministry's ZIP of one accredited timestamp service: certificates in several encodings, read with bounds.

use std::io::{Cursor, Read as _};
use std::sync::Arc;

use kenin::{EvidenceKind, ObserveOptions, Source, der_objects, observe};
use kenin_x509::{Certificate, KP_TIME_STAMPING};
use zip::ZipArchive;

use crate::exit::Failure;

/// Entries of an archive; the Ministry's have a handful.
const MAX_ENTRIES: usize = 1000;
/// Octets of one entry after decompression.
const MAX_ENTRY: u64 = 1 << 20;
/// Octets of all entries after decompression.
const MAX_TOTAL: u64 = 16 << 20;
/// How far an entry may grow by decompression; certificates hardly do.
const MAX_RATIO: u64 = 100;
/// What any entry may have whatever its ratio.
const SMALL: u64 = 64 << 10;

/// What an archive holds. No entry is written anywhere, so a name such as `../x` is only a name.
pub struct Archive {
    /// Its certificates with the entry each was found in, each once.
    pub certificates: Vec<(String, Arc<Certificate>)>,
    /// Entries that hold no certificate.
    pub skipped: Vec<String>,
}

/// Whether a file is a ZIP archive (APPNOTE 4.3.7; an empty one starts with its end record, 4.3.16).
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

impl Archive {
    /// Reads every entry.
    pub fn read(path: &str, bytes: &[u8]) -> Result<Self, Failure> {
        let unreadable = |reason: String| Failure::usage("usage-file", [("path", path.to_owned()), ("reason", reason)]);
        let too_large = || Failure::usage("usage-import-archive-limit", [("path", path.to_owned())]);
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| unreadable(error.to_string()))?;
        if zip.len() > MAX_ENTRIES {
            return Err(too_large());
        }
        let mut archive = Self { certificates: Vec::new(), skipped: Vec::new() };
        let mut room = MAX_TOTAL;
        for index in 0..zip.len() {
            // An encrypted entry, or one compressed in another way, has a name all the same.
            let name = zip.by_index_raw(index).map_err(|error| unreadable(error.to_string()))?;
            let (label, folder, packed) = (label(name.name_raw()), name.is_dir(), name.compressed_size());
            drop(name);
            if folder {
                continue;
            }
            let limit = MAX_ENTRY.min(packed.saturating_mul(MAX_RATIO).max(SMALL)).min(room);
            let mut content = Vec::new();
            let read = zip.by_index(index).map_err(std::io::Error::from);
            let read = read.and_then(|entry| entry.take(limit.saturating_add(1)).read_to_end(&mut content));
            let length = u64::try_from(content.len()).unwrap_or(u64::MAX);
            if length > limit {
                return Err(too_large());
            }
            room = room.saturating_sub(length);
            let found = if read.is_ok() { certificates(content) } else { Vec::new() };
            if found.is_empty() {
                archive.skipped.push(label.clone());
            }
            for certificate in found {
                if !archive.certificates.iter().any(|(_, known)| *known == certificate) {
                    archive.certificates.push((label.clone(), certificate));
                }
            }
        }
        Ok(archive)
    }

    /// The certificates to pin: those of time-stamping units, else the CAs that issue no other CA of the archive.
    pub fn to_pin(&self) -> Vec<Arc<Certificate>> {
        let all = || self.certificates.iter().map(|(_, certificate)| certificate);
        let is_unit = |c: &&Arc<Certificate>| !c.is_ca() && c.extensions().has_purpose(&KP_TIME_STAMPING);
        let units: Vec<_> = all().filter(is_unit).cloned().collect();
        if !units.is_empty() {
            return units;
        }
        let issues_another =
            |ca: &Certificate| all().any(|other| **other != *ca && other.is_ca() && other.issuer() == ca.subject());
        all().filter(|certificate| certificate.is_ca() && !issues_another(certificate)).cloned().collect()
    }
}

/// The certificates in an entry: DER, PEM, or the certificates of a SignedData (`.p7b`).
fn certificates(content: Vec<u8>) -> Vec<Arc<Certificate>> {
    let parse = |der: &[u8]| Certificate::parse(der).ok().map(Arc::new);
    let found: Vec<_> = der_objects(&content).iter().filter_map(|der| parse(der)).collect();
    if !found.is_empty() {
        return found;
    }
    let facts = observe(&Source::bytes(content), &ObserveOptions::default());
    let items = facts.iter().flat_map(|facts| facts.evidence.of_kind(EvidenceKind::Certificate));
    items.filter_map(|(_, item)| parse(item.der.as_slice())).collect()
}

/// An entry's name as it may be shown: old archivers write names in the encoding of their system.
fn label(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => kenin::render::sanitised(name),
        Err(_) => raw.escape_ascii().to_string(),
    }
}
