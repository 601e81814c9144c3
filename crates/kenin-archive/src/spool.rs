//! Octets that come as a stream, made readable at any offset in bounded memory.

use std::fs::File;
#[cfg(feature = "object-storage")]
use std::io::Seek as _;
use std::io::{self, Read, Write};

use kenin::Source;

/// What is held in memory; more goes to a temporary file without a name, which ends with the process.
const HELD: u64 = 16 << 20;

/// Takes octets in order, in memory or in a file.
pub enum Spool {
    Memory(Vec<u8>),
    File(File),
}

impl Spool {
    /// For so many octets.
    ///
    /// # Errors
    /// The temporary folder's.
    pub fn new(size: u64) -> io::Result<Self> {
        if size > HELD {
            return tempfile::tempfile().map(Self::File);
        }
        Ok(Self::Memory(Vec::with_capacity(usize::try_from(size).unwrap_or(0))))
    }

    /// Forgets what came so far.
    ///
    /// # Errors
    /// The file's.
    #[cfg(feature = "object-storage")]
    pub fn restart(&mut self) -> io::Result<()> {
        match self {
            Self::Memory(bytes) => bytes.clear(),
            Self::File(file) => {
                file.rewind()?;
                file.set_len(0)?;
            }
        }
        Ok(())
    }

    /// What came, readable at any offset.
    ///
    /// # Errors
    /// The file's.
    pub fn source(self) -> io::Result<Source> {
        match self {
            Self::Memory(bytes) => Ok(Source::bytes(bytes)),
            Self::File(file) => Source::file(file),
        }
    }
}

impl Write for Spool {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match self {
            Self::Memory(bytes) => bytes.write(buffer),
            Self::File(file) => file.write(buffer),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Memory(bytes) => bytes.flush(),
            Self::File(file) => file.flush(),
        }
    }
}

/// Takes a stream of exactly `size` octets.
///
/// # Errors
/// The stream's; a stream that is shorter or longer; the temporary folder's.
pub fn spooled(stream: impl Read, size: u64) -> io::Result<Source> {
    let mut spool = Spool::new(size)?;
    exactly(io::copy(&mut stream.take(size.saturating_add(1)), &mut spool)?, size)?;
    spool.source()
}

fn exactly(found: u64, size: u64) -> io::Result<()> {
    match found == size {
        true => Ok(()),
        false => {
            Err(io::Error::new(io::ErrorKind::InvalidData, format!("it does not have the {size} bytes it should")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_readable_at_any_offset_whatever_its_size() {
        for size in [0, 5, HELD, HELD + 1] {
            let source = spooled(io::repeat(7).take(size), size).unwrap();
            assert_eq!((source.len(), source.as_slice().is_some()), (size, size <= HELD));
        }
    }

    #[test]
    fn a_stream_of_another_size_is_refused() {
        for (found, size) in [(4, 5), (6, 5), (HELD, HELD + 1), (HELD + 2, HELD + 1)] {
            assert!(spooled(io::repeat(7).take(found), size).is_err(), "{found} for {size}");
        }
    }
}
