//! Virtual time.
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    task::Waker,
    time::Duration,
};

use tokio::time::Instant;

/// What drives the clock.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pace {
    /// Time stands still and jumps to the next event only while a test waits for something.
    Driven,
    /// Time follows the wall, this many virtual seconds for a real one.
    Speed(f64),
    /// Time jumps from event to event by itself, as fast as the product answers.
    Fast,
}

/// A cheap handle on the simulator's time, to be given to the product so that both agree.
///
/// It never goes backwards.
#[derive(Clone)]
pub struct Clock(Arc<Inner>);

struct Inner {
    reached: AtomicU64,
    pace: Mutex<(Pace, Anchor)>,
    timers: Mutex<Timers>,
}

#[derive(Clone, Copy)]
struct Anchor {
    virtually: Duration,
    really: Instant,
}

#[derive(Default)]
struct Timers {
    due: BTreeMap<(Duration, u64), Waker>,
    next: u64,
}

impl Clock {
    pub(crate) fn new(at: Duration, pace: Pace) -> Self {
        let anchor = Anchor { virtually: at, really: Instant::now() };
        Self(Arc::new(Inner {
            reached: AtomicU64::new(nanos(at)),
            pace: Mutex::new((pace, anchor)),
            timers: Mutex::default(),
        }))
    }

    /// The virtual time since 1970-01-01T00:00:00Z.
    pub fn now(&self) -> Duration {
        let (pace, anchor) = *lock(&self.0.pace);
        let reached = Duration::from_nanos(self.0.reached.load(Ordering::SeqCst));
        match pace {
            Pace::Speed(speed) => {
                let now = anchor.virtually + anchor.really.elapsed().mul_f64(speed);
                self.reach(now);
                now.max(reached)
            }
            Pace::Driven | Pace::Fast => reached,
        }
    }

    /// The virtual time in whole seconds since 1970.
    pub fn unix_seconds(&self) -> i64 {
        i64::try_from(self.now().as_secs()).unwrap_or(i64::MAX)
    }

    /// The virtual time in nanoseconds since 1970.
    pub fn unix_nanos(&self) -> i128 {
        i128::try_from(self.now().as_nanos()).unwrap_or(i128::MAX)
    }

    /// What drives the clock now.
    pub fn pace(&self) -> Pace {
        lock(&self.0.pace).0
    }

    /// Changes what drives the clock; it goes on from where it is.
    pub(crate) fn set_pace(&self, pace: Pace) {
        let virtually = self.now();
        *lock(&self.0.pace) = (pace, Anchor { virtually, really: Instant::now() });
    }

    /// Moves the clock forward to an instant; an earlier one changes nothing.
    pub(crate) fn reach(&self, instant: Duration) {
        self.0.reached.fetch_max(nanos(instant), Ordering::SeqCst);
    }

    /// The instant of the earliest timer.
    pub(crate) fn next_timer(&self) -> Option<Duration> {
        lock(&self.0.timers).due.keys().next().map(|(at, _)| *at)
    }

    /// Wakes every timer that is due, in the order in which they were set for the same instant.
    pub(crate) fn fire(&self) {
        let now = self.now();
        loop {
            let first = {
                let mut timers = lock(&self.0.timers);
                match timers.due.first_key_value() {
                    Some((key, _)) if key.0 <= now => timers.due.pop_first(),
                    _ => None,
                }
            };
            match first {
                Some((_, waker)) => waker.wake(),
                None => return,
            }
        }
    }

    /// Sets a timer; dropping it takes it back.
    pub(crate) fn timer(&self, at: Duration, waker: Waker) -> Timer {
        let mut timers = lock(&self.0.timers);
        let key = (at, timers.next);
        timers.next += 1;
        timers.due.insert(key, waker);
        Timer { clock: self.clone(), key }
    }
}

/// A wake-up that has been asked for.
pub(crate) struct Timer {
    clock: Clock,
    key: (Duration, u64),
}

impl Drop for Timer {
    fn drop(&mut self) {
        lock(&self.clock.0.timers).due.remove(&self.key);
    }
}

fn nanos(at: Duration) -> u64 {
    u64::try_from(at.as_nanos()).unwrap_or(u64::MAX)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_driven_clock_moves_only_forward() {
        let clock = Clock::new(Duration::from_secs(100), Pace::Driven);
        clock.reach(Duration::from_secs(130));
        clock.reach(Duration::from_secs(120));
        assert_eq!(clock.unix_seconds(), 130);
    }

    #[test]
    fn a_dropped_timer_is_taken_back() {
        let clock = Clock::new(Duration::ZERO, Pace::Driven);
        let late = clock.timer(Duration::from_secs(9), Waker::noop().clone());
        let early = clock.timer(Duration::from_secs(4), Waker::noop().clone());
        assert_eq!(clock.next_timer(), Some(Duration::from_secs(4)));
        drop(early);
        assert_eq!(clock.next_timer(), Some(Duration::from_secs(9)));
        drop(late);
        assert_eq!(clock.next_timer(), None);
    }
}
