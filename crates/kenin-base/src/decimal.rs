//! Numbers as text, for what is written thousands of times in every stored document.

/// Those of the largest number.
const DIGITS: usize = 20;

/// Appends a number, with leading zeros to at least `width` digits, of which there are no more than twenty.
pub(crate) fn push(text: &mut String, number: u64, width: usize) {
    // Divided by a constant, which costs a multiplication; the last digit comes first.
    let mut digits = [b'0'; DIGITS];
    let (mut written, mut rest) = (0, number);
    for digit in digits.iter_mut().rev() {
        *digit += u8::try_from(rest % 10).unwrap_or_default();
        (written, rest) = (written + 1, rest / 10);
        if rest == 0 {
            break;
        }
    }
    let wanted = digits.get(DIGITS.saturating_sub(written.max(width))..).unwrap_or(&digits);
    text.push_str(std::str::from_utf8(wanted).unwrap_or_default());
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
