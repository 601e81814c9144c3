//! `--evidence`: certificates, CRLs and OCSP responses beside the documents.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use kenin::SuppliedEvidence;

use crate::exit::Failure;
use crate::input;

/// Nothing that serves as evidence is larger, and no bundle of it.
const MAX_EVIDENCE: u64 = 256 << 20;

/// What names of files end in that are evidence and nothing else.
const ENDINGS: [&str; 8] = ["cer", "crt", "crl", "der", "ocsp", "ors", "p7b", "p7c"];

/// What begins a PEM block of evidence (RFC 7468 5.1, 5.3, 6).
const MARKS: [&[u8]; 4] = [
    b"-----BEGIN CERTIFICATE-----",
    b"-----BEGIN X509 C",
    b"-----BEGIN TRUSTED CERTIFICATE-----",
    b"-----BEGIN OCSP RESPONSE-----",
];

/// Reads every file named and every file in folders named. A file that is named must hold evidence; a file that is
/// merely found in a folder is passed over when it is none (folders hold notes and signatures too), but a folder must
/// hold some, and what looks like evidence must be readable: a verdict without a revocation list is another one.
pub fn read(paths: &[PathBuf]) -> Result<Vec<SuppliedEvidence>, Failure> {
    let mut evidence = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = evidence.len();
            for found in input::expand(std::slice::from_ref(path)) {
                evidence.extend(found_in_folder(&found.path)?);
            }
            if evidence.len() == before {
                return Err(Failure::usage("usage-evidence-empty", [name(path)]));
            }
        } else {
            evidence.extend(named(path)?);
        }
    }
    Ok(evidence)
}

fn named(path: &Path) -> Result<Vec<SuppliedEvidence>, Failure> {
    let large = || Failure::usage("usage-evidence-large", [name(path), ("limit", (MAX_EVIDENCE >> 20).to_string())]);
    let bytes = whole(path)?.ok_or_else(large)?;
    objects(path, &bytes).ok_or_else(|| Failure::usage("usage-evidence", [name(path)]))
}

fn found_in_folder(path: &Path) -> Result<Vec<SuppliedEvidence>, Failure> {
    let bytes = whole(path)?;
    let found = bytes.as_deref().and_then(|bytes| objects(path, bytes));
    let looks_so = || is_called_evidence(path) || bytes.as_deref().is_some_and(has_marks);
    match found {
        None if looks_so() => Err(Failure::usage("usage-evidence-damaged", [name(path)])),
        found => Ok(found.unwrap_or_default()),
    }
}

/// The bytes of a file; `None` for one that is too large, or has no end.
fn whole(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    let read = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(MAX_EVIDENCE + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().map_err(|error| Failure::usage("usage-file", [name(path), ("reason", error.to_string())]))?;
    Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= MAX_EVIDENCE))
}

/// The evidence in a file; `None` when it holds none, or not that alone.
fn objects(path: &Path, bytes: &[u8]) -> Option<Vec<SuppliedEvidence>> {
    SuppliedEvidence::read(&path.display().to_string(), bytes).ok()
}

/// Whether a name promises evidence. Hidden files do not: some systems keep what they know about `a.cer` in `._a.cer`.
fn is_called_evidence(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    !hidden && ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Whether a PEM block in a file promises evidence.
fn has_marks(bytes: &[u8]) -> bool {
    let starts = bytes.split(|byte| matches!(byte, b'\n' | b'\r'));
    starts.into_iter().any(|line| MARKS.iter().any(|mark| line.starts_with(mark)))
}

fn name(path: &Path) -> (&'static str, String) {
    ("path", path.display().to_string())
}
