//! The files that a command reads, none of which it may write over: signed records above all.

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use crate::args::JudgingArgs;
use crate::exit::Failure;
use crate::{input, resolve};

/// Files that are read, however they are called.
#[derive(Default)]
pub struct ReadFiles {
    paths: BTreeSet<PathBuf>,
    /// Device and inode, by which hard links are one file.
    ids: BTreeSet<(u64, u64)>,
}

impl ReadFiles {
    /// Trust profile, policy and evidence, as far as they are files.
    pub fn of_judging(args: &JudgingArgs) -> Self {
        let profiles = [&args.trust, &args.policy];
        let profiles = profiles.into_iter().filter_map(|value| resolve::file_named(value));
        let evidence = input::expand(&args.evidence);
        Self::default().and(profiles).and(evidence.iter().map(|found| found.path.as_path()))
    }

    /// Those and others.
    #[must_use]
    pub fn and<'a>(mut self, paths: impl IntoIterator<Item = &'a Path>) -> Self {
        for path in paths {
            // What a shell redirected to standard input is a file all the same.
            let path = if input::is_stdin(path) { Path::new("/dev/stdin") } else { path };
            self.paths.extend(fs::canonicalize(path));
            self.ids.extend(fs::metadata(path).ok().as_ref().and_then(id));
        }
        self
    }

    /// Whether a file to write is one of them.
    pub fn hold(&self, output: &Path) -> bool {
        let same = || fs::metadata(output).ok().as_ref().and_then(id).is_some_and(|id| self.ids.contains(&id));
        fs::canonicalize(output).is_ok_and(|path| self.paths.contains(&path)) || same()
    }

    /// Refuses to write over one of them.
    ///
    /// # Errors
    /// A mistake of usage.
    pub fn keep(&self, output: &Path) -> Result<(), Failure> {
        match self.hold(output) {
            true => Err(Failure::usage("usage-output-is-input", [("path", output.display().to_string())])),
            false => Ok(()),
        }
    }
}

/// What tells a regular file from all others: devices and pipes keep nothing that could be lost.
#[cfg(unix)]
fn id(found: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    found.is_file().then(|| (found.dev(), found.ino()))
}

/// Elsewhere only the path tells.
#[cfg(not(unix))]
fn id(_: &Metadata) -> Option<(u64, u64)> {
    None
}
