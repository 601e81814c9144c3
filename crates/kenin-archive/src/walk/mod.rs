//! Finding the documents below roots, one at a time and without holding them: an archive may have a million.

mod folder;
mod manifest;
mod pairs;
mod pattern;
#[cfg(feature = "object-storage")]
mod stored;

use std::io;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use folder::leads_elsewhere;
pub use manifest::{Manifest, Shard};
pub use pairs::{asks_for_content, content_beside};
pub use pattern::{Pattern, PatternError};

use crate::container::{Container, Opened};
use crate::entry::{Item, Place};
use crate::{Entry, Name, Trouble};
#[cfg(feature = "object-storage")]
use crate::{Objects, ObjectsError, is_object_url};

/// Where to look.
#[derive(Clone, Debug)]
pub enum Root {
    /// A file, or a folder with everything below it.
    Path(PathBuf),
    /// Everything whose path a pattern matches, with everything below what it matches.
    Pattern(Pattern),
    /// What a list names.
    Manifest(Manifest),
    /// Everything below an address in object storage or on the web.
    #[cfg(feature = "object-storage")]
    Objects(Arc<Objects>),
}

/// A root that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RootError {
    /// It is no pattern.
    #[error(transparent)]
    Pattern(#[from] PatternError),
    /// It is no address, or the settings for it cannot be used.
    #[cfg(feature = "object-storage")]
    #[error(transparent)]
    Objects(#[from] ObjectsError),
}

/// What the walk met.
#[derive(Debug)]
pub enum Found {
    /// A document, signed or not, or a ZIP of them, which [`members`] tells.
    Document(Entry),
    /// A place that could not be entered.
    Trouble(Trouble),
}

/// Who hears what the walk meets, and ends it.
type Receiver<'r> = dyn FnMut(Found) -> ControlFlow<()> + 'r;

impl Root {
    /// A root as it is typed: an address (`s3://…`), a path, or a pattern where there is nothing of that name and it has `*`,
    /// `?`, `[` or `{`. Nothing is asked of the network yet.
    ///
    /// # Errors
    /// A pattern or address that is none.
    pub fn typed(text: &Path) -> Result<Self, RootError> {
        #[cfg(feature = "object-storage")]
        if let Some(address) = text.to_str().filter(|text| is_object_url(text)) {
            return Ok(Self::Objects(Arc::new(Objects::open(address)?)));
        }
        match Pattern::looks_like(text) && !text.exists() {
            true => Ok(Self::Pattern(Pattern::new(text)?)),
            false => Ok(Self::Path(text.to_owned())),
        }
    }

    /// Whether a document of this name would have been met below this root.
    pub fn covers(&self, name: &Name) -> bool {
        match self {
            Self::Path(path) => name.is_below(&Name::of_path(path)),
            Self::Pattern(pattern) => pattern.covers(name),
            // A list says what to look at, not what there is.
            Self::Manifest(_) => false,
            #[cfg(feature = "object-storage")]
            Self::Objects(objects) => name.is_below(&objects.name()),
        }
    }
}

/// Hands every document below the roots to `receive`, in the order in which the file system has them, until it breaks.
/// Symbolic links to files are documents, and one that cannot be followed is told; links to folders are not followed, so that
/// no loop and no stray tree is entered.
/// Pipes, sockets and devices are passed over.
pub fn walk(roots: &[Root], receive: &mut Receiver<'_>) -> ControlFlow<()> {
    for root in roots {
        match root {
            Root::Path(path) => place(path, receive)?,
            Root::Pattern(pattern) => pattern.walk(receive)?,
            Root::Manifest(manifest) => manifest.walk(receive)?,
            #[cfg(feature = "object-storage")]
            Root::Objects(objects) => stored::walk(objects, receive)?,
        }
    }
    ControlFlow::Continue(())
}

/// Hands what a ZIP of documents holds to `receive`, like a folder's; gives everything else back. A ZIP within a ZIP is a
/// document.
pub fn members(entry: Entry, receive: &mut Receiver<'_>) -> ControlFlow<(), Option<Entry>> {
    let Place::File(path) = &entry.item.place else { return ControlFlow::Continue(Some(entry)) };
    match guarded(|| Container::open(path)) {
        Ok(Opened::Document) => return ControlFlow::Continue(Some(entry)),
        Ok(Opened::Container(container)) => all_of(&container, receive)?,
        // A file that cannot be opened is a document that cannot be read; a ZIP that cannot is a place not entered.
        Err(error) if error.kind() == io::ErrorKind::InvalidData => receive(trouble(path, error))?,
        Err(_) => return ControlFlow::Continue(Some(entry)),
    }
    ControlFlow::Continue(None)
}

fn all_of(container: &Arc<Container>, receive: &mut Receiver<'_>) -> ControlFlow<()> {
    for index in 0..container.len() {
        match guarded(|| container.entry(index, pairs::content_of)) {
            Ok(Some(entry)) => receive(Found::Document(entry))?,
            Ok(None) => {}
            Err(error) => receive(Found::Trouble(Trouble { name: container.name_of(index), error }))?,
        }
    }
    ControlFlow::Continue(())
}

/// A ZIP is read on the thread of the walk, which nothing that is in one may end.
fn guarded<T>(read: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let panicked = |_| Err(io::Error::new(io::ErrorKind::InvalidData, "the ZIP cannot be read: internal error"));
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(panicked)
}

/// What a path names.
fn place(path: &Path, receive: &mut Receiver<'_>) -> ControlFlow<()> {
    if path.is_dir() { folder::walk(path, receive) } else { receive(file(path)) }
}

/// A file that was named or met. One whose path reads like that of a member of a ZIP would be taken for that member, or that
/// member for it.
fn file(path: &Path) -> Found {
    if Name::of_path(path).is_member() {
        let why = "its path has \"!/\", which stands between a ZIP and its member: rename the folder";
        return trouble(path, io::Error::new(io::ErrorKind::InvalidInput, why));
    }
    match Item::of_file(path) {
        Ok(item) => Found::Document(Entry { item, beside: pairs::beside(path) }),
        Err(error) => trouble(path, error),
    }
}

fn trouble(path: &Path, error: io::Error) -> Found {
    Found::Trouble(Trouble { name: Name::of_path(path), error })
}
