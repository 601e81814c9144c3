//! Reading a results file.

use std::path::Path;

use kenin::{
    Finding, Limits, Octets, Policy, Report, Sha256, StoredFacts, TimeSource, TrustProfile, UtcTime, Verifier,
};
use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension as _, Row as SqlRow};

use super::{Counts, StoreError, counts, open};
use crate::pack::unpacked;
use crate::{Name, Record, SignatureRecord, Stamp};

/// A results file that is read. It may be written at the same time; what is asked in one call is of one state.
pub struct Results {
    pub(crate) connection: Connection,
}

/// A document's row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its number, which it keeps when it is judged again.
    pub id: i64,
    /// The run that judged it.
    pub run: i64,
    /// Whether it was not there any more at the last run.
    pub gone: bool,
    /// What is kept of it.
    pub record: Record,
}

/// A run's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRow {
    /// Its number.
    pub id: i64,
    /// Whether it came to its end.
    pub finished: bool,
    /// Whether it judged stored facts and read no document.
    pub rejudged: bool,
    /// The version of kenin.
    pub tool: String,
    /// The policy's name and SHA-256.
    pub policy: (String, Sha256),
    /// The trust profile's name and SHA-256.
    pub trust: (String, Sha256),
    /// SHA-256 over the evidence given beside the documents.
    pub evidence_sha256: Sha256,
    /// The time at which it judged.
    pub time: UtcTime,
    /// Where that came from.
    pub time_source: TimeSource,
}

impl Results {
    /// Opens a results file that is there.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        open::to_read(path).map(|connection| Self { connection })
    }

    /// How all documents stand.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn counts(&self) -> Result<Counts, StoreError> {
        counts(&self.connection)
    }

    /// Every run, the oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn runs(&self) -> Result<Vec<RunRow>, StoreError> {
        let sql = "SELECT id, state, kind, tool, policy, policy_sha256, trust, trust_sha256, evidence_sha256,
            validation_time, time_source FROM run ORDER BY id";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut runs = Vec::new();
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            runs.push(RunRow {
                id,
                finished: row.get::<_, String>(1)? == "finished",
                rejudged: row.get::<_, String>(2)? == "rejudge",
                tool: row.get(3)?,
                policy: (row.get(4)?, Sha256(row.get(5)?)),
                trust: (row.get(6)?, Sha256(row.get(7)?)),
                evidence_sha256: Sha256(row.get(8)?),
                time: time(id, row, 9)?.ok_or_else(|| damaged(id, &"validation_time"))?,
                time_source: match row.get::<_, String>(10)?.as_str() {
                    "given" => TimeSource::Given,
                    _ => TimeSource::Now,
                },
            });
        }
        Ok(runs)
    }

    /// The judge of a run: its policy and trust profile, as this version of kenin reads them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn verifier(&self, run: &RunRow) -> Result<Verifier, StoreError> {
        let text = |sha256: &Sha256| {
            let mut statement = self.connection.prepare_cached("SELECT text FROM profile WHERE sha256 = ?1")?;
            statement.query_row([sha256.0], |row| row.get::<_, String>(0))
        };
        let policy = Policy::from_toml(&text(&run.policy.1)?).map_err(|error| damaged(run.id, &error))?;
        let trust = TrustProfile::from_toml(&text(&run.trust.1)?).map_err(|error| damaged(run.id, &error))?;
        Ok(Verifier::new(trust, policy))
    }

    /// Hands every document to `visit`, sorted by name, those that have gone included, until it fails.
    ///
    /// # Errors
    /// Those of `visit`, and [`StoreError`].
    pub fn for_each<E: From<StoreError>>(&self, mut visit: impl FnMut(Row) -> Result<(), E>) -> Result<(), E> {
        let sql = format!("{DOCUMENT} ORDER BY name");
        let mut statement = self.connection.prepare(&sql).map_err(StoreError::from)?;
        let mut rows = statement.query([]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            visit(read(&self.connection, row)?)?;
        }
        Ok(())
    }

    /// The document of this number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn get(&self, id: i64) -> Result<Option<Row>, StoreError> {
        get(&self.connection, id)
    }

    /// The document of this name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn find(&self, name: &Name) -> Result<Option<Row>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!("{DOCUMENT} WHERE name = ?1"))?;
        let mut rows = statement.query([name.as_bytes()])?;
        rows.next()?.map(|row| read(&self.connection, row)).transpose()
    }

    /// The report on a document, made again from what was observed, under the conditions of the run that judged it: with
    /// `findings` of the caller, and one that it is about stored facts. `None` for a document that could not be read.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn report(&self, row: &Row, findings: &[Finding]) -> Result<Option<Report>, StoreError> {
        let run = self.runs()?.into_iter().find(|run| run.id == row.run);
        let run = run.ok_or_else(|| damaged(row.id, &"run"))?;
        let verifier = self.verifier(&run)?;
        self.report_by(&verifier, &run, row, findings)
    }

    /// As [`Self::report`], with the judge of the run ([`Self::verifier`]), which many documents can share.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn report_by(
        &self,
        verifier: &Verifier,
        run: &RunRow,
        row: &Row,
        findings: &[Finding],
    ) -> Result<Option<Report>, StoreError> {
        let Some(stored) = self.facts(row.id, &verifier.observe_options().limits)? else { return Ok(None) };
        let findings = [stored.finding()].into_iter().chain(findings.iter().cloned()).collect::<Vec<_>>();
        let facts = stored.with(&[], findings);
        let mut report = match run.time_source {
            TimeSource::Now => verifier.judge(&facts, run.time),
            TimeSource::Given => verifier.judge_at(&facts, run.time),
        };
        row.record.name.put_on(&mut report);
        report.document.content_path = row.record.content.as_ref().map(Name::to_string);
        Ok(Some(report))
    }

    /// What was observed of a document; `None` where it could not be read.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn facts(&self, id: i64, limits: &Limits) -> Result<Option<StoredFacts>, StoreError> {
        facts(&self.connection, id, limits)
    }
}

pub(crate) fn get(connection: &Connection, id: i64) -> Result<Option<Row>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{DOCUMENT} WHERE id = ?1"))?;
    let mut rows = statement.query([id])?;
    rows.next()?.map(|row| read(connection, row)).transpose()
}

pub(super) fn facts(connection: &Connection, id: i64, limits: &Limits) -> Result<Option<StoredFacts>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT facts FROM facts WHERE document = ?1")?;
    let Some(packed) = statement.query_row([id], |row| row.get::<_, Vec<u8>>(0)).optional()? else {
        return Ok(None);
    };
    let bytes = unpacked(&packed).map_err(|error| damaged(id, &error))?;
    let facts = StoredFacts::read_apart(&bytes, limits, |sha256| evidence(connection, sha256).ok().flatten());
    facts.map(Some).map_err(|error| damaged(id, &error))
}

fn evidence(connection: &Connection, sha256: &Sha256) -> Result<Option<Octets>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT der FROM evidence WHERE sha256 = ?1")?;
    let packed = statement.query_row([sha256.0], |row| row.get::<_, Vec<u8>>(0)).optional()?;
    // What cannot be unpacked is not the object of this digest.
    Ok(packed.and_then(|packed| unpacked(&packed).ok()).map(Octets::from))
}

fn read(connection: &Connection, row: &SqlRow<'_>) -> Result<Row, StoreError> {
    let id: i64 = row.get(0)?;
    let beside = row.get::<_, Option<u64>>(5)?;
    let beside_modified = row.get(6)?;
    let record = Record {
        name: Name::from_bytes(row.get::<_, Vec<u8>>(3)?),
        stamp: Stamp { size: row.get(4)?, modified: row.get(7)? },
        beside: beside.map(|size| Stamp { size, modified: beside_modified }),
        content: row.get::<_, Option<Vec<u8>>>(8)?.map(Name::from_bytes),
        sha256: row.get::<_, Option<[u8; 32]>>(9)?.map(Sha256),
        format: row.get(10)?,
        verdict: row.get(11)?,
        conformity: row.get(12)?,
        error: row.get(13)?,
        error_reason: row.get(14)?,
        requirement: row.get(15)?,
        reason: row.get(16)?,
        verifiable_until: time(id, row, 17)?,
        renew_before: time(id, row, 18)?,
        verification_id: row.get(19)?,
        signatures: signatures(connection, id)?,
    };
    Ok(Row { id, run: row.get(1)?, gone: row.get(2)?, record })
}

fn signatures(connection: &Connection, id: i64) -> Result<Vec<SignatureRecord>, StoreError> {
    let sql = "SELECT id, kind, format, level, reached_level, indication, sub_indication, signer, issuer,
            certificate_sha256, licence, best_signature_time, tsa, grade, checks
        FROM signature WHERE document = ?1 ORDER BY number";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([id])?;
    let mut signatures = Vec::new();
    while let Some(row) = rows.next()? {
        let checks = row.get::<_, Option<Vec<u8>>>(14)?.map(|packed| unpacked(&packed)).transpose();
        let checks = checks.map_err(|error| damaged(id, &error))?.map(String::from_utf8).transpose();
        signatures.push(SignatureRecord {
            id: row.get(0)?,
            kind: row.get(1)?,
            format: row.get(2)?,
            level: row.get(3)?,
            reached_level: row.get(4)?,
            indication: row.get(5)?,
            sub_indication: row.get(6)?,
            signer: row.get(7)?,
            issuer: row.get(8)?,
            certificate_sha256: row.get::<_, Option<[u8; 32]>>(9)?.map(Sha256),
            licence: row.get(10)?,
            best_signature_time: time(id, row, 11)?,
            tsa: row.get(12)?,
            grade: row.get(13)?,
            checks: checks.map_err(|error| damaged(id, &error))?,
        });
    }
    Ok(signatures)
}

const DOCUMENT: &str = "SELECT id, run, gone IS NOT NULL, name, size, beside_size, beside_modified, modified, content,
    sha256, format, verdict, conformity, error, error_reason, requirement, reason, verifiable_until, renew_before,
    verification_id FROM document";

fn time(id: i64, row: &SqlRow<'_>, column: usize) -> Result<Option<UtcTime>, StoreError> {
    let text: Option<String> = FromSql::column_result(row.get_ref(column)?).map_err(rusqlite::Error::from)?;
    text.map(|text| UtcTime::parse(&text)).transpose().map_err(|error| damaged(id, &error))
}

fn damaged(id: i64, what: &dyn std::fmt::Display) -> StoreError {
    StoreError::Damaged { id, what: what.to_string() }
}
