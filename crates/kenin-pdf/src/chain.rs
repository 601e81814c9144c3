use std::cell::OnceCell;
use std::rc::Rc;

use crate::object::{Dictionary, Object, Reference};
use crate::xref::{Entry, Section, SectionKind};
use foldhash::HashMap;

/// From this many sections on, a chain keeps an index of object numbers.
const INDEXED_SECTIONS: usize = 16;

/// Cross-reference sections linked by /Prev, newest first.
#[derive(Debug)]
pub(crate) struct Chain {
    pub sections: Vec<Rc<Section>>,
    /// Whether /Prev led to something that is no section, or around in a circle, or /XRefStm to no stream of one, or a stream ends
    /// before its entries do.
    pub damaged: bool,
    /// Whether a section was made by a scan.
    rebuilt: bool,
    /// For each section, the position of the nearest one from there on whose trailer has /Root.
    roots: Vec<Option<usize>>,
    index: OnceCell<HashMap<u32, Vec<usize>>>,
}

/// The document as one revision shows it: the sections of a chain from one of them on.
#[derive(Clone, Debug)]
pub(crate) struct View {
    chain: Rc<Chain>,
    start: usize,
    /// Where the revision ends: objects count only when they stand before.
    pub limit: u64,
}

impl Chain {
    pub(crate) fn new(sections: Vec<Rc<Section>>, damaged: bool) -> Self {
        let rebuilt = sections.iter().any(|section| section.kind == SectionKind::Rebuilt);
        let mut nearest = None;
        let mut roots: Vec<Option<usize>> = Vec::with_capacity(sections.len());
        for (position, section) in sections.iter().enumerate().rev() {
            if section.trailer.get(b"Root").is_some_and(|root| !root.is_null()) {
                nearest = Some(position);
            }
            roots.push(nearest);
        }
        roots.reverse();
        Self { sections, damaged, rebuilt, roots, index: OnceCell::new() }
    }

    fn lookup(&self, start: usize, number: u32) -> Option<Entry> {
        if self.sections.len() < INDEXED_SECTIONS {
            return self.sections.iter().skip(start).find_map(|section| section.lookup(number));
        }
        let positions = self.index().get(&number)?;
        let first = positions.partition_point(|position| *position < start);
        positions.iter().skip(first).find_map(|position| self.sections.get(*position)?.lookup(number))
    }

    /// The positions of the sections that name each object, ascending.
    fn index(&self) -> &HashMap<u32, Vec<usize>> {
        self.index.get_or_init(|| {
            let mut index: HashMap<u32, Vec<usize>> = HashMap::default();
            for (position, section) in self.sections.iter().enumerate() {
                for (number, _) in section.entries() {
                    let positions = index.entry(number).or_default();
                    if positions.last() != Some(&position) {
                        positions.push(position);
                    }
                }
            }
            index
        })
    }
}

impl View {
    pub(crate) fn new(chain: Rc<Chain>, start: usize, limit: u64) -> Self {
        Self { chain, start, limit }
    }

    /// What the newest section that names the object says about it.
    pub(crate) fn lookup(&self, number: u32) -> Option<Entry> {
        self.chain.lookup(self.start, number)
    }

    /// A reference to an object by its number, with the generation that the view has for it.
    pub(crate) fn reference(&self, number: u32) -> Reference {
        let generation = match self.lookup(number) {
            Some(Entry::InUse { generation, .. }) => generation,
            _ => 0,
        };
        Reference { number, generation }
    }

    /// Newest first.
    pub(crate) fn sections(&self) -> impl Iterator<Item = &Rc<Section>> {
        self.chain.sections.iter().skip(self.start)
    }

    /// The sections that this view has and `older` has not; `None` when the two are not of one chain.
    pub(crate) fn sections_since(&self, older: &View) -> Option<&[Rc<Section>]> {
        if !Rc::ptr_eq(&self.chain, &older.chain) {
            return None;
        }
        self.chain.sections.get(self.start..older.start)
    }

    pub(crate) fn newest(&self) -> Option<&Rc<Section>> {
        self.chain.sections.get(self.start)
    }

    /// The trailer: that of the newest section, or the next one that has /Root.
    pub(crate) fn trailer(&self) -> Option<&Dictionary> {
        let with_root = self.chain.roots.get(self.start).copied().flatten();
        self.chain.sections.get(with_root.unwrap_or(self.start)).map(|section| &*section.trailer)
    }

    pub(crate) fn root(&self) -> Option<&Object> {
        self.trailer()?.get(b"Root")
    }

    pub(crate) fn is_damaged(&self) -> bool {
        self.chain.damaged || self.chain.rebuilt
    }
}
