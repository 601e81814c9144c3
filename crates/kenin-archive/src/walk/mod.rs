//! Finding the documents below roots, one at a time and without holding them: an archive may have a million.

mod folder;
mod pairs;

use std::io;
use std::ops::ControlFlow;
use std::path::PathBuf;

use crate::{Entry, Name, Trouble};

/// Where to look.
#[derive(Clone, Debug)]
pub enum Root {
    /// A file, or a folder with everything below it.
    Path(PathBuf),
}

/// What the walk met.
#[derive(Debug)]
pub enum Found {
    /// A document, signed or not.
    Document(Entry),
    /// A place that could not be entered.
    Trouble(Trouble),
}

/// Hands every document below the roots to `receive`, in the order in which the file system has them, until it breaks.
/// Symbolic links to files are documents; links to folders are not followed, so that no loop and no stray tree is entered.
/// Pipes, sockets and devices are passed over.
pub fn walk(roots: &[Root], receive: &mut dyn FnMut(Found) -> ControlFlow<()>) -> ControlFlow<()> {
    for root in roots {
        match root {
            Root::Path(path) if path.is_dir() => folder::walk(path, receive)?,
            Root::Path(path) => receive(file(path.clone()))?,
        }
    }
    ControlFlow::Continue(())
}

/// A file that was named or met.
fn file(path: PathBuf) -> Found {
    match Entry::of_file(&path) {
        Ok(entry) => Found::Document(entry.with_content(pairs::beside(&path))),
        Err(error) => trouble(path, error),
    }
}

fn trouble(path: PathBuf, error: io::Error) -> Found {
    Found::Trouble(Trouble { name: Name::of_path(&path), error })
}
