//! An error with everything that led to it, on one line.

use std::error::Error;
use std::fmt;

/// Displays an error and all its sources, outermost first: `the plan could not be read: connection refused`.
///
/// For the log line at the edge, the one place where an error is written down. What Display leaves out (secrets,
/// phone numbers) stays out.
pub struct Chain<'a>(pub &'a (dyn Error + 'static));

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut deeper = self.0.source();
        while let Some(error) = deeper {
            write!(f, ": {error}")?;
            deeper = error.source();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("the plan could not be read")]
    struct Outer(#[source] std::io::Error);

    #[test]
    fn outermost_first() {
        let error = Outer(std::io::Error::other("connection refused"));
        assert_eq!(Chain(&error).to_string(), "the plan could not be read: connection refused");
    }
}
