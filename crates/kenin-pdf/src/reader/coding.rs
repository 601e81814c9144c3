//! The data of streams: where it stands, decrypted and decoded (ISO 32000-1 7.3.8, 7.4).

use std::borrow::Cow;
use std::rc::Rc;

use kenin_base::{Resource, Span};

use super::Reader;
use crate::chain::View;
use crate::error::ReadError;
use crate::filter::{self, Coding, Decoded};
use crate::lexer::is_white;
use crate::object::{Dictionary, Entry, Object, Stream};

/// What says how a stream is coded.
const FILTER_KEYS: [&[u8]; 2] = [b"Filter", b"DecodeParms"];

impl<'r> Reader<'r> {
    /// The decrypted and decoded data of a stream; `None` for filters this crate does not read.
    pub(crate) fn stream_data(&self, view: &View, stream: &Stream) -> Result<Option<Vec<u8>>, ReadError> {
        Ok(self.decoded(view, stream)?.map(|decoded| decoded.data))
    }

    /// The same with word on whether every reader decodes it so.
    pub(crate) fn decoded(&self, view: &View, stream: &Stream) -> Result<Option<Decoded>, ReadError> {
        let coding = self.coding(Some(view), &stream.dictionary)?;
        let clear = self.clear_data(view, stream, &coding)?;
        filter::decode(&coding, &clear, self.budget)
    }

    /// The data of a stream, decrypted and still encoded by its filters.
    pub(crate) fn clear_data(&self, view: &View, stream: &Stream, coding: &Coding) -> Result<Cow<'r, [u8]>, ReadError> {
        let raw = self.raw_data(Some(view), stream)?;
        let decryptor = self.decryptor.borrow().clone();
        Ok(match decryptor {
            Some(decryptor) => {
                let clear = decryptor.decrypt_stream(&raw, &stream.dictionary, &coding.filters, stream.reference);
                Cow::Owned(clear)
            }
            None => raw,
        })
    }

    /// Whether the octets of a stream may mean something else in an object of another number (7.6.2).
    pub(crate) fn is_encrypted(&self) -> bool {
        self.decryptor.borrow().is_some()
    }

    /// Whether /Length says exactly where the data ends, with no more than the end of a line before `endstream` (7.3.8).
    pub(crate) fn length_is_exact(&self, view: &View, stream: &Stream) -> Result<bool, ReadError> {
        let length = self.entry(view, &stream.dictionary, b"Length")?.as_integer();
        let Some(length) = length.and_then(|length| u64::try_from(length).ok()) else { return Ok(false) };
        let tail = self.file.read(Span::at(stream.data.saturating_add(length), 11))?;
        let ends: [&[u8]; 4] = [b"\r\nendstream", b"\nendstream", b"\rendstream", b"endstream"];
        Ok(stream.dictionary.count(b"Length") == 1 && ends.iter().any(|end| tail.starts_with(end)))
    }

    /// The data of a stream as it stands in the file.
    pub(crate) fn raw_data(&self, view: Option<&View>, stream: &Stream) -> Result<Cow<'r, [u8]>, ReadError> {
        self.file.read(self.data_span(view, stream)?)
    }

    /// Where the data of a stream stands in the file.
    pub(crate) fn data_span(&self, view: Option<&View>, stream: &Stream) -> Result<Span, ReadError> {
        let length = match (stream.dictionary.get(b"Length"), view) {
            (Some(Object::Integer(length)), _) => Some(*length),
            (Some(reference), Some(view)) => self.resolve(view, reference)?.as_integer(),
            _ => None,
        };
        if let Some(length) = length.and_then(|length| u64::try_from(length).ok())
            && length <= self.file.len.saturating_sub(stream.data)
        {
            let end = stream.data.saturating_add(length);
            let tail = self.file.read(Span::at(end, 16))?;
            let white = tail.iter().take_while(|byte| is_white(**byte)).count();
            if tail.get(white..).is_some_and(|rest| rest.starts_with(b"endstream")) {
                return Ok(Span::new(stream.data, end));
            }
        }
        // The length is wrong: the data ends at the keyword, without the line end before it.
        let known = self.stream_ends.borrow().get(&stream.data).copied();
        let end = match known {
            Some(end) => end,
            None => {
                let end = self.file.find(b"endstream", stream.data)?.unwrap_or(self.file.len);
                self.budget.spend(Resource::PdfParsedBytes, end.saturating_sub(stream.data))?;
                self.stream_ends.borrow_mut().insert(stream.data, end);
                end
            }
        };
        let before = self.file.read(Span::new(end.saturating_sub(2).max(stream.data), end))?;
        let eol = match &*before {
            [b'\r', b'\n'] => 2,
            [.., b'\r' | b'\n'] => 1,
            _ => 0,
        };
        Ok(Span::new(stream.data, end.saturating_sub(eol)))
    }

    /// The filters of a stream with their parameters, in order of decoding.
    pub(crate) fn coding(&self, view: Option<&View>, dictionary: &Dictionary) -> Result<Coding, ReadError> {
        let resolve = |object: &Object| match view {
            Some(view) => self.resolve(view, object),
            None => Ok(object.clone()),
        };
        let either = |long: &[u8], short: &[u8]| {
            let value = dictionary.get(long).or_else(|| dictionary.get(short));
            value.map_or(Ok(Object::Null), resolve)
        };
        let listed = |value: &Object| -> Result<Vec<Object>, ReadError> {
            Ok(match value {
                Object::Null => Vec::new(),
                Object::Array(items) => items.iter().map(resolve).collect::<Result<_, _>>()?,
                single => vec![single.clone()],
            })
        };
        let (filter, parameters) = (either(b"Filter", b"F")?, either(b"DecodeParms", b"DP")?);
        let mut regular = one_form(&filter, &parameters)
            && !FILTER_KEYS.iter().any(|key| dictionary.count(key) > 1)
            && dictionary.get(b"F").is_none()
            && dictionary.get(b"DP").is_none();
        let parameters = listed(&parameters)?;
        let mut filters = Vec::new();
        for (position, name) in listed(&filter)?.iter().enumerate() {
            let Some(name) = name.as_name() else {
                regular = false;
                continue;
            };
            let given = parameters.get(position).unwrap_or(&Object::Null);
            regular &= given.is_null() || matches!(given, Object::Dictionary(_));
            let given = match given.as_dictionary() {
                Some(given) => {
                    let entry = |(key, value): &Entry| Ok((Rc::clone(key), resolve(value)?));
                    let entries = given.entries.iter().map(entry).collect::<Result<_, ReadError>>()?;
                    Some(Dictionary { entries, span: given.span })
                }
                None => None,
            };
            filters.push((name.to_vec(), given));
        }
        Ok(Coding { filters, regular })
    }
}

/// Whether parameters are given as the filters are: for one name a dictionary, for an array one as long (table 5).
fn one_form(filter: &Object, parameters: &Object) -> bool {
    match (filter, parameters) {
        (_, Object::Null) => true,
        (Object::Array(filters), Object::Array(parameters)) => filters.len() == parameters.len(),
        (Object::Name(_), Object::Dictionary(_)) => true,
        _ => false,
    }
}
