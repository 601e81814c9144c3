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
    pub beside: Option<Beside>,
    place: PathBuf,
}

/// A file that a detached signature may sign. When it changes, the signature is judged again.
#[derive(Clone, Debug)]
pub struct Beside {
    /// Where it is.
    pub path: PathBuf,
    /// By what it is told to be unchanged.
    pub stamp: Stamp,
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
    /// The operating system's, for a file that is not there or may not be looked at; what is no regular file, such as a
    /// pipe or a device, which may never end.
    pub fn of_file(path: &Path) -> io::Result<Self> {
        let metadata = fs::metadata(path)?;
        if !metadata.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
        }
        Ok(Self { name: Name::of_path(path), stamp: Stamp::of(&metadata), beside: None, place: path.to_owned() })
    }

    /// The same, beside what it may sign.
    #[must_use]
    pub fn with_content(self, beside: Option<Beside>) -> Self {
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

    /// The same with the stamps that it and what it is beside have by now.
    ///
    /// # Errors
    /// The operating system's, for a file that has gone.
    pub(crate) fn stamped_now(&self) -> io::Result<Self> {
        let now = |path: &Path| fs::metadata(path).map(|metadata| Stamp::of(&metadata));
        let beside = self.beside.as_ref();
        let beside = beside.map(|beside| now(&beside.path).map(|stamp| Beside { path: beside.path.clone(), stamp }));
        Ok(Self { stamp: now(&self.place)?, beside: beside.transpose()?, ..self.clone() })
    }

    /// By what the document with everything that it is judged with is told to be unchanged.
    pub(crate) fn stamps(&self) -> (Stamp, Option<Stamp>) {
        (self.stamp, self.beside.as_ref().map(|beside| beside.stamp))
    }
}
