//! What came of the changes: how many there were of each class, how many left a document valid, and which should not have.

use std::collections::BTreeMap;

use libtest_mimic::Failed;

use crate::documents::Standing;

/// Survivors that a failure names.
const NAMED: usize = 40;

/// The changes of one class.
#[derive(Clone, Copy, Default)]
struct Count {
    made: u64,
    /// Valid, with nothing claimed that no original claims.
    still_valid: u64,
}

/// Counts by class, and what should not have survived.
#[derive(Default)]
pub struct Tally {
    counts: BTreeMap<(&'static str, Standing), Count>,
    survivors: Vec<String>,
}

/// What came of one change.
pub enum Outcome {
    NotValid,
    StillValid,
    /// And why that is wrong.
    Survived(String),
}

impl Tally {
    /// One change of a document of this standing.
    pub fn add(&mut self, change: &'static str, standing: Standing, outcome: Outcome) {
        let count = self.counts.entry((change, standing)).or_default();
        count.made += 1;
        match outcome {
            Outcome::NotValid => {}
            Outcome::StillValid => count.still_valid += 1,
            Outcome::Survived(why) => self.survivors.push(format!("{change}: {why}")),
        }
    }

    pub fn and(mut self, other: Self) -> Self {
        for (class, count) in other.counts {
            let own = self.counts.entry(class).or_default();
            own.made += count.made;
            own.still_valid += count.still_valid;
        }
        self.survivors.extend(other.survivors);
        self
    }

    /// Prints the counts; survivors are a failure, and so is a run that changed nothing.
    pub fn verdict(&self) -> Result<(), Failed> {
        let made: u64 = self.counts.values().map(|count| count.made).sum();
        for ((change, standing), Count { made, still_valid }) in &self.counts {
            let standing = standing.name();
            println!("soundness: {change:<28} {standing:<8} {made:>9} changes, {still_valid:>8} valid as they may be");
        }
        if made == 0 {
            return Err("nothing was changed".into());
        }
        let survivors = self.survivors.len();
        if survivors == 0 {
            return Ok(());
        }
        let named = self.survivors.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join("\n");
        Err(format!("{survivors} of {made} changes survived:\n{named}").into())
    }
}
