use std::io::{self, Write as _};

use futures_util::StreamExt as _;
use kenin::Source;
use object_store::{GetOptions, GetRange};

use super::error::{has_no_ranges, is_passing};
use super::{Object, Objects, ObjectsError};
use crate::spool::Spool;

/// Why an attempt ended early.
enum Broken {
    /// The connection, or a server that is busy; another attempt may go on.
    Off(ObjectsError),
    /// The server sends objects from their beginning only.
    NoRanges(ObjectsError),
    /// For good.
    Down(ObjectsError),
}

impl Objects {
    pub(super) fn read_object(&self, object: &Object) -> Result<Source, ObjectsError> {
        // Consoles keep folders as empty objects whose names end in a slash, which `object_store` takes off: there would be
        // nothing to ask for, and nothing to read.
        if object.size == 0 {
            return Ok(Source::bytes(Vec::new()));
        }
        let mut received = Spool::new(object.size).map_err(|source| io_error(object, source))?;
        let mut patience = self.patience();
        let (mut length, mut furthest) = (0, 0);
        // Without a mark of its content what was received may belong to another object.
        let mut goes_on = if_match(object).is_some();
        loop {
            let error = match self.wait(Box::pin(self.receive(object, &mut received, &mut length))) {
                Ok(()) => return received.source().map_err(|source| io_error(object, source)),
                Err(Broken::Down(error)) => return Err(error),
                Err(Broken::NoRanges(error)) => {
                    goes_on = false;
                    error
                }
                Err(Broken::Off(error)) => error,
            };
            if length > furthest {
                furthest = length;
                patience.renew();
            }
            if !patience.wait() {
                return Err(error);
            }
            if !goes_on {
                received.restart().map_err(|source| io_error(object, source))?;
                length = 0;
            }
        }
    }

    /// Asks for what is missing behind `length` and takes what comes.
    async fn receive(&self, object: &Object, received: &mut Spool, length: &mut u64) -> Result<(), Broken> {
        let failed = |error: object_store::Error| match self.failed(&object.path, &error) {
            told if has_no_ranges(&error) => Broken::NoRanges(told),
            told @ ObjectsError::Failed { .. } if is_passing(&error) => Broken::Off(told),
            told => Broken::Down(told),
        };
        let changed = || Broken::Down(ObjectsError::Changed { address: object.name.to_string() });
        let condition = if_match(object);
        let objects = if condition.is_some() { self.store.objects() } else { self.store.objects_once() };
        let options = GetOptions {
            if_match: condition,
            range: (*length > 0).then_some(GetRange::Bounded(*length..object.size)),
            ..GetOptions::default()
        };
        let found = objects.get_opts(&object.path, options).await.map_err(failed)?;
        if !is_same(object, &self.object(found.meta.clone())) {
            return Err(changed());
        }
        let mut pieces = found.into_stream();
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(failed)?;
            *length += u64::try_from(piece.len()).unwrap_or(u64::MAX);
            if *length > object.size {
                return Err(changed());
            }
            received.write_all(&piece).map_err(|source| Broken::Down(io_error(object, source)))?;
        }
        if *length < object.size {
            let reason = "the connection ended early".to_owned();
            return Err(Broken::Off(ObjectsError::Failed { address: object.name.to_string(), reason }));
        }
        Ok(())
    }
}

/// The condition that the content is still that of the listing. A weak mark never meets it (RFC 9110 13.1.1).
fn if_match(object: &Object) -> Option<String> {
    let etag = object.etag.as_deref().filter(|etag| !etag.starts_with("W/"))?;
    // Azure lists marks without their quotes.
    Some(if etag.starts_with('"') { etag.to_owned() } else { format!("\"{etag}\"") })
}

/// Whether the answer is about the content that was listed; not every server heeds the condition.
fn is_same(listed: &Object, found: &Object) -> bool {
    let mark = |etag: &str| etag.trim_start_matches("W/").trim_matches('"').to_owned();
    let same = match (&listed.etag, &found.etag) {
        (Some(listed), Some(found)) => mark(listed) == mark(found),
        _ => listed.modified == found.modified,
    };
    same && listed.size == found.size
}

fn io_error(object: &Object, source: io::Error) -> ObjectsError {
    ObjectsError::Io { address: object.name.to_string(), source }
}
