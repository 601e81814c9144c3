use std::rc::Rc;

use kenin_base::Span;

/// A PDF object (ISO 32000-1 7.3). Composite values are shared, so clones are cheap.
#[derive(Clone, Debug)]
pub(crate) enum Object {
    Null,
    Boolean(bool),
    Integer(i64),
    Real(f64),
    Name(Rc<[u8]>),
    String(Rc<PdfString>),
    Array(Rc<Vec<Object>>),
    Dictionary(Rc<Dictionary>),
    Stream(Rc<Stream>),
    Reference(Reference),
}

/// A reference to an indirect object (7.3.10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Reference {
    pub number: u32,
    pub generation: u32,
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.number, self.generation)
    }
}

/// A string (7.3.4), decoded, with the place of its source form.
#[derive(Clone, Debug)]
pub(crate) struct PdfString {
    pub bytes: Vec<u8>,
    /// Delimiters included. Meaningless for a string from an object stream.
    pub span: Span,
    /// Whether a hexadecimal string has an odd number of digits or other characters.
    pub malformed: bool,
}

/// A key of a dictionary with its value.
pub(crate) type Entry = (Rc<[u8]>, Object);

/// A dictionary (7.3.7) in source order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dictionary {
    pub entries: Vec<Entry>,
    /// From `<<` to `>>`.
    pub span: Span0,
}

/// A span that defaults to empty, for dictionaries that were not read from the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span0(pub Span);

impl Default for Span0 {
    fn default() -> Self {
        Self(Span::new(0, 0))
    }
}

/// A stream (7.3.8): its dictionary and where its data begins.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    pub dictionary: Dictionary,
    /// Offset of the first data byte in the file.
    pub data: u64,
    /// The object it is, for decryption.
    pub reference: Reference,
}

/// An indirect object as it stands in the file.
#[derive(Clone, Debug)]
pub(crate) struct Indirect {
    pub reference: Reference,
    pub object: Object,
    /// From the object number to the end of the value (of the dictionary for a stream).
    pub span: Span,
    /// Whether the value is not written as 7.3 asks.
    pub irregular: bool,
}

impl Object {
    pub(crate) fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(value) => Some(*value),
            _ => None,
        }
    }

    pub(crate) fn as_number(&self) -> Option<f64> {
        match self {
            // Exact below 2^53, which coordinates and flags are.
            #[allow(clippy::as_conversions, clippy::cast_precision_loss)]
            Self::Integer(value) => Some(*value as f64),
            Self::Real(value) => Some(*value),
            _ => None,
        }
    }

    pub(crate) fn as_name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(crate) fn as_string(&self) -> Option<&PdfString> {
        match self {
            Self::String(string) => Some(string),
            _ => None,
        }
    }

    pub(crate) fn as_array(&self) -> Option<&Rc<Vec<Object>>> {
        match self {
            Self::Array(array) => Some(array),
            _ => None,
        }
    }

    /// The dictionary of a dictionary or stream.
    pub(crate) fn as_dictionary(&self) -> Option<&Dictionary> {
        match self {
            Self::Dictionary(dictionary) => Some(dictionary),
            Self::Stream(stream) => Some(&stream.dictionary),
            _ => None,
        }
    }

    pub(crate) fn as_reference(&self) -> Option<Reference> {
        match self {
            Self::Reference(reference) => Some(*reference),
            _ => None,
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Equality by value; references are compared by their numbers, places are not compared.
    pub(crate) fn same_value(&self, other: &Object) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Boolean(a), Self::Boolean(b)) => a == b,
            (Self::Integer(a), Self::Integer(b)) => a == b,
            // `612` and `612.0` are one number. What is no number may mean something else to every reader.
            (Self::Integer(_) | Self::Real(_), Self::Integer(_) | Self::Real(_)) => {
                self.as_number().zip(other.as_number()).is_some_and(|(a, b)| a.total_cmp(&b).is_eq() && !a.is_nan())
            }
            (Self::Name(a), Self::Name(b)) => a == b,
            (Self::String(a), Self::String(b)) => a.bytes == b.bytes,
            (Self::Array(a), Self::Array(b)) => {
                Rc::ptr_eq(a, b) || a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| a.same_value(b))
            }
            (Self::Dictionary(a), Self::Dictionary(b)) => Rc::ptr_eq(a, b) || a.same_value(b),
            (Self::Reference(a), Self::Reference(b)) => a == b,
            _ => false,
        }
    }
}

impl Dictionary {
    /// The value of a key; of a repeated key the last, as the widespread readers do.
    pub(crate) fn get(&self, key: &[u8]) -> Option<&Object> {
        self.entries.iter().rev().find(|(name, _)| **name == *key).map(|(_, value)| value)
    }

    /// How often a key occurs.
    pub(crate) fn count(&self, key: &[u8]) -> usize {
        self.entries.iter().filter(|(name, _)| **name == *key).count()
    }

    /// Whether the entry is this name.
    pub(crate) fn has_name(&self, key: &[u8], value: &[u8]) -> bool {
        self.get(key).and_then(Object::as_name) == Some(value)
    }

    /// Same keys in the same order with the same values.
    pub(crate) fn same_value(&self, other: &Dictionary) -> bool {
        self.entries.len() == other.entries.len()
            && self.entries.iter().zip(&other.entries).all(|((k, v), (l, w))| k == l && v.same_value(w))
    }
}
