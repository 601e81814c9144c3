use std::ops::ControlFlow;
use std::sync::Arc;

use super::{Found, Receiver, pairs};
use crate::entry::Item;
use crate::{Entry, Name, Objects, ObjectsError, Trouble};

/// Buckets that a list is about: enough for any, few enough that each may hold connections.
const BUCKETS: usize = 64;

/// Everything below an address. Listings of buckets are sorted, so that a document is met before a signature beside it, and
/// between the two come only names that begin with the document's.
pub(super) fn walk(objects: &Arc<Objects>, receive: &mut Receiver<'_>) -> ControlFlow<()> {
    // Each begins with the one before it.
    let mut beginnings: Vec<Item> = Vec::new();
    objects.list(&mut |listed| {
        let item = match listed {
            Ok(object) => Item::of_object(objects, object),
            Err(error) => return receive(trouble(error)),
        };
        let name = item.name.as_bytes();
        while beginnings.last().is_some_and(|beginning| !name.starts_with(beginning.name.as_bytes())) {
            beginnings.pop();
        }
        let content = std::str::from_utf8(name).ok().and_then(pairs::content_of);
        let is_content = |beginning: &&Item| Some(beginning.name.as_bytes()) == content.map(str::as_bytes);
        let beside = beginnings.iter().find(is_content).cloned();
        beginnings.push(item.clone());
        receive(Found::Document(Entry { item, beside }))
    })
}

/// The buckets that a list names objects of, each with its connections.
#[derive(Default)]
pub(super) struct Buckets(Vec<(String, Arc<Objects>)>);

impl Buckets {
    /// The object at an address of a list, beside what it may sign. What is on the web is walked.
    pub(super) fn object(&mut self, address: &str, receive: &mut Receiver<'_>) -> ControlFlow<()> {
        let on_the_web = address.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http"));
        if on_the_web {
            return match Objects::open(address) {
                Ok(objects) => walk(&Arc::new(objects), receive),
                Err(error) => receive(trouble(error)),
            };
        }
        receive(self.entry(address).map_or_else(trouble, Found::Document))
    }

    fn entry(&mut self, address: &str) -> Result<Entry, ObjectsError> {
        let host = address.find("://").map_or(0, |at| at + 3);
        let slash = address.get(host..).and_then(|rest| rest.find('/')).map_or(address.len(), |at| host + at);
        let (root, path) = address.split_at(slash);
        let path = path.strip_prefix('/').unwrap_or(path);
        let objects = self.bucket(root)?;
        let item = Item::of_object(&objects, objects.look(path)?);
        let beside = match pairs::content_of(path).map(|content| objects.look(content)) {
            Some(Ok(content)) => Some(Item::of_object(&objects, content)),
            None | Some(Err(ObjectsError::NotFound { .. })) => None,
            Some(Err(error)) => return Err(error),
        };
        Ok(Entry { item, beside })
    }

    fn bucket(&mut self, root: &str) -> Result<Arc<Objects>, ObjectsError> {
        if let Some((_, objects)) = self.0.iter().find(|(known, _)| known == root) {
            return Ok(Arc::clone(objects));
        }
        if self.0.len() >= BUCKETS {
            self.0.clear();
        }
        let objects = Arc::new(Objects::open(root)?);
        self.0.push((root.to_owned(), Arc::clone(&objects)));
        Ok(objects)
    }
}

fn trouble(error: ObjectsError) -> Found {
    Found::Trouble(Trouble { name: Name::from_bytes(error.address().as_bytes()), error: error.into() })
}
