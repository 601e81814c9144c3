use kenin_facts::Rect;

use crate::chain::View;
use crate::error::ReadError;
use crate::object::Object;
use crate::reader::Reader;

/// A transformation between coordinate systems, `[a b c d e f]` (ISO 32000-1 8.3.4).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix(pub [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) fn translation(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// /Matrix of a form; the identity when it is missing or is not six numbers (8.10.2).
    pub(super) fn of_form(reader: &Reader<'_>, view: &View, value: &Object) -> Result<Self, ReadError> {
        let items = value.as_array().map(|items| items.iter().take(6).collect::<Vec<_>>()).unwrap_or_default();
        let mut numbers = Vec::with_capacity(6);
        for item in items {
            numbers.extend(reader.resolve(view, item)?.as_number().filter(|number| number.is_finite()));
        }
        Ok(numbers.try_into().map_or(Self::IDENTITY, Self))
    }

    /// This transformation and then the next.
    pub(super) fn then(&self, next: &Self) -> Self {
        let [a, b, c, d, e, f] = self.0;
        let [p, q, r, s, t, u] = next.0;
        Self([a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u])
    }

    /// The upright rectangle around a transformed one; `None` when it has no area or is beyond all numbers.
    pub(super) fn bounds(&self, first: (f64, f64), second: (f64, f64)) -> Option<Rect> {
        let [a, b, c, d, e, f] = self.0;
        let corner = |x: f64, y: f64| (a * x + c * y + e, b * x + d * y + f);
        let one = Rect::between(corner(first.0, first.1), corner(second.0, second.1));
        let other = Rect::between(corner(first.0, second.1), corner(second.0, first.1));
        let rect = Rect {
            left: one.left.min(other.left),
            bottom: one.bottom.min(other.bottom),
            right: one.right.max(other.right),
            top: one.top.max(other.top),
        };
        let finite = [rect.left, rect.bottom, rect.right, rect.top].iter().all(|side| side.is_finite());
        (finite && !rect.is_flat()).then_some(rect)
    }
}
