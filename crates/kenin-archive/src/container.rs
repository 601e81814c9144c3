//! A ZIP that is a folder of documents, not a document itself.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use kenin::{Source, is_zip_of_documents};
use kenin_base::Span;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::entry::{Item, Place, Stamp};
use crate::spool::spooled;
use crate::{Entry, Name};

/// The largest member that is unpacked: it goes to a temporary file, of which every worker may hold one.
const MEMBER: u64 = 4 << 30;

/// A ZIP, its directory read.
pub(crate) struct Container {
    path: PathBuf,
    stamp: Stamp,
    archive: ZipArchive<At>,
    /// Members are opened by many workers.
    directory: Mutex<ZipArchive<At>>,
}

/// What a file that begins like a ZIP is.
pub(crate) enum Opened {
    /// A folder of documents.
    Container(Arc<Container>),
    /// A document in ZIP form (ASiC, OpenDocument, Office Open XML), or no ZIP at all.
    Document,
}

impl Container {
    /// Looks into a file.
    ///
    /// # Errors
    /// The operating system's; a ZIP that cannot be read whole, or whose members overlap or have one name: what it holds
    /// is not known.
    pub(crate) fn open(path: &Path) -> io::Result<Opened> {
        let file = File::open(path)?;
        let stamp = Stamp::of(&file.metadata()?);
        let Some(archive) = folder(&Source::file(file)?)? else { return Ok(Opened::Document) };
        let directory = Mutex::new(archive.clone());
        Ok(Opened::Container(Arc::new(Self { path: path.to_owned(), stamp, archive, directory })))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The time of last change of the ZIP by now.
    pub(crate) fn modified(&self) -> io::Result<Option<i64>> {
        let now = Stamp::of(&fs::metadata(&self.path)?);
        match now.size == self.stamp.size {
            true => Ok(now.modified),
            false => Err(io::Error::other("the ZIP was changed while it was read")),
        }
    }

    /// How many members there are, folders included.
    pub(crate) fn len(&self) -> usize {
        self.archive.len()
    }

    /// The name of a member, for one that cannot be read.
    pub(crate) fn name_of(&self, index: usize) -> Name {
        Name::of_path(&self.path).member(self.archive.name_for_index(index).unwrap_or_default().as_bytes())
    }

    /// The member at this position, beside what it is beside if its name has an ending of `detached`; `None` for a folder.
    pub(crate) fn entry(
        self: &Arc<Self>,
        index: usize,
        content: impl Fn(&str) -> Option<&str>,
    ) -> io::Result<Option<Entry>> {
        let Some((item, name)) = self.item(index)? else { return Ok(None) };
        let beside = content(&name).and_then(|content| self.archive.index_for_name(content));
        let beside = beside.map(|index| self.item(index)).transpose()?.flatten();
        Ok(Some(Entry { item, beside: beside.map(|(item, _)| item) }))
    }

    fn item(self: &Arc<Self>, index: usize) -> io::Result<Option<(Item, String)>> {
        let mut archive = self.directory.lock().unwrap_or_else(PoisonError::into_inner);
        let member = archive.by_index_raw(index).map_err(unusable)?;
        // One with content is none, whatever it is called: nothing is lost. (Nothing takes two octets when deflated.)
        if member.is_dir() && member.size() == 0 && member.compressed_size() <= 2 {
            return Ok(None);
        }
        let name = Name::of_path(&self.path).member(member.name_raw());
        let stamp = Stamp { size: member.size(), ..self.stamp };
        let item = Item { name, stamp, place: Place::Member(Arc::clone(self), index) };
        Ok(Some((item, member.name().to_owned())))
    }

    /// Unpacks a member; its CRC-32 is compared.
    pub(crate) fn unpack(&self, index: usize) -> io::Result<Source> {
        let mut archive = self.archive.clone();
        let member = archive.by_index(index).map_err(unusable)?;
        let size = member.size();
        if size > MEMBER {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                "unpack it: members of a ZIP are read up to 4 GiB",
            ));
        }
        let source = spooled(member, size)?;
        match folder(&source)? {
            None => Ok(source),
            Some(_) => Err(io::Error::new(io::ErrorKind::Unsupported, "a ZIP within a ZIP is not opened: unpack it")),
        }
    }
}

/// The directory of a ZIP that is a folder of documents; `None` for anything else.
fn folder(source: &Source) -> io::Result<Option<ZipArchive<At>>> {
    if !is_zip_of_documents(source).map_err(io::Error::other)? {
        return Ok(None);
    }
    let mut archive = ZipArchive::new(At::beginning(source.clone())).map_err(unusable)?;
    if entries(&archive)? != archive.len() {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "the ZIP has several members of one name"));
    }
    if archive.has_overlapping_files().map_err(unusable)? {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "members of the ZIP overlap"));
    }
    Ok(Some(archive))
}

impl std::fmt::Debug for Container {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Container({:?}, {} members)", self.path, self.len())
    }
}

fn unusable(error: ZipError) -> io::Error {
    match error {
        ZipError::Io(error) => error,
        other => io::Error::new(io::ErrorKind::InvalidData, other.to_string()),
    }
}

/// The entries of the central directory, counted one by one (APPNOTE 4.3.12): the reader has one member of each name.
fn entries(archive: &ZipArchive<At>) -> io::Result<usize> {
    const HEADER: usize = 46;
    let mut directory = archive.clone().into_inner();
    directory.seek(SeekFrom::Start(archive.central_directory_start()))?;
    let mut count = 0;
    loop {
        let mut header = [0; HEADER];
        // What follows the last entry may be shorter.
        match directory.read_exact(&mut header) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(count),
            other => other?,
        }
        let [b'P', b'K', 1, 2, rest @ ..] = &header else { return Ok(count) };
        let length = |at: usize| match rest.get(at - 4..at - 2) {
            Some([low, high]) => i64::from(u16::from_le_bytes([*low, *high])),
            _ => 0,
        };
        // The lengths of name, extra field and comment, which follow.
        directory.seek(SeekFrom::Current(length(28) + length(30) + length(32)))?;
        count += 1;
    }
}

/// A place in a file, each clone with its own.
#[derive(Clone)]
struct At {
    source: Source,
    at: u64,
    /// Octets read ahead and where they begin: directories are read in small pieces.
    ahead: Vec<u8>,
    begins: u64,
}

impl At {
    fn beginning(source: Source) -> Self {
        Self { source, at: 0, ahead: Vec::new(), begins: 0 }
    }
}

impl Read for At {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        const AHEAD: u64 = 16 << 10;
        let offset = |at: u64, begins: u64| usize::try_from(at.wrapping_sub(begins)).unwrap_or(usize::MAX);
        let mut ready = self.ahead.get(offset(self.at, self.begins)..).unwrap_or_default();
        if ready.is_empty() {
            let end = self.source.len().min(self.at.saturating_add(AHEAD));
            if self.at >= end {
                return Ok(0);
            }
            self.ahead = self.source.read(Span::new(self.at, end)).map_err(io::Error::other)?.into_owned();
            self.begins = self.at;
            ready = &self.ahead;
        }
        let count = ready.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), ready.get(..count)) {
            to.copy_from_slice(from);
        }
        self.at = self.at.saturating_add(u64::try_from(count).unwrap_or(0));
        Ok(count)
    }
}

impl Seek for At {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        let to = match position {
            SeekFrom::Start(to) => Some(to),
            SeekFrom::End(by) => self.source.len().checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = to.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
