//! The expressions of XPath 1.0 that XPath Filter 2.0 transforms of signed documents use: a path from the root or from an
//! identifier, by names and simple conditions. Everything else is refused.

use kenin_base::{Budget, Resource};
use roxmltree::{Node, NodeId};

use crate::XmlDocument;
use crate::error::as_offset;
use crate::ids::Ids;
use crate::names::DS;

/// More nodes than this are not compared with the rest of a document.
const MOST_SELECTED: usize = 10_000;

/// More conditions than any signed document has in one step; each is tried on every node.
const MOST_CONDITIONS: usize = 16;

/// Octets of [`Resource::XmlCanonicalBytes`] that a node which is looked at counts for.
const VISITED: u64 = 8;

/// What an expression is evaluated in.
pub(crate) struct Context<'x, 't> {
    pub document: &'x XmlDocument<'t>,
    pub ids: &'x Ids<'x>,
    pub budget: &'x Budget,
    /// The element that holds the expression: its namespaces are those of the names in it.
    pub holder: Node<'x, 't>,
    /// The Signature around it, which is where `here()` leads.
    pub signature: NodeId,
}

/// One step of a path.
struct Step<'e> {
    /// From every descendant, not from every child.
    deep: bool,
    test: Test<'e>,
    /// Conditions of which one has to hold; none is no condition.
    conditions: Vec<Condition<'e>>,
}

enum Test<'e> {
    AnyElement,
    AnyNode,
    /// Namespace, if there is one, and local name.
    Name(Option<&'e str>, &'e str),
}

enum Condition<'e> {
    LocalName(&'e str),
    LocalNameStarts(&'e str),
    /// The name as it is written.
    Name(&'e str),
    Attribute(&'e str, &'e str),
}

impl<'x, 't> Context<'x, 't> {
    /// The nodes that an expression selects, in document order; `None` for one that is not understood, or when the budget is
    /// reached.
    pub fn select(&self, expression: &'x str) -> Option<Vec<NodeId>> {
        let expression = expression.trim();
        let tree = self.document.tree();
        let own = expression.strip_prefix("here()/ancestor::").and_then(|rest| rest.strip_suffix("[1]"));
        if let Some(name) = own {
            let is_signature = matches!(self.name_test(name)?, Test::Name(Some(DS), "Signature"));
            return is_signature.then(|| vec![self.signature]);
        }
        if expression == "/" {
            return Some(vec![tree.root().id()]);
        }
        let (start, path) = match expression.strip_prefix("id(") {
            Some(rest) => {
                let (id, rest) = rest.split_once(')')?;
                (tree.get_node(self.ids.get(quoted(id)?).ok()?)?, rest)
            }
            None => (tree.root(), expression),
        };
        let mut selected = vec![start];
        for step in self.steps(path)? {
            let mut next = Vec::new();
            for node in &selected {
                let mut seen = 0_usize;
                let by_attribute = |condition: &&Condition<'_>| matches!(condition, Condition::Attribute(..));
                let by_attribute = step.conditions.iter().filter(by_attribute).count();
                let mut fits = |node: &Node<'x, 't>| {
                    let looked_at = node.attributes().len().saturating_mul(by_attribute);
                    seen = seen.saturating_add(1).saturating_add(looked_at);
                    self.fits(*node, &step)
                };
                match step.deep {
                    true => next.extend(node.descendants().skip(1).filter(|node| fits(node))),
                    false => next.extend(node.children().filter(|node| fits(node))),
                }
                let visited = as_offset(seen).saturating_mul(VISITED);
                self.budget.spend(Resource::XmlCanonicalBytes, visited).ok()?;
                if next.len() > MOST_SELECTED {
                    return None;
                }
            }
            next.sort_unstable_by_key(|node| node.id().get());
            next.dedup();
            selected = next;
        }
        Some(selected.iter().map(Node::id).collect())
    }

    fn steps(&self, path: &'x str) -> Option<Vec<Step<'x>>> {
        let mut steps = Vec::new();
        let mut rest = path.trim();
        while !rest.is_empty() {
            let (mut deep, after) = match rest.strip_prefix("//") {
                Some(after) => (true, after),
                None => (false, rest.strip_prefix('/')?),
            };
            let end = end_of_step(after)?;
            let (step, remaining) = after.split_at_checked(end)?;
            let step = match step.strip_prefix("descendant::") {
                Some(step) => {
                    deep = true;
                    step
                }
                None => step.strip_prefix("child::").unwrap_or(step),
            };
            let (test, conditions) = match step.split_once('[') {
                Some((test, condition)) => (test, self.conditions(condition.strip_suffix(']')?)?),
                None => (step, Vec::new()),
            };
            steps.push(Step { deep, test: self.name_test(test)?, conditions });
            rest = remaining;
        }
        (!steps.is_empty()).then_some(steps)
    }

    fn name_test(&self, test: &'x str) -> Option<Test<'x>> {
        let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
        match (test, test.split_once(':')) {
            ("*", _) => Some(Test::AnyElement),
            ("node()", _) => Some(Test::AnyNode),
            (_, Some((prefix, name))) if is_name(name) => {
                Some(Test::Name(Some(self.holder.lookup_namespace_uri(Some(prefix))?), name))
            }
            // An unprefixed name is in no namespace, whatever the default is (XPath 1.0 2.3).
            (name, None) if is_name(name) => Some(Test::Name(None, name)),
            _ => None,
        }
    }

    fn conditions(&self, text: &'x str) -> Option<Vec<Condition<'x>>> {
        let conditions: Vec<Condition<'x>> =
            text.split(" or ").map(|one| condition(one.trim())).collect::<Option<_>>()?;
        (conditions.len() <= MOST_CONDITIONS).then_some(conditions)
    }

    fn fits(&self, node: Node<'_, '_>, step: &Step<'_>) -> bool {
        let name = node.tag_name();
        let tested = match step.test {
            Test::AnyElement => node.is_element(),
            Test::AnyNode => true,
            Test::Name(namespace, local) => node.is_element() && name.name() == local && name.namespace() == namespace,
        };
        let holds = |condition: &Condition<'_>| match condition {
            Condition::LocalName(wanted) => name.name() == *wanted,
            Condition::LocalNameStarts(wanted) => name.name().starts_with(wanted),
            Condition::Name(wanted) => self.is_written(node, wanted),
            Condition::Attribute(attribute, wanted) => node.attribute(*attribute) == Some(wanted),
        };
        tested && (step.conditions.is_empty() || node.is_element() && step.conditions.iter().any(holds))
    }

    /// Whether an element's name is written so, with its prefix. A name may be as long as the document: it is not gone through.
    fn is_written(&self, node: Node<'_, '_>, wanted: &str) -> bool {
        let tag = self.document.text().get(node.range()).and_then(|tag| tag.strip_prefix('<'));
        let after = tag.and_then(|tag| tag.strip_prefix(wanted));
        after.is_some_and(|after| after.starts_with([' ', '\t', '\r', '\n', '/', '>']))
    }
}

fn condition(text: &str) -> Option<Condition<'_>> {
    if let Some(rest) = text.strip_prefix("starts-with(local-name(),") {
        return Some(Condition::LocalNameStarts(quoted(rest.strip_suffix(')')?.trim())?));
    }
    let (left, right) = text.split_once('=')?;
    let wanted = quoted(right.trim())?;
    match left.trim() {
        "local-name()" => Some(Condition::LocalName(wanted)),
        "name()" => Some(Condition::Name(wanted)),
        other => other.strip_prefix('@').map(|attribute| Condition::Attribute(attribute, wanted)),
    }
}

/// A literal without its quotes.
fn quoted(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    text.strip_prefix(quote)?.strip_suffix(quote).filter(|inner| !inner.contains(quote))
}

/// Where a step ends: before the next `/` that is in no condition.
fn end_of_step(text: &str) -> Option<usize> {
    let mut inside = false;
    for (at, c) in text.char_indices() {
        match c {
            '[' if inside => return None,
            '[' => inside = true,
            ']' => inside = false,
            '/' if !inside => return Some(at),
            _ => {}
        }
    }
    (!inside).then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paths::Paths;

    fn select(expression: &str) -> Option<Vec<String>> {
        let text = "<r xmlns:d='http://www.w3.org/2000/09/xmldsig#' xmlns:e='urn:e'><a Id='1'>t<b/><e:c><b/></e:c></a><d:Signature/></r>";
        let budget = Budget::default();
        let document = XmlDocument::parse(&budget, text).unwrap();
        let ids = Ids::of(document.tree());
        let holder = document.tree().root_element();
        let signature = holder.last_element_child().unwrap().id();
        let context = Context { document: &document, ids: &ids, budget: &budget, holder, signature };
        let paths = Paths::default();
        let selected = context.select(expression)?;
        Some(selected.into_iter().map(|id| paths.of(document.tree().get_node(id).unwrap())).collect())
    }

    #[test]
    fn paths_of_signed_documents_are_understood() {
        let of = |expression| select(expression).unwrap();
        assert_eq!(of("/descendant::*[name()='d:Signature']"), ["/r/ds:Signature"]);
        assert_eq!(of("//d:Signature"), ["/r/ds:Signature"]);
        assert_eq!(of("here()/ancestor::d:Signature[1]"), ["/r/ds:Signature"]);
        assert_eq!(of("//b"), ["/r/a/b", "/r/a/c/b"]);
        assert_eq!(of("/*/*[local-name()='a']"), ["/r/a"]);
        assert_eq!(of("//*[@Id='1']/e:c/b"), ["/r/a/c/b"]);
        assert_eq!(of("id(\"1\")/node()").len(), 3);
        assert_eq!(of("//*[starts-with(local-name(),'Sig') or local-name()='c']"), ["/r/a/c", "/r/ds:Signature"]);
        assert_eq!(of("//x"), [""; 0]);
    }

    #[test]
    fn everything_else_is_refused() {
        for refused in
            ["", "a", "/a[b]", "/a[1]", "//a | //b", "/x:a", "count(//a)", "/a[@Id='1' and @x='2']", "id('9')", "/a["]
        {
            assert_eq!(select(refused), None, "{refused}");
        }
    }
}
