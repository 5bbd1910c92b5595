//! How fast a pretend call goes.

use std::str::FromStr;

/// How many seconds of a call pass in one second, or no waiting at all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Speed {
    /// So many times as fast as in life.
    Times(f64),
    /// As fast as the machine can.
    Max,
}

impl FromStr for Speed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.parse::<f64>() {
            Ok(times) if times.is_finite() && times > 0.0 => Ok(Self::Times(times)),
            _ if text == "max" => Ok(Self::Max),
            _ => Err("a speed is a number that is more than 0, or max".to_owned()),
        }
    }
}
