//! A one-page document whose catalog, page and form grow with each revision.

use super::{Encryption, Layout, Pdf};

/// A one-page document over a [`Pdf`].
pub struct Document {
    /// The file.
    pub pdf: Pdf,
    /// How further revisions are written.
    pub layout: Layout,
    pub(super) page: u32,
    pub(super) content: u32,
    resources: String,
    pub(super) fields: Vec<u32>,
    pub(super) dss: Option<u32>,
}

impl Document {
    /// An A4 page: `prepare` adds fonts and the like and returns the resource dictionary's entries, `content` draws.
    #[must_use]
    pub fn new(layout: Layout, content: &[u8], prepare: impl FnOnce(&mut Pdf) -> String) -> Document {
        Document::build(Pdf::new(), layout, content, prepare)
    }

    /// A page saying one line of ASCII text in Helvetica: the body of most cases.
    #[must_use]
    pub fn one_line(layout: Layout, text: &str) -> Document {
        Document::new(layout, &line(text), helvetica)
    }

    /// The same page in an encrypted file.
    #[must_use]
    pub fn encrypted(encryption: Encryption, text: &str) -> Document {
        let mut pdf = Pdf::new();
        pdf.next_is_catalog();
        pdf.encrypt(encryption);
        Document::build(pdf, Layout::Classic, &line(text), helvetica)
    }

    fn build(mut pdf: Pdf, layout: Layout, content: &[u8], prepare: impl FnOnce(&mut Pdf) -> String) -> Document {
        pdf.next_is_catalog();
        let pages = pdf.reserve();
        let page = pdf.reserve();
        let resources = prepare(&mut pdf);
        let content = pdf.add_stream("", content);
        pdf.set(pages, format!("<< /Type /Pages /Kids [{page} 0 R] /Count 1 >>"));
        let mut document = Document { pdf, layout, page, content, resources, fields: Vec::new(), dss: None };
        document.update_catalog(pages);
        document.update_page(pages);
        document.pdf.finish_revision(layout);
        document
    }

    /// The object number of the page tree's root.
    fn pages(&self) -> u32 {
        self.page - 1
    }

    pub(super) fn touch_catalog(&mut self) {
        self.update_catalog(self.pages());
    }

    pub(super) fn touch_page(&mut self) {
        self.update_page(self.pages());
    }

    fn update_catalog(&mut self, pages: u32) {
        let mut body = format!("<< /Type /Catalog /Pages {pages} 0 R");
        if !self.fields.is_empty() {
            body.push_str(&format!(" /AcroForm << /SigFlags 3 /Fields [{}] >>", references(&self.fields)));
        }
        if let Some(dss) = self.dss {
            body.push_str(&format!(" /DSS {dss} 0 R"));
        }
        body.push_str(" >>");
        self.pdf.set(self.pdf.root, body);
    }

    fn update_page(&mut self, pages: u32) {
        let annotations =
            if self.fields.is_empty() { String::new() } else { format!(" /Annots [{}]", references(&self.fields)) };
        let body = format!(
            "<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << {} >>{annotations} >>",
            self.content, self.resources
        );
        self.pdf.set(self.page, body);
    }

    /// Appends a revision that draws another line instead.
    pub fn replace_line(&mut self, text: &str) {
        self.pdf.set_stream(self.content, "", &line(text));
        self.pdf.finish_revision(self.layout);
    }

    /// The finished file.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.pdf.into_bytes()
    }
}

fn line(text: &str) -> Vec<u8> {
    format!("BT /F1 16 Tf 72 760 Td ({text}) Tj ET\n").into_bytes()
}

fn helvetica(pdf: &mut Pdf) -> String {
    let font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
    format!("/Font << /F1 {font} 0 R >>")
}

fn references(numbers: &[u32]) -> String {
    numbers.iter().map(|number| format!("{number} 0 R")).collect::<Vec<_>>().join(" ")
}
