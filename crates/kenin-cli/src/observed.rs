//! A document with what it is beside: `letter.xml.p7s` is over `letter.xml`, as `kenin batch` has it.

use std::path::{Path, PathBuf};

use kenin::{Facts, ObserveOptions, Source, observe_beside};
use kenin_archive::{asks_for_content, content_beside};

use crate::verify::open;

/// What is in a document.
pub struct Observed {
    pub facts: Facts,
    /// The content that was found beside it and read.
    pub beside: Option<PathBuf>,
}

impl Observed {
    /// Observes a document. A detached signature takes its content from beside it when none is given.
    pub fn of(path: &Path, source: &Source, options: &ObserveOptions) -> Result<Self, String> {
        let observed =
            |options: &ObserveOptions| observe_beside(path, source, options).map_err(|error| error.to_string());
        let facts = observed(options)?;
        let wanted = options.content.is_none() && asks_for_content(&facts);
        let Some(beside) = content_beside(path).filter(|content| wanted && content.is_file()) else {
            return Ok(Self { facts, beside: None });
        };
        // The document itself can be read.
        let content = open(&beside).map_err(|error| [beside.display().to_string(), error.to_string()].join(": "))?;
        let options = ObserveOptions { content: Some(content), ..options.clone() };
        Ok(Self { facts: observed(&options)?, beside: Some(beside) })
    }
}
