use std::path::{Path, PathBuf};

use crate::read_files::ReadFiles;

/// The results file and what SQLite keeps beside it, which are no documents wherever they lie.
pub struct Own(Vec<PathBuf>);

impl Own {
    /// Those of a results file that is there.
    pub fn of(results: &Path) -> Self {
        let Ok(results) = std::fs::canonicalize(results) else { return Self(Vec::new()) };
        let beside = |ending: &str| {
            let mut path = results.clone().into_os_string();
            path.push(ending);
            PathBuf::from(path)
        };
        Self(["", "-wal", "-shm", "-journal"].map(beside).to_vec())
    }

    /// They, as files that are read.
    pub fn read_files(&self) -> ReadFiles {
        ReadFiles::default().and(self.0.iter().map(PathBuf::as_path))
    }

    /// Whether a file is one of them.
    pub fn is(&self, path: &Path) -> bool {
        let named = self.0.iter().any(|own| own.file_name() == path.file_name());
        named && std::fs::canonicalize(path).is_ok_and(|path| self.0.contains(&path))
    }
}
