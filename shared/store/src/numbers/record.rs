//! A number of ours as Twilio knows it.

use jiff::Timestamp;
use phone::PhoneNumber;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Item, Page, Store,
    document::Shown,
    item::{Attributes, CURRENT_FORMAT, DOC, FORMAT, document_of, number, text, text_of},
    keys::{Key, SK, all_numbers},
};

/// A number of ours as Twilio knows it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct NumberRecord {
    /// The line that it is.
    #[serde(skip)]
    pub line: String,
    /// The Twilio account that pays for it.
    pub account: String,
    /// Twilio's id of it.
    pub sid: String,
    /// The number.
    #[serde(with = "Shown::<PhoneNumber>")]
    pub number: PhoneNumber,
    /// What it is called at Twilio; by this it is known to be ours.
    pub friendly_name: String,
    /// ISO 3166 code of its country.
    pub country: String,
    /// What kind of number it is, in Twilio's words.
    pub kind: String,
    /// What it costs a month, as `1.15 USD`; none if it was adopted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monthly_price: Option<String>,
    /// Since when it is ours.
    pub since: Timestamp,
    /// The purchase that brought it; none if it was adopted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purchase: Option<String>,
    /// What it can send, as Twilio last said; none if that was not asked yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sends: Option<Sends>,
    /// Since when it is being given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub releasing: Option<Timestamp>,
    /// With which token that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released_by: Option<String>,
}

/// What a number can send.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sends {
    /// Texts.
    pub texts: bool,
    /// Calls.
    pub calls: bool,
}

impl Store {
    /// Keeps what a number can send, if that is not what was kept, and if nobody has changed the record meanwhile: one
    /// PutItem or none.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn keep_sends(&self, record: &NumberRecord, sends: Sends) -> Result<(), Error> {
        if record.sends == Some(sends) {
            return Ok(());
        }
        let before = item(record)?.remove(DOC).unwrap_or_else(|| text(""));
        let put = self.client.put_item().table_name(&self.table);
        let put = put.set_item(Some(item(&NumberRecord { sends: Some(sends), ..record.clone() })?));
        let put = put.condition_expression("doc = :before").expression_attribute_values(":before", before);
        match put.send().await {
            Ok(_) => Ok(()),
            // whoever changed it counts; what it can send is learnt another time
            Err(error) if error.as_service_error().is_some_and(|e| e.is_conditional_check_failed_exception()) => Ok(()),
            Err(error) => Err(Error::of(error)),
        }
    }

    /// The number of a line: one GetItem, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn number_record(&self, line: &str) -> Result<Option<NumberRecord>, Error> {
        self.get_one(Key::number_record(line)).await?.as_ref().map(record_of).transpose()
    }

    /// Numbers by their lines' ids, at most `limit` of those after `after`: one Query, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn number_records(&self, after: Option<&str>, limit: u16) -> Result<Page<NumberRecord>, Error> {
        self.page(all_numbers(), after, limit, record_of).await
    }
}

/// The item of a number.
pub(super) fn item(record: &NumberRecord) -> Result<Attributes, Error> {
    let document = serde_json::to_string(record)
        .map_err(|_| Error::Unreadable { item: Item::NumberRecord, why: "it cannot be written as JSON" })?;
    let mut item = Key::number_record(&record.line).attributes();
    item.insert(DOC.to_owned(), text(document));
    item.insert(FORMAT.to_owned(), number(CURRENT_FORMAT));
    Ok(item)
}

fn record_of(item: &Attributes) -> Result<NumberRecord, Error> {
    let unreadable = |why| Error::Unreadable { item: Item::NumberRecord, why };
    let document = document_of(item, Item::NumberRecord)?;
    let mut record: NumberRecord = serde_json::from_str(document).map_err(|_| unreadable("its document is damaged"))?;
    record.line = text_of(item, SK).ok_or_else(|| unreadable("it has no line"))?.to_owned();
    Ok(record)
}
