//! A text in the plain alphabet, where that says the same.

use super::gsm7;

/// The same text in GSM-7, if it can be said in it: typographic signs become plain ones, accents that the alphabet lacks
/// are left out, and so are pictures. What needs another script stays as it is, pictures included. Line breaks and other
/// blanks become spaces.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_picture(*c)) {
        match simpler(c) {
            _ if is_blank(c) => plain.push(' '),
            Some(simpler) => plain.push_str(simpler),
            None => plain.push(c),
        }
    }
    if plain.chars().all(|c| gsm7::units(c).is_some()) { single_spaced(&plain) } else { single_spaced(text) }
}

fn single_spaced(text: &str) -> String {
    text.split(is_blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// A picture, or what belongs to one.
fn is_picture(c: char) -> bool {
    !matches!(c, '←' | '→' | '≤' | '≥' | '−')
        && matches!(c, '\u{200D}' | '\u{2190}'..='\u{2BFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

fn simpler(c: char) -> Option<&'static str> {
    Some(match c {
        '‘' | '’' | '‚' | '‛' | '′' | '´' | '`' => "'",
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => "\"",
        '‹' => "<",
        '›' => ">",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => "-",
        '…' => "...",
        '•' | '·' => "-",
        '×' => "x",
        '→' => "->",
        '←' => "<-",
        '≤' => "<=",
        '≥' => ">=",
        '°' => " deg",
        '\u{200B}' | '\u{200C}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' => "",
        'Á' | 'À' | 'Â' | 'Ã' | 'Ā' | 'Ă' | 'Ą' => "A",
        'á' | 'â' | 'ã' | 'ā' | 'ă' | 'ą' => "a",
        'Ć' | 'Č' | 'Ĉ' | 'Ċ' => "C",
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => "c",
        'Ď' | 'Đ' | 'Ð' => "D",
        'ď' | 'đ' | 'ð' => "d",
        'È' | 'Ê' | 'Ë' | 'Ē' | 'Ė' | 'Ę' | 'Ě' => "E",
        'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'Ğ' | 'Ģ' => "G",
        'ğ' | 'ģ' => "g",
        'Í' | 'Ì' | 'Î' | 'Ï' | 'Ī' | 'Į' | 'İ' => "I",
        'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'Ķ' => "K",
        'ķ' => "k",
        'Ł' | 'Ļ' | 'Ľ' | 'Ĺ' => "L",
        'ł' | 'ļ' | 'ľ' | 'ĺ' => "l",
        'Ń' | 'Ň' | 'Ņ' => "N",
        'ń' | 'ň' | 'ņ' => "n",
        'Ó' | 'Ò' | 'Ô' | 'Õ' | 'Ō' | 'Ő' => "O",
        'ó' | 'ô' | 'õ' | 'ō' | 'ő' => "o",
        'Œ' => "OE",
        'œ' => "oe",
        'Ŕ' | 'Ř' => "R",
        'ŕ' | 'ř' => "r",
        'Ś' | 'Š' | 'Ş' | 'Ș' => "S",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'Ť' | 'Ţ' | 'Ț' => "T",
        'ť' | 'ţ' | 'ț' => "t",
        'Ú' | 'Ù' | 'Û' | 'Ū' | 'Ů' | 'Ű' | 'Ų' => "U",
        'ú' | 'û' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'Ý' | 'Ÿ' => "Y",
        'ý' | 'ÿ' => "y",
        'Þ' => "Th",
        'þ' => "th",
        'Ź' | 'Ż' | 'Ž' => "Z",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(plain(text), expected);
    }

    #[test]
    fn what_can_be_said_plainly_is() {
        check("It’s “down” – now…", "It's \"down\" - now...");
        check("Zażółć gęślą jaźń", "Zazolc gesla jazn");
        check("Falló la réplica à Besançon", "Fallo la réplica à Besancon");
        check("a\tb\r\n  c\u{a0}d", "a b c d");
        check("🔥 Disk ⚠️ full 👩🏽‍🚒", "Disk full");
        check("blå øy ÄÖÜß €", "blå øy ÄÖÜß €");
    }

    #[test]
    fn what_needs_another_script_stays() {
        check("🔥 Диск\tполон…", "🔥 Диск полон…");
        check("→ 5 ≤ 7 −1", "-> 5 <= 7 -1");
        check("磁盘已满 🔥", "磁盘已满 🔥");
    }
}
