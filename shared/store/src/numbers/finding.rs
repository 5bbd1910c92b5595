//! What a sweep has found that somebody should look at, until a later sweep finds it no more.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Item, Page, Store,
    item::{Attributes, CURRENT_FORMAT, DOC, FORMAT, document_of, number, text, text_of},
    keys::{Key, SK, all_findings},
};

/// What a sweep has found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Finding {
    /// What it is about, as `orphan#PN…`: found again, it is the same finding.
    #[serde(skip)]
    pub about: String,
    /// The Twilio account in which it was found.
    pub account: String,
    /// Since when.
    pub since: Timestamp,
    /// What is the matter, in words without numbers.
    pub what: String,
}

impl Store {
    /// All findings, by what they are about.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn findings(&self, after: Option<&str>, limit: u16) -> Result<Page<Finding>, Error> {
        self.page(all_findings(), after, limit, finding_of).await
    }

    /// Keeps a finding; one that is there already stays as it is: one PutItem.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn report(&self, finding: &Finding) -> Result<(), Error> {
        let document = serde_json::to_string(finding)
            .map_err(|_| Error::Unreadable { item: Item::Finding, why: "it cannot be written as JSON" })?;
        let mut item = Key::finding(&finding.about).attributes();
        item.insert(DOC.to_owned(), text(document));
        item.insert(FORMAT.to_owned(), number(CURRENT_FORMAT));
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        match put.condition_expression("attribute_not_exists(pk)").send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(|e| e.is_conditional_check_failed_exception()) => Ok(()),
            Err(error) => Err(Error::of(error)),
        }
    }

    /// Removes a finding that is none any more: one DeleteItem.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn settle(&self, about: &str) -> Result<(), Error> {
        let delete = self.client.delete_item().table_name(&self.table);
        delete.set_key(Some(Key::finding(about).attributes())).send().await.map(drop).map_err(Error::of)
    }
}

fn finding_of(item: &Attributes) -> Result<Finding, Error> {
    let unreadable = |why| Error::Unreadable { item: Item::Finding, why };
    let document = document_of(item, Item::Finding)?;
    let mut finding: Finding = serde_json::from_str(document).map_err(|_| unreadable("its document is damaged"))?;
    finding.about = text_of(item, SK).ok_or_else(|| unreadable("it is about nothing"))?.to_owned();
    Ok(finding)
}
