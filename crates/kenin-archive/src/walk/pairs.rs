use std::path::{Path, PathBuf};

use kenin::{DocumentFormat, Facts, Finding, FindingCode};

use crate::entry::Item;

/// Endings of files that are kept beside what they sign or stamp: CMS signatures, timestamp tokens and responses,
/// evidence records.
const DETACHED: [&str; 6] = ["p7s", "sig", "tst", "tsr", "ers", "er"];

fn is_detached(ending: &str) -> bool {
    DETACHED.iter().any(|detached| ending.eq_ignore_ascii_case(detached))
}

/// What a name like a detached signature's is beside: `letter.xml` for `letter.xml.p7s`.
pub(super) fn content_of(name: &str) -> Option<&str> {
    name.rsplit_once('.')
        .filter(|(content, ending)| !content.is_empty() && is_detached(ending))
        .map(|(content, _)| content)
}

/// What a file named like a detached signature would be beside: `letter.xml` for `letter.xml.p7s`. Whether it is there, and
/// whether the signature asks for it, is another matter.
pub fn content_beside(path: &Path) -> Option<PathBuf> {
    let ending = path.extension()?.to_str()?;
    is_detached(ending).then(|| path.with_extension(""))
}

/// Whether a document is a signature or timestamp over a file that was not given, and that its name tells. An XML signature names
/// its files itself.
pub fn asks_for_content(facts: &Facts) -> bool {
    let lacks = |finding: &Finding| finding.code == FindingCode::ContentMissing;
    facts.document.format != DocumentFormat::Xml && facts.all_findings().any(lacks)
}

/// The file that a file named like a detached signature is beside.
pub(super) fn beside(path: &Path) -> Option<Item> {
    Item::of_file(&content_beside(path)?).ok()
}
