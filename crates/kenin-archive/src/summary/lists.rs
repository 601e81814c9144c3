use rusqlite::Connection;

use crate::store::get;
use crate::{Row, StoreError};

/// A document that a list names.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// Its row.
    pub row: Row,
    /// Why it is not valid.
    pub cause: Cause,
}

/// Why a document is not valid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cause {
    /// The requirement that is not met or not decided.
    pub requirement: Option<String>,
    /// The reason given with it, or a sub-indication where that says more.
    pub why: Option<String>,
    /// The code of the error, for one that could not be processed.
    pub error: Option<String>,
}

/// Of a document `d`: its requirement; what could not be processed has an error instead.
pub(super) const REQUIREMENT: &str = "iif(d.error IS NULL, d.requirement, NULL)";

/// The reason given with it; where that only says that a signature did not pass, why the worst one did not.
pub(super) const WHY: &str = "CASE WHEN d.error IS NOT NULL THEN NULL
    WHEN d.reason IS NULL OR d.reason IN ('signature-broken', 'signature-not-decided') THEN coalesce(
        (SELECT s.sub_indication FROM signature s WHERE s.document = d.id AND s.sub_indication IS NOT NULL
            ORDER BY s.indication = 'TOTAL-FAILED' DESC, s.number LIMIT 1), d.reason)
    ELSE d.reason END";

/// What was changed comes before what was revoked, and that before what was never right.
const RANK: &str =
    "CASE why WHEN 'HASH_FAILURE' THEN 0 WHEN 'SIG_CRYPTO_FAILURE' THEN 1 WHEN 'changed-after-signing' THEN 2
    WHEN 'REVOKED' THEN 3 WHEN 'certificate-revoked-at-timestamp' THEN 4 WHEN 'FORMAT_FAILURE' THEN 5 ELSE 6 END";

/// Invalid documents, worst reason first, then those that could not be processed.
pub(super) fn red(connection: &Connection, most: u32) -> Result<Vec<Listed>, StoreError> {
    let sql = format!(
        "SELECT d.id, {REQUIREMENT} AS asked, d.error, {WHY} AS why FROM document d
        WHERE d.gone IS NULL AND d.verdict IN ('invalid', 'error')
        ORDER BY d.verdict = 'error', {RANK}, asked, why, d.error, d.name LIMIT ?1"
    );
    listed(connection, &sql, most)
}

/// Documents to be stamped again, earliest first.
pub(super) fn renewals(connection: &Connection, most: u32) -> Result<Vec<Listed>, StoreError> {
    let sql = format!(
        "SELECT d.id, {REQUIREMENT} AS asked, d.error, {WHY} AS why FROM document d
        WHERE d.gone IS NULL AND d.renew_before IS NOT NULL ORDER BY d.renew_before, d.id LIMIT ?1"
    );
    listed(connection, &sql, most)
}

fn listed(connection: &Connection, sql: &str, most: u32) -> Result<Vec<Listed>, StoreError> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([most])?;
    let mut listed = Vec::new();
    while let Some(row) = rows.next()? {
        let cause = Cause { requirement: row.get(1)?, error: row.get(2)?, why: row.get(3)? };
        if let Some(row) = get(connection, row.get(0)?)? {
            listed.push(Listed { row, cause });
        }
    }
    Ok(listed)
}
