//! What Twilio measured of a dialled leg. It comes late and out of order, so that it is written beside the call's
//! document and without its version: it can neither lose a race nor make the call lose one.

use std::collections::BTreeMap;

use jiff::Timestamp;
use oncall::CallId;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    Error, Item, Store,
    calls::{names, winner},
    item::{Attributes, text},
    keys::{Key, PK, SK},
};

/// What Twilio measured of the dialled leg of one attempt, at its end.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Leg {
    /// How it ended, in Twilio's word: `completed`, `busy`, `no-answer`, `failed`, `canceled`.
    pub status: String,
    /// How long it lasted from the answer on, seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
    /// Why the network says that it ended, as a SIP status code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sip_response: Option<u16>,
}

const PREFIX: &str = "leg_";
const DIALLED: &str = "dialled_";

impl Store {
    /// Records what was measured of the leg of an attempt, counted from 1: one UpdateItem. The first record of an
    /// attempt stays. Of a call that the table does not know nothing is recorded.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn record_leg(&self, call: &CallId, attempt: u16, leg: &Leg) -> Result<(), Error> {
        let document = serde_json::to_string(leg)
            .map_err(|_| Error::Unreadable { item: Item::Leg, why: "it cannot be written as JSON" })?;
        self.record(call, format!("{PREFIX}{attempt}"), document).await
    }

    /// Records when Twilio began to dial the phone of an attempt, after all that the caller was told before: one
    /// UpdateItem, under the same rules.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn record_dialling(&self, call: &CallId, attempt: u16, at: Timestamp) -> Result<(), Error> {
        self.record(call, format!("{DIALLED}{attempt}"), at.to_string()).await
    }

    pub(crate) async fn record(&self, call: &CallId, name: String, value: String) -> Result<(), Error> {
        let Key { pk, sk } = Key::call(call);
        let outcome = self
            .client
            .update_item()
            .table_name(&self.table)
            .key(PK, text(pk))
            .key(SK, text(sk))
            .condition_expression("attribute_exists(pk)")
            .update_expression(format!("SET #{name} = if_not_exists(#{name}, :value)"))
            .set_expression_attribute_names(Some(names([&name])))
            .expression_attribute_values(":value", text(value))
            .send()
            .await;
        winner(outcome).map(drop)
    }
}

/// What stands in a call's item of each attempt, counted from 1, in attributes that begin so. What cannot be read is
/// left out: nothing hangs on it.
pub(crate) fn of_attempts<T: DeserializeOwned>(item: &Attributes, prefix: &str) -> BTreeMap<u16, T> {
    let found = item.iter().filter_map(|(name, value)| {
        let attempt = name.strip_prefix(prefix)?.parse().ok()?;
        Some((attempt, serde_json::from_str(value.as_s().ok()?).ok()?))
    });
    found.collect()
}

/// When Twilio began to dial, by attempt, counted from 1.
pub(crate) fn dialled_of(item: &Attributes) -> BTreeMap<u16, Timestamp> {
    let dialled = item.iter().filter_map(|(name, value)| {
        let attempt = name.strip_prefix(DIALLED)?.parse().ok()?;
        Some((attempt, value.as_s().ok()?.parse().ok()?))
    });
    dialled.collect()
}

/// The legs of a call's item by attempt, counted from 1.
pub(crate) fn legs_of(item: &Attributes) -> BTreeMap<u16, Leg> {
    of_attempts(item, PREFIX)
}
