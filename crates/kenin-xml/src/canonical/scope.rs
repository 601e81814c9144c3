use std::borrow::Cow;

use crate::XmlError;
use crate::error::as_offset;
use crate::tag::Attribute;
use foldhash::HashMap;

/// The namespaces declared by the open elements, and what was rendered of them. Whatever is asked of it costs the same
/// however many there are.
#[derive(Default)]
pub(super) struct Scope<'t> {
    /// Of all open elements, outermost first.
    declarations: Vec<Declaration<'t>>,
    /// By prefix, the declaration in force last.
    declared: HashMap<&'t str, Vec<usize>>,
    /// By prefix, what the nearest ancestor that rendered it rendered, last.
    rendered: HashMap<&'t str, Vec<usize>>,
    /// The prefixes rendered by all open elements, outermost first.
    order: Vec<&'t str>,
    /// Each URI ever declared, numbered: comparing them costs the same however long they are.
    numbers: HashMap<Cow<'t, str>, usize>,
}

struct Declaration<'t> {
    prefix: &'t str,
    uri: Cow<'t, str>,
    number: usize,
}

const NO_NAMESPACE: usize = usize::MAX;

/// How much there was when an element began.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    pub(super) declarations: usize,
    rendered: usize,
}

impl<'t> Scope<'t> {
    pub(super) fn mark(&self) -> Mark {
        Mark { declarations: self.declarations.len(), rendered: self.order.len() }
    }

    /// The element at whose beginning the mark was made ends.
    pub(super) fn return_to(&mut self, mark: Mark) {
        for declaration in self.declarations.drain(mark.declarations..) {
            if let Some(stack) = self.declared.get_mut(declaration.prefix) {
                stack.pop();
            }
        }
        for prefix in self.order.drain(mark.rendered..) {
            if let Some(stack) = self.rendered.get_mut(prefix) {
                stack.pop();
            }
        }
    }

    pub(super) fn declare(&mut self, prefix: &'t str, attribute: &Attribute<'t>) -> Result<(), XmlError> {
        // The prefix xml is always bound, and never rendered (C14N 1.0, 2.3).
        if prefix == "xml" {
            return Ok(());
        }
        let uri = attribute.normalized()?;
        if !uri.is_empty() && !is_absolute(&uri) {
            // C14N 1.0, 1.3.
            let offset = as_offset(attribute.offset);
            return Err(XmlError::RelativeNamespace { offset, uri: uri.into_owned() });
        }
        let next = self.numbers.len();
        let number = if uri.is_empty() { NO_NAMESPACE } else { *self.numbers.entry(uri.clone()).or_insert(next) };
        self.declared.entry(prefix).or_default().push(self.declarations.len());
        self.declarations.push(Declaration { prefix, uri, number });
        Ok(())
    }

    /// The prefixes declared since so many declarations, some perhaps more than once.
    pub(super) fn prefixes_since(&self, declarations: usize) -> impl Iterator<Item = &'t str> {
        self.declarations.get(declarations..).unwrap_or_default().iter().map(|declaration| declaration.prefix)
    }

    /// The namespace that a prefix stands for; empty for no namespace.
    pub(super) fn uri(&self, prefix: &str) -> &str {
        self.top(&self.declared, prefix).map_or("", |(_, declaration)| &declaration.uri)
    }

    /// Notes that a prefix is rendered, unless the output has what it stands for in scope already: then its declaration
    /// would be superfluous, `xmlns=""` where no default namespace was rendered included.
    pub(super) fn render(&mut self, prefix: &str) -> Option<&'t str> {
        let (index, declaration) = self.top(&self.declared, prefix)?;
        let rendered = self.top(&self.rendered, prefix).map_or(NO_NAMESPACE, |(_, declaration)| declaration.number);
        if rendered == declaration.number {
            return None;
        }
        let prefix = declaration.prefix;
        self.rendered.entry(prefix).or_default().push(index);
        self.order.push(prefix);
        Some(prefix)
    }

    fn top(&self, stacks: &HashMap<&'t str, Vec<usize>>, prefix: &str) -> Option<(usize, &Declaration<'t>)> {
        let index = *stacks.get(prefix)?.last()?;
        Some((index, self.declarations.get(index)?))
    }
}

/// Whether a URI has a scheme (RFC 3986, 3.1).
fn is_absolute(uri: &str) -> bool {
    let Some((scheme, _)) = uri.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}
