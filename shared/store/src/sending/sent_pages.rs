//! From Twilio's sid to the pages that a text or call is, so that a receipt finds its incidents.

use jiff::{SignedDuration, Timestamp};
use oncall::IncidentId;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Item, SentReply, Store,
    document::Shown,
    item::{Attributes, CURRENT_FORMAT, DOC, FORMAT, document_of, number, text},
    keys::{self, EXPIRES_AT, Key},
    threads::reply_of,
};

/// How long a receipt may take. Twilio tells of texts within hours, and of calls as they end.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A page that was sent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SentPage {
    /// For which incident.
    #[serde(with = "Shown::<IncidentId>")]
    pub incident: IncidentId,
    /// Its number within the incident.
    pub page: u32,
}

/// What a text of ours is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sent {
    /// These pages.
    pub pages: Vec<SentPage>,
    /// Or this reply.
    pub reply: Option<SentReply>,
}

impl Store {
    /// Remembers for a week which pages a text or call is: one PutItem, which may be repeated.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn record_sent(&self, sid: &str, pages: &[SentPage], at: Timestamp) -> Result<(), Error> {
        let document = serde_json::to_string(pages)
            .map_err(|_| Error::Unreadable { item: Item::SentPage, why: "it cannot be written as JSON" })?;
        let mut item = Key::sent_page(sid).attributes();
        item.insert(DOC.to_owned(), text(document));
        item.insert(FORMAT.to_owned(), number(CURRENT_FORMAT));
        item.insert(EXPIRES_AT.to_owned(), number(at.as_second() + REMEMBERED.as_secs()));
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        put.send().await.map(drop).map_err(Error::of)
    }

    /// The pages that a text or call is; none if it is none of ours, or not recorded yet: one GetItem, strongly
    /// consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn sent_pages(&self, sid: &str) -> Result<Vec<SentPage>, Error> {
        let Some(item) = self.get_one(Key::sent_page(sid)).await? else { return Ok(Vec::new()) };
        pages(&item)
    }
    /// What a text is; nothing if it is none of ours, or not recorded yet: one Query, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn sent(&self, sid: &str) -> Result<Sent, Error> {
        let answer = self.partition(keys::all_of_sent(sid)).send().await.map_err(Error::of)?;
        let mut sent = Sent::default();
        for item in answer.items.iter().flatten() {
            match reply_of(item) {
                Some(reply) => sent.reply = Some(reply),
                None => sent.pages = pages(item)?,
            }
        }
        Ok(sent)
    }
}

fn pages(item: &Attributes) -> Result<Vec<SentPage>, Error> {
    serde_json::from_str(document_of(item, Item::SentPage)?)
        .map_err(|_| Error::Unreadable { item: Item::SentPage, why: "its document is damaged" })
}
