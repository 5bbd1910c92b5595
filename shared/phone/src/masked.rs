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
