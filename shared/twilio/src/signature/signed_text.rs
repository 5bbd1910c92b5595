/// What is signed after the URL: every name and value, by name in byte order, then by value; an
/// identical pair once; nothing between them, nothing trimmed, blanks kept.
pub(crate) fn of_parameters(pairs: &[(String, String)]) -> String {
    let mut sorted: Vec<&(String, String)> = pairs.iter().collect();
    sorted.sort_unstable();
    sorted.dedup();
    let length = sorted.iter().map(|(name, value)| name.len() + value.len()).sum();
    let mut text = String::with_capacity(length);
    for (name, value) in sorted {
        text.push_str(name);
        text.push_str(value);
    }
    text
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(body: &str, expected: &str) {
        let pairs: Vec<_> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
        assert_eq!(super::of_parameters(&pairs), expected);
    }

    #[test]
    fn texts() {
        check("", "");
        check("b=2&a=1", "a1b2");
        check("a=1&B=2", "B2a1");
        check("x=2&x=1&x=2", "x1x2");
        check("x=&y=+z%20&x=v", "xxvy z ");
        check("x", "x");
    }
}
