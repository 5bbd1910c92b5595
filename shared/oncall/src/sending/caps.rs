//! How many pages a phone gets.

use jiff::{SignedDuration, Timestamp};

use crate::{Channel, incident::later};

/// At most so many within so long.
struct Cap {
    count: usize,
    within: SignedDuration,
    /// Whether what goes beyond the cap before it is spread evenly over the rest of the time.
    spread: bool,
}

const fn cap_of(count: usize, minutes: i64, spread: bool) -> Cap {
    Cap { count, within: SignedDuration::from_mins(minutes), spread }
}

/// Source: GoAlert, engine/message/ratelimit.go (01d1fd3), the limits of one contact method for alerts.
const SMS: [Cap; 4] = [cap_of(1, 1, false), cap_of(5, 15, false), cap_of(11, 60, true), cap_of(21, 180, true)];
/// The same for calls.
const VOICE: [Cap; 4] = [cap_of(1, 1, false), cap_of(3, 15, false), cap_of(7, 60, true), cap_of(15, 180, true)];

/// How long a page counts: what is older need not be remembered.
pub const REMEMBERED: SignedDuration = SignedDuration::from_hours(3);

/// A phone has had as many pages as it may have.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{most} in {minutes} min are the most, the next one is allowed at {until}")]
pub struct CapReached {
    /// How many it may have…
    pub most: usize,
    /// … within so many minutes.
    pub minutes: i64,
    /// When it may have another one.
    pub until: Timestamp,
}

/// Whether a phone may have another page by a channel, after those that it got by it at these instants. A page of an
/// incident's first ones always may, and counts for those after it.
///
/// # Errors
/// The cap that is reached the longest.
pub fn cap(channel: Channel, got: &[Timestamp], at: Timestamp, first: bool) -> Result<(), CapReached> {
    if first {
        return Ok(());
    }
    let caps = match channel {
        Channel::Sms => &SMS,
        Channel::Voice => &VOICE,
    };
    let mut got = got.to_vec();
    got.sort_unstable();
    let mut before: Option<&Cap> = None;
    let mut reached: Option<CapReached> = None;
    for cap in caps {
        if let Some(until) = until(cap, before, &got, at)
            && reached.is_none_or(|other| other.until < until)
        {
            reached = Some(CapReached { most: cap.count, minutes: cap.within.as_mins(), until });
        }
        before = Some(cap);
    }
    reached.map_or(Ok(()), Err)
}

/// Until when a cap forbids another page, if it does.
fn until(cap: &Cap, before: Option<&Cap>, got: &[Timestamp], at: Timestamp) -> Option<Timestamp> {
    let counted = got.partition_point(|instant| later(*instant, cap.within) <= at);
    let counted = got.get(counted..).unwrap_or_default();
    if counted.len() >= cap.count {
        // when so many have left the window that there is room for one
        let leaves = counted.get(counted.len() - cap.count)?;
        return Some(later(*leaves, cap.within));
    }
    let before = before.filter(|before| cap.spread && counted.len() >= before.count)?;
    let beyond = i32::try_from(counted.len() - before.count).ok()?;
    let places = i32::try_from(cap.count - before.count).ok()?;
    let apart = (cap.within - before.within) / places.max(1);
    let earliest = later(later(*counted.first()?, before.within), apart * beyond);
    (earliest > at).then_some(earliest)
}
