//! The HTML report as a browser's parser reads it.

#![allow(dead_code)] // every test program uses its own part

use html5ever::tendril::TendrilSink as _;
use html5ever::tokenizer::TokenizerOpts;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// A parsed page.
pub struct Page {
    /// The document itself.
    pub root: Element,
    /// What the HTML standard calls parse errors.
    pub errors: Vec<String>,
}

impl Page {
    pub fn parse(html: &str) -> Self {
        let tokenizer = TokenizerOpts { exact_errors: true, ..TokenizerOpts::default() };
        let dom = parse_document(RcDom::default(), ParseOpts { tokenizer, ..ParseOpts::default() }).one(html);
        let errors = dom.errors.borrow().iter().map(|error| error.to_string()).collect();
        Self { root: Element(dom.document), errors }
    }
}

/// An element of the page.
#[derive(Clone)]
pub struct Element(Handle);

/// A child of an element.
pub enum Child {
    Element(Element),
    Text(String),
}

impl Element {
    pub fn name(&self) -> String {
        match &self.0.data {
            NodeData::Element { name, .. } => name.local.to_string(),
            _ => String::new(),
        }
    }

    pub fn attributes(&self) -> Vec<(String, String)> {
        let NodeData::Element { attrs, .. } = &self.0.data else { return Vec::new() };
        let attributes = attrs.borrow();
        attributes.iter().map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string())).collect()
    }

    pub fn attribute(&self, name: &str) -> Option<String> {
        self.attributes().into_iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|classes| classes.split_whitespace().any(|own| own == class))
    }

    /// Elements and text; comments are not for readers.
    pub fn children(&self) -> Vec<Child> {
        let children = self.0.children.borrow();
        let child = |node: &Handle| match &node.data {
            NodeData::Element { .. } => Some(Child::Element(Self(node.clone()))),
            NodeData::Text { contents } => Some(Child::Text(contents.borrow().to_string())),
            _ => None,
        };
        children.iter().filter_map(child).collect()
    }

    /// Every element below this one, in the order of the page.
    pub fn below(&self) -> Vec<Self> {
        let mut found = Vec::new();
        let mut stack = vec![self.clone()];
        while let Some(element) = stack.pop() {
            let children = element.children().into_iter().rev().filter_map(|child| match child {
                Child::Element(element) => Some(element),
                Child::Text(_) => None,
            });
            stack.extend(children);
            found.push(element);
        }
        found.remove(0);
        found
    }

    pub fn named(&self, name: &str) -> Vec<Self> {
        self.below().into_iter().filter(|element| element.name() == name).collect()
    }

    pub fn of_class(&self, class: &str) -> Vec<Self> {
        self.below().into_iter().filter(|element| element.has_class(class)).collect()
    }

    /// Whether readers get nothing of it.
    pub fn is_hidden(&self) -> bool {
        self.attribute("aria-hidden").as_deref() == Some("true")
            || matches!(self.name().as_str(), "head" | "style" | "script" | "template")
    }

    /// What readers get of it, white space as a browser shows it.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.add_text(&mut text, &|element| element.is_hidden());
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The same without some elements.
    pub fn text_without(&self, left_out: impl Fn(&Self) -> bool) -> String {
        let mut text = String::new();
        self.add_text(&mut text, &|element| element.is_hidden() || left_out(element));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn add_text(&self, text: &mut String, left_out: &dyn Fn(&Self) -> bool) {
        for child in self.children() {
            match child {
                Child::Text(own) => text.push_str(&own),
                Child::Element(element) if left_out(&element) => {}
                Child::Element(element) => {
                    // A block begins a line of its own.
                    let gap = if is_block(&element.name()) { " " } else { "" };
                    text.push_str(gap);
                    element.add_text(text, left_out);
                    text.push_str(gap);
                }
            }
        }
    }
}

/// Whether an element is shown on lines of its own.
pub fn is_block(name: &str) -> bool {
    !matches!(name, "a" | "b" | "code" | "em" | "i" | "small" | "span" | "strong" | "svg" | "title")
}
