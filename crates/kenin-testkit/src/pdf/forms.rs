//! Text fields, check boxes and annotations with their appearance streams (ISO 32000-1 12.5, 12.7).

use super::Document;

/// A rectangle: left, bottom, right, top.
pub type Rectangle = [u32; 4];

/// The rectangle as an array.
pub(super) fn array(rectangle: Rectangle) -> String {
    format!("[{}]", rectangle.map(|side| side.to_string()).join(" "))
}

/// A text field or check box: one object for field and widget.
#[derive(Clone)]
pub struct Field {
    /// Its object number.
    pub number: u32,
    /// The object number of its normal appearance; of a check box, that of the state `Yes`.
    pub appearance: u32,
    /// Partial name.
    pub name: String,
    /// Where it shows.
    pub rectangle: Rectangle,
}

impl Field {
    /// A text field of this value, flags and rectangle.
    #[must_use]
    pub fn text_body(&self, page: u32, value: &str, entries: &str) -> String {
        let Field { appearance, name, .. } = self;
        let rectangle = array(self.rectangle);
        format!(
            "<< /Type /Annot /Subtype /Widget /FT /Tx /T ({name}) /V ({value}) /DA (/F1 12 Tf 0 g) /P {page} 0 R \
             /Rect {rectangle} /F 4 /AP << /N {appearance} 0 R >>{entries} >>"
        )
    }

    fn check_box_body(&self, page: u32, state: &str) -> String {
        let Field { appearance, name, .. } = self;
        let rectangle = array(self.rectangle);
        let off = appearance + 1;
        format!(
            "<< /Type /Annot /Subtype /Widget /FT /Btn /T ({name}) /V /{state} /AS /{state} /P {page} 0 R \
             /Rect {rectangle} /F 4 /AP << /N << /Yes {appearance} 0 R /Off {off} 0 R >> >> >>"
        )
    }
}

impl Document {
    /// Adds a text field to the open revision.
    pub fn add_text_field(&mut self, name: &str, value: &str, rectangle: Rectangle) -> Field {
        let field = self.field(name, rectangle);
        self.show(field.appearance, rectangle, &text(value));
        self.pdf.set(field.number, field.text_body(self.page, value, ""));
        self.enter(&field);
        field
    }

    /// Adds a check box, off, to the open revision.
    pub fn add_check_box(&mut self, name: &str, rectangle: Rectangle) -> Field {
        let field = self.field(name, rectangle);
        let off = self.pdf.reserve();
        assert_eq!(off, field.appearance + 1);
        self.show(field.appearance, rectangle, "2 w 1 1 m 11 11 l 1 11 m 11 1 l S");
        self.show(off, rectangle, "1 w 0 0 12 12 re S");
        self.pdf.set(field.number, field.check_box_body(self.page, "Off"));
        self.enter(&field);
        field
    }

    /// Writes another value and the appearance that shows it into the open revision.
    pub fn fill(&mut self, field: &Field, value: &str) {
        self.show(field.appearance, field.rectangle, &text(value));
        self.pdf.set(field.number, field.text_body(self.page, value, ""));
    }

    /// Ticks a check box in the open revision.
    pub fn tick(&mut self, field: &Field) {
        self.pdf.set(field.number, field.check_box_body(self.page, "Yes"));
    }

    /// Adds an annotation of this subtype, which draws `operators`, to the open revision; returns its number.
    pub fn annotate(&mut self, subtype: &str, rectangle: Rectangle, entries: &str, operators: &str) -> u32 {
        let number = self.pdf.reserve();
        let appearance = self.pdf.reserve();
        self.show(appearance, rectangle, operators);
        self.pdf.set(number, self.annotation_body(subtype, rectangle, entries, appearance));
        self.annotations.push(number);
        self.touch_page();
        number
    }

    /// The body of such an annotation.
    #[must_use]
    pub fn annotation_body(&self, subtype: &str, rectangle: Rectangle, entries: &str, appearance: u32) -> String {
        let rectangle = array(rectangle);
        format!(
            "<< /Type /Annot /Subtype /{subtype} /P {} 0 R /Rect {rectangle} /F 4 /AP << /N {appearance} 0 R >> \
             {entries} >>",
            self.page
        )
    }

    /// Sets object `number` to an appearance stream of the size of `rectangle` that draws `operators`.
    pub fn show(&mut self, number: u32, rectangle: Rectangle, operators: &str) {
        let [left, bottom, right, top] = rectangle;
        let (width, height) = (right - left, top - bottom);
        let entries =
            format!("/Type /XObject /Subtype /Form /BBox [0 0 {width} {height}] /Resources << {} >>", self.resources);
        self.pdf.set_stream(number, &entries, operators.as_bytes());
    }

    fn field(&mut self, name: &str, rectangle: Rectangle) -> Field {
        let number = self.pdf.reserve();
        Field { number, appearance: self.pdf.reserve(), name: name.to_owned(), rectangle }
    }

    fn enter(&mut self, field: &Field) {
        self.fields.push(field.number);
        self.annotations.push(field.number);
        self.touch_catalog();
        self.touch_page();
    }
}

/// Operators that show `value` in a field (12.7.3.3).
#[must_use]
pub fn text(value: &str) -> String {
    format!("/Tx BMC q BT /F1 12 Tf 0 g 2 5 Td ({value}) Tj ET Q EMC")
}
