use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use kenin::Source;

use crate::Name;

/// A document of an archive, not opened yet.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is called.
    pub name: Name,
    /// By what its content is told to be unchanged without reading it.
    pub stamp: Stamp,
    /// What a detached signature is beside, by its name; whether it is detached only its content tells.
    pub beside: Option<PathBuf>,
    place: PathBuf,
}

/// Size and time of last change. A document with the same stamp is taken to be unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Size in bytes.
    pub size: u64,
    /// Nanoseconds since 1970; absent where the file system has no such time.
    pub modified: Option<i64>,
}

impl Stamp {
    /// The stamp of a file.
    pub fn of(metadata: &Metadata) -> Self {
        let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self { size: metadata.len(), modified: since.and_then(|since| i64::try_from(since.as_nanos()).ok()) }
    }
}

impl Entry {
    /// A file with the stamp that it has now.
    ///
    /// # Errors
    /// The operating system's, for a file that is not there or may not be looked at.
    pub fn of_file(path: &Path) -> io::Result<Self> {
        let metadata = fs::metadata(path)?;
        Ok(Self { name: Name::of_path(path), stamp: Stamp::of(&metadata), beside: None, place: path.to_owned() })
    }

    /// The same, beside what it may sign.
    #[must_use]
    pub fn with_content(self, beside: Option<PathBuf>) -> Self {
        Self { beside, ..self }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.place
    }

    /// Opens it.
    ///
    /// # Errors
    /// The operating system's.
    pub fn open(&self) -> io::Result<Source> {
        Source::open(&self.place)
    }

    /// The stamp that it has by now.
    ///
    /// # Errors
    /// The operating system's, for a file that has gone.
    pub fn stamp_now(&self) -> io::Result<Stamp> {
        fs::metadata(&self.place).map(|metadata| Stamp::of(&metadata))
    }
}
