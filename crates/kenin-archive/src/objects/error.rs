use std::error::Error;
use std::io;

use object_store::client::HttpError;

/// Why something of object storage could not be had. Credentials and queries are in none of the texts.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ObjectsError {
    /// What was given is no address of an object.
    #[error("{address}: {problem}")]
    Address {
        /// The address, or as much of it as may be shown.
        address: String,
        /// What is wrong with it.
        problem: AddressProblem,
    },
    /// The environment's settings make no store.
    #[error("{address}: the settings of the environment cannot be used: {reason}")]
    Settings {
        /// What should have been opened.
        address: String,
        /// What is wrong with them.
        reason: String,
    },
    /// There is no such object, bucket or folder.
    #[error("{address}: not there: {reason}")]
    NotFound {
        /// What was asked for.
        address: String,
        /// What the server said.
        reason: String,
    },
    /// The server does not let us.
    #[error("{address}: refused: {reason}")]
    Refused {
        /// What was asked for.
        address: String,
        /// What the server said.
        reason: String,
    },
    /// The object is another than when it was listed.
    #[error("{address}: changed since it was listed")]
    Changed {
        /// The object.
        address: String,
    },
    /// The server or the connection failed, also when tried again.
    #[error("{address}: {reason}")]
    Failed {
        /// What was asked for.
        address: String,
        /// What the server said, or what happened to the connection.
        reason: String,
    },
    /// The temporary file for a large object, or a thread, could not be had.
    #[error("{address}: {source}")]
    Io {
        /// What should have been read.
        address: String,
        /// The operating system's reason.
        source: io::Error,
    },
}

/// What is wrong with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AddressProblem {
    /// Neither `s3`, `gs`, `az`, `abfs`, `http` nor `https`.
    #[error("no scheme of object storage")]
    Scheme,
    /// No bucket, container or host.
    #[error("no name of a bucket, container or host")]
    Host,
    /// A part that is empty, `.` or `..`, a control character, or octets that are not UTF-8.
    #[error("a path that cannot be asked for")]
    Path,
    /// A name or password before the host.
    #[error("credentials do not belong in an address")]
    Secret,
    /// A query or fragment.
    #[error("an address with a query names no document")]
    Query,
    /// Folders in folders beyond any archive's.
    #[error("too many folders in each other")]
    Depth,
}

impl ObjectsError {
    /// What it is about.
    pub fn address(&self) -> &str {
        match self {
            Self::Address { address, .. }
            | Self::Settings { address, .. }
            | Self::NotFound { address, .. }
            | Self::Refused { address, .. }
            | Self::Changed { address }
            | Self::Failed { address, .. }
            | Self::Io { address, .. } => address,
        }
    }

    /// From what `object_store` says. Only the innermost cause is told: those around it repeat the request, with its query.
    pub(super) fn of(address: String, error: &object_store::Error) -> Self {
        let reason = reason(error);
        match (decisive(error), status(error)) {
            (object_store::Error::NotFound { .. }, _) | (_, Some(404)) => Self::NotFound { address, reason },
            (_, Some(401 | 403)) => Self::Refused { address, reason },
            (object_store::Error::Precondition { .. }, _) => Self::Changed { address },
            (object_store::Error::InvalidPath { .. }, _) => Self::Address { address, problem: AddressProblem::Path },
            _ => Self::Failed { address, reason },
        }
    }
}

impl From<ObjectsError> for io::Error {
    fn from(error: ObjectsError) -> Self {
        let kind = match &error {
            ObjectsError::NotFound { .. } => io::ErrorKind::NotFound,
            ObjectsError::Refused { .. } => io::ErrorKind::PermissionDenied,
            ObjectsError::Address { .. } | ObjectsError::Settings { .. } => io::ErrorKind::InvalidInput,
            ObjectsError::Io { source, .. } => source.kind(),
            ObjectsError::Changed { .. } | ObjectsError::Failed { .. } => io::ErrorKind::Other,
        };
        Self::new(kind, error)
    }
}

/// Whether the connection failed rather than the server answered.
pub(super) fn is_broken_off(error: &object_store::Error) -> bool {
    causes(error).any(|cause| cause.is::<HttpError>())
}

/// Whether the same request may succeed later.
pub(super) fn is_passing(error: &object_store::Error) -> bool {
    is_broken_off(error) || matches!(status(error), Some(408 | 429 | 500 | 502 | 503 | 504))
}

/// The status of the server's answer: `object_store` keeps it to itself where it has no variant for it, which is everywhere
/// in listings, and has it in its text only.
fn status(error: &object_store::Error) -> Option<u16> {
    let answer = causes(error).last()?.to_string();
    let (_, status) = answer.split_once("status code: ")?;
    status.get(..3)?.parse().ok()
}

/// Whether the server cannot send a part of an object.
pub(super) fn has_no_ranges(error: &object_store::Error) -> bool {
    matches!(decisive(error), object_store::Error::NotSupported { .. })
}

/// The innermost answer: a request that resumes another is wrapped in the latter's error.
fn decisive(error: &object_store::Error) -> &object_store::Error {
    causes(error).filter_map(<dyn Error>::downcast_ref).last().unwrap_or(error)
}

pub(super) fn reason(error: &object_store::Error) -> String {
    let innermost = causes(error).last().map(ToString::to_string).unwrap_or_default();
    // An answer's body may repeat the key and what was signed: its code and message are all that is told.
    let (said, body) = innermost.split_at(innermost.find(['<', '{']).unwrap_or(innermost.len()));
    let told = ["Code", "Message"].iter().filter_map(|element| text_of(body, element));
    let told = told.fold(said.trim().trim_end_matches(':').to_owned(), |told, text| format!("{told}: {text}"));
    told.chars().filter(|c| !c.is_control()).take(REASON_CHARS).collect()
}

/// Enough for what a service says, too little to fill a log with.
const REASON_CHARS: usize = 400;

fn text_of<'a>(xml: &'a str, element: &str) -> Option<&'a str> {
    let (_, rest) = xml.split_once(&format!("<{element}>"))?;
    rest.split_once(&format!("</{element}>")).map(|(text, _)| text)
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}
