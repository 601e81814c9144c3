//! A tree of XML elements that is written, with the namespaces in scope at every place.

use std::collections::BTreeMap;

/// A namespace and the prefix that stands for it; both may be empty.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Namespace {
    /// The prefix; empty for the default namespace.
    pub prefix: &'static str,
    /// The name; empty for no namespace.
    pub uri: &'static str,
}

impl Namespace {
    /// No namespace.
    pub const NONE: Namespace = Namespace { prefix: "", uri: "" };
}

/// The namespaces in scope, by prefix.
pub type Scope = BTreeMap<&'static str, &'static str>;

/// Where an element is: the index of the child to take at each step from the root.
pub type Path = Vec<usize>;

/// What an element contains.
#[derive(Clone)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Characters.
    Text(String),
    /// A comment, which canonical forms leave out.
    Comment(String),
}

/// An element.
#[derive(Clone)]
pub struct Element {
    /// Its namespace, declared where it is not in scope.
    pub namespace: Namespace,
    /// Its local name.
    pub local: String,
    /// Namespaces declared here although the element's own name does not need them.
    pub declarations: Vec<Namespace>,
    /// Attributes by qualified name, in written order.
    pub attributes: Vec<(String, String)>,
    /// Its content.
    pub children: Vec<Node>,
}

impl Element {
    /// An empty element.
    #[must_use]
    pub fn new(namespace: Namespace, local: &str) -> Element {
        let (declarations, attributes, children) = (Vec::new(), Vec::new(), Vec::new());
        Element { namespace, local: local.to_owned(), declarations, attributes, children }
    }

    /// With one more attribute.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Element {
        self.attributes.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With one more namespace declared.
    #[must_use]
    pub fn declaring(mut self, namespace: Namespace) -> Element {
        self.declarations.push(namespace);
        self
    }

    /// With these characters after what it contains.
    #[must_use]
    pub fn text(mut self, text: &str) -> Element {
        self.children.push(Node::Text(text.to_owned()));
        self
    }

    /// With one more child.
    #[must_use]
    pub fn child(mut self, child: Element) -> Element {
        self.push(child);
        self
    }

    /// With more children.
    #[must_use]
    pub fn children(mut self, children: impl IntoIterator<Item = Element>) -> Element {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    /// Adds a child.
    pub fn push(&mut self, child: Element) {
        self.children.push(Node::Element(child));
    }

    /// Replaces the content by these characters.
    pub fn set_text(&mut self, text: &str) {
        self.children = vec![Node::Text(text.to_owned())];
    }

    /// The value of the attribute called `name`.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The element children.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            _ => None,
        })
    }

    /// The path of the first element, in document order, for which `wanted` holds.
    pub fn path(&self, wanted: &dyn Fn(&Element) -> bool) -> Option<Path> {
        if wanted(self) {
            return Some(Vec::new());
        }
        self.children.iter().enumerate().find_map(|(index, node)| match node {
            Node::Element(child) => child.path(wanted).map(|path| [vec![index], path].concat()),
            _ => None,
        })
    }

    /// The path of the first element whose `Id` or `id` is `value`.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn path_to(&self, value: &str) -> Path {
        self.path(&|element| element.attribute("Id") == Some(value) || element.attribute("id") == Some(value))
            .unwrap_or_else(|| panic!("no element {value}"))
    }

    /// The path of the first child called `local` of the element at `parent`.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn path_below(&self, parent: &Path, locals: &[&str]) -> Path {
        let mut path = parent.clone();
        for local in locals {
            let named = |node: &Node| matches!(node, Node::Element(element) if element.local == *local);
            let index = self.at(&path).children.iter().position(named);
            path.push(index.unwrap_or_else(|| panic!("no element {local}")));
        }
        path
    }

    /// The element at `path`.
    ///
    /// # Panics
    /// If no element is there.
    #[must_use]
    pub fn at(&self, path: &[usize]) -> &Element {
        path.iter().fold(self, |element, index| match &element.children[*index] {
            Node::Element(child) => child,
            _ => panic!("not an element"),
        })
    }

    /// The same to be changed.
    ///
    /// # Panics
    /// If no element is there.
    pub fn at_mut(&mut self, path: &[usize]) -> &mut Element {
        path.iter().fold(self, |element, index| match &mut element.children[*index] {
            Node::Element(child) => child,
            _ => panic!("not an element"),
        })
    }

    /// The first element whose `Id` or `id` is `value`, to be changed.
    pub fn named_mut(&mut self, value: &str) -> &mut Element {
        let path = self.path_to(value);
        self.at_mut(&path)
    }

    /// The namespaces in scope outside the element at `path`.
    #[must_use]
    pub fn scope_around(&self, path: &[usize]) -> Scope {
        (0..path.len()).fold(Scope::new(), |scope, depth| self.at(&path[..depth]).scope(&scope))
    }

    /// The namespaces in scope on the element, where `around` are those outside.
    #[must_use]
    pub fn scope(&self, around: &Scope) -> Scope {
        let mut scope = around.clone();
        let own = std::iter::once(&self.namespace);
        scope.extend(self.declarations.iter().chain(own).map(|namespace| (namespace.prefix, namespace.uri)));
        scope
    }

    /// The qualified name.
    #[must_use]
    pub fn qualified(&self) -> String {
        match self.namespace.prefix {
            "" => self.local.clone(),
            prefix => format!("{prefix}:{}", self.local),
        }
    }

    /// The document without a declaration: elements without content as empty-element tags, attributes in their order.
    #[must_use]
    pub fn write(&self) -> String {
        let mut out = String::new();
        self.write_in(&Scope::new(), &mut out);
        out
    }

    fn write_in(&self, around: &Scope, out: &mut String) {
        let (scope, name) = (self.scope(around), self.qualified());
        out.push_str(&format!("<{name}"));
        for (prefix, uri) in &scope {
            if around.get(prefix).copied().unwrap_or_default() != *uri {
                out.push_str(&declaration(prefix, uri));
            }
        }
        for (attribute, value) in &self.attributes {
            out.push_str(&format!(" {attribute}=\"{}\"", escape_attribute(value)));
        }
        if self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for child in &self.children {
            match child {
                Node::Element(element) => element.write_in(&scope, out),
                Node::Text(text) => out.push_str(&escape_text(text)),
                Node::Comment(text) => out.push_str(&format!("<!--{text}-->")),
            }
        }
        out.push_str(&format!("</{name}>"));
    }
}

/// A document in UTF-8 with the usual declaration.
#[must_use]
pub fn document(root: &Element) -> Vec<u8> {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", root.write()).into_bytes()
}

/// A namespace declaration with the space before it.
pub fn declaration(prefix: &str, uri: &str) -> String {
    let colon = if prefix.is_empty() { "" } else { ":" };
    format!(" xmlns{colon}{prefix}=\"{uri}\"")
}

/// Characters of content as canonical forms write them (Canonical XML 1.0 2.3).
pub fn escape_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\r', "&#xD;")
}

/// An attribute value as canonical forms write it (Canonical XML 1.0 2.3).
pub fn escape_attribute(value: &str) -> String {
    let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    value.replace('\t', "&#x9;").replace('\n', "&#xA;").replace('\r', "&#xD;")
}
