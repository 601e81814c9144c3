//! What was changed after a signature: revision by revision, object by object, by the part each object plays.
//!
//! The document is walked once, in the first signed revision, and every object learns its roles there ([`graph`]):
//! page content, annotation, form field, security store and so on. Then each later revision is a [`step`]: whatever it
//! defines anew is compared with what stood there before, in each role that the object plays, and a difference becomes
//! a [`Modification`]. An object shared by two parts is held against the rules of both. The work is linear in the size
//! of the file, whatever the number of signatures and revisions.
//!
//! Whether a change is allowed is not decided here. What is, is whether the comparison can be relied upon: bytes that
//! belong to no object ([`accounting`]), and definitions that only a scan of the file finds ([`viewer`]).

mod accounting;
mod catalog;
mod difference;
mod form;
mod graph;
mod page;
mod role;
mod step;
mod structure;
mod text;
mod tiling;
mod viewer;

use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use std::rc::Rc;

use foldhash::{HashMap, HashSet};
use kenin_base::{Finding, FindingCode, Span};
use kenin_facts::{LaterRevisions, Modification, ModificationClass, ModificationRule, PageRotation, Rect};

use self::graph::Graph;
pub(crate) use self::graph::unreached;
use self::step::{Change, Step, containers};
use self::text::PageText;
use crate::chain::View;
use crate::document::{Document, Encryption};
use crate::error::ReadError;
use crate::object::{Object, Reference};
use crate::page_box::page_box;
use crate::prepared::{differing_appearances, prepared};
use crate::rect::rectangle;
use crate::site::Site;
use crate::xref::{Section, SectionKind};

/// Changes are listed for one signature up to this many, the gravest kinds first.
const MAX_MODIFICATIONS: usize = 1000;

/// Definitions that only a scan finds are reported up to this many.
const REPORTED_DIFFERENTIALS: usize = 16;

/// What one revision does to the one before.
struct Revised {
    modifications: Vec<Modification>,
    /// Whether every byte belongs to an object that the cross-reference section names, and the other way round.
    exact: bool,
    /// How far the sections of the older revision, and what they name, reach.
    reach: u64,
}

/// What happened to a document after its first signature.
pub(crate) struct Changes<'c, 'r> {
    document: &'c Document<'r>,
    /// Every object header in the file, in file order.
    headers: Vec<(Reference, u64)>,
    /// By the position of the older revision.
    steps: BTreeMap<usize, Revised>,
    /// Whether the signed document itself is read differently by different readers: a stream runs on behind its end, or
    /// its cross-reference data says two things of an object.
    open_ended: bool,
    /// The parts as of the last revision, where later revisions were compared.
    graph: Option<Graph>,
    /// The position of the first signature, and what its revision holds ready for a later change.
    prepared: Option<(usize, Vec<Finding>)>,
    /// Fields whose appearance a later revision made another than their value.
    appearances: Vec<Finding>,
}

impl<'c, 'r> Changes<'c, 'r> {
    /// Nothing is known of what happened.
    pub(crate) fn unknown(document: &'c Document<'r>) -> Self {
        let (headers, steps, appearances) = (Vec::new(), BTreeMap::new(), Vec::new());
        Self { document, headers, steps, open_ended: false, graph: None, prepared: None, appearances }
    }

    /// Compares every revision after the first signed one with the one before it.
    pub(crate) fn new(document: &'c Document<'r>, sites: &[Site]) -> Result<Self, ReadError> {
        let headers = match sites.is_empty() {
            true => Vec::new(),
            false => document.reader.scan_span(Span::new(0, document.reader.file.len))?,
        };
        let mut changes = Self { headers, ..Self::unknown(document) };
        let signed = sites.iter().enumerate().filter(|(_, site)| site.byte_range.well_formed);
        let Some((position, first)) = signed.min_by_key(|(_, site)| site.revision) else { return Ok(changes) };
        if document.encryption == Encryption::Locked {
            return Ok(changes);
        }
        let graph = Graph::of(document, &first.view)?;
        let findings = prepared(document, &first.view, &|number| graph.part(number).is_some())?;
        changes.prepared = Some((position, findings));
        if is_readable(document)
            && document.revisions.get(first.revision).is_some_and(|own| own.end <= first.view.limit)
        {
            changes.compare(first, graph, sites)?;
        }
        Ok(changes)
    }

    /// What shows something else than it says, for the signature at this position: what its own revision holds ready
    /// to be shown by a later change, and what was filled in after it and shows another value.
    pub(crate) fn disguises(&self, position: usize, modifications: &[Modification]) -> Vec<Finding> {
        let mut findings = match &self.prepared {
            Some((first, findings)) if *first == position => findings.clone(),
            _ => Vec::new(),
        };
        if modifications.iter().any(|made| made.rule == ModificationRule::FormFieldAppearance) {
            let new = self.appearances.iter().filter(|finding| !findings.contains(finding));
            findings.extend(new.cloned().collect::<Vec<_>>());
        }
        findings
    }

    fn compare(&mut self, first: &Site, mut graph: Graph, sites: &[Site]) -> Result<(), ReadError> {
        let document = self.document;
        let mut text = PageText::new(document, &first.view);
        let mut signed: HashSet<Rc<str>> = HashSet::default();
        let mut by_revision: Vec<&Site> = sites.iter().collect();
        by_revision.sort_by_key(|site| site.revision);
        let mut later = by_revision.into_iter().peekable();
        let older: Vec<Rc<Section>> = first.view.sections().cloned().collect();
        let mut known: HashSet<u32> = containers(&older).collect();
        let mut reach = older.iter().map(|section| accounting::reach(section)).max().unwrap_or_default();
        for (position, pair) in document.revisions.windows(2).enumerate().skip(first.revision) {
            let [old, new] = pair else { continue };
            while let Some(site) = later.next_if(|site| site.revision <= position) {
                signed.insert(site.field.name.as_str().into());
            }
            let Some(sections) = new.view.sections_since(&old.view) else { continue };
            // Readers may keep what they have read of an object stream, or read it again.
            let rewritten = sections.iter().flat_map(|section| section.entries()).any(|(n, _)| known.contains(&n));
            let step = Step::new(document, &old.view, &new.view, &mut graph, &signed, &known);
            let found = step.run(sections)?;
            known.extend(containers(sections));
            let exact = match sections {
                [section] if !rewritten => {
                    let bytes = Span::new(old.end, new.end);
                    accounting::accounts_for(&document.reader, section, &old.view, bytes, &self.headers)?
                }
                _ => false,
            };
            let mut modifications = self.modifications(&graph, &new.view, position + 2, found)?;
            text.mark(&graph, &mut modifications)?;
            self.steps.insert(position, Revised { modifications, exact, reach });
            reach = sections.iter().map(|section| accounting::reach(section)).fold(reach, u64::max);
        }
        let shown_anew = |made: &Modification| made.rule == ModificationRule::FormFieldAppearance;
        if self.steps.values().flat_map(|revised| &revised.modifications).any(shown_anew) {
            self.appearances = differing_appearances(document, &document.last_view())?;
        }
        self.open_ended = graph.open_ended || !older.iter().all(|section| accounting::is_unambiguous(section));
        self.graph = Some(graph);
        Ok(())
    }

    /// Changes as facts, with the places they show in.
    fn modifications(
        &self,
        graph: &Graph,
        view: &View,
        revision: usize,
        changes: Vec<Change>,
    ) -> Result<Vec<Modification>, ReadError> {
        let revision = u32::try_from(revision).unwrap_or(u32::MAX);
        let mut modifications = Vec::with_capacity(changes.len());
        let mut seen = HashSet::default();
        let mut boxes = HashMap::default();
        for Change { rule, reference, what, page, field, shown } in changes {
            if !seen.insert((rule, reference, what.clone(), page, shown.is_some())) {
                continue;
            }
            // Where a widget shows is said by the page that lists it; /P is a hint.
            let mut page = graph.place(reference.number).page.or(page);
            let (mut rect, mut over_text) = (None, false);
            if let Some(Object::Dictionary(shown)) = &shown {
                let hint = shown.get(b"P").and_then(Object::as_reference);
                page = page.or_else(|| graph.place(hint?.number).page);
                rect = rectangle(&self.document.reader, view, shown)?;
                // What shows nobody knows where may show over anything.
                let somewhere = rect.is_none_or(|rect| !rect.is_flat());
                over_text = shown.get(b"Rect").is_some() && somewhere && (rect.is_none() || page.is_none());
                // An appearance of nothing that anybody signed.
                over_text |= rule == ModificationRule::SignatureField && shown.get(b"AP").is_some();
            }
            let rect = rect.filter(|rect| !rect.is_flat());
            let (page_box, page_rotate) = match page.map(|page| boxes.entry(page)) {
                Some(Entry::Occupied(known)) => *known.get(),
                Some(Entry::Vacant(unknown)) => {
                    let found = self.box_of(graph, view, *unknown.key())?;
                    *unknown.insert(found)
                }
                None => None,
            }
            .unzip();
            modifications.push(Modification {
                rule,
                revision,
                object: reference.to_string(),
                page,
                rect,
                page_box,
                page_rotate: page_rotate.unwrap_or_default(),
                over_text,
                field: field.map(|field| field.to_string()),
                what,
            });
        }
        Ok(modifications)
    }

    /// What a view shows of a page.
    fn box_of(&self, graph: &Graph, view: &View, page: u32) -> Result<Option<(Rect, PageRotation)>, ReadError> {
        let reader = &self.document.reader;
        let Some(number) = graph.page_object(page) else { return Ok(None) };
        let page = reader.load(view, view.reference(number))?.object;
        page_box(reader, view, &page)
    }

    /// What the revisions after a signature do.
    pub(crate) fn after(&self, site: &Site) -> Result<(LaterRevisions, Vec<Modification>), ReadError> {
        let document = self.document;
        let unknown = Ok((LaterRevisions::NotAnalysed, Vec::new()));
        let len = document.reader.file.len;
        let Some(end) = site.byte_range.end().filter(|_| site.byte_range.well_formed) else { return unknown };
        if end == len || document.only_line_ends(Span::new(end, len))? {
            return Ok((LaterRevisions::None, Vec::new()));
        }
        let Some(own) = document.revisions.get(site.revision) else { return unknown };
        if document.encryption == Encryption::Locked {
            return unknown;
        }
        let ends_there = own.end <= end && document.only_line_ends(Span::new(own.end, end))?;
        if !ends_there || !is_readable(document) {
            return self.after_detached(site, end);
        }
        let closed = self.steps.get(&site.revision).is_none_or(|revised| revised.reach <= own.end);
        let mut exact = closed && accounting::is_orderly(document, own.end);
        let mut modifications = Vec::new();
        for position in site.revision..document.revisions.len().saturating_sub(1) {
            let Some(revised) = self.steps.get(&position) else { return unknown };
            exact &= revised.exact;
            modifications.extend(revised.modifications.iter().cloned());
        }
        let modifications = gravest(modifications);
        let preserving = modifications.iter().all(|made| made.rule.class() == ModificationClass::Preservation);
        let later = match (exact && !self.open_ended, preserving) {
            (false, _) => LaterRevisions::Doubtful,
            (true, true) => LaterRevisions::ValidationMaterialOnly,
            (true, false) => LaterRevisions::Analysed,
        };
        Ok((later, modifications))
    }

    /// What readers show in the end, against what was signed, where no chain of revisions leads from one to the other:
    /// the cross-reference data behind the signature is damaged, or goes another way.
    fn after_detached(&self, site: &Site, end: u64) -> Result<(LaterRevisions, Vec<Modification>), ReadError> {
        let document = self.document;
        let last = document.last_view();
        // The view must be that of the signed bytes, and of nothing behind them.
        if site.view.is_damaged() || site.view.newest().is_none() || site.view.limit > end {
            return Ok((LaterRevisions::NotAnalysed, Vec::new()));
        }
        let mut graph = Graph::of(document, &site.view)?;
        let signed: HashSet<Rc<str>> = [site.field.name.as_str().into()].into_iter().collect();
        let sections: Vec<Rc<Section>> = last.sections().cloned().collect();
        let own: Vec<Rc<Section>> = site.view.sections().cloned().collect();
        let known: HashSet<u32> = containers(&own).collect();
        let step = Step::new(document, &site.view, &last, &mut graph, &signed, &known);
        let changes = step.run(&sections)?;
        let mut modifications = self.modifications(&graph, &last, document.revisions.len(), changes)?;
        PageText::new(document, &site.view).mark(&graph, &mut modifications)?;
        Ok((LaterRevisions::Doubtful, gravest(modifications)))
    }

    /// Findings about definitions that a reader sees which looks for objects, and others do not. What lies within the
    /// bytes of the first signature was there when it was made.
    pub(crate) fn differentials(&self, sites: &[Site]) -> Result<Vec<Finding>, ReadError> {
        let document = self.document;
        let view = document.last_view();
        if !is_readable(document) {
            return Ok(Vec::new());
        }
        let covered = sites.iter().filter(|site| site.byte_range.well_formed).filter_map(|site| site.byte_range.end());
        let covered = covered.min().unwrap_or(document.reader.file.len);
        let mut graph = None;
        let mut findings = Vec::new();
        for found in viewer::differentials(document, &view, &self.headers)? {
            let reaches = if found.offset < covered {
                "covered"
            } else {
                if graph.is_none() && self.graph.is_none() {
                    graph = Some(Graph::of(document, &view)?);
                }
                match self.graph.as_ref().or(graph.as_ref()).and_then(|graph| graph.reach(found.reference.number)) {
                    Some(reach) => reach,
                    None if found.is_catalog => "document",
                    None => "nothing",
                }
            };
            let finding = Finding::new(FindingCode::ParserDifferential).about(format!("{} R", found.reference));
            findings.push(finding.at(Span::at(found.offset, 0)).with("reaches", reaches));
        }
        // The gravest first: what is within the signed bytes, or is reached by nothing, comes last.
        findings.sort_by_key(|finding| {
            matches!(finding.params.get("reaches").map(String::as_str), Some("covered" | "nothing"))
        });
        findings.truncate(REPORTED_DIFFERENTIALS);
        Ok(findings)
    }
}

/// Whether the objects of all revisions can be had: nothing is locked, and the cross-reference data was readable.
fn is_readable(document: &Document<'_>) -> bool {
    let rebuilt = |section: &Rc<Section>| section.kind == SectionKind::Rebuilt;
    document.encryption != Encryption::Locked && !document.last_view().sections().any(rebuilt)
}

/// At most so many changes as are listed, the gravest kinds first where there are more.
fn gravest(mut modifications: Vec<Modification>) -> Vec<Modification> {
    if modifications.len() > MAX_MODIFICATIONS {
        modifications.sort_by_key(|made| std::cmp::Reverse((made.rule.class(), made.over_text)));
        modifications.truncate(MAX_MODIFICATIONS);
        modifications.sort_by_key(|made| made.revision);
    }
    modifications
}
