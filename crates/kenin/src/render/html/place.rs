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
        // Sides may be named in either order.
        let (x0, x1, y0, y1) = (x0.min(x1), x0.max(x1), y0.min(y1), y0.max(y1));
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

#[cfg(test)]
mod tests {
    use super::super::tests::change;
    use super::*;

    /// Left, top, width, height and key of a place.
    fn place(rect: [f64; 4], rotate: u16) -> ([f64; 4], String) {
        let place = Place::of(&change(rect, rotate)).unwrap();
        ([place.left, place.top, place.width, place.height], place.key())
    }

    fn near(one: [f64; 4], other: [f64; 4]) -> bool {
        one.iter().zip(other).all(|(one, other)| (one - other).abs() < 1e-9)
    }

    /// The top left corner of a sheet, as it lies when the sheet is turned clockwise.
    #[test]
    fn a_turned_page_is_shown_as_a_viewer_turns_it() {
        let corner = [0.0, 700.0, 60.0, 800.0];
        for (rotate, expected, key) in [
            (0, [0.0, 0.0, 0.1, 0.125], "place-top-left"),
            (90, [0.875, 0.0, 0.125, 0.1], "place-top-right"),
            (180, [0.9, 0.875, 0.1, 0.125], "place-bottom-right"),
            (270, [0.0, 0.9, 0.125, 0.1], "place-bottom-left"),
        ] {
            let (found, found_key) = place(corner, rotate);
            assert!(near(found, expected) && found_key == key, "{rotate}: {found:?} {found_key}");
        }
        let aspect = |rotate| Place::of(&change(corner, rotate)).unwrap().aspect;
        assert!((aspect(0) - 0.75).abs() < 1e-9 && (aspect(90) - 4.0 / 3.0).abs() < 1e-9);
        assert!((aspect(180) - aspect(0)).abs() < 1e-9 && (aspect(270) - aspect(90)).abs() < 1e-9);
    }

    #[test]
    fn words_go_by_thirds_of_the_page_around_the_middle_of_the_place() {
        for (rect, key) in [
            ([250.0, 350.0, 350.0, 450.0], "place-middle-centre"),
            ([190.0, 350.0, 208.0, 450.0], "place-middle-left"),
            ([202.0, 350.0, 204.0, 450.0], "place-middle-centre"),
            ([402.0, 10.0, 404.0, 20.0], "place-bottom-right"),
            ([250.0, 780.0, 350.0, 790.0], "place-top-centre"),
            ([0.0, 0.0, 600.0, 800.0], "place-middle-centre"),
        ] {
            assert_eq!(place(rect, 0).1, key, "{rect:?}");
        }
    }

    #[test]
    fn what_lies_beyond_the_page_ends_at_its_edge() {
        assert!(near(place([-100.0, 780.0, 60.0, 1000.0], 0).0, [0.0, 0.0, 0.1, 0.025]));
        let (outside, key) = place([700.0, -50.0, 900.0, -10.0], 0);
        assert!(near(outside, [1.0, 1.0, 0.0, 0.0]) && key == "place-bottom-right", "{outside:?} {key}");
        // The speck still lies on the picture.
        let picture = Place::of(&change([700.0, -50.0, 900.0, -10.0], 0)).unwrap().picture(String::new());
        let Rectangle { left, top, width, height } = &picture.place;
        assert!(left.0 + width.0 <= picture.width.0 && top.0 + height.0 <= picture.height.0);
        assert!(left.0 >= 0.0 && top.0 >= 0.0 && width.0 >= 2.0 && height.0 >= 2.0);
    }

    #[test]
    fn sides_in_the_wrong_order_are_the_same_place() {
        for rotate in [0, 90, 180, 270] {
            assert_eq!(place([60.0, 800.0, 0.0, 700.0], rotate), place([0.0, 700.0, 60.0, 800.0], rotate));
        }
    }

    #[test]
    fn a_page_without_a_real_box_has_no_picture() {
        let on = |page_box| Place::of(&ModificationReport { page_box, ..change([0.0, 0.0, 1.0, 1.0], 0) }).is_some();
        assert!(on(Some([-50.0, -50.0, 50.0, 50.0])));
        assert!(!on(None) && !on(Some([0.0; 4])) && !on(Some([600.0, 0.0, 0.0, 800.0])));
        assert!(!on(Some([0.0, 0.0, f64::INFINITY, 800.0])) && !on(Some([f64::MIN, 0.0, f64::MAX, 800.0])));
        let unplaced = ModificationReport { rect: None, ..change([0.0; 4], 0) };
        assert_eq!(Place::of(&unplaced), None);
        assert_eq!(Place::of(&change([f64::NAN, 0.0, 1.0, 1.0], 0)), None);
    }

    #[test]
    fn a_strip_of_a_page_stays_a_picture() {
        let strip = ModificationReport { page_box: Some([0.0, 0.0, 1e9, 1.0]), ..change([0.0, 0.0, 1.0, 1.0], 0) };
        let picture = Place::of(&strip).unwrap().picture(String::new());
        assert!((picture.width.0 - 160.0).abs() < 1e-9 && (picture.height.0 - 56.0).abs() < 1e-9);
        assert!(!picture.render().unwrap().contains("NaN"));
    }
}
