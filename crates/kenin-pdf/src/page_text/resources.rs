use std::cell::RefCell;
use std::rc::Rc;

use foldhash::HashMap;
use kenin_base::Resource;

use super::font::Font;
use crate::chain::View;
use crate::error::ReadError;
use crate::object::{Dictionary, Object};
use crate::reader::Reader;

/// Ancestors asked for an inherited entry (ISO 32000-1 7.7.3.4).
const MAX_ANCESTORS: usize = 64;

/// A font, or `None` for what is none, by the name that content has for it.
type Fonts = HashMap<Rc<[u8]>, Option<Rc<Font>>>;

/// The fonts and XObjects that a content stream names (7.8.3).
#[derive(Debug, Default)]
pub(super) struct Resources {
    fonts: HashMap<Rc<[u8]>, Object>,
    xobjects: HashMap<Rc<[u8]>, Object>,
    /// Read so far.
    loaded: RefCell<Fonts>,
}

impl Resources {
    pub(super) fn read(reader: &Reader<'_>, view: &View, resources: &Dictionary) -> Result<Self, ReadError> {
        let named = |key| -> Result<HashMap<Rc<[u8]>, Object>, ReadError> {
            let category = reader.entry(view, resources, key)?;
            let Some(category) = category.as_dictionary() else { return Ok(HashMap::default()) };
            let count = u64::try_from(category.entries.len()).unwrap_or(u64::MAX);
            reader.budget.spend(Resource::PdfObjects, count)?;
            Ok(category.entries.iter().cloned().collect())
        };
        Ok(Self { fonts: named(b"Font")?, xobjects: named(b"XObject")?, loaded: RefCell::default() })
    }

    /// The resources of a page: its own, or those of the nearest ancestor that has some.
    pub(super) fn of_page(reader: &Reader<'_>, view: &View, page: &Dictionary) -> Result<Self, ReadError> {
        let mut node = Object::Dictionary(Rc::new(page.clone()));
        for _ in 0..MAX_ANCESTORS {
            let Some(dictionary) = node.as_dictionary() else { break };
            if let Some(resources) = reader.entry(view, dictionary, b"Resources")?.as_dictionary() {
                return Self::read(reader, view, resources);
            }
            node = reader.entry(view, dictionary, b"Parent")?;
        }
        Ok(Self::default())
    }

    pub(super) fn font(
        &self,
        reader: &Reader<'_>,
        view: &View,
        name: &Rc<[u8]>,
    ) -> Result<Option<Rc<Font>>, ReadError> {
        if let Some(known) = self.loaded.borrow().get(name) {
            return Ok(known.clone());
        }
        let font = self.fonts.get(name).map_or(Ok(Object::Null), |font| reader.resolve(view, font))?;
        let font = font.as_dictionary().map(|font| Font::read(reader, view, font)).transpose()?.map(Rc::new);
        self.loaded.borrow_mut().insert(Rc::clone(name), font.clone());
        Ok(font)
    }

    pub(super) fn xobject(&self, name: &[u8]) -> Option<&Object> {
        self.xobjects.get(name)
    }
}
