//! `--evidence`: certificates, CRLs and OCSP responses beside the documents.

use std::fs;
use std::path::{Path, PathBuf};

use kenin::SuppliedEvidence;

use crate::exit::Failure;
use crate::input;

/// Reads every file named and every file in folders named. A file that is named must hold evidence; a file that is
/// merely found in a folder is passed over when it does not (folders hold notes and signatures too), but a folder
/// must hold some.
pub fn read(paths: &[PathBuf]) -> Result<Vec<SuppliedEvidence>, Failure> {
    let mut evidence = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = evidence.len();
            for found in input::expand(std::slice::from_ref(path)) {
                evidence.extend(one(&found.path)?.unwrap_or_default());
            }
            if evidence.len() == before {
                return Err(Failure::usage("usage-evidence-empty", [name(path)]));
            }
        } else {
            let found = one(path)?.ok_or_else(|| Failure::usage("usage-evidence", [name(path)]))?;
            evidence.extend(found);
        }
    }
    Ok(evidence)
}

/// The evidence in one file; `None` when it holds none.
fn one(path: &Path) -> Result<Option<Vec<SuppliedEvidence>>, Failure> {
    let bytes =
        fs::read(path).map_err(|error| Failure::usage("usage-file", [name(path), ("reason", error.to_string())]))?;
    Ok(SuppliedEvidence::read(&path.display().to_string(), &bytes).ok())
}

fn name(path: &Path) -> (&'static str, String) {
    ("path", path.display().to_string())
}
