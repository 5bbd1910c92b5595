//! What is known of a line's fallback document: where it stands, what it was written from, and how long it is good.
//! It is kept with the line's entry in the list, so that one Query tells which documents are to be written anew.

use std::{fmt, str::FromStr};

use aws_sdk_dynamodb::{
    operation::update_item::builders::UpdateItemFluentBuilder,
    types::{ReturnValue, builders::UpdateBuilder},
};
use jiff::Timestamp;
use oncall::LineId;

use crate::{
    Error, Item, Store,
    calls::{names, winner},
    item::{Attributes, PLAN_VERSION, number, number_of, text, text_of},
    keys::{Key, PK, SK},
};

/// The address of the document.
const ADDRESS: &str = "fallback";
/// The version of the plan from which the document was written.
const WRITTEN_FROM: &str = "fallback_version";
/// Until when it is good.
const GOOD_UNTIL: &str = "fallback_until";

/// The document that Twilio reads if the voice function does not answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fallback {
    /// Where it stands.
    pub address: Address,
    /// What stands there; none before the first time, and if that is not known.
    pub written: Option<Written>,
}

/// A document that was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Written {
    /// The version of the plan from which.
    pub version: u64,
    /// Until when it says what the line would do.
    pub until: Timestamp,
}

/// Where a line's fallback document stands. Whoever knows it can read the number of whoever is on call, so it is as
/// long as a key (128 random bits), and `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(String);

/// The text is no address.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a fallback's address is 32 hexadecimal digits")]
pub struct NotAnAddress;

impl Address {
    /// The document with which a call begins.
    pub const CALL: &str = "call.xml";

    /// As it is kept.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The path of one of the line's documents.
    pub fn document(&self, name: &str) -> String {
        format!("{}/{name}", self.0)
    }

    /// The path of the document with which a call begins: what the number's fallback URL ends with.
    pub fn path(&self) -> String {
        self.document(Self::CALL)
    }
}

impl From<[u8; 16]> for Address {
    fn from(random: [u8; 16]) -> Self {
        Self(random.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

impl FromStr for Address {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        let digits = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if digits && text.len() == 32 { Ok(Self(text.to_owned())) } else { Err(NotAnAddress) }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(…)")
    }
}

impl Store {
    /// What is known of a line's document; none if it has no address, and if there is no such line: one GetItem.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn fallback(&self, line: &LineId) -> Result<Option<Fallback>, Error> {
        Ok(self.get_one(Key::listed_line(line)).await?.as_ref().and_then(fallback_of))
    }

    /// Gives a line an address for its fallback document, unless it has one: one UpdateItem. The one that counts.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], and [`Error::Unreadable`] if there is no such line.
    pub async fn address_fallback(&self, line: &LineId, address: Address) -> Result<Address, Error> {
        let missing = Error::Unreadable { item: Item::ListedLine, why: "it is gone" };
        let update = self
            .listed(line)
            .condition_expression("attribute_exists(pk)")
            .update_expression("SET #fallback = if_not_exists(#fallback, :address)")
            .set_expression_attribute_names(Some(names([ADDRESS])))
            .expression_attribute_values(":address", text(address.0))
            .return_values(ReturnValue::AllNew);
        match update.send().await {
            Ok(answer) => {
                let counts = answer.attributes.as_ref().and_then(fallback_of).map(|fallback| fallback.address);
                counts.ok_or(Error::Unreadable { item: Item::ListedLine, why: "its fallback has no address" })
            }
            failed => Err(winner(failed).err().unwrap_or(missing)),
        }
    }

    /// Records which document has been written, if the line is still of that version and nobody else has recorded
    /// one since `seen`: one UpdateItem. Otherwise two have written at once, and nobody knows whose document stands
    /// there: then that is recorded, by a second one, so that it is written once more.
    ///
    /// Whether it counts.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn record_fallback(&self, line: &LineId, now: Written, seen: Option<Written>) -> Result<bool, Error> {
        let update = self
            .listed(line)
            .update_expression("SET #fallback_version = :version, #fallback_until = :until")
            .set_expression_attribute_names(Some(names([PLAN_VERSION, WRITTEN_FROM, GOOD_UNTIL])))
            .expression_attribute_values(":version", number(now.version))
            .expression_attribute_values(":until", text(now.until.to_string()));
        let update = match seen {
            None => update.condition_expression("#plan_version = :version AND attribute_not_exists(#fallback_until)"),
            Some(seen) => update
                .condition_expression(
                    "#plan_version = :version AND #fallback_version = :seen_version AND #fallback_until = :seen_until",
                )
                .expression_attribute_values(":seen_version", number(seen.version))
                .expression_attribute_values(":seen_until", text(seen.until.to_string())),
        };
        if winner(update.send().await)?.is_none() {
            return Ok(true);
        }
        self.forget_fallback(line).await?;
        Ok(false)
    }

    /// Records that nobody knows what stands at the address of a line's document, so that it is written anew: one
    /// UpdateItem.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn forget_fallback(&self, line: &LineId) -> Result<(), Error> {
        let forget = self
            .listed(line)
            .condition_expression("attribute_exists(pk)")
            .update_expression("REMOVE #fallback_until")
            .set_expression_attribute_names(Some(names([GOOD_UNTIL])));
        winner(forget.send().await).map(drop)
    }

    fn listed(&self, line: &LineId) -> UpdateItemFluentBuilder {
        let Key { pk, sk } = Key::listed_line(line);
        self.client.update_item().table_name(&self.table).key(PK, text(pk)).key(SK, text(sk))
    }
}

/// The value and the name of `#fallback = :fallback`, in an update of a line's entry in the list.
pub(crate) fn with_address(update: UpdateBuilder, address: &Address) -> UpdateBuilder {
    let update = update.expression_attribute_names(format!("#{ADDRESS}"), ADDRESS);
    update.expression_attribute_values(format!(":{ADDRESS}"), text(address.0.as_str()))
}

/// The fallback of a line's entry in the list. What cannot be read is written anew.
pub(crate) fn fallback_of(item: &Attributes) -> Option<Fallback> {
    let address = text_of(item, ADDRESS)?.parse().ok()?;
    let written = || {
        let until = text_of(item, GOOD_UNTIL)?.parse().ok()?;
        Some(Written { version: number_of(item, WRITTEN_FROM)?, until })
    };
    Some(Fallback { address, written: written() })
}
