use super::TextOptions;
use super::text::page::{Page, Shade};

/// Columns of a row's label.
const LABEL: usize = 14;

/// A plain text page of headings, paragraphs and labelled rows, wrapped and made safe for a terminal.
pub struct Sheet(Page);

impl Sheet {
    /// An empty page.
    pub fn new(options: &TextOptions) -> Self {
        Self(Page::new(options))
    }

    /// A heading, set off by an empty line.
    pub fn heading(&mut self, text: &str) {
        self.0.blank();
        self.0.paragraph(0, Shade::Strong, text);
    }

    /// A paragraph under the heading.
    pub fn paragraph(&mut self, text: &str) {
        self.0.paragraph(2, Shade::Plain, text);
    }

    /// A command to copy, on a line of its own: not wrapped, however long.
    pub fn command(&mut self, text: &str) {
        self.0.pieces(4, &[(Shade::Plain, text)]);
    }

    /// A label and its value; nothing for an empty value.
    pub fn row(&mut self, label: &str, value: &str) {
        if !value.is_empty() {
            self.0.labelled(2, &[(Shade::Plain, label, LABEL)], Shade::Plain, value);
        }
    }

    /// A value in the column of values, belonging to the row above.
    pub fn more(&mut self, value: &str) {
        self.0.paragraph(2 + LABEL, Shade::Plain, value);
    }

    /// The page as text.
    pub fn finish(self) -> String {
        self.0.finish()
    }
}
