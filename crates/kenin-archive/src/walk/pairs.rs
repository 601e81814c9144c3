use std::path::{Path, PathBuf};

/// Endings of files that are kept beside what they sign or stamp: CMS signatures, timestamp tokens and responses,
/// evidence records.
const DETACHED: [&str; 6] = ["p7s", "sig", "tst", "tsr", "ers", "er"];

/// What a file named like a detached signature is beside: `letter.xml` for `letter.xml.p7s`.
pub(super) fn beside(path: &Path) -> Option<PathBuf> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    let content = path.with_extension("");
    (DETACHED.contains(&ending.as_str()) && content.is_file()).then_some(content)
}
