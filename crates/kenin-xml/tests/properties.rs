//! What holds for the canonical form of any document: it is its own canonical form, and the same however the document is
//! written.
#![allow(clippy::unwrap_used, missing_docs)]

use kenin_base::Budget;
use kenin_xml::{Canonicalization, NodeSet, XmlDocument, canonicalize};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Node {
    Element { prefix: usize, name: usize, attributes: Vec<(usize, String)>, children: Vec<Node> },
    Text(String),
    Comment,
    Instruction,
}

/// No two have one name in one namespace, whatever is declared.
const ATTRIBUTES: [&str; 8] = ["a", "b", "p:c", "q:d", "xml:lang", "xmlns:p", "xmlns:q", "xmlns"];
const NAMES: [&str; 3] = ["a", "b", "検"];
const PREFIXES: [&str; 3] = ["", "p:", "q:"];
const NAMESPACES: [&str; 3] = ["urn:1", "urn:2", "http://example.com/?a&b"];
const METHODS: [&str; 3] = [
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
    "http://www.w3.org/2006/12/xml-c14n11",
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
];

fn characters() -> impl Strategy<Value = String> {
    let character = prop::sample::select(vec!['a', ' ', '<', '>', '&', '"', '\'', '\t', '\n', '\r', ']', '薬', '𠮷']);
    prop::collection::vec(character, 0..8).prop_map(|characters| characters.into_iter().collect())
}

fn node() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![characters().prop_map(Node::Text), Just(Node::Comment), Just(Node::Instruction)];
    leaf.prop_recursive(5, 40, 5, element)
}

fn element(child: impl Strategy<Value = Node> + 'static) -> impl Strategy<Value = Node> {
    let attributes = prop::collection::btree_map(0..ATTRIBUTES.len(), characters(), 0..5);
    (0..PREFIXES.len(), 0..NAMES.len(), attributes, prop::collection::vec(child, 0..5)).prop_map(
        |(prefix, name, attributes, children)| Node::Element {
            prefix,
            name,
            attributes: attributes.into_iter().collect(),
            children,
        },
    )
}

/// Two ways to write the same.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    Plain,
    Odd,
}

fn write(node: &Node, style: Style, is_root: bool, out: &mut String) {
    match node {
        Node::Comment => out.push_str("<!--c-->"),
        Node::Instruction => out.push_str(if style == Style::Plain { "<?p i?>" } else { "<?p \n i?>" }),
        Node::Text(text) if style == Style::Odd && !text.contains(['\r', ']']) => {
            out.push_str(&format!("<![CDATA[{}]]>", text.replace('\n', "\r\n")));
        }
        Node::Text(text) => out.push_str(&escaped(text, style).replace("&#xA;", "\n").replace("&#10;", "\r")),
        Node::Element { prefix, name, attributes, children } => {
            let name = format!("{}{}", PREFIXES.get(*prefix).unwrap(), NAMES.get(*name).unwrap());
            let mut written: Vec<String> = Vec::new();
            if is_root {
                written.extend(["xmlns:p='urn:p'".to_owned(), "xmlns:q=\"urn:q\"".to_owned()]);
            }
            for (attribute, value) in attributes {
                let attribute = *ATTRIBUTES.get(*attribute).unwrap();
                let value = match attribute {
                    _ if is_root && attribute.starts_with("xmlns:") => continue,
                    "xmlns" if value.len() % 4 == 0 => String::new(),
                    _ if attribute.starts_with("xmlns") => (*NAMESPACES.get(value.len() % 3).unwrap()).to_owned(),
                    _ => value.clone(),
                };
                let quote = if style == Style::Plain { '"' } else { '\'' };
                let equals = if style == Style::Plain { "=" } else { "\n=\t" };
                written.push(format!("{attribute}{equals}{quote}{}{quote}", escaped(&value, style)));
            }
            if style == Style::Odd {
                written.reverse();
            }
            out.push('<');
            out.push_str(&name);
            for attribute in written {
                out.push_str(if style == Style::Plain { " " } else { "\r\n " });
                out.push_str(&attribute);
            }
            if children.is_empty() && style == Style::Odd {
                return out.push_str(" />");
            }
            out.push('>');
            children.iter().for_each(|child| write(child, style, false, out));
            out.push_str(&format!("</{name}>"));
        }
    }
}

fn escaped(text: &str, style: Style) -> String {
    let reference = |c: char| match style {
        Style::Plain => format!("&#x{:X};", u32::from(c)),
        Style::Odd => format!("&#{};", u32::from(c)),
    };
    text.chars().map(|c| if c.is_alphanumeric() || c == ' ' { c.to_string() } else { reference(c) }).collect()
}

fn canonical(text: &str, uri: &str) -> String {
    let budget = Budget::default();
    let document = XmlDocument::parse(&budget, text).unwrap();
    let method = Canonicalization::from_uri(uri).unwrap();
    let mut octets = Vec::new();
    canonicalize(&document, &NodeSet::document(), &method, &budget, &mut |piece| octets.extend_from_slice(piece))
        .unwrap();
    String::from_utf8(octets).unwrap()
}

proptest! {
    #[test]
    fn canonical_form_is_canonical_and_independent_of_style(root in element(node())) {
        let (mut plain, mut odd) = (String::new(), String::new());
        write(&root, Style::Plain, true, &mut plain);
        write(&root, Style::Odd, true, &mut odd);
        for uri in METHODS {
            let once = canonical(&plain, uri);
            prop_assert_eq!(&canonical(&once, uri), &once);
            prop_assert_eq!(&canonical(&odd, uri), &once);
        }
    }

    /// Whatever is read, nothing panics, and errors lie within the text.
    #[test]
    fn any_text_is_read_or_refused(parts in prop::collection::vec(prop::sample::select(vec![
        "<a", ">", "</a>", "/>", " b='", "'", " xmlns:p=\"u:p\"", " xmlns=''", "<p:a", "&amp;", "&#13;", "&x;", "\r", "\n", "<!--", "-->",
        "<![CDATA[", "]]>", "<?p", "?>", "<!DOCTYPE", "検", "<", "&", "=", "<?xml version='1.0'?>",
    ]), 0..24)) {
        let text = parts.concat();
        let budget = Budget::default();
        match XmlDocument::parse(&budget, &text) {
            Ok(document) => for uri in METHODS {
                let method = Canonicalization::from_uri(uri).unwrap();
                canonicalize(&document, &NodeSet::document(), &method, &budget, &mut |_| ()).unwrap();
            },
            Err(kenin_xml::XmlError::Syntax { offset, .. } | kenin_xml::XmlError::Dtd { offset }) => {
                prop_assert!(text.is_char_boundary(usize::try_from(offset).unwrap()));
            }
            Err(other) => prop_assert!(false, "{:?}", other),
        }
    }
}
