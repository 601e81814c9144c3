use std::fmt;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kenin::Report;

/// Between the name of a container and that of its member.
const MEMBER: &[u8] = b"!/";

/// What a document is called in an archive: its path as the walk met it, its bytes whatever their encoding. A member of
/// a container is called after both, `box.zip!/member`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Vec<u8>);

impl Name {
    /// The name of a file.
    pub fn of_path(path: &Path) -> Self {
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStrExt as _;
            Self(path.as_os_str().as_bytes().to_vec())
        }
        #[cfg(not(unix))]
        {
            Self(path.to_string_lossy().into_owned().into_bytes())
        }
    }

    /// A name as it was stored.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// The bytes, as the operating system has them.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The path that this is the name of.
    pub fn to_path(&self) -> PathBuf {
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStrExt as _;
            PathBuf::from(std::ffi::OsStr::from_bytes(&self.0))
        }
        #[cfg(not(unix))]
        {
            PathBuf::from(String::from_utf8_lossy(&self.0).into_owned())
        }
    }

    /// Names the document of a report; a name that is not UTF-8 with its bytes as well.
    pub fn put_on(&self, report: &mut Report) {
        report.document.path = Some(self.to_string());
        if std::str::from_utf8(&self.0).is_err() {
            report.document.path_bytes = Some(STANDARD.encode(&self.0));
        }
    }

    /// The name of the file that a member is in; the name itself for what is in none.
    #[must_use]
    pub fn file(&self) -> Self {
        let end = self.0.windows(MEMBER.len()).position(|part| part == MEMBER);
        Self(self.0.get(..end.unwrap_or(self.0.len())).unwrap_or_default().to_vec())
    }

    /// Whether it is the name of a member of a container.
    pub fn is_member(&self) -> bool {
        self.file() != *self
    }

    /// Whether this is `other`, or the name of something below it.
    pub fn is_below(&self, other: &Self) -> bool {
        let root = other.0.strip_suffix(b"/").unwrap_or(&other.0);
        let Some(rest) = self.0.strip_prefix(root) else { return false };
        rest.is_empty() || rest.starts_with(b"/") || rest.starts_with(MEMBER)
    }

    /// The name of a member of this container.
    #[must_use]
    pub fn member(&self, member: &[u8]) -> Self {
        let mut name = self.0.clone();
        name.extend_from_slice(MEMBER);
        name.extend_from_slice(member);
        Self(name)
    }
}

/// As text, bytes that are not UTF-8 replaced: for people, never for finding the document again.
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.0))
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", String::from_utf8_lossy(&self.0))
    }
}
