//! Opening a results file.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::StoreError;

/// SQLite's `application_id` of a results file: "kenr".
const APPLICATION_ID: i32 = 0x6b65_6e72;

/// SQLite's `user_version` of [`RESULTS_SCHEMA`](super::RESULTS_SCHEMA).
pub(super) const VERSION: i32 = 2;

/// How long a run waits for its file: somebody may look whether it is in use.
const PATIENCE: Duration = Duration::from_secs(5);

/// What SQLite may hold in memory of a file, in KiB: the upper pages of its trees, whatever their size.
const CACHE: i32 = 32 << 10;

/// Pages of 4 KiB in the journal before they are moved into the file, which waits for the disk.
const JOURNAL: i32 = 16 << 10;

/// Opens or makes a results file.
pub(super) fn to_write(path: &Path) -> Result<Connection, StoreError> {
    make_private(path);
    let connection = Connection::open(path)?;
    if !is_results(&connection)? {
        claim(&connection)?;
        // Another process may have made it meanwhile.
        if !is_results(&connection)? {
            connection.execute_batch(&format!(
                "{} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION};",
                include_str!("schema.sql")
            ))?;
        }
        keep(&connection)?;
    }
    // A kill loses nothing that was committed; a power failure may lose the last transactions, never the file.
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "normal")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -CACHE)?;
    connection.pragma_update(None, "wal_autocheckpoint", JOURNAL)?;
    Ok(connection)
}

/// Opens a results file that is there. Nothing in it is changed; the journal of a run that was killed is taken in.
pub(super) fn to_read(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
        .or_else(|_| Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY))?;
    if !is_results(&connection)? {
        return Err(StoreError::NotResults);
    }
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// Begins a transaction and with it keeps other processes from writing. Nobody is kept from reading (write-ahead logging).
pub(super) fn claim(connection: &Connection) -> Result<(), StoreError> {
    Ok(connection.execute_batch("BEGIN IMMEDIATE")?)
}

/// As [`claim`], unless another process is at work: a run has a transaction open all the time but for the moment between two, so
/// that whoever waits would meet that moment and take the run for an interrupted one.
pub(super) fn claim_unused(connection: &Connection) -> Result<(), StoreError> {
    /// That all of them meet such a moment is out of the question.
    const TRIES: u32 = 3;
    connection.busy_timeout(Duration::ZERO)?;
    for _ in 1..TRIES {
        claim(connection)?;
        connection.execute_batch("ROLLBACK")?;
        std::thread::sleep(Duration::from_millis(5));
    }
    claim(connection)?;
    Ok(connection.busy_timeout(PATIENCE)?)
}

/// Commits what was written since [`claim`].
pub(super) fn keep(connection: &Connection) -> Result<(), StoreError> {
    Ok(connection.execute_batch("COMMIT")?)
}

/// Leaves a single file that can be copied and read anywhere, also where nothing can be written beside it. Somebody who
/// reads it at this moment keeps its journal there.
pub(super) fn to_one_file(connection: &Connection) {
    // Everything is committed: what fails here is no loss.
    let _ = connection.pragma_update(None, "journal_mode", "delete");
}

/// Whether it is one; `false` for an empty file.
fn is_results(connection: &Connection) -> Result<bool, StoreError> {
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let tables: u32 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (application, version, tables) {
        (APPLICATION_ID, VERSION, _) => Ok(true),
        (APPLICATION_ID, found, _) => Err(StoreError::Version { found }),
        (0, 0, 0) => Ok(false),
        _ => Err(StoreError::NotResults),
    }
}

/// A new file is for its owner's eyes: it holds the certificates of signers. SQLite gives its journal the same rights.
fn make_private(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        // Where it exists or cannot be made SQLite says what is wrong.
        let _ = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    }
    #[cfg(not(unix))]
    {
        let _ = path;
    }
}
