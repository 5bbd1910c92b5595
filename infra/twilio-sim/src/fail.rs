//! How a scenario fails.

/// Ends a scenario: what was expected did not happen.
#[expect(clippy::panic, reason = "a scenario fails by panicking, with the transcript as its message")]
pub(crate) fn fail(message: String) -> ! {
    panic!("{message}")
}
