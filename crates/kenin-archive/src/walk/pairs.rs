use std::fs;
use std::path::Path;

use crate::entry::{Beside, Stamp};

/// Endings of files that are kept beside what they sign or stamp: CMS signatures, timestamp tokens and responses,
/// evidence records.
const DETACHED: [&str; 6] = ["p7s", "sig", "tst", "tsr", "ers", "er"];

/// What a file named like a detached signature is beside: `letter.xml` for `letter.xml.p7s`.
pub(super) fn beside(path: &Path) -> Option<Beside> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    if !DETACHED.contains(&ending.as_str()) {
        return None;
    }
    let content = path.with_extension("");
    let metadata = fs::metadata(&content).ok().filter(|metadata| metadata.is_file())?;
    Some(Beside { path: content, stamp: Stamp::of(&metadata) })
}
