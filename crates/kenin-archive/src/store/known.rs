//! Which documents are judged: those that are new or changed, and what is asked for beside.

use foldhash::HashSet;
use kenin::{Sha256, UtcTime};
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::StoreError;
use crate::{Entry, Name, Stamp, Want};

/// What is judged beside new and changed documents, and what is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Unchanged documents that are judged again all the same.
    pub recheck: Vec<Recheck>,
    /// Unchanged documents are passed over although tool, policy, trust, evidence or time are others.
    pub only_changed: bool,
    /// Documents whose last change was before this time are passed over, known or not.
    pub since: Option<UtcTime>,
    /// Documents are read and their SHA-256 compared although size and time of change are the same.
    pub compare_content: bool,
}

/// Why an unchanged document is judged again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recheck {
    /// It was invalid.
    Invalid,
    /// It was indeterminate.
    Indeterminate,
    /// It should be stamped again, or cannot be verified any more, within so many days of the run's time.
    Expiring {
        /// The number of days.
        days: u32,
    },
}

/// The documents of a results file, as the walk meets them.
#[derive(Debug)]
pub struct Known {
    connection: Connection,
    run: i64,
    time: UtcTime,
    alike: HashSet<i64>,
    selection: Selection,
    seen: HashSet<i64>,
    unchanged: u64,
    older: u64,
}

/// What the results say of a document.
struct Kept {
    id: i64,
    run: i64,
    stamps: (Stamp, Option<Stamp>),
    sha256: Option<Sha256>,
    verdict: String,
    error: Option<String>,
    ends: Option<UtcTime>,
    gone: bool,
}

impl Known {
    pub(super) fn new(
        connection: Connection,
        (run, time): (i64, UtcTime),
        alike: Vec<i64>,
        selection: Selection,
    ) -> Self {
        let alike = alike.into_iter().collect();
        Self { connection, run, time, alike, selection, seen: HashSet::default(), unchanged: 0, older: 0 }
    }

    /// Whether a document is judged. What the results cannot tell is.
    pub fn wants(&mut self, entry: &Entry) -> Want {
        let kept = self.kept(&entry.item.name).ok().flatten();
        // Roots may overlap, so that a document is met again.
        let is_new = kept.as_ref().is_none_or(|kept| self.seen.insert(kept.id));
        if self.is_older(entry) {
            self.older += 1;
            return Want::Skip;
        }
        let want = kept.map_or(Want::Judge, |kept| self.want(entry, &kept));
        self.unchanged += u64::from(is_new && want == Want::Skip);
        want
    }

    /// Documents that were passed over because they are unchanged.
    pub fn unchanged(&self) -> u64 {
        self.unchanged
    }

    /// Documents that were passed over because their last change is older than was asked for.
    pub fn older(&self) -> u64 {
        self.older
    }

    /// Whether the walk met the document of this row, or cannot tell: a ZIP that is passed over for its age is not opened.
    pub(super) fn has_seen(&self, id: i64, name: &Name) -> bool {
        self.seen.contains(&id) || self.selection.since.is_some() && name.is_member()
    }

    fn is_older(&self, entry: &Entry) -> bool {
        let nanoseconds = |time: UtcTime| time.unix_seconds().checked_mul(1_000_000_000);
        let since = self.selection.since.and_then(nanoseconds);
        let modified = entry.item.stamp.modified;
        matches!((modified, since), (Some(modified), Some(since)) if modified < since)
    }

    fn want(&self, entry: &Entry, kept: &Kept) -> Want {
        // Of what it is beside no SHA-256 is kept: where contents are compared, a pair is judged.
        let is_pair = self.selection.compare_content && entry.beside.is_some();
        let compare = kept.sha256.filter(|_| !is_pair).map_or(Want::Judge, Want::JudgeUnless);
        let same = kept.stamps == entry.stamps();
        if kept.run == self.run {
            return if same { Want::Skip } else { Want::Judge };
        }
        // What failed, or could not be opened with the passwords given, is tried again by every run.
        let failed = kept.verdict == "error" || kept.error.as_deref() == Some("encrypted-needs-password");
        let holds = self.selection.only_changed || self.alike.contains(&kept.run);
        if failed || !holds || self.selection.recheck.iter().any(|recheck| self.is_due(*recheck, kept)) {
            return Want::Judge;
        }
        let (stamp, beside) = entry.stamps();
        match same {
            true if kept.gone || self.selection.compare_content => compare,
            true => Want::Skip,
            // Copied or touched: what it is beside must be the same as well, of which no SHA-256 is kept.
            false if stamp.size == kept.stamps.0.size && beside == kept.stamps.1 => compare,
            false => Want::Judge,
        }
    }

    fn is_due(&self, recheck: Recheck, kept: &Kept) -> bool {
        match recheck {
            Recheck::Invalid => kept.verdict == "invalid",
            Recheck::Indeterminate => kept.verdict == "indeterminate",
            Recheck::Expiring { days } => {
                let limit = self.time.unix_seconds().saturating_add(i64::from(days) * 86_400);
                kept.ends.is_some_and(|ends| ends.unix_seconds() <= limit)
            }
        }
    }

    fn kept(&self, name: &Name) -> Result<Option<Kept>, StoreError> {
        let sql = "SELECT id, run, size, modified, beside_size, beside_modified, sha256, verdict, error,
                coalesce(renew_before, verifiable_until), gone IS NOT NULL FROM document WHERE name = ?1";
        let read = |row: &Row<'_>| {
            let beside = row.get::<_, Option<u64>>(4)?;
            let modified = row.get(5)?;
            Ok(Kept {
                id: row.get(0)?,
                run: row.get(1)?,
                stamps: (
                    Stamp { size: row.get(2)?, modified: row.get(3)? },
                    beside.map(|size| Stamp { size, modified }),
                ),
                sha256: row.get::<_, Option<[u8; 32]>>(6)?.map(Sha256),
                verdict: row.get(7)?,
                error: row.get(8)?,
                ends: row.get::<_, Option<String>>(9)?.and_then(|time| UtcTime::parse(&time).ok()),
                gone: row.get(10)?,
            })
        };
        Ok(self.connection.prepare_cached(sql)?.query_row([name.as_bytes()], read).optional()?)
    }
}
