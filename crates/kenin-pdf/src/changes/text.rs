use foldhash::HashMap;
use kenin_base::{Budget, Resource};
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
    text: Boxes,
    annotations: Boxes,
}

/// Rectangles, each with the number of the object it belongs to, that are asked which of them lie below another one.
/// A page may have as many annotations as there are changes, so they are divided into strips and those into groups.
#[derive(Default)]
struct Boxes {
    strips: Vec<Around<Around<Placed>>>,
}

/// A rectangle and the object it belongs to.
type Placed = (Option<u32>, Rect);

/// Parts, and the rectangle around them.
struct Around<T> {
    bounds: Rect,
    parts: Vec<T>,
}

/// Rectangles that are looked at together.
const GROUP: usize = 16;

impl Boxes {
    fn new(mut placed: Vec<Placed>) -> Self {
        placed.sort_by(|(_, one), (_, other)| one.left.total_cmp(&other.left));
        let groups = placed.len().div_ceil(GROUP).isqrt().max(1);
        let strips = placed.chunks_mut(GROUP.saturating_mul(groups)).map(|strip| {
            strip.sort_by(|(_, one), (_, other)| one.bottom.total_cmp(&other.bottom));
            let groups: Vec<Around<Placed>> = strip
                .chunks(GROUP)
                .map(|group| Around { bounds: bounds(group.iter().map(|(_, rect)| *rect)), parts: group.to_vec() })
                .collect();
            Around { bounds: bounds(groups.iter().map(|group| group.bounds)), parts: groups }
        });
        Self { strips: strips.collect() }
    }

    /// Whether a rectangle lies over one of those that `counts` takes.
    fn any_below(
        &self,
        rect: &Rect,
        budget: &Budget,
        counts: impl Fn(Option<u32>, &Rect) -> bool,
    ) -> Result<bool, ReadError> {
        for strip in self.strips.iter().filter(|strip| strip.bounds.overlaps(rect)) {
            for group in strip.parts.iter().filter(|group| group.bounds.overlaps(rect)) {
                budget.spend(Resource::PdfComparisons, 1)?;
                let below =
                    |(number, place): &Placed| over_text(std::slice::from_ref(place), rect) && counts(*number, place);
                if group.parts.iter().any(below) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

/// The rectangle around rectangles.
fn bounds(rects: impl Iterator<Item = Rect>) -> Rect {
    let union = |one: Rect, other: Rect| Rect {
        left: one.left.min(other.left),
        bottom: one.bottom.min(other.bottom),
        right: one.right.max(other.right),
        top: one.top.max(other.top),
    };
    rects.reduce(union).unwrap_or_else(|| Rect::between((0.0, 0.0), (0.0, 0.0)))
}

impl<'t, 'r> PageText<'t, 'r> {
    pub(super) fn new(document: &'t Document<'r>, view: &'t View) -> Self {
        Self { document, view, pages: HashMap::default() }
    }

    /// Marks the changes that show over text of their page.
    pub(super) fn mark(&mut self, graph: &Graph, modifications: &mut [Modification]) -> Result<(), ReadError> {
        let shows = |class| matches!(class, ModificationClass::FormFilling | ModificationClass::Annotation);
        for made in modifications.iter_mut().filter(|made| shows(made.rule.class())) {
            if let (Some(page), Some(rect)) = (made.page, made.rect) {
                let number = made.object.split(' ').next().and_then(|number| number.parse().ok());
                let budget = self.document.reader.budget;
                let occupied = self.of_page(graph, page)?;
                // What another field or annotation shows is text too.
                let other = |own: Option<u32>, place: &Rect| own != number && *place != rect;
                made.over_text |= occupied.text.any_below(&rect, budget, |_, _| true)?
                    || occupied.annotations.any_below(&rect, budget, other)?;
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
        let text = text_boxes(reader, self.view, page)?.into_iter().map(|rect| (None, rect)).collect();
        let mut annotations = Vec::new();
        let listed = reader.entry(self.view, page, b"Annots")?;
        for item in listed.as_array().iter().flat_map(|items| items.iter()) {
            if let Object::Dictionary(annotation) = reader.resolve(self.view, item)? {
                let rect = rectangle(reader, self.view, &annotation)?.filter(|rect| !rect.is_flat());
                annotations.extend(rect.map(|rect| (item.as_reference().map(|reference| reference.number), rect)));
            }
        }
        Ok(Occupied { text: Boxes::new(text), annotations: Boxes::new(annotations) })
    }
}
