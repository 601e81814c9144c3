use std::ops::ControlFlow;

use object_store::path::Path;
use object_store::{ListResult, ObjectStore};

use super::error::{is_broken_off, is_passing};
use super::store::Web;
use super::{AddressProblem, Object, Objects, ObjectsError};

/// Folders in each other: a server that answers with ever deeper ones does not keep us for ever.
const DEPTH: usize = 100;

impl Objects {
    /// Folder by folder, so that no answer lists everything; `Depth: infinity` is refused by most servers anyway.
    pub(super) fn list_web(
        &self,
        web: &Web,
        receive: &mut dyn FnMut(Result<Object, ObjectsError>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let root = &self.address.path;
        let first = match self.wait(web.once.list_with_delimiter(Some(root))) {
            Err(error) if is_passing(&error) => self.folder(web, root),
            first => first,
        };
        match first {
            Ok(found) if self.address.is_folder || !is_empty(&found) => self.list_folders(web, found, receive),
            Err(error) if self.address.is_folder || is_passing(&error) => receive(Err(self.failed(root, &error))),
            // A file, or a server that does not list: asked for the document itself.
            _ => receive(self.look_at(root.clone())),
        }
    }

    fn list_folders(
        &self,
        web: &Web,
        first: ListResult,
        receive: &mut dyn FnMut(Result<Object, ObjectsError>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let root = self.address.path.clone();
        let mut folders = Vec::new();
        let mut next = Some((root, Ok(first)));
        while let Some((folder, found)) = next {
            match found {
                Ok(found) => {
                    // Only what is below: no answer leads out of the folder or round in it.
                    let below = |path: &Path| *path != folder && path.prefix_matches(&folder);
                    for meta in found.objects.into_iter().filter(|meta| below(&meta.location)) {
                        receive(Ok(self.object(meta)))?;
                    }
                    let deeper = found.common_prefixes.into_iter().filter(|path| below(path));
                    if folder.parts_count() < DEPTH {
                        folders.extend(deeper);
                    } else if deeper.count() > 0 {
                        let address = self.address.name(&folder);
                        receive(Err(ObjectsError::Address { address, problem: AddressProblem::Depth }))?;
                    }
                }
                Err(error) => receive(Err(self.failed(&folder, &error)))?,
            }
            next = folders.pop().map(|folder| {
                let found = self.folder(web, &folder);
                (folder, found)
            });
        }
        ControlFlow::Continue(())
    }

    /// One folder, asked for again when the answer breaks off in the middle.
    fn folder(&self, web: &Web, folder: &Path) -> object_store::Result<ListResult> {
        let mut patience = self.patience();
        loop {
            match self.wait(web.server.list_with_delimiter(Some(folder))) {
                Err(error) if is_broken_off(&error) && patience.wait() => {}
                found => return found,
            }
        }
    }
}

fn is_empty(found: &ListResult) -> bool {
    found.objects.is_empty() && found.common_prefixes.is_empty()
}
