use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use kenin_base::{Budget, Resource, Source, Span};

use crate::chain::{Chain, View};
use crate::crypt::Decryptor;
use crate::error::ReadError;
use crate::file::File;
use crate::filter::{self, Filter};
use crate::lexer::{Lexer, is_white};
use crate::object::{Dictionary, Indirect, Object, Reference, Stream};
use crate::parser::{Parser, header_before};
use crate::xref::{Entry, Section, SectionKind, Subsection, offset_entry, parse_stream, parse_table};

/// What `12 0 obj` takes at most, up to the keyword and two bytes of it.
const HEADER_BYTES: usize = 34;

/// What a member of an object stream counts for in the stream's index, as it takes memory.
const MEMBER: u64 = 128;

/// References followed from one to the next before giving up.
const REFERENCE_HOPS: usize = 32;

/// Lazy access to the objects of one file: each is parsed when first asked for and kept by its offset, so that
/// views of several revisions share it.
pub(crate) struct Reader<'r> {
    pub file: File<'r>,
    pub budget: &'r Budget,
    /// What must be added to offsets written in the file: the header's position, in files with bytes before it.
    pub shift: Cell<u64>,
    /// Whether some object was found by other means than the cross-reference data.
    pub repaired: Cell<bool>,
    /// Whether something was read on which readers disagree.
    pub doubtful: Cell<bool>,
    decryptor: RefCell<Option<Rc<Decryptor>>>,
    objects: RefCell<HashMap<u64, Option<Rc<Indirect>>>>,
    object_streams: RefCell<HashMap<u64, Option<Rc<ObjectStream>>>>,
    sections: RefCell<HashMap<u64, Option<Rc<Section>>>>,
    /// Where `endstream` stands, by the offset of the data, for streams of a wrong length.
    stream_ends: RefCell<HashMap<u64, u64>>,
    scan: RefCell<Option<Rc<Scan>>>,
}

/// A decoded object stream (7.5.7).
struct ObjectStream {
    data: Vec<u8>,
    /// Object number and position in `data`, in stream order.
    index: Vec<(u32, usize)>,
    /// Where each object ends at the latest: at the next one.
    ends: Vec<usize>,
    /// The first position of each number.
    by_number: HashMap<u32, usize>,
    parsed: RefCell<HashMap<usize, Object>>,
    /// Where its data ends in the file.
    end: u64,
}

/// Every `12 0 obj` found in the file: offsets by object number, ascending.
type Scan = HashMap<u32, Vec<u64>>;

/// An object as a view resolves it.
#[derive(Clone, Debug)]
pub(crate) struct Loaded {
    pub object: Object,
    /// Identifies the definition: its offset, or that of its object stream and the position in it.
    pub place: Place,
}

/// Where an object is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Place {
    /// Not defined.
    Nowhere,
    File(u64),
    /// Offset of the object stream, index in it.
    Within(u64, usize),
}

impl<'r> Reader<'r> {
    pub(crate) fn new(source: &'r Source, budget: &'r Budget) -> Self {
        Self {
            file: File::new(source),
            budget,
            shift: Cell::new(0),
            repaired: Cell::new(false),
            doubtful: Cell::new(false),
            decryptor: RefCell::default(),
            objects: RefCell::default(),
            object_streams: RefCell::default(),
            sections: RefCell::default(),
            stream_ends: RefCell::default(),
            scan: RefCell::default(),
        }
    }

    /// Decrypts strings and streams from now on.
    pub(crate) fn set_decryptor(&self, decryptor: Decryptor) {
        self.decryptor.replace(Some(Rc::new(decryptor)));
        self.objects.borrow_mut().clear();
        self.object_streams.borrow_mut().clear();
    }

    // ---- cross-reference sections

    /// The chain of sections from the one at `offset`; `None` when there is none at all.
    pub(crate) fn chain(&self, offset: u64) -> Result<Option<Chain>, ReadError> {
        let mut sections = Vec::new();
        let mut seen = HashSet::new();
        let mut next = Some(offset);
        let mut damaged = false;
        while let Some(offset) = next {
            self.budget.spend(Resource::PdfXrefSections, 1)?;
            let section = if seen.insert(offset) { self.section(offset)? } else { None };
            let Some(section) = section else {
                damaged = true;
                break;
            };
            damaged |= section.stream_unreadable;
            next = section.previous().map(|previous| previous.saturating_add(self.shift.get()));
            sections.push(section);
        }
        Ok((!sections.is_empty()).then(|| Chain::new(sections, damaged)))
    }

    /// The section at an offset, parsed once.
    pub(crate) fn section(&self, offset: u64) -> Result<Option<Rc<Section>>, ReadError> {
        if let Some(known) = self.sections.borrow().get(&offset) {
            return Ok(known.clone());
        }
        let section = self.parse_section(offset)?.map(Rc::new);
        self.sections.borrow_mut().insert(offset, section.clone());
        Ok(section)
    }

    fn parse_section(&self, offset: u64) -> Result<Option<Section>, ReadError> {
        let table = self.file.parse_at(offset, |data, complete| parse_table(data, offset, complete, self.budget));
        let Some(mut section) = ReadError::tolerate(table)? else {
            return self.parse_stream_section(offset);
        };
        if section.trailer.get(b"XRefStm").is_some_and(|stream| !stream.is_null()) {
            let stream = match offset_entry(&section.trailer, b"XRefStm") {
                Some(stream) => self.parse_stream_section(stream.saturating_add(self.shift.get()))?,
                None => None,
            };
            section.stream_unreadable = stream.as_ref().is_none_or(|stream| stream.stream_unreadable);
            if let Some(stream) = stream {
                section.hidden = stream.subsections;
                section.end = section.end.max(stream.end);
            }
        }
        Ok(Some(section))
    }

    fn parse_stream_section(&self, offset: u64) -> Result<Option<Section>, ReadError> {
        let parsed =
            self.file.parse_at(offset, |data, complete| Parser::new(data, offset, complete, self.budget).indirect());
        let Some(Indirect { object: Object::Stream(stream), .. }) = ReadError::tolerate(parsed)? else {
            return Ok(None);
        };
        if !stream.dictionary.has_name(b"Type", b"XRef") {
            return Ok(None);
        }
        let place = self.data_span(None, &stream)?;
        let raw = self.file.read(place)?;
        let Some(data) = filter::decode(&self.filters(None, &stream.dictionary)?, &raw, self.budget)? else {
            return Ok(None);
        };
        let subsections = ReadError::tolerate(parse_stream(&stream.dictionary, &data, offset, self.budget))?;
        let Some((subsections, complete)) = subsections else { return Ok(None) };
        let trailer = Rc::new(stream.dictionary.clone());
        let (kind, hidden) = (SectionKind::Stream, Vec::new());
        let end = place.end;
        Ok(Some(Section { offset, end, kind, subsections, hidden, stream_unreadable: !complete, trailer }.sorted()))
    }

    // ---- objects

    /// The object that a value stands for: references are followed.
    pub(crate) fn resolve(&self, view: &View, object: &Object) -> Result<Object, ReadError> {
        let mut current = object.clone();
        for _ in 0..REFERENCE_HOPS {
            let Object::Reference(reference) = current else { return Ok(current) };
            current = self.load(view, reference)?.object;
        }
        Ok(Object::Null)
    }

    /// A dictionary entry, resolved; null when absent.
    pub(crate) fn entry(&self, view: &View, dictionary: &Dictionary, key: &[u8]) -> Result<Object, ReadError> {
        dictionary.get(key).map_or(Ok(Object::Null), |value| self.resolve(view, value))
    }

    /// The object that a reference names in a view; null when it is not defined there (7.3.10).
    pub(crate) fn load(&self, view: &View, reference: Reference) -> Result<Loaded, ReadError> {
        let nothing = Loaded { object: Object::Null, place: Place::Nowhere };
        match view.lookup(reference.number) {
            Some(Entry::InUse { offset, generation }) => {
                let offset = offset.saturating_add(self.shift.get());
                // What stands behind the revision's end is not in it, whatever its table promises.
                if offset >= view.limit {
                    return Ok(nothing);
                }
                if let Some(found) = self.object_at(offset)?.filter(|found| found.reference.number == reference.number)
                {
                    // Where reference, entry and object do not agree (7.3.10), some readers find nothing there.
                    if found.reference.generation != generation || reference.generation != generation {
                        self.doubtful.set(true);
                    }
                    return Ok(Loaded { object: found.object.clone(), place: Place::File(offset) });
                }
                self.load_by_scan(view, reference)
            }
            Some(Entry::Compressed { stream, index }) => {
                let index = usize::try_from(index).unwrap_or(usize::MAX);
                Ok(self.load_compressed(view, reference.number, stream, index)?.unwrap_or(nothing))
            }
            None if view.is_damaged() => self.load_by_scan(view, reference),
            Some(Entry::Free) | None => Ok(nothing),
        }
    }

    /// The numbers of the objects that may be defined otherwise in one view than in another of the same chain: those
    /// that the sections between the two name. They are paid for, because the same sections may lie between many views.
    pub(crate) fn redefined(&self, one: &View, other: &View) -> Result<Vec<u32>, ReadError> {
        let sections = one.sections_since(other).or_else(|| other.sections_since(one));
        let mut numbers = Vec::new();
        for section in sections.unwrap_or_default() {
            self.budget.spend(Resource::PdfObjects, u64::try_from(section.len()).unwrap_or(u64::MAX))?;
            numbers.extend(section.entries().map(|(number, _)| number));
        }
        Ok(numbers)
    }

    /// The object that stands at an offset, whatever its number.
    pub(crate) fn object_at(&self, offset: u64) -> Result<Option<Rc<Indirect>>, ReadError> {
        if let Some(known) = self.objects.borrow().get(&offset) {
            return Ok(known.clone());
        }
        let parsed =
            self.file.parse_at(offset, |data, complete| Parser::new(data, offset, complete, self.budget).indirect());
        let mut object = ReadError::tolerate(parsed)?;
        let decryptor = self.decryptor.borrow().clone();
        if let (Some(found), Some(decryptor)) = (&mut object, decryptor) {
            found.object = decryptor.decrypt_strings(&found.object, found.reference);
        }
        let object = object.map(Rc::new);
        self.objects.borrow_mut().insert(offset, object.clone());
        Ok(object)
    }

    fn load_by_scan(&self, view: &View, reference: Reference) -> Result<Loaded, ReadError> {
        let scan = self.scan()?;
        let offsets = scan.get(&reference.number).map(Vec::as_slice).unwrap_or_default();
        for offset in offsets.iter().rev().filter(|offset| **offset < view.limit) {
            if let Some(found) = self.object_at(*offset)? {
                self.repaired.set(true);
                return Ok(Loaded { object: found.object.clone(), place: Place::File(*offset) });
            }
        }
        Ok(Loaded { object: Object::Null, place: Place::Nowhere })
    }

    fn load_compressed(
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
        let parsed = Parser::new(data, 0, true, self.budget).value();
        let object = ReadError::tolerate(parsed)?.unwrap_or(Object::Null);
        container.parsed.borrow_mut().insert(index, object.clone());
        Ok(Some(Loaded { object, place }))
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

    fn decode_object_stream(&self, view: &View, stream: &Stream) -> Result<Option<ObjectStream>, ReadError> {
        let Some(data) = self.stream_data(view, stream)? else { return Ok(None) };
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
        let exact = stream.dictionary.has_name(b"Type", b"ObjStm")
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

    // ---- streams

    /// The decrypted and decoded data of a stream; `None` for filters this crate does not read.
    pub(crate) fn stream_data(&self, view: &View, stream: &Stream) -> Result<Option<Vec<u8>>, ReadError> {
        let raw = self.raw_data(Some(view), stream)?;
        let filters = self.filters(Some(view), &stream.dictionary)?;
        let decryptor = self.decryptor.borrow().clone();
        match decryptor {
            Some(decryptor) => {
                let clear = decryptor.decrypt_stream(&raw, &stream.dictionary, &filters, stream.reference);
                filter::decode(&filters, &clear, self.budget)
            }
            None => filter::decode(&filters, &raw, self.budget),
        }
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
    fn filters(&self, view: Option<&View>, dictionary: &Dictionary) -> Result<Vec<Filter>, ReadError> {
        let resolve = |object: &Object| match view {
            Some(view) => self.resolve(view, object),
            None => Ok(object.clone()),
        };
        let either = |long: &[u8], short: &[u8]| dictionary.get(long).or_else(|| dictionary.get(short)).map(resolve);
        let listed = |value: Option<Result<Object, ReadError>>| -> Result<Vec<Object>, ReadError> {
            Ok(match value.transpose()? {
                None | Some(Object::Null) => Vec::new(),
                Some(Object::Array(items)) => items.iter().map(resolve).collect::<Result<_, _>>()?,
                Some(single) => vec![single],
            })
        };
        let names = listed(either(b"Filter", b"F"))?;
        let parameters = listed(either(b"DecodeParms", b"DP"))?;
        let mut filters = Vec::new();
        for (position, name) in names.iter().enumerate() {
            let Some(name) = name.as_name() else { continue };
            let parameters = parameters.get(position).and_then(Object::as_dictionary).cloned();
            filters.push((name.to_vec(), parameters));
        }
        Ok(filters)
    }

    // ---- scanning for objects

    /// Every object header of the file, found once.
    pub(crate) fn scan(&self) -> Result<Rc<Scan>, ReadError> {
        if let Some(scan) = self.scan.borrow().clone() {
            return Ok(scan);
        }
        let mut scan: Scan = HashMap::new();
        for (reference, offset) in self.scan_span(Span::new(0, self.file.len))? {
            scan.entry(reference.number).or_default().push(offset);
        }
        let scan = Rc::new(scan);
        self.scan.replace(Some(Rc::clone(&scan)));
        Ok(scan)
    }

    /// Every `12 0 obj` that lies within a span, in file order.
    pub(crate) fn scan_span(&self, span: Span) -> Result<Vec<(Reference, u64)>, ReadError> {
        let keyword = memchr::memmem::Finder::new(b"obj");
        let mut found = Vec::new();
        self.file.pieces(span, HEADER_BYTES, |piece| {
            // A keyword that the overlap holds whole was found in the piece before.
            let known = piece.before.saturating_sub(keyword.needle().len() - 1);
            for at in keyword.find_iter(piece.data.get(known..).unwrap_or_default()) {
                let at = known.saturating_add(at);
                let start = at.saturating_sub(HEADER_BYTES - 2);
                let before = piece.data.get(start..at).unwrap_or_default();
                let Some(header) = header_before(before, before.len()) else { continue };
                self.budget.spend(Resource::PdfObjects, 1)?;
                let mut lexer = Lexer::new(before.get(header..).unwrap_or_default());
                let (Some(number), Some(generation)) = (lexer.unsigned(), lexer.unsigned()) else { continue };
                let (Ok(number), Ok(generation)) = (u32::try_from(number), u32::try_from(generation)) else { continue };
                found.push((Reference { number, generation }, piece.offset(start.saturating_add(header))));
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// A section made from a scan, for a file without readable cross-reference data. The last definition of each
    /// object counts, and of the trailers the last that names a catalog.
    pub(crate) fn rebuild(&self) -> Result<Section, ReadError> {
        self.repaired.set(true);
        let scan = self.scan()?;
        let mut last: Vec<(u64, u32)> =
            scan.iter().filter_map(|(number, offsets)| Some((*offsets.last()?, *number))).collect();
        last.sort_unstable();
        let mut entries: HashMap<u32, (u64, Entry)> = HashMap::new();
        let mut trailer = None;
        let mut catalog = None;
        for (offset, number) in last {
            let place = |entry| (offset, entry);
            entries
                .insert(number, place(Entry::InUse { offset: offset.saturating_sub(self.shift.get()), generation: 0 }));
            let Some(found) = self.object_at(offset)? else { continue };
            let Some(dictionary) = found.object.as_dictionary() else { continue };
            if dictionary.has_name(b"Type", b"Catalog") {
                catalog = Some(found.reference);
            }
            let Object::Stream(stream) = &found.object else { continue };
            if dictionary.has_name(b"Type", b"XRef") && dictionary.get(b"Root").is_some() {
                trailer = Some(dictionary.clone());
            }
            if dictionary.has_name(b"Type", b"ObjStm") {
                let view = View::new(Rc::new(Chain::new(Vec::new(), true)), 0, self.file.len);
                let inner = self.decode_object_stream(&view, stream)?;
                for (index, (inner, _)) in inner.iter().flat_map(|inner| inner.index.iter().enumerate()) {
                    let index = u32::try_from(index).unwrap_or(u32::MAX);
                    let entry = place(Entry::Compressed { stream: number, index });
                    entries.entry(*inner).and_modify(|known| *known = entry).or_insert(entry);
                }
            }
        }
        let mut trailers = Vec::new();
        self.file.find_all(b"trailer", Span::new(0, self.file.len), |at| trailers.push(at))?;
        for at in trailers {
            let start = at.saturating_add(7);
            let parsed =
                self.file.parse_at(start, |data, complete| Parser::new(data, start, complete, self.budget).value());
            if let Some(Object::Dictionary(dictionary)) = ReadError::tolerate(parsed)?
                && dictionary.get(b"Root").is_some()
            {
                trailer = Some(Dictionary::clone(&dictionary));
            }
        }
        let root = |reference| vec![(Rc::from(&b"Root"[..]), Object::Reference(reference))];
        let from_catalog = || Dictionary { entries: catalog.map(root).unwrap_or_default(), ..Dictionary::default() };
        let trailer = Rc::new(trailer.unwrap_or_else(from_catalog));
        let single = |(first, (_, entry)): (u32, (u64, Entry))| Subsection { first, entries: vec![entry] };
        let subsections = entries.into_iter().map(single).collect();
        let section = Section {
            offset: 0,
            end: 0,
            kind: SectionKind::Rebuilt,
            subsections,
            hidden: Vec::new(),
            stream_unreadable: false,
            trailer,
        };
        Ok(section.sorted())
    }
}
