//! Texts cut as Twilio's own calculator cuts them.

use proptest::prelude::*;
use twilio::delivery::Fault;
use twilio::segments::{Encoding, Segments, plain};

use crate::fixture;

#[test]
fn texts_are_cut_as_by_twilio() {
    let fixture = fixture::read("sms_segments.json");
    let vectors = fixture["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 32);
    for vector in vectors {
        let segments = Segments::of(vector["body"].as_str().unwrap());
        let encoding = if vector["encoding"] == "GSM-7" { Encoding::Gsm7 } else { Encoding::Ucs2 };
        let number = |name: &str| usize::try_from(vector[name].as_u64().unwrap()).unwrap();
        let expected = Segments { encoding, count: number("segments"), characters: number("characters") };
        assert_eq!(segments, expected, "{}", vector["name"]);
    }
}

#[test]
fn we_know_the_codes_of_which_we_know_what_they_say() {
    let codes = fixture::read("delivery_codes.json");
    let listed: Vec<u32> = codes.as_object().unwrap().keys().map(|code| code.parse().unwrap()).collect();
    let known: Vec<u32> = (0..100_000).filter(|code| Fault::of(*code) != Fault::Unknown).collect();
    assert_eq!(known, listed);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_segment_holds_what_it_can_and_no_more(text in "\\PC{0,400}") {
        let segments = Segments::of(&text);
        let units = text.encode_utf16().count();
        match segments.encoding {
            Encoding::Gsm7 => prop_assert!(segments.count == 1 && segments.characters <= 160
                || segments.count > 1 && segments.characters > 160 && segments.characters <= segments.count * 153),
            Encoding::Ucs2 => prop_assert!(segments.count == 1 && units <= 70
                || segments.count > 1 && units > 70 && units <= segments.count * 67),
        }
    }

    #[test]
    fn a_longer_text_never_takes_fewer(text in "[a-zæøå€ж🔥 ]{0,200}", more in "[a-zæøå€ж🔥 ]{0,20}") {
        let longer = Segments::of(&(text.clone() + &more));
        prop_assert!(Segments::of(&text).count <= longer.count);
    }

    #[test]
    fn plain_words_stay_plain(text in "\\PC{0,200}") {
        let once = plain(&text);
        prop_assert_eq!(plain(&once), once.clone());
        prop_assert!(!once.contains(['\n', '\t', '\r']) && !once.starts_with(' ') && !once.contains("  "));
        if Segments::of(&text).encoding == Encoding::Gsm7 {
            prop_assert_eq!(Segments::of(&once).encoding, Encoding::Gsm7);
        }
    }
}
