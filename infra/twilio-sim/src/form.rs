//! `application/x-www-form-urlencoded`, read and written.
//!
//! Every pair is kept: order, repetitions and blanks.

/// Names and values in order.
pub type Params = Vec<(String, String)>;

/// Writes pairs the way a browser would.
pub fn encode(params: &[(String, String)]) -> String {
    let pairs: Vec<_> = params.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
    pairs.join("&")
}

/// Reads pairs. A broken escape is kept as it stands; bytes that are not UTF-8 become U+FFFD.
pub fn decode(text: &str) -> Params {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (unescape(name), unescape(value))
        })
        .collect()
}

/// The first value of a name.
pub(crate) fn first<'a>(params: &'a [(String, String)], name: &str) -> Option<&'a str> {
    params.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'*' => {
                out.push(char::from(byte));
            }
            b' ' => out.push('+'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = (byte == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match hex {
            Some(value) => {
                out.push(value);
                at += 3;
            }
            None => {
                out.push(if byte == b'+' { b' ' } else { byte });
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(&str, &str)], written: &str) {
        let pairs: Params = pairs.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
        assert_eq!(encode(&pairs), written);
        assert_eq!(decode(written), pairs);
    }

    #[test]
    fn written_and_read_back() {
        check(&[], "");
        check(&[("ToCity", ""), ("ToZip", "")], "ToCity=&ToZip=");
        check(&[("From", "+4790000001"), ("To", "a b")], "From=%2B4790000001&To=a+b");
        check(&[("x", "1"), ("x", "1"), ("æ", "100 %&=")], "x=1&x=1&%C3%A6=100+%25%26%3D");
    }

    #[test]
    fn a_broken_escape_is_kept() {
        assert_eq!(decode("a=%zz&b=%4"), [("a".into(), "%zz".into()), ("b".into(), "%4".into())]);
    }
}
