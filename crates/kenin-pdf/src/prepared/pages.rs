use std::rc::Rc;

use foldhash::HashSet;
use kenin_base::Resource;

use crate::chain::View;
use crate::error::ReadError;
use crate::object::{Dictionary, Object};
use crate::reader::Reader;

/// A page of a view.
pub(super) struct Page {
    /// Counted from 1.
    pub number: u32,
    pub dictionary: Rc<Dictionary>,
}

/// The pages in the order of the page tree (ISO 32000-1 7.7.3.2).
pub(super) fn pages(reader: &Reader<'_>, view: &View) -> Result<Vec<Page>, ReadError> {
    let root = view.root().map_or(Ok(Object::Null), |root| reader.resolve(view, root))?;
    let tree = root.as_dictionary().and_then(|root| root.get(b"Pages")).cloned();
    let mut pages = Vec::new();
    let mut seen = HashSet::default();
    let mut pending: Vec<Object> = tree.into_iter().collect();
    while let Some(node) = pending.pop() {
        reader.budget.spend(Resource::PdfObjects, 1)?;
        // A node that stands in two places would make the tree endless.
        if node.as_reference().is_some_and(|reference| !seen.insert(reference)) {
            continue;
        }
        let Object::Dictionary(dictionary) = reader.resolve(view, &node)? else { continue };
        match reader.entry(view, &dictionary, b"Kids")? {
            Object::Array(kids) => pending.extend(kids.iter().rev().cloned()),
            _ => {
                let number = u32::try_from(pages.len() + 1).unwrap_or(u32::MAX);
                pages.push(Page { number, dictionary });
            }
        }
    }
    Ok(pages)
}
