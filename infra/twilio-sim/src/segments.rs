//! How many segments a text takes, which is what it costs.

/// Characters of one unit in GSM 03.38, besides the letters and digits of ASCII.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";
/// Those of two.
const EXTENDED: &str = "^{}\\[~]|€\u{c}";

/// The number of segments; an empty text is one.
pub(crate) fn segments(body: &str) -> u64 {
    let gsm: Option<Vec<usize>> = body.chars().map(gsm_units).collect();
    match gsm {
        Some(units) => count(&units, 160, 153),
        None => count(&body.chars().map(char::len_utf16).collect::<Vec<_>>(), 70, 67),
    }
}

/// No character is split between two segments.
fn count(units: &[usize], alone: usize, each: usize) -> u64 {
    if units.iter().sum::<usize>() <= alone {
        return 1;
    }
    let (mut segments, mut used) = (1, 0);
    for unit in units {
        if used + unit > each {
            (segments, used) = (segments + 1, 0);
        }
        used += unit;
    }
    segments
}

fn gsm_units(letter: char) -> Option<usize> {
    if letter.is_ascii_alphanumeric() || BASIC.contains(letter) {
        Some(1)
    } else {
        EXTENDED.contains(letter).then_some(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_twilios_calculator_counts() {
        let known: serde_json::Value = serde_json::from_str(include_str!("../fixtures/segments.json")).unwrap();
        let vectors = known["vectors"].as_array().unwrap();
        assert!(vectors.len() > 20);
        for vector in vectors {
            let body = vector["body"].as_str().unwrap();
            assert_eq!(segments(body), vector["segments"].as_u64().unwrap(), "{}", vector["name"]);
        }
    }
}
