//! What Twilio measured of a dialled leg. It comes late and out of order, so that it is written beside the call's
//! document and without its version: it can neither lose a race nor make the call lose one.

use std::collections::BTreeMap;

use oncall::CallId;
use serde::{Deserialize, Serialize};

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

impl Store {
    /// Records what was measured of the leg of an attempt, counted from 1: one UpdateItem. The first record of an
    /// attempt stays. Of a call that the table does not know nothing is recorded.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn record_leg(&self, call: &CallId, attempt: u16, leg: &Leg) -> Result<(), Error> {
        let document = serde_json::to_string(leg)
            .map_err(|_| Error::Unreadable { item: Item::Leg, why: "it cannot be written as JSON" })?;
        let name = format!("{PREFIX}{attempt}");
        let Key { pk, sk } = Key::call(call);
        let outcome = self
            .client
            .update_item()
            .table_name(&self.table)
            .key(PK, text(pk))
            .key(SK, text(sk))
            .condition_expression("attribute_exists(pk)")
            .update_expression(format!("SET #{name} = if_not_exists(#{name}, :leg)"))
            .set_expression_attribute_names(Some(names([&name])))
            .expression_attribute_values(":leg", text(document))
            .send()
            .await;
        winner(outcome).map(drop)
    }
}

/// The legs of a call's item by attempt, counted from 1. One that cannot be read is left out: it is a measurement,
/// and nothing hangs on it.
pub(crate) fn legs_of(item: &Attributes) -> BTreeMap<u16, Leg> {
    let legs = item.iter().filter_map(|(name, value)| {
        let attempt = name.strip_prefix(PREFIX)?.parse().ok()?;
        Some((attempt, serde_json::from_str(value.as_s().ok()?).ok()?))
    });
    legs.collect()
}
