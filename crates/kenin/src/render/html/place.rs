//! Where on a page a change shows: in words, and as a small picture of the page.

use askama::Template;

use crate::report::ModificationReport;

/// A page and a place on it, in the picture's own units: y grows downwards.
#[derive(Template)]
#[template(path = "place.html")]
pub(super) struct Picture {
    label: String,
    width: f64,
    height: f64,
    place: [f64; 4],
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
        let ([left, bottom, right, top], page) = (change.rect?, change.page_box?);
        let (width, height) = (page[2] - page[0], page[3] - page[1]);
        let sane = [left, bottom, right, top, width, height].iter().all(|value| value.is_finite());
        if !sane || width <= 0.0 || height <= 0.0 {
            return None;
        }
        let part = |value: f64| value.clamp(0.0, 1.0);
        let (x0, x1) = (part((left - page[0]) / width), part((right - page[0]) / width));
        let (y0, y1) = (part((page[3] - top) / height), part((page[3] - bottom) / height));
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
        let third = |at: f64, names: [&'static str; 3]| match at {
            at if at < 1.0 / 3.0 => names[0],
            at if at <= 2.0 / 3.0 => names[1],
            _ => names[2],
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
        let (x, y) = ((self.left * width).min(width - w), (self.top * HEIGHT).min(HEIGHT - h));
        Picture { label, width, height: HEIGHT, place: [x, y, w, h] }
    }
}
