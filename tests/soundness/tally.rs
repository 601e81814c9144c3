//! What came of the changes: how many there were of each class, how many left a document valid, and which should not have.

use std::collections::BTreeMap;

use libtest_mimic::Failed;

use crate::documents::Standing;

/// Survivors that a failure names.
const NAMED: usize = 40;

/// Changes that take back what was wrong with a document: what is left is what somebody signed. Each was looked at.
const TAKEN_BACK: &[(&str, &str)] = &[
    // The signer whose signature is broken is no longer there.
    ("an element dropped", "b14-one-good-one-bad: Drop octets 9266..12018"),
    // /XRefStm has another name, or its stream an entry for another object: no reader finds the page that was replaced.
    ("a bit not covered", "a15-hybrid-page-replaced: bit 4 of octet 8450"),
    ("a bit not covered", "a15-hybrid-page-replaced: bit 6 of octet 8803"),
    // /Rotate has another name, and /XFA leads to nothing.
    ("a bit not covered", "page-rotate: bit 1 of octet 8482"),
    ("a bit not covered", "form-xfa-added: bit 1 of octet 9373"),
    // The element that was added is no longer in what is signed.
    ("an XML element dropped", "xades-cda-element-added: Drop octets 13508..13520"),
    ("an XML element moved", "xades-cda-element-added: octets 13508..13520 into 11"),
    ("an XML element moved", "xades-cda-element-added: octets 13508..13520 into 12309..13346"),
    // The record that only staff have signed is gone with their signature; the doctor's is over the rest.
    ("an XML element dropped", "xades-company-object: Drop octets 7421..14374"),
    // What is left beside it is signed by nobody, among properties that nobody signs.
    ("an XML element dropped", "xades-record-among-properties: Drop octets 7490..14374"),
    ("an XML element dropped", "xades-record-among-properties-by-path: Drop octets 7455..14519"),
    // The list that revokes the card, which is not signed, is no longer where a list is looked for.
    ("an XML element dropped", "xades-second-unsigned-group: Drop octets 12773..13953"),
    ("an XML element moved", "xades-second-unsigned-group: octets 12773..13953 into 3966..14015"),
    // One of two prescriptions is left, with its signature.
    ("an XML element dropped", "xades-licence-two-prescriptions: Drop octets 49..7244"),
];

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

fn is_taken_back(change: &str, why: &str) -> bool {
    TAKEN_BACK.iter().any(|(class, which)| *class == change && why.starts_with(which))
}

impl Tally {
    /// One change of a document of this standing.
    pub fn add(&mut self, change: &'static str, standing: Standing, outcome: Outcome) {
        let count = self.counts.entry((change, standing)).or_default();
        count.made += 1;
        match outcome {
            Outcome::NotValid => {}
            Outcome::StillValid => count.still_valid += 1,
            Outcome::Survived(why) if is_taken_back(change, &why) => count.still_valid += 1,
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
