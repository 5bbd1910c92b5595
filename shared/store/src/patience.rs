//! Waiting, because somebody else was first.

use std::time::Duration;

/// For how long one change waits in all. The tries between take some time, too; API Gateway gives up after 30 s.
const IN_ALL: Duration = Duration::from_secs(7);
/// The first wait is shorter than this, milliseconds. Each is up to twice as long as the one before it.
const FIRST: u64 = 20;
/// How often that doubles.
const DOUBLINGS: u32 = 5;

/// How long a change still waits for others, who were first. Waits grow, so that many at once come apart, and are drawn
/// at random, so that they do not meet again.
#[derive(Clone, Debug)]
pub struct Patience {
    left: Duration,
    turn: u32,
}

impl Default for Patience {
    fn default() -> Self {
        Self { left: IN_ALL, turn: 0 }
    }
}

impl Patience {
    /// Waits before the next try. False, and at once, if there has been enough of that.
    pub async fn waits(&mut self) -> bool {
        let Some(wait) = self.next(fastrand::u64) else { return false };
        tokio::time::sleep(wait).await;
        true
    }

    /// The next wait, by a number that is drawn from a range.
    fn next(&mut self, draw: impl Fn(std::ops::RangeInclusive<u64>) -> u64) -> Option<Duration> {
        if self.left.is_zero() {
            return None;
        }
        let longest = FIRST << self.turn.min(DOUBLINGS);
        // no wait is nothing, or there might be no end of them
        let wait = Duration::from_millis(draw(longest / 10..=longest)).min(self.left);
        self.left -= wait;
        self.turn += 1;
        Some(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All waits, if chance is so.
    fn waits(draw: impl Fn(std::ops::RangeInclusive<u64>) -> u64 + Copy) -> Vec<u64> {
        let mut patience = Patience::default();
        let mut waits = Vec::new();
        while let Some(wait) = patience.next(draw) {
            waits.push(u64::try_from(wait.as_millis()).unwrap());
        }
        waits
    }

    #[test]
    fn waits_grow_and_end() {
        let longest = waits(|range| *range.end());
        assert_eq!(longest.iter().take(7).copied().collect::<Vec<_>>(), [20, 40, 80, 160, 320, 640, 640]);
        assert_eq!(longest.iter().sum::<u64>(), 7_000);
        let shortest = waits(|range| *range.start());
        assert_eq!((shortest.iter().sum::<u64>(), shortest.iter().min()), (7_000, Some(&2)));
    }
}
