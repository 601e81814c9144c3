//! Writing files that people keep: never half, and never over another one unasked.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::exit::Failure;

/// Writes a text file. Without `force` a file that exists is left alone and is a mistake of usage.
pub fn write(path: &Path, text: &str, force: bool) -> Result<(), Failure> {
    fill(path, force, |file| file.write_all(text.as_bytes()))
}

/// Writes a file as [`write()`] does, with what `content` puts into it. A device or a pipe takes it as it comes.
pub fn fill(path: &Path, force: bool, content: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), Failure> {
    if force || is_stream(path) { replace_by(path, content) } else { create(path, content) }
}

/// Writes a file that must not exist yet.
fn create(path: &Path, content: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), Failure> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::usage("usage-output-exists", [("path", path.display().to_string())]),
        _ => cannot_write(path, &error),
    })?;
    content(&mut file).and_then(|()| file.sync_all()).map_err(|error| {
        // Half a file would be taken for a whole one.
        let _ = fs::remove_file(path);
        cannot_write(path, &error)
    })
}

/// Puts a whole new file in the place of what is there: whoever reads meanwhile sees the old text or the new one. A
/// symbolic link stays one, and permissions are kept.
pub fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    replace_by(path, |file| file.write_all(text.as_bytes()))
}

fn replace_by(path: &Path, content: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), Failure> {
    if is_stream(path) {
        return stream(path, content).map_err(|error| cannot_write(path, &error));
    }
    let target = followed(path).map_err(|error| cannot_write(path, &error))?;
    let beside = temporary(&target);
    let write = || -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
        content(&mut file)?;
        if let Ok(old) = fs::metadata(&target) {
            file.set_permissions(old.permissions())?;
        }
        file.sync_all()?;
        fs::rename(&beside, &target)
    };
    write().map_err(|error| {
        if error.kind() != io::ErrorKind::AlreadyExists {
            let _ = fs::remove_file(&beside);
        }
        cannot_write(path, &error)
    })
}

/// Whether what is there cannot be replaced, only written to: a device or a pipe.
fn is_stream(path: &Path) -> bool {
    standard(path).is_some() || fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir())
}

/// Standard output or error by a name in the file system. Opened anew, a file that it leads to would be written over from its
/// beginning.
#[cfg(unix)]
pub fn standard(path: &Path) -> Option<io::Result<File>> {
    use std::os::fd::AsFd as _;

    let stream = match path.to_str()? {
        "/dev/stdout" | "/dev/fd/1" | "/proc/self/fd/1" => io::stdout().as_fd().try_clone_to_owned(),
        "/dev/stderr" | "/dev/fd/2" | "/proc/self/fd/2" => io::stderr().as_fd().try_clone_to_owned(),
        _ => return None,
    };
    Some(stream.map(File::from))
}

/// Only Unix has such names.
#[cfg(not(unix))]
pub fn standard(_: &Path) -> Option<io::Result<File>> {
    None
}

/// Writes to a device or a pipe. A reader that has gone is no error.
fn stream(path: &Path, content: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let mut file = standard(path).unwrap_or_else(|| OpenOptions::new().write(true).open(path))?;
    match content(&mut file) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}

/// Where symbolic links lead; the file at their end need not exist.
fn followed(path: &Path) -> io::Result<PathBuf> {
    /// As many as Linux follows.
    const LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let Ok(target) = fs::read_link(&path) else { return Ok(path) };
        path = path.parent().map(|folder| folder.join(&target)).unwrap_or(target);
    }
    // The system says what is wrong with them.
    fs::canonicalize(path)
}

/// A name in the same folder, so that renaming does not leave the file system.
fn temporary(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    path.with_file_name(name)
}

/// Lines of text as comments of a TOML file. Whatever could end the line or steer a terminal is taken out.
pub fn comment(text: &str) -> String {
    text.lines().map(|line| format!("# {}\n", kenin::render::sanitised(line))).collect()
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    Failure::io("usage-output", [("path", path.display().to_string()), ("reason", error.to_string())])
}
