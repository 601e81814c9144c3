use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use super::{Receiver, file, trouble};

/// Everything below a folder, hidden files included.
pub(super) fn walk(root: &Path, receive: &mut Receiver<'_>) -> ControlFlow<()> {
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                receive(trouble(&folder, error))?;
                continue;
            }
        };
        for entry in entries {
            let (path, kind) = match entry.and_then(|entry| Ok((entry.path(), entry.file_type()?))) {
                Ok(found) => found,
                Err(error) => {
                    receive(trouble(&folder, error))?;
                    continue;
                }
            };
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() || kind.is_symlink() && !leads_elsewhere(&path) {
                receive(file(&path))?;
            }
        }
    }
    ControlFlow::Continue(())
}

/// Whether a link leads to something that is no file. One that cannot be followed may be for a document that is out of reach:
/// what opens it says why.
pub fn leads_elsewhere(link: &Path) -> bool {
    fs::metadata(link).is_ok_and(|metadata| !metadata.is_file())
}
