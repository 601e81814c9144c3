use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use crate::Span;

/// Files up to this size are read once and held; larger ones are read piece by piece at their offsets.
const HELD_WHOLE_BYTES: u64 = 64 << 20;

/// Piece size of a forward pass over a large file.
const CHUNK_BYTES: u64 = 1 << 20;

/// Positioned reads over bytes that do not change while they are read.
///
/// Memory mapping is not offered: it needs `unsafe`, and a file truncated meanwhile kills the process.
pub trait ReadAt: Send + Sync {
    /// Number of bytes.
    fn len(&self) -> u64;

    /// Whether there are no bytes.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Fills `buffer` from `offset`.
    ///
    /// # Errors
    /// Any [`io::Error`]; [`io::ErrorKind::UnexpectedEof`] when fewer bytes are there.
    fn read_exact_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()>;
}

/// The bytes of one document.
///
/// ```
/// use kenin_base::{Source, Span};
/// let source = Source::bytes(b"%PDF-1.7".to_vec());
/// assert_eq!(&*source.read(Span::at(1, 3))?, b"PDF");
/// # Ok::<(), kenin_base::SourceError>(())
/// ```
#[derive(Clone)]
pub struct Source(Inner);

#[derive(Clone)]
enum Inner {
    /// A vector, not a slice: a file that was just read is held as it is, not copied.
    Held(Arc<Vec<u8>>),
    Positioned(Arc<dyn ReadAt>),
}

/// Why bytes of a [`Source`] could not be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// The operating system refused or failed a read at this offset.
    #[error("cannot read the document at byte {offset}: {source}")]
    Io {
        /// Offset of the read that failed.
        offset: u64,
        /// The operating system's reason.
        source: io::Error,
    },
    /// The span reaches beyond the last byte.
    #[error("bytes {span} lie beyond the end of the document ({len} bytes)")]
    OutOfRange {
        /// The span asked for.
        span: Span,
        /// The document's length in bytes.
        len: u64,
    },
}

impl Source {
    /// Opens a file for verification. Up to 64 MiB it is read whole; a larger one is read as needed.
    ///
    /// # Errors
    /// The operating system's error, also for a directory.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        Self::opened(File::open(path)?)
    }

    /// As [`Self::open`], of a file that is open already.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn opened(mut file: File) -> io::Result<Self> {
        let metadata = file.metadata()?;
        if metadata.is_dir() {
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        if metadata.is_file() && metadata.len() > HELD_WHOLE_BYTES {
            return Self::file(file);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
        file.read_to_end(&mut bytes)?;
        Ok(Self::bytes(bytes))
    }

    /// A regular file that is read as needed, whatever its size.
    ///
    /// # Errors
    /// The operating system's.
    pub fn file(file: File) -> io::Result<Self> {
        let len = file.metadata()?.len();
        Ok(Self::positioned(PositionedFile { file, len }))
    }

    /// Bytes already in memory.
    pub fn bytes(bytes: impl Into<Vec<u8>>) -> Self {
        Self(Inner::Held(Arc::new(bytes.into())))
    }

    /// Anything that can be read at offsets.
    pub fn positioned(reader: impl ReadAt + 'static) -> Self {
        Self(Inner::Positioned(Arc::new(reader)))
    }

    /// Number of bytes.
    pub fn len(&self) -> u64 {
        match &self.0 {
            Inner::Held(bytes) => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            Inner::Positioned(reader) => reader.len(),
        }
    }

    /// Whether there are no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All bytes, where they are held in memory; `None` for a large file.
    pub fn as_slice(&self) -> Option<&[u8]> {
        match &self.0 {
            Inner::Held(bytes) => Some(bytes),
            Inner::Positioned(_) => None,
        }
    }

    /// The bytes of a span, borrowed where they are held.
    ///
    /// # Errors
    /// [`SourceError::OutOfRange`] beyond the end, [`SourceError::Io`] when a read fails.
    pub fn read(&self, span: Span) -> Result<Cow<'_, [u8]>, SourceError> {
        let beyond = || SourceError::OutOfRange { span, len: self.len() };
        match &self.0 {
            Inner::Held(bytes) => span.slice(bytes).map(Cow::Borrowed).ok_or_else(beyond),
            Inner::Positioned(reader) => {
                if span.end > reader.len() {
                    return Err(beyond());
                }
                let mut buffer = vec![0; usize::try_from(span.len()).map_err(|_| beyond())?];
                let io = |source| SourceError::Io { offset: span.start, source };
                reader.read_exact_at(span.start, &mut buffer).map_err(io)?;
                Ok(Cow::Owned(buffer))
            }
        }
    }

    /// Hands the bytes of a span to `visit` in order, in pieces of at most 1 MiB for a large file.
    ///
    /// # Errors
    /// As [`Source::read`].
    pub fn for_each_chunk(&self, span: Span, mut visit: impl FnMut(&[u8])) -> Result<(), SourceError> {
        if self.as_slice().is_some() {
            visit(&self.read(span)?);
            return Ok(());
        }
        let mut start = span.start;
        while start < span.end {
            let piece = Span::new(start, span.end.min(start.saturating_add(CHUNK_BYTES)));
            visit(&self.read(piece)?);
            start = piece.end;
        }
        Ok(())
    }
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The content may be a patient's record: show its size only.
        write!(f, "Source({} bytes)", self.len())
    }
}

struct PositionedFile {
    file: File,
    len: u64,
}

impl ReadAt for PositionedFile {
    fn len(&self) -> u64 {
        self.len
    }

    #[cfg(unix)]
    fn read_exact_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.file, buffer, offset)
    }

    #[cfg(windows)]
    fn read_exact_at(&self, mut offset: u64, mut buffer: &mut [u8]) -> io::Result<()> {
        use std::os::windows::fs::FileExt;
        while !buffer.is_empty() {
            let count = self.file.seek_read(buffer, offset)?;
            if count == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            offset = offset.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
            buffer = buffer.get_mut(count..).unwrap_or_default();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Repeating(u64);

    impl ReadAt for Repeating {
        fn len(&self) -> u64 {
            self.0
        }
        fn read_exact_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
            for (i, byte) in buffer.iter_mut().enumerate() {
                *byte = u8::try_from((offset + u64::try_from(i).unwrap()) % 251).unwrap();
            }
            Ok(())
        }
    }

    #[test]
    fn reads_beyond_the_end_are_refused() {
        for source in [Source::bytes(vec![1, 2, 3]), Source::positioned(Repeating(3))] {
            let error = source.read(Span::at(2, 2)).unwrap_err();
            assert!(matches!(error, SourceError::OutOfRange { len: 3, .. }), "{error}");
            assert_eq!(source.read(Span::at(0, 3)).unwrap().len(), 3);
        }
    }

    #[test]
    fn a_large_source_comes_in_pieces_and_in_order() {
        let source = Source::positioned(Repeating(3 * CHUNK_BYTES));
        let (mut pieces, mut next) = (0, 5u64);
        source
            .for_each_chunk(Span::new(5, 2 * CHUNK_BYTES + 7), |bytes| {
                pieces += 1;
                assert_eq!(u64::from(bytes[0]), next % 251);
                next += u64::try_from(bytes.len()).unwrap();
            })
            .unwrap();
        assert_eq!((pieces, next), (3, 2 * CHUNK_BYTES + 7));
    }

    #[test]
    fn a_directory_is_an_error() {
        assert!(Source::open(env!("CARGO_MANIFEST_DIR")).is_err());
    }
}
