use std::path::{Path, PathBuf};

use kenin_base::Source;
use kenin_xml::Companions;

/// The folder that a document is in: the files below it are what relative references of an XML signature may name.
///
/// Symbolic links are followed and must not lead out of the folder.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder of a document; `None` when it has none.
    pub fn of(document: &Path) -> Option<Self> {
        let parent = document.parent()?;
        let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
        parent.canonicalize().ok().map(|root| Self { root })
    }
}

impl Companions for Folder {
    fn open(&self, path: &str) -> Option<Source> {
        let file = self.root.join(path).canonicalize().ok()?;
        // A device or a pipe would never end.
        let is_inside = file.starts_with(&self.root) && file.metadata().ok()?.is_file();
        is_inside.then(|| Source::open(&file).ok()).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_of_the_folder_is_opened() {
        let outer = tempfile::tempdir().unwrap();
        let inner = outer.path().join("inner");
        std::fs::create_dir(&inner).unwrap();
        std::fs::write(outer.path().join("secret"), "s").unwrap();
        std::fs::write(inner.join("scan.bin"), "scan").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(outer.path().join("secret"), inner.join("link")).unwrap();
        let folder = Folder::of(&inner.join("record.xml")).unwrap();
        assert_eq!(folder.open("scan.bin").map(|source| source.len()), Some(4));
        for outside in ["../secret", "link", "none", "."] {
            assert!(folder.open(outside).is_none(), "{outside}");
        }
    }
}
