//! From FILE arguments to the documents to verify.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use kenin_archive::leads_elsewhere;

use crate::exit::Failure;

/// One document to verify.
#[derive(Debug)]
pub struct Input {
    /// Where it is; `-` is standard input.
    pub path: PathBuf,
    /// The folder it was found in, when it was not named itself: then it need not be signed.
    pub below: Option<PathBuf>,
    /// Why it cannot be read, where the walk already knows.
    pub error: Option<io::Error>,
}

impl Input {
    /// Whether it was found in a folder rather than named.
    pub fn found(&self) -> bool {
        self.below.is_some()
    }
}

/// The name of standard input.
pub const STDIN: &str = "-";

/// Whether a path means standard input.
pub fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == STDIN
}

/// Refuses folders without `-r` and standard input twice, before anything is read.
pub fn check(files: &[PathBuf], recursive: bool) -> Result<(), Failure> {
    if files.iter().filter(|path| is_stdin(path)).count() > 1 {
        return Err(Failure::usage("usage-stdin-once", []));
    }
    match files.iter().find(|path| !recursive && path.is_dir()) {
        Some(folder) => Err(Failure::usage("usage-directory", [("path", folder.display().to_string())])),
        None => Ok(()),
    }
}

/// The documents in argument order, those of a folder sorted by path.
pub fn expand(files: &[PathBuf]) -> Vec<Input> {
    let mut inputs = Vec::new();
    for path in files {
        if !is_stdin(path) && path.is_dir() {
            let mut found = walk(path);
            found.sort_by(|a, b| a.path.cmp(&b.path));
            inputs.append(&mut found);
        } else {
            inputs.push(Input { path: path.clone(), below: None, error: None });
        }
    }
    inputs
}

/// Every regular file below a folder, hidden ones included. A symbolic link to a file counts as one, and so does
/// one that cannot be followed, which is told; a link to a
/// folder is not followed, so that no loop and no stray tree is entered. Pipes, sockets and devices are passed over.
fn walk(top: &Path) -> Vec<Input> {
    let mut inputs = Vec::new();
    let mut folders = vec![top.to_owned()];
    let unreadable = |path: PathBuf, error| Input { path, below: Some(top.to_owned()), error: Some(error) };
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                inputs.push(unreadable(folder, error));
                continue;
            }
        };
        for entry in entries {
            let (path, kind) = match entry.and_then(|entry| Ok((entry.path(), entry.file_type()?))) {
                Ok(found) => found,
                Err(error) => {
                    inputs.push(unreadable(folder.clone(), error));
                    continue;
                }
            };
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() || kind.is_symlink() && !leads_elsewhere(&path) {
                inputs.push(Input { path, below: Some(top.to_owned()), error: None });
            }
        }
    }
    inputs
}
