use std::fmt;
use std::path::Path;

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

    /// The name of a member of this container.
    #[must_use]
    pub fn member(&self, member: &[u8]) -> Self {
        let mut name = self.0.clone();
        name.extend_from_slice(b"!/");
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
