mod coding;
mod object_stream;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use foldhash::{HashMap, HashSet};
use kenin_base::{Budget, Resource, Source, Span};

use self::object_stream::ObjectStream;
use crate::chain::{Chain, View};
use crate::crypt::Decryptor;
use crate::error::ReadError;
use crate::file::File;
use crate::filter::{self, Decoded};
use crate::lexer::Lexer;
use crate::object::{Dictionary, Indirect, Object, Reference};
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
    /// Where cross-reference data was read, that of /XRefStm included.
    section_spans: RefCell<Vec<Span>>,
    /// Where `endstream` stands, by the offset of the data, for streams of a wrong length.
    stream_ends: RefCell<HashMap<u64, u64>>,
    scan: RefCell<Option<Rc<Scan>>>,
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
            section_spans: RefCell::default(),
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
        let mut seen = HashSet::default();
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
        self.section_spans.borrow_mut().push(Span::new(offset, section.end));
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
        let decoded = filter::decode(&self.coding(None, &stream.dictionary)?, &raw, self.budget)?;
        let Some(Decoded { data, strict }) = decoded else { return Ok(None) };
        if !strict {
            self.doubtful.set(true);
        }
        let subsections = ReadError::tolerate(parse_stream(&stream.dictionary, &data, offset, self.budget))?;
        let Some((subsections, complete)) = subsections else { return Ok(None) };
        let trailer = Rc::new(stream.dictionary.clone());
        let (kind, hidden) = (SectionKind::Stream, Vec::new());
        let end = place.end;
        self.section_spans.borrow_mut().push(Span::new(offset, end));
        Ok(Some(Section { offset, end, kind, subsections, hidden, stream_unreadable: !complete, trailer }.sorted()))
    }

    /// The cross-reference sections that were read.
    pub(crate) fn known_sections(&self) -> Vec<Rc<Section>> {
        self.sections.borrow().values().flatten().cloned().collect()
    }

    /// Where cross-reference sections and objects were read, the data of streams included, in file order.
    pub(crate) fn read_spans(&self, view: &View) -> Result<Vec<Span>, ReadError> {
        let mut spans = self.section_spans.borrow().clone();
        let objects: Vec<Rc<Indirect>> = self.objects.borrow().values().flatten().cloned().collect();
        for found in objects {
            let end = match &found.object {
                Object::Stream(stream) => self.data_span(Some(view), stream)?.end,
                _ => found.span.end,
            };
            spans.push(Span::new(found.span.start, end));
        }
        spans.sort_unstable();
        spans.dedup();
        Ok(spans)
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

    // ---- scanning for objects

    /// Every object header of the file, found once.
    pub(crate) fn scan(&self) -> Result<Rc<Scan>, ReadError> {
        if let Some(scan) = self.scan.borrow().clone() {
            return Ok(scan);
        }
        let mut scan: Scan = HashMap::default();
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
        let mut entries: HashMap<u32, (u64, Entry)> = HashMap::default();
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
