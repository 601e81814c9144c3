//! Writing the rows of one document.

use foldhash::HashSet;
use kenin::Sha256;
use rusqlite::{Connection, OptionalExtension as _, Result, params};

use crate::pack::{Packed, compressed};
use crate::{Name, Record, SignatureRecord, Stamp};

/// Objects of evidence that are known to be in the file: most documents share lists and authorities.
const KNOWN: usize = 1 << 16;

/// Writes the row of a document and what it can be judged again from. `known` objects are in the file already.
pub(super) fn document(
    connection: &Connection,
    run: i64,
    (record, packed): (&Record, Option<&Packed>),
    known: &mut HashSet<Sha256>,
) -> Result<()> {
    let id = judged(connection, run, record)?;
    match packed {
        Some(packed) => {
            let sql = "INSERT OR REPLACE INTO facts (document, facts) VALUES (?1, ?2)";
            connection.prepare_cached(sql)?.execute(params![id, packed.facts])?;
            if known.len() > KNOWN {
                known.clear();
            }
            for (sha256, kind, der) in packed.evidence.iter().filter(|(sha256, ..)| known.insert(*sha256)) {
                let sql = "INSERT OR IGNORE INTO evidence (sha256, kind, der) VALUES (?1, ?2, ?3)";
                connection.prepare_cached(sql)?.execute(params![sha256.0, crate::record::code(kind), &der[..]])?;
            }
        }
        None => drop(connection.prepare_cached("DELETE FROM facts WHERE document = ?1")?.execute([id])?),
    }
    Ok(())
}

/// Writes everything but what the document can be judged again from, and gives its number.
pub(super) fn judged(connection: &Connection, run: i64, record: &Record) -> Result<i64> {
    let id = insert(connection, run, record)?;
    for (number, signature) in record.signatures.iter().enumerate() {
        self::signature(connection, id, number, signature)?;
    }
    Ok(id)
}

/// The row is there under other stamps, and the document as well.
pub(super) fn unchanged(connection: &Connection, name: &Name, stamps: (Stamp, Option<Stamp>)) -> Result<()> {
    let (stamp, beside) = stamps;
    let sql = "UPDATE document SET gone = NULL, size = ?2, modified = ?3, beside_size = ?4, beside_modified = ?5
        WHERE name = ?1";
    let beside = (beside.map(|beside| beside.size), beside.and_then(|beside| beside.modified));
    let values = params![name.as_bytes(), stamp.size, stamp.modified, beside.0, beside.1];
    connection.prepare_cached(sql)?.execute(values).map(drop)
}

/// Writes the row and gives its number, which a document keeps. What it had of signatures goes.
fn insert(connection: &Connection, run: i64, record: &Record) -> Result<i64> {
    let values = params![
        record.name.as_bytes(),
        run,
        record.stamp.size,
        record.stamp.modified,
        record.sha256.map(|sha256| sha256.0),
        record.format,
        record.verdict,
        record.conformity,
        record.error,
        record.error_reason,
        record.content.as_ref().map(Name::as_bytes),
        record.beside.map(|beside| beside.size),
        record.beside.and_then(|beside| beside.modified),
        record.requirement,
        record.reason,
        record.verifiable_until.map(|time| time.to_string()),
        record.renew_before.map(|time| time.to_string()),
        record.verification_id,
    ];
    let known: Option<i64> = connection
        .prepare_cached("SELECT id FROM document WHERE name = ?1")?
        .query_row([record.name.as_bytes()], |row| row.get(0))
        .optional()?;
    let Some(id) = known else {
        let sql = "INSERT INTO document (name, run, size, modified, sha256, format, verdict, conformity, error,
                error_reason, content, beside_size, beside_modified, requirement, reason, verifiable_until,
                renew_before, verification_id)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";
        return connection.prepare_cached(sql)?.insert(values);
    };
    let sql = "UPDATE document SET run = ?2, gone = NULL, size = ?3, modified = ?4, sha256 = ?5, format = ?6,
            verdict = ?7, conformity = ?8, error = ?9, error_reason = ?10, content = ?11, beside_size = ?12,
            beside_modified = ?13, requirement = ?14, reason = ?15, verifiable_until = ?16, renew_before = ?17,
            verification_id = ?18
        WHERE name = ?1";
    connection.prepare_cached(sql)?.execute(values)?;
    connection.prepare_cached("DELETE FROM signature WHERE document = ?1")?.execute([id])?;
    Ok(id)
}

fn signature(connection: &Connection, id: i64, number: usize, signature: &SignatureRecord) -> Result<()> {
    let checks = signature.checks.as_ref().map(|checks| compressed(checks.as_bytes()));
    let checks = checks.transpose().map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    let values = params![
        id,
        i64::try_from(number).unwrap_or(i64::MAX),
        signature.id,
        signature.kind,
        signature.format,
        signature.level,
        signature.reached_level,
        signature.indication,
        signature.sub_indication,
        signature.signer,
        signature.issuer,
        signature.certificate_sha256.map(|sha256| sha256.0),
        signature.licence,
        signature.best_signature_time.map(|time| time.to_string()),
        signature.tsa,
        signature.grade,
        checks,
    ];
    let sql = "INSERT INTO signature (document, number, id, kind, format, level, reached_level, indication,
            sub_indication, signer, issuer, certificate_sha256, licence, best_signature_time, tsa, grade, checks)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)";
    connection.prepare_cached(sql)?.execute(values).map(drop)
}
