use crate::calling_code;

/// The digits with spaces between them and commas between groups, at which a voice takes a breath:
/// the country code, then threes; the last group has two to four, never a digit alone.
pub(crate) fn digits_in_groups(digits: &str) -> String {
    let (country, national) = digits.split_at(calling_code::length(digits).min(digits.len()));
    let mut spoken = String::with_capacity(digits.len() * 3);
    push_group(&mut spoken, country);
    let mut rest = national;
    while rest.len() > 4 {
        let (group, after) = rest.split_at(3);
        push_group(&mut spoken, group);
        rest = after;
    }
    push_group(&mut spoken, rest);
    spoken
}

fn push_group(spoken: &mut String, group: &str) {
    if !spoken.is_empty() && !group.is_empty() {
        spoken.push(',');
    }
    for digit in group.chars() {
        if !spoken.is_empty() {
            spoken.push(' ');
        }
        spoken.push(digit);
    }
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(digits: &str, expected: &str) {
        assert_eq!(super::digits_in_groups(digits), expected);
    }

    #[test]
    fn groups() {
        check("4791234589", "4 7, 9 1 2, 3 4 5, 8 9");
        check("14155550100", "1, 4 1 5, 5 5 5, 0 1 0 0");
        check("442071838750", "4 4, 2 0 7, 1 8 3, 8 7 5 0");
        check("4721000", "4 7, 2 1 0, 0 0");
        check("3531234", "3 5 3, 1 2 3 4");
        check("123456789012345", "1, 2 3 4, 5 6 7, 8 9 0, 1 2 3, 4 5");
    }
}
