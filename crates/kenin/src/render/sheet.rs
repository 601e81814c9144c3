use std::borrow::Cow;

use super::TextOptions;
use super::text::page::{Page, Shade};
use crate::messages::in_ascii;

/// Columns of a row's label.
const LABEL: usize = 14;

/// A plain text page of headings, paragraphs and labelled rows, wrapped and made safe for a terminal.
pub struct Sheet {
    page: Page,
    /// Whether symbols on it become ASCII.
    plain: bool,
}

impl Sheet {
    /// An empty page.
    pub fn new(options: &TextOptions) -> Self {
        Self { page: Page::new(options), plain: false }
    }

    /// The same for texts that are all kenin's own, such as explanations: with `ascii` their symbols become ASCII, where
    /// else only what CP932 lacks is escaped.
    pub fn own(options: &TextOptions) -> Self {
        Self { plain: options.ascii, ..Self::new(options) }
    }

    /// A heading, set off by an empty line.
    pub fn heading(&mut self, text: &str) {
        self.page.blank();
        let text = self.text(text);
        self.page.paragraph(0, Shade::Strong, &text);
    }

    /// A paragraph under the heading.
    pub fn paragraph(&mut self, text: &str) {
        let text = self.text(text);
        self.page.paragraph(2, Shade::Plain, &text);
    }

    /// A command to copy, on a line of its own: not wrapped, however long.
    pub fn command(&mut self, text: &str) {
        self.page.pieces(4, &[(Shade::Plain, text)]);
    }

    /// A label and its value; nothing for an empty value.
    pub fn row(&mut self, label: &str, value: &str) {
        if !value.is_empty() {
            self.page.labelled(2, &[(Shade::Plain, label, LABEL)], Shade::Plain, value);
        }
    }

    /// A value in the column of values, belonging to the row above.
    pub fn more(&mut self, value: &str) {
        self.page.paragraph(2 + LABEL, Shade::Plain, value);
    }

    fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.plain { in_ascii(text) } else { Cow::Borrowed(text) }
    }

    /// The page as text.
    pub fn finish(self) -> String {
        self.page.finish()
    }
}
