//! Where on a page a change shows: in words, and as a small picture of the page.

use std::fmt;

use askama::Template;

use crate::report::ModificationReport;

/// A page and a place on it, in the picture's own units: y grows downwards.
#[derive(Template)]
#[template(path = "place.html")]
pub(super) struct Picture {
    label: String,
    width: Units,
    height: Units,
    place: Rectangle,
}

struct Rectangle {
    left: Units,
    top: Units,
    width: Units,
    height: Units,
}

/// A length in the picture.
struct Units(f64);

impl fmt::Display for Units {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1}", self.0)
    }
}

/// A place on a page as a viewer shows it: left, top, width and height as parts of the page from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
    /// Width of the page for a height of 1.
    aspect: f64,
}

impl Place {
    /// `None` where the change has no place or its page no box.
    pub(super) fn of(change: &ModificationReport) -> Option<Self> {
        let ([left, bottom, right, top], [page_left, page_bottom, page_right, page_top]) =
            (change.rect?, change.page_box?);
        let (width, height) = (page_right - page_left, page_top - page_bottom);
        let sane = [left, bottom, right, top, width, height].iter().all(|value| value.is_finite());
        if !sane || width <= 0.0 || height <= 0.0 {
            return None;
        }
        let part = |value: f64| value.clamp(0.0, 1.0);
        let (x0, x1) = (part((left - page_left) / width), part((right - page_left) / width));
        let (y0, y1) = (part((page_top - top) / height), part((page_top - bottom) / height));
        // A viewer turns the page clockwise.
        let (x0, x1, y0, y1, aspect) = match change.page_rotate.unwrap_or(0) {
            90 => (1.0 - y1, 1.0 - y0, x0, x1, height / width),
            180 => (1.0 - x1, 1.0 - x0, 1.0 - y1, 1.0 - y0, width / height),
            270 => (y0, y1, 1.0 - x1, 1.0 - x0, height / width),
            _ => (x0, x1, y0, y1, width / height),
        };
        Some(Self { left: x0, top: y0, width: x1 - x0, height: y1 - y0, aspect })
    }

    /// The catalogue's key of the place in words, by thirds of the page.
    pub(super) fn key(self) -> String {
        let third = |at: f64, [first, second, last]: [&'static str; 3]| match at {
            at if at < 1.0 / 3.0 => first,
            at if at <= 2.0 / 3.0 => second,
            _ => last,
        };
        let down = third(self.top + self.height / 2.0, ["top", "middle", "bottom"]);
        let across = third(self.left + self.width / 2.0, ["left", "centre", "right"]);
        format!("place-{down}-{across}")
    }

    /// A picture of the page, 56 units high.
    pub(super) fn picture(self, label: String) -> Picture {
        const HEIGHT: f64 = 56.0;
        let width = (HEIGHT * self.aspect).clamp(16.0, 160.0);
        // A speck must still be seen.
        let (w, h) = ((self.width * width).max(2.0), (self.height * HEIGHT).max(2.0));
        let (left, top) = ((self.left * width).min(width - w), (self.top * HEIGHT).min(HEIGHT - h));
        let place = Rectangle { left: Units(left), top: Units(top), width: Units(w), height: Units(h) };
        Picture { label, width: Units(width), height: Units(HEIGHT), place }
    }
}
