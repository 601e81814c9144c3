use std::collections::BTreeMap;

use foldhash::HashSet;
use kenin_base::{Budget, Resource, Source};
use kenin_crypto::sha256;

use crate::chain::View;
use crate::document::Document;
use crate::error::{PdfError, ReadError};
use crate::object::{Dictionary, Object};
use crate::observe::PdfOptions;

/// Entries of the catalog whose references are followed; signatures rest on these.
const FOLLOWED: [&[u8]; 4] = [b"AcroForm", b"DSS", b"Extensions", b"Perms"];

/// Entries that lead out of them: to pages, appearances and their resources, and what a signature reference is about.
const LEFT_ALONE: [&[u8]; 6] = [b"AP", b"DR", b"Data", b"MK", b"P", b"Parent"];

/// The values that signatures rest on as the newest revision has them: the catalog, and all that /AcroForm, /DSS,
/// /Extensions and /Perms hold, by the path of keys and array positions that leads to each.
///
/// Strings are in hexadecimal; of streams there is the SHA-256 of their decoded data (`unread` where a filter is not
/// supported) instead of /Length; and a reference is followed once: from elsewhere, and where it leads to pages or appearances, it is
/// shown as such. Null is as absent (ISO 32000-1 7.3.9).
///
/// # Errors
/// [`PdfError`] when the document's bytes cannot be read. Damage and limits leave the result incomplete.
pub fn signature_values(
    source: &Source,
    options: &PdfOptions,
    budget: &Budget,
) -> Result<BTreeMap<String, String>, PdfError> {
    let mut values = BTreeMap::new();
    let outcome = Document::open(source, &options.passwords, budget).and_then(|document| read(&document, &mut values));
    match outcome {
        Err(ReadError::Source(error)) => Err(error.into()),
        _ => Ok(values),
    }
}

fn read(document: &Document<'_>, values: &mut BTreeMap<String, String>) -> Result<(), ReadError> {
    let view = document.last_view();
    let root = view.root().map_or(Ok(Object::Null), |root| document.reader.resolve(&view, root))?;
    let Some(root) = root.as_dictionary() else { return Ok(()) };
    let mut walk = Walk { document, view: &view, seen: HashSet::default(), values };
    for key in keys(root) {
        let value = root.get(key).unwrap_or(&Object::Null);
        walk.value(&name(key), value, FOLLOWED.contains(&key), 1)?;
    }
    Ok(())
}

struct Walk<'w, 'r> {
    document: &'w Document<'r>,
    view: &'w View,
    /// Numbers of the objects followed.
    seen: HashSet<u32>,
    values: &'w mut BTreeMap<String, String>,
}

impl Walk<'_, '_> {
    fn value(&mut self, path: &str, value: &Object, follow: bool, depth: u64) -> Result<(), ReadError> {
        let reader = &self.document.reader;
        reader.budget.check(Resource::PdfDepth, depth)?;
        let text = match value {
            Object::Null => return Ok(()),
            Object::Boolean(value) => value.to_string(),
            Object::Integer(value) => value.to_string(),
            Object::Real(value) => value.to_string(),
            Object::Name(value) => name(value),
            Object::String(string) => hexadecimal(&string.bytes),
            Object::Array(items) => {
                for (position, item) in items.iter().enumerate() {
                    self.value(&format!("{path}[{position}]"), item, follow, depth + 1)?;
                }
                format!("array of {}", items.len())
            }
            Object::Dictionary(dictionary) => return self.entries(path, dictionary, follow, depth),
            Object::Stream(stream) => {
                let mut dictionary = stream.dictionary.clone();
                dictionary.entries.retain(|(key, _)| **key != *b"Length");
                self.entries(path, &dictionary, follow, depth)?;
                let data = reader.stream_data(self.view, stream)?;
                format!("stream {}", data.map_or_else(|| "unread".to_owned(), |data| sha256(&data).to_string()))
            }
            Object::Reference(reference) if follow && self.seen.insert(reference.number) => {
                let object = reader.load(self.view, *reference)?.object;
                return self.value(path, &object, follow, depth + 1);
            }
            Object::Reference(reference) => format!("{reference} R"),
        };
        self.values.insert(path.to_owned(), text);
        Ok(())
    }

    fn entries(&mut self, path: &str, dictionary: &Dictionary, follow: bool, depth: u64) -> Result<(), ReadError> {
        for key in keys(dictionary) {
            let value = dictionary.get(key).unwrap_or(&Object::Null);
            let follow = follow && !LEFT_ALONE.contains(&key);
            self.value(&format!("{path}{}", name(key)), value, follow, depth + 1)?;
        }
        Ok(())
    }
}

/// The keys of a dictionary, sorted, each once.
fn keys(dictionary: &Dictionary) -> Vec<&[u8]> {
    let mut keys: Vec<&[u8]> = dictionary.entries.iter().map(|(key, _)| &**key).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn name(bytes: &[u8]) -> String {
    format!("/{}", String::from_utf8_lossy(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("<{digits}>")
}
