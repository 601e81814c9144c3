//! A one-page document whose catalog, page and form grow with each revision.

use super::{Encryption, Layout, Pdf};

/// A one-page document over a [`Pdf`].
#[derive(Clone)]
pub struct Document {
    /// The file.
    pub pdf: Pdf,
    /// How further revisions are written.
    pub layout: Layout,
    /// The object number of the page.
    pub page: u32,
    /// The object number of the page's content stream.
    pub content: u32,
    /// The entries of the page's resource dictionary.
    pub resources: String,
    /// Entries of the catalog beside the page tree, the form and the DSS.
    pub catalog_entries: String,
    /// Entries of the interactive form beside /SigFlags and /Fields.
    pub form_entries: String,
    /// Entries of the page beside content, resources and annotations.
    pub page_entries: String,
    /// The root fields of the form.
    pub fields: Vec<u32>,
    /// The page's annotations.
    pub annotations: Vec<u32>,
    /// Every page in order.
    pub kids: Vec<u32>,
    pub(super) newest_signature: u32,
    /// The object number of the DSS.
    pub dss: Option<u32>,
}

impl Document {
    /// An A4 page: `prepare` adds fonts and the like and returns the resource dictionary's entries, `content` draws.
    #[must_use]
    pub fn new(layout: Layout, content: &[u8], prepare: impl FnOnce(&mut Pdf) -> String) -> Document {
        let mut document = Document::draft(Pdf::new(), layout, content, prepare);
        document.finish();
        document
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
        let mut document = Document::draft(pdf, Layout::Classic, &line(text), helvetica);
        document.finish();
        document
    }

    /// The same page in `pdf`, its first revision left open for fields and the like.
    #[must_use]
    pub fn open_line(pdf: Pdf, layout: Layout, text: &str) -> Document {
        Document::draft(pdf, layout, &line(text), helvetica)
    }

    /// A document whose first revision is left open.
    #[must_use]
    pub fn draft(mut pdf: Pdf, layout: Layout, content: &[u8], prepare: impl FnOnce(&mut Pdf) -> String) -> Document {
        pdf.next_is_catalog();
        let pages = pdf.reserve();
        let page = pdf.reserve();
        let resources = prepare(&mut pdf);
        let content = pdf.add_stream("", content);
        let mut document = Document {
            pdf,
            layout,
            page,
            content,
            resources,
            catalog_entries: String::new(),
            form_entries: String::new(),
            page_entries: String::new(),
            fields: Vec::new(),
            annotations: Vec::new(),
            kids: vec![page],
            newest_signature: 0,
            dss: None,
        };
        debug_assert_eq!(pages, document.pages());
        document.touch_pages();
        document.touch_catalog();
        document.touch_page();
        document
    }

    /// The object number of the page tree's root.
    #[must_use]
    pub fn pages(&self) -> u32 {
        self.page - 1
    }

    /// Writes the page tree's root into the open revision.
    pub fn touch_pages(&mut self) {
        let body = format!("<< /Type /Pages /Kids [{}] /Count {} >>", references(&self.kids), self.kids.len());
        self.pdf.set(self.pages(), body);
    }

    /// Writes the catalog into the open revision.
    pub fn touch_catalog(&mut self) {
        let mut body = format!("<< /Type /Catalog /Pages {} 0 R", self.pages());
        if !self.fields.is_empty() {
            let fields = references(&self.fields);
            body.push_str(&format!(" /AcroForm << /SigFlags 3 /Fields [{fields}]{} >>", self.form_entries));
        }
        if let Some(dss) = self.dss {
            body.push_str(&format!(" /DSS {dss} 0 R"));
        }
        body.push_str(&self.catalog_entries);
        body.push_str(" >>");
        self.pdf.set(self.pdf.root, body);
    }

    /// Writes the page into the open revision.
    pub fn touch_page(&mut self) {
        let body = self.page_body(self.content, &self.resources, "[0 0 595 842]");
        self.pdf.set(self.page, body);
    }

    /// The page with another content, other resources or another size.
    #[must_use]
    pub fn page_body(&self, content: u32, resources: &str, media_box: &str) -> String {
        let annotations = match &self.annotations[..] {
            [] => String::new(),
            some => format!(" /Annots [{}]", references(some)),
        };
        format!(
            "<< /Type /Page /Parent {} 0 R /MediaBox {media_box} /Contents {content} 0 R /Resources << {resources} >>\
             {annotations}{} >>",
            self.pages(),
            self.page_entries
        )
    }

    /// Ends the open revision.
    pub fn finish(&mut self) {
        self.pdf.finish_revision(self.layout);
    }

    /// Appends a revision that draws another line instead.
    pub fn replace_line(&mut self, text: &str) {
        self.pdf.set_stream(self.content, "", &line(text));
        self.finish();
    }

    /// The finished file.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.pdf.into_bytes()
    }
}

/// Operators that show one line of ASCII text at the head of the page.
#[must_use]
pub fn line(text: &str) -> Vec<u8> {
    format!("BT /F1 16 Tf 72 760 Td ({text}) Tj ET\n").into_bytes()
}

/// Adds Helvetica; returns the resource entries that call it F1.
pub fn helvetica(pdf: &mut Pdf) -> String {
    let font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
    format!("/Font << /F1 {font} 0 R >>")
}

pub(super) fn references(numbers: &[u32]) -> String {
    numbers.iter().map(|number| format!("{number} 0 R")).collect::<Vec<_>>().join(" ")
}
