//! The events of an incident: the last ones whole, all of them counted.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

use super::{Event, Signal, forgetting::shortened};

/// The events of an incident.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Events {
    /// How many there have been.
    pub count: u64,
    /// The last ones, oldest first, at most [`Events::MOST_KEPT`].
    pub recent: VecDeque<Event>,
    /// Ids of what has been handled, oldest first, at most [`Events::MOST_IDS`].
    pub handled: VecDeque<String>,
    /// How many triggers there were at which instant, oldest first, at most [`Events::MOST_INSTANTS`].
    pub triggers: VecDeque<(Timestamp, u32)>,
}

impl Events {
    /// How many events are kept whole.
    pub const MOST_KEPT: usize = 30;
    /// How many ids are remembered.
    pub const MOST_IDS: usize = 200;
    /// How many instants are counted apart.
    pub const MOST_INSTANTS: usize = 200;

    /// Takes an id; says whether it is new.
    pub(super) fn is_new(&mut self, id: &str) -> bool {
        if self.handled.iter().any(|handled| handled == id) {
            return false;
        }
        push(&mut self.handled, id.to_owned(), Self::MOST_IDS);
        true
    }

    pub(super) fn add(&mut self, event: &Event, at: Timestamp) {
        self.count = self.count.saturating_add(1);
        let summary = event.summary.as_deref().map(shortened);
        push(&mut self.recent, Event { summary, ..event.clone() }, Self::MOST_KEPT);
        if matches!(event.signal, Signal::Trigger | Signal::Missed) {
            self.count_trigger(at);
        }
    }

    fn count_trigger(&mut self, at: Timestamp) {
        let place = self.triggers.partition_point(|(earlier, _)| *earlier < at);
        match self.triggers.get_mut(place) {
            Some((instant, count)) if *instant == at => *count = count.saturating_add(1),
            _ => self.triggers.insert(place, (at, 1)),
        }
        if self.triggers.len() > Self::MOST_INSTANTS
            && let Some((_, oldest)) = self.triggers.pop_front()
            && let Some((_, next)) = self.triggers.front_mut()
        {
            // counted as later than it was: who waits for many events is paged rather than not
            *next = next.saturating_add(oldest);
        }
    }

    /// How many triggers there were within so many minutes up to an instant.
    pub fn within(&self, minutes: u32, at: Timestamp) -> u32 {
        let window = SignedDuration::from_mins(i64::from(minutes));
        let start = at.checked_sub(window).unwrap_or(Timestamp::MIN);
        let inside = self.triggers.iter().filter(|(instant, _)| *instant > start && *instant <= at);
        inside.fold(0, |sum, (_, count)| sum.saturating_add(*count))
    }
}

fn push<T>(list: &mut VecDeque<T>, item: T, most: usize) {
    list.push_back(item);
    while list.len() > most {
        list.pop_front();
    }
}
