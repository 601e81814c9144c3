use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Receiver, place, trouble};
use crate::Name;

/// The longest name that a list may have; what is longer is no list of names.
const LONGEST: u64 = 64 << 10;

/// A list of files and folders, one on each line. It is read once.
#[derive(Clone)]
pub struct Manifest {
    name: Name,
    reader: Arc<Mutex<dyn BufRead + Send>>,
    ends: u8,
    shard: Shard,
}

/// Every `of`-th name of a list, beginning with the `number`-th.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    pub number: u64,
    /// How many shards there are.
    pub of: u64,
}

impl Shard {
    /// The list whole.
    pub const ALL: Self = Self { number: 1, of: 1 };
}

impl Manifest {
    /// The list in a file; `-` is standard input. Names end in a line feed (before which a carriage return is ignored), or
    /// in a NUL with `null`; relative ones are below the current folder, empty ones are passed over. A byte order mark that
    /// an editor put before the first line is none of its name.
    ///
    /// # Errors
    /// The operating system's.
    pub fn open(path: &Path, null: bool, shard: Shard) -> io::Result<Self> {
        let reader: Arc<Mutex<dyn BufRead + Send>> = match path.as_os_str() == "-" {
            true => Arc::new(Mutex::new(BufReader::new(io::stdin()))),
            false => Arc::new(Mutex::new(BufReader::new(File::open(path)?))),
        };
        Ok(Self { name: Name::of_path(path), reader, ends: if null { 0 } else { b'\n' }, shard })
    }

    pub(super) fn walk(&self, receive: &mut Receiver<'_>) -> ControlFlow<()> {
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        let mut named = Named::default();
        let mut number = 0;
        let mut is_first = true;
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = (&mut *reader).take(LONGEST).read_until(self.ends, &mut line);
            let full = u64::try_from(line.len()).is_ok_and(|length| length == LONGEST);
            let problem = match read {
                Ok(0) => return ControlFlow::Continue(()),
                Ok(_) if full => Some(io::Error::new(io::ErrorKind::InvalidData, "a name is longer than 64 KiB")),
                Ok(_) => None,
                Err(error) => Some(error),
            };
            if let Some(error) = problem {
                return receive(trouble(&self.name.to_path(), error));
            }
            if is_first && self.ends == b'\n' && (line.starts_with(b"\xff\xfe") || line.starts_with(b"\xfe\xff")) {
                let error = io::Error::new(io::ErrorKind::InvalidData, "the list is in UTF-16: save it as UTF-8");
                return receive(trouble(&self.name.to_path(), error));
            }
            let name = line.strip_suffix(&[self.ends]).unwrap_or(&line);
            let name = name.strip_suffix(b"\r").filter(|_| self.ends == b'\n').unwrap_or(name);
            let is_first = std::mem::take(&mut is_first) && self.ends == b'\n';
            let name = name.strip_prefix(b"\xef\xbb\xbf").filter(|_| is_first).unwrap_or(name);
            if name.is_empty() {
                continue;
            }
            number += 1;
            if (number - 1) % self.shard.of.max(1) == self.shard.number.saturating_sub(1) {
                named.meet(name, receive)?;
            }
        }
    }
}

/// What the names of a list are of.
#[derive(Default)]
struct Named {
    #[cfg(feature = "object-storage")]
    buckets: super::stored::Buckets,
}

impl Named {
    fn meet(&mut self, name: &[u8], receive: &mut Receiver<'_>) -> ControlFlow<()> {
        #[cfg(feature = "object-storage")]
        if let Some(address) = std::str::from_utf8(name).ok().filter(|name| crate::is_object_url(name)) {
            return self.buckets.object(address, receive);
        }
        place(&Name::from_bytes(name).to_path(), receive)
    }
}

impl std::fmt::Debug for Manifest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Manifest({:?}, {:?})", self.name, self.shard)
    }
}
