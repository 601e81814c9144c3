use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use kenin::Source;

use crate::Name;
use crate::container::Container;
#[cfg(feature = "object-storage")]
use crate::{Object, Objects};

/// A document of an archive, not opened yet, and what it may be judged with.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The document.
    pub item: Item,
    /// What a detached signature is beside, by its name; whether it is detached only its content tells.
    pub beside: Option<Item>,
}

/// Something with a name and octets.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it is called.
    pub name: Name,
    /// By what its content is told to be unchanged without reading it.
    pub stamp: Stamp,
    pub(crate) place: Place,
}

/// Where octets are.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    File(PathBuf),
    /// By its position in a ZIP.
    Member(Arc<Container>, usize),
    #[cfg(feature = "object-storage")]
    Object(Arc<Objects>, Box<Object>),
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
    /// By what the document with everything that it is judged with is told to be unchanged.
    pub fn stamps(&self) -> (Stamp, Option<Stamp>) {
        (self.item.stamp, self.beside.as_ref().map(|beside| beside.stamp))
    }

    /// The same, what was found below `.` named without it.
    pub(crate) fn without_dot(self) -> Self {
        Self { item: self.item.without_dot(), beside: self.beside.map(Item::without_dot) }
    }

    /// Opens the document, and notes the stamps that it and what it is beside have now.
    pub(crate) fn open_stamped(&mut self) -> io::Result<Source> {
        if let Some(beside) = &mut self.beside {
            beside.stamp = beside.stamp_now()?;
        }
        let (source, stamp) = self.item.open_stamped()?;
        self.item.stamp = stamp;
        Ok(source)
    }

    /// The stamps that it and what it is beside have by now.
    pub(crate) fn stamps_now(&self) -> io::Result<(Stamp, Option<Stamp>)> {
        let beside = self.beside.as_ref().map(Item::stamp_now);
        Ok((self.item.stamp_now()?, beside.transpose()?))
    }
}

impl Item {
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
        Ok(Self { name: Name::of_path(path), stamp: Stamp::of(&metadata), place: Place::File(path.to_owned()) })
    }

    /// An object as it was listed.
    #[cfg(feature = "object-storage")]
    pub(crate) fn of_object(objects: &Arc<Objects>, object: Object) -> Self {
        let stamp = Stamp { size: object.size, modified: object.modified };
        Self { name: object.name.clone(), stamp, place: Place::Object(Arc::clone(objects), Box::new(object)) }
    }

    /// The file that it is or is in; `None` for what is in none.
    pub fn path(&self) -> Option<&Path> {
        match &self.place {
            Place::File(path) => Some(path),
            Place::Member(container, _) => Some(container.path()),
            #[cfg(feature = "object-storage")]
            Place::Object(..) => None,
        }
    }

    /// The file that it is; `None` for what is in a container or a store, whose neighbours are not looked up.
    pub(crate) fn file(&self) -> Option<&Path> {
        match &self.place {
            Place::File(path) => Some(path),
            _ => None,
        }
    }

    /// Opens it.
    ///
    /// # Errors
    /// The operating system's; a member of a ZIP that cannot be unpacked; an object that is another by now.
    pub fn open(&self) -> io::Result<Source> {
        self.open_stamped().map(|(source, _)| source)
    }

    /// Opens it, with the stamp of what was opened.
    fn open_stamped(&self) -> io::Result<(Source, Stamp)> {
        match &self.place {
            Place::File(path) => {
                let file = File::open(path)?;
                let stamp = Stamp::of(&file.metadata()?);
                Ok((Source::opened(file)?, stamp))
            }
            // Before it is unpacked: a ZIP that is written meanwhile has another stamp afterwards.
            Place::Member(container, index) => {
                let stamp = self.stamp_now()?;
                Ok((container.unpack(*index)?, stamp))
            }
            #[cfg(feature = "object-storage")]
            Place::Object(objects, object) => Ok((objects.read(object)?, self.stamp)),
        }
    }

    fn without_dot(self) -> Self {
        match &self.place {
            Place::File(path) => match path.strip_prefix(".").map(Path::to_owned) {
                Ok(path) => Self { name: Name::of_path(&path), place: Place::File(path), ..self },
                Err(_) => self,
            },
            _ => self,
        }
    }

    fn stamp_now(&self) -> io::Result<Stamp> {
        Ok(match &self.place {
            Place::File(path) => Stamp::of(&fs::metadata(path)?),
            Place::Member(container, _) => Stamp { modified: container.modified()?, ..self.stamp },
            // Reading it tells whether it is still the one that was listed.
            #[cfg(feature = "object-storage")]
            Place::Object(..) => self.stamp,
        })
    }
}
