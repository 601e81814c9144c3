//! A folder of reports: one file for each document, in the formats in which a report is a document of its own.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::args::Format;
use crate::exit::Failure;
use crate::files;
use crate::input::{self, Input};
use crate::read_files::ReadFiles;

/// Where the report about each document goes.
pub struct Folder {
    /// In the documents' order.
    targets: Vec<PathBuf>,
}

impl Folder {
    /// Names a report for each document: the document's own name, below the folder that was walked, and the format's
    /// extension; a name that is taken gets a number. Nothing is written yet.
    ///
    /// # Errors
    /// A mistake of usage when a report would be written over a file of `read`.
    pub fn plan(folder: &Path, format: Format, documents: &[Input], read: &ReadFiles) -> Result<Self, Failure> {
        let names: Vec<PathBuf> = documents.iter().map(name).collect();
        // A report must not take the name of a folder that others go into.
        let folders = names.iter().flat_map(|name| name.ancestors().skip(1));
        let mut taken: BTreeSet<String> = folders.map(key).collect();
        let targets = names.iter().map(|name| folder.join(free(name, format, &mut taken)));
        let targets: Vec<PathBuf> = targets.collect();
        targets.iter().try_for_each(|target| read.keep(target))?;
        Ok(Self { targets })
    }

    /// Writes the report about the document at `index`: whoever reads meanwhile sees all of it or nothing.
    ///
    /// # Errors
    /// When the folder or the file cannot be written.
    pub fn write(&self, index: usize, text: &str) -> Result<(), Failure> {
        let Some(target) = self.targets.get(index) else { return Ok(()) };
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(|error| cannot_write(parent, &error))?;
        }
        files::replace(target, text)
    }
}

/// The document's name below the output folder.
fn name(document: &Input) -> PathBuf {
    if input::is_stdin(&document.path) {
        return PathBuf::from("stdin");
    }
    let below = document.below.as_ref().and_then(|folder| document.path.strip_prefix(folder).ok());
    let named = below.filter(|below| !below.as_os_str().is_empty()).map(Path::to_owned);
    named.or_else(|| document.path.file_name().map(PathBuf::from)).unwrap_or_else(|| PathBuf::from("document"))
}

/// `letter.p7s.xml`, or `letter.p7s.2.xml` when that is taken.
fn free(name: &Path, format: Format, taken: &mut BTreeSet<String>) -> PathBuf {
    let mut number = 1_u64;
    loop {
        let mut file = name.as_os_str().to_owned();
        if number > 1 {
            file.push(OsString::from(format!(".{number}")));
        }
        file.push(".");
        file.push(format.extension());
        let file = PathBuf::from(file);
        if taken.insert(key(&file)) {
            return file;
        }
        number += 1;
    }
}

/// Names that differ in nothing but case are one on some file systems.
fn key(path: &Path) -> String {
    path.to_string_lossy().to_lowercase()
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Failure {
    Failure::io("usage-output", [("path", path.display().to_string()), ("reason", error.to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(path: &str, below: Option<&str>) -> Input {
        Input { path: path.into(), below: below.map(PathBuf::from), error: None }
    }

    fn targets(documents: &[Input]) -> Vec<String> {
        let folder = Folder::plan(Path::new("out"), Format::EtsiXml, documents, &ReadFiles::default()).unwrap();
        folder.targets.iter().map(|target| target.display().to_string()).collect()
    }

    #[test]
    fn reports_are_named_after_their_documents() {
        let documents = [document("x/a.pdf", None), document("-", None), document("in/sub/b.p7s", Some("in"))];
        assert_eq!(targets(&documents), ["out/a.pdf.xml", "out/stdin.xml", "out/sub/b.p7s.xml"]);
    }

    #[test]
    fn no_two_reports_share_a_name_nor_take_a_folders() {
        let documents = [
            document("x/a", None),
            document("y/a", None),
            document("y/A", None),
            document("z/a.2", None),
            document("in/b", Some("in")),
            document("in/b.xml/c", Some("in")),
        ];
        let expected = ["out/a.xml", "out/a.2.xml", "out/A.3.xml", "out/a.2.2.xml", "out/b.2.xml", "out/b.xml/c.xml"];
        assert_eq!(targets(&documents), expected);
    }
}
