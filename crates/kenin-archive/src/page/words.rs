use kenin::{Catalogue, Value};

/// The catalogue, with numbers as people read large ones.
pub(super) struct Words {
    pub catalogue: Catalogue,
}

impl Words {
    pub(super) fn new(catalogue: Catalogue) -> Self {
        Self { catalogue }
    }

    pub(super) fn text(&self, key: &str) -> String {
        self.catalogue.text(key, &[])
    }

    /// A text with values.
    pub(super) fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        let values: Vec<(&str, Value<'_>)> = values.iter().map(|(name, value)| (*name, (*value).into())).collect();
        self.catalogue.text(key, &values)
    }

    /// A text about a number: `$count` chooses between singular and plural, `$number` is shown.
    pub(super) fn counted(&self, key: &str, count: u64) -> String {
        let number = number(count);
        self.catalogue.text(key, &[("count", count.into()), ("number", (&number).into())])
    }
}

/// Groups of three digits: `1,234,567`.
pub(super) fn number(count: u64) -> String {
    let digits = count.to_string();
    let mut shown = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn large_numbers_are_grouped() {
        let shown = [0, 12, 999, 1_000, 12_345, 1_234_567].map(number);
        assert_eq!(shown, ["0", "12", "999", "1,000", "12,345", "1,234,567"]);
    }
}
