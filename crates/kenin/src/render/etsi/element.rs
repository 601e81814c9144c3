//! A tree of elements and its XML text.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::render::text::page::is_unseen;

/// An element with either text or children.
#[derive(Clone, Debug)]
pub struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    /// An element without content.
    pub fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), text: String::new(), children: Vec::new() }
    }

    /// An element with text, which may come from anywhere: what XML cannot hold is replaced.
    pub fn text(name: &'static str, text: &str) -> Self {
        Self { text: legible(text), ..Self::new(name) }
    }

    /// Adds an attribute.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.attributes.push((name, legible(&value.to_string())));
        self
    }

    /// Adds an attribute where there is a value for it.
    #[must_use]
    pub fn with_some(self, name: &'static str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds children.
    #[must_use]
    pub fn of(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children.extend(children);
        self
    }

    /// The element, unless nothing is in it.
    pub fn unless_empty(self) -> Option<Self> {
        (!self.children.is_empty() || !self.text.is_empty()).then_some(self)
    }

    /// The document of which this is the root.
    pub fn document(&self) -> String {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        // Memory takes everything, and every piece is text: neither can fail.
        let _ = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        let _ = self.write(&mut writer);
        let mut text = String::from_utf8(writer.into_inner()).unwrap_or_default();
        text.push('\n');
        text
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        let attributes = self.attributes.iter().map(|(name, value)| (*name, value.as_str()));
        let start = BytesStart::new(self.name).with_attributes(attributes);
        if self.children.is_empty() && self.text.is_empty() {
            return writer.write_event(Event::Empty(start));
        }
        writer.write_event(Event::Start(start))?;
        if !self.text.is_empty() {
            writer.write_event(Event::Text(BytesText::new(&self.text)))?;
        }
        for child in &self.children {
            child.write(writer)?;
        }
        writer.write_event(Event::End(BytesEnd::new(self.name)))
    }
}

/// Text as XML 1.0 can hold it and readers hand it on: control characters become their pictures (U+2400 and following),
/// so that it stays visible that something was there; what cannot stand in XML at all, and what would reorder a line or
/// hide in it, becomes U+FFFD.
fn legible(text: &str) -> String {
    let picture = |c: char| match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => char::REPLACEMENT_CHARACTER,
        c if is_unseen(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(picture).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_replaced_visibly() {
        let text = "a\0b\u{1b}[31m\r\n\t\u{7f}\u{85}\u{fffe}\u{ffff}\u{202e}z 医師 😀";
        assert_eq!(legible(text), "a\u{2400}b\u{241b}[31m␍␊␉\u{2421}\u{fffd}\u{fffd}\u{fffd}\u{fffd}z 医師 😀");
    }

    #[test]
    fn what_nobody_sees_is_replaced_and_what_names_need_stays() {
        let text = "a\u{61c}b\u{200b}c\u{e0041}d 葛\u{e0100}城 ک\u{200c}";
        assert_eq!(legible(text), "a\u{fffd}b\u{fffd}c\u{fffd}d 葛\u{e0100}城 ک\u{200c}");
    }

    #[test]
    fn markup_in_text_and_attributes_is_text() {
        let element = Element::new("a").with("b", "\"<&>'").of([Element::text("c", "</c>]]>&amp;")]);
        let expected = concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
            "<a b=\"&quot;&lt;&amp;&gt;&apos;\">\n  <c>&lt;/c&gt;]]&gt;&amp;amp;</c>\n</a>\n"
        );
        assert_eq!(element.document(), expected);
    }

    #[test]
    fn an_element_without_content_is_left_out_on_request() {
        assert!(Element::new("a").with("b", 1).unless_empty().is_none());
        assert!(Element::text("a", "").unless_empty().is_none());
        assert!(Element::text("a", "b").unless_empty().is_some());
    }
}
