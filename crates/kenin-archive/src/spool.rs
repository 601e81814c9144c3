//! Octets that come as a stream, made readable at any offset in bounded memory.

use std::io::{self, Read, Write as _};

use kenin::Source;

/// What is held in memory; more goes to a temporary file without a name, which ends with the process.
const HELD: u64 = 16 << 20;

/// Takes a stream of exactly `size` octets.
///
/// # Errors
/// The stream's; a stream that is shorter or longer; the temporary folder's.
pub fn spooled(mut stream: impl Read, size: u64) -> io::Result<Source> {
    if size <= HELD {
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        (&mut stream).take(size.saturating_add(1)).read_to_end(&mut bytes)?;
        exactly(u64::try_from(bytes.len()).unwrap_or(u64::MAX), size)?;
        return Ok(Source::bytes(bytes));
    }
    let mut file = tempfile::tempfile()?;
    exactly(io::copy(&mut (&mut stream).take(size.saturating_add(1)), &mut file)?, size)?;
    file.flush()?;
    Source::file(file)
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
