use super::interpreter::State;

/// A gap wider than so many times the height of the text is not part of it.
const GAP: f64 = 2.0;

/// A corner in text space.
type Point = (f64, f64);

/// What one operator shows, glyph after glyph along the line (ISO 32000-1 9.4.4).
pub(super) struct Line<'s> {
    state: &'s State,
    vertical: bool,
    /// Below and above the baseline.
    extent: (f64, f64),
    /// Along the line, from where it began: to the right, or downwards.
    position: f64,
    /// From where to where glyphs stand without a gap.
    run: Option<(f64, f64)>,
    runs: Vec<(f64, f64)>,
}

impl<'s> Line<'s> {
    pub(super) fn new(state: &'s State) -> Self {
        let vertical = state.font.as_ref().is_some_and(|font| font.vertical);
        let (descent, ascent) = state.font.as_ref().map_or((0.0, 1.0), |font| font.extent);
        let extent = (descent * state.size, ascent * state.size);
        Self { state, vertical, extent, position: 0.0, run: None, runs: Vec::new() }
    }

    pub(super) fn show(&mut self, bytes: &[u8]) {
        let state = self.state;
        let Some(font) = &state.font else { return };
        // The horizontal scaling does not apply downwards, where every glyph is as high as the font (9.7.4.3).
        let scaling = if self.vertical { 1.0 } else { state.scaling };
        for glyph in font.glyphs(bytes) {
            let advance = if self.vertical { state.size } else { glyph.width * state.size * scaling };
            if !glyph.is_blank {
                self.occupy(self.position, self.position + advance);
            }
            let spacing = state.character_spacing + if glyph.is_space { state.word_spacing } else { 0.0 };
            self.position += advance + if self.vertical { -spacing } else { spacing * scaling };
        }
    }

    /// A number in the array of `TJ`, in thousandths, against the direction of writing.
    pub(super) fn adjust(&mut self, thousandths: f64) {
        let by = thousandths / 1000.0 * self.state.size;
        self.position += if self.vertical { by } else { -by * self.state.scaling };
    }

    fn occupy(&mut self, from: f64, to: f64) {
        let (from, to) = (from.min(to), from.max(to));
        let gap = (GAP * (self.extent.1 - self.extent.0)).abs();
        match &mut self.run {
            Some((start, end)) if from - *end <= gap && *start - to <= gap => {
                *start = start.min(from);
                *end = end.max(to);
            }
            run => self.runs.extend(run.replace((from, to))),
        }
    }

    /// The opposite corners of what was shown, and how far the text matrix moves.
    pub(super) fn finish(mut self) -> (Vec<(Point, Point)>, Point) {
        self.runs.extend(self.run);
        let (size, rise) = (self.state.size, self.state.rise);
        let corners = |(start, end): (f64, f64)| {
            if self.vertical {
                ((-size / 2.0, -start), (size / 2.0, -end))
            } else {
                ((start, self.extent.0 + rise), (end, self.extent.1 + rise))
            }
        };
        let moved = if self.vertical { (0.0, -self.position) } else { (self.position, 0.0) };
        (self.runs.into_iter().map(corners).collect(), moved)
    }
}
