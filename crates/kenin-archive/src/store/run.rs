//! The row of a run: what every judgement in it has in common.

use kenin::{TimeSource, UtcTime};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{Conditions, StoreError};

/// What every judgement of a run has in common.
pub(super) struct Run {
    pub(super) id: i64,
    pub(super) time: UtcTime,
    pub(super) source: TimeSource,
}

/// What a run judges.
#[derive(Clone, Copy)]
pub(super) enum Kind<'a> {
    /// Documents.
    Verify {
        /// Which.
        scope: &'a str,
    },
    /// Stored facts.
    Rejudge,
}

/// A run that did not come to its end.
pub(super) struct Unfinished {
    id: i64,
    scope: String,
    tool: String,
    policy: String,
    policy_sha256: Vec<u8>,
    trust_sha256: Vec<u8>,
    evidence_sha256: Vec<u8>,
    time: String,
    source: String,
}

pub(super) fn unfinished(connection: &Connection) -> Result<Option<Unfinished>, StoreError> {
    let sql =
        "SELECT id, scope, tool, policy, policy_sha256, trust_sha256, evidence_sha256, validation_time, time_source
        FROM run WHERE state = 'running' ORDER BY id DESC LIMIT 1";
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Unfinished {
            id: row.get(0)?,
            scope: row.get(1)?,
            tool: row.get(2)?,
            policy: row.get(3)?,
            policy_sha256: row.get(4)?,
            trust_sha256: row.get(5)?,
            evidence_sha256: row.get(6)?,
            time: row.get(7)?,
            source: row.get(8)?,
        })
    };
    Ok(connection.query_row(sql, [], read).optional()?)
}

impl Unfinished {
    /// Why another run does not begin.
    pub(super) fn refused(self) -> StoreError {
        StoreError::Unfinished { scope: self.scope, policy: self.policy, time: self.time }
    }

    /// The run going on: over the same documents, under the same conditions, at the time at which it began unless one is given.
    pub(super) fn resumed(self, conditions: &Conditions<'_>, scope: &str) -> Result<Run, StoreError> {
        if self.scope != scope {
            return Err(StoreError::OtherScope { scope: self.scope });
        }
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

/// Unfinished runs will not be gone on with.
pub(super) fn give_up(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("UPDATE run SET state = 'given-up' WHERE state = 'running'", [])?;
    Ok(())
}

pub(super) fn insert_run(
    connection: &Connection,
    conditions: &Conditions<'_>,
    kind: Kind<'_>,
) -> Result<Run, StoreError> {
    let (policy, trust) = (conditions.verifier.policy(), conditions.verifier.trust());
    let (time, source) = conditions.time;
    let (kind, scope) = match kind {
        Kind::Verify { scope } => ("verify", scope),
        Kind::Rejudge => ("rejudge", ""),
    };
    let values = params![
        kind,
        scope,
        env!("CARGO_PKG_VERSION"),
        policy.name,
        policy.sha256.0,
        trust.name,
        trust.sha256.0,
        conditions.evidence_sha256.0,
        time.to_string(),
        source_name(source)
    ];
    let sql = "INSERT INTO run (state, kind, scope, tool, policy, policy_sha256, trust, trust_sha256, evidence_sha256,
            validation_time, time_source)
        VALUES ('running', ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    for (sha256, text) in [(policy.sha256, &policy.text), (trust.sha256, &trust.text)] {
        connection.execute("INSERT OR IGNORE INTO profile (sha256, text) VALUES (?1, ?2)", params![sha256.0, text])?;
    }
    connection.execute(sql, values)?;
    Ok(Run { id: connection.last_insert_rowid(), time, source })
}

/// Runs that read documents and judged them under the same conditions. What was judged from stored facts is not among them: an
/// evidence record, or a signer's certificate, that is given beside them needs the document.
pub(super) fn alike(connection: &Connection, run: &Run, conditions: &Conditions<'_>) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT id FROM run WHERE kind = 'verify' AND tool = ?1 AND policy_sha256 = ?2 AND trust_sha256 = ?3 AND evidence_sha256 = ?4
        AND time_source = ?5 AND (?5 = 'now' OR validation_time = ?6)";
    let (policy, trust) = (conditions.verifier.policy().sha256, conditions.verifier.trust().sha256);
    let values = params![
        env!("CARGO_PKG_VERSION"),
        policy.0,
        trust.0,
        conditions.evidence_sha256.0,
        source_name(run.source),
        run.time.to_string()
    ];
    let mut statement = connection.prepare(sql)?;
    let ids = statement.query_map(values, |row| row.get(0))?;
    ids.map(|id| id.map_err(StoreError::from)).collect()
}

fn source_name(source: TimeSource) -> &'static str {
    match source {
        TimeSource::Now => "now",
        TimeSource::Given => "given",
    }
}
