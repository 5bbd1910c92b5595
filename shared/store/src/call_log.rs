//! The calls of a line, or of several, newest first.

use std::collections::BTreeMap;

use futures_util::future::try_join_all;
use jiff::Timestamp;
use oncall::{Call, CallId, LineId};

use crate::{
    Error, Leg, Store,
    calls::{call_of, names},
    item::{Attributes, text, text_of},
    keys::{self, BY_LINE, Key, LINE, PK, STARTED_AT},
    legs::{dialled_of, legs_of},
    talks::{TalkRecording, talks_of},
};

/// A call and what Twilio measured of its legs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LoggedCall {
    /// The call.
    pub call: Call,
    /// Its dialled legs by attempt, counted from 1, as far as Twilio has told.
    pub legs: BTreeMap<u16, Leg>,
    /// When Twilio began to dial, by attempt, as far as it has told.
    pub dialled: BTreeMap<u16, Timestamp>,
    /// What Twilio recorded of each attempt, counted from 1, accepted or not.
    pub talks: BTreeMap<u16, TalkRecording>,
}

impl LoggedCall {
    pub(crate) fn of(item: &Attributes) -> Result<Self, Error> {
        Ok(Self { call: call_of(item)?, legs: legs_of(item), dialled: dialled_of(item), talks: talks_of(item) })
    }

    /// The recording of what caller and responder said, once Twilio has told of it. What it may have recorded of a
    /// phone whose owner, or mailbox, did not take the call is none.
    pub fn recording(&self) -> Option<&TalkRecording> {
        let (attempt, _) = self.call.connected()?;
        self.talks.get(&attempt)
    }

    /// How long the phone of an attempt, counted from 1, rang, seconds; none while it rings. Where Twilio has not told
    /// when it began to dial, what the caller was told before counts as ringing.
    pub fn ring_seconds(&self, attempt: u16) -> Option<i64> {
        let rang = self.call.attempt(attempt)?.ring_seconds()?;
        let dialled = self.dialled.get(&attempt);
        let told =
            dialled.map_or(0, |at| at.as_second() - self.call.attempt(attempt).map_or(0, |a| a.started_at.as_second()));
        Some((rang - told).max(0))
    }
}

/// Some calls.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CallPage {
    /// Newest first.
    pub calls: Vec<LoggedCall>,
    /// Calls of this page that are there and cannot be read. Worth an alarm.
    pub unreadable: Vec<CallId>,
    /// Where the next page begins; none if there is none.
    pub next: Option<Cursor>,
}

/// A place in a log. Opaque; it holds an instant and a CallSid, no telephone number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cursor(String);

impl Cursor {
    /// A cursor that was given out before, as text. One that was not leads somewhere else in the same log.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The most calls of a page: what one BatchGetItem may ask for.
const MOST_CALLS: u16 = 100;
/// How many lines are asked about at the same time.
const LINES_AT_ONCE: usize = 8;

/// Where calls stand in the index, newest first, and whether there are more.
struct Places {
    /// Each place, with the call.
    found: Vec<(String, CallId)>,
    has_more: bool,
}

impl Store {
    /// The calls of a line before a place in its log, newest first, at most `limit` (1 to 100): one Query and one
    /// BatchGetItem.
    ///
    /// The index is behind the table, usually by less than a second: a call that has only just come in may be missing, what
    /// is said of the others is up to date.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn calls(&self, line: &LineId, limit: u16, before: Option<&Cursor>) -> Result<CallPage, Error> {
        self.calls_of_lines(std::slice::from_ref(line), limit, before).await
    }

    /// The same of several lines, as if their logs were one: one Query for each of them, eight at a time, and one
    /// BatchGetItem.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn calls_of_lines(
        &self,
        lines: &[LineId],
        limit: u16,
        before: Option<&Cursor>,
    ) -> Result<CallPage, Error> {
        let limit = limit.clamp(1, MOST_CALLS);
        let (mut places, mut has_more) = (Vec::new(), false);
        for some in lines.chunks(LINES_AT_ONCE) {
            for of_line in try_join_all(some.iter().map(|line| self.places(line, limit, before))).await? {
                places.extend(of_line.found);
                has_more |= of_line.has_more;
            }
        }
        // of each line there are as many as the page holds, so that the newest of all are among them
        places.sort_unstable_by(|one, next| next.cmp(one));
        has_more |= places.len() > usize::from(limit);
        places.truncate(usize::from(limit));
        let next = places.last().filter(|_| has_more).map(|(place, _)| Cursor::new(place.as_str()));
        let mut page = CallPage { next, ..CallPage::default() };
        if places.is_empty() {
            return Ok(page);
        }
        let items = self.get(places.iter().map(|(_, id)| Key::call(id)).collect()).await?;
        let mut items: BTreeMap<&str, &Attributes> =
            items.iter().filter_map(|item| Some((text_of(item, PK)?, item))).collect();
        for (_, id) in places {
            let Some(item) = items.remove(Key::call(&id).pk.as_str()) else {
                continue;
            };
            match LoggedCall::of(item) {
                Ok(call) => page.calls.push(call),
                Err(_) => page.unreadable.push(id),
            }
        }
        Ok(page)
    }

    async fn places(&self, line: &LineId, limit: u16, before: Option<&Cursor>) -> Result<Places, Error> {
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(BY_LINE)
            .scan_index_forward(false)
            .limit(i32::from(limit))
            .set_expression_attribute_names(Some(names([LINE])))
            .expression_attribute_values(":line", text(line.as_str()));
        let query = match before {
            None => query.key_condition_expression("#line = :line"),
            Some(Cursor(before)) => query
                .key_condition_expression("#line = :line AND #started_at < :before")
                .expression_attribute_names(format!("#{STARTED_AT}"), STARTED_AT)
                .expression_attribute_values(":before", text(before.as_str())),
        };
        let answer = query.send().await.map_err(Error::of)?;
        let has_more = answer.last_evaluated_key.is_some();
        let place =
            |item: &Attributes| Some((text_of(item, STARTED_AT)?.to_owned(), keys::call_id(text_of(item, PK)?)?));
        Ok(Places { found: answer.items.unwrap_or_default().iter().filter_map(place).collect(), has_more })
    }
}
