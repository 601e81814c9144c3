//! Canonical octets of an element: Canonical XML 1.0 and Exclusive XML Canonicalization 1.0, without comments.
//!
//! Nothing here uses `xml:` attributes, whose inheritance is therefore left out.

use std::collections::BTreeSet;

use super::element::{Element, Node, Path, Scope, declaration, escape_attribute, escape_text};

/// A canonicalization method.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Canonicalization {
    /// Canonical XML 1.0.
    Inclusive,
    /// Exclusive XML Canonicalization 1.0.
    Exclusive,
}

impl Canonicalization {
    /// Its identifier.
    #[must_use]
    pub fn uri(self) -> &'static str {
        match self {
            Canonicalization::Inclusive => "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
            Canonicalization::Exclusive => "http://www.w3.org/2001/10/xml-exc-c14n#",
        }
    }
}

/// The canonical octets of the element at `path` of `document`, without what is below `omit`.
#[must_use]
pub fn canonical(document: &Element, path: &Path, method: Canonicalization, omit: Option<&Path>) -> Vec<u8> {
    let writer = Writer { method, omit };
    let mut out = String::new();
    writer.write(document.at(path), path, &document.scope_around(path), &Scope::new(), &mut out);
    out.into_bytes()
}

struct Writer<'a> {
    method: Canonicalization,
    omit: Option<&'a Path>,
}

impl Writer<'_> {
    /// `around` is in scope outside the element, `rendered` is what the output's ancestors declare.
    fn write(&self, element: &Element, path: &Path, around: &Scope, rendered: &Scope, out: &mut String) {
        let (scope, name) = (element.scope(around), element.qualified());
        let mut rendered = rendered.clone();
        out.push_str(&format!("<{name}"));
        for (prefix, uri) in &scope {
            let known = rendered.get(prefix).copied().unwrap_or_default();
            if self.renders(element, prefix) && known != *uri {
                out.push_str(&declaration(prefix, uri));
                rendered.insert(prefix, uri);
            }
        }
        let mut attributes: Vec<_> =
            element.attributes.iter().map(|(name, value)| (key(name, &scope), value)).collect();
        attributes.sort();
        for ((_, _, name), value) in attributes {
            out.push_str(&format!(" {name}=\"{}\"", escape_attribute(value)));
        }
        out.push('>');
        for (index, child) in element.children.iter().enumerate() {
            match child {
                Node::Element(child) => {
                    let path = [path.as_slice(), &[index]].concat();
                    if self.omit != Some(&path) {
                        self.write(child, &path, &scope, &rendered, out);
                    }
                }
                Node::Text(text) => out.push_str(&escape_text(text)),
                Node::Comment(_) => {}
            }
        }
        out.push_str(&format!("</{name}>"));
    }

    /// Exclusive canonicalization declares what a name on the element uses (3), Canonical XML all that is in scope.
    fn renders(&self, element: &Element, prefix: &str) -> bool {
        let attributes = element.attributes.iter().filter_map(|(name, _)| name.split_once(':'));
        let used: BTreeSet<&str> =
            attributes.map(|(prefix, _)| prefix).chain(std::iter::once(element.namespace.prefix)).collect();
        self.method == Canonicalization::Inclusive || used.contains(prefix)
    }
}

/// The order of attributes: namespace name, then local name (Canonical XML 1.0 2.2).
fn key<'a>(name: &'a str, scope: &Scope) -> (&'static str, &'a str, &'a str) {
    match name.split_once(':') {
        Some((prefix, local)) => (scope[prefix], local, name),
        None => ("", name, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xades::Namespace;

    const A: Namespace = Namespace { prefix: "a", uri: "urn:a" };
    const B: Namespace = Namespace { prefix: "b", uri: "urn:b" };
    const DEFAULT: Namespace = Namespace { prefix: "", uri: "urn:d" };

    #[test]
    fn exclusive_declares_where_a_prefix_is_first_used() {
        let inner = Element::new(A, "i").child(Element::new(B, "x")).child(Element::new(B, "y"));
        let root = Element::new(DEFAULT, "r").declaring(B).child(inner);
        assert_eq!(
            canonical(&root, &vec![0], Canonicalization::Exclusive, None),
            b"<a:i xmlns:a=\"urn:a\"><b:x xmlns:b=\"urn:b\"></b:x><b:y xmlns:b=\"urn:b\"></b:y></a:i>"
        );
        assert_eq!(
            canonical(&root, &vec![0], Canonicalization::Inclusive, None),
            b"<a:i xmlns=\"urn:d\" xmlns:a=\"urn:a\" xmlns:b=\"urn:b\"><b:x></b:x><b:y></b:y></a:i>"
        );
    }

    #[test]
    fn no_namespace_inside_a_default_one_is_declared() {
        let root = Element::new(DEFAULT, "r").child(Element::new(Namespace::NONE, "n"));
        assert_eq!(
            canonical(&root, &Vec::new(), Canonicalization::Exclusive, None),
            b"<r xmlns=\"urn:d\"><n xmlns=\"\"></n></r>"
        );
        assert_eq!(root.write(), "<r xmlns=\"urn:d\"><n xmlns=\"\"/></r>");
    }

    #[test]
    fn attributes_without_namespace_come_first_and_white_space_is_escaped() {
        let root = Element::new(Namespace::NONE, "r").declaring(A).with("a:b", "1").with("z", "\n\"").with("c", "&");
        assert_eq!(
            canonical(&root, &Vec::new(), Canonicalization::Inclusive, None),
            b"<r xmlns:a=\"urn:a\" c=\"&amp;\" z=\"&#xA;&quot;\" a:b=\"1\"></r>"
        );
    }
}
