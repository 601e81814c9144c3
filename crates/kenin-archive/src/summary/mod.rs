//! What the results say of the whole archive: counts by SQL and lists of bounded length, whatever the number of documents.

mod calendar;
mod lists;
mod shares;

use kenin::UtcTime;

pub use calendar::{Calendar, Month, Year};
pub use lists::{Cause, Listed};
pub use shares::{JudgedAlike, Licence, Reason, Share, Stamps};

use crate::store::troubles;
use crate::{Counts, Name, Results, RunRow, StoreError};

/// Places that could not be entered, named.
const PLACES: u32 = 50;

/// The whole archive. Documents that have gone count in [`Counts::gone`] alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The time from which the calendar counts.
    pub time: UtcTime,
    /// How the documents stand.
    pub counts: Counts,
    /// The last run, whether or not it came to its end.
    pub last: Option<RunRow>,
    /// Under which conditions the documents were judged, most documents first.
    pub judged: Vec<JudgedAlike>,
    /// Places that the last run could not enter, and why.
    pub troubles: Vec<(Name, String)>,
    /// Documents that are invalid or could not be processed, worst first.
    pub red: Vec<Listed>,
    /// Why documents are not valid: invalid ones first, most frequent first.
    pub reasons: Vec<Reason>,
    /// How many documents must be stamped again by when.
    pub calendar: Calendar,
    /// Valid documents without a date, because they lack material.
    pub undated: u64,
    /// Documents to be stamped again, earliest first.
    pub renewals: Vec<Listed>,
    /// Signatures by national licence.
    pub licences: Vec<Licence>,
    /// Timestamps by who issued them.
    pub stamps: Vec<Stamps>,
    /// Signatures by the level that they reach.
    pub levels: Vec<Share>,
}

impl Summary {
    /// Documents that are invalid or could not be processed.
    pub fn red_total(&self) -> u64 {
        self.counts.invalid + self.counts.errors
    }
}

impl Results {
    /// The whole archive as it stands at one moment, with at most `most` documents in each list.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn summary(&self, time: UtcTime, most: u32) -> Result<Summary, StoreError> {
        // A run may be going on: everything is read of one state.
        let snapshot = self.connection.unchecked_transaction()?;
        let summary = Summary {
            time,
            counts: self.counts()?,
            last: self.runs()?.pop(),
            judged: shares::judged(&snapshot)?,
            troubles: troubles(&snapshot, PLACES)?,
            red: lists::red(&snapshot, most)?,
            reasons: shares::reasons(&snapshot)?,
            calendar: calendar::read(&snapshot, time)?,
            undated: calendar::undated(&snapshot)?,
            renewals: lists::renewals(&snapshot, most)?,
            licences: shares::licences(&snapshot)?,
            stamps: shares::stamps(&snapshot)?,
            levels: shares::levels(&snapshot)?,
        };
        snapshot.finish()?;
        Ok(summary)
    }
}
