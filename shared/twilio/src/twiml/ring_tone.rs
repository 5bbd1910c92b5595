/// The country whose ringback tone a waiting caller hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RingTone(&'static str);

/// Source: the `ringTone` enumeration of the official helper libraries (twilio-python 9.13.0).
const KNOWN: [&str; 40] = [
    "at", "au", "bg", "br", "be", "ch", "cl", "cn", "cz", "de", "dk", "ee", "es", "fi", "fr", "gr", "hu", "il", "in",
    "it", "lt", "jp", "mx", "my", "nl", "no", "nz", "ph", "pl", "pt", "ru", "se", "sg", "th", "uk", "us", "us-old",
    "tw", "ve", "za",
];

impl RingTone {
    /// The tone of a country, by its ISO 3166 code in any case (`uk` for Great Britain is Twilio's own;
    /// `gb` is taken too). `None`: Twilio has no tone for it and plays its default.
    pub fn of_country(code: &str) -> Option<Self> {
        let code = if code.eq_ignore_ascii_case("gb") { "uk" } else { code };
        KNOWN.iter().find(|known| known.eq_ignore_ascii_case(code)).map(|known| Self(known))
    }

    pub(super) fn as_str(self) -> &'static str {
        self.0
    }
}
