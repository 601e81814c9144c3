use std::collections::HashMap;

use kenin_facts::{Modification, ModificationClass, Rect};

use super::graph::Graph;
use crate::chain::View;
use crate::document::Document;
use crate::error::ReadError;
use crate::object::{Object, Reference};
use crate::page_text::{over_text, text_boxes};

/// Where the signed pages have text, read page by page when something lands on them.
pub(super) struct PageText<'t, 'r> {
    document: &'t Document<'r>,
    /// The signed revision.
    view: &'t View,
    pages: HashMap<u32, Vec<Rect>>,
}

impl<'t, 'r> PageText<'t, 'r> {
    pub(super) fn new(document: &'t Document<'r>, view: &'t View) -> Self {
        Self { document, view, pages: HashMap::new() }
    }

    /// Marks the changes that show over text of their page.
    pub(super) fn mark(&mut self, graph: &Graph, modifications: &mut [Modification]) -> Result<(), ReadError> {
        let shows = |class| matches!(class, ModificationClass::FormFilling | ModificationClass::Annotation);
        for made in modifications.iter_mut().filter(|made| shows(made.rule.class())) {
            if let (Some(page), Some(rect)) = (made.page, made.rect) {
                made.over_text = over_text(self.of_page(graph, page)?, &rect);
            }
        }
        Ok(())
    }

    fn of_page(&mut self, graph: &Graph, page: u32) -> Result<&[Rect], ReadError> {
        if !self.pages.contains_key(&page) {
            let number = graph.page_object(page).unwrap_or_default();
            let object = self.document.reader.load(self.view, Reference { number, generation: 0 })?.object;
            let boxes = match &object {
                Object::Dictionary(dictionary) => text_boxes(&self.document.reader, self.view, dictionary)?,
                _ => Vec::new(),
            };
            self.pages.insert(page, boxes);
        }
        Ok(self.pages.get(&page).map(Vec::as_slice).unwrap_or_default())
    }
}
