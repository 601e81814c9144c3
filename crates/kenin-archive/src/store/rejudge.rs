//! Judging an archive again from stored facts, without its documents.

use std::path::Path;

use kenin::{Facts, Finding, FindingCode, Limits, Report, StoredFacts, SuppliedEvidence, TimeSource};
use rayon::prelude::*;
use rusqlite::{Transaction, TransactionBehavior};

use super::run::{self, Kind};
use super::{Conditions, Counts, StoreError, counts, end, open, read, row};
use crate::{Record, Stop};

/// Documents whose facts are in memory at once: those of a hostile one are large.
const TOGETHER: usize = 32;

/// How stored facts are judged.
#[derive(Debug)]
pub struct Rejudge<'a> {
    /// Policy, trust profile and time.
    pub conditions: Conditions<'a>,
    /// Evidence that is given beside them.
    pub evidence: &'a [SuppliedEvidence],
    /// Budgets over facts that are read.
    pub limits: Limits,
    /// Whether somebody vouches that nobody has changed them.
    pub trusted: bool,
    /// Whether rows have the names of JPKI holders.
    pub show_personal: bool,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rejudged {
    /// Documents that were judged.
    pub judged: u64,
    /// Documents without facts, which keep the row that they have.
    pub without_facts: u64,
    /// How all stand now.
    pub counts: Counts,
}

/// Judges every document of a results file from its facts, all in one transaction: it is done, or nothing has changed.
/// `None` when it was asked to stop.
///
/// # Errors
/// [`StoreError`].
pub fn rejudge(
    path: &Path,
    how: &Rejudge<'_>,
    progress: &dyn Fn(u64),
    stop: &Stop,
) -> Result<Option<Rejudged>, StoreError> {
    let mut connection = open::to_write(path)?;
    open::claim_unused(&connection)?;
    connection.execute_batch("ROLLBACK")?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if let Some(unfinished) = run::unfinished(&transaction)? {
        return Err(unfinished.refused());
    }
    let run = run::insert_run(&transaction, &how.conditions, Kind::Rejudge)?;
    let mut rejudged = Rejudged { judged: 0, without_facts: 0, counts: Counts::default() };
    let mut after = 0;
    loop {
        let ids = ids(&transaction, after)?;
        let Some(last) = ids.last() else { break };
        after = *last;
        let mut documents = Vec::new();
        for id in ids {
            match read::facts(&transaction, id, &how.limits)? {
                Some(facts) => documents.push((id, facts)),
                None => rejudged.without_facts += 1,
            }
        }
        let judge = |(id, facts): (i64, StoredFacts)| (id, how.judge(facts));
        let reports: Vec<(i64, Report)> = documents.into_par_iter().map(judge).collect();
        for (id, report) in reports {
            let Some(before) = read::get(&transaction, id)? else { continue };
            let before = before.record;
            let record = Record {
                beside: before.beside,
                content: before.content,
                ..Record::of_report(before.name, before.stamp, &report)
            };
            row::judged(&transaction, run.id, &record)?;
            rejudged.judged += 1;
        }
        progress(rejudged.judged);
        if stop.is_asked() {
            return Ok(None);
        }
    }
    end(&transaction, run.id)?;
    rejudged.counts = counts(&transaction)?;
    transaction.commit()?;
    open::to_one_file(&connection);
    Ok(Some(rejudged))
}

impl Rejudge<'_> {
    fn judge(&self, stored: StoredFacts) -> Report {
        let facts = self.facts(stored);
        let (time, source) = self.conditions.time;
        let mut report = match source {
            TimeSource::Now => self.conditions.verifier.judge(&facts, time),
            TimeSource::Given => self.conditions.verifier.judge_at(&facts, time),
        };
        if !self.show_personal {
            report.redact_personal();
        }
        report
    }

    fn facts(&self, stored: StoredFacts) -> Facts {
        let unchecked = (!self.trusted).then(|| Finding::new(FindingCode::StoredFactsUnchecked));
        let findings: Vec<Finding> = [stored.finding()].into_iter().chain(unchecked).collect();
        stored.with(self.evidence, findings)
    }
}

/// The next documents by number.
fn ids(transaction: &Transaction<'_>, after: i64) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT id FROM document WHERE id > ?1 ORDER BY id LIMIT ?2";
    let mut statement = transaction.prepare_cached(sql)?;
    let limit = i64::try_from(TOGETHER).unwrap_or(i64::MAX);
    let ids = statement.query_map([after, limit], |row| row.get(0))?;
    ids.map(|id| id.map_err(StoreError::from)).collect()
}
