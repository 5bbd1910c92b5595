use std::fmt;
use std::str::FromStr;

/// Which bytes of a file are wanted (RFC 9110, section 14). Its text is that of a header `Range`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByteRange {
    /// From one of them, counted from 0, to another one or to the end.
    From {
        /// The first.
        first: u64,
        /// The last, if not the file's.
        last: Option<u64>,
    },
    /// So many at the end.
    Last(u64),
}

/// A text is not one range of bytes. A server may take that for no range at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not one range of bytes")]
pub struct InvalidRange;

/// Where bytes stand in a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) first: usize,
    pub(super) length: usize,
}

impl ByteRange {
    /// The whole file.
    pub const ALL: Self = Self::From { first: 0, last: None };

    /// No more than so many of them, the first ones; of the end only the end of it.
    #[must_use]
    pub fn at_most(self, most: u64) -> Self {
        match self {
            Self::From { first, last } => {
                let end = first.saturating_add(most.saturating_sub(1));
                Self::From { first, last: Some(last.map_or(end, |last| last.min(end))) }
            }
            Self::Last(count) => Self::Last(count.min(most)),
        }
    }

    /// Where they stand in a file of this length; none if none of them is in it.
    pub(super) fn place(self, total: u64) -> Option<Place> {
        let (first, end) = match self {
            Self::From { first, last } => (first, last.map_or(total, |last| last.saturating_add(1).min(total))),
            Self::Last(count) => (total.saturating_sub(count), total),
        };
        let length = end.checked_sub(first).filter(|length| *length > 0)?;
        Some(Place { first: usize::try_from(first).ok()?, length: usize::try_from(length).ok()? })
    }
}

impl fmt::Display for ByteRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::From { first, last: Some(last) } => write!(f, "bytes={first}-{last}"),
            Self::From { first, last: None } => write!(f, "bytes={first}-"),
            Self::Last(count) => write!(f, "bytes=-{count}"),
        }
    }
}

impl FromStr for ByteRange {
    type Err = InvalidRange;

    fn from_str(text: &str) -> Result<Self, InvalidRange> {
        let (unit, range) = text.split_once('=').ok_or(InvalidRange)?;
        let (first, last) = range.trim().split_once('-').ok_or(InvalidRange)?;
        if !unit.eq_ignore_ascii_case("bytes") {
            return Err(InvalidRange);
        }
        match (first, last) {
            ("", count) => Ok(Self::Last(number(count)?)),
            (first, "") => Ok(Self::From { first: number(first)?, last: None }),
            (first, last) => {
                let (first, last) = (number(first)?, number(last)?);
                if first > last { Err(InvalidRange) } else { Ok(Self::From { first, last: Some(last) }) }
            }
        }
    }
}

/// Digits alone: a sign would be read, too.
fn number(text: &str) -> Result<u64, InvalidRange> {
    let number = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten();
    number.ok_or(InvalidRange)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, most: u64, expected: &str, place: Option<(usize, usize)>) {
        let range = text.parse::<ByteRange>().unwrap();
        assert_eq!(range.to_string(), text.to_ascii_lowercase());
        let range = range.at_most(most);
        assert_eq!(range.to_string(), expected, "{text}");
        assert_eq!(range.place(10).map(|place| (place.first, place.length)), place, "{text}");
    }

    #[test]
    fn ranges_in_a_file_of_ten_bytes() {
        check("bytes=0-", 100, "bytes=0-99", Some((0, 10)));
        check("bytes=0-", 4, "bytes=0-3", Some((0, 4)));
        check("Bytes=2-3", 100, "bytes=2-3", Some((2, 2)));
        check("bytes=2-8", 3, "bytes=2-4", Some((2, 3)));
        check("bytes=9-9", 1, "bytes=9-9", Some((9, 1)));
        check("bytes=10-", 100, "bytes=10-109", None);
        check("bytes=-3", 100, "bytes=-3", Some((7, 3)));
        check("bytes=-30", 20, "bytes=-20", Some((0, 10)));
        check("bytes=-8", 2, "bytes=-2", Some((8, 2)));
        check("bytes=-0", 2, "bytes=-0", None);
        check("bytes=18446744073709551615-", 2, "bytes=18446744073709551615-18446744073709551615", None);
        assert_eq!(ByteRange::ALL.place(0), None);
    }

    #[test]
    fn whatever_else_is_no_range() {
        for text in
            ["", "bytes", "bytes=", "bytes=-", "bytes=3-2", "bytes=0-1,3-4", "lines=0-1", "bytes=+1-", "bytes=a-"]
        {
            assert_eq!(text.parse::<ByteRange>(), Err(InvalidRange), "{text}");
        }
        assert!("bytes=18446744073709551616-".parse::<ByteRange>().is_err());
    }
}
