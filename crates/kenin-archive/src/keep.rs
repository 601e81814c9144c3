use crate::pack::{Packed, Packer};
use crate::{Name, Outcome, Record, Stamp};

/// What results keep of an outcome.
#[derive(Debug)]
pub enum Kept {
    /// The row of a document, and what it can be judged again from.
    Document(Box<Record>, Option<Packed>),
    /// A document with the content that its row is about, under these stamps.
    Unchanged(Name, (Stamp, Option<Stamp>)),
}

/// Makes of outcomes what results keep.
#[derive(Debug)]
pub struct Keeper {
    packer: Option<Packer>,
    show_personal: bool,
}

impl Keeper {
    /// Rows have the names of JPKI holders only if asked for. Facts and evidence have certificates as documents do.
    pub fn new(show_personal: bool) -> Self {
        Self { packer: Some(Packer::default()), show_personal }
    }

    /// As [`Self::new`], without facts and evidence.
    pub fn of_rows(show_personal: bool) -> Self {
        Self { packer: None, show_personal }
    }

    /// What is kept of an outcome; any thread may ask.
    pub fn keep(&self, outcome: Outcome) -> Kept {
        let mut judged = match outcome {
            Outcome::Judged(judged) => judged,
            Outcome::Unchanged(entry) => {
                let stamps = entry.stamps();
                return Kept::Unchanged(entry.item.name, stamps);
            }
        };
        if !self.show_personal {
            judged.report.redact_personal();
        }
        let record = Record::of(&judged);
        // Without facts a document has its row and is read again where a report is asked for.
        let packed = judged.facts.take().zip(self.packer.as_ref()).and_then(|(facts, packer)| packer.pack(facts).ok());
        Kept::Document(Box::new(record), packed)
    }
}
