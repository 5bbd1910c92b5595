/// `+`, up to four leading digits, stars, the last two digits. At least four digits are hidden, so
/// that a short number shows fewer leading ones.
pub(crate) fn number(digits: &str) -> String {
    const TAIL: usize = 2;
    const HIDDEN: usize = 4;
    let head = digits.len().saturating_sub(TAIL + HIDDEN).min(4);
    let tail = digits.len().saturating_sub(TAIL);
    let mut masked = String::with_capacity(digits.len() + 1);
    masked.push('+');
    for (place, digit) in digits.chars().enumerate() {
        masked.push(if place < head || place >= tail { digit } else { '*' });
    }
    masked
}

/// Leaves out every run of six digits or more, in case it is a telephone number: for texts that others wrote and
/// that go into a log or an error.
///
/// ```
/// assert_eq!(phone::without_numbers("+4791234589 is busy after 1200 ms"), "+… is busy after 1200 ms");
/// ```
pub fn without_numbers(text: &str) -> String {
    const LONG: usize = 6;
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, digits) = rest.split_at(start);
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let (digits, after) = digits.split_at(end);
        shown.push_str(before);
        shown.push_str(if digits.len() < LONG { digits } else { "…" });
        rest = after;
    }
    shown.push_str(rest);
    shown
}
