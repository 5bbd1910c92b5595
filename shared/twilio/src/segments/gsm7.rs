//! The default alphabet of texts and its extension.

const ALPHABET: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// How many units a character takes: one, or two behind an escape; none if the alphabet lacks it.
pub(super) fn units(c: char) -> Option<usize> {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' => Some(1),
        _ if ALPHABET.contains(c) => Some(1),
        _ if EXTENSION.contains(c) => Some(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alphabet_has_127_characters_and_an_escape_and_its_extension_ten() {
        assert_eq!((ALPHABET.chars().count(), EXTENSION.chars().count()), (127, 10));
        assert_eq!(
            [units('a'), units('€'), units('ç'), units('Ç'), units('\t')],
            [Some(1), Some(2), None, Some(1), None]
        );
    }
}
