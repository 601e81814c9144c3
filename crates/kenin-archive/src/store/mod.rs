//! Where results are kept: one SQLite file, in which every document has the row of its last judgement.
//!
//! One thread writes, many documents in a transaction; a process that is killed loses at most the transaction that it was
//! in, and a resumed run judges those documents again. A reader sees whole transactions only (write-ahead logging).

mod known;
mod open;
mod read;
mod rejudge;
mod row;
mod run;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use foldhash::HashSet;
use kenin::{Sha256, TimeSource, UtcTime, Verifier};
use rusqlite::{Connection, ErrorCode, params};
use serde::{Deserialize, Serialize};

pub use known::{Known, Recheck, Selection};
pub(crate) use read::get;
pub use read::{Results, Row, RunRow};
pub use rejudge::{Rejudge, Rejudged, rejudge};

use crate::{Kept, Name, Receive, Root, Trouble};
use run::{Kind, Run};

/// The schema of a results file.
pub const RESULTS_SCHEMA: &str = "kenin-results/2";

/// Documents in one transaction, unless that takes too long or too much memory.
const TOGETHER: usize = 500;

/// What a process that is killed loses at most.
const AT_MOST: Duration = Duration::from_secs(2);

/// Octets of facts and evidence that wait to be written.
const WAITING: usize = 16 << 20;

/// Why results cannot be kept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The file is another program's.
    #[error("the file is not a results file of kenin")]
    NotResults,
    /// Another version of kenin made it.
    #[error("the results have version {found}, and {} is known", open::VERSION)]
    Version {
        /// The version found.
        found: i32,
    },
    /// A run was interrupted, and it was not said whether it is to go on.
    #[error("a run over {scope} with policy {policy} at {time} was interrupted")]
    Unfinished {
        /// What it was over.
        scope: String,
        /// The policy's name.
        policy: String,
        /// The time at which it judged.
        time: String,
    },
    /// The interrupted run judged under other conditions.
    #[error("the interrupted run judged by another {what}")]
    Other {
        /// `tool`, `policy`, `trust`, `evidence` or `time`.
        what: &'static str,
    },
    /// The interrupted run was over other documents.
    #[error("the interrupted run was over other documents: {scope}")]
    OtherScope {
        /// What it was over.
        scope: String,
    },
    /// Another process is writing the results.
    #[error("another process is writing the results")]
    InUse,
    /// A value in the file is not one that kenin writes there.
    #[error("the results are damaged at row {id}: {what}")]
    Damaged {
        /// The number of the document or run.
        id: i64,
        /// What cannot be used.
        what: String,
    },
    /// SQLite cannot read or write.
    #[error("{0}")]
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy) => Self::InUse,
            Some(ErrorCode::NotADatabase) => Self::NotResults,
            _ => Self::Sqlite(error),
        }
    }
}

/// What decides every judgement of a run. Runs that have all of it in common give the same answers.
#[derive(Debug)]
pub struct Conditions<'a> {
    /// Policy and trust profile.
    pub verifier: &'a Verifier,
    /// The time to judge at and where it came from.
    pub time: (UtcTime, TimeSource),
    /// SHA-256 over the evidence that is given beside the documents.
    pub evidence_sha256: Sha256,
}

/// How a run begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    /// A new run; refused while another is unfinished.
    New,
    /// The unfinished run, if there is one, else a new one.
    Resume,
    /// A new run; an unfinished one is given up. What it has judged stays.
    Restart,
}

/// A results file with a run going on.
pub struct Store {
    path: PathBuf,
    connection: Connection,
    run: Run,
    alike: Vec<i64>,
    /// Documents whose content was compared and is the same.
    compared: u64,
    /// Objects of evidence that this run has written; what a transaction that failed would have written is not there.
    written: HashSet<Sha256>,
    pending: Vec<Kept>,
    /// Octets of facts and evidence in `pending`.
    octets: usize,
    since: Instant,
}

/// How the documents of a results file stand, by verdict; those that have gone count apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Valid ones.
    pub valid: u64,
    /// Invalid ones.
    pub invalid: u64,
    /// Indeterminate ones.
    pub indeterminate: u64,
    /// Those without a signature.
    pub unsigned: u64,
    /// Those that could not be processed.
    pub errors: u64,
    /// Of those, where kenin itself failed.
    pub internal: u64,
    /// Those that were there at an earlier run and are not any more.
    pub gone: u64,
    /// Of those, the ones that the last run missed first.
    pub missed: u64,
    /// Places that the last run could not enter.
    pub troubles: u64,
}

impl Counts {
    /// Counts one document more.
    pub(crate) fn add(&mut self, verdict: &str, error: Option<&str>) {
        self.internal += u64::from(error == Some("internal"));
        *self.of(verdict) += 1;
    }

    fn of(&mut self, verdict: &str) -> &mut u64 {
        match verdict {
            "valid" => &mut self.valid,
            "invalid" => &mut self.invalid,
            "indeterminate" => &mut self.indeterminate,
            "no-signature" => &mut self.unsigned,
            _ => &mut self.errors,
        }
    }

    /// All documents that are there.
    pub fn total(&self) -> u64 {
        self.valid + self.invalid + self.indeterminate + self.unsigned + self.errors
    }
}

impl Store {
    /// Opens or makes a results file and begins a run.
    ///
    /// A document is judged again when it or what it is beside has changed, or it was judged under other conditions; that
    /// *now* is another time than at the last run is no reason, a time that is given is. A resumed run keeps the time at
    /// which it began, and is over the same documents: `scope` says which, in words that people can give again.
    ///
    /// The file is this process's to write until the run ends; others can read it meanwhile.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn begin(path: &Path, conditions: &Conditions<'_>, scope: &str, begin: Begin) -> Result<Self, StoreError> {
        let connection = open::to_write(path)?;
        open::claim_unused(&connection)?;
        let run = match (run::unfinished(&connection)?, begin) {
            (Some(unfinished), Begin::New) => return Err(unfinished.refused()),
            (Some(unfinished), Begin::Resume) => unfinished.resumed(conditions, scope)?,
            (Some(_), Begin::Restart) => {
                run::give_up(&connection)?;
                run::insert_run(&connection, conditions, Kind::Verify { scope })?
            }
            (None, _) => run::insert_run(&connection, conditions, Kind::Verify { scope })?,
        };
        open::keep(&connection)?;
        open::claim(&connection)?;
        let alike = run::alike(&connection, &run, conditions)?;
        let (path, written, pending) = (path.to_owned(), HashSet::default(), Vec::new());
        Ok(Self { path, connection, run, alike, compared: 0, written, pending, octets: 0, since: Instant::now() })
    }

    /// The time at which this run judges, and where it came from.
    pub fn time(&self) -> (UtcTime, TimeSource) {
        (self.run.time, self.run.source)
    }

    /// What tells which documents are judged.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn known(&self, selection: Selection) -> Result<Known, StoreError> {
        let connection = open::to_read(&self.path)?;
        Ok(Known::new(connection, (self.run.id, self.run.time), self.alike.clone(), selection))
    }

    /// Ends the run: every document below `roots` has its row. One that the walk did not meet has gone, unless it is below a
    /// place that could not be entered.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn finish(&mut self, known: &Known, roots: &[Root]) -> Result<(), StoreError> {
        self.write()?;
        let gone = gone(&self.connection, self.run.id, known, roots)?;
        for id in gone {
            let sql = "UPDATE document SET gone = ?1 WHERE id = ?2";
            self.connection.prepare_cached(sql)?.execute([self.run.id, id])?;
        }
        end(&self.connection, self.run.id)?;
        open::keep(&self.connection)
    }

    /// Leaves the results as a single file, its journal taken in.
    pub fn close(self) {
        open::to_one_file(&self.connection);
    }

    /// Keeps what is done so far; the run can be resumed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn pause(&mut self) -> Result<(), StoreError> {
        self.write()
    }

    /// How all documents of the file stand.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn counts(&self) -> Result<Counts, StoreError> {
        counts(&self.connection)
    }

    /// Documents that were read, compared by SHA-256 and found unchanged.
    pub fn compared(&self) -> u64 {
        self.compared
    }

    /// Up to `most` places that the last run could not enter, and why.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn troubles(&self, most: u32) -> Result<Vec<(Name, String)>, StoreError> {
        troubles(&self.connection, most)
    }

    /// Writes what waits, in one transaction. After an error the file is as it was before.
    fn write(&mut self) -> Result<(), StoreError> {
        if let Err(error) = self.keep_pending() {
            // Some errors have undone it already.
            let _ = self.connection.execute_batch("ROLLBACK");
            self.written.clear();
            return Err(error);
        }
        self.octets = 0;
        self.since = Instant::now();
        open::claim(&self.connection)
    }

    fn keep_pending(&mut self) -> Result<(), StoreError> {
        for kept in self.pending.drain(..) {
            match kept {
                Kept::Document(record, packed) => {
                    row::document(&self.connection, self.run.id, (&record, packed.as_ref()), &mut self.written)?;
                }
                Kept::Unchanged(name, stamps) => {
                    self.compared += 1;
                    row::unchanged(&self.connection, &name, stamps)?;
                }
            }
        }
        open::keep(&self.connection)
    }
}

impl Receive<Kept> for Store {
    type Error = StoreError;

    fn kept(&mut self, kept: Kept) -> Result<(), StoreError> {
        if let Kept::Document(_, Some(packed)) = &kept {
            self.octets += packed.octets();
        }
        self.pending.push(kept);
        let full = self.pending.len() >= TOGETHER || self.octets >= WAITING || self.since.elapsed() >= AT_MOST;
        if full { self.write() } else { Ok(()) }
    }

    fn trouble(&mut self, trouble: Trouble) -> Result<(), StoreError> {
        if trouble.is_missing() {
            // The members of a ZIP go with it.
            let [members, behind] = [b"!/", b"!0"].map(|ending| [trouble.name.as_bytes(), ending].concat());
            let sql = "UPDATE document SET gone = ?1
                WHERE (name = ?2 OR name >= ?3 AND name < ?4) AND gone IS NULL AND run <> ?1";
            self.connection.execute(sql, params![self.run.id, trouble.name.as_bytes(), members, behind])?;
        }
        let values = params![self.run.id, trouble.name.as_bytes(), trouble.error.to_string()];
        self.connection.execute("INSERT OR REPLACE INTO trouble (run, name, reason) VALUES (?1, ?2, ?3)", values)?;
        Ok(())
    }
}

/// The documents that this run should have met and did not.
fn gone(connection: &Connection, run: i64, known: &Known, roots: &[Root]) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare("SELECT name FROM trouble WHERE run = ?1")?;
    let closed = statement.query_map([run], |row| Ok(Name::from_bytes(row.get::<_, Vec<u8>>(0)?)))?;
    let closed = closed.collect::<Result<Vec<_>, _>>()?;
    let mut statement = connection.prepare("SELECT id, name FROM document WHERE run <> ?1 AND gone IS NULL")?;
    let mut rows = statement.query([run])?;
    let mut gone = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, name) = (row.get(0)?, Name::from_bytes(row.get::<_, Vec<u8>>(1)?));
        let hidden = || closed.iter().any(|closed| name.is_below(closed));
        if !known.has_seen(id, &name) && roots.iter().any(|root| root.covers(&name)) && !hidden() {
            gone.push(id);
        }
    }
    Ok(gone)
}

/// Writes down how everything stood when a run ended.
fn end(connection: &Connection, run: i64) -> Result<(), StoreError> {
    let counts = counts(connection)?;
    let sql = "UPDATE run SET state = 'finished', valid = ?2, invalid = ?3, indeterminate = ?4, no_signature = ?5,
        error = ?6, gone = ?7 WHERE id = ?1";
    let Counts { valid, invalid, indeterminate, unsigned, errors, gone, .. } = counts;
    connection.execute(sql, params![run, valid, invalid, indeterminate, unsigned, errors, gone])?;
    Ok(())
}

fn counts(connection: &Connection) -> Result<Counts, StoreError> {
    let mut counts = Counts::default();
    let mut statement =
        connection.prepare("SELECT verdict, count(*) FROM document WHERE gone IS NULL GROUP BY verdict")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, u64>(1)?)))?;
    for row in rows {
        let (verdict, count) = row?;
        *counts.of(&verdict) += count;
    }
    let one = |sql: &str| connection.query_row(sql, [], |row| row.get(0));
    counts.internal = one("SELECT count(*) FROM document WHERE error = 'internal' AND gone IS NULL")?;
    counts.gone = one("SELECT count(*) FROM document WHERE gone IS NOT NULL")?;
    let last = |column: &str| format!("{column} = (SELECT max(id) FROM run WHERE kind = 'verify')");
    counts.missed = one(&format!("SELECT count(*) FROM document WHERE {}", last("gone")))?;
    counts.troubles = one(&format!("SELECT count(*) FROM trouble WHERE {}", last("run")))?;
    Ok(counts)
}

/// Places that the last run could not enter.
pub(crate) fn troubles(connection: &Connection, most: u32) -> Result<Vec<(Name, String)>, StoreError> {
    let sql = "SELECT name, reason FROM trouble WHERE run = (SELECT max(id) FROM run WHERE kind = 'verify')
        ORDER BY name LIMIT ?1";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([most], |row| Ok((Name::from_bytes(row.get::<_, Vec<u8>>(0)?), row.get(1)?)))?;
    rows.map(|row| row.map_err(StoreError::from)).collect()
}
