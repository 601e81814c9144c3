//! Objects in object streams (ISO 32000-1 7.5.7).

use std::cell::RefCell;
use std::rc::Rc;

use foldhash::HashMap;
use kenin_base::Resource;

use super::{Loaded, MEMBER, Place, Reader};
use crate::chain::View;
use crate::error::ReadError;
use crate::filter::Decoded;
use crate::lexer::{Lexer, is_white};
use crate::object::{Indirect, Object, Stream};
use crate::parser::Parser;
use crate::xref::Entry;

/// A decoded object stream (7.5.7).
pub(super) struct ObjectStream {
    data: Vec<u8>,
    /// Object number and position in `data`, in stream order.
    pub(super) index: Vec<(u32, usize)>,
    /// Where each object ends at the latest: at the next one.
    ends: Vec<usize>,
    /// The first position of each number.
    by_number: HashMap<u32, usize>,
    parsed: RefCell<HashMap<usize, Object>>,
    /// Where its data ends in the file.
    end: u64,
}

impl Reader<'_> {
    pub(super) fn load_compressed(
        &self,
        view: &View,
        number: u32,
        stream: u32,
        index: usize,
    ) -> Result<Option<Loaded>, ReadError> {
        // An object stream is never itself compressed (7.5.7), so this cannot recurse.
        let Some(Entry::InUse { offset, .. }) = view.lookup(stream) else { return Ok(None) };
        let offset = offset.saturating_add(self.shift.get());
        let container = self.object_stream(view, offset, stream)?.filter(|container| container.end <= view.limit);
        let Some(container) = container else { return Ok(None) };
        let at_index = container.index.get(index).filter(|(found, _)| *found == number).map(|_| index);
        if at_index.is_none() {
            self.doubtful.set(true);
        }
        let Some(index) = at_index.or_else(|| container.by_number.get(&number).copied()) else {
            return Ok(None);
        };
        let place = Place::Within(offset, index);
        if let Some(object) = container.parsed.borrow().get(&index) {
            return Ok(Some(Loaded { object: object.clone(), place }));
        }
        let start = container.index.get(index).map(|(_, start)| *start).unwrap_or_default();
        // Up to the next object: entries that overlap would have the same bytes parsed over and over.
        let end = container.ends.get(index).copied().unwrap_or_default();
        let data = container.data.get(start..end).unwrap_or_default();
        self.budget.spend(Resource::PdfObjects, 1)?;
        self.budget.spend(Resource::PdfDecodedBytes, u64::try_from(data.len()).unwrap_or(u64::MAX))?;
        let object = self.member(data)?;
        container.parsed.borrow_mut().insert(index, object.clone());
        Ok(Some(Loaded { object, place }))
    }

    /// An object of a stream, from its offset up to the next one. Where more or less than one value stands there, or a
    /// reference in its place, readers differ in what they make of it.
    fn member(&self, data: &[u8]) -> Result<Object, ReadError> {
        let mut parser = Parser::new(data, 0, true, self.budget);
        let object = ReadError::tolerate(parser.value())?;
        let alone = parser.lexer.rest().iter().all(|byte| is_white(*byte) && *byte != 0);
        if object.as_ref().is_none_or(|object| object.as_reference().is_some()) || !alone || parser.irregular {
            self.doubtful.set(true);
        }
        Ok(object.unwrap_or(Object::Null))
    }

    fn object_stream(&self, view: &View, offset: u64, number: u32) -> Result<Option<Rc<ObjectStream>>, ReadError> {
        if let Some(known) = self.object_streams.borrow().get(&offset) {
            return Ok(known.clone());
        }
        // Guards against a /Length inside the stream that it measures.
        self.object_streams.borrow_mut().insert(offset, None);
        let found = self.object_at(offset)?.filter(|found| found.reference.number == number);
        let decoded = match found.as_deref() {
            Some(Indirect { object: Object::Stream(stream), .. }) => self.decode_object_stream(view, stream)?,
            _ => None,
        };
        let decoded = decoded.map(Rc::new);
        self.object_streams.borrow_mut().insert(offset, decoded.clone());
        Ok(decoded)
    }

    pub(super) fn decode_object_stream(&self, view: &View, stream: &Stream) -> Result<Option<ObjectStream>, ReadError> {
        let Some(decoded) = self.decoded(view, stream)? else { return Ok(None) };
        let Decoded { data, strict } = decoded;
        let number = |key| self.entry(view, &stream.dictionary, key).map(|value| value.as_integer());
        let count = number(b"N")?.and_then(|n| usize::try_from(n).ok()).unwrap_or_default();
        let first = number(b"First")?.and_then(|n| usize::try_from(n).ok()).unwrap_or_default();
        let mut lexer = Lexer::new(&data);
        let mut index = Vec::new();
        for _ in 0..count {
            let (Some(number), Some(start)) = (lexer.unsigned(), lexer.unsigned()) else { break };
            let (Ok(number), Ok(start)) = (u32::try_from(number), usize::try_from(start)) else { break };
            self.budget.spend(Resource::PdfParsedBytes, MEMBER)?;
            index.push((number, first.saturating_add(start)));
        }
        // Readers disagree about a container that is not exactly formed (7.5.7): no judgement is built on it.
        let direct = |key: &[u8]| matches!(stream.dictionary.get(key), Some(Object::Integer(_)));
        let by_number: HashMap<u32, usize> = index.iter().enumerate().rev().map(|(at, (n, _))| (*n, at)).collect();
        let header = data.get(lexer.position..first).is_some_and(|rest| rest.iter().all(|byte| is_white(*byte)));
        // Offsets increase (7.5.7).
        let ordered = index.windows(2).all(|pair| matches!(pair, [(_, one), (_, other)] if one < other));
        let exact = strict
            && self.length_is_exact(view, stream)?
            && header
            && ordered
            && stream.dictionary.has_name(b"Type", b"ObjStm")
            && direct(b"N")
            && direct(b"First")
            && index.len() == count
            && by_number.len() == count
            && index.iter().all(|(_, start)| *start < data.len());
        if !exact {
            self.doubtful.set(true);
        }
        let mut starts: Vec<usize> = index.iter().map(|(_, start)| *start).collect();
        starts.sort_unstable();
        let next = |start: usize| starts.get(starts.partition_point(|other| *other <= start)).copied();
        let ends = index.iter().map(|(_, start)| next(*start).unwrap_or(data.len()).min(data.len())).collect();
        let end = self.data_span(Some(view), stream)?.end;
        Ok(Some(ObjectStream { data, index, ends, by_number, parsed: RefCell::default(), end }))
    }
}
