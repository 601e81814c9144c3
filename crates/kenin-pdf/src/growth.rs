use kenin_base::Span;
use kenin_facts::LaterRevisions;

use crate::document::Document;
use crate::error::ReadError;
use crate::site::Site;

/// Decides whether what follows a signature only adds validation material and document timestamps.
pub(crate) struct Growth<'g, 'r> {
    document: &'g Document<'r>,
}

impl<'g, 'r> Growth<'g, 'r> {
    pub(crate) fn new(document: &'g Document<'r>) -> Self {
        Self { document }
    }

    /// What the revisions after a signature do.
    pub(crate) fn after(&mut self, site: &Site) -> Result<LaterRevisions, ReadError> {
        let len = self.document.reader.file.len;
        let Some(end) = site.byte_range.end() else { return Ok(LaterRevisions::NotAnalysed) };
        if end == len || self.document.only_line_ends(Span::new(end, len))? {
            return Ok(LaterRevisions::None);
        }
        Ok(LaterRevisions::NotAnalysed)
    }
}
