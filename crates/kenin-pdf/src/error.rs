use kenin_base::{LimitExceeded, SourceError};

/// Why a PDF could not be observed. Everything about the document itself is a finding instead.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PdfError {
    /// Bytes of the document could not be read.
    #[error(transparent)]
    Source(#[from] SourceError),
}

/// Why an object could not be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    #[error(transparent)]
    Source(#[from] SourceError),
    #[error(transparent)]
    Limit(#[from] LimitExceeded),
    /// The bytes end inside the object; with a larger window it may be complete.
    #[error("the data ends inside a PDF object")]
    Truncated,
    #[error("not a PDF object at byte {0}")]
    Malformed(u64),
}

impl ReadError {
    /// Keeps only what must stop the reader (I/O and budgets); damage in the document becomes `None`.
    pub(crate) fn tolerate<T>(result: Result<T, ReadError>) -> Result<Option<T>, ReadError> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(Self::Truncated | Self::Malformed(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
