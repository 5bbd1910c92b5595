//! The conversations of a line, or of several, newest first.

use std::collections::BTreeMap;

use futures_util::future::try_join_all;
use oncall::{IncidentId, LineId, ServiceId, ThreadId};

use super::thread::{Thread, thread_of};
use crate::{
    Error, Incidents, Store,
    incidents::INCIDENT,
    item::{Attributes, text, text_of},
    keys::{self, Key, PK, SK},
};

/// Some conversations.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ThreadPage {
    /// Newest first.
    pub threads: Vec<Thread>,
    /// Those of this page that are there and cannot be read. Worth an alarm.
    pub unreadable: Vec<ThreadId>,
    /// Where the next page begins; none if this is the last.
    pub next: Option<String>,
}

/// The most of a page: each may have an incident, and those are read together.
const MOST_THREADS: u16 = 50;
/// How many lines are asked about at the same time.
const LINES_AT_ONCE: usize = 8;

impl Store {
    /// Conversations of lines before a place in their list, newest first, at most `limit` (1 to 50): one Query for each
    /// line, eight at a time, and one BatchGetItem, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn threads_of_lines(
        &self,
        lines: &[LineId],
        limit: u16,
        before: Option<&str>,
    ) -> Result<ThreadPage, Error> {
        let limit = limit.clamp(1, MOST_THREADS);
        let (mut places, mut has_more) = (Vec::new(), false);
        for some in lines.chunks(LINES_AT_ONCE) {
            for (found, more) in try_join_all(some.iter().map(|line| self.begun(line, limit, before))).await? {
                places.extend(found);
                has_more |= more;
            }
        }
        // of each line there are as many as the page holds, so that the newest of all are among them
        places.sort_unstable_by(|one, next| next.cmp(one));
        has_more |= places.len() > usize::from(limit);
        places.truncate(usize::from(limit));
        let mut page = ThreadPage { next: places.last().filter(|_| has_more).cloned(), ..ThreadPage::default() };
        let ids: Vec<_> = places.iter().filter_map(|place| keys::thread_of_place(place)).collect();
        if ids.is_empty() {
            return Ok(page);
        }
        let items = self.get(ids.iter().map(Key::thread).collect()).await?;
        let items: BTreeMap<&str, &Attributes> =
            items.iter().filter_map(|item| Some((text_of(item, PK)?, item))).collect();
        for id in ids {
            match items.get(Key::thread(&id).pk.as_str()).map(|item| thread_of(&id, item)) {
                None => {}
                Some(Ok(thread)) => page.threads.push(thread),
                Some(Err(_)) => page.unreadable.push(id),
            }
        }
        Ok(page)
    }

    /// The places of a line's conversations, newest first, and whether there are more.
    async fn begun(&self, line: &LineId, limit: u16, before: Option<&str>) -> Result<(Vec<String>, bool), Error> {
        let query = self.partition(keys::threads_of_line(line)).scan_index_forward(false).limit(limit.into());
        let query = match before {
            None => query,
            Some(before) => query
                .key_condition_expression("pk = :pk AND sk < :before")
                .expression_attribute_values(":before", text(before)),
        };
        let answer = query.send().await.map_err(Error::of)?;
        let has_more = answer.last_evaluated_key.is_some();
        let places = answer.items.iter().flatten().filter_map(|item| text_of(item, SK).map(str::to_owned));
        Ok((places.collect(), has_more))
    }

    /// The incidents of conversations, each known to be about a service: at most 50. Two BatchGetItem, strongly
    /// consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn incidents_of_threads(&self, threads: &[(ThreadId, ServiceId)]) -> Result<Incidents, Error> {
        if threads.is_empty() {
            return Ok(Incidents::default());
        }
        let keys = threads.iter().map(|(thread, service)| Key::incident_key(Some(service), thread.as_str()));
        let items = self.get(keys.collect()).await?;
        let ids: Vec<_> = items.iter().filter_map(|item| text_of(item, INCIDENT).map(IncidentId::new)).collect();
        self.incidents(&ids).await
    }
}
