use std::collections::BTreeSet;

use kenin_base::{Budget, Source};

use crate::document::Document;
use crate::error::{PdfError, ReadError};
use crate::observe::PdfOptions;
use crate::xref::Entry;

/// An object that the cross-reference data of the newest revision names (ISO 32000-1 7.5.4, 7.5.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ObjectEntry {
    /// Object number.
    pub number: u32,
    /// Generation; 0 in an object stream.
    pub generation: u32,
    /// Where the object is said to stand.
    pub location: ObjectLocation,
}

/// Where cross-reference data places an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObjectLocation {
    /// At this offset from the beginning of the file, bytes before the header included.
    File {
        /// In bytes.
        offset: u64,
    },
    /// In an object stream (7.5.7).
    InStream {
        /// Object number of the object stream.
        stream: u32,
        /// Position in it, counted from 0.
        index: u32,
    },
}

/// The objects of the document as the cross-reference data of its newest revision names them, by number. What stands
/// at the places named is not looked at; only where no cross-reference data is readable are objects found by a scan.
///
/// # Errors
/// [`PdfError`] when the document's bytes cannot be read. Damage and limits leave the result empty.
pub fn object_table(source: &Source, options: &PdfOptions, budget: &Budget) -> Result<Vec<ObjectEntry>, PdfError> {
    match Document::open(source, &options.passwords, budget) {
        Ok(document) => Ok(entries(&document)),
        Err(ReadError::Source(error)) => Err(error.into()),
        Err(_) => Ok(Vec::new()),
    }
}

fn entries(document: &Document<'_>) -> Vec<ObjectEntry> {
    let view = document.last_view();
    let shift = document.reader.shift.get();
    let named = view.sections().flat_map(|section| section.entries()).map(|(number, _)| number);
    let numbers: BTreeSet<u32> = named.collect();
    let entry = |number| {
        let (generation, location) = match view.lookup(number)? {
            Entry::Free => return None,
            Entry::InUse { offset, generation } => {
                (generation, ObjectLocation::File { offset: offset.saturating_add(shift) })
            }
            Entry::Compressed { stream, index } => (0, ObjectLocation::InStream { stream, index }),
        };
        Some(ObjectEntry { number, generation, location })
    };
    numbers.into_iter().filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_definition_counts_and_freed_objects_are_gone() {
        let first = "%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n2 0 obj 2 endobj\n3 0 obj 3 endobj\n";
        let xref = "xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000042 00000 n \n0000000058 00000 n \n";
        let mut file = format!("{first}{xref}trailer<</Size 4/Root 1 0 R>>\nstartxref\n{}\n%%EOF\n", first.len());
        let offset = file.len();
        file += "3 1 obj 4 endobj\n";
        let table = file.len();
        file += &format!("xref\n2 2\n0000000000 00001 f \n{offset:010} 00001 n \n");
        file += &format!("trailer<</Size 4/Root 1 0 R/Prev {}>>\nstartxref\n{table}\n%%EOF\n", first.len());
        let source = Source::bytes(file.into_bytes());
        let found = object_table(&source, &PdfOptions::default(), &Budget::default()).unwrap();
        let entry =
            |number, generation, offset| ObjectEntry { number, generation, location: ObjectLocation::File { offset } };
        assert_eq!(found, [entry(1, 0, 9), entry(3, 1, u64::try_from(offset).unwrap())]);
    }
}
