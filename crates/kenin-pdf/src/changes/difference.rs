use std::borrow::Cow;
use std::rc::Rc;

use foldhash::{HashMap, HashSet};
use kenin_base::{Resource, Span};

use crate::chain::View;
use crate::error::ReadError;
use crate::object::{Dictionary, Object, Reference, Stream};
use crate::reader::Reader;

/// Streams up to this size are decoded to tell whether they mean the same.
const DECODED_BYTES: u64 = 16 << 20;

/// Piece size when the octets of two streams are compared.
const PIECE_BYTES: u64 = 1 << 20;

/// Two views of a document whose values are compared by meaning.
#[derive(Clone, Copy)]
pub(super) struct Views<'v, 'r> {
    pub reader: &'v Reader<'r>,
    pub old: &'v View,
    pub new: &'v View,
}

/// Where a value stands below the one that the comparison began with.
enum Path {
    Start,
    Key(Rc<Path>, Rc<[u8]>),
    Index(Rc<Path>, usize),
}

impl Path {
    fn text(&self) -> String {
        match self {
            Self::Start => String::new(),
            Self::Key(above, key) => format!("{}{}", above.text_before(), key_text(key)),
            Self::Index(above, index) => format!("{}[{index}]", above.text_before()),
        }
    }

    fn text_before(&self) -> String {
        let text = self.text();
        if text.is_empty() { text } else { text + " " }
    }
}

/// A key as it is shown: `/Contents`.
pub(super) fn key_text(key: &[u8]) -> String {
    format!("/{}", String::from_utf8_lossy(key))
}

impl Views<'_, '_> {
    /// Both values with references followed, unless they are evidently the same: one reference, or equal values. An
    /// object that is referred to alike is compared where it is defined anew.
    pub(super) fn pair(
        &self,
        old: Option<&Object>,
        new: Option<&Object>,
    ) -> Result<Option<(Object, Object)>, ReadError> {
        let (old, new) = (old.unwrap_or(&Object::Null), new.unwrap_or(&Object::Null));
        if old.same_value(new) {
            return Ok(None);
        }
        Ok(Some((self.reader.resolve(self.old, old)?, self.reader.resolve(self.new, new)?)))
    }

    /// The path to the first place in which two values differ; `None` when they mean the same.
    pub(super) fn difference(&self, old: &Object, new: &Object) -> Result<Option<String>, ReadError> {
        let mut pending = vec![(old.clone(), new.clone(), Rc::new(Path::Start))];
        let mut seen: HashSet<(Reference, Reference)> = HashSet::default();
        while let Some((old, new, path)) = pending.pop() {
            if let (Object::Reference(from), Object::Reference(to)) = (&old, &new)
                && (from == to || !seen.insert((*from, *to)))
            {
                continue;
            }
            self.reader.budget.spend(Resource::PdfComparisons, 1)?;
            let (old, new) = (self.reader.resolve(self.old, &old)?, self.reader.resolve(self.new, &new)?);
            let same = match (&old, &new) {
                (Object::Array(old), Object::Array(new)) if old.len() == new.len() => {
                    let items = old.iter().zip(new.iter()).enumerate().rev();
                    let at = |index| Rc::new(Path::Index(Rc::clone(&path), index));
                    pending.extend(items.map(|(index, (old, new))| (old.clone(), new.clone(), at(index))));
                    true
                }
                (Object::Dictionary(old), Object::Dictionary(new)) => {
                    queue_entries(old, new, &path, &[], &mut pending);
                    true
                }
                (Object::Stream(old), Object::Stream(new)) => {
                    let coded_alike = self.same_octets(old, new)?;
                    let coding: &[&[u8]] = if coded_alike { &[] } else { &[b"Length", b"Filter", b"DecodeParms"] };
                    queue_entries(&old.dictionary, &new.dictionary, &path, coding, &mut pending);
                    coded_alike || self.same_data(old, new)?
                }
                (old, new) => old.same_value(new),
            };
            if !same {
                return Ok(Some(path.text()));
            }
        }
        Ok(None)
    }

    /// Whether the octets of two streams are the same, read piece by piece. Encrypted, they mean something else in an
    /// object of another number (7.6.2).
    fn same_octets(&self, old: &Stream, new: &Stream) -> Result<bool, ReadError> {
        if old.reference != new.reference && self.reader.is_encrypted() {
            return self.same_clear(old, new);
        }
        let before = self.reader.data_span(Some(self.old), old)?;
        let after = self.reader.data_span(Some(self.new), new)?;
        // What runs on behind the older revision was cut off in it.
        if before.end > self.old.limit || before.len() != after.len() {
            return Ok(false);
        }
        let mut done = 0;
        while before != after && done < before.len() {
            let piece = |span: Span| Span::at(span.start + done, PIECE_BYTES.min(span.len() - done));
            let (one, other): (Cow<'_, [u8]>, Cow<'_, [u8]>) =
                (self.reader.file.read(piece(before))?, self.reader.file.read(piece(after))?);
            if one != other {
                return Ok(false);
            }
            done += PIECE_BYTES;
        }
        Ok(true)
    }

    /// Whether the octets of two streams are the same when decrypted.
    fn same_clear(&self, old: &Stream, new: &Stream) -> Result<bool, ReadError> {
        if !self.are_at_hand(old, new)? {
            return Ok(false);
        }
        let clear = |view, stream: &Stream| {
            let coding = self.reader.coding(Some(view), &stream.dictionary)?;
            self.reader.clear_data(view, stream, &coding)
        };
        Ok(clear(self.old, old)? == clear(self.new, new)?)
    }

    /// Whether two streams decode to the same data, in every reader: what one of them forgives another may not.
    fn same_data(&self, old: &Stream, new: &Stream) -> Result<bool, ReadError> {
        if !self.are_at_hand(old, new)? {
            return Ok(false);
        }
        let decoded = |view, stream: &Stream| {
            let decoded = self.reader.decoded(view, stream)?.filter(|decoded| decoded.strict);
            let exact = self.reader.length_is_exact(view, stream)?;
            Ok::<_, ReadError>(decoded.filter(|_| exact).map(|decoded| decoded.data))
        };
        let (before, after) = (decoded(self.old, old)?, decoded(self.new, new)?);
        Ok(before.is_some() && before == after)
    }

    /// Whether two streams end in their revisions and are small enough to be held.
    fn are_at_hand(&self, old: &Stream, new: &Stream) -> Result<bool, ReadError> {
        for (view, stream) in [(self.old, old), (self.new, new)] {
            let span = self.reader.data_span(Some(view), stream)?;
            if span.len() > DECODED_BYTES || span.end > view.limit {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Queues the values of each key that one of two dictionaries has; a key that is missing counts as null (7.3.7).
fn queue_entries(
    old: &Dictionary,
    new: &Dictionary,
    path: &Rc<Path>,
    without: &[&[u8]],
    pending: &mut Vec<(Object, Object, Rc<Path>)>,
) {
    let at = |key: &Rc<[u8]>| Rc::new(Path::Key(Rc::clone(path), Rc::clone(key)));
    for (key, before, after) in entries(old, new).into_iter().rev() {
        if !without.contains(&&*key) && !before.same_value(&after) {
            pending.push((before, after, at(&key)));
        }
    }
}

/// Every key of two dictionaries with both values, in the order of keys. A key that is repeated differently on the
/// two sides, which readers resolve differently, comes with values that are equal to none.
pub(super) fn entries(old: &Dictionary, new: &Dictionary) -> Vec<(Rc<[u8]>, Object, Object)> {
    let mut keys: Vec<Rc<[u8]>> = old.entries.iter().chain(&new.entries).map(|(key, _)| Rc::clone(key)).collect();
    keys.sort_unstable();
    keys.dedup();
    let indexed = |dictionary: &Dictionary| {
        let mut index: HashMap<Rc<[u8]>, Vec<Object>> = HashMap::default();
        for (key, value) in &dictionary.entries {
            index.entry(Rc::clone(key)).or_default().push(value.clone());
        }
        index
    };
    let (mut before, mut after) = (indexed(old), indexed(new));
    let both = keys.into_iter().map(|key| {
        let (old, new) = (before.remove(&key).unwrap_or_default(), after.remove(&key).unwrap_or_default());
        let same = || old.len() == new.len() && old.iter().zip(&new).all(|(old, new)| old.same_value(new));
        let repeated = (old.len() > 1 || new.len() > 1) && !same();
        let last = |values: &[Object]| values.last().cloned().unwrap_or(Object::Null);
        (key, last(&old), if repeated { Object::Real(f64::NAN) } else { last(&new) })
    });
    both.collect()
}
