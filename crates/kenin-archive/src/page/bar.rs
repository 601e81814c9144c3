use kenin::render::parts::Tone;

use super::words::{Words, number};

/// A row of a picture: what, how many, and a bar as long as that.
pub(super) struct Bar {
    pub tone: Tone,
    pub label: String,
    pub count: u64,
    pub number: String,
    /// What part of all it is, in words.
    pub share: Option<String>,
    /// Per cent of the longest bar, as SVG writes it.
    pub width: String,
}

impl Bar {
    /// A bar beside others of which the longest stands for `most`.
    pub(super) fn new(tone: Tone, label: String, count: u64, most: u64) -> Self {
        Self { tone, label, count, number: number(count), share: None, width: width(count, most) }
    }

    /// The same with its part of `total`.
    pub(super) fn of(self, total: u64, words: &Words) -> Self {
        Self { share: (total > 0).then(|| share(self.count, total, words)), ..self }
    }
}

/// What there is of anything is seen.
fn width(count: u64, most: u64) -> String {
    let hundredths = if count == 0 { 0 } else { rounded(count, most, 10_000).clamp(40, 10_000) };
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// With one decimal; what is not nothing and not all is never shown as such.
fn share(count: u64, total: u64, words: &Words) -> String {
    let tenths = match rounded(count, total, 1_000) {
        0 if count > 0 => return words.with("archive-percent-less", &[("percent", "0.1")]),
        1_000.. if count < total => 999,
        tenths => tenths,
    };
    let percent = format!("{}.{}", tenths / 10, tenths % 10);
    words.with("archive-percent", &[("percent", &percent)])
}

/// `count` of `total` in parts of `whole`.
fn rounded(count: u64, total: u64, whole: u32) -> u64 {
    let total = u128::from(total.max(1));
    let part = (u128::from(count) * u128::from(whole) + total / 2) / total;
    u64::try_from(part).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use kenin::{Catalogue, Lang};

    use super::*;

    #[test]
    fn little_is_not_nothing_and_nearly_all_is_not_all() {
        let words = Words::new(Catalogue::for_people(Lang::En));
        let shares = [(0, 9), (1, 1_000_000), (1, 3), (999_999, 1_000_000), (9, 9)];
        let shares = shares.map(|(count, total)| share(count, total, &words));
        assert_eq!(shares, ["0.0%", "under 0.1%", "33.3%", "99.9%", "100.0%"]);
        let widths = [(0, 9), (1, 1_000_000), (1, 3), (9, 9), (0, 0)].map(|(count, most)| width(count, most));
        assert_eq!(widths, ["0.00%", "0.40%", "33.33%", "100.00%", "0.00%"]);
    }
}
