//! Numbers as text, for what is written thousands of times in every stored document.

/// Appends a number, with leading zeros to at least `width` digits.
pub(crate) fn push(text: &mut String, number: u64, width: usize) {
    let mut digits = 1;
    let mut power = 1u64;
    while number / power >= 10 {
        power *= 10;
        digits += 1;
    }
    text.extend(std::iter::repeat_n('0', width.saturating_sub(digits)));
    while power > 0 {
        let digit = u8::try_from(number / power % 10).unwrap_or_default();
        text.push(char::from(b'0' + digit));
        power /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_formatter_writes_them() {
        for number in [0, 1, 9, 10, 99, 100, 113_549, 100_495, u64::MAX - 1, u64::MAX, 10_000_000_000_000_000_000] {
            let written = [0, 1, 2, 4, 9].map(|width| {
                let mut text = String::from("x");
                push(&mut text, number, width);
                text
            });
            let formatted = [0, 1, 2, 4, 9].map(|width| format!("x{number:0width$}"));
            assert_eq!(written, formatted);
        }
    }
}
