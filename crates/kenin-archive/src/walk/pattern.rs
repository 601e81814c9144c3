use std::io;
use std::ops::ControlFlow;
use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};

use super::{Found, Receiver, place, trouble};
use crate::Name;

/// A pattern over paths: `*` and `?` within a name, `**` over folders, `[a-z]`, `{a,b}`.
#[derive(Clone, Debug)]
pub struct Pattern {
    text: PathBuf,
    /// The folder below which everything that matches is.
    base: PathBuf,
    matcher: GlobMatcher,
}

/// A pattern that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct PatternError(#[from] globset::Error);

impl Pattern {
    /// Whether a path has what makes a pattern.
    pub(super) fn looks_like(path: &Path) -> bool {
        path.to_string_lossy().contains(['*', '?', '[', '{'])
    }

    pub(super) fn new(path: &Path) -> Result<Self, PatternError> {
        let text = path.to_string_lossy();
        let matcher = GlobBuilder::new(&text).literal_separator(true).build()?.compile_matcher();
        let plain = |component: &Component<'_>| !Self::looks_like(component.as_ref());
        let base = path.components().take_while(plain).collect();
        Ok(Self { text: path.to_owned(), base, matcher })
    }

    /// Whether the pattern matches the path or a folder that it is in.
    fn matches(&self, path: &Path) -> bool {
        path.ancestors().any(|path| self.matcher.is_match(path))
    }

    pub(super) fn covers(&self, name: &Name) -> bool {
        self.matches(&name.file().to_path())
    }

    pub(super) fn walk(&self, receive: &mut Receiver<'_>) -> ControlFlow<()> {
        let mut met = false;
        let base = if self.base.as_os_str().is_empty() { Path::new(".") } else { &self.base };
        place(base, &mut |found| match found {
            Found::Document(entry) => {
                // Names are as the pattern writes them, without the folder that it does not name.
                let entry = if self.base.as_os_str().is_empty() { entry.without_dot() } else { entry };
                if !entry.item.path().is_some_and(|path| self.matches(path)) {
                    return ControlFlow::Continue(());
                }
                met = true;
                receive(Found::Document(entry))
            }
            Found::Trouble(trouble) => receive(Found::Trouble(trouble)),
        })?;
        match met {
            true => ControlFlow::Continue(()),
            false => receive(trouble(&self.text, io::Error::new(io::ErrorKind::NotFound, "nothing matches"))),
        }
    }
}
