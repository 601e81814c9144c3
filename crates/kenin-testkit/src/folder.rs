//! Writing generated files to disk, and comparing them with what is there.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::fixtures::Files;

/// Files in the folder that nobody generates and nobody removes.
const BY_HAND: &[&str] = &[".gitattributes", "README.md"];

/// A folder could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{}: {source}", path.display())]
pub struct Error {
    /// The file or folder.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

/// Writes `files` under `folder`, leaving alone what already has the right bytes.
///
/// # Errors
/// When a file or folder cannot be written.
pub fn write(folder: &Path, files: &Files) -> Result<(), Error> {
    for (name, bytes) in files {
        let path = folder.join(name);
        if fs::read(&path).is_ok_and(|present| present == *bytes) {
            continue;
        }
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(|source| Error { path: parent.to_owned(), source })?;
        fs::write(&path, bytes).map_err(|source| Error { path: path.clone(), source })?;
    }
    Ok(())
}

/// Removes files under `folder` that are neither generated nor kept by hand.
///
/// # Errors
/// When the folder cannot be read or a file cannot be removed.
pub fn remove_strangers(folder: &Path, files: &Files) -> Result<(), Error> {
    for name in present(folder)?.iter().filter(|name| is_stranger(name, files)) {
        let path = folder.join(name);
        fs::remove_file(&path).map_err(|source| Error { path: path.clone(), source })?;
    }
    Ok(())
}

/// One line for every file under `folder` that is missing, different or not generated.
///
/// # Errors
/// When the folder cannot be read.
pub fn differences(folder: &Path, files: &Files) -> Result<Vec<String>, Error> {
    let mut lines = Vec::new();
    for (name, bytes) in files {
        match fs::read(folder.join(name)) {
            Ok(present) if present == *bytes => {}
            Ok(_) => lines.push(format!("differs: {name}")),
            Err(_) => lines.push(format!("missing: {name}")),
        }
    }
    let strangers = present(folder)?.into_iter().filter(|name| is_stranger(name, files));
    lines.extend(strangers.map(|name| format!("not generated: {name}")));
    Ok(lines)
}

/// Writes one line to standard error; a closed pipe is nobody's problem.
pub fn complain(message: &dyn std::fmt::Display) {
    let _ = writeln!(io::stderr(), "{message}");
}

fn is_stranger(name: &str, files: &Files) -> bool {
    !files.contains_key(name) && !BY_HAND.contains(&name)
}

/// Relative paths of all files under `folder`.
fn present(folder: &Path) -> Result<BTreeSet<String>, Error> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        let failed = |source| Error { path: next.clone(), source };
        for entry in fs::read_dir(&next).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.is_dir() {
                waiting.push(path);
            } else if let Ok(relative) = path.strip_prefix(folder) {
                found.insert(relative.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    Ok(found)
}
