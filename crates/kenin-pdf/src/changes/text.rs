use std::collections::HashMap;

use kenin_facts::{Modification, ModificationClass, Rect};

use super::graph::Graph;
use crate::chain::View;
use crate::document::Document;
use crate::error::ReadError;
use crate::object::{Dictionary, Object};
use crate::page_text::{over_text, text_boxes};
use crate::rect::rectangle;

/// Where the signed pages have text, read page by page when something lands on them.
pub(super) struct PageText<'t, 'r> {
    document: &'t Document<'r>,
    /// The signed revision.
    view: &'t View,
    pages: HashMap<u32, Occupied>,
}

/// Where a page has text, and where annotations stand, by their object numbers.
#[derive(Default)]
struct Occupied {
    text: Vec<Rect>,
    annotations: Vec<(Option<u32>, Rect)>,
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
                let number = made.object.split(' ').next().and_then(|number| number.parse().ok());
                let occupied = self.of_page(graph, page)?;
                // What another field or annotation shows is text too.
                let own = |(other, place): &&(Option<u32>, Rect)| *other == number || *place == rect;
                let others = occupied.annotations.iter().filter(|annotation| !own(annotation));
                let others: Vec<Rect> = others.map(|(_, rect)| *rect).collect();
                made.over_text |= over_text(&occupied.text, &rect) || over_text(&others, &rect);
            }
        }
        Ok(())
    }

    fn of_page(&mut self, graph: &Graph, page: u32) -> Result<&Occupied, ReadError> {
        if !self.pages.contains_key(&page) {
            let number = graph.page_object(page).unwrap_or_default();
            let object = self.document.reader.load(self.view, self.view.reference(number))?.object;
            let occupied = match &object {
                Object::Dictionary(dictionary) => self.occupied(dictionary)?,
                _ => Occupied::default(),
            };
            self.pages.insert(page, occupied);
        }
        Ok(self.pages.entry(page).or_default())
    }

    fn occupied(&self, page: &Dictionary) -> Result<Occupied, ReadError> {
        let reader = &self.document.reader;
        let text = text_boxes(reader, self.view, page)?;
        let mut annotations = Vec::new();
        let listed = reader.entry(self.view, page, b"Annots")?;
        for item in listed.as_array().iter().flat_map(|items| items.iter()) {
            if let Object::Dictionary(annotation) = reader.resolve(self.view, item)? {
                let rect = rectangle(reader, self.view, &annotation)?.filter(|rect| !rect.is_flat());
                annotations.extend(rect.map(|rect| (item.as_reference().map(|reference| reference.number), rect)));
            }
        }
        Ok(Occupied { text, annotations })
    }
}
