use rusqlite::{Connection, Row};

use super::lists::{Cause, REQUIREMENT, WHY};
use crate::StoreError;

/// Rows of a table; documents choose the names of authorities and could make it endless.
const ROWS: u32 = 50;

/// Documents that were judged under the same conditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedAlike {
    /// The version of kenin.
    pub tool: String,
    /// The policy's name and SHA-256 in hexadecimal.
    pub policy: (String, String),
    /// The trust profile's name and SHA-256 in hexadecimal.
    pub trust: (String, String),
    /// The earliest and the latest time at which they were judged, RFC 3339.
    pub times: (String, String),
    /// How many.
    pub documents: u64,
}

/// Why so many documents are not valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// `invalid`, `indeterminate` or `error`.
    pub verdict: String,
    /// Why.
    pub cause: Cause,
    /// How many.
    pub documents: u64,
}

/// Signatures whose certificate names a licence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// National licences, separated by `, `; `None` for certificates that name none.
    pub licence: Option<String>,
    /// How many signatures.
    pub signatures: u64,
    /// How many of them passed.
    pub passed: u64,
}

/// Signatures whose best timestamp an authority issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamps {
    /// The authority's subject, as RFC 4514 writes it.
    pub tsa: String,
    /// The grade of its timestamps.
    pub grade: String,
    /// How many.
    pub count: u64,
}

/// So many of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The kind's code.
    pub code: String,
    /// How many.
    pub count: u64,
}

pub(super) fn judged(connection: &Connection) -> Result<Vec<JudgedAlike>, StoreError> {
    let sql = "SELECT r.tool, r.policy, lower(hex(r.policy_sha256)), r.trust, lower(hex(r.trust_sha256)),
            min(r.validation_time), max(r.validation_time), sum(d.documents) AS documents
        FROM (SELECT run, count(*) AS documents FROM document WHERE gone IS NULL GROUP BY run) d
        JOIN run r ON r.id = d.run GROUP BY 1, 2, 3, 4, 5 ORDER BY documents DESC, 6, 1, 3, 5 LIMIT ?1";
    rows(connection, sql, |row| {
        Ok(JudgedAlike {
            tool: row.get(0)?,
            policy: (row.get(1)?, row.get(2)?),
            trust: (row.get(3)?, row.get(4)?),
            times: (row.get(5)?, row.get(6)?),
            documents: row.get(7)?,
        })
    })
}

pub(super) fn reasons(connection: &Connection) -> Result<Vec<Reason>, StoreError> {
    let sql = format!(
        "SELECT d.verdict, {REQUIREMENT} AS asked, d.error, {WHY} AS why, count(*) AS documents FROM document d
        WHERE d.gone IS NULL AND d.verdict IN ('invalid', 'indeterminate', 'error')
        GROUP BY d.verdict, asked, d.error, why
        ORDER BY instr('invalid error indeterminate', d.verdict), documents DESC, 2, 3, 4 LIMIT ?1"
    );
    rows(connection, &sql, |row| {
        let cause = Cause { requirement: row.get(1)?, error: row.get(2)?, why: row.get(3)? };
        Ok(Reason { verdict: row.get(0)?, cause, documents: row.get(4)? })
    })
}

pub(super) fn licences(connection: &Connection) -> Result<Vec<Licence>, StoreError> {
    let sql = "SELECT s.licence, count(*) AS signatures, sum(s.indication = 'TOTAL-PASSED')
        FROM signature s WHERE s.document NOT IN (SELECT id FROM document WHERE gone IS NOT NULL) AND s.kind = 'signature'
        GROUP BY s.licence ORDER BY signatures DESC, s.licence LIMIT ?1";
    rows(connection, sql, |row| Ok(Licence { licence: row.get(0)?, signatures: row.get(1)?, passed: row.get(2)? }))
}

pub(super) fn stamps(connection: &Connection) -> Result<Vec<Stamps>, StoreError> {
    let sql = "SELECT s.tsa, s.grade, count(*) AS stamps FROM signature s
        WHERE s.document NOT IN (SELECT id FROM document WHERE gone IS NOT NULL) AND s.tsa IS NOT NULL
        GROUP BY s.tsa, s.grade ORDER BY stamps DESC, s.tsa, s.grade LIMIT ?1";
    rows(connection, sql, |row| {
        Ok(Stamps { tsa: row.get(0)?, grade: row.get::<_, Option<String>>(1)?.unwrap_or_default(), count: row.get(2)? })
    })
}

pub(super) fn levels(connection: &Connection) -> Result<Vec<Share>, StoreError> {
    let sql = "SELECT s.reached_level, count(*) AS signatures FROM signature s
        WHERE s.document NOT IN (SELECT id FROM document WHERE gone IS NOT NULL) AND s.kind = 'signature'
        GROUP BY s.reached_level ORDER BY signatures DESC, s.reached_level LIMIT ?1";
    rows(connection, sql, |row| Ok(Share { code: row.get(0)?, count: row.get(1)? }))
}

fn rows<T>(
    connection: &Connection,
    sql: &str,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([ROWS], read)?;
    rows.map(|row| row.map_err(StoreError::from)).collect()
}
