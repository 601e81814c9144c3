//! Where results are kept: one SQLite file, in which every document has the row of its last judgement.
//!
//! One thread writes, many documents in a transaction; a process that is killed loses at most the transaction that it was
//! in, and a resumed run judges those documents again. A reader sees whole transactions only (write-ahead logging).

mod row;

use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

use kenin::{Sha256, TimeSource, UtcTime, Verifier};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::{Entry, Name, Outcome, Receive, Stamp, Trouble};
use row::{document, signatures};

/// The schema of a results file.
pub const RESULTS_SCHEMA: &str = "kenin-results/1";

/// SQLite's `application_id` of a results file: "kenr".
const APPLICATION_ID: i32 = 0x6b65_6e72;

/// SQLite's `user_version` of [`RESULTS_SCHEMA`].
const VERSION: i32 = 1;

/// Documents in one transaction, unless that takes too long.
const TOGETHER: usize = 500;

/// What a process that is killed loses at most.
const AT_MOST: Duration = Duration::from_secs(2);

/// Why results cannot be kept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The file is another program's.
    #[error("the file is not a results file of kenin")]
    NotResults,
    /// Another version of kenin made it.
    #[error("the results have version {found}, and {VERSION} is known")]
    Version {
        /// The version found.
        found: i32,
    },
    /// A run was interrupted, and it was not said whether it is to go on.
    #[error("a run with policy {policy} at {time} was interrupted")]
    Unfinished {
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
    /// SQLite cannot read or write.
    #[error("{0}")]
    Sqlite(#[from] rusqlite::Error),
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
}

/// Of a document, and of the file that it is beside.
type Stamps = (Stamp, Option<Stamp>);

/// A results file with a run going on.
pub struct Store {
    connection: Connection,
    run: Run,
    known: HashMap<Name, Stamps>,
    pending: Vec<Outcome>,
    since: Instant,
}

/// What every judgement of a run has in common.
struct Run {
    id: i64,
    time: UtcTime,
    source: TimeSource,
}

/// How the documents of a results file stand, by verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    /// Places that the last run could not enter.
    pub troubles: u64,
}

impl Store {
    /// Opens or makes a results file and begins a run.
    ///
    /// Documents are known, and not judged again, when they and what they are beside are unchanged and they were judged
    /// under the same conditions; that *now* is another time than at the last run is no reason, a time that is given is. A
    /// resumed run keeps the time at which it began.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn begin(path: &Path, conditions: &Conditions<'_>, begin: Begin) -> Result<Self, StoreError> {
        let connection = open(path)?;
        let run = match (unfinished(&connection)?, begin) {
            (Some(unfinished), Begin::New) => {
                return Err(StoreError::Unfinished { policy: unfinished.policy, time: unfinished.time });
            }
            (Some(unfinished), Begin::Resume) => unfinished.resumed(conditions)?,
            (None, _) => insert_run(&connection, conditions)?,
        };
        let known = known(&connection, &run, conditions)?;
        Ok(Self { connection, run, known, pending: Vec::new(), since: Instant::now() })
    }

    /// The time at which this run judges, and where it came from.
    pub fn time(&self) -> (UtcTime, TimeSource) {
        (self.run.time, self.run.source)
    }

    /// Documents that have a row that still holds, if their stamp is this one.
    pub fn take_known(&mut self) -> Known {
        Known(std::mem::take(&mut self.known))
    }

    /// Ends the run: every document has its row.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn finish(&mut self) -> Result<(), StoreError> {
        self.write()?;
        self.connection.execute("UPDATE run SET state = 'finished' WHERE id = ?1", [self.run.id])?;
        Ok(())
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
        let mut counts = Counts::default();
        let mut statement = self.connection.prepare("SELECT verdict, count(*) FROM document GROUP BY verdict")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, u64>(1)?)))?;
        for row in rows {
            let (verdict, count) = row?;
            *match verdict.as_str() {
                "valid" => &mut counts.valid,
                "invalid" => &mut counts.invalid,
                "indeterminate" => &mut counts.indeterminate,
                "no-signature" => &mut counts.unsigned,
                _ => &mut counts.errors,
            } = count;
        }
        let one = |sql: &str, run: &[&dyn rusqlite::ToSql]| self.connection.query_row(sql, run, |row| row.get(0));
        counts.internal = one("SELECT count(*) FROM document WHERE error = 'internal'", &[])?;
        counts.troubles = one("SELECT count(*) FROM trouble WHERE run = ?1", &[&self.run.id])?;
        Ok(counts)
    }

    /// Writes what waits, in one transaction.
    fn write(&mut self) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        for outcome in self.pending.drain(..) {
            document(&transaction, self.run.id, &outcome)?;
            signatures(&transaction, &outcome)?;
        }
        transaction.commit()?;
        self.since = Instant::now();
        Ok(())
    }
}

impl Receive for Store {
    type Error = StoreError;

    fn outcome(&mut self, outcome: Outcome) -> Result<(), StoreError> {
        self.pending.push(outcome);
        if self.pending.len() >= TOGETHER || self.since.elapsed() >= AT_MOST { self.write() } else { Ok(()) }
    }

    fn trouble(&mut self, trouble: Trouble) -> Result<(), StoreError> {
        let values = params![self.run.id, trouble.name.as_bytes(), trouble.error.to_string()];
        self.connection.execute("INSERT OR REPLACE INTO trouble (run, name, reason) VALUES (?1, ?2, ?3)", values)?;
        Ok(())
    }
}

/// Documents with rows that still hold.
#[derive(Debug)]
pub struct Known(HashMap<Name, Stamps>);

impl Known {
    /// Whether this document, as it is now, has such a row.
    pub fn has(&self, entry: &Entry) -> bool {
        self.0.get(&entry.name) == Some(&entry.stamps())
    }
}

fn open(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let tables: u32 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (application, version, tables) {
        (APPLICATION_ID, VERSION, _) => {}
        (APPLICATION_ID, found, _) => return Err(StoreError::Version { found }),
        (0, 0, 0) => {
            connection.execute_batch(&format!(
                "BEGIN; {} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; COMMIT;",
                include_str!("schema.sql")
            ))?;
        }
        _ => return Err(StoreError::NotResults),
    }
    // A kill loses nothing that was committed; a power failure may lose the last transactions, never the file.
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "normal")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(connection)
}

/// A run that did not come to its end.
struct Unfinished {
    id: i64,
    tool: String,
    policy: String,
    policy_sha256: Vec<u8>,
    trust_sha256: Vec<u8>,
    evidence_sha256: Vec<u8>,
    time: String,
    source: String,
}

fn unfinished(connection: &Connection) -> Result<Option<Unfinished>, StoreError> {
    let sql = "SELECT id, tool, policy, policy_sha256, trust_sha256, evidence_sha256, validation_time, time_source
        FROM run WHERE state = 'running' ORDER BY id DESC LIMIT 1";
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Unfinished {
            id: row.get(0)?,
            tool: row.get(1)?,
            policy: row.get(2)?,
            policy_sha256: row.get(3)?,
            trust_sha256: row.get(4)?,
            evidence_sha256: row.get(5)?,
            time: row.get(6)?,
            source: row.get(7)?,
        })
    };
    Ok(connection.query_row(sql, [], read).optional()?)
}

impl Unfinished {
    /// The run going on: under the same conditions, at the time at which it began unless one is given.
    fn resumed(self, conditions: &Conditions<'_>) -> Result<Run, StoreError> {
        let (time, source) = conditions.time;
        let same_time = match source {
            TimeSource::Now => self.source == source_name(source),
            TimeSource::Given => self.source == source_name(source) && self.time == time.to_string(),
        };
        let same = [
            ("tool", self.tool == env!("CARGO_PKG_VERSION")),
            ("policy", self.policy_sha256 == conditions.verifier.policy().sha256.0),
            ("trust", self.trust_sha256 == conditions.verifier.trust().sha256.0),
            ("evidence", self.evidence_sha256 == conditions.evidence_sha256.0),
            ("time", same_time),
        ];
        if let Some((what, _)) = same.into_iter().find(|(_, same)| !same) {
            return Err(StoreError::Other { what });
        }
        let time = UtcTime::parse(&self.time).map_err(|_| StoreError::Other { what: "time" })?;
        Ok(Run { id: self.id, time, source })
    }
}

fn insert_run(connection: &Connection, conditions: &Conditions<'_>) -> Result<Run, StoreError> {
    let (policy, trust) = (conditions.verifier.policy(), conditions.verifier.trust());
    let (time, source) = conditions.time;
    let values = params![
        env!("CARGO_PKG_VERSION"),
        policy.name,
        policy.sha256.0,
        trust.name,
        trust.sha256.0,
        conditions.evidence_sha256.0,
        time.to_string(),
        source_name(source)
    ];
    let sql = "INSERT INTO run (state, tool, policy, policy_sha256, trust, trust_sha256, evidence_sha256,
            validation_time, time_source)
        VALUES ('running', ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    connection.execute(sql, values)?;
    Ok(Run { id: connection.last_insert_rowid(), time, source })
}

/// Documents whose rows hold: judged by this run, or under its conditions. What failed, or could not be opened with the
/// passwords given, is tried again by every run.
fn known(connection: &Connection, run: &Run, conditions: &Conditions<'_>) -> Result<HashMap<Name, Stamps>, StoreError> {
    let sql =
        "SELECT name, size, modified, beside_size, beside_modified FROM document JOIN run ON run.id = document.run
        WHERE run.id = ?1 OR document.verdict <> 'error' AND document.error IS NOT 'encrypted-needs-password'
            AND run.tool = ?2 AND run.policy_sha256 = ?3 AND run.trust_sha256 = ?4 AND run.evidence_sha256 = ?5
            AND run.time_source = ?6 AND (?6 = 'now' OR run.validation_time = ?7)";
    let mut statement = connection.prepare(sql)?;
    let (policy, trust) = (conditions.verifier.policy().sha256, conditions.verifier.trust().sha256);
    let values = params![
        run.id,
        env!("CARGO_PKG_VERSION"),
        policy.0,
        trust.0,
        conditions.evidence_sha256.0,
        source_name(run.source),
        run.time.to_string()
    ];
    let rows = statement.query_map(values, |row| {
        let stamp = Stamp { size: row.get(1)?, modified: row.get(2)? };
        let beside: Option<u64> = row.get(3)?;
        let modified = row.get(4)?;
        let beside = beside.map(|size| Stamp { size, modified });
        Ok((Name::from_bytes(row.get::<_, Vec<u8>>(0)?), (stamp, beside)))
    })?;
    rows.map(|row| row.map_err(StoreError::from)).collect()
}

fn source_name(source: TimeSource) -> &'static str {
    match source {
        TimeSource::Now => "now",
        TimeSource::Given => "given",
    }
}
