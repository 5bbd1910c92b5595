//! What one phone was sent: the codes that it was told, what is gathered for it, and when it was paged.

use std::fmt;

use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure::AllOld;
use jiff::Timestamp;
use oncall::{
    Channel,
    sending::REMEMBERED,
    texting::{Codes, Handled},
};
use phone::PhoneNumber;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Item, Store,
    calls::names,
    document::{CodesDocument, HandledDocument, Listed, Shown},
    incidents::due_attributes,
    item::{
        Attributes, CURRENT_FORMAT, DOC, FORMAT, MOST_BYTES, SAVE, VERSION, document_of, number, text, text_of,
        version_of,
    },
    keys::{EXPIRES_AT, Key},
};

/// How many pages of a channel are remembered: more than any cap counts.
const MOST_PAGES: usize = 64;

/// How many handled texts are remembered.
const MOST_ANSWERED: usize = 10;

/// What one phone was sent. `Debug` shows of the number what [`PhoneNumber`] does.
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneLog {
    /// Whose it is.
    pub phone: PhoneNumber,
    /// How often this has been saved; 0 if it never was.
    pub version: u64,
    /// The codes that it was told, what is gathered for it, and how many replies did not help.
    pub codes: Codes,
    /// The last texts from it that were handled, so that one that is delivered again is answered as it was.
    pub answered: Vec<Handled>,
    /// When the last one was.
    pub answered_at: Option<Timestamp>,
    sms: Vec<Timestamp>,
    voice: Vec<Timestamp>,
}

impl fmt::Debug for PhoneLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("PhoneLog");
        shown.field("phone", &self.phone).field("version", &self.version).field("codes", &self.codes);
        shown.field("sms", &self.sms).field("voice", &self.voice).finish()
    }
}

/// What became of a save.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PhoneSaved {
    /// It counts, and stands like this from now on.
    Yes(PhoneLog),
    /// Somebody else was first: nothing was written, and this is what they saved.
    Lost(PhoneLog),
}

#[derive(Serialize, Deserialize)]
struct Document {
    #[serde(with = "Shown::<CodesDocument>", default)]
    codes: Codes,
    #[serde(with = "Shown::<Listed<HandledDocument>>", default, skip_serializing_if = "Vec::is_empty")]
    answered: Vec<Handled>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answered_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sms: Vec<Timestamp>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    voice: Vec<Timestamp>,
}

impl PhoneLog {
    /// When it was paged by a channel in the last three hours, the first one first: what caps count.
    pub fn paged(&self, channel: Channel) -> &[Timestamp] {
        match channel {
            Channel::Sms => &self.sms,
            Channel::Voice => &self.voice,
        }
    }

    /// It is paged. What no cap counts any more is forgotten.
    pub fn page(&mut self, channel: Channel, at: Timestamp) {
        let paged = match channel {
            Channel::Sms => &mut self.sms,
            Channel::Voice => &mut self.voice,
        };
        paged.push(at);
        paged.sort_unstable();
        paged.retain(|page| page.duration_until(at) < REMEMBERED);
        paged.drain(..paged.len().saturating_sub(MOST_PAGES));
    }

    /// A text from it has been handled. The oldest ones are forgotten.
    pub fn answer(&mut self, handled: Handled, at: Timestamp) {
        self.answered.push(handled);
        self.answered.drain(..self.answered.len().saturating_sub(MOST_ANSWERED));
        self.answered_at = Some(at);
    }

    pub(super) fn new(phone: &PhoneNumber) -> Self {
        let (phone, codes) = (phone.clone(), Codes::default());
        let (answered, answered_at, sms, voice) = (Vec::new(), None, Vec::new(), Vec::new());
        Self { phone, version: 0, codes, answered, answered_at, sms, voice }
    }

    /// From when all of it may be forgotten; none while something is gathered.
    fn useful_until(&self) -> Option<Timestamp> {
        if self.codes.due().is_some() {
            return None;
        }
        let told = self.codes.issued.iter().map(|issued| issued.told_at).chain(self.codes.bundled_at);
        let told = told.chain(self.answered_at);
        let last = told.chain(self.sms.last().copied()).chain(self.voice.last().copied()).max()?;
        last.checked_add(Codes::REST).ok()
    }
}

impl Store {
    /// What a phone was sent: one GetItem, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn phone_log(&self, phone: &PhoneNumber) -> Result<PhoneLog, Error> {
        let item = self.get_one(Key::phone_log(phone)).await?;
        item.as_ref().map_or_else(|| Ok(PhoneLog::new(phone)), |item| log_of(phone, item))
    }

    /// Saves it, if nobody else has since it was read: one PutItem. A repetition after a lost answer is recognised.
    ///
    /// # Errors
    /// [`Error::Unavailable`]: it may or may not have been saved. [`Error::Refused`], [`Error::TooLarge`], and
    /// [`Error::Unreadable`] if it lost against what is damaged.
    pub async fn save_phone_log(&self, log: PhoneLog) -> Result<PhoneSaved, Error> {
        let save = format!("{:016x}", fastrand::u64(..));
        let put = self.client.put_item().table_name(&self.table);
        let put = match log.version {
            0 => put.condition_expression("attribute_not_exists(pk)"),
            before => put
                .condition_expression("#version = :before")
                .set_expression_attribute_names(Some(names([VERSION])))
                .expression_attribute_values(":before", number(before)),
        };
        let log = PhoneLog { version: log.version + 1, ..log };
        let put = put.set_item(Some(item(&log, &save)?)).return_values_on_condition_check_failure(AllOld);
        let Err(error) = put.send().await else { return Ok(PhoneSaved::Yes(log)) };
        let lost = error.as_service_error().and_then(|refusal| match refusal {
            aws_sdk_dynamodb::operation::put_item::PutItemError::ConditionalCheckFailedException(lost) => Some(lost),
            _ => None,
        });
        let Some(lost) = lost else { return Err(Error::of(error)) };
        match &lost.item {
            Some(winner) if text_of(winner, SAVE) == Some(&save) => Ok(PhoneSaved::Yes(log)),
            Some(winner) => Ok(PhoneSaved::Lost(log_of(&log.phone, winner)?)),
            // it has expired meanwhile
            None => Ok(PhoneSaved::Lost(PhoneLog::new(&log.phone))),
        }
    }
}

fn item(log: &PhoneLog, save: &str) -> Result<Attributes, Error> {
    let PhoneLog { codes, answered, answered_at, sms, voice, .. } = log.clone();
    let document = Document { codes, answered, answered_at, sms, voice };
    let document = serde_json::to_string(&document)
        .map_err(|_| Error::Unreadable { item: Item::PhoneLog, why: "it cannot be written as JSON" })?;
    if document.len() > MOST_BYTES {
        return Err(Error::TooLarge { item: Item::PhoneLog, bytes: document.len() });
    }
    let key = Key::phone_log(&log.phone);
    let due = due_attributes(&key, log.codes.due());
    let mut item = key.attributes();
    item.extend(due);
    item.insert(DOC.to_owned(), text(document));
    item.insert(FORMAT.to_owned(), number(CURRENT_FORMAT));
    item.insert(VERSION.to_owned(), number(log.version));
    item.insert(SAVE.to_owned(), text(save));
    if let Some(until) = log.useful_until() {
        item.insert(EXPIRES_AT.to_owned(), number(until.as_second()));
    }
    Ok(item)
}

pub(super) fn log_of(phone: &PhoneNumber, item: &Attributes) -> Result<PhoneLog, Error> {
    let Document { codes, answered, answered_at, sms, voice } =
        serde_json::from_str(document_of(item, Item::PhoneLog)?)
            .map_err(|_| Error::Unreadable { item: Item::PhoneLog, why: "its document is damaged" })?;
    let version = version_of(item, Item::PhoneLog)?;
    Ok(PhoneLog { phone: phone.clone(), version, codes, answered, answered_at, sms, voice })
}
