//! Time's only entrance.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

/// Tells the present instant; the one thing in the product that may.
///
/// Everything else takes an instant as an argument, so that a test (or the simulator, whose time is virtual) decides
/// what time it is. Clones tell the same time.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::of(machine_time)
    }

    /// A clock that tells whatever `tell` returns.
    #[must_use]
    pub fn of(tell: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Clock").field(&self.now()).finish()
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where time enters")]
fn machine_time() -> Timestamp {
    Timestamp::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_clock_tells_the_given_time_and_so_do_its_clones() {
        let instant: Timestamp = "2026-03-29T01:00:00Z".parse().unwrap();
        let clock = Clock::of(move || instant);
        assert_eq!(clock.clone().now(), instant);
        assert_eq!(format!("{clock:?}"), "Clock(2026-03-29T01:00:00Z)");
    }

    #[test]
    fn the_system_clock_moves_forward() {
        let clock = Clock::system();
        let before = clock.now();
        std::thread::sleep(std::time::Duration::from_millis(2));
        assert!(clock.now() > before);
    }
}
