//! Canonical XML 1.0 and 1.1, and Exclusive XML Canonicalization 1.0, over subtrees of a document.
//!
//! The tree says which nodes there are; what is written comes from the text.

mod base_uri;
mod element;
mod method;
mod output;
mod scope;
#[cfg(test)]
mod tests;

use kenin_base::Budget;
use memchr::{memchr, memmem};
use roxmltree::{Node, NodeId, NodeType};

pub use self::method::Canonicalization;

use self::element::Elements;
use self::output::Output;
use crate::node_set::Membership;
use crate::tag::{Characters, resolve};
use crate::{NodeSet, XmlDocument, XmlError};

/// Octets that a node-set counts for at least, and so does each ancestor of it: a hostile document has timestamps by the hundred
/// over thousands of empty elements each, and what is around an element is gone through before it is written.
const LEAST_OF_SET: usize = 256;
const LEAST_OF_ANCESTOR: usize = 32;

/// Writes the canonical octets of a node-set to `sink`, in pieces of some 64 KiB.
///
/// Spends [`Resource::XmlCanonicalBytes`](kenin_base::Resource::XmlCanonicalBytes) for them, for namespace declarations, and
/// for nodes that are visited without being in the set; a set counts for some hundred octets at least.
///
/// # Errors
/// [`XmlError::RelativeNamespace`], or a budget reached; the sink may have seen a part by then.
pub fn canonicalize(
    document: &XmlDocument<'_>,
    nodes: &NodeSet,
    method: &Canonicalization,
    budget: &Budget,
    sink: &mut dyn FnMut(&[u8]),
) -> Result<(), XmlError> {
    let tree = document.tree();
    let mut walk = Walk {
        text: document.text(),
        document_element: tree.root_element().id(),
        comments: nodes.has_comments() && method.comments,
        members: Membership::new(nodes, tree),
        elements: Elements::new(document.text(), method),
        output: Output::new(budget, sink),
    };
    walk.output.charge(LEAST_OF_SET)?;
    let apex = nodes.apex().and_then(|apex| tree.get_node(apex)).unwrap_or(tree.root());
    let mut above: Vec<Node<'_, '_>> = apex.ancestors().skip(1).collect();
    above.reverse();
    for ancestor in above {
        walk.pass(ancestor)?;
    }
    walk.over(apex)?;
    walk.output.flush()
}

struct Walk<'a, 't> {
    text: &'t str,
    document_element: NodeId,
    comments: bool,
    members: Membership<'a>,
    elements: Elements<'a, 't>,
    output: Output<'a>,
}

impl Walk<'_, '_> {
    /// An ancestor of everything in the set.
    fn pass(&mut self, ancestor: Node<'_, '_>) -> Result<(), XmlError> {
        let entered = self.members.enter(ancestor.id());
        if ancestor.is_element() {
            self.output.charge(LEAST_OF_ANCESTOR)?;
            self.elements.enter(ancestor.range().start, false, entered, &self.output)?;
        }
        Ok(())
    }

    /// A subtree, in document order, without recursion.
    fn over(&mut self, apex: Node<'_, '_>) -> Result<(), XmlError> {
        let mut node = apex;
        loop {
            if let Some(child) = self.visit(node)? {
                node = child;
                continue;
            }
            node = loop {
                if node == apex {
                    return Ok(());
                }
                if let Some(sibling) = node.next_sibling() {
                    break sibling;
                }
                let Some(parent) = node.parent() else { return Ok(()) };
                self.leave(parent)?;
                node = parent;
            };
        }
    }

    /// Writes what comes before a node's children; the first of them, if the walk goes there, else the node is left.
    fn visit<'n, 'i>(&mut self, node: Node<'n, 'i>) -> Result<Option<Node<'n, 'i>>, XmlError> {
        let entered = self.members.enter(node.id());
        let is_in_set = self.members.contains();
        if !is_in_set {
            self.output.charge(1)?;
        }
        match node.node_type() {
            NodeType::Root => {}
            NodeType::Element => {
                let goes_on = is_in_set || self.members.may_contain_below(node.id());
                if !goes_on {
                    self.members.leave(entered);
                    return Ok(None);
                }
                self.elements.enter(node.range().start, is_in_set, entered, &self.output)?;
                if is_in_set {
                    self.elements.write_start(&mut self.output)?;
                }
            }
            kind => {
                if is_in_set {
                    match kind {
                        NodeType::Text => self.text(node.range().start)?,
                        NodeType::PI => self.instruction(node)?,
                        _ => self.comment(node)?,
                    }
                }
                self.members.leave(entered);
                return Ok(None);
            }
        }
        let child = node.first_child();
        if child.is_none() {
            self.leave(node)?;
        }
        Ok(child)
    }

    fn leave(&mut self, node: Node<'_, '_>) -> Result<(), XmlError> {
        if node.is_element() {
            let entered = self.elements.leave(&mut self.output)?;
            self.members.leave(entered);
        }
        Ok(())
    }

    /// A text node: character data and CDATA sections up to the next other markup.
    fn text(&mut self, start: usize) -> Result<(), XmlError> {
        let mut at = start;
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            let (run, offset, characters, length);
            if let Some(section) = rest.strip_prefix("<![CDATA[") {
                let end = memmem::find(section.as_bytes(), b"]]>").unwrap_or(section.len());
                (run, offset) = (section.get(..end), at + "<![CDATA[".len());
                (characters, length) = (Characters::Literal, "<![CDATA[".len() + end + "]]>".len());
            } else {
                let end = memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
                (run, offset) = (rest.get(..end), at);
                (characters, length) = (Characters::Text, end);
            }
            if length == 0 {
                return Ok(());
            }
            self.output.push_text(&resolve(run.unwrap_or_default(), offset, characters)?)?;
            at += length;
        }
    }

    fn instruction(&mut self, node: Node<'_, '_>) -> Result<(), XmlError> {
        // An XML declaration with another white space than roxmltree expects.
        let Some(instruction) = node.pi().filter(|instruction| instruction.target != "xml") else { return Ok(()) };
        self.beside_the_document_element(node, |output| {
            output.push("<?")?;
            output.push(instruction.target)?;
            if let Some(value) = instruction.value {
                output.push(" ")?;
                output.push(&resolve(value, 0, Characters::Literal)?)?;
            }
            output.push("?>")
        })
    }

    fn comment(&mut self, node: Node<'_, '_>) -> Result<(), XmlError> {
        let Some(comment) = node.text().filter(|_| self.comments) else { return self.output.charge(1) };
        self.beside_the_document_element(node, |output| {
            output.push("<!--")?;
            output.push(&resolve(comment, 0, Characters::Literal)?)?;
            output.push("-->")
        })
    }

    /// Outside of the document element, a line end stands between it and each node (C14N 1.0, 2.3).
    fn beside_the_document_element(
        &mut self,
        node: Node<'_, '_>,
        write: impl FnOnce(&mut Output<'_>) -> Result<(), XmlError>,
    ) -> Result<(), XmlError> {
        let is_outside = node.parent().is_some_and(|parent| parent.is_root());
        let is_before = node.id().get() < self.document_element.get();
        if is_outside && !is_before {
            self.output.push("\n")?;
        }
        write(&mut self.output)?;
        if is_outside && is_before {
            self.output.push("\n")?;
        }
        Ok(())
    }
}
