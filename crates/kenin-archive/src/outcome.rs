use std::io::ErrorKind;
use std::path::Path;

use kenin::{Facts, Report};

use crate::{Entry, Name};

/// What came of one document.
#[derive(Debug)]
pub enum Outcome {
    /// It was judged, or could not be read.
    Judged(Box<Judged>),
    /// It has the content that was compared, under these stamps.
    Unchanged(Entry),
}

/// A document that was judged.
#[derive(Debug)]
pub struct Judged {
    /// The document.
    pub entry: Entry,
    /// The report; of one that could not be read it says why (`verdict: error`).
    pub report: Report,
    /// What was observed, so that it can be judged again; absent where it could not be read.
    pub facts: Option<Facts>,
    /// What a detached signature was judged with.
    pub content: Option<Name>,
}

/// A place in the archive that could not be entered: nothing is known of what lies below.
#[derive(Debug)]
pub struct Trouble {
    /// The folder, container or list.
    pub name: Name,
    /// Why.
    pub error: std::io::Error,
}

impl Trouble {
    /// Whether nothing of that name is in its folder, which can be looked into: a share that is not there says nothing of
    /// what it holds.
    pub(crate) fn is_missing(&self) -> bool {
        let path = self.name.to_path();
        let folder = path.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
        self.error.kind() == ErrorKind::NotFound
            && !path.is_symlink()
            && folder.is_some_and(|folder| folder.read_dir().is_ok())
    }
}
