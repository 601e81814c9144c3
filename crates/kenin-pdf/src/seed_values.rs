//! Seed values: what a signature field asks of whoever signs in it (ISO 32000-1 12.7.4.5, table 234). They bind signing
//! software and decide nothing about a signature that was made.

use kenin_facts::SeedValue;

use crate::document::Document;
use crate::error::ReadError;
use crate::object::{Dictionary, Object};
use crate::site::Site;

/// Values of one entry that are read.
const MAX_VALUES: usize = 32;

/// The entries that are read, each with the bit of /Ff that makes it mandatory, counted from 1. Of /Cert only that it
/// is there is of use: what it asks for stands in its own dictionary (table 235).
const ENTRIES: [(&str, Option<u32>); 9] = [
    ("Filter", Some(1)),
    ("SubFilter", Some(2)),
    ("DigestMethod", Some(7)),
    ("Cert", None),
    ("Reasons", Some(4)),
    ("MDP/P", None),
    ("TimeStamp/URL", None),
    ("LegalAttestation", Some(5)),
    ("AddRevInfo", Some(6)),
];

/// What the seed value dictionary of the signature's field asks for, as the signed revision has it.
pub(crate) fn seed_values(document: &Document<'_>, site: &Site) -> Result<Vec<SeedValue>, ReadError> {
    match site.field_entry(document, b"SV")? {
        Some(dictionary) => Reading { document, site }.entries(&dictionary),
        None => Ok(Vec::new()),
    }
}

struct Reading<'s, 'r> {
    document: &'s Document<'r>,
    site: &'s Site,
}

impl Reading<'_, '_> {
    fn entries(&self, dictionary: &Dictionary) -> Result<Vec<SeedValue>, ReadError> {
        let flags = self.flags(dictionary)?;
        let mut found = Vec::new();
        for (name, bit) in ENTRIES {
            let mut mandatory = bit.is_some_and(|bit| is_set(flags, bit));
            let value = match name.split_once('/') {
                Some((key, inner)) => {
                    let Object::Dictionary(inside) = self.entry(dictionary, key)? else { continue };
                    // /TimeStamp has a flag of its own: 1 asks for a timestamp. A level is always binding.
                    mandatory = key == "MDP" || is_set(self.flags(&inside)?, 1);
                    self.entry(&inside, inner)?
                }
                None => self.entry(dictionary, name)?,
            };
            if !value.is_null() {
                found.push(SeedValue { name: name.to_owned(), values: self.values(&value)?, mandatory });
            }
        }
        Ok(found)
    }

    fn entry(&self, dictionary: &Dictionary, key: &str) -> Result<Object, ReadError> {
        self.document.reader.entry(&self.site.view, dictionary, key.as_bytes())
    }

    fn flags(&self, dictionary: &Dictionary) -> Result<i64, ReadError> {
        Ok(self.entry(dictionary, "Ff")?.as_integer().unwrap_or(0))
    }

    /// One value or an array of them as text; a value that is neither text nor number says nothing here.
    fn values(&self, value: &Object) -> Result<Vec<String>, ReadError> {
        let items = match value {
            Object::Array(items) => items.iter().take(MAX_VALUES).collect(),
            single => vec![single],
        };
        let mut values = Vec::new();
        for item in items {
            values.extend(match self.document.reader.resolve(&self.site.view, item)? {
                Object::Name(name) => Some(String::from_utf8_lossy(&name).into_owned()),
                Object::String(string) => self.document.text(&string.bytes),
                Object::Integer(number) => Some(number.to_string()),
                Object::Boolean(set) => Some(set.to_string()),
                _ => None,
            });
        }
        Ok(values)
    }
}

/// Whether a flag is set, by its position in table 234.
fn is_set(flags: i64, bit: u32) -> bool {
    flags.checked_shr(bit.saturating_sub(1)).is_some_and(|flags| flags & 1 == 1)
}
